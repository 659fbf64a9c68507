"""What a clerk returns of a set: every answer, in a file that is whole after each drill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from qiwizard.errors import UserError, quoted
from qiwizard.files import put_file, seen
from qiwizard.law.library import Library
from qiwizard.practice.drills import catalogue, make, serves
from qiwizard.practice.items import Item, Part
from qiwizard.practice.progress import SET, Answered, answered
from qiwizard.practice.sealed import sealed, unsealed
from qiwizard.practice.sets import PracticeSet

SCHEMA = "qiwizard/practice-results/1"


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


class ResultsFile:
    """Where the answers to a set go; written anew after each drill."""

    def __init__(self, path: Path, practice_set: PracticeSet, clerk: str, library: Library) -> None:
        self.path = path
        self._set = practice_set
        self._clerk = clerk
        self._library = library

    def begun(self) -> tuple[Answered, ...]:
        """Answers given before; UserError if the file is there and is not of this set and clerk."""
        if not seen(self.path):
            if not seen(self.path.parent, Path.is_dir):
                raise UserError(f"{self.path}: cannot be written: no such folder")
            return ()
        found = read_results(self.path, self._library)
        if (found.set, found.clerk) != (self._set.checksum, self._clerk):
            raise UserError(f"{self.path}: holds other results; choose another name with --results")
        return found.answers

    def write(self, answers: tuple[Answered, ...]) -> None:
        """Write all answers so far; UserError if that fails, or another run has written others."""
        if not set(self.begun()) <= set(answers):
            raise UserError(f"{self.path}: another run works on the same results; not overwritten")
        table = {
            "schema": SCHEMA,
            "library": self._library.about.version,
            "set": self._set.checksum,
            "clerk": self._clerk,
            "drills": len(self._set.items),
            "answer": [
                {"item": a.item, "part": a.part, "given": a.given, "right": a.right, "when": a.when}
                for a in answers
            ],
        }
        try:
            put_file(self.path, sealed(table).encode(), force=True)
        except OSError as error:
            reason = error.strerror or error
            raise UserError(f"{self.path}: cannot be written: {reason}") from None


def read_results(path: Path | str, library: Library) -> Results:
    """Results from a file, marked anew; UserError if they are none, or were edited."""
    table = unsealed(path, SCHEMA, "practice results", library)
    name, clerk, number = str(path), table.get("clerk"), table.get("drills")
    rows = table.get("answer")
    whole = isinstance(clerk, str) and type(number) is int and isinstance(rows, list)
    if not whole or not isinstance(table.get("set"), str):
        raise UserError(f"{name}: not whole; permitted: set, clerk, drills and [[answer]]")
    answers = tuple(_answer(row, n, name, library) for n, row in enumerate(rows or (), start=1))
    return Results(name, str(clerk), table["set"], int(number or 0), answers)


def _answer(row: Any, number: int, name: str, library: Library) -> Answered:
    table = row if isinstance(row, dict) else {}
    id_, when = table.get("item"), table.get("when")
    if not isinstance(id_, str) or id_ not in catalogue(library) or not serves(library, id_):
        raise UserError(f"{name}: answer {number}: no drill {quoted(id_)} in this library")
    item = make(library, id_)
    part = next((p for p in item.parts if p.id == table.get("part")), None)
    if part is None or part.option(str(table.get("given"))) is None:
        raise UserError(f"{name}: answer {number}: no such question or answer in {id_}")
    if not isinstance(when, datetime) or when.tzinfo is None:
        raise UserError(f"{name}: answer {number}: when: no moment with an offset")
    return answered(item, part, str(table["given"]), when, SET)


def question_of(library: Library, answer: Answered) -> tuple[Item, Part]:
    """The drill and the question that an answer belongs to."""
    item = make(library, answer.item)
    return item, next(p for p in item.parts if p.id == answer.part)
