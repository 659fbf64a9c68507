"""Reviews that are due, at a glance: for the home screen, which waits for nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from qiwizard.errors import UserError
from qiwizard.files import read_text
from qiwizard.practice.places import DEFAULT_CLERK, SCHEMA, progress_files
from qiwizard.text import one_line

MOST_NAMED = 3


def waiting_words(now: datetime | None = None) -> str:
    """Such as `3 reviews due`, by clerk where there are several; empty if nothing is due."""
    counts = dict(filter(None, (_waiting(p, now or datetime.now(UTC)) for p in progress_files())))
    due = {name: n for name, n in counts.items() if n}
    if not due:
        return ""
    if len(counts) == 1 or set(due) == {DEFAULT_CLERK}:
        number = sum(due.values())
        return "1 review due" if number == 1 else f"{number} reviews due"
    named = [f"{one_line(name)} {n}" for name, n in list(due.items())[:MOST_NAMED]]
    more = ", …" if len(due) > MOST_NAMED else ""
    return f"reviews due: {', '.join(named)}{more}"


def _waiting(path: Path, now: datetime) -> tuple[str, int] | None:
    """A clerk and how many reviews are due; None of a file that is not whole, which is left alone.

    It is read whole, and what is wrong with it is said, when the clerk practises.
    """
    try:
        table = json.loads(read_text(path))
        if table["schema"] != SCHEMA:
            return None
        return str(table["clerk"]), _due(table["cards"], now)
    except (UserError, ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return None


def _due(cards: Mapping[str, Mapping[str, str]], now: datetime) -> int:
    today = local_day(now)
    return sum(local_day(datetime.fromisoformat(card["due"])) <= today for card in cards.values())


def local_day(moment: datetime) -> date:
    """The day of a moment where the clerk is: a review is due from the beginning of its day."""
    try:
        return moment.astimezone().date()
    except OverflowError:  # at the ends of the calendar
        return moment.date()
