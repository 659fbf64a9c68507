"""What changed since a ruling was recorded: answers, authorities, and the library itself."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from postures import TODAY, decided_order, library_of, with_orders

from qiwizard.cli import run
from qiwizard.law.posture import Posture
from qiwizard.law.shipped import shipped_library
from qiwizard.reports.as_markdown import paper
from qiwizard.reports.as_text import summary
from qiwizard.reports.memo import memo
from qiwizard.reports.report import Report
from qiwizard.reports.tables import computed_tables, document
from qiwizard.sessions.session import Session
from qiwizard.sessions.session_file import parse, session_from, unknown_keys
from qiwizard.sessions.since import reasons, since
from qiwizard.toml_json import to_toml

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
TITLE = "What Changed Since"
BEFORE, AFTER = date(2010, 5, 4), date(2010, 5, 5)
"""The day before a decision overruled another, and its day."""
LIBRARY = with_orders(
    library_of(
        '{ id = "old", court = "10th Cir.", answer = "disfavored", force = "requires", pin = "2", '
        'history = [{ treatment = "overruled", from = 2010-05-05, by = "new", '
        'note = "New overruled it." }] }',
        '{ id = "new", court = "10th Cir.", answer = "entitled", force = "requires", '
        'decided = 2010-05-05, history = [{ treatment = "questioned", from = 2012-01-01, '
        'note = "Another doubts it." }, { treatment = "noted", from = 2013-01-01, '
        'note = "Nothing of note." }] }',
        '{ id = "limits", court = "10th Cir.", question = "limits", answer = "none", '
        'force = "requires" }',
        '{ id = "reach", court = "10th Cir.", question = "reach", answer = "everyone", '
        'force = "requires" }',
    )
)
POSTURE = Posture.of(
    {"circuit": "tenth", "court": "D.N.M.", "request": "stay", "motion": "pending"}
)


def recorded(day: date, /, **ruling: Any) -> Session:
    """A session as if opened from a file written on a day; `ruling` alters what the file says."""
    session = Session(as_of=day, created=NOW, posture=POSTURE)
    tables = computed_tables(Report(LIBRARY, session))
    tables["ruling"] = {**tables["ruling"], **ruling}
    return replace(session, recorded=MappingProxyType(tables))


def told(session: Session, today: date) -> str:
    """All that is said, on one line."""
    return " ".join(reason.text for reason in Report(LIBRARY, session, today).since)


def test_the_decision_of_a_day_is_named() -> None:
    """What entered, what lost force, each with its citation, under the new outcome."""
    changed = since(LIBRARY, recorded(BEFORE), AFTER)
    assert changed is not None
    assert (changed.then.ruling.outcome, changed.now.ruling.outcome) == ("no_stay", "stay")
    assert not changed.library_changed
    text = told(recorded(BEFORE), AFTER)
    assert "No stay, settled" in text
    assert "New: new" in text
    assert "overruled on May 5, 2010. New overruled it." in text


def test_reasons_lead_to_their_precedents() -> None:
    """A sentence on an authority names it, so that a reader can open it."""
    changed = since(LIBRARY, recorded(BEFORE), TODAY)
    assert changed is not None
    for reason in reasons(LIBRARY, changed)[1:]:
        names = reason.text.startswith(("New: ", "Lost force: ", "Later history: "))
        assert (reason.precedent in LIBRARY.precedents) == names


def test_later_history_that_left_the_force_is_told_and_notes_are_not() -> None:
    """A treatment that says nothing on an authority is no news."""
    text = told(recorded(AFTER), TODAY) + told(recorded(BEFORE), TODAY)
    assert "questioned on Jan. 1, 2012. Another doubts it." in text
    assert "Nothing of note" not in text


def test_nothing_is_said_where_nothing_changed() -> None:
    """Neither without a recorded ruling nor on the same day."""
    session = recorded(BEFORE)
    assert since(LIBRARY, replace(session, recorded=None), TODAY) is None
    assert Report(LIBRARY, replace(session, recorded=None), TODAY).since == ()
    assert TITLE not in paper(memo(Report(LIBRARY, session, BEFORE)))
    assert TITLE.capitalize() not in summary(LIBRARY, session, BEFORE)


@pytest.mark.parametrize(
    ("made", "versions"),
    [("2019.01", "has changed (2019.01, now "), (None, "has changed: ")],
)
def test_a_library_that_changed_is_told_from_law_that_changed(
    made: str | None, versions: str
) -> None:
    """For the recorded day the present library says otherwise than the file."""
    version = made or LIBRARY.about.version
    said = {"outcome": "stay", "strength": "contested", "library": version}
    text = told(recorded(BEFORE, **said), BEFORE)
    assert versions in text
    assert "the file says Stay, contested" in text


def test_an_answer_that_rests_on_practice_alone_is_told_without_authority() -> None:
    """A counted answer has no holding to name."""
    orders = [decided_order(n, "stay", facts={"motion": "pending"}) for n in range(6)]
    counted = with_orders(
        library_of(
            '{ id = "old", court = "10th Cir.", answer = "disfavored", force = "requires", '
            'history = [{ treatment = "overruled", from = 2010-05-05, note = "Overruled." }] }'
        ),
        orders,
    )
    session = Session(as_of=BEFORE, created=NOW, posture=POSTURE)
    tables = computed_tables(Report(counted, session))
    filed = replace(session, recorded=MappingProxyType(tables))
    said = Report(counted, filed, AFTER).since
    assert any("Overruled." in reason.text for reason in said)


def test_memo_and_summary_say_what_changed() -> None:
    """A section of its own, until today's ruling is adopted; the recorded tables stay."""
    session = recorded(BEFORE)
    written = paper(memo(Report(LIBRARY, session, AFTER)))
    assert "overruled" in written.split(f"## {TITLE}")[1].split("\n## ")[0]
    assert "What changed since\n" in summary(LIBRARY, session, AFTER)
    adopted = session.adopting(AFTER)
    assert TITLE not in paper(memo(Report(LIBRARY, adopted, AFTER)))
    assert document(Report(LIBRARY, session))["ruling"]["outcome"] == "no_stay"


def test_tables_say_what_changed() -> None:
    """A table of its own where it is ruled on anew; an opened file leaves as it came."""
    session = recorded(BEFORE)
    anew = session.adopting(AFTER)
    rows = document(Report(LIBRARY, anew, AFTER, session))["since"]
    assert (rows[0]["outcome"], rows[0]["as_of"]) == ("stay", AFTER)
    said = Report(LIBRARY, session, AFTER).since
    assert [row["because"] for row in rows] == [reason.text for reason in said]
    assert "new" in {row.get("precedent") for row in rows}
    table = parse(to_toml(document(Report(LIBRARY, anew, AFTER, session))), "f")
    assert unknown_keys(table) == ()
    again = session_from(table, "f", LIBRARY)
    assert document(Report(LIBRARY, again, AFTER)) == {
        k: v for k, v in table.items() if k != "since"
    }
    assert "since" not in document(Report(LIBRARY, session.adopting(BEFORE), BEFORE, session))
    assert "since" not in document(Report(LIBRARY, session, AFTER))


def test_a_file_ruled_on_anew_says_what_changed_since(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`rule` adopts the day asked for, and tells a recorded ruling that no longer stands."""
    session = Session(as_of=date(2015, 1, 1), created=NOW, posture=POSTURE)
    table = document(Report(shipped_library(), session))
    other = "no_stay" if table["ruling"]["outcome"] == "stay" else "stay"
    table["ruling"] |= {"outcome": other}
    path = tmp_path / "old.toml"
    path.write_text(to_toml(table), encoding="utf-8")
    assert run(["rule", str(path)]) == 0
    ruled = tomllib.loads(capsys.readouterr().out)
    assert ruled["since"][0]["outcome"] == ruled["ruling"]["outcome"]
    assert run(["rule", str(path), "--format", "text"]) == 0
    assert "What changed since\n" in capsys.readouterr().out
