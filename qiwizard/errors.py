"""Errors a user can cause: each says in one line what is wrong and what is permitted."""

from __future__ import annotations

from collections.abc import Iterable

from qiwizard.text import one_line


class UserError(Exception):
    """Something the user can mend. Its text is one line, or one line per mistake."""

    def __init__(self, *messages: str) -> None:
        self.messages = tuple(one_line(message) for message in messages)
        super().__init__("\n".join(self.messages))


def permitted(values: Iterable[object], given: object = None) -> str:
    """The permitted values as a phrase, with the near miss first where there is one."""
    from difflib import get_close_matches  # only a mistake needs it

    words = [spelled(value) for value in values]
    near = get_close_matches(str(given), words, n=1) if isinstance(given, str) else []
    hint = f"did you mean {near[0]}? " if near else ""
    shown = ", ".join(words) if len(words) <= 14 else f"{', '.join(words[:12])}, … ({len(words)})"
    return f"{hint}permitted: {shown or 'none'}"


def spelled(value: object) -> str:
    """A value as TOML spells it, without quotation marks."""
    if value is True:
        return "true"
    if value is False:
        return "false"
    try:
        return str(value)
    except ValueError:  # Python spells no integer of more than 4,300 digits
        return "a number of many digits"
