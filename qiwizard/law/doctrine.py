"""Doctrines, the legal questions they hold, and what each answer does to the order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """One of the ways a dispute over discovery can end."""

    id: str
    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A possible answer to a legal question, and its effect on the order."""

    id: str
    conclusion: str
    """The answer as a sentence."""
    outcome: str | Mapping[str, str] | None
    """What becomes of the running outcome: one outcome, or a table from outcome to outcome."""
    settles: bool
    """Whether only questions about the terms of the order remain after this answer."""
    terms: tuple[str, ...]
    terms_under: frozenset[str]
    """The outcomes of the whole ruling under which its terms stand; empty means any."""
    instead_of: frozenset[str]
    """Earlier questions whose terms these replace."""

    def becomes(self, running: str | None) -> str | None:
        """The running outcome after this answer."""
        if self.outcome is None or isinstance(self.outcome, str):
            return self.outcome or running
        return self.outcome.get(running or "", running)


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A legal question. Only different answers to the same question can conflict."""

    id: str
    doctrine: str
    asks: str
    answers: Mapping[str, Answer]
    after: Mapping[str, frozenset[str]]
    """Earlier questions and the answers one of which each must have had."""
    unless: Mapping[str, frozenset[str]]
    """Earlier questions and the answers that make this one fall away."""
    outcomes: frozenset[str]
    """Running outcomes under which it arises; empty means any."""
    on_terms: bool
    """Whether it only shapes the terms, and so arises after the outcome is settled too."""
    default: bool
    """Whether it only says what holds where nothing else applies."""
    of_each_circuit: bool
    """Whether a reader expects each circuit to have authority of its own on it."""


@dataclass(frozen=True, slots=True)
class Doctrine:
    """A step of the interview: a screen with its facts and its legal questions."""

    id: str
    title: str
    intro: str
