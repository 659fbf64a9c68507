"""The library that comes with the program, with the user's own precedents where they are named."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from qiwizard.errors import UserError, unreadable
from qiwizard.files import read_shipped, read_text, shipped_names
from qiwizard.law.library import Library
from qiwizard.law.reading import read_library

FRAME_FILES = ("courts.toml", "facts.toml", "doctrines.toml")
LAW_FILE = "precedents.toml"
_READING = Lock()


def shipped_library() -> Library:
    """The library that comes with the program, read once per process, whoever asks first."""
    with _READING:
        return _shipped()


@lru_cache(maxsize=1)
def _shipped() -> Library:
    return library_of(shipped_law())


def shipped_law() -> dict[str, Mapping[str, Any]]:
    """The content of the shipped precedents files, by name."""
    names = [LAW_FILE, *(f"circuits/{name}" for name in shipped_names("circuits"))]
    return {name: read_shipped(name) for name in names}


def library_of(law: Mapping[str, Mapping[str, Any]], today: date | None = None) -> Library:
    """A library of some precedents files over the shipped facts, doctrines, courts and orders.

    UserError names every mistake in them.
    """
    files = {name: read_shipped(name) for name in FRAME_FILES}
    return read_library(files, law, read_shipped("orders.toml"), today)


def library_with(path: Path | str, today: date) -> Library:
    """The library with a precedents file of the user's own (`-`: standard input).

    A file with a `[library]` table replaces the shipped precedents; one without it is added to
    them. UserError names every mistake in the file.
    """
    name = "standard input" if str(path) == "-" else str(path)
    try:
        content = tomllib.loads(read_text(path))
    except (RecursionError, ValueError) as error:
        raise UserError(f"{name}: not readable as TOML: {unreadable(error)}") from None
    law = {} if "library" in content else shipped_law()
    return library_of({**law, name: content}, today)


def library_from(precedents: str | None) -> Library:
    """The shipped library, or the one with the user's own precedents file."""
    return shipped_library() if precedents is None else library_with(precedents, date.today())
