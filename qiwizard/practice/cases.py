"""The decided cases as material for drills: their facts as prose, and the ruling on them.

A case never counts for itself: its own holdings and orders are left out of the ruling.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from qiwizard.files import read_shipped
from qiwizard.law.citation import captioned, full_citation
from qiwizard.law.facts import FORUM, Fact, Value
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.law.precedent import DecidedOrder, Precedent
from qiwizard.practice.items import Cite, Level, Subject
from qiwizard.reasoning.replay import Case, cases
from qiwizard.reasoning.ruling import Ruling, rule
from qiwizard.text import spell_date

FEW_FACTS, SEVERAL_FACTS = 6, 9
"""Up to so many facts a drill is basic; up to so many, intermediate."""


@lru_cache(maxsize=4)
def subjects(library: Library) -> Mapping[str, Subject]:
    """Every decided case, by id."""
    return {case.id: _subject(library, case) for case in cases(library)}


def _subject(library: Library, case: Case) -> Subject:
    own: Precedent | DecidedOrder
    if case.landmark:
        own = library.precedents[case.id]
        cite, summary = Cite(own.id, full_citation(own)), " ".join(own.terms)
    else:
        own = next(o for o in library.orders if o.id == case.id)
        cite, summary = Cite(own.id, captioned(own.caption, own.citation), own.quote), own.summary
    facts = coherent(library, case.facts)
    text = prose(library, facts, case.decided, own.precision)
    told = told_facts(facts)
    level = Level.BASIC if told <= FEW_FACTS else Level.INTERMEDIATE
    if told > SEVERAL_FACTS:
        level = Level.ADVANCED
    return Subject(case, cite, facts, text, level, summary)


def told_facts(facts: Mapping[str, Value]) -> int:
    """How many facts there are beside the forum."""
    return len(facts.keys() - set(FORUM))


@lru_cache(maxsize=512)
def ruling_on(library: Library, subject: Subject) -> Ruling:
    """What the law and the other orders make of a case on its day."""
    return rule_without(library, subject, subject.posture)


def rule_without(library: Library, subject: Subject, posture: Posture) -> Ruling:
    """The ruling on other facts on the day of a case, the case itself left out."""
    case = subject.case
    return rule(library, posture, case.decided, subject.without, case.unseen)


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
