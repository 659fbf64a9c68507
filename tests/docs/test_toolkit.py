"""What the screens take from inside the toolkit: no more than the table in the docs owns up to."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import screens

PAGE = Path(__file__).parents[2] / "docs" / "ARCHITECTURE.md"
HEADING = "## What is taken from inside the toolkit"


def modules() -> Iterator[str]:
    """Every module of the screens."""
    return (m.name for m in pkgutil.walk_packages(screens.__path__, "screens."))


def classes(module: str) -> Iterator[type]:
    """The classes of a module that are built on the toolkit's."""
    for found in vars(importlib.import_module(module)).values():
        if inspect.isclass(found) and found.__module__ == module and of_toolkit(found):
            yield found


def of_toolkit(cls: type) -> list[type]:
    """The toolkit's own classes among the bases of a class."""
    return [base for base in cls.__mro__ if base.__module__.partition(".")[0] == "textual"]


@cache
def written(cls: type) -> ast.ClassDef:
    """A class as it is written."""
    (found,) = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
    assert isinstance(found, ast.ClassDef)
    return found


def private(name: str) -> bool:
    """Whether a name is for those inside."""
    return name.startswith("_") and name.strip("_") != "" and not name.startswith("__")


@cache
def defined(cls: type) -> frozenset[str]:
    """The private names that a class defines in its body or sets on itself."""
    names = {name for node in written(cls).body for name in named_by(node)}
    names |= {
        node.attr
        for node in ast.walk(written(cls))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }
    return frozenset(filter(private, names))


def named_by(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement in the body of a class defines."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        yield statement.name
    for node in getattr(statement, "targets", [getattr(statement, "target", None)]):
        if isinstance(node, ast.Name):
            yield node.id


def taken(module: str) -> set[str]:
    """The private names of the toolkit that a module overrides or uses."""
    found: set[str] = set()
    for cls in classes(module):
        theirs = frozenset[str]().union(*map(defined, of_toolkit(cls)))
        used = {n.attr for n in ast.walk(written(cls)) if isinstance(n, ast.Attribute)}
        found |= theirs & (used | defined(cls))
    source = Path(inspect.getfile(importlib.import_module(module)))
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found |= set(filter(private, (node.module or "").split(".")))
        of_another = isinstance(node, ast.Attribute) and not isinstance(node.value, ast.Name)
        if of_another and isinstance(node, ast.Attribute) and private(node.attr):
            found.add(node.attr)
    return found


def owned_up_to() -> set[tuple[str, str]]:
    """Name and module of each row of the table."""
    section = PAGE.read_text(encoding="utf-8").partition(HEADING)[2].partition("\n## ")[0]
    return set(re.findall(r"^\| `(\w+)` \| `([\w.]+)` \|", section, re.MULTILINE))


def test_the_table_names_all_that_is_taken() -> None:
    """With a new release of the toolkit these are the places to look at, and no others."""
    assert {(name, module) for module in modules() for name in taken(module)} == owned_up_to()
