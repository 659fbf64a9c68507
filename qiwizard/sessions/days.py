"""The days whose law can be applied: from the first day of the library to today."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qiwizard.errors import UserError

if TYPE_CHECKING:
    from qiwizard.law.library import Library


def today_under(library: Library) -> date:
    """Today by the local clock; UserError if that is before the library begins."""
    today = date.today()
    if today < library.about.begins:
        raise UserError(
            f"this computer's clock says {today}, and the library begins on "
            f"{library.about.begins}; set the clock, or name a day with `qiwizard rule --as-of`"
        )
    return today


def refusal(library: Library, day: date, today: date, at_hand: date | None = None) -> str:
    """Why the law of a day cannot be applied; empty if it can.

    The present day is always permitted: in another time zone it may be tomorrow.
    """
    first = library.about.begins
    if day == at_hand:
        return ""
    if day < first:
        return f"{day} is before the library begins; permitted: {first} or later"
    # A clock that is wrong says nothing about the future.
    if first <= today < day:
        return f"{day} is after today; permitted: {today} or earlier"
    return ""
