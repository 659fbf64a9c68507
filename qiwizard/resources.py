"""Where the shipped data files are, in a checkout and in an installed wheel."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

_CHECKOUT = Path(__file__).parents[1]


def shipped(name: str) -> Traversable:
    """A shipped data file such as `precedents.toml`."""
    packaged = files("qiwizard") / "data" / name
    return packaged if packaged.is_file() else _CHECKOUT / "data" / name


def read_shipped(name: str) -> dict[str, Any]:
    """The content of a shipped TOML file."""
    with shipped(name).open("rb") as stream:
        return tomllib.load(stream)
