"""Sessions ruled on: the five opinions, and small laws that settle their questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from postures import SHIPPED, library_of, with_orders

from qiwizard.law.facts import Value
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.reports.report import Report
from qiwizard.sessions.session import Matter, Session

OPINIONS = tuple(precedent.id for precedent in SHIPPED.landmarks)
REQUIRED: Mapping[str, Mapping[str, str]] = {
    "lucero-v-clovis": {
        "protection": "entitled",
        "limits": "none",
        "reach": "everyone",
        "motions": "denied_without_prejudice",
    },
    "maday-v-dooley": {
        "protection": "good_cause",
        "limits": "none",
        "records": "now",
        "reach": "all_but_records",
        "filing_date": "by_date",
    },
    "butler-v-hernandez": {
        "protection": "good_cause",
        "limits": "limited",
        "cross_motions": "each_in_part",
    },
    "jones-v-kansas": {
        "existing_stay": "remains",
        "rule_26d": "barred",
        "protection": "good_cause",
        "limits": "none",
        "reach": "everyone",
        "motions": "denied",
    },
    "bakalar-v-dunleavy": {
        "trigger": "premature",
        "protection": "disfavored",
        "outside": "defeat",
        "witness": "yes",
    },
}
"""By opinion: the answers of a small law that requires what the court did."""


def session_on(
    facts: Mapping[str, Value],
    day: date,
    caption: str = "",
    docket: str = "",
    sources: Mapping[str, str] = MappingProxyType({}),
) -> Session:
    """A session with some facts stated."""
    session = Session.new(day).naming(Matter(caption=caption, docket=docket))
    posture = Posture.of(facts)
    return replace(
        session, posture=posture, trail=tuple(facts), sources=MappingProxyType(dict(sources))
    )


def opinion(id_: str, sources: Mapping[str, str] = MappingProxyType({})) -> Session:
    """The facts of one of the five opinions, as of its day."""
    precedent = SHIPPED.precedents[id_]
    return session_on(
        precedent.facts, precedent.decided, precedent.caption, precedent.source.docket, sources
    )


def law_requiring(answers: Mapping[str, str], circuit: str) -> Library:
    """A law in which the court of appeals of a circuit requires some answers, and no practice."""
    court = SHIPPED.courts.circuits[circuit].abbreviation
    rows = (
        f'{{ id = "case-{n}", court = "{court}", question = "{question}", answer = "{answer}", '
        f'force = "requires", quote = "The court must do so.", pin = "7", '
        f'source = {{ volume = {n}, reporter = "F.3d", page = 1 }}, decided = 1999-01-01 }}'
        for n, (question, answer) in enumerate(answers.items(), start=1)
    )
    return with_orders(library_of(*rows))


def required(id_: str, sources: Mapping[str, str] = MappingProxyType({})) -> Report:
    """The report on one of the five opinions under a small law that requires what it did."""
    session = opinion(id_, sources)
    circuit = str(session.posture.known["circuit"])
    return Report(law_requiring(REQUIRED[id_], circuit), session)


def report_on(id_: str) -> Report:
    """The report on one of the five opinions under the shipped law."""
    return Report(SHIPPED, opinion(id_))
