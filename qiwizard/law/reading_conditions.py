"""A `when` table read and checked against the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qiwizard.errors import permitted
from qiwizard.law.facts import Condition, Fact, Value, Vocabulary
from qiwizard.law.tables import Table, shown


def read_condition(table: Table, key: str, vocabulary: Vocabulary) -> Condition:
    """The condition under a key; empty, and so always met, if it is left out."""
    return condition_of(table, key, table.mapping(key), vocabulary)


def read_conditions(table: Table, key: str, vocabulary: Vocabulary) -> tuple[Condition, ...]:
    """A list of conditions under a key; a single table counts as a list of one."""
    value = table.content.get(key)
    listed = [table.mapping(key)] if isinstance(value, Mapping) else table.tables(key)
    found = []
    for item in listed:
        content = item.content if isinstance(item, Table) else item
        if not content:
            table.says(key, "an empty table is always met; permitted: facts")
            continue
        found.append(condition_of(table, key, content, vocabulary))
    return tuple(found)


def condition_of(
    table: Table, key: str, content: Mapping[str, Any], vocabulary: Vocabulary
) -> Condition:
    """A condition from its content; facts and values that are not permitted are left out."""
    sound: dict[str, Value | list[Value]] = {}
    for name, given in content.items():
        values = given if isinstance(given, list) else [given]
        kept = [value for value in values if permits(table, key, name, value, vocabulary)]
        if isinstance(given, list) and not given:
            table.says(f"{key}.{name}", "an empty list is never met; permitted: values")
        if kept:
            sound[name] = kept
    return Condition.of(sound, vocabulary)


def permits(table: Table, key: str, name: str, value: object, vocabulary: Vocabulary) -> bool:
    """Whether a condition may test a fact for a value; if not, a mistake is kept."""
    fact = vocabulary.by_name.get(name)
    if fact is None or name in vocabulary.forum:
        names = [n for n in vocabulary.by_name if n not in vocabulary.forum]
        table.says(key, f"{shown(name)} is no fact; {permitted(names, name)}")
        return False
    return _fits(table, f"{key}.{name}", fact, value)


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
