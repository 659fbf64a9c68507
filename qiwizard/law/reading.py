"""Every data file into library values, or into lines of mistakes.

One reader for the shipped files and for precedents files of the user's own. Each mistake is one
line that names the file, the entry, the key and what is permitted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from qiwizard.errors import UserError
from qiwizard.law.courts import Circuit, Courts, District
from qiwizard.law.facts import FORUM, Choice, DefenseState, Fact, Vocabulary
from qiwizard.law.library import About, Library
from qiwizard.law.precedent import DecidedOrder, Holding, Precedent
from qiwizard.law.reading_precedents import PrecedentReader, Silence, read_silences
from qiwizard.law.reading_questions import Doctrines, read_doctrines
from qiwizard.law.tables import Table, read_conditions, read_facts, read_values, twice

READ = ("whole", "most", "opening", "summary")
CONFIDENCE = ("high", "medium", "low")
PRECISION = ("day", "month", "year")


@dataclass(frozen=True, slots=True)
class Frame:
    """What precedents are read against: facts, doctrines, courts."""

    vocabulary: Vocabulary
    doctrines: Doctrines
    courts: Courts
    silences: Mapping[str, Silence]


@dataclass(slots=True)
class Mistakes:
    """The lines of every file read so far, each with the file's name."""

    by_file: dict[str, list[str]] = field(default_factory=dict)

    def of(self, file: str, lines: Iterable[str]) -> None:
        """Keep the lines of one file, each once."""
        kept = self.by_file.setdefault(file, [])
        kept += [f"{file}: {line}" for line in dict.fromkeys(lines)]

    def raise_any(self) -> None:
        """UserError with every line, if there is one.

        The file with the fewest comes first: one mistake there can cause many in another file.
        """
        files = sorted(self.by_file.values(), key=len)
        if any(files):
            raise UserError(*(line for lines in files for line in lines))


def read_frame(files: Mapping[str, Mapping[str, Any]], mistakes: Mistakes) -> Frame:
    """Courts, facts and doctrines, from the content of their files by name."""
    lines: list[str] = []
    courts = read_courts(Table(files["courts.toml"], "", lines))
    mistakes.of("courts.toml", lines)
    lines = []
    doctrines_table = Table(files["doctrines.toml"], "", lines)
    listed = files["doctrines.toml"].get("doctrine")
    tables = [d for d in listed if isinstance(d, Mapping)] if isinstance(listed, list) else []
    names = [str(doctrine.get("id")) for doctrine in tables]
    fact_lines: list[str] = []
    vocabulary = read_vocabulary(Table(files["facts.toml"], "", fact_lines), courts, names)
    doctrines = read_doctrines(doctrines_table, vocabulary)
    silences = read_silences(doctrines_table, doctrines, vocabulary)
    doctrines_table.close()
    mistakes.of("doctrines.toml", lines)
    mistakes.of("facts.toml", fact_lines)
    return Frame(vocabulary, doctrines, courts, silences)


def read_courts(table: Table) -> Courts:
    """Circuits and districts."""
    circuits: dict[str, Circuit] = {}
    districts: dict[str, District] = {}
    rows = list(table.tables("circuit"))
    twice(rows, "id", "circuit")
    for row in rows:
        circuit = Circuit(row.text("id"), row.text("name"), row.text("abbreviation"))
        circuits[circuit.id] = circuit
        names = row.table("districts")
        for court in names.content:
            if court in districts:
                names.says(court, "another circuit has it; permitted: each once")
            districts[court] = District(court, names.text(court), circuit.id)
        row.close()
    table.close()
    return Courts(circuits, districts)


def read_vocabulary(table: Table, courts: Courts, doctrines: list[str]) -> Vocabulary:
    """The facts; the choices of the forum facts are the courts."""
    rows = list(table.tables("fact", "name"))
    twice(rows, "name", "fact")
    facts = tuple(_read_fact(row, courts, doctrines) for row in rows)
    vocabulary = Vocabulary(facts, FORUM)
    asked = [
        replace(
            fact,
            asked_when=read_conditions(row, "asked_when", vocabulary),
            moot_when=read_conditions(row, "moot_when", vocabulary),
            can_become=read_values(row, "can_become", fact),
        )
        for fact, row in zip(facts, rows, strict=True)
    ]
    states = []
    for row in table.tables("defense", "label"):
        states.append(DefenseState(row.text("label"), read_facts(row, "facts", vocabulary)))
        row.close()
    for row in rows:
        row.close()
    for term in table.tables("term", "name"):
        term.text("name")
        term.text("text")
        term.close()
    table.close()
    return Vocabulary(asked, FORUM, states)


def _read_fact(row: Table, courts: Courts, doctrines: list[str]) -> Fact:
    name = row.text("name")
    if name == FORUM[0]:
        choices = [Choice(c.id, c.name) for c in courts.circuits.values()]
    elif name == FORUM[1]:
        choices = [Choice(d.id, d.name) for d in courts.districts.values()]
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


def read_library(
    files: Mapping[str, Mapping[str, Any]],
    law: Mapping[str, Mapping[str, Any]],
    orders: Mapping[str, Any],
    today: date | None = None,
) -> Library:
    """The library of some files; UserError names every mistake in them.

    `files` are courts, facts and doctrines by name; `law` the precedents files by name, one of
    them with a `[library]` table; `orders` the content of `orders.toml`. With `today` a date
    in the future is a mistake too.
    """
    mistakes = Mistakes()
    frame = read_frame(files, mistakes)
    mistakes.raise_any()
    about, precedents, holdings = read_law(law, frame, mistakes, today)
    mistakes.raise_any()
    return Library(
        about=about,
        vocabulary=frame.vocabulary,
        outcomes=frame.doctrines.outcomes,
        doctrines=frame.doctrines.doctrines,
        questions=frame.doctrines.questions,
        weights=frame.doctrines.weights,
        courts=frame.courts,
        precedents=precedents,
        holdings=holdings,
        read_orders=partial(read_orders, orders, frame, tuple(precedents.values())),
    )


def read_law(
    law: Mapping[str, Mapping[str, Any]], frame: Frame, mistakes: Mistakes, today: date | None
) -> tuple[About, dict[str, Precedent], tuple[Holding, ...]]:
    """The precedents and holdings of several files, checked against each other."""
    about: About | None = None
    reader = PrecedentReader(frame.vocabulary, frame.doctrines, frame.courts, frame.silences, today)
    for file, content in law.items():
        lines: list[str] = []
        table = Table(content, "", lines)
        if table.has("library"):
            about = _read_about(table.table("library"))
        reader.read(table)
        table.close()
        mistakes.of(file, lines)
    for file, lines in zip(law, reader.crossed(), strict=True):
        mistakes.of(file, lines)
    if about is None:
        about = About("", date.min, date.min, 0)
        mistakes.of(next(iter(law)), ["library: is missing"])
    return about, reader.precedents, tuple(reader.holdings)


def _read_about(table: Table) -> About:
    about = About(
        version=table.text("version"),
        begins=table.day("begins") or date.min,
        checked=table.day("checked") or date.min,
        fresh_days=table.number("fresh_days") or 1,
    )
    table.close()
    return about


def read_orders(
    content: Mapping[str, Any], frame: Frame, precedents: Iterable[Precedent]
) -> tuple[DecidedOrder, ...]:
    """The decided orders; UserError names every mistake."""
    lines: list[str] = []
    table = Table(content, "", lines)
    same: dict[str, set[str]] = {}
    for precedent in precedents:
        for order in precedent.same_case:
            same.setdefault(order, set()).add(precedent.id)
    rows = list(table.tables("order"))
    twice(rows, "id", "order")
    orders = tuple(_read_order(row, frame, same) for row in rows)
    table.close()
    mistakes = Mistakes()
    mistakes.of("orders.toml", lines)
    mistakes.raise_any()
    return orders


def _read_order(row: Table, frame: Frame, same: Mapping[str, set[str]]) -> DecidedOrder:
    facts = read_facts(row, "facts", frame.vocabulary)
    for name in FORUM:
        if name not in facts:
            row.says("facts", f"{name} is missing")
    court, circuit = str(facts.get("court", "")), str(facts.get("circuit", ""))
    if court in frame.courts.districts and frame.courts.circuit_of(court) != circuit:
        row.says("facts", f"{court} is in the {frame.courts.circuit_of(court)} circuit")
    id_ = row.text("id")
    order = DecidedOrder(
        id=id_,
        case=row.text("case"),
        caption=row.text("caption"),
        citation=row.text("citation"),
        court=court,
        circuit=circuit,
        decided=row.day("decided") or date.min,
        precision=row.one_of("precision", PRECISION, "day"),
        facts=facts,
        outcome=row.one_of("outcome", frame.doctrines.outcomes),
        quote=row.text("quote", ""),
        summary=row.text("summary"),
        url=row.link("url"),
        read=row.one_of("read", READ),
        query=row.text("query", ""),
        confidence=row.one_of("confidence", CONFIDENCE),
        same_case=frozenset(same.get(id_, ())),
    )
    row.close()
    return order
