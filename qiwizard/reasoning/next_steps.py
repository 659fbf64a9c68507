"""What each side and chambers may do next, by conditions, words and authority in the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any

from qiwizard.files import read_shipped
from qiwizard.law.facts import FORUM, Value
from qiwizard.law.forum import Authority, Law, law_for, once_each, split_by_forum
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.law.tables import Table, read_values
from qiwizard.reasoning.ruling import Ruling

ROLES = {"movant": "For the movant", "plaintiff": "For the plaintiff", "chambers": "For chambers"}
"""The roles, each with its heading, in display order."""
MOST_CITED = 3


@dataclass(frozen=True, slots=True)
class StepCondition:
    """When a step is to be taken: everything given has to hold; nothing given means always."""

    outcome: frozenset[str] = frozenset()
    answers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    facts: Mapping[str, frozenset[Value]] = field(default_factory=dict)
    open: frozenset[str] = frozenset()
    """Facts that must not be known."""

    def met(self, posture: Posture, ruling: Ruling) -> bool:
        """Whether a posture and the ruling on it are such a case."""
        answered = {finding.question.id: finding.answer for finding in ruling.findings}
        return (
            (not self.outcome or ruling.outcome in self.outcome)
            and all(answered.get(q) in given for q, given in self.answers.items())
            and all(posture.get(name) in values for name, values in self.facts.items())
            and self.open.isdisjoint(posture.known)
        )


@dataclass(frozen=True, slots=True)
class Step:
    """What may be done after a ruling, on which occasion and on which authority."""

    id: str
    role: str
    text: str
    when: StepCondition
    cites: tuple[str, ...]
    """Ids of precedents or holdings."""
    of: tuple[str, ...]
    """Questions on whose answer in the ruling it rests."""
    rule: str
    """A rule that is not in the library; empty where there is none."""
    after_days: int | None
    """The period in days that the rule sets, where it sets one."""
    since: date | None
    authority: tuple[Authority, ...] = ()
    """After a ruling: the authority for it in the forum on the day."""


def next_steps(library: Library, posture: Posture, ruling: Ruling) -> tuple[Step, ...]:
    """The steps that follow from a ruling, by role, in the order of the data.

    A step for which neither the library nor a rule gives authority on the day is left out.
    """
    law = law_for(library, posture, ruling.as_of)
    bits = library.vocabulary.bits(posture.known)
    found = []
    for step in shipped_steps(library):
        if (step.since is None or step.since <= ruling.as_of) and step.when.met(posture, ruling):
            authority = _authority(step, law, bits, ruling)
            if authority or step.rule:
                found.append(replace(step, authority=authority))
    return tuple(found)


def by_role(steps: tuple[Step, ...]) -> dict[str, tuple[Step, ...]]:
    """The steps under the heading of each role that has some."""
    groups = {head: tuple(s for s in steps if s.role == role) for role, head in ROLES.items()}
    return {head: group for head, group in groups.items() if group}


def read_steps(
    content: Mapping[str, Any], library: Library, mistakes: list[str]
) -> tuple[Step, ...]:
    """The rows of a steps file by role; every mistake is kept as a line."""
    table = Table(content, "", mistakes)
    steps = [_read_step(row, library) for row in table.each("step")]
    table.close()
    return tuple(step for role in ROLES for step in steps if step.role == role)


def _read_step(row: Table, library: Library) -> Step:
    when = _read_condition(row.table("when"), library)
    step = Step(
        id=row.text("id"),
        role=row.one_of("role", ROLES),
        text=row.text("text"),
        when=when,
        cites=row.some_of("authority", _citable(library)),
        of=row.some_of("of", when.answers),
        rule=row.text("rule", ""),
        after_days=row.number("after_days"),
        since=row.day("since") if row.has("since") else None,
    )
    if not (step.cites or step.of or step.rule):
        row.says("authority", "is missing; permitted: authority, of or rule")
    if step.after_days is not None and not step.rule:
        row.says("after_days", "only a rule sets a period")
    return step


def _read_condition(table: Table, library: Library) -> StepCondition:
    facts = {name: name for name in library.vocabulary.by_name if name not in FORUM}
    answers, wanted = table.table("answers"), table.table("facts")
    condition = StepCondition(
        outcome=frozenset(table.some_of("outcome", library.outcomes)),
        answers={
            question: frozenset(answers.some_of(question, library.question[question].answers))
            for question in answers.keys_among(library.question)
        },
        facts={
            name: frozenset(read_values(wanted, name, library.vocabulary.by_name[name]))
            for name in wanted.keys_among(facts)
        },
        open=frozenset(table.some_of("open", facts)),
    )
    table.close()
    return condition


def _citable(library: Library) -> list[str]:
    """The holdings, and the precedents that have some."""
    return [*(h.id for h in library.holdings), *{h.precedent.id: None for h in library.holdings}]


@lru_cache(maxsize=4)
def shipped_steps(library: Library) -> tuple[Step, ...]:
    """The steps that come with the program, read when first wanted."""
    return read_steps(read_shipped("steps.toml"), library, [])


def shipped_step_mistakes(library: Library) -> tuple[str, ...]:
    """What is wrong with the shipped steps, one line per mistake."""
    mistakes: list[str] = []
    read_steps(read_shipped("steps.toml"), library, mistakes)
    return tuple(f"steps.toml: {line}" for line in mistakes)


def _authority(step: Step, law: Law, bits: int, ruling: Ruling) -> tuple[Authority, ...]:
    """What the ruling rests on first, then what the data names; the forum's own if there is any."""
    every = once_each((*_relied_on(step, ruling), *_named(step, law, bits)))
    own, elsewhere = split_by_forum(every)
    return (own or elsewhere)[:MOST_CITED]


def _relied_on(step: Step, ruling: Ruling) -> Iterator[Authority]:
    for question in step.of:
        finding = ruling.finding(question)
        if finding is not None:
            yield from finding.leading[:2]


def _named(step: Step, law: Law, bits: int) -> Iterator[Authority]:
    """The holdings named, or the first of a precedent named, that are in force here."""
    for name in step.cites:
        precedent = law.library.precedents.get(name)
        ids = [h.id for h in law.library.holdings_of(precedent)] if precedent else [name]
        there = (_in_force(law)[holding] for holding in ids if holding in _in_force(law))
        yield from islice((p for p in there if not any(c.met(bits) for c in p.limits)), 1)


@lru_cache(maxsize=64)
def _in_force(law: Law) -> Mapping[str, Authority]:
    """The holdings in force in the forum on the day, by id."""
    return {
        authority.holding.id: authority for group in law.authorities.values() for authority in group
    }
