"""Sessions to be written and opened again."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from qiwizard.law.facts import Value
from qiwizard.law.posture import Posture
from qiwizard.law.shipped import shipped_library
from qiwizard.reports.formats import render
from qiwizard.reports.report import Report
from qiwizard.sessions.session import Matter, Session
from qiwizard.sessions.session_file import parse, session_from

CREATED = datetime(2026, 1, 31, 12, tzinfo=UTC)
DAY = date(2026, 1, 31)
LATER = date(2026, 11, 22)
BEFORE_CARSWELL = date(2022, 11, 29)
NASTY = (
    "[red]x[/red] [b",
    "\x1b[2J\x07\x00\x7f\x9b31m",
    "\u202egnp.exe\u2066\u200f",
    "one\ntwo\r\nthree\rfour\u2028five\u0085six\ttabs  and  blanks ",
    '"quoted" \'and\' """three""" \\u0041 \\',
    "*em* _em_ `code` [a](b) <b> &amp; # h | ~~no~~",
    "é e\u0301 \U0001f3db \ufeff\u200b",
    "= 1\n[posture]\nmotion = 'none'",
)
"""Text that has done harm to programs before."""


def session_of(
    known: Mapping[str, Value],
    still_open: tuple[str, ...] = (),
    as_of: date = DAY,
    sources: Mapping[str, str] | None = None,
    matter: Matter | None = None,
) -> Session:
    """A session over some facts."""
    return Session(
        as_of=as_of,
        created=CREATED,
        posture=Posture.of(known, still_open),
        sources=MappingProxyType(dict(sources or {})),
        matter=matter or Matter(),
    )


FIFTH: Mapping[str, Value] = {
    "circuit": "fifth",
    "court": "S.D. Tex.",
    "request": "stay",
    "qi_asserted": True,
    "motion": "pending",
    "motion_kind": "dismiss",
    "specific_facts": True,
    "facts_needed": True,
}
POSTURES: Mapping[str, Session] = {
    "empty": session_of({}),
    "a circuit alone": session_of({"circuit": "ninth"}),
    "a court alone": session_of({"court": "D. Kan.", "qi_asserted": True}),
    "motion to dismiss": session_of(FIFTH),
    "motion to dismiss, earlier law": session_of(FIFTH, as_of=BEFORE_CARSWELL),
    "open facts": session_of(
        {"circuit": "tenth", "court": "D.N.M.", "qi_asserted": True, "motion": "pending"},
        ("motion_kind", "other_defendants", "answer_filed"),
        sources={"motion": "Doc. 38", "motion_kind": "nowhere"},
        matter=Matter("Lucero v. City of Clovis", "2:19-cv-00445", "Notes."),
    ),
    "claims for an injunction": session_of(
        {"qi_asserted": True, "narrow_request": True, "injunctive_claims": True}
    ),
    "appeal alone": session_of({"motion": "appeal"}),
    "no immunity": session_of({"circuit": "second", "qi_asserted": False, "request": "compel"}),
    "everything at once": session_of(
        {
            fact.name: fact.values[0]
            for fact in shipped_library().vocabulary.facts
            if fact.name != "court"
        }
    ),
}


def table_of(session: Session) -> dict[str, Any]:
    """A session's export, read as an outside reader of TOML would."""
    return tomllib.loads(render(Report(shipped_library(), session), "toml"))


def opened(text: str, today: date = LATER) -> Session:
    """A session read back from its export."""
    return session_from(parse(text, "export"), "export", shipped_library(), today)


def named(table: Mapping[str, Any]) -> set[str]:
    """Every authority that an export names under `for`, `against` or `authorities`."""
    rows = (row for group in table.values() if isinstance(group, list) for row in group)
    keys = ("for", "against", "authorities")
    return {name for row in rows for key in keys for name in row.get(key, ())}
