"""The settings in `config.toml`: how it looks, what moves, what is kept, which keys do what.

theme = "high-contrast"
animation = "none"
mouse = true
plain = false
keep = true

[keys]
"interview.why" = "f1,w"
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from qiwizard.errors import UserError, permitted, quoted, unreadable
from qiwizard.files import config_folder, private_folder, put_file, read_text, seen

FILE = "config.toml"
ANIMATIONS = ("none", "basic", "full")
_THEME_LINE = re.compile(r"^theme[ \t]*=.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Config:
    """The settings; each has a value without any file."""

    theme: str = ""
    """The name of a theme; empty for the usual one."""
    animation: str = "none"
    """How much may move on the screen."""
    mouse: bool = True
    plain: bool = False
    """Line mode instead of the full screen."""
    keep: bool = True
    """Whether unfinished sessions are kept on disk."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """By the id of a binding: the keys for it, separated by commas."""


def config_path() -> Path:
    """Where the settings are; the file need not exist."""
    return config_folder() / FILE


def read_config(path: Path) -> Config:
    """The settings in a file, or the usual ones if there is none; UserError for each mistake.

    Whether themes, ids of bindings and keys exist is checked where they are used.
    """
    if not seen(path):
        return Config()
    try:
        table = _table(read_text(path))
    except (ValueError, RecursionError) as error:
        raise UserError(f"{path}: not readable as TOML: {unreadable(error)}") from None
    if mistakes := _mistakes(table):
        raise UserError(*(f"{path}: {mistake}" for mistake in mistakes))
    return Config(**table)


def _table(text: str) -> dict[str, Any]:
    import tomllib  # most starts have no settings to read

    return tomllib.loads(text)


def _mistakes(table: Mapping[str, Any]) -> list[str]:
    names = [each.name for each in fields(Config)]
    found = []
    for key, value in table.items():
        if key not in names:
            found.append(f"{key}: no such setting; {permitted(names, key)}")
        elif key in ("mouse", "plain", "keep"):
            if not isinstance(value, bool):
                found.append(f"{key}: {quoted(value)}; {permitted((True, False))}")
        elif key == "animation":
            if value not in ANIMATIONS:
                found.append(f"{key}: {quoted(value)}; {permitted(ANIMATIONS, value)}")
        elif key == "theme":
            if not isinstance(value, str):
                found.append(f"{key}: {quoted(value)}; permitted: the name of a theme as text")
        elif not isinstance(value, dict):
            found.append(f"{key}: {quoted(value)}; permitted: a table of bindings and their keys")
        else:
            found += [
                f"keys.{name}: {quoted(given)}; permitted: keys as text, separated by commas"
                for name, given in value.items()
                if not isinstance(given, str) or not given.strip()
            ]
    return found


def remember_theme(path: Path, theme: str) -> None:
    """Write the theme to the settings file and change nothing else; UserError on failure."""
    line = f'theme = "{theme}"'
    try:
        text = read_text(path) if seen(path) else ""
        head, table, rest = text.partition("\n[") if not text.startswith("[") else ("", "", text)
        if _THEME_LINE.search(head):
            head = _THEME_LINE.sub(lambda _: line, head, count=1)
        else:
            head = f"{line}\n{head}"
        changed = f"{head}{table}{rest}"
        if _table(changed).get("theme") != theme:
            raise ValueError(path)
        private_folder(path.parent)
        put_file(path, changed.encode("utf-8"), force=True)
    except OSError as error:
        raise UserError(f"{path}: cannot be written: {error.strerror or error}") from None
    except (ValueError, RecursionError):
        raise UserError(f"{path}: the theme cannot be put in; write {line} yourself") from None
