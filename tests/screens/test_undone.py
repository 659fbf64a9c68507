"""A change of answer that is undone leaves everything as it was, sources included."""

from __future__ import annotations

import io
import tomllib
from typing import Any

import pytest
from kept_sessions import NOW
from postures import TODAY

from qiwizard.keeping.keeper import Keeper, unfinished
from qiwizard.keeping.kept import kept_session, kept_text
from qiwizard.law.library import Library
from qiwizard.law.shipped import shipped_library
from qiwizard.plain.interview import PlainWizard
from qiwizard.sessions.session import Session, trail

LIBRARY = shipped_library()
SOURCE = "Doc. 1 at 1"
GIVEN = (("circuit", "tenth"), ("court", "D.N.M."), ("motion", "pending"), ("opposed", None))


def begun() -> Session:
    """A session with every answer sourced."""
    session = Session.new(TODAY, NOW)
    for name, value in GIVEN:
        session = session.answering(LIBRARY, name, value).sourcing(name, f"{SOURCE}, {name}")
    return session


def said(session: Session) -> tuple[dict[str, Any], frozenset[str], dict[str, str]]:
    """What is answered, what is open, where the record says so."""
    return dict(session.posture.known), session.posture.open, dict(session.sources)


CHANGES = [
    [("circuit", "ninth"), ("circuit", "tenth")],
    [("circuit", "ninth"), ("circuit", "fifth"), ("circuit", "tenth")],
    [("circuit", "ninth"), ("court", "D. Alaska"), ("circuit", "tenth")],
    [("circuit", None), ("circuit", "tenth")],
    [("court", "D. Mass."), ("court", "D.N.M.")],
    [("court", "W.D. Okla."), ("court", "D.N.M.")],
    [("court", None), ("court", "D.N.M.")],
    [("motion", "denied"), ("motion", None), ("motion", "pending")],
    [("opposed", True), ("opposed", None)],
]


@pytest.mark.parametrize("changes", CHANGES, ids=str)
def test_what_was_undone_is_as_before(changes: list[tuple[str, Any]]) -> None:
    """Answers that fell away return, each with its own source; also out of a kept file."""
    before = begun()
    session = before
    for name, value in changes:
        session = session.answering(LIBRARY, name, value)
    assert said(session) == said(before)
    assert set(trail(session)) == set(trail(before))
    assert session.trail[-1] == changes[-1][0]


@pytest.mark.parametrize("changes", CHANGES, ids=str)
def test_undone_after_the_program_was_killed(
    changes: list[tuple[str, Any]], keeper: Keeper, library: Library
) -> None:
    """What a change took away is kept on disk like the answers."""
    session = begun()
    for name, value in changes[:-1]:
        session = session.answering(library, name, value)
    keeper.save(session)
    keeper.leave()
    [kept] = unfinished(keeper.folder)
    resumed = kept_session(kept.path, library, TODAY)
    assert resumed == session
    assert said(resumed.answering(library, *changes[-1])) == said(begun())


@pytest.mark.parametrize(
    ("name", "value"), [("court", "W.D. Okla."), ("motion", "denied"), ("motion", None)]
)
def test_a_source_does_not_pass_to_another_answer(name: str, value: str | None) -> None:
    """The note says where the record states one answer; the new one has none yet."""
    session = begun().answering(LIBRARY, name, value)
    assert name not in session.sources
    noted = session.sourcing(name, "Doc. 9")
    assert noted.answering(LIBRARY, name, value).sources[name] == "Doc. 9"
    back = noted.answering(LIBRARY, name, dict(GIVEN)[name])
    assert back.sources[name] == f"{SOURCE}, {name}"


def test_an_answer_taken_back_keeps_its_source_for_itself() -> None:
    """Given again it has it; another answer does not."""
    bare = begun().clearing("motion")
    assert "motion" not in bare.sources
    assert bare.answering(LIBRARY, "motion", "pending").sources == begun().sources
    assert "motion" not in bare.answering(LIBRARY, "motion", "denied").sources


def test_a_source_noted_before_the_answer_is_its_own() -> None:
    """Whichever answer then comes first."""
    session = Session.new(TODAY, NOW).sourcing("motion", SOURCE)
    assert session.answering(LIBRARY, "motion", "denied").sources == {"motion": SOURCE}


def test_line_mode_tells_it_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another circuit, and the first one again: the district is back."""
    session = Session.new(TODAY, NOW)
    typed = "D.N.M.\nchange 1\n9th\nchange 1\n10th\nq\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    wizard = PlainWizard(LIBRARY, session, TODAY)
    wizard.run()
    assert wizard._session.posture.known == {"circuit": "tenth", "court": "D.N.M."}


@pytest.mark.parametrize(
    "rows",
    [
        "5",
        "[5]",
        '[{ fact = "court" }]',
        '[{ fact = "zzz", source = "", whole = true }]',
        '[{ fact = "court", source = "", whole = true, value = "nowhere" }]',
        '[{ fact = "court", source = "", whole = true, value = [1] }]',
        '[{ fact = "court", source = "", whole = 1, value = "D.N.M." }]',
    ],
)
def test_a_kept_file_changed_by_hand(rows: str, keeper: Keeper, library: Library) -> None:
    """What is no such row is passed over."""
    keeper.save(begun().answering(library, "circuit", "ninth"))
    assert keeper.path is not None
    table = tomllib.loads(keeper.path.read_text(encoding="utf-8"))
    assert table["kept"]["aside"]
    text = kept_text(library, begun(), None)
    keeper.path.write_text(text.replace("[kept]", f"[kept]\naside = {rows}"), encoding="utf-8")
    assert kept_session(keeper.path, library, TODAY) == begun()
