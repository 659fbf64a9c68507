"""What each side and chambers may do next, by conditions, words and authority in the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any

from qiwizard.law.facts import Value
from qiwizard.law.forum import Authority, Law, law_for
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.reasoning.ruling import Ruling
from qiwizard.resources import read_shipped

ROLES = {"movant": "For the movant", "plaintiff": "For the plaintiff", "chambers": "For chambers"}
"""Whose steps there are, each with its heading, in the order in which they are given."""
MOST_CITED = 3


@dataclass(frozen=True, slots=True)
class StepCondition:
    """When a step is to be taken: everything given has to hold; nothing given means always."""

    outcome: frozenset[str] = frozenset()
    answers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    facts: Mapping[str, frozenset[Value]] = field(default_factory=dict)
    open: frozenset[str] = frozenset()
    """Facts that must not be known."""

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> StepCondition:
        """Read a `when` table."""
        return cls(
            outcome=frozenset(table.get("outcome", ())),
            answers={q: frozenset(given) for q, given in table.get("answers", {}).items()},
            facts={name: frozenset(values) for name, values in table.get("facts", {}).items()},
            open=frozenset(table.get("open", ())),
        )

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
    """A row of the data: what may be done, on which occasion and on which authority."""

    id: str
    role: str
    text: str
    when: StepCondition
    authority: tuple[str, ...]
    """Ids of precedents or holdings."""
    of: tuple[str, ...]
    """Questions on whose answer in the ruling it rests."""
    rule: str
    """A rule that is not in the library."""
    after_days: int | None
    since: date | None


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something to do after a ruling, and the authority for it in the forum on the day."""

    id: str
    role: str
    text: str
    authority: tuple[Authority, ...]
    rule: str
    """A rule that is not in the library; empty where there is none."""
    after_days: int | None
    """The period in days that the rule sets, where it sets one."""


def next_steps(library: Library, posture: Posture, ruling: Ruling) -> tuple[NextStep, ...]:
    """The steps that follow from a ruling, by role, in the order of the data.

    A step for which neither the library nor a rule gives authority on the day is left out.
    """
    law = law_for(library, posture, ruling.as_of)
    bits = library.vocabulary.bits(posture.known)
    found = []
    for step in shipped_steps():
        if (step.since is None or step.since <= ruling.as_of) and step.when.met(posture, ruling):
            authority = _authority(step, law, bits, ruling)
            if authority or step.rule:
                found.append(
                    NextStep(step.id, step.role, step.text, authority, step.rule, step.after_days)
                )
    return tuple(found)


def by_role(steps: tuple[NextStep, ...]) -> dict[str, tuple[NextStep, ...]]:
    """The steps under the heading of each role that has some."""
    groups = {head: tuple(s for s in steps if s.role == role) for role, head in ROLES.items()}
    return {head: group for head, group in groups.items() if group}


def build_steps(table: Mapping[str, Any]) -> tuple[Step, ...]:
    """The rows of a steps file."""
    return tuple(
        Step(
            id=row["id"],
            role=row["role"],
            text=row["text"],
            when=StepCondition.of(row["when"]),
            authority=tuple(row.get("authority", ())),
            of=tuple(row.get("of", ())),
            rule=row.get("rule", ""),
            after_days=row.get("after_days"),
            since=row.get("since"),
        )
        for role in ROLES
        for row in table["step"]
        if row["role"] == role
    )


@lru_cache(maxsize=1)
def shipped_steps() -> tuple[Step, ...]:
    """The steps that come with the program, read when first wanted."""
    return build_steps(read_shipped("steps.toml"))


def _authority(step: Step, law: Law, bits: int, ruling: Ruling) -> tuple[Authority, ...]:
    """What the ruling rests on first, then what the data names; the forum's own if there is any."""
    named: dict[str, Authority] = {}
    for authority in (*_relied_on(step, ruling), *_named(step, law, bits)):
        named.setdefault(authority.holding.precedent.id, authority)
    own = [authority for authority in named.values() if authority.rank.in_forum]
    return tuple((own or list(named.values()))[:MOST_CITED])


def _relied_on(step: Step, ruling: Ruling) -> Iterator[Authority]:
    for question in step.of:
        finding = ruling.finding(question)
        if finding is not None:
            yield from finding.leading[:2]


def _named(step: Step, law: Law, bits: int) -> Iterator[Authority]:
    """The holdings named, or the first of a precedent named, that are in force here."""
    for name in step.authority:
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
