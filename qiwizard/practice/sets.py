"""Sets of drills that an instructor hands out, their answer key, and what clerks return.

A set is chosen by a seed, the same on every machine. Files that pass from hand to hand carry a
checksum, so that an edit shows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from qiwizard.errors import UserError, permitted, quoted, spelled
from qiwizard.files import read_text, seen, write_text
from qiwizard.law.citation import abbreviated
from qiwizard.law.library import Library
from qiwizard.practice.cases import subjects
from qiwizard.practice.drills import MIXED, TITLES, catalogue, drill_named, make, serves
from qiwizard.practice.items import CALIBRATE, Cite, Item, Part, Seed, case_of, shuffled
from qiwizard.practice.lessons import lesson_sections
from qiwizard.practice.progress import SET, Answered, answered
from qiwizard.practice.selection import in_turn
from qiwizard.reports import blocks
from qiwizard.reports.blocks import Kind, Paper, Span, Spans, Style, paragraph, spans, strong
from qiwizard.sessions.session_file import parse
from qiwizard.text import one_line
from qiwizard.toml_json import to_json, to_toml

SCHEMA = "qiwizard/practice-set/1"
RESULTS = "qiwizard/practice-results/1"
NUMBER, MOST = 12, 200
"""Drills in a set if no number is named, and the most there may be."""
LONGEST_COMMENT = 400


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an instructor asks of a set; nothing named means all."""

    drills: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    doctrines: tuple[str, ...] = ()
    circuits: tuple[str, ...] = ()
    number: int = NUMBER
    seed: int = 1


@dataclass(frozen=True, slots=True)
class PracticeSet:
    """A set as it was read."""

    name: str
    checksum: str
    items: tuple[str, ...]
    comments: Mapping[str, str] = field(default_factory=dict)
    """By drill: what the instructor says of it, shown after its answers."""


def made_set(library: Library, wanted: Wanted) -> str:
    """A set as TOML, with room for comments.

    UserError for what is not known, or if too few drills fit.
    """
    _check(library, wanted)
    drawn = _drawn(library, wanted)
    if len(drawn) < wanted.number:
        raise UserError(
            f"--number: {wanted.number} drills are too many, {len(drawn)} fit; "
            f"permitted: 1 to {max(len(drawn), 1)}"
        )
    items = [
        {"drill": TITLES[item.drill], "id": id_, "fingerprint": item.fingerprint, "comment": ""}
        for id_ in drawn
        for item in [make(library, id_)]
    ]
    about = {"schema": SCHEMA, "library": library.about.version}
    return sealed({**about, **asdict(wanted), "item": items})


def _check(library: Library, wanted: Wanted) -> None:
    for drill in wanted.drills:
        drill_named(drill)
    for option, given, known in (
        ("--orders", wanted.orders, subjects(library)),
        ("--doctrines", wanted.doctrines, [d.id for d in library.doctrines]),
        ("--circuits", wanted.circuits, library.courts.circuits),
    ):
        for value in given:
            if value not in known:
                raise UserError(f"{option}: {value!r} is not known; {permitted(known, value)}")
    if not 1 <= wanted.number <= MOST:
        raise UserError(f"--number: {wanted.number} is out of range; permitted: 1 to {MOST}")


def _drawn(library: Library, wanted: Wanted) -> list[str]:
    """The drills by lot, one of each kind in turn, as many as wanted."""
    drills = wanted.drills or MIXED
    seeds = sorted(catalogue(library).values(), key=lambda seed: seed.id)
    piles = [_fitting(library, wanted, [s for s in seeds if s.drill == d]) for d in drills]
    return list(islice(in_turn(piles), wanted.number))


def _fitting(library: Library, wanted: Wanted, seeds: list[Seed]) -> Iterator[str]:
    for seed in shuffled(seeds, f"set {wanted.seed}"):
        case_fits = not wanted.orders or case_of(seed.id) in wanted.orders
        circuit_fits = not wanted.circuits or seed.circuit in wanted.circuits
        if case_fits and circuit_fits and serves(library, seed.id):
            trained = {part.doctrine for part in make(library, seed.id).parts}
            if not wanted.doctrines or trained & set(wanted.doctrines):
                yield seed.id


def read_set(path: Path | str, library: Library) -> PracticeSet:
    """A set from a file; UserError if it is none, was edited, or names what is not here.

    Comments may be written into it at any time: they are not part of the checksum.
    """
    name, table = _unsealed(path, SCHEMA, "practice set", library)
    rows = table.get("item")
    if not isinstance(rows, list) or not rows:
        raise UserError(f"{name}: item: no drills in it; permitted: one or more [[item]]")
    comments: dict[str, str] = {}
    for number, row in enumerate(rows, start=1):
        where = f"{name}: item {number}"
        id_ = _known(row, "id", where, library)
        if row.get("fingerprint") != make(library, id_).fingerprint:
            raise UserError(f"{where}: {id_} is not the same drill in this library")
        if id_ in comments:
            raise UserError(f"{where}: {id_} is in it twice; permitted: each once")
        comment = row.get("comment", "")
        if not isinstance(comment, str) or len(comment) > LONGEST_COMMENT:
            may = f"permitted: a text of up to {LONGEST_COMMENT} characters"
            raise UserError(f"{where}: comment: {may}")
        comments[id_] = one_line(comment)
    said = {id_: comment for id_, comment in comments.items() if comment}
    return PracticeSet(name, str(table["checksum"]), tuple(comments), said)


def _known(row: Any, key: str, where: str, library: Library) -> str:
    """The id of a drill in a row; UserError if the library does not give it."""
    id_ = row.get(key) if isinstance(row, dict) else None
    if not isinstance(id_, str) or id_ not in catalogue(library) or not serves(library, id_):
        raise UserError(f"{where}: no drill {quoted(id_)} in this library")
    return id_


# Files with a checksum

Table = Mapping[str, Any]


def checksum(table: Table) -> str:
    """A digest of everything in a table but its checksum and the comments on its drills."""
    rest = json.loads(to_json({k: v for k, v in table.items() if k != "checksum"}))
    rows = rest.get("item")
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict):
            row.pop("comment", None)
    text = json.dumps(rest, sort_keys=True)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def sealed(table: Table) -> str:
    """A table as TOML with its checksum."""
    return to_toml({"checksum": checksum(table), **table})


def _unsealed(path: Path | str, schema: str, what: str, library: Library) -> tuple[str, Table]:
    """The name of a file and its table; UserError if it is of another version or edited."""
    name = "standard input" if str(path) == "-" else str(path)
    table = parse(read_text(path), name)
    given = table.get("schema")
    family = schema.rpartition("/")[0]
    if given != schema:
        if isinstance(given, str) and given.startswith(f"{family}/"):
            version = spelled(given)
            raise UserError(f"{name}: {what} of another version ({version}); permitted: {schema}")
        says = "the key schema is missing" if given is None else f"schema is {quoted(given)}"
        raise UserError(f"{name}: not a {what} file: {says}; permitted: schema = {schema!r}")
    if table.get("checksum") != checksum(table):
        raise UserError(f"{name}: edited after it was written: the checksum does not match")
    if table.get("library") != library.about.version:
        raise UserError(
            f"{name}: made with library {quoted(table.get('library'))}; "
            f"permitted: this library, {library.about.version}"
        )
    return name, table


# What clerks return


@dataclass(frozen=True, slots=True)
class Results:
    """One clerk's answers to one set."""

    name: str
    clerk: str
    set: str
    """The checksum of the set."""
    number: int
    """How many drills the set has."""
    answers: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class ResultsFile:
    """Where the answers to a set go; rewritten after each drill."""

    path: Path
    set: PracticeSet
    clerk: str
    library: Library

    def begun(self) -> tuple[Answered, ...]:
        """Answers given before; UserError if the file is there and is not of this set and clerk."""
        if not seen(self.path):
            if not seen(self.path.parent, Path.is_dir):
                raise UserError(f"{self.path}: cannot be written: no such folder")
            return ()
        found = read_results(self.path, self.library)
        if (found.set, found.clerk) != (self.set.checksum, self.clerk):
            raise UserError(f"{self.path}: holds other results; choose another name with --results")
        return found.answers

    def write(self, answers: tuple[Answered, ...]) -> None:
        """Write all answers so far; UserError if that fails, or another run has written others."""
        if not set(self.begun()) <= set(answers):
            raise UserError(f"{self.path}: another run wrote to it; not overwritten")
        table = {
            "schema": RESULTS,
            "library": self.library.about.version,
            "set": self.set.checksum,
            "clerk": self.clerk,
            "drills": len(self.set.items),
            "answer": [
                {"item": a.item, "part": a.part, "given": a.given, "right": a.right, "when": a.when}
                for a in answers
            ],
        }
        write_text(self.path, sealed(table), force=True)


def read_results(path: Path | str, library: Library) -> Results:
    """Results from a file, marked again; UserError if they are none, or were edited."""
    name, table = _unsealed(path, RESULTS, "practice results", library)
    kinds = {"set": str, "clerk": str, "drills": int, "answer": list}
    if any(type(table.get(key)) is not kind for key, kind in kinds.items()):
        raise UserError(f"{name}: incomplete; permitted: set, clerk, drills and [[answer]]")
    rows = enumerate(table["answer"], start=1)
    answers = tuple(_answer(row, number, name, library) for number, row in rows)
    return Results(name, table["clerk"], table["set"], table["drills"], answers)


def _answer(row: Any, number: int, name: str, library: Library) -> Answered:
    where = f"{name}: answer {number}"
    item = make(library, _known(row, "item", where, library))
    part = next((p for p in item.parts if p.id == row.get("part")), None)
    given, when = str(row.get("given")), row.get("when")
    if part is None or given not in part.by_id:
        raise UserError(f"{where}: no such question or answer in {item.id}")
    if not isinstance(when, datetime) or when.tzinfo is None:
        raise UserError(f"{where}: when: not a time with an offset")
    return answered(item, part, given, when, SET)


# The answer key


def answer_key(library: Library, practice_set: PracticeSet) -> Paper:
    """Every question of a set with its answer and lesson, to print and hand to instructors."""
    items = [make(library, id_) for id_ in practice_set.items]
    name = one_line(practice_set.name)
    return Paper(
        "Answer key",
        f"Set: {name}. Drills: {len(items)}.",
        tuple(
            blocks.Section(
                f"{number}. {TITLES[item.drill]}",
                tuple(_key_to(library, item, practice_set.comments.get(item.id, ""))),
            )
            for number, item in enumerate(items, start=1)
        ),
    )


def _key_to(library: Library, item: Item, comment: str) -> Iterator[blocks.Block]:
    """The key to one drill: its source, its text, and each question with answer and lesson."""
    yield paragraph(_with_case_name(library, item.subject.source.text, item.subject.source))
    yield from _paragraphs(item.text)
    if comment:
        yield paragraph(strong("Instructor: "), comment)
    for part in item.parts:
        yield blocks.heading(part.asks)
        yield from _paragraphs(part.setting)
        if part.note:
            yield paragraph(part.note)
        yield from _answers(item, part)
        if item.drill != CALIBRATE or part is item.parts[-1]:
            for section in lesson_sections(item, part):
                text = _with_case_name(library, section.text, section.cite)
                yield paragraph(strong(f"{section.label}: "), text)


def _answers(item: Item, part: Part) -> Iterator[blocks.Block]:
    """The answers on offer, the right one marked; of a likelihood, what to compare it with."""
    if item.drill == CALIBRATE:
        yield blocks.item(f"{part.share:.0%} from the law and the other orders")
        if part.happened:
            yield blocks.item(strong("This was the court's order."))
        return
    for option in part.options:
        label = one_line(option.label)
        text = spans(strong(f"{label} (correct)") if option.id in part.accepted else label)
        number = part.number(option)
        yield blocks.Block(text, Kind.NUMBERED) if number else blocks.item(f"{number}. ", text)


def _paragraphs(text: str) -> Iterator[blocks.Block]:
    return (paragraph(one_line(line)) for line in text.split("\n") if line)


def _with_case_name(library: Library, text: str, cite: Cite | None) -> Spans:
    """Text with the name of the case that it cites set as one."""
    if cite is None:
        return spans(text)
    orders = (order for order in library.orders if order.id == cite.id)
    case = library.precedents.get(cite.id) or next(orders)
    before, name, rest = text.partition(abbreviated(case.caption))
    return spans(before, Span(name, Style.CASE), rest)
