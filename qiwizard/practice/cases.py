"""The decided cases as material for drills: their facts as prose, and the ruling on them.

A case never counts for itself: its own holdings and orders are left out of the ruling.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from qiwizard.files import read_shipped
from qiwizard.law.abbreviations import abbreviated
from qiwizard.law.citation import captioned, full_citation, spell_date
from qiwizard.law.facts import FORUM, Fact, Value
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.practice.items import Cite, Item, Level, Part, Seed
from qiwizard.reasoning.replay import Case, cases
from qiwizard.reasoning.ruling import Ruling, rule

FEW_FACTS, SEVERAL_FACTS = 6, 9
"""Up to so many facts a drill is basic; up to so many, intermediate."""


@dataclass(frozen=True, eq=False)
class Subject:
    """A decided case, the facts of it that can be told together, and what the court did."""

    case: Case
    name: str
    """Its caption as a citation prints it."""
    source: Cite
    facts: Mapping[str, Value]
    summary: str
    """What the court did, in a sentence or two."""
    precision: str

    @property
    def posture(self) -> Posture:
        """The facts of the case."""
        return Posture.of(self.facts)

    @property
    def without(self) -> frozenset[str]:
        """The precedents that are the case itself."""
        return self.case.without | ({self.case.id} if self.case.landmark else frozenset())

    @property
    def told(self) -> int:
        """How many facts there are beside the forum."""
        return len(self.facts.keys() - set(FORUM))

    @property
    def level(self) -> Level:
        """The more facts there are to sort, the higher."""
        if self.told <= FEW_FACTS:
            return Level.BASIC
        return Level.INTERMEDIATE if self.told <= SEVERAL_FACTS else Level.ADVANCED


@lru_cache(maxsize=4)
def subjects(library: Library) -> Mapping[str, Subject]:
    """Every decided case, by id."""
    return {case.id: _subject(library, case) for case in cases(library)}


def _subject(library: Library, case: Case) -> Subject:
    name, facts = abbreviated(case.caption), coherent(library, case.facts)
    if case.landmark:
        own = library.precedents[case.id]
        cite = Cite(own.id, full_citation(own))
        return Subject(case, name, cite, facts, " ".join(own.terms), own.precision)
    order = next(o for o in library.orders if o.id == case.id)
    cite = Cite(order.id, captioned(order.caption, order.citation), order.quote)
    return Subject(case, name, cite, facts, order.summary, order.precision)


@lru_cache(maxsize=512)
def ruling_on(library: Library, subject: Subject) -> Ruling:
    """What the law and the other orders make of a case on its day."""
    return rule_without(library, subject, subject.posture)


def rule_without(library: Library, subject: Subject, posture: Posture) -> Ruling:
    """The ruling on other facts on the day of a case, the case itself left out."""
    case = subject.case
    return rule(library, posture, case.decided, subject.without, case.unseen)


def seed_of(drill: str, subject: Subject, key: str = "") -> Seed:
    """That a drill can be made from a case."""
    case = subject.case
    return Seed(f"{drill}/{key or case.id}", drill, case.circuit, subject.level)


def item_of(
    library: Library,
    drill: str,
    subject: Subject,
    parts: Iterable[Part],
    *,
    key: str = "",
    stepwise: bool = False,
) -> Item:
    """The drill made from a case: its facts as prose, and the questions on them.

    KeyError if it is longer than a screen.
    """
    seed = seed_of(drill, subject, key)
    item = Item(
        id=seed.id,
        drill=drill,
        circuit=seed.circuit,
        level=seed.level,
        text=prose(library, subject.facts, subject.case.decided, subject.precision),
        parts=tuple(parts),
        source=subject.source,
        facts=subject.facts,
        stepwise=stepwise,
    )
    if not item.fits_a_screen:
        raise KeyError(item.id)
    return item


# Facts that can be told together


def coherent(library: Library, facts: Mapping[str, Value]) -> dict[str, Value]:
    """The facts without those that cannot stand beside the others."""
    kept = dict(facts)
    while found := contradictions(library, kept):
        del kept[found[0]]
    return kept


def contradictions(library: Library, facts: Mapping[str, Value]) -> tuple[str, ...]:
    """The facts that cannot stand beside the others.

    A fact cannot be asked where others exclude every condition of asking it: no appeal on a
    question of law without an appeal. The rest are listed in the words for the drills.
    """
    excluded = [n for n in facts if _excluded(library.vocabulary.by_name[n], facts)]
    dropped = [r["drop"] for r in words()["never"] if r["drop"] in facts and _violates(r, facts)]
    return tuple(dict.fromkeys([*excluded, *dropped]))


def _excluded(fact: Fact, facts: Mapping[str, Value]) -> bool:
    possible = (
        all(name not in facts or facts[name] in ok for name, ok in condition.facts.items())
        for condition in fact.asked_when
    )
    return bool(fact.asked_when) and not any(possible)


def _violates(row: Mapping[str, Any], facts: Mapping[str, Value]) -> bool:
    together = all(facts.get(name) in values for name, values in row["facts"].items())
    return together and not any(facts.get(n) == v for n, v in row.get("unless", {}).items())


# Facts as prose


@lru_cache(maxsize=1)
def words() -> Mapping[str, Any]:
    """The words for the drills."""
    return read_shipped("practice.toml")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, and the facts that it tells."""

    text: str
    facts: tuple[str, ...]


def passages(library: Library, facts: Mapping[str, Value]) -> tuple[Passage, ...]:
    """The facts other than the forum as sentences, in the order of the interview."""
    told: set[str] = set()
    found = []
    for row in words()["told"]:
        when = row["when"]
        if told.isdisjoint(when) and all(facts.get(n) == v for n, v in when.items()):
            told.update(when)
            found.append(Passage(row["says"], tuple(when)))
    place = library.vocabulary.position
    return tuple(sorted(found, key=lambda passage: min(map(place, passage.facts))))


def prose(library: Library, facts: Mapping[str, Value], day: date, precision: str = "day") -> str:
    """The facts as a paragraph: never the outcome, never the name of the case."""
    when = f"{'on' if precision == 'day' else 'in'} {spell_date(day, precision)}"
    circuit, court = (facts.get(name) for name in FORUM)
    if court is not None:
        name = library.courts.districts[str(court)].name
        opening = words()["opening"].format(court=name, when=when)
    else:
        name = library.courts.circuits[str(circuit)].name
        opening = words()["opening_in_circuit"].format(circuit=name, when=when)
    return " ".join([opening, *(passage.text for passage in passages(library, facts))])
