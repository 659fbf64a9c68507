"""docs/ARCHITECTURE.md is true: its tables are held against every import, its names exist."""

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

ROOT = Path(__file__).parents[1]
if not (ROOT / "docs").is_dir():
    pytest.skip("the documents stand in a checkout only", allow_module_level=True)
PAGE = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
FOLDERS = {"qiwizard": Path(qiwizard.__path__[0]), "screens": Path(screens.__path__[0])}
MOST_LINES = 140
"""Two pages."""


def between(start: str, end: str) -> str:
    """The page from one text to the next."""
    return PAGE.partition(start)[2].partition(end)[0]


def in_ticks(text: str) -> list[str]:
    """The words in backticks."""
    return re.findall(r"`([^`\n]+)`", text)


def rules(package: str) -> dict[str, set[str]]:
    """By room of a package: the rooms that it may import, as its table says."""
    found = {}
    for line in between(f"## The rooms of `{package}/`", "\n## ").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 3 and (room := re.fullmatch(r"`(\w+)`", cells[0])):
            found[room[1]] = set(in_ticks(cells[2])) | ({"all"} if "all" in cells[2] else set())
    return found


RULES = {package: rules(package) for package in FOLDERS}
BELOW = set(in_ticks(between("know nothing of the law: ", ". These import")))
"""The modules of `qiwizard` that every room may use."""
ABOVE = set(in_ticks(between("may import all: ", ". `qiwizard/")))
"""Those that may use every room."""


@dataclass(frozen=True, slots=True)
class Import:
    """One import of ours: from which module to which, and the rooms they stand in."""

    by: str
    of: str

    @property
    def packages(self) -> tuple[str, str]:
        """The packages of both."""
        return self.by.partition(".")[0], self.of.partition(".")[0]

    @property
    def rooms(self) -> tuple[str, str]:
        """The rooms of both; empty for a module beside the rooms."""
        return _room(self.by), _room(self.of)


def _room(module: str) -> str:
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
    """The modules of ours that a file imports anywhere, also those imported as names."""
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
def test_the_tables_name_the_rooms_there_are(package: str) -> None:
    """No room is missing from its table, and none is invented."""
    folders = {path.parent.name for path in FOLDERS[package].glob("*/__init__.py")}
    assert set(RULES[package]) == folders


def test_every_module_beside_the_rooms_is_below_them_or_above() -> None:
    """The page names each of them, once."""
    beside = {path.stem for path in FOLDERS["qiwizard"].glob("*.py")} - {"__init__", "__main__"}
    assert beside == BELOW | (ABOVE - {"screens"})
    assert not BELOW & ABOVE


def test_each_room_imports_only_what_its_row_permits() -> None:
    """Also inside functions and for type checkers: rooms of the same package."""
    astray = [
        one
        for one in IMPORTS
        if one.packages[0] == one.packages[1]
        and all(one.rooms)
        and one.rooms[0] != one.rooms[1]
        and not RULES[one.packages[0]][one.rooms[0]] & {one.rooms[1], "all"}
    ]
    assert not astray


def test_no_row_permits_what_no_module_needs() -> None:
    """A permission that nobody uses is one too many."""
    used = {(one.packages[0], *one.rooms) for one in IMPORTS if one.packages[0] == one.packages[1]}
    unused = [
        (package, room, other)
        for package, rows in RULES.items()
        for room, permitted in rows.items()
        for other in permitted - {"all"}
        if (package, room, other) not in used
    ]
    assert not unused


def test_rooms_of_the_library_know_only_the_modules_without_law_beside_them() -> None:
    """Nothing in a room imports the command line, and what is below it imports no room."""
    beside = [
        (one.by, one.of.partition(".")[2]) for one in IMPORTS if one.packages[1] == "qiwizard"
    ]
    assert {name for _, name in beside} >= BELOW
    for one in IMPORTS:
        name = one.of.partition(".")[2]
        if one.packages == ("qiwizard", "qiwizard") and one.rooms[0] and not one.rooms[1]:
            assert name in BELOW, one
        if one.by.partition(".")[2] in BELOW:
            assert name in BELOW | {""}, one


def test_screens_know_nothing_of_the_command_line() -> None:
    """The screens import rooms of the library, and what every room may use."""
    for one in IMPORTS:
        if one.packages == ("screens", "qiwizard") and not one.rooms[1]:
            assert one.of.partition(".")[2] in BELOW, one


def test_screens_stand_on_the_rooms_and_are_reached_through_the_host() -> None:
    """Rooms import `host` and no screen; practice and running are the application's alone."""
    for one in IMPORTS:
        if one.packages != ("screens", "screens"):
            continue
        if one.rooms[0] not in ("", "running") and not one.rooms[1]:
            assert one.of == "screens.host", one
        if not one.rooms[0] and one.by != "screens.app":
            assert one.rooms[1] not in {"practice", "running"}, one
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
            found = getattr(found, part, None)
        return found is not None
    return False


NAMES = sorted(set(in_ticks(PAGE)))


@pytest.mark.parametrize("name", [n for n in NAMES if re.fullmatch(r"\w+(\.\w+)+", n)])
def test_every_dotted_name_exists(name: str) -> None:
    """Modules, classes and functions named are there, under `qiwizard` or `screens`."""
    full = name if name.partition(".")[0] in FOLDERS else f"qiwizard.{name}"
    assert _exists(full), f"{name} is no more"


@pytest.mark.parametrize("name", [n for n in NAMES if "/" in n])
def test_every_path_exists(name: str) -> None:
    """Files and folders named are there."""
    assert (ROOT / name).exists(), f"{name} is no more"


@pytest.mark.parametrize("name", [n for n in NAMES if n.isidentifier()])
def test_every_single_word_is_in_the_code(name: str) -> None:
    """A room, a module, or a word that the code itself uses."""
    modules = {part for module in MODULES for part in module.split(".")}
    sources = (path.read_text(encoding="utf-8") for path in MODULES.values())
    assert name in modules or any(re.search(rf"\b{name}\b", source) for source in sources)


def test_it_is_two_pages_at_most() -> None:
    """What is longer is not read."""
    assert len(PAGE.splitlines()) <= MOST_LINES
