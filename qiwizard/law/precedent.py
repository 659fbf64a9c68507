"""Precedents, their holdings and later history; decided orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from qiwizard.law.facts import Condition, Value

if TYPE_CHECKING:
    from qiwizard.law.library import Library


class Kind(StrEnum):
    """What sort of authority a precedent is; it decides whether it can bind."""

    RULE = "rule"
    """A Federal Rule or statute: binds every court."""
    OPINION = "opinion"
    """A published decision of the Supreme Court or a court of appeals."""
    UNPUBLISHED = "unpublished"
    """A decision of a court of appeals that does not bind."""
    ORDER = "order"
    """A decision of a district court."""
    LOCAL_RULE = "local_rule"
    """A rule of one or more district courts: binds there."""


class Force(StrEnum):
    """What a holding does to the question it answers, in a court that it binds."""

    REQUIRES = "requires"
    """Mandatory or jurisdictional: it decides the question."""
    PERMITS = "permits"
    """Leaves the matter to the court's discretion, and says which way it ordinarily goes."""
    SUPPORTS = "supports"
    """Reasoning that may persuade; it never decides alone."""


class Verified(StrEnum):
    """How a quotation was checked."""

    FULL = "full"
    """Against the full text of the opinion."""
    PRIMARY = "primary"
    """In a copy of the opinion, read in part."""
    SECONDARY = "secondary"
    """As a named later court quotes it."""


class Treatment(StrEnum):
    """Effect of later authority on an earlier one."""

    LIMITED = "limited"
    OVERRULED = "overruled"
    ABROGATED = "abrogated"
    REVERSED = "reversed"
    VACATED = "vacated"
    WITHDRAWN = "withdrawn"
    QUESTIONED = "questioned"
    CLARIFIED = "clarified"
    AFFIRMED = "affirmed"
    FOLLOWED = "followed"
    NOTED = "noted"

    @property
    def ends_force(self) -> bool:
        """Whether this treatment ends a holding's force."""
        return self in _ENDING


_ENDING = frozenset(("limited", "overruled", "abrogated", "reversed", "vacated", "withdrawn"))


def surely_decided(decided: date, precision: str) -> date:
    """The first day by which a decision was certainly made, where only its year is known."""
    return decided.replace(month=12, day=31) if precision == "year" else decided


@dataclass(frozen=True, slots=True)
class LaterHistory:
    """One event in the later history of a precedent."""

    treatment: Treatment
    since: date
    note: str
    """The event in a sentence, with its citation."""
    by: str | None
    """The precedent of this library that did it, where it is one."""
    when: Condition | None
    """For `limited`: the postures to which the holding no longer applies."""
    holdings: frozenset[str]
    """The keys of the holdings concerned; empty means all of them."""

    def touches(self, key: str) -> bool:
        """Whether the event concerns the holding of that key."""
        return not self.holdings or key in self.holdings


@dataclass(frozen=True, slots=True)
class Source:
    """The parts of a citation; one formatter (`qiwizard.law.citation`) puts them together."""

    volume: int | None = None
    reporter: str = ""
    page: int | None = None
    docket: str = ""
    database: str = ""
    """An electronic citation such as `2012 WL 113528`."""
    rule: str = ""
    """The name of a rule, such as `Fed. R. Civ. P. 26(d)(1)`."""
    note: str = ""
    """A parenthetical after the date, such as `en banc`, or a subsequent citation."""


@dataclass(frozen=True, slots=True, eq=False)
class Precedent:
    """An opinion, order or rule, with its holdings and its later history."""

    id: str
    caption: str
    short: str
    kind: Kind
    courts: tuple[str, ...]
    """`U.S.`, a court of appeals such as `5th Cir.`, or districts in Bluebook form."""
    circuit: str | None
    """The circuit it sits in or belongs to; None for the Supreme Court and federal rules."""
    decided: date
    precision: str
    """How exactly the date is known: `day`, `month` or `year`."""
    source: Source
    note: str
    """What a reader must be told wherever it is cited."""
    verified: Verified
    url: str
    checked: date | None
    judge: str = ""
    landmark: bool = False
    facts: Mapping[str, Value] = field(default_factory=dict)
    """What the order decided on, as far as it says; empty for authorities that are not orders."""
    outcome: str | None = None
    terms: tuple[str, ...] = ()
    relies_on: tuple[str, ...] = ()
    history: tuple[LaterHistory, ...] = ()
    same_case: frozenset[str] = frozenset()
    """Decided orders, by id, of the same case: the order itself, or the one it reviewed."""

    def __hash__(self) -> int:
        return hash(self.id)


@dataclass(frozen=True, slots=True, eq=False)
class Holding:
    """One answer that a precedent gives to one legal question, and when it gives it."""

    id: str
    """Unique in the library: the precedent's id, a slash, the key."""
    key: str
    precedent: Precedent
    question: str
    when: Condition
    unless: tuple[Condition, ...]
    """Its own exceptions: postures to which it does not apply although its `when` is met."""
    answer: str
    force: Force
    says: str
    """The rule it states, as a parenthetical would."""
    quote: str
    pin: str
    since: date
    """The first day it is good: the day of decision, or of practice reported earlier."""
    verified: Verified
    quoted_in: str
    """For words read in a later opinion: that opinion's own citation."""
    url: str
    distinguish: str
    """How the other side would distinguish it, where the library says."""

    def __hash__(self) -> int:
        return hash(self.id)


@dataclass(frozen=True, slots=True, eq=False)
class DecidedOrder:
    """A real order: facts and outcome, no rule. One observation of what a judge did."""

    id: str
    case: str
    """Shared by the orders of one case, which are not independent observations."""
    caption: str
    citation: str
    court: str
    circuit: str
    decided: date
    precision: str
    facts: Mapping[str, Value]
    outcome: str
    quote: str
    summary: str
    url: str
    read: str
    """How much of it was read: `opening`, `most`, `whole`, or only a `summary`."""
    query: str
    """The neutral search that found it; empty if it was picked for variety."""
    confidence: str
    same_case: frozenset[str]
    """Precedents of the library taken from this order or its appeal."""

    def __hash__(self) -> int:
        return hash(self.id)


GOOD_LAW = "good law"


def events(precedent: Precedent, as_of: date, key: str | None = None) -> tuple[LaterHistory, ...]:
    """The later history up to a date, oldest first; with a key, of that holding alone."""
    return tuple(
        event
        for event in sorted(precedent.history, key=lambda e: e.since)
        if event.since <= as_of and (key is None or event.touches(key))
    )


def treatment(precedent: Precedent, as_of: date, key: str | None = None) -> str:
    """One word for lists: the last treatment that took force from it, else `good law`."""
    ending = [e for e in events(precedent, as_of, key) if e.treatment.ends_force]
    return ending[-1].treatment.value if ending else GOOD_LAW


def history_sentences(
    precedent: Precedent, key: str | None, as_of: date, library: Library
) -> tuple[str, ...]:
    """Later history, cautions and an overdue check, each a sentence."""
    sentences = [event.note for event in events(precedent, as_of, key)]
    if precedent.note:
        sentences.append(precedent.note)
    if library.due_for_checking(precedent, as_of):
        checked = precedent.checked or library.about.checked
        sentences.append(f"Last checked on {checked.isoformat()}: due for review.")
    return tuple(sentences)
