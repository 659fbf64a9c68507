"""Every data file into library values, or into lines of mistakes.

One reader for the shipped files and for precedents files of the user's own. Each mistake is one
line that names the file, the entry, the key and what is permitted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from functools import partial
from typing import Any

from qiwizard.errors import UserError
from qiwizard.law.courts import Circuit, Courts, District
from qiwizard.law.facts import CIRCUIT, COURT, FORUM, Choice, DefenseState, Fact, Vocabulary
from qiwizard.law.library import About, Frame, Library
from qiwizard.law.precedent import DecidedOrder, Precedent
from qiwizard.law.reading_precedents import PRECISION, PrecedentReader, Silences, read_silences
from qiwizard.law.reading_questions import read_doctrines
from qiwizard.law.tables import Table, read_conditions, read_facts, read_values

READ = ("whole", "most", "opening", "summary")
CONFIDENCE = ("high", "medium", "low")
Content = Mapping[str, Any]
"""The content of a TOML file."""


def read_library(
    files: Mapping[str, Content],
    law: Mapping[str, Content],
    orders: Content,
    today: date | None = None,
) -> Library:
    """The library of some files; UserError names every mistake in them.

    `files` are courts, facts and doctrines by name; `law` the precedents files by name, one of
    them with a `[library]` table; `orders` the content of `orders.toml`. With `today` a date
    in the future is a mistake too.
    """
    frame, silences = _read_frame(files)
    tables = {file: Table(content, "", []) for file, content in law.items()}
    reader = PrecedentReader(frame, silences, today)
    about: About | None = None
    for table in tables.values():
        if table.has("library"):
            about = _read_about(table.table("library"))
        reader.read(table)
        table.close()
    reader.check_references()
    if about is None:
        about = About("", date.min, date.min, 1)
        next(iter(tables.values())).says("library", "is missing")
    _refuse(tables)
    return Library(
        **{each.name: getattr(frame, each.name) for each in fields(frame)},
        about=about,
        precedents=reader.precedents,
        holdings=tuple(reader.holdings),
        read_orders=partial(_read_orders, orders, frame, reader.precedents),
    )


def _refuse(tables: Mapping[str, Table]) -> None:
    """UserError with the mistakes in some files, each once, if there are any.

    The file with the fewest comes first: one mistake there can cause many in another file.
    """
    found = [[f"{f}: {line}" for line in dict.fromkeys(t.mistakes)] for f, t in tables.items()]
    if any(found):
        raise UserError(*(line for lines in sorted(found, key=len) for line in lines))


def _read_frame(files: Mapping[str, Content]) -> tuple[Frame, Silences]:
    """Courts, facts and doctrines, and what local rules say of silence."""
    tables = {name: Table(content, "", []) for name, content in files.items()}
    courts = _read_courts(tables["courts.toml"])
    table = tables["doctrines.toml"]
    listed = table.content.get("doctrine")
    named = [d for d in listed if isinstance(d, dict)] if isinstance(listed, list) else []
    doctrines = [str(doctrine.get("id")) for doctrine in named]
    vocabulary = _read_vocabulary(tables["facts.toml"], courts, doctrines)
    frame = read_doctrines(table, vocabulary, courts)
    silences = read_silences(table, frame)
    table.close()
    _refuse(tables)
    return frame, silences


def _read_courts(table: Table) -> Courts:
    """Circuits and districts."""
    circuits: dict[str, Circuit] = {}
    districts: dict[str, District] = {}
    for row in table.each("circuit"):
        circuit = Circuit(row.text("id"), row.text("name"), row.text("abbreviation"))
        circuits[circuit.id] = circuit
        names = row.table("districts")
        for court in names.content:
            if court in districts:
                names.says(court, "another circuit has it; permitted: each once")
            districts[court] = District(court, names.text(court), circuit.id)
    table.close()
    return Courts(circuits, districts)


def _read_vocabulary(table: Table, courts: Courts, doctrines: list[str]) -> Vocabulary:
    """The facts; the choices of the forum facts are the courts."""
    rows = table.tables("fact", "name")
    facts = [_read_fact(row, courts, doctrines) for row in rows]
    vocabulary = Vocabulary(facts)
    for place, row in enumerate(rows):
        facts[place] = replace(
            facts[place],
            asked_when=read_conditions(row, "asked_when", vocabulary),
            moot_when=read_conditions(row, "moot_when", vocabulary),
            can_become=read_values(row, "can_become", facts[place]),
            stages=row.flag("stages"),
        )
    states = [
        DefenseState(row.text("label"), read_facts(row, "facts", vocabulary))
        for row in table.each("defense", "label")
    ]
    for row in rows:
        row.close()
    for term in table.each("term", "name"):
        term.text("name")
        term.text("text")
    table.close()
    return Vocabulary(facts, states)


def _read_fact(row: Table, courts: Courts, doctrines: list[str]) -> Fact:
    name = row.text("name")
    if name == CIRCUIT:
        choices = [Choice(circuit.id, circuit.name) for circuit in courts.circuits.values()]
    elif name == COURT:
        choices = [Choice(district.id, district.name) for district in courts.districts.values()]
    elif row.has("choices"):
        labels = row.table("choices")
        choices = [Choice(value, labels.text(value)) for value in labels.content]
    else:
        yes, no = row.text("yes", "Yes"), row.text("no", "No")
        choices = [Choice(value=True, label=yes), Choice(value=False, label=no)]
    return Fact(
        name=name,
        doctrine=row.one_of("doctrine", doctrines),
        short=row.text("short"),
        question=row.text("question"),
        help=row.text("help"),
        why=row.text("why"),
        choices=tuple(choices),
    )


def _read_about(table: Table) -> About:
    about = About(
        version=table.text("version"),
        begins=table.day("begins"),
        checked=table.day("checked"),
        fresh_days=table.number("fresh_days") or 1,
    )
    table.close()
    return about


def _read_orders(
    content: Content, frame: Frame, precedents: Mapping[str, Precedent]
) -> tuple[DecidedOrder, ...]:
    """The decided orders; UserError names every mistake."""
    table = Table(content, "", [])
    same: dict[str, set[str]] = {}
    for precedent in precedents.values():
        for order in precedent.same_case:
            same.setdefault(order, set()).add(precedent.id)
    orders = tuple(_read_order(row, frame, same) for row in table.each("order"))
    table.close()
    _refuse({"orders.toml": table})
    return orders


def _read_order(row: Table, frame: Frame, same: Mapping[str, set[str]]) -> DecidedOrder:
    facts = read_facts(row, "facts", frame.vocabulary)
    for name in FORUM:
        if name not in facts:
            row.says("facts", f"{name} is missing")
    court, circuit = str(facts.get(COURT, "")), str(facts.get(CIRCUIT, ""))
    if court in frame.courts.districts and frame.courts.circuit_of(court) != circuit:
        row.says("facts", f"{court} is in the {frame.courts.circuit_of(court)} circuit")
    id_ = row.text("id")
    return DecidedOrder(
        id=id_,
        case=row.text("case"),
        caption=row.text("caption"),
        citation=row.text("citation"),
        court=court,
        circuit=circuit,
        decided=row.day("decided"),
        precision=row.one_of("precision", PRECISION, "day"),
        facts=facts,
        outcome=row.one_of("outcome", frame.outcomes),
        quote=row.text("quote", ""),
        summary=row.text("summary"),
        url=row.link("url"),
        read=row.one_of("read", READ),
        query=row.text("query", ""),
        confidence=row.one_of("confidence", CONFIDENCE),
        same_case=frozenset(same.get(id_, ())),
    )
