"""Checking a precedents file of the user's own, and the library with it.

Every mistake is one line that names the file, the precedent, the holding where there is one,
and the field, with what was given and what is permitted; all are reported together.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from qiwizard.checking.conditions import Reference, row_problems, twice
from qiwizard.checking.histories import circles, event_problems
from qiwizard.checking.parts import Contents, DayKnown, Part, Row, contents_of, day_known
from qiwizard.errors import UserError
from qiwizard.files import read_text
from qiwizard.law.build import Table, build_library
from qiwizard.law.courts import Courts
from qiwizard.law.doctrine import Question
from qiwizard.law.facts import Vocabulary
from qiwizard.law.library import Library
from qiwizard.law.precedent import Precedent, surely_decided
from qiwizard.law.shipped import shipped_library
from qiwizard.resources import read_shipped
from qiwizard.text import one_line


def library_with(path: Path | str, today: date) -> Library:
    """The library with a precedents file of the user's own.

    A file with a `[library]` table stands instead of the shipped precedents; one without it
    is added to them. UserError names every mistake in the file.
    """
    table = read_precedents(path, shipped_library(), today)
    if "library" in table:
        return build_library(table)
    shipped = read_shipped("precedents.toml")
    return build_library({**shipped, "precedent": [*shipped["precedent"], *table["precedent"]]})


def read_precedents(path: Path | str, library: Library, today: date) -> Table:
    """The table in a precedents file (`-`: standard input); UserError names every mistake.

    Without a `[library]` table it may refer to the precedents of the library given, and may
    not take their ids.
    """
    name = "standard input" if str(path) == "-" else str(path)
    try:
        table = tomllib.loads(read_text(path))
    except RecursionError:
        raise UserError(f"{name}: not readable: tables or lists nested too deeply") from None
    except ValueError as error:
        raise UserError(f"{name}: not readable as TOML: {error}") from None
    mistakes = precedents_problems(
        table,
        library.vocabulary,
        library.questions,
        library.courts,
        today=today,
        known={} if "library" in table else library.precedents,
    )
    if mistakes:
        raise UserError(*(f"{name}: {mistake}" for mistake in mistakes))
    return table


def precedents_problems(
    table: Mapping[str, Any],
    vocabulary: Vocabulary,
    questions: Iterable[Question],
    courts: Courts,
    *,
    today: date,
    known: Iterable[str] | Mapping[str, Precedent] = (),
) -> list[str]:
    """What is wrong with the table of a precedents file, one line per mistake.

    `known` are the precedents it is added to: it may name them and may not take their ids;
    where they come with their content, dates are compared with theirs too.
    """
    contents = contents_of(table, today)
    elders = _days_of(known)
    days = {**_days_in(contents.rows), **elders}
    reference = Reference(vocabulary, {q.id: q for q in questions}, courts, days)
    lines = [*contents.problems]
    for row in contents.rows:
        lines += row.problems
        lines += row_problems(row, reference)
        lines += (line for event in row.history for line in event_problems(event, row, reference))
    lines += _id_problems(contents.rows, elders)
    lines += circles(contents.rows)
    lines += _floor_problems(contents, reference)
    return list(dict.fromkeys(one_line(line) for line in lines))


def _days_of(known: Iterable[str] | Mapping[str, Precedent]) -> dict[str, DayKnown]:
    if isinstance(known, Mapping):
        return {name: day_known(p.decided, p.precision) for name, p in known.items()}
    return dict.fromkeys(known, ())


def _days_in(rows: Iterable[Row]) -> dict[str, DayKnown]:
    """The precedents of a file, ill-formed ids included, since others may name them."""
    days: dict[str, DayKnown] = {}
    for row in rows:
        if isinstance(name := row.part.raw.get("id"), str):
            days.setdefault(name, row.decided)
    return days


def _id_problems(rows: Iterable[Row], elders: Mapping[str, DayKnown]) -> Iterator[str]:
    parts = [row.part for row in rows]
    yield from twice(parts, "id", "precedent")
    for part in parts:
        if part.get("id") in elders:
            yield part.says("id", "a precedent of the library has it; permitted: another id")


def _floor_problems(contents: Contents, reference: Reference) -> Iterator[str]:
    """A library of its own must rule on every posture, the empty one first, on all its days."""
    begins = contents.library.get("begins") if contents.library else None
    if contents.library is None or begins is None:
        return
    floors = _floors(reference.questions.values())
    if not any(_is_floor(h, row, floors, begins) for row in contents.rows for h in row.holdings):
        example = " or ".join(f"{answer} to {question}" for question, answer in floors[:1])
        yield contents.library.says(
            "begins",
            f"from {begins} on nothing rules on an empty posture; permitted: a day on which "
            f"a holding with a quote and when = {{}} already answers {example}",
        )


def _floors(questions: Iterable[Question]) -> list[tuple[str, str]]:
    """The answers that give an outcome before any other question is answered."""
    return [
        (question.id, answer.id)
        for question in questions
        if not question.after and not question.outcomes
        for answer in question.answers.values()
        if isinstance(answer.outcome, str)
    ]


def _is_floor(holding: Part, row: Row, floors: list[tuple[str, str]], begins: date) -> bool:
    answer = (holding.get("question"), holding.get("answer"))
    since = holding.get("since") or _decided(row.part)
    ended = any(event.ends_force and _touches(event, holding) for event in row.history)
    always = holding.get("when") == {} and not holding.get("unless") and holding.given("quote")
    return always and not ended and answer in floors and since is not None and since <= begins


def _decided(precedent: Part) -> date | None:
    decided: date | None = precedent.get("decided")
    return surely_decided(decided, precedent.get("precision", "day")) if decided else None


def _touches(event: Part, holding: Part) -> bool:
    keys = event.get("holdings", [])
    return not keys or holding.get("key") in keys
