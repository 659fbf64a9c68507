"""A precedents file taken apart, table by table, so that one mistake hides no other.

What is ill-formed is named; what is well formed goes on to the checks beyond shape.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from qiwizard.checking.shape import (
    EventTable,
    FileTable,
    FormTable,
    HoldingTable,
    LibraryTable,
    PrecedentTable,
    SourceTable,
    choices,
    clipped,
    shown,
)
from qiwizard.law.precedent import Treatment

DayKnown = tuple[int, ...]
"""A day as far as it is known: year, then perhaps month, then perhaps day."""


def day_known(day: date, precision: str) -> DayKnown:
    """A date cut to what is known of it."""
    return (day.year, day.month, day.day)[: {"year": 1, "month": 2}.get(precision, 3)]


def sooner(first: DayKnown, second: DayKnown) -> bool:
    """Whether one day is before another, as far as both are known."""
    known = min(len(first), len(second))
    return first[:known] < second[:known]


@dataclass(frozen=True, slots=True)
class Part:
    """One table of the file: where it stands, and its keys as far as they are well formed."""

    place: str
    sound: Mapping[str, Any]
    raw: Mapping[str, Any]

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a well-formed key, or the default."""
        return self.sound.get(key, default)

    def given(self, key: str) -> bool:
        """Whether the key is there and not empty, well formed or not."""
        return self.raw.get(key) not in (None, "")

    def day(self, key: str) -> DayKnown:
        """The date under a key as far as it is well formed, cut to its precision."""
        day = self.get(key)
        return day_known(day, self.get("precision", "day")) if day else ()

    @property
    def ends_force(self) -> bool:
        """Whether this is an entry of history that takes force from a holding."""
        treatment = self.get("treatment")
        return treatment is not None and Treatment(treatment).ends_force

    def says(self, field: str, problem: str) -> str:
        """A mistake in one field as a line."""
        return f"{self.place}, {field}: {problem}" if self.place else f"{field}: {problem}"


@dataclass(frozen=True, slots=True)
class Row:
    """A precedent as far as it is well formed, with the tables inside it."""

    part: Part
    source: Part | None
    history: tuple[Part, ...]
    holdings: tuple[Part, ...]
    problems: tuple[str, ...]
    """The mistakes of shape in it."""

    @property
    def decided(self) -> DayKnown:
        """The day of decision as far as it is known."""
        return self.part.day("decided")


@dataclass(frozen=True, slots=True)
class Contents:
    """A precedents file as far as it is well formed, and what is not."""

    library: Part | None
    rows: tuple[Row, ...]
    problems: tuple[str, ...]


def contents_of(table: Mapping[str, Any], today: date) -> Contents:
    """Read the table of a file, naming every mistake of shape."""
    reader = _Reader(today)
    file = reader.part(FileTable, table, "")
    library = reader.inner(LibraryTable, file, "library") if file else None
    raw = file.get("precedent", []) if file else []
    top = reader.taken()
    rows = [reader.row(item, number) for number, item in enumerate(raw, 1)]
    return Contents(library, tuple(row for row in rows if row), (*top, *reader.taken()))


class _Reader:
    """Reads tables one by one and gathers what is wrong with their shape."""

    def __init__(self, today: date) -> None:
        self.context = {"today": today}
        self.problems: list[str] = []

    def taken(self) -> tuple[str, ...]:
        """The mistakes since the last time."""
        problems, self.problems = tuple(self.problems), []
        return problems

    def row(self, raw: object, number: int) -> Row | None:
        """One precedent with the tables inside it."""
        before, self.problems = self.problems, []
        part = self.part(PrecedentTable, raw, _place("precedent", raw, "id", number))
        if part is None:
            self.problems = before + self.problems
            return None
        source = self.inner(SourceTable, part, "source")
        history = self.parts(EventTable, part, "history", "")
        holdings = self.parts(HoldingTable, part, "holding", "key")
        problems, self.problems = tuple(self.problems), before
        return Row(part, source, history, holdings, problems)

    def parts(self, model: type[FormTable], outer: Part, key: str, named: str) -> tuple[Part, ...]:
        """The tables in a list, each placed by its name or its number."""
        read = (
            self.part(model, raw, f"{outer.place}, {_place(key, raw, named, number)}")
            for number, raw in enumerate(outer.get(key, []), 1)
        )
        return tuple(part for part in read if part is not None)

    def inner(self, model: type[FormTable], outer: Part, key: str) -> Part | None:
        """The table under a key, where there is one."""
        place = f"{outer.place}, {key}" if outer.place else key
        return self.part(model, outer.sound[key], place) if key in outer.sound else None

    def part(self, model: type[FormTable], raw: object, place: str) -> Part | None:
        """One table: its well-formed keys; its mistakes are put down."""
        if not isinstance(raw, Mapping):
            self.problems.append(f"{place}: {shown(raw)} is not permitted; permitted: a table")
            return None
        wrong: set[int | str] = set()
        try:
            model.model_validate(raw, context=self.context)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                wrong.add(detail["loc"][0])
                line = _line(detail, model)
                self.problems.append(f"{place}, {line}" if place else line)
        sound = {key: value for key, value in raw.items() if key not in wrong}
        return Part(place, sound, raw)


def _place(what: str, raw: object, key: str, number: int) -> str:
    name = raw.get(key) if isinstance(raw, Mapping) else None
    return f"{what} {clipped(name)}" if isinstance(name, str) and name else f"{what} {number}"


_WANTED = {
    "string_type": "a text in quotation marks",
    "bool_type": "true, false (without quotation marks)",
    "int_type": "a whole number",
    "date_type": "a date such as 2026-01-31 (without quotation marks)",
    "dict_type": "a table",
    "list_type": "a list",
}


def _line(detail: ErrorDetails, model: type[FormTable]) -> str:
    """One mistake of shape: the field, what was given, what is permitted."""
    name, *inside = detail["loc"]
    items = (f"item {n + 1}" if isinstance(n, int) else clipped(n) for n in inside)
    field = ", ".join([clipped(str(name)), *items])
    if detail["type"] == "missing":
        return f"{field}: is missing"
    if detail["type"] == "extra_forbidden":
        keys = [info.alias or key for key, info in model.model_fields.items()]
        return f"{field}: no such key; {choices(keys, str(name))}"
    if detail["type"] == "value_error":
        return f"{field}: {detail['msg'].removeprefix('Value error, ')}"
    wanted = _WANTED.get(detail["type"], detail["msg"].removeprefix("Input should be "))
    if detail["type"] == "list_type" and isinstance(detail["input"], Mapping):
        wanted = "a list of tables, each headed by double brackets"
    return f"{field}: {shown(detail['input'])} is not permitted; permitted: {wanted}"
