"""Postures, forums and days for tests to draw, and tiny libraries to weigh them by."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from random import Random
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

from qiwizard.law.courts import SUPREME_COURT
from qiwizard.law.facts import FORUM, Fact, Value
from qiwizard.law.forum import Law, law_for
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.law.precedent import DecidedOrder
from qiwizard.law.shipped import library_of as library_from_files
from qiwizard.law.shipped import shipped_library
from qiwizard.reasoning.composition import Composition, compose
from qiwizard.reasoning.practice_counts import practice_of
from qiwizard.reasoning.replay import cases
from qiwizard.reasoning.weighing import Weighing, weigh

SHIPPED = shipped_library()
VOCABULARY = SHIPPED.vocabulary
COURTS = SHIPPED.courts
TODAY = date(2026, 11, 30)
DAYS = (SHIPPED.about.begins, date(2005, 1, 1), date(2017, 5, 19), date(2022, 11, 29), TODAY)
"""Days whose law differs: from the first of the library to one after all its precedents."""
PLAIN_FACTS = tuple(fact.name for fact in VOCABULARY.facts if fact.name not in FORUM)
"""The facts that do not name the forum, in the order of the interview."""
DECIDED = tuple(
    {name: value for name, value in case.facts.items() if name not in FORUM}
    for case in cases(SHIPPED)
)
"""What courts had before them: the facts of the landmarks and of the decided orders."""

Facts = Mapping[str, Value]

_OF_A_HOLDING = {
    *("question", "when", "unless", "answer", "force", "quote", "pin", "since", "distinguish"),
}
PENDING: Facts = {
    "circuit": "tenth",
    "court": "D.N.M.",
    "request": "stay",
    "qi_asserted": True,
    "motion": "pending",
}
"""A stay sought on a pending immunity motion."""


def values_of(name: str) -> tuple[Value, ...]:
    """The values that a fact may have."""
    return VOCABULARY.by_name[name].values


def a_district(circuit: str) -> str:
    """A district of a circuit, one with authority of its own in the library if there is one."""
    cited = {court for p in SHIPPED.precedents.values() for court in p.courts}
    districts = [district.id for district in COURTS.of(circuit)]
    return next((id_ for id_ in districts if id_ in cited), districts[0])


def forums() -> st.SearchStrategy[dict[str, Value]]:
    """No forum, a circuit, or a circuit with one of its districts."""
    known: list[dict[str, Value]] = [{}]
    for circuit in COURTS.circuits:
        known += [{"circuit": circuit}, {"circuit": circuit, "court": a_district(circuit)}]
    return st.sampled_from(known)


def days() -> st.SearchStrategy[date]:
    """A day whose law the library states."""
    return st.sampled_from(DAYS)


def plain_facts() -> st.SearchStrategy[dict[str, Value]]:
    """Facts other than the forum: any at all, or those of a real case with some of them changed."""
    some = {name: st.sampled_from(values_of(name)) for name in PLAIN_FACTS}
    any_at_all: st.SearchStrategy[dict[str, Value]] = st.fixed_dictionaries({}, optional=some)
    changed = st.dictionaries(st.sampled_from(PLAIN_FACTS), st.none(), max_size=4).flatmap(
        lambda names: st.fixed_dictionaries({name: some[name] for name in names})
    )
    real = st.builds(lambda facts, few: {**facts, **few}, st.sampled_from(DECIDED), changed)
    return st.one_of(any_at_all, real)


def postures() -> st.SearchStrategy[Posture]:
    """Postures over the whole vocabulary, some facts open, the court inside its circuit."""
    opened = st.frozensets(st.sampled_from(PLAIN_FACTS), max_size=5)
    return st.builds(
        lambda forum, facts, still: Posture.of({**forum, **facts}, still),
        forums(),
        plain_facts(),
        opened,
    )


def coherent(chance: Random, given: Facts, stated: float = 0.6) -> dict[str, Value]:
    """The facts given and others by chance, none of which an earlier answer excludes."""
    known: dict[str, Value] = {n: v for n, v in given.items() if n in FORUM}
    for fact in VOCABULARY.facts:
        if fact.name in FORUM:
            continue
        if fact.name in given:
            known[fact.name] = given[fact.name]
        elif chance.random() < stated and may_be_asked(fact, {**given, **known}):
            known[fact.name] = chance.choice(fact.values)
    return known


def may_be_asked(fact: Fact, known: Facts) -> bool:
    """Whether no known fact excludes the question for another."""
    bits = VOCABULARY.bits(known)
    return not fact.asked_when or any(condition.met(bits) for condition in fact.asked_when)


def library_of(*rows: str) -> Library:
    """A library of precedents, each a TOML inline table, over the shipped facts and doctrines.

    A row may contain the keys of its one holding itself. What it leaves out is filled in: an
    opinion of its court of appeals or an order of its district, that of New Mexico, of 2000;
    each holding is quoted, and permits its answer to the question of protection.
    """
    table = tomllib.loads(f"precedent = [{', '.join(rows)}]")
    about = {"version": "tiny", "begins": date(1900, 1, 1), "checked": TODAY, "fresh_days": 365}
    content = {"library": about, "precedent": [_filled(r) for r in table["precedent"]]}
    return library_from_files({"tiny.toml": content})


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    court = {} if row.get("kind") == "rule" else {"court": "D.N.M."}
    appellate = row.get("court") == SUPREME_COURT or "Cir." in row.get("court", "")
    usual = {
        "kind": "opinion" if appellate else "order",
        "caption": row["id"],
        "decided": date(2000, 1, 1),
        "source": {"docket": "No. 1"},
        "verified": "full",
    }
    own = {key: value for key, value in row.items() if key in _OF_A_HOLDING}
    rest = {key: value for key, value in row.items() if key not in _OF_A_HOLDING}
    shared = {"question": "protection", "says": "Said.", "quote": "quoted", "force": "permits"}
    holdings = [
        {"key": f"h{n}", **shared, **holding}
        for n, holding in enumerate(row.get("holding", [own]), start=1)
    ]
    return {**court, **usual, **rest, "holding": holdings}


def decided_order(
    number: int, outcome: str, court: str = "D.N.M.", facts: Facts = MappingProxyType({})
) -> DecidedOrder:
    """A made-up order of 2015, of a case of its own."""
    circuit = COURTS.circuit_of(court) or ""
    return replace(
        SHIPPED.orders[0],
        id=f"order-{number}",
        case=f"case-{number}",
        court=court,
        circuit=circuit,
        facts={"circuit": circuit, "court": court, **facts},
        outcome=outcome,
        decided=date(2015, 1, 1),
        same_case=frozenset(),
    )


def with_orders(library: Library, orders: Iterable[DecidedOrder] = ()) -> Library:
    """A library with other decided orders; none if none are given."""
    listed = tuple(orders)
    return replace(library, read_orders=lambda: listed)


def law_on(library: Library, facts: Facts, day: date = TODAY) -> Law:
    """The law of the forum that some facts name."""
    return law_for(library, Posture.of(facts), day)


def composed(library: Library, facts: Facts, day: date = TODAY) -> Composition:
    """Some facts taken through the law and practice of their forum."""
    law = law_on(library, facts, day)
    return compose(law, practice_of(library), library.vocabulary.bits(facts))


def weighed(
    library: Library, facts: Facts, day: date = TODAY, question: str = "protection"
) -> Weighing | None:
    """The law on one question; None if no holding applies."""
    applying = law_on(library, facts, day).applying(library.vocabulary.bits(facts))
    return weigh(applying[question]) if question in applying else None


def weighing(library: Library, facts: Facts, day: date = TODAY) -> Weighing:
    """The law on the one question that tiny libraries answer."""
    found = weighed(library, facts, day)
    assert found is not None
    return found
