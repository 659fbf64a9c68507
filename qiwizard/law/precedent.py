"""Precedents and their holdings: the rules that the engine applies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qiwizard.law.condition import Condition
from qiwizard.law.facts import Value


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


class Verified(StrEnum):
    """How the quotation of a holding was checked."""

    FULL = "full"
    """Against the full text of the opinion."""
    PRIMARY = "primary"
    """In a copy of the opinion, read in part."""
    SECONDARY = "secondary"
    """As another court or writer quotes it."""


class Treatment(StrEnum):
    """What later authority did to an earlier one."""

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
        """Whether a holding so treated no longer decides anything."""
        return self in _ENDING


_ENDING = frozenset(
    {
        Treatment.LIMITED,
        Treatment.OVERRULED,
        Treatment.ABROGATED,
        Treatment.REVERSED,
        Treatment.VACATED,
        Treatment.WITHDRAWN,
    }
)


def surely_decided(decided: date, precision: str) -> date:
    """The first day by which a decision was there for certain, where only its year is known."""
    return decided.replace(month=12, day=31) if precision == "year" else decided


@dataclass(frozen=True, slots=True)
class LaterHistory:
    """One event in the life of a precedent after it was decided."""

    treatment: Treatment
    since: date
    note: str
    """The event in a sentence, with its citation."""
    by: str | None
    """The precedent of this library that did it, where it is one."""
    when: Condition | None
    """For `limited`: the postures in which the holding no longer speaks."""
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
    """An opinion, order or rule, with what it holds and what became of it."""

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
    judge: str
    note: str
    """What a reader must be told wherever it is cited."""
    verified: Verified
    url: str
    checked: date | None
    landmark: bool
    facts: Mapping[str, Value]
    """What the order decided on, as far as it says; empty for authorities that are not orders."""
    outcome: str | None
    terms: tuple[str, ...]
    relies_on: tuple[str, ...]
    history: tuple[LaterHistory, ...]
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
    """Its own exceptions: postures in which it does not speak although its `when` is met."""
    answer: str
    says: str
    quote: str
    pin: str
    discretion: bool
    """Whether it leaves the matter to the judge and so yields to lower authority there."""
    uniform: bool
    """Whether it reports the uniform practice of its district."""
    capped: bool
    """Whether a ruling that rests on it is never more than leaning."""
    supports_only: bool
    """Whether it is never to decide, as where its words speak of something near the question."""
    since: date
    """The first day it is good: the day of decision, or of practice reported earlier."""
    verified: Verified
    url: str
    distinguish: str
    """How the other side would distinguish it, where the library says."""

    @property
    def grounded(self) -> bool:
        """Whether its words carry its answer; where they do not it supports and cannot decide."""
        return bool(self.quote) and not self.supports_only

    def excepts(self, bits: int) -> bool:
        """Whether a posture, as bits, is one to which by its own words it does not speak."""
        return any(exception.met(bits) for exception in self.unless)

    def speaks_to(self, bits: int) -> bool:
        """Whether it spoke to a posture, given as bits, on the day it was decided."""
        return self.when.met(bits) and not self.excepts(bits)

    def __hash__(self) -> int:
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class DecidedOrder:
    """A real order kept as an example: facts and outcome, no rule."""

    id: str
    caption: str
    citation: str
    court: str
    circuit: str
    decided: date
    precision: str
    facts: Mapping[str, Value]
    outcome: str
    quote: str
    notes: str
    url: str
    confidence: str
    same_case: frozenset[str]
    """Precedents of the library taken from this order or its appeal."""
