"""What tests of line mode share: a way through the interview, and an export on the way."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from terminal import Done

from qiwizard.law.facts import Value
from qiwizard.law.library import Library
from qiwizard.reasoning.interview import agenda
from qiwizard.sessions.session import Session

DAY = date(2026, 1, 31)
NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


def exported(said: Done | str, path: Path) -> dict[str, Any]:
    """An export that was written on the way."""
    assert "Written:" in (said if isinstance(said, str) else said.out)
    return tomllib.loads(path.read_text(encoding="utf-8"))


def answered(library: Library, pick: int, as_of: date = DAY) -> list[tuple[str, Value | None, str]]:
    """A way through the interview: facts, values, and the lines that answer them."""
    session = Session.new(as_of, NOW)
    way: list[tuple[str, Value | None, str]] = []
    while (name := agenda(library, session.posture, as_of).next) is not None:
        values: Sequence[Value] = library.vocabulary.by_name[name].values
        if name == "court":
            values = [d.id for d in library.courts.of(str(session.posture.get("circuit")))]
        number = (pick + len(way) * pick) % (len(values) + 1)
        value = values[number - 1] if number else None
        way.append((name, value, str(number)))
        session = session.answering(library, name, value)
    return way
