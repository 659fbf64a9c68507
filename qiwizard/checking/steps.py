"""Checking the steps file: every id, value, rule and period in it, one line per mistake."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from qiwizard.errors import permitted, spelled
from qiwizard.law.library import FORUM, Library
from qiwizard.reasoning.nextsteps import ROLES

RULE = re.compile(r"Fed\. R\. (Civ|App)\. P\. \d+(\.\d+)?(\([a-z0-9]+\))*", re.IGNORECASE)
"""How a rule that is not in the library is cited."""
_KEYS = {"id", "role", "text", "when", "authority", "of", "rule", "after_days", "since"}
_WHEN = {"outcome", "answers", "facts", "open"}


def steps_problems(table: Mapping[str, Any], library: Library) -> list[str]:
    """What is wrong with the table of a steps file."""
    found: list[str] = []
    seen: set[str] = set()
    for number, row in enumerate(table.get("step", []), start=1):
        name = str(row.get("id", f"step {number}"))
        said = [*_shape(row), *_when(row.get("when", {}), library), *_grounds(row, library)]
        if name in seen:
            said.append("id: given twice")
        seen.add(name)
        found += [f"{name}: {line}" for line in said]
    return found


def _shape(row: Mapping[str, Any]) -> Iterator[str]:
    yield from _unknown("", row, _KEYS)
    for key in ("id", "text"):
        if not isinstance(row.get(key), str) or not row[key]:
            yield f"{key}: is missing"
    if row.get("role") not in ROLES:
        yield f"role: {row.get('role')!r}; {permitted(ROLES, row.get('role'))}"
    days = row.get("after_days")
    if days is not None and (type(days) is not int or days < 1):
        yield f"after_days: {days!r}; permitted: a number of days"
    if "since" in row and type(row["since"]) is not date:
        yield f"since: {row['since']!r}; permitted: a date"


def _when(when: Mapping[str, Any], library: Library) -> Iterator[str]:
    yield from _unknown("when.", when, _WHEN)
    yield from _others("when.outcome", when.get("outcome", []), library.outcomes)
    for question, answers in when.get("answers", {}).items():
        if question not in library.question:
            yield f"when.answers: {question!r}; {permitted(library.question, question)}"
        else:
            known = library.question[question].answers
            yield from _others(f"when.answers.{question}", answers, known)
    for name, values in when.get("facts", {}).items():
        fact = library.vocabulary.by_name.get(name)
        if fact is None or name in FORUM:
            yield f"when.facts: {name!r}; {permitted(_facts(library), name)}"
        else:
            for value in values:
                if not fact.permits(value):
                    yield f"when.facts.{name}: {spelled(value)}; {permitted(fact.values, value)}"
    yield from _others("when.open", when.get("open", []), _facts(library))
    for name in set(when.get("open", [])) & set(when.get("facts", {})):
        yield f"when.open: {name} is in when.facts too"


def _grounds(row: Mapping[str, Any], library: Library) -> Iterator[str]:
    """A step rests on something, and on nothing that is not there."""
    if not any(row.get(key) for key in ("authority", "of", "rule")):
        yield "authority: is missing; permitted: authority, of or rule"
    asked = row.get("when", {}).get("answers", {})
    yield from _others("of", row.get("of", []), asked)
    for name in row.get("authority", []):
        precedent = library.precedents.get(name)
        if name not in library.holding and (
            precedent is None or not library.holdings_of(precedent)
        ):
            yield f"authority: {name!r} is no holding or precedent with holdings of the library"
    rule = row.get("rule", "")
    if rule and not RULE.fullmatch(rule):
        yield f"rule: {rule!r}; permitted: such as Fed. R. Civ. P. 72(a)"
    if any(p.source.rule == rule for p in library.precedents.values() if rule):
        yield f"rule: {rule} is in the library; permitted: authority"
    if "after_days" in row and not rule:
        yield "after_days: only a rule sets a period"


def _facts(library: Library) -> list[str]:
    return [name for name in library.vocabulary.by_name if name not in FORUM]


def _unknown(place: str, table: Mapping[str, Any], known: set[str]) -> Iterator[str]:
    for key in table.keys() - known:
        yield f"{place}{key}: no such key; {permitted(sorted(known), key)}"


def _others(place: str, given: list[Any], known: Collection[str]) -> Iterator[str]:
    for name in given:
        if name not in known:
            yield f"{place}: {name!r}; {permitted(known, name)}"
