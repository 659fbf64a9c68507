"""Sets of drills that an instructor hands out: chosen by a seed, the same on every machine."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qiwizard.errors import UserError, permitted, quoted
from qiwizard.law.library import Library
from qiwizard.practice.cases import subjects
from qiwizard.practice.drills import DRILLS, catalogue, drill_named, make, serves
from qiwizard.practice.items import Seed, case_of, shuffled
from qiwizard.practice.sealed import sealed, unsealed

SCHEMA = "qiwizard/practice-set/1"
NUMBER, MOST = 12, 200
"""Drills in a set if no number is named, and the most there may be."""


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


def made_set(library: Library, wanted: Wanted) -> str:
    """A set as TOML; UserError for what is not known, or if too few drills fit."""
    _check(library, wanted)
    items = _drawn(library, wanted)
    if len(items) < wanted.number:
        raise UserError(
            f"--number: {wanted.number} drills are too many, {len(items)} fit; "
            f"permitted: 1 to {max(len(items), 1)}"
        )
    return sealed(
        {
            "schema": SCHEMA,
            "library": library.about.version,
            "seed": wanted.seed,
            "number": wanted.number,
            "drills": list(wanted.drills),
            "orders": list(wanted.orders),
            "doctrines": list(wanted.doctrines),
            "circuits": list(wanted.circuits),
            "item": [{"id": i, "fingerprint": make(library, i).fingerprint} for i in items],
        }
    )


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
        raise UserError(f"--number: {wanted.number} will not do; permitted: 1 to {MOST}")


def _drawn(library: Library, wanted: Wanted) -> list[str]:
    """The drills by lot, one of each kind in turn, as many as wanted."""
    drills = wanted.drills or tuple(d.id for d in DRILLS.values() if d.mixed)
    piles = [
        iter(
            _fitting(library, wanted, [s for s in catalogue(library).values() if s.drill == drill])
        )
        for drill in drills
    ]
    drawn: list[str] = []
    while piles and len(drawn) < wanted.number:
        pile = piles.pop(0)
        found = next(pile, None)
        if found is not None:
            drawn.append(found)
            piles.append(pile)
    return drawn


def _fitting(library: Library, wanted: Wanted, seeds: list[Seed]) -> Iterable[str]:
    for seed in shuffled(sorted(seeds, key=lambda s: s.id), f"set {wanted.seed}"):
        if wanted.orders and case_of(seed.id) not in wanted.orders:
            continue
        if wanted.circuits and seed.circuit not in wanted.circuits:
            continue
        if serves(library, seed.id) and _trains(library, seed.id, wanted.doctrines):
            yield seed.id


def _trains(library: Library, id_: str, doctrines: Collection[str]) -> bool:
    return not doctrines or any(p.doctrine in doctrines for p in make(library, id_).parts)


def read_set(path: Path | str, library: Library) -> PracticeSet:
    """A set from a file; UserError if it is none, was edited, or names what is not here."""
    name = "standard input" if str(path) == "-" else str(path)
    table = unsealed(path, SCHEMA, "practice set", library)
    rows = table.get("item")
    if not isinstance(rows, list) or not rows:
        raise UserError(f"{name}: item: no drills in it; permitted: one or more [[item]]")
    items = tuple(_item(row, n, name, library) for n, row in enumerate(rows, start=1))
    if len(set(items)) < len(items):
        raise UserError(f"{name}: item: a drill stands in it twice; permitted: each once")
    return PracticeSet(name, str(table["checksum"]), items)


def _item(row: Any, number: int, name: str, library: Library) -> str:
    id_ = row.get("id") if isinstance(row, dict) else None
    if not isinstance(id_, str) or id_ not in catalogue(library) or not serves(library, id_):
        raise UserError(f"{name}: item {number}: no drill {quoted(id_)} in this library")
    if row.get("fingerprint") != make(library, id_).fingerprint:
        raise UserError(f"{name}: item {number}: {id_} is not the same drill in this library")
    return id_
