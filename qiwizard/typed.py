"""What a person types, read the way Americans write it: dates, ordinals, digits of any script."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from qiwizard.errors import UserError

DATES = "11/22/2026, Nov. 22, 2026 or 2026-11-22"
"""The forms of a date, for messages."""
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_FORMS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})"),
    re.compile(r"(?P<month>[a-z]{3,9})\.? +(?P<day>\d{1,2})(?:,| ) *(?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{1,2}) +(?P<month>[a-z]{3,9})\.?,? +(?P<year>\d{4})"),
)
MOST_DIGITS = 9
"""A longer number counts as the least one of more digits."""


def plain(text: str) -> str:
    """Typed text with full-width and other compatible characters as plain ones, trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


def typed_number(text: str) -> int | None:
    """A whole number in the digits of any script; None if the text is something else."""
    digits = text.strip()
    if not digits.isdecimal():
        return None
    return int(digits) if len(digits) <= MOST_DIGITS else 10**MOST_DIGITS


def typed_digit(character: str | None) -> int | None:
    """One digit of any script; None for any other key."""
    if character is None or len(character) != 1:
        return None
    return unicodedata.decimal(character, None)


def typed_date(text: str) -> date:
    """A date in any of the usual forms; UserError if it is none."""
    typed = plain(text).casefold()
    for form in _FORMS:
        if (found := form.fullmatch(typed)) and (month := _month(found["month"])):
            try:
                return date(int(found["year"]), month, int(found["day"]))
            except ValueError:
                break
    raise UserError(f"{text.strip()!r} is not a date; permitted: {DATES}")


def typed_dates(text: str) -> list[date]:
    """Dates between commas, each once; the comma before a year belongs to its date."""
    parts = re.split(r",(?!\s*\d{4}\s*(?:,|$))", text)
    return list(dict.fromkeys(typed_date(part) for part in parts))


def _month(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    return next((n for n, month in enumerate(_MONTHS, 1) if month.startswith(text)), None)
