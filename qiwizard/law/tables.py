"""TOML tables read key by key; a mistake is one line: place, key, and what is permitted.

A mistake never stops the reading: the key takes a harmless value, the line is kept, and whoever
reads the file asks for all lines at the end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from qiwizard.errors import permitted, spelled
from qiwizard.law.facts import FORUM, Condition, Fact, Value, Vocabulary

Member = TypeVar("Member", bound=StrEnum)
LONGEST = 60
"""Characters of a wrong value that a message repeats."""


class Table:
    """One table of a file, and the mistakes found in the file so far."""

    def __init__(self, content: object, place: str, mistakes: list[str]) -> None:
        self.place = place
        self.mistakes = mistakes
        self.content: dict[str, Any] = content if isinstance(content, dict) else {}
        self._read: set[str] = set()
        if not isinstance(content, dict):
            self.mistakes.append(f"{place}: {shown(content)}; permitted: a table")
            self.mistakes = []  # that its keys are missing follows from this

    def says(self, key: str, problem: str) -> None:
        """Record a mistake in one key."""
        self.mistakes.append(f"{self._inside(key)}: {problem}")

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        self._read.add(key)
        return key in self.content

    def text(self, key: str, default: str | None = None) -> str:
        """A line of text; without a default the key is required and may not be empty."""
        value = self._value(key, default)
        if isinstance(value, str) and (default == "" or value.strip()):
            return value
        if value is not None:
            self.says(key, f"{shown(value)}; permitted: text")
        return default or ""

    def flag(self, key: str) -> bool:
        """True or false; false if it is left out."""
        value = self._value(key, default=False)
        if not isinstance(value, bool):
            self.says(key, f"{shown(value)}; permitted: true, false")
        return value is True

    def number(self, key: str, least: int = 1) -> int | None:
        """A whole number, or None if it is left out."""
        value = self._value(key, default="")
        if type(value) is int and value >= least:
            return value
        if value != "":
            self.says(key, f"{shown(value)}; permitted: a whole number from {least}")
        return None

    def share(self, key: str, least: float, most: float) -> float:
        """A required number within two bounds."""
        value = self._value(key, None)
        if isinstance(value, int | float) and type(value) is not bool and least <= value <= most:
            return float(value)
        if value is not None:
            self.says(key, f"{shown(value)}; permitted: a number from {least:g} to {most:g}")
        return most

    def link(self, key: str) -> str:
        """A web address; empty if it is left out."""
        value = self.text(key, "")
        if value and not (value.startswith(("https://", "http://")) and len(value.split()) == 1):
            self.says(key, f"{shown(value)}; permitted: an address that begins with https://")
            return ""
        return value

    def day(self, key: str) -> date:
        """A required date without a time; the first of the calendar in place of a mistake."""
        value = self._value(key, None)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if value is not None:
            self.says(key, f"{shown(value)}; permitted: a date, such as 2026-11-22")
        return date.min

    def one_of(self, key: str, choices: Collection[str], default: str | None = None) -> str:
        """One of several words; without a default the key is required."""
        value = self._value(key, default)
        if isinstance(value, str) and (value in choices or value == default):
            return value
        if value is not None:
            self.says(key, f"{shown(value)}; {permitted(choices, value)}")
        return default if default is not None else next(iter(choices), "")

    def member(self, key: str, kind: type[Member], default: Member | None = None) -> Member:
        """One of the values of an enumeration; without a default the key is required."""
        self._read.add(key)
        try:
            given: Any = self.content.get(key, default)
            return kind(given)
        except ValueError:
            return kind(self.one_of(key, list(kind), default))

    def some_of(self, key: str, choices: Collection[str] | None = None) -> tuple[str, ...]:
        """A word or a list of words, of any words if no choices are given; none if left out."""
        given = self._value(key, default=())
        words = (given,) if isinstance(given, str) else self.listed(key)
        return tuple(word for word in words if self._is_word(key, word, choices))

    def _is_word(self, key: str, item: object, choices: Collection[str] | None) -> bool:
        if not isinstance(item, str):
            self.says(key, f"{shown(item)}; permitted: text")
            return False
        if choices is not None and item not in choices:
            self.says(key, f"{shown(item)}; {permitted(choices, item)}")
            return False
        return True

    def listed(self, key: str, of: str = "") -> tuple[Any, ...]:
        """A list of any values; empty if it is left out."""
        value = self._value(key, default=())
        if isinstance(value, list | tuple):
            return tuple(value)
        self.says(key, f"{shown(value)}; permitted: a list{of}")
        return ()

    def keys_among(self, known: Collection[str]) -> list[str]:
        """The keys of the table that are known; a mistake is kept for each other one."""
        for key in self.content:
            self._read.add(key)
            if key not in known:
                self.says(_clipped(key), f"is not known; {permitted(known, key)}")
        return [key for key in self.content if key in known]

    def mapping(self, key: str) -> Mapping[str, Any]:
        """A table as it is; empty if it is left out."""
        value = self._value(key, default={})
        if isinstance(value, dict):
            return value
        self.says(key, f"{shown(value)}; permitted: a table")
        return {}

    def table(self, key: str) -> Table:
        """A table in this one; empty if it is left out."""
        return Table(self._value(key, default={}), self._inside(key), self.mistakes)

    def tables(
        self, key: str, named_by: str = "id", *, called: str = "", once: bool = True
    ) -> list[Table]:
        """The tables of a list, each in a place named by one of its keys, or by its number.

        With `once` it is a mistake if two have the same name.
        """
        found = []
        for number, content in enumerate(self.listed(key, " of tables"), start=1):
            name = content.get(named_by) if isinstance(content, dict) else None
            place = f"{called or key} {_clipped(name) if isinstance(name, str) else number}"
            found.append(Table(content, self._inside(place), self.mistakes))
        if once:
            twice(found, named_by, called or key)
        return found

    def each(
        self, key: str, named_by: str = "id", *, called: str = "", once: bool = True
    ) -> Iterator[Table]:
        """The same, to be read one by one: each is closed when the next one is taken."""
        for row in self.tables(key, named_by, called=called, once=once):
            yield row
            row.close()

    def close(self) -> None:
        """Report every key that was not read."""
        for key in self.content:
            if key not in self._read:
                self.says(_clipped(key), f"no such key; {permitted(sorted(self._read), key)}")

    def _inside(self, key: str) -> str:
        return f"{self.place}, {key}" if self.place else key

    def _value(self, key: str, default: object) -> Any:
        self._read.add(key)
        if key in self.content:
            return self.content[key]
        if default is None:
            self.says(key, "is missing")
        return default


def twice(tables: Iterable[Table], key: str, what: str) -> None:
    """Name every table that repeats the value another has under a key."""
    seen: set[object] = set()
    for table in tables:
        value = table.content.get(key)
        if isinstance(value, str):
            if value in seen:
                table.says(key, f"another {what} has it; permitted: each once")
            seen.add(value)


def shown(value: object) -> str:
    """A wrong value as TOML spells it, clipped."""
    return f"'{_clipped(value)}'" if isinstance(value, str) else _clipped(spelled(value))


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def read_condition(table: Table, key: str, vocabulary: Vocabulary) -> Condition:
    """The condition under a key; if omitted, an empty one, which is always met."""
    return _condition(table, key, table.mapping(key), vocabulary)


def read_conditions(table: Table, key: str, vocabulary: Vocabulary) -> tuple[Condition, ...]:
    """A list of conditions under a key; a single table counts as a list of one."""
    one = isinstance(table.content.get(key), dict)
    listed = [table.mapping(key)] if one else [row.content for row in table.tables(key)]
    if not all(listed):
        table.says(key, "an empty table is always met; permitted: facts")
    return tuple(_condition(table, key, content, vocabulary) for content in listed if content)


def _condition(
    table: Table, key: str, content: Mapping[str, Any], vocabulary: Vocabulary
) -> Condition:
    """A condition from its content; facts and values that are not permitted are left out."""
    sound: dict[str, list[Value]] = {}
    for name, given in content.items():
        fact = vocabulary.by_name.get(name)
        if fact is None or name in FORUM:
            names = [n for n in vocabulary.by_name if n not in FORUM]
            table.says(key, f"{shown(name)} is no fact; {permitted(names, name)}")
            continue
        values = given if isinstance(given, list) else [given]
        if not values:
            table.says(f"{key}.{name}", "an empty list is never met; permitted: values")
        if kept := [value for value in values if _fits(table, f"{key}.{name}", fact, value)]:
            sound[name] = kept
    return Condition.of(sound, vocabulary)


def read_facts(table: Table, key: str, vocabulary: Vocabulary) -> dict[str, Value]:
    """A table of facts, the forum's among them, each with a single value."""
    found: dict[str, Value] = {}
    for name, value in table.mapping(key).items():
        fact = vocabulary.by_name.get(name)
        if fact is None:
            table.says(key, f"{shown(name)} is no fact; {permitted(vocabulary.by_name, name)}")
        elif _fits(table, f"{key}.{name}", fact, value):
            found[name] = value
    return found


def read_values(table: Table, key: str, fact: Fact) -> tuple[Value, ...]:
    """A list of values of one fact."""
    return tuple(value for value in table.listed(key) if _fits(table, key, fact, value))


def _fits(table: Table, key: str, fact: Fact, value: object) -> bool:
    """Whether a fact can have a value; if not, a mistake is kept."""
    if fact.permits(value):
        return True
    table.says(key, f"{shown(value)}; {permitted(fact.values, value)}")
    return False
