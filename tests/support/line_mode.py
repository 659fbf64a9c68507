"""What tests of plain mode share: a way through the interview, and an export on the way."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from terminal import Done

from qiwizard.law.courts import all_forums, named_forum
from qiwizard.law.library import Library
from qiwizard.sessions.questions import answer, next_question
from qiwizard.sessions.session import FORUM_QUESTION, Session

DAY = date(2026, 1, 31)
NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


def exported(said: Done | str, path: Path) -> dict[str, Any]:
    """An export that was written on the way."""
    assert "Written:" in (said if isinstance(said, str) else said.out)
    return tomllib.loads(path.read_text(encoding="utf-8"))


def answered(library: Library, pick: int, as_of: date = DAY) -> list[tuple[str, object, str]]:
    """A way through the interview: question ids, values, and the lines that answer them."""
    session = Session.new(as_of, NOW)
    way: list[tuple[str, object, str]] = []
    while (asked := next_question(library, session)) is not None:
        if asked.id == FORUM_QUESTION:
            forums = all_forums(library.courts)
            value: object = forums[pick * 7 % len(forums)]
            line = forums[pick * 7 % len(forums)].label.partition(",")[0].partition(" (")[0]
        else:
            number = (pick + len(way) * pick) % len(asked.choices)
            value, line = asked.choices[number - 1].value, str(number)
        way.append((asked.id, value, line))
        session = answer(library, session, asked, value)
    return way


def session_of(library: Library, lines: Iterable[str], as_of: date = DAY) -> Session:
    """The session that some lines answer, each question by its number, the forum by its name."""
    session = Session.new(as_of, NOW)
    for line in lines:
        asked = next_question(library, session)
        assert asked is not None
        if asked.id == FORUM_QUESTION:
            value: object = named_forum(library.courts, line)
        else:
            value = asked.choices[int(line) - 1].value
        session = answer(library, session, asked, value)
    return session
