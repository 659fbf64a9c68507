"""From the content of data files to library values.

The shipped files are trusted here (`qiwizard check` and the tests validate them); files of
the user's own go through `qiwizard.checking.library_file` first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from qiwizard.law.condition import Condition
from qiwizard.law.courts import Circuit, Courts, District
from qiwizard.law.doctrine import Answer, Doctrine, Outcome, Question
from qiwizard.law.facts import Choice, Fact, Vocabulary
from qiwizard.law.library import FORUM, About, Library
from qiwizard.law.precedent import (
    DecidedOrder,
    Holding,
    Kind,
    LaterHistory,
    Precedent,
    Source,
    Treatment,
    Verified,
    surely_decided,
)
from qiwizard.resources import read_shipped

Table = Mapping[str, Any]


def build_library(precedents: Table) -> Library:
    """A library of the given precedents over the shipped facts, doctrines and courts."""
    courts = build_courts(read_shipped("courts.toml"))
    vocabulary = build_vocabulary(read_shipped("facts.toml"), courts)
    law = read_shipped("doctrines.toml")
    rows = precedents.get("precedent", [])
    by_id = {row["id"]: build_precedent(row, vocabulary, courts) for row in rows}
    return Library(
        about=About(**precedents["library"]),
        vocabulary=vocabulary,
        outcomes={row["id"]: Outcome(**row) for row in law["outcome"]},
        doctrines=tuple(Doctrine(d["id"], d["title"], d["intro"]) for d in law["doctrine"]),
        questions=tuple(
            build_question(q, d["id"]) for d in law["doctrine"] for q in d.get("question", [])
        ),
        courts=courts,
        precedents=by_id,
        holdings=tuple(
            build_holding(holding, by_id[row["id"]], vocabulary)
            for row in rows
            for holding in row.get("holding", [])
        ),
        read_orders=partial(_shipped_orders, tuple(by_id.values())),
    )


def build_courts(table: Table) -> Courts:
    """Circuits and districts from `courts.toml`."""
    circuits = {
        row["id"]: Circuit(row["id"], row["name"], row["abbreviation"]) for row in table["circuit"]
    }
    districts = {
        id_: District(id_, name, row["id"])
        for row in table["circuit"]
        for id_, name in row["districts"].items()
    }
    return Courts(circuits, districts)


def build_vocabulary(table: Table, courts: Courts) -> Vocabulary:
    """The facts from `facts.toml`; the choices of the forum facts are the courts."""
    return Vocabulary((_fact(row, courts) for row in table["fact"]), FORUM)


def _fact(row: Table, courts: Courts) -> Fact:
    if row["name"] == "circuit":
        choices = tuple(Choice(c.id, c.name) for c in courts.circuits.values())
    elif row["name"] == "court":
        choices = tuple(Choice(d.id, d.name) for d in courts.districts.values())
    elif "choices" in row:
        choices = tuple(Choice(value, label) for value, label in row["choices"].items())
    else:
        choices = (
            Choice(value=True, label=row.get("yes", "Yes")),
            Choice(value=False, label=row.get("no", "No")),
        )
    return Fact(
        name=row["name"],
        doctrine=row["doctrine"],
        short=row["short"],
        question=row["question"],
        help=row["help"],
        why=row["why"],
        choices=choices,
    )


def build_question(row: Table, doctrine: str) -> Question:
    """One legal question with its answers."""
    return Question(
        id=row["id"],
        doctrine=doctrine,
        asks=row["asks"],
        answers={a["id"]: _answer(a) for a in row["answer"]},
        after={q: frozenset(answers) for q, answers in row.get("after", {}).items()},
        unless={q: frozenset(answers) for q, answers in row.get("unless", {}).items()},
        outcomes=frozenset(row.get("outcomes", [])),
        on_terms=row.get("on_terms", False),
        default=row.get("default", False),
        of_each_circuit=row.get("of_each_circuit", False),
    )


def _answer(row: Table) -> Answer:
    return Answer(
        id=row["id"],
        conclusion=row["conclusion"],
        outcome=row.get("outcome"),
        settles=row.get("settles", False),
        terms=tuple(row.get("terms", [])),
        terms_under=frozenset(row.get("terms_under", [])),
        instead_of=frozenset(row.get("instead_of", [])),
    )


def build_precedent(row: Table, vocabulary: Vocabulary, courts: Courts) -> Precedent:
    """One precedent, without its holdings."""
    court = row.get("court", [])
    names = tuple([court] if isinstance(court, str) else court)
    circuit = courts.circuit_of(names[0]) if names else None
    return Precedent(
        id=row["id"],
        caption=row["caption"],
        short=row.get("short", row["caption"]),
        kind=Kind(row["kind"]),
        courts=names,
        circuit=circuit,
        decided=row["decided"],
        precision=row.get("precision", "day"),
        source=Source(**row["source"]),
        judge=row.get("judge", ""),
        note=row.get("note", ""),
        verified=Verified(row["verified"]),
        url=row.get("url", ""),
        checked=row.get("checked"),
        landmark=row.get("landmark", False),
        facts=row.get("facts", {}),
        outcome=row.get("outcome"),
        terms=tuple(row.get("terms", [])),
        relies_on=tuple(row.get("relies_on", [])),
        history=tuple(_event(e, vocabulary) for e in row.get("history", [])),
        same_case=frozenset(row.get("same_case", [])),
    )


def _event(row: Table, vocabulary: Vocabulary) -> LaterHistory:
    return LaterHistory(
        treatment=Treatment(row["treatment"]),
        since=row["from"],
        note=row["note"],
        by=row.get("by"),
        when=Condition.of(row["when"], vocabulary) if "when" in row else None,
        holdings=frozenset(row.get("holdings", [])),
    )


def build_holding(row: Table, precedent: Precedent, vocabulary: Vocabulary) -> Holding:
    """One holding of a precedent."""
    return Holding(
        id=f"{precedent.id}/{row['key']}",
        key=row["key"],
        precedent=precedent,
        question=row["question"],
        when=Condition.of(row.get("when", {}), vocabulary),
        unless=tuple(Condition.of(table, vocabulary) for table in row.get("unless", [])),
        answer=row["answer"],
        says=row["says"],
        quote=row.get("quote", ""),
        pin=row.get("pin", ""),
        discretion=row.get("discretion", False),
        uniform=row.get("uniform", False),
        capped=row.get("capped", False),
        supports_only=row.get("supports_only", False),
        since=row.get("since") or surely_decided(precedent.decided, precedent.precision),
        verified=Verified(row.get("verified", precedent.verified)),
        url=row.get("url", precedent.url),
        distinguish=row.get("distinguish", ""),
    )


def _shipped_orders(precedents: Iterable[Precedent]) -> tuple[DecidedOrder, ...]:
    return build_orders(read_shipped("orders.toml"), precedents)


def build_orders(table: Table, precedents: Iterable[Precedent]) -> tuple[DecidedOrder, ...]:
    """The decided orders from `orders.toml`, with the precedents that say they are one of them."""
    same: dict[str, set[str]] = {}
    for precedent in precedents:
        for order in precedent.same_case:
            same.setdefault(order, set()).add(precedent.id)
    return tuple(_order(row, frozenset(same.get(row["id"], ()))) for row in table["order"])


def _order(row: Table, same_case: frozenset[str]) -> DecidedOrder:
    decided: date = row["decided"]
    return DecidedOrder(
        id=row["id"],
        caption=row["caption"],
        citation=row["citation"],
        court=row["facts"]["court"],
        circuit=row["facts"]["circuit"],
        decided=decided,
        precision=row.get("precision", "day"),
        facts=row["facts"],
        outcome=row["outcome"],
        quote=row["quote"],
        notes=row["notes"],
        url=row["url"],
        confidence=row["confidence"],
        same_case=same_case,
    )
