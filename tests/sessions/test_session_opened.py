"""An opened session: its day, its ruling, and the law of today."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from session_files import (
    BEFORE_CARSWELL,
    CREATED,
    FIFTH,
    LATER,
    opened,
    session_of,
    table_of,
)

from qiwizard.cli import run
from qiwizard.errors import UserError
from qiwizard.law.library import Library
from qiwizard.law.shipped import shipped_library
from qiwizard.reasoning.ruling import rule
from qiwizard.reports.formats import render
from qiwizard.reports.report import Report
from qiwizard.reports.tables import document
from qiwizard.sessions.session import Matter, Session
from qiwizard.sessions.session_file import session_from

# Opening

OPENED = session_of(FIFTH, ("own_records",), BEFORE_CARSWELL, {"motion": "Doc. 38"})
ELSEWHERE: Mapping[str, Any] = {
    "ruling": {
        "outcome": "no_stay",
        "strength": "contested",
        "headline": "As another library had it.",
        "as_of": BEFORE_CARSWELL,
        "terms": ["Of its own."],
        "library": "2020.01",
    },
    "finding": [],
    "alternative": [],
    "change": [],
    "similar": [],
    "authority": [],
}
"""A ruling unlike today's, as a file from an older library may hold it."""


def recorded() -> Session:
    """A session opened from a file whose ruling today's library would not give."""
    table = {**table_of(OPENED), **ELSEWHERE}
    return session_from(table, "old.toml", shipped_library(), LATER)


def test_opened_session_keeps_its_day_and_its_ruling(library: Library) -> None:
    """What the file says stays, though the law and the library have moved on."""
    session = recorded()
    assert session.as_of == BEFORE_CARSWELL
    table = document(Report(library, session))
    assert {key: table[key] for key in ELSEWHERE} == ELSEWHERE


@pytest.mark.parametrize("form", ["toml", "json"])
def test_recorded_ruling_survives_being_exported_again(library: Library, form: str) -> None:
    """Export and open leave a recorded ruling alone, however often."""
    once = render(Report(library, recorded()), form)
    assert render(Report(library, opened(once)), form) == once
    assert opened(once).as_of == BEFORE_CARSWELL


def test_recorded_ruling_stays_while_no_answer_changes(library: Library) -> None:
    """A caption or a note of where the record says so is no answer: the ruling stays."""
    session = recorded().naming(Matter("Doe v. Roe")).sourcing("motion", "Doc. 40")
    table = document(Report(library, session))
    assert table["ruling"] == ELSEWHERE["ruling"]
    assert table["matter"]["caption"] == "Doe v. Roe"
    assert table["source"]["motion"] == "Doc. 40"


@pytest.mark.parametrize("way", ["another answer", "not stated", "taken back"])
def test_changed_answer_gives_a_new_ruling_under_the_same_law(library: Library, way: str) -> None:
    """Once an answer changes the ruling is computed anew, still under the law of the file."""
    session = recorded()
    changed = {
        "another answer": lambda: session.answering(library, "facts_needed", value=False),
        "not stated": lambda: session.answering(library, "facts_needed", None),
        "taken back": lambda: session.clearing("facts_needed"),
    }[way]()
    ruling = document(Report(library, changed))["ruling"]
    assert ruling["as_of"] == BEFORE_CARSWELL
    assert ruling["headline"] == rule(library, changed.posture, BEFORE_CARSWELL).headline


def test_adopting_gives_the_ruling_of_that_day(library: Library) -> None:
    """The law of another day is taken over only when it is adopted."""
    ruling = document(Report(library, recorded().adopting(LATER)))["ruling"]
    assert (ruling["as_of"], ruling["outcome"]) == (LATER, "stay")


def test_bare_posture_is_under_the_law_of_today() -> None:
    """A file without a ruling has no day to keep."""
    session = session_from({"posture": dict(FIFTH)}, "x", shipped_library(), LATER)
    assert session.as_of == LATER
    assert session.recorded is None


# Ruling on a session

GIVEN: Mapping[str, str] = {
    "another time zone": "created = 2026-01-31T05:00:00-07:00",
    "parts of a second": "created = 2026-01-31T12:00:00.25Z",
    "no time zone": "created = 2026-01-31T12:00:00",
    "matter": '[matter]\ncaption = "Doe v. Roe"\ndocket = "1:26-cv-1"\nnotes = "a\\nb"',
    "empty texts": '[matter]\ncaption = ""\ndocket = ""\nnotes = ""\n[source]\nmotion = ""',
    "further keys": (
        '[matter]\nclient = "Roe"\nfiled = 2026-01-30\nat = 07:32:00\n'
        "[matter.more]\nx = [1, 2.5, { y = true }]\n[session]\nstep = 3\nopen = []"
    ),
    "open in another order": '[session]\nopen = ["own_records", "motion", "circuit"]',
    "sources": (
        '[source]\nqi_asserted = "Doc. 5"\nmotion = "Doc. 38\\n at 2"\ncircuit = "\\u001b[31m"'
    ),
}


@pytest.mark.parametrize("name", GIVEN)
def test_rule_passes_on_what_was_given(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`created`, `[matter]`, `[session]` and `[source]` of a file come out as they went in."""
    path = tmp_path / "session.toml"
    path.write_text(f"{GIVEN[name]}\n[posture]\nopposed = true\n", encoding="utf-8")
    assert run(["rule", str(path)]) == 0
    before = tomllib.loads(path.read_text(encoding="utf-8"))
    after = tomllib.loads(capsys.readouterr().out)
    for key in ("created", "matter", "session", "source"):
        if key in before:
            assert after[key] == before[key]
    assert after["posture"] == {"opposed": True}


def test_rule_computes_the_rest_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A ruling recorded in a session is replaced, findings and authorities with it.

    What changed since it was recorded is told beside them.
    """
    path = tmp_path / "session.toml"
    path.write_text(render(Report(shipped_library(), recorded()), "toml"), encoding="utf-8")
    assert run(["rule", str(path), "--as-of", LATER.isoformat()]) == 0
    table = tomllib.loads(capsys.readouterr().out)
    expected = table_of(replace(OPENED, as_of=LATER))
    assert table.pop("since")
    assert table == expected
    assert table["ruling"]["outcome"] == "stay"


# Reading

REFUSED: Mapping[str, Mapping[str, Any]] = {
    "finding is no list": {"finding": 1},
    "finding is a list of texts": {"finding": ["x"]},
    "authority is a table": {"authority": {"id": "x"}},
    "terms are no texts": {"ruling": {**ELSEWHERE["ruling"], "terms": [1]}},
    "headline is no text": {"ruling": {**ELSEWHERE["ruling"], "headline": 1}},
    "day is a time": {"ruling": {**ELSEWHERE["ruling"], "as_of": CREATED}},
}


@pytest.mark.parametrize("name", REFUSED)
def test_damaged_ruling_is_refused(library: Library, name: str) -> None:
    """A recorded ruling of another shape is refused, not carried on into the next export."""
    table = {**table_of(OPENED), **ELSEWHERE, **REFUSED[name]}
    with pytest.raises(UserError) as refusal:
        session_from(table, "old.toml", library, LATER)
    key = next(iter(REFUSED[name]))
    assert all(line.startswith(f"old.toml: {key}") for line in refusal.value.messages)


def test_trail_of_an_opened_session_follows_the_interview(library: Library) -> None:
    """Stepping back through an opened session goes from the last question to the first."""
    session = opened(render(Report(library, OPENED), "toml"))
    asked = [f.name for f in library.vocabulary.facts if OPENED.posture.asked(f.name)]
    assert list(session.trail) == asked
