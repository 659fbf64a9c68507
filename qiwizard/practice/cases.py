"""The decided cases as material for drills: facts told as prose, and the engine's replay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from qiwizard.law.citation import captioned, full_citation, spell_date
from qiwizard.law.facts import Value
from qiwizard.law.library import FORUM, Library
from qiwizard.law.posture import Posture
from qiwizard.practice.items import Cite, Item, Part, Seed
from qiwizard.reasoning.replay import Case, cases, replay
from qiwizard.reasoning.ruling import Ruling
from qiwizard.resources import read_shipped


@dataclass(frozen=True, eq=False)
class Subject:
    """A decided case with its facts told, where it stands, and the engine's ruling on its day."""

    case: Case
    source: Cite
    notes: str
    """What the library says of it; it may tell the outcome."""
    quote: str
    precision: str
    ruling: Ruling

    @property
    def posture(self) -> Posture:
        """The facts of the case."""
        return Posture.of(self.case.facts)


@lru_cache(maxsize=4)
def subjects(library: Library) -> Mapping[str, Subject]:
    """Every decided case by id, each ruled on as `replay` does: without holdings of its own."""
    return {case.id: _subject(library, case) for case in cases(library)}


def seed_of(drill: str, subject: Subject) -> Seed:
    """That a drill can be made from a case, as hard as the law on it is unsure."""
    case = subject.case
    return Seed(f"{drill}/{case.id}", drill, case.circuit, subject.ruling.strength)


def item_of(
    library: Library,
    drill: str,
    subject: Subject,
    parts: Iterable[Part],
    *,
    stepwise: bool = False,
) -> Item:
    """The drill made from a case: its facts told as prose, and the questions on them."""
    seed = seed_of(drill, subject)
    return Item(
        id=seed.id,
        drill=drill,
        circuit=seed.circuit,
        level=seed.level,
        text=prose_of(library, subject),
        parts=tuple(parts),
        source=subject.source,
        stepwise=stepwise,
    )


def _subject(library: Library, case: Case) -> Subject:
    ruling = replay(library, case).ruling
    if case.landmark:
        own = library.precedents[case.id]
        notes = " ".join(own.terms)
        cite = Cite(own.id, full_citation(own))
        return Subject(case, cite, notes, "", own.precision, ruling)
    order = next(o for o in library.orders if o.id == case.id)
    cite = Cite(order.id, captioned(order.caption, order.citation))
    return Subject(case, cite, order.notes, order.quote, order.precision, ruling)


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Any]:
    return read_shipped("practice.toml")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, and the facts that it tells."""

    text: str
    facts: tuple[str, ...]


def passages(facts: Mapping[str, Value]) -> tuple[Passage, ...]:
    """The facts other than the forum as sentences, in the order of the interview."""
    told: set[str] = set()
    found = []
    for row in _words()["told"]:
        when = row["when"]
        if told.isdisjoint(when) and all(_same(facts.get(n), v) for n, v in when.items()):
            told.update(when)
            found.append(Passage(row["says"], tuple(when)))
    return tuple(found)


def _same(one: Value | None, other: Value) -> bool:
    return type(one) is type(other) and one == other


def silences(facts: Mapping[str, Value]) -> tuple[str, ...]:
    """Facts that are not stated and at which no other passage hints."""
    return tuple(
        row["fact"]
        for row in _words()["silent"]
        if row["fact"] not in facts and not any(name in facts for name in row.get("unless", ()))
    )


def coherent(before: Mapping[str, Value], after: Mapping[str, Value]) -> bool:
    """Whether a change brings together no facts that cannot stand together."""
    rows = [row["never"] for row in _words()["together"]]
    return not any(_all_given(row, after) and not _all_given(row, before) for row in rows)


def _all_given(row: Mapping[str, list[Value]], facts: Mapping[str, Value]) -> bool:
    return all(
        name in facts and ("*" in values or any(_same(facts[name], v) for v in values))
        for name, values in row.items()
    )


def opening(library: Library, facts: Mapping[str, Value], day: date, precision: str) -> str:
    """Where the case is pending and when the court rules."""
    when = f"{'on' if precision == 'day' else 'in'} {spell_date(day, precision)}"
    circuit, court = (facts.get(name) for name in FORUM)
    if court is not None:
        name = library.courts.districts[str(court)].name
        return str(_words()["opening"]).format(court=name, when=when)
    name = library.courts.circuits[str(circuit)].name
    return str(_words()["opening_in_circuit"]).format(circuit=name, when=when)


def prose(library: Library, facts: Mapping[str, Value], day: date, precision: str = "day") -> str:
    """The facts as a paragraph: never the outcome, never the name of the case."""
    sentences = (passage.text for passage in passages(facts))
    return " ".join([opening(library, facts, day, precision), *sentences])


def prose_of(library: Library, subject: Subject) -> str:
    """The facts of a decided case as a paragraph."""
    return prose(library, subject.case.facts, subject.case.decided, subject.precision)
