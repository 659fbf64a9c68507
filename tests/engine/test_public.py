"""What `import qiwizard` offers a script: named on purpose, loaded when used, checked, typed."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import assert_type

import pytest
from postures import SHIPPED, TODAY, Facts

import qiwizard


def test_nothing_is_loaded_before_a_name_is_used() -> None:
    """The command line runs this module too, and `--version` must not wait for the law."""
    script = (
        "import json, sys, qiwizard\n"
        "before = sorted(m for m in sys.modules if m.startswith('qiwizard'))\n"
        "qiwizard.rule\n"
        "print(json.dumps([before, 'qiwizard.reasoning.ruling' in sys.modules]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True
    )
    assert json.loads(done.stdout) == [["qiwizard"], True]


def test_every_public_name_is_there_and_says_what_it_is_for() -> None:
    assert qiwizard.__all__ == sorted(qiwizard.__all__)
    for name in qiwizard.__all__:
        assert getattr(qiwizard, name).__doc__
    assert set(qiwizard.__all__) <= set(dir(qiwizard))
    with pytest.raises(AttributeError, match="no attribute 'ruling_of'"):
        _ = qiwizard.ruling_of  # type: ignore[attr-defined]


def test_type_checkers_see_the_same_names_as_the_interpreter() -> None:
    """The names imported for a type checker are those of `__all__`, from where they are loaded."""
    tree = ast.parse(Path(qiwizard.__file__).read_text(encoding="utf-8"))
    told = {
        alias.name: node.module
        for block in tree.body
        if isinstance(block, ast.If)
        for node in ast.walk(block)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("qiwizard.")
        for alias in node.names
    }
    assert sorted(told) == qiwizard.__all__
    for name, module in told.items():
        assert getattr(qiwizard, name) is getattr(sys.modules[str(module)], name)


def test_names_have_their_types() -> None:
    """What a script gets is typed; mypy, run over the tests, reads this."""
    posture = assert_type(qiwizard.posture_of(SHIPPED, {}), qiwizard.Posture)
    ruling = assert_type(qiwizard.rule(SHIPPED, posture, TODAY), qiwizard.Ruling)
    assert_type(qiwizard.why(SHIPPED, ruling), qiwizard.Why)
    assert_type(qiwizard.changes(SHIPPED, posture, TODAY), tuple[qiwizard.Change, ...])
    for finding in ruling.findings:
        assert_type(finding, qiwizard.Finding)
        for authority in finding.authority_for:
            assert_type(authority, qiwizard.Authority)
            assert_type(qiwizard.cite_holding(authority.holding), str)


@pytest.mark.parametrize(
    ("facts", "still_open", "said"),
    [
        ({"motoin": "pending"}, (), "did you mean motion?"),
        ({"motion": "pendig"}, (), "did you mean pending?"),
        ({"qi_asserted": 1}, (), "qi_asserted"),
        ({"circuit": "tenth", "court": "D. Mass."}, (), "first"),
        ({"motion": "none"}, ("motion",), "motion"),
        ({}, ("answered",), "answered"),
    ],
)
def test_facts_of_a_script_are_checked(
    facts: Facts, still_open: tuple[str, ...], said: str
) -> None:
    """A mistyped fact is named, and never left out of the reasoning in silence."""
    with pytest.raises(qiwizard.UserError) as mistake:
        qiwizard.posture_of(SHIPPED, facts, still_open)
    assert said in str(mistake.value)


def test_a_posture_of_facts_rules_as_a_file_does(tmp_path: Path) -> None:
    file = tmp_path / "case.toml"
    file.write_text(
        '[posture]\ncircuit = "tenth"\nqi_asserted = true\n[session]\nopen = ["motion"]\n',
        encoding="utf-8",
    )
    session = qiwizard.read_session(file, SHIPPED, TODAY)
    facts: Facts = {"circuit": "tenth", "qi_asserted": True}
    posture = qiwizard.posture_of(SHIPPED, facts, ["motion"])
    assert posture == session.posture
    assert qiwizard.rule(SHIPPED, posture, TODAY) == qiwizard.rule(SHIPPED, session.posture, TODAY)
