"""Errors a user can cause: each says in one line what is wrong and what is permitted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, time
from enum import IntEnum
from typing import TypeVar

from qiwizard.text import one_line, shortened

MOST_MESSAGES = 20
"""Mistakes named in full; the rest are only counted."""
LONGEST_MESSAGE = 1_000
LONGEST_VALUE = 100
MOST_DIGITS = 40

T = TypeVar("T")


class UserError(Exception):
    """An error that the user can fix. Its text is one line, or one line per mistake."""

    def __init__(self, *messages: str) -> None:
        named = tuple(one_line(shortened(m, LONGEST_MESSAGE)) for m in messages[:MOST_MESSAGES])
        more = len(messages) - MOST_MESSAGES
        others = f"and {more:,} more mistake{'s' if more > 1 else ''}"
        self.messages = (*named, others) if more > 0 else named
        super().__init__("\n".join(self.messages))


def told(mistakes: Sequence[T], line: Callable[[T], str]) -> list[str]:
    """One line for each mistake; those that are only counted are not formatted."""
    named = [line(mistake) for mistake in mistakes[:MOST_MESSAGES]]
    return [*named, *("…" for _ in mistakes[MOST_MESSAGES:])]


def permitted(values: Iterable[object], given: object = None) -> str:
    """The permitted values as a phrase, after a suggestion if one is close."""
    from difflib import get_close_matches  # only a mistake needs it

    words = [spelled(value) for value in values]
    likely = isinstance(given, str) and len(given) <= LONGEST_VALUE
    near = get_close_matches(str(given), words, n=1) if likely else []
    hint = f"did you mean {near[0]}? " if near else ""
    shown = ", ".join(words) if len(words) <= 14 else f"{', '.join(words[:12])}, … ({len(words)})"
    return f"{hint}permitted: {shown or 'none'}"


def spelled(value: object) -> str:
    """A value of a file as TOML spells it, text without quotation marks; tables by their kind."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case int() if value.bit_length() > MOST_DIGITS * 3:
            return "a number of very many digits"
        case date() | time():
            return value.isoformat()
        case dict():
            return "a table"
        case list() | tuple():
            return "a list"
    return shortened(str(value), LONGEST_VALUE)


def quoted(value: object) -> str:
    """The same with text in quotation marks."""
    return repr(shortened(value, LONGEST_VALUE)) if isinstance(value, str) else spelled(value)


def unreadable(error: Exception) -> str:
    """Why a text is neither TOML nor JSON, in terms a user understands."""
    if isinstance(error, RecursionError):
        return "tables or lists nested too deeply"
    if "integer string conversion" in str(error):
        return "a number of very many digits"
    return str(error)


class Exit(IntEnum):
    """The exit codes."""

    DONE = 0
    DISAGREES = 1
    """A comparison or a check failed, or a line of a batch was bad."""
    UNUSABLE = 2
    """Unusable input or usage."""
    FAULT = 70
    """An internal error."""
