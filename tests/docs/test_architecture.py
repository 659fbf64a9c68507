"""docs/ARCHITECTURE.md is true: its tables are checked against every import, its names exist."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

import qiwizard
import screens

ROOT = Path(__file__).parents[2]
if not (ROOT / "docs").is_dir():
    pytest.skip("the documents exist only in a checkout", allow_module_level=True)
PAGE = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
FOLDERS = {"qiwizard": Path(qiwizard.__path__[0]), "screens": Path(screens.__path__[0])}


def between(start: str, end: str) -> str:
    """The page from one text to the next."""
    assert start in PAGE, start
    return PAGE.partition(start)[2].partition(end)[0]


def in_ticks(text: str) -> list[str]:
    """The words in backticks."""
    return re.findall(r"`([^`\n]+)`", text)


def rules(package: str) -> dict[str, set[str]]:
    """By subpackage: the subpackages it may import, as the table says."""
    found = {}
    for line in between(f"## The packages of `{package}/`", "\n## ").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 3 and (name := re.fullmatch(r"`(\w+)`", cells[0])):
            found[name[1]] = set(in_ticks(cells[2]))
    return found


RULES = {package: rules(package) for package in FOLDERS}
SHARED = set(in_ticks(between("import only one another:", ".\n")))
"""The modules of `qiwizard` that every package may use."""
COMMAND_LINE = set(in_ticks(between("may import every package:", ".\n")))


@dataclass(frozen=True, slots=True)
class Import:
    """One import between our own modules."""

    by: str
    of: str

    @property
    def packages(self) -> tuple[str, str]:
        """The top-level packages of both."""
        return self.by.partition(".")[0], self.of.partition(".")[0]

    @property
    def parts(self) -> tuple[str, str]:
        """The subpackages of both; empty for a module beside the subpackages."""
        return _part(self.by), _part(self.of)

    @property
    def module(self) -> str:
        """The imported module, without its top-level package."""
        return self.of.partition(".")[2]


def _part(module: str) -> str:
    package, _, rest = module.partition(".")
    first = rest.partition(".")[0]
    return first if first in RULES[package] else ""


def _modules() -> Iterator[tuple[str, Path]]:
    for package, folder in FOLDERS.items():
        for path in sorted(folder.rglob("*.py")):
            parts = path.relative_to(folder).with_suffix("").parts
            yield ".".join((package, *parts)).removesuffix(".__init__"), path


MODULES = dict(_modules())


def _imported(path: Path) -> Iterator[str]:
    """Our modules that a file imports anywhere, inside functions and for type checkers too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (name if name in MODULES else str(node.module) for name in names)


IMPORTS = [
    Import(module, name)
    for module, path in MODULES.items()
    for name in dict.fromkeys(_imported(path))
    if name in MODULES
]


@pytest.mark.parametrize("package", FOLDERS)
def test_the_tables_list_the_packages_that_exist(package: str) -> None:
    """The table lists every package and nothing else."""
    folders = {path.parent.name for path in FOLDERS[package].glob("*/__init__.py")}
    assert set(RULES[package]) == folders


def test_every_module_beside_the_packages_is_listed_once() -> None:
    """Shared by all, or of the command line."""
    beside = {path.stem for path in FOLDERS["qiwizard"].glob("*.py")} - {"__init__", "__main__"}
    assert beside == SHARED | COMMAND_LINE
    assert not SHARED & COMMAND_LINE


def test_each_package_imports_only_what_its_row_permits() -> None:
    """Between subpackages of one package."""
    wrong = [
        one
        for one in IMPORTS
        if one.packages[0] == one.packages[1]
        and all(one.parts)
        and one.parts[0] != one.parts[1]
        and one.parts[1] not in RULES[one.packages[0]][one.parts[0]]
    ]
    assert not wrong


def test_no_row_permits_what_no_module_needs() -> None:
    """A permission that is not used is removed."""
    used = {(one.packages[0], *one.parts) for one in IMPORTS if one.packages[0] == one.packages[1]}
    permitted = {
        (package, part, other)
        for package, rows in RULES.items()
        for part, others in rows.items()
        for other in others
    }
    assert not permitted - used


def test_nothing_in_the_library_imports_screens_except_the_start() -> None:
    """Dependencies have one direction."""
    assert {one.by for one in IMPORTS if one.packages == ("qiwizard", "screens")} == {
        "qiwizard.start"
    }


def test_packages_use_no_module_of_the_command_line() -> None:
    """Neither those of `qiwizard` nor the screens; shared modules import only one another."""
    for one in IMPORTS:
        if one.packages[1] != "qiwizard" or one.parts[1]:
            continue
        if one.packages[0] == "screens" or one.parts[0]:
            assert one.module in SHARED, one
    for one in IMPORTS:
        if one.by.removeprefix("qiwizard.") in SHARED:
            assert one.module in SHARED | {""}, one


def test_screens_reach_the_application_through_the_host() -> None:
    """Packages import `host`, `drawing` and no screen; the application, practice and running."""
    for one in IMPORTS:
        if one.packages != ("screens", "screens"):
            continue
        if one.parts[0] not in ("", "running") and not one.parts[1]:
            assert one.of in {"screens.host", "screens.drawing"}, one
        if not one.parts[0] and one.by not in ("screens.app", "screens.host"):
            assert one.parts[1] not in {"practice", "running"}, one
            assert one.of != "screens.app", one


def _exists(name: str) -> bool:
    """Whether a dotted name leads to a module, or to something in one."""
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        module = ".".join(parts[:cut])
        try:
            if find_spec(module) is None:
                continue
        except ModuleNotFoundError:
            continue
        found: object = import_module(module)
        for part in parts[cut:]:
            fields = getattr(found, "__dataclass_fields__", {})
            found = getattr(found, part, None) or fields.get(part)
        return found is not None
    return False


NAMES = sorted(set(in_ticks(PAGE)))


@pytest.mark.parametrize(
    "name", [n for n in NAMES if re.fullmatch(r"\w+(\.\w+)+", n) and not n.endswith(".toml")]
)
def test_every_dotted_name_exists(name: str) -> None:
    """Modules, classes and functions, under `qiwizard` or `screens`."""
    full = name if name.partition(".")[0] in FOLDERS else f"qiwizard.{name}"
    assert _exists(full), f"{name} does not exist"


@pytest.mark.parametrize("name", [n for n in NAMES if "/" in n])
def test_every_path_exists(name: str) -> None:
    """Files and folders."""
    assert (ROOT / name).exists(), f"{name} does not exist"
