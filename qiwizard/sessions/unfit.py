"""Values that no file may contain, used or carried along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from qiwizard.errors import LONGEST_VALUE
from qiwizard.text import shortened

DEEPEST = 20
"""Maximum nesting of tables and lists; an export has six levels."""
LARGEST = 2**63
"""TOML promises whole numbers below this, on either side of zero."""
NULLS = frozenset({("created",), ("ruling",)})
"""Where JSON may say null, which TOML cannot; of a fact its own check says what is permitted."""

Place = tuple[str | int, ...]


def unfit(table: Mapping[str, Any]) -> list[str]:
    """What could not be written to a file again, one line for each place in a table."""
    return [
        f"{shortened('.'.join(map(str, place)), LONGEST_VALUE)}: {why}"
        for place, why in _mistakes(table)
    ]


def _mistakes(table: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    # A list of what is left to look at, because depth is one of the things to find.
    left: list[tuple[Place, Any]] = [((), table)]
    while left:
        place, value = left.pop()
        if why := _mistake(place, value):
            yield place, why
        elif isinstance(value, Mapping | list):
            parts = value.items() if isinstance(value, Mapping) else enumerate(value)
            left += [((*place, part), item) for part, item in reversed(list(parts))]


def _mistake(place: Place, value: object) -> str:
    """What is wrong with one value or with the key that leads to it; empty if nothing is."""
    if any(isinstance(part, str) and _halved(part) for part in (*place[-1:], value)):
        return "holds half a character (a lone surrogate)"
    if isinstance(value, int) and not -LARGEST <= value < LARGEST:
        return "is a whole number of too many digits; permitted: up to 18"
    if value is None and place not in NULLS and place[:-1] != ("posture",):
        return "is null; permitted: a value, or no such key"
    if isinstance(value, datetime) and value.strftime("%z")[5:]:
        return "is a time with seconds in its offset from UTC; permitted: hours and minutes"
    if isinstance(value, Mapping | list) and len(place) > DEEPEST:
        return "tables or lists nested too deeply"
    return ""


def _halved(text: str) -> bool:
    return not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text)
