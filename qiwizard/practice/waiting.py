"""Reviews that are due, at a glance: for the home screen, which waits for nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

from qiwizard.practice.store import DEFAULT_CLERK, Store, clerks
from qiwizard.text import one_line

MOST_NAMED = 3


def waiting_words(now: datetime | None = None) -> str:
    """Such as `3 reviews due`, by clerk where there are several; empty if nothing is due."""
    moment = now or datetime.now(UTC)
    counts = {name: Store(name).waiting(moment) for name in clerks()}
    due = {name: n for name, n in counts.items() if n}
    if not due:
        return ""
    if len(counts) == 1 or set(due) == {DEFAULT_CLERK}:
        number = sum(due.values())
        return "1 review due" if number == 1 else f"{number} reviews due"
    named = [f"{one_line(name)} {n}" for name, n in list(due.items())[:MOST_NAMED]]
    more = ", …" if len(due) > MOST_NAMED else ""
    return f"reviews due: {', '.join(named)}{more}"
