"""Text from people and files, made safe to show; dates as citations print them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_HARMFUL = re.compile(
    "["
    "\\x00-\\x1f\\x7f-\\x9f"  # control characters
    "\\u2028\\u2029"  # line and paragraph separators
    "\\ud800-\\udfff"  # half characters
    "\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069"  # bidirectional marks
    "]"
)


_MONTHS = (
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June",
    "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
)  # fmt: skip
_QUOTES = re.compile("[\"'`\u00b4\u02b9-\u02be\u2018-\u201f\u2032-\u2037\uff07\uff02]")
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_VERSUS = re.compile(r"\b(?:vs?\.|vs?\b)")


def folded(text: str) -> str:
    """Text as searches compare it: case, accents, quotation marks and kinds of dash do not count.

    `vs.`, `vs` and `v` are `v.`, as in a caption.
    """
    plain = _DASHES.sub("-", _QUOTES.sub("", text))
    if not plain.isascii():
        parts = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in parts if unicodedata.category(c) not in ("Mn", "Cf"))
    return _VERSUS.sub("v.", plain.casefold())


def visible(text: str, *, keep: str = "\n\t") -> str:
    """The text with control and bidirectional characters shown as `<U+001B>`.

    The data itself is never changed: this is for what reaches a screen or a terminal.
    """
    return _HARMFUL.sub(lambda f: c if (c := f[0]) in keep else f"<U+{ord(c):04X}>", text)


def shortened(text: str, most: int) -> str:
    """The text with its middle elided if it exceeds a number of characters."""
    if len(text) <= most:
        return text
    end = most // 3
    return f"{text[: most - end - 1]}…{text[-end:]}"


def ended(text: str) -> str:
    """The text with a period at its end, unless an abbreviation has brought one."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def one_line(text: str) -> str:
    """The text on one line, safe to show; line breaks and tabs become spaces."""
    return " ".join(visible(text).split())


def escaped_controls(text: str) -> str:
    """Quoted text of TOML or JSON with control and bidirectional characters as `\\u001b`.

    Both formats read the escape back as the character itself.
    """
    return _HARMFUL.sub(lambda f: c if (c := f[0]) in "\n\t" else f"\\u{ord(c):04x}", text)


def spell_date(day: date, precision: str = "day") -> str:
    """A date as a citation prints it: `Mar. 26, 2018`, `Mar. 2018` or `2018`."""
    if precision == "year":
        return str(day.year)
    month = _MONTHS[day.month - 1]
    return f"{month} {day.year}" if precision == "month" else f"{month} {day.day}, {day.year}"
