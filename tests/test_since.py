"""What changed since a ruling was recorded: answers, authorities, and the library itself."""

from __future__ import annotations

import io
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from postures import TODAY, library_of
from test_compare import AFTER, BEFORE, BUTLER

from qiwizard.cli import run
from qiwizard.documents.document import computed_tables, document
from qiwizard.documents.memo import memo
from qiwizard.documents.summary import summary
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.plain.interview import PlainWizard
from qiwizard.sessions.session import Session
from qiwizard.sessions.session_file import parse, session_from, unknown_keys
from qiwizard.sessions.since import reasons, sentences, since
from qiwizard.toml_json import to_toml

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TITLE = "What changed since"


def recorded(library: Library, posture: Posture, day: date, /, **ruling: Any) -> Session:
    """A session as if opened from a file written on a day; `ruling` alters what the file says."""
    session = Session(as_of=day, created=NOW, posture=posture)
    tables = computed_tables(library, session)
    tables["ruling"] = {**tables["ruling"], **ruling}
    return replace(session, recorded=MappingProxyType(tables))


def told(library: Library, session: Session, today: date) -> str:
    """All that is said on one line."""
    return " ".join(sentences(library, session, today))


def test_the_decision_of_a_day_is_named(library: Library) -> None:
    """The answers that differ, what entered, what lost force, each with its citation."""
    session = recorded(library, BUTLER, BEFORE)
    changed = since(library, session, AFTER)
    assert changed is not None
    assert (changed.then.ruling.outcome, changed.now.ruling.outcome) == (
        "limited_discovery",
        "stay",
    )
    assert not changed.library_changed
    assert {p.holding.precedent.id for p in changed.entered} == {"carswell-v-camp"}
    lost = {treated.placed.holding.precedent.id for treated in changed.lost}
    assert {"backe-v-leblanc", "butler-v-hernandez"} <= lost
    assert {treated.event.since for treated in changed.lost} == {AFTER}
    text = told(library, session, AFTER)
    assert "under the law of Nov. 29, 2022 was Limited discovery, leaning" in text
    assert "leads to another outcome: Stay, settled" in text
    assert "New: Carswell v. Camp, 54 F.4th 307, 311 (5th Cir. 2022)." in text
    assert "Lost force: Backe v. LeBlanc, 691 F.3d 645 (5th Cir. 2012), limited on" in text


def test_reasons_lead_to_their_precedents(library: Library) -> None:
    """A sentence on an authority names it, so that a reader can open it."""
    changed = since(library, recorded(library, BUTLER, BEFORE), TODAY)
    assert changed is not None
    for reason in reasons(library, changed):
        names = reason.text.startswith(("New: ", "Lost force: ", "Later history: "))
        assert (reason.precedent in library.precedents) == names


def test_nothing_is_said_where_nothing_changed(library: Library) -> None:
    """Neither without a recorded ruling nor on the same day."""
    session = recorded(library, BUTLER, BEFORE)
    assert since(library, replace(session, recorded=None), TODAY) is None
    assert sentences(library, replace(session, recorded=None), TODAY) == ()
    assert sentences(library, session, BEFORE) == ()
    assert TITLE not in memo(library, session, BEFORE)
    assert TITLE not in summary(library, session, BEFORE)


@pytest.mark.parametrize(
    ("made", "versions"),
    [("2019.01", "has changed (2019.01, now "), (None, "has changed: ")],
)
def test_a_library_that_changed_is_told_from_law_that_changed(
    library: Library, made: str | None, versions: str
) -> None:
    """For the recorded day the present library says otherwise than the file."""
    version = made or library.about.version
    said = {"outcome": "no_stay", "strength": "contested", "library": version}
    session = recorded(library, BUTLER, BEFORE, **said)
    text = told(library, session, BEFORE)
    assert versions in text
    assert "for Nov. 29, 2022 it now says Limited discovery, leaning" in text
    assert "the file says No stay, contested" in text


BASE = '{id="base", kind="rule", question="baseline", answer="open", when={}}'


def test_an_authority_overruled_or_questioned_is_said_to_be() -> None:
    """Lost force where it lost it; a treatment that leaves the force is later history."""
    tiny = library_of(
        BASE,
        '{id="old", question="standing_stay", answer="stands", when={}, history=['
        '{treatment="overruled", from=2010-05-05, note="New overruled it."}]}',
        '{id="new", question="standing_stay", answer="lifted_in_part", when={}, '
        "decided=2010-05-05, history=["
        '{treatment="questioned", from=2012-01-01, note="Another doubts it."}, '
        '{treatment="noted", from=2013-01-01, note="Nothing of note."}]}',
    )
    posture = Posture.of({"circuit": "tenth", "court": "D.N.M."})
    session = recorded(tiny, posture, date(2005, 1, 1))
    text = told(tiny, session, TODAY)
    assert "New: new" in text
    assert "overruled on May 5, 2010. New overruled it." in text
    assert "questioned on Jan. 1, 2012. Another doubts it." in text
    assert "Nothing of note" not in text


def test_new_authority_that_moves_nothing_is_left_out() -> None:
    """Only what bears on an answer that differs is named."""
    tiny = library_of(
        BASE,
        '{id="old", question="standing_stay", answer="stands", when={}}',
        '{id="new", question="standing_stay", answer="stands", when={}, decided=2010-05-05}',
    )
    session = recorded(tiny, Posture.of({"court": "D.N.M."}), date(2005, 1, 1))
    assert told(tiny, session, TODAY) == ""


def test_a_day_still_to_come_is_no_fault(library: Library) -> None:
    """A file made under the law of a later day is opened like any other."""
    text = told(library, recorded(library, BUTLER, TODAY), BEFORE)
    assert "leads to another outcome: Limited discovery, leaning" in text
    assert "New: " not in text


def test_memo_and_summary_say_what_changed(library: Library) -> None:
    """A section of its own, until today's ruling is adopted; the recorded tables stay."""
    session = recorded(library, BUTLER, BEFORE)
    assert f"## {TITLE}" in memo(library, session, AFTER)
    assert "Carswell" in memo(library, session, AFTER).split(f"## {TITLE}")[1].split("\n## ")[0]
    plain = summary(library, session, AFTER)
    section = plain.split(TITLE)[1].split("\n\n")[0]
    assert "Carswell v. Camp" in section
    adopted = session.adopting(AFTER)
    assert TITLE not in memo(library, adopted, AFTER)
    assert TITLE not in summary(library, adopted, AFTER)
    assert document(library, session)["ruling"]["outcome"] == "limited_discovery"


def test_tables_say_what_changed(library: Library) -> None:
    """A table of its own where it is ruled on anew; an opened file leaves as it came."""
    session = recorded(library, BUTLER, BEFORE)
    anew = session.adopting(AFTER)
    rows = document(library, anew, AFTER, session)["since"]
    assert (rows[0]["outcome"], rows[0]["strength"]) == ("stay", "settled")
    assert [row["because"] for row in rows] == list(sentences(library, session, AFTER))
    assert "carswell-v-camp" in {row.get("precedent") for row in rows}
    table = parse(to_toml(document(library, anew, AFTER, session)), "f")
    assert unknown_keys(table) == ()
    again = session_from(table, "f", library)
    assert document(library, again, AFTER) == {k: v for k, v in table.items() if k != "since"}
    assert "since" not in document(library, session.adopting(BEFORE), BEFORE, session)
    assert "since" not in document(library, session, AFTER)


def test_a_file_ruled_on_anew_says_what_changed_since(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`rule` adopts the day asked for, and tells what moved in between."""
    path = tmp_path / "old.toml"
    path.write_text(to_toml(document(library, recorded(library, BUTLER, BEFORE))), encoding="utf-8")
    assert run(["rule", str(path), "--as-of", AFTER.isoformat()]) == 0
    table = tomllib.loads(capsys.readouterr().out)
    assert table["ruling"]["outcome"] == table["since"][0]["outcome"] == "stay"
    assert run(["rule", str(path), "--as-of", AFTER.isoformat(), "--format", "text"]) == 0
    assert TITLE in capsys.readouterr().out
    assert run(["rule", str(path), "--as-of", BEFORE.isoformat()]) == 0
    assert "since" not in tomllib.loads(capsys.readouterr().out)


def test_line_mode_tells_it_when_a_file_is_opened(
    library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Beneath the two outcomes, before the first question."""
    monkeypatch.setattr("sys.stdin", io.StringIO("q\n"))
    PlainWizard(library, recorded(library, BUTLER, BEFORE), AFTER).run()
    out = " ".join(capsys.readouterr().out.split())
    assert "Ruling in the file, as of 2022-11-29: Limited discovery, leaning." in out
    assert "New: Carswell v. Camp" in out
