"""Doctrines, the legal questions they hold, and what each answer does to the order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from qiwizard.law.facts import Condition


@dataclass(frozen=True, slots=True)
class Outcome:
    """One of the ways a dispute over discovery can end."""

    id: str
    label: str
    sentence: str


class Toward(StrEnum):
    """The direction in which a fact may move a counted question."""

    YES = "yes"
    NO = "no"
    EITHER = "either"


@dataclass(frozen=True, slots=True, eq=False)
class Consideration:
    """Facts that bear on a counted question in practice."""

    when: Condition
    toward: Toward
    distinct: bool = False
    """A posture that meets it is compared only with orders that meet it as well."""


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """How decided orders answer a question that is left to the judge."""

    yes: frozenset[str]
    """Outcomes of an order that answer it yes."""
    no: frozenset[str]
    comparable: tuple[str, ...]
    """Facts that an order must share with a posture to be counted beside it."""
    enough: int
    """Below this many comparable orders practice has no answer, and the default is the base."""
    considerations: tuple[Consideration, ...]

    def answer(self, outcome: str) -> bool | None:
        """What an order with this outcome answers; None if it does not reach the question."""
        if outcome in self.yes:
            return True
        return False if outcome in self.no else None


@dataclass(frozen=True, slots=True)
class Answer:
    """A possible answer to a legal question, and its effect on the order."""

    id: str
    conclusion: str
    """The answer as a sentence."""
    outcome: str | None
    """The outcome of the ruling, for an answer to a counted question that ends the inquiry."""
    side: bool | None
    """Which side of a counted question it belongs to: True for yes, False for no."""
    favors: Mapping[str, str]
    """By counted question: the answer that this one decides or supports."""
    terms: tuple[str, ...]
    terms_under: frozenset[str]
    """The outcomes under which its terms enter the order; empty means any."""
    displaces: bool = False
    """Whether holdings and orders on the question presuppose another answer: none is contrary."""


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A legal question. Only different answers to the same question can conflict."""

    id: str
    doctrine: str
    asks: str
    answers: Mapping[str, Answer]
    when: Condition
    """Facts that must be known for it to arise."""
    arises_after: Mapping[str, frozenset[str]]
    """Earlier questions and the answers one of which each must have had."""
    not_after: Mapping[str, frozenset[str]]
    """Earlier questions and the answers after which this one does not arise."""
    arises_under: frozenset[str]
    """For a question of terms: the outcomes under which it arises; empty means any."""
    terms_only: bool
    """Whether it only shapes the terms of an order whose outcome is known."""
    counted: Counted | None
    default: str
    """For a counted question: its answer where neither law nor practice gives one."""
    expected_in_each_circuit: bool
    """Whether a reader expects each circuit to have authority of its own on it."""

    def arises(self, bits: int, answers: Mapping[str, str]) -> bool:
        """Whether it is reached on a posture, as bits, after the answers given so far."""
        return (
            self.when.met(bits)
            and all(answers.get(q) not in excluded for q, excluded in self.not_after.items())
            and all(answers.get(q) in wanted for q, wanted in self.arises_after.items())
        )


@dataclass(frozen=True, slots=True)
class Doctrine:
    """A step of the interview: a screen with its facts and its legal questions."""

    id: str
    title: str
    intro: str


@dataclass(frozen=True, slots=True)
class Weights:
    """How law and practice are weighed on counted questions; shares lie between 0 and 1."""

    fact_variance: float
    """Prior variance of the shift of one consideration, in squared log odds."""
    circuit_variance: float
    district_variance: float
    practice_on_law: float
    """The strength at which practice moves an answer of law that does not decide."""
    floor: float
    """The least share an answer can have."""
    requires: float
    """The share of an answer that binding authority requires."""
    permits: float
    """The share that replaces the base where binding authority permits an answer."""
    default: float
    """The share of a default answer, where neither law nor practice has one."""
    fewest: int
    """The least number of orders on which the shift of a consideration may rest."""
    answered: float
    """The share that replaces the base where other authority of the forum answers a question of
    law that bears on it."""
    local: float
    """The share whose log odds nonbinding authority of the forum adds to an answer it supports."""
