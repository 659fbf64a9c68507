"""Where the shipped data files are, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tomli  # tomllib, compiled: it reads the library in a third of the time

from qiwizard.errors import UserError

_PACKAGE = Path(__file__).parent


def check_unpacked() -> None:
    """UserError if the package is inside a file, such as a zip application."""
    if not _PACKAGE.is_dir():
        raise UserError(
            f"qiwizard: cannot run from inside a file ({_PACKAGE}); install it, or unpack it first"
        )


def shipped(name: str) -> Path:
    """A shipped data file such as `precedents.toml`."""
    packaged = _PACKAGE / "data" / name
    return packaged if packaged.exists() else _PACKAGE.parent / "data" / name


def read_shipped(name: str) -> dict[str, Any]:
    """The content of a shipped TOML file."""
    return tomli.loads(shipped(name).read_text(encoding="utf-8"))


def shipped_names(folder: str) -> tuple[str, ...]:
    """The names of the shipped TOML files in a folder, in order."""
    return tuple(sorted(path.name for path in shipped(folder).glob("*.toml")))
