"""What `import qiwizard` offers a script: named on purpose, loaded when used, checked, typed."""

from __future__ import annotations

import ast
import json
import sys
from pathlib import Path
from typing import assert_type

import pytest
from postures import SHIPPED, TODAY
from terminal import run_piped

import qiwizard
from qiwizard.law.facts import Value


def test_nothing_is_loaded_before_a_name_is_used(tmp_path: Path) -> None:
    """The command line runs this module too, and `--version` must not wait for the law."""
    script = (
        "import json, sys, qiwizard\n"
        "before = sorted(m for m in sys.modules if m.startswith('qiwizard'))\n"
        "qiwizard.rule\n"
        "print(json.dumps([before, 'qiwizard.reasoning.ruling' in sys.modules]))"
    )
    done = run_piped(tmp_path, program=(sys.executable, "-c", script))
    assert json.loads(done.out) == [["qiwizard"], True]


def test_every_public_name_is_there_and_says_what_it_is_for() -> None:
    """Each resolves, is listed, has a docstring, and stands in the order of the alphabet."""
    assert qiwizard.__all__ == sorted(qiwizard.__all__)
    for name in qiwizard.__all__:
        assert getattr(qiwizard, name).__doc__
    assert set(qiwizard.__all__) <= set(dir(qiwizard))
    with pytest.raises(AttributeError, match="no attribute 'ruling_of'"):
        _ = qiwizard.ruling_of  # type: ignore[attr-defined]


def test_type_checkers_are_told_the_same_as_the_interpreter() -> None:
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
    found = assert_type(qiwizard.changes(SHIPPED, posture, TODAY), tuple[qiwizard.Change, ...])
    assert_type(ruling.strength, qiwizard.Strength)
    assert_type(qiwizard.why(SHIPPED, ruling), qiwizard.Why)
    assert_type(qiwizard.cite_holding(ruling.findings[0].authority_for[0].holding), str)
    assert found


@pytest.mark.parametrize(
    ("facts", "still_open", "said"),
    [
        ({"motoin": "pending"}, (), "posture.motoin: no such fact; did you mean motion?"),
        ({"motion": "pendig"}, (), "'pendig' is not a value of this fact; did you mean pending?"),
        ({"qi_asserted": 1}, (), "posture.qi_asserted: 1 is not a value of this fact"),
        ({"circuit": "tenth", "court": "D. Mass."}, (), "lies in the circuit `first`"),
        ({"motion": "none"}, ("motion",), "motion is known in [posture] and cannot be open too"),
        ({}, ("answered",), "'answered' is no fact"),
    ],
)
def test_facts_of_a_script_are_checked(
    facts: dict[str, Value], still_open: tuple[str, ...], said: str
) -> None:
    """A mistyped fact is named, and never left out of the reasoning in silence."""
    with pytest.raises(qiwizard.UserError) as mistake:
        qiwizard.posture_of(SHIPPED, facts, still_open)
    assert said in str(mistake.value)


def test_a_posture_of_facts_rules_as_a_file_does(tmp_path: Path) -> None:
    """Facts as a table of Python and as a table of TOML come to the same posture and ruling."""
    file = tmp_path / "case.toml"
    file.write_text(
        '[posture]\ncircuit = "tenth"\nqi_asserted = true\n[session]\nopen = ["motion"]\n',
        encoding="utf-8",
    )
    session = qiwizard.read_session(file, SHIPPED, TODAY)
    facts = {"circuit": "tenth", "qi_asserted": True}
    posture = qiwizard.posture_of(SHIPPED, facts, ["motion"])
    assert posture == session.posture
    ruling = qiwizard.rule(SHIPPED, posture, TODAY)
    assert ruling.headline in " ".join(qiwizard.summary(SHIPPED, session, TODAY).split())
