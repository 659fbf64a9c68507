"""Who may know whom: data at the bottom, the law and the reasoning above it, screens on top."""

from __future__ import annotations

import ast
import json
import pkgutil
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from postures import COURTS, SHIPPED
from terminal import run_piped

import qiwizard
import screens
from qiwizard.files import shipped

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(qiwizard.__path__, "qiwizard.")
    if module.name != "qiwizard.__main__"
)
SOURCES = [
    path
    for package in (qiwizard, screens)
    for folder in package.__path__
    for path in sorted(Path(folder).rglob("*.py"))
]
DATA = Path(str(shipped("precedents.toml"))).parent


def loaded_by(folder: Path, script: str) -> set[str]:
    """The names of all modules and packages that a fresh interpreter has loaded after a script."""
    tell = "import json, sys\nprint('\\n' + json.dumps(sorted(sys.modules)))"
    done = run_piped(folder, program=(sys.executable, "-c", f"{script}\n{tell}"))
    assert (done.status, done.err) == (0, "")
    return set(json.loads(done.out.splitlines()[-1]))


def test_reasoning_loads_no_terminal_toolkit(tmp_path: Path) -> None:
    """All modules of the library together bring in neither the toolkit nor the screens."""
    loaded = loaded_by(tmp_path, f"import {', '.join(MODULES)}")
    assert loaded >= set(MODULES)
    assert not loaded & {"textual", "rich", "screens", "fsrs"}


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_load_next_to_nothing(tmp_path: Path, option: str) -> None:
    """Neither waits for the toolkit, for validation, for an event loop or for the library."""
    script = (
        "from qiwizard.cli import run\n"
        f"try: run([{option!r}])\n"
        "except SystemExit as done: assert not done.code"
    )
    loaded = loaded_by(tmp_path, script)
    assert not loaded & {"textual", "rich", "pydantic", "asyncio", "screens"}
    assert not loaded & {"tomllib", "qiwizard.law.library", "qiwizard.reasoning.ruling"}


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """The modules a file imports, each with whether that happens only when a function runs."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    deferred = {inner for function in functions for inner in ast.walk(function)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node in deferred) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: a relative import"
            yield node.module or "", node in deferred


def test_only_the_start_of_the_wizard_imports_screens_and_only_when_it_runs() -> None:
    """One function of one module leads from the library to the screens."""
    leading = [
        (path.name, name, deferred)
        for path in SOURCES
        if Path(qiwizard.__path__[0]) in path.parents
        for name, deferred in imports(path)
        if name.partition(".")[0] in {"screens", "textual", "rich"}
    ]
    assert leading == [("start.py", "screens.app", True)]


def test_data_holds_tables_and_no_code() -> None:
    """Every shipped data file is TOML that can be read, and nothing else lies beside it."""
    files = [path for path in DATA.rglob("*") if path.is_file()]
    assert {"precedents.toml", "orders.toml", "doctrines.toml"} <= {path.name for path in files}
    for path in files:
        assert path.suffix == ".toml", path.name
        assert tomllib.loads(path.read_text(encoding="utf-8")), path.name


EXAMPLES = {
    *((name, "D.N.M.") for name in ("cli.py", "commands.py", "field.py", "sections.py")),
    *(("compare.py", example) for example in ("9th Cir.", "D. Colo.")),
    ("cli.py", "D. Colo."),
    ("interview.py", "D.N.M."),
    ("order.py", "first"),  # the ordinary word
}
"""Names in messages that show by example how a court or an id is written."""


def names_of_the_law() -> set[str]:
    """Cases and courts by every name the data gives them, those of few letters left out."""
    cases = {n for p in SHIPPED.precedents.values() for n in (p.id, p.caption, p.short)}
    cases |= {n for order in SHIPPED.orders for n in (order.id, order.caption)}
    courts = {n for c in COURTS.circuits.values() for n in (c.name, c.abbreviation)}
    courts |= {n for d in COURTS.districts.values() for n in (d.id, d.name)}
    return courts | {name for name in cases if sum(map(str.isalpha, name)) >= 5}


def spoken(path: Path) -> Iterator[str]:
    """The strings of a file that the program works with: all but its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    remarks = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in remarks:
            yield node.value


def test_no_case_and_no_court_is_named_in_the_code() -> None:
    """The law is in the data: a string of the code names none of it but as an example."""
    longest_first = sorted(names_of_the_law(), key=len, reverse=True)
    named = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    found = {
        (path.name, name)
        for path in SOURCES
        for text in spoken(path)
        for name in (*named.findall(text), *({text} & COURTS.circuits.keys()))
    }
    assert not found - EXAMPLES
