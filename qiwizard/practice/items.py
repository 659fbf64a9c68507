"""What a drill is made from, what it asks, and what is said after it. Frozen values only."""

from __future__ import annotations

import hashlib
import random
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeVar

from qiwizard.law.facts import Value
from qiwizard.law.posture import Posture
from qiwizard.reasoning.replay import Case
from qiwizard.reports.words import WIDTH

UNSTATED = "not_stated"
"""The answer that a passage does not state a fact; it takes the number 0."""
CALIBRATE = "calibrate"
"""The drill in likelihoods, which is scored and not marked."""
NONE = "none"
"""The answer that none of the authorities offered is right."""
ROWS = 20
"""Rows of a screen of 24 that a text, or a question with its answers, can take."""

Thing = TypeVar("Thing")
Key = TypeVar("Key")


class Level(IntEnum):
    """How much a drill asks a clerk to sort out, from least to most."""

    BASIC = 1
    INTERMEDIATE = 2
    ADVANCED = 3

    @property
    def word(self) -> str:
        """The level in a word."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Cite:
    """A source: what it opens in the library, how it is cited, what it says in its own words."""

    id: str
    """The precedent or decided order."""
    text: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One step of an explanation, with the sources it rests on."""

    text: str
    cites: tuple[Cite, ...] = ()


@dataclass(frozen=True, slots=True)
class Lesson:
    """What an answer is to teach."""

    rule: str
    """The rule in one sentence."""
    authority: Cite | None
    """The controlling authority, or the weightiest, with its quotation."""
    court: str
    """What the court did, in one sentence; empty where no court ruled on the facts given."""
    more: tuple[Point, ...] = ()
    """The rest, on request."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer on offer, with what is to be said of it."""

    id: str
    label: str
    why: Point | None = None
    short: str = ""
    """What names it in a verdict, where that is less than the label."""

    @property
    def name(self) -> str:
        """What names it in a verdict."""
        return self.short or self.label


@dataclass(frozen=True, slots=True)
class Part:
    """One question of a drill, answered by one option."""

    id: str
    doctrine: str
    """The doctrine that it trains, by id."""
    asks: str
    options: tuple[Option, ...]
    accepted: frozenset[str]
    """The right option; several only in a walk, where `note` says so."""
    lesson: Lesson
    note: str = ""
    """Shown with the question."""
    setting: str = ""
    """A text that stands before this question only."""
    words: tuple[Cite, ...] = ()
    """The court's own words on it, shown before or after the question."""
    share: float = 0.0
    """Of a likelihood: the share that the law and the other orders give the outcome."""
    happened: bool = False
    """Of a likelihood: whether the outcome was the court's order."""

    def number(self, option: Option) -> int:
        """The number under which an option is offered."""
        return 0 if option.id == UNSTATED else self.options.index(option) + 1

    @property
    def by_id(self) -> dict[str, Option]:
        """The options by id."""
        return {option.id: option for option in self.options}

    @property
    def right(self) -> tuple[Option, ...]:
        """The right options."""
        return tuple(option for option in self.options if option.id in self.accepted)


@dataclass(frozen=True, eq=False)
class Subject:
    """A decided case as a drill tells it, and what the court did."""

    case: Case
    source: Cite
    facts: Mapping[str, Value]
    """Those that can be told together."""
    text: str
    """What a clerk reads: the facts as prose, or a passage."""
    level: Level
    summary: str
    """What the court did, in a sentence or two."""

    @property
    def posture(self) -> Posture:
        """The facts of the case."""
        return Posture.of(self.facts)

    @property
    def without(self) -> frozenset[str]:
        """The precedents that are the case itself."""
        return self.case.without | ({self.case.id} if self.case.landmark else frozenset())


@dataclass(frozen=True, slots=True)
class Seed:
    """What is known of a drill before it is made."""

    id: str
    """Such as `predict/jones-v-smith`: the kind, a slash, and what it is made from."""
    drill: str
    subject: Subject

    @property
    def circuit(self) -> str:
        """The circuit of the forum."""
        return self.subject.case.circuit

    @property
    def level(self) -> Level:
        """How hard it is."""
        return self.subject.level


@dataclass(frozen=True, slots=True)
class Item(Seed):
    """One drill, ready to be put to a clerk."""

    parts: tuple[Part, ...]
    stepwise: bool = False
    """Whether each answer is marked before the next question, and not all at the end."""

    @property
    def text(self) -> str:
        """What a clerk reads before the questions."""
        return self.subject.text

    @property
    def fingerprint(self) -> str:
        """A digest of all that a clerk is asked and of what is right."""
        asked: list[object] = [self.id, self.text]
        for p in self.parts:
            options = [(o.id, o.label) for o in p.options]
            asked.append((p.id, p.asks, p.note, p.setting, sorted(p.accepted), options))
        return hashlib.sha256(repr(asked).encode()).hexdigest()[:16]


def fits_a_screen(text: str, parts: Iterable[Part]) -> bool:
    """Whether the text, and each question with its answers, has room on 80 by 24 cells."""
    for part in parts:
        read = "\n\n".join(filter(None, (text, part.setting)))
        asked = filter(None, (part.asks, part.note, *(o.label for o in part.options)))
        if max(_rows(read), _rows("\n".join(asked))) > ROWS:
            return False
    return True


def _rows(text: str) -> int:
    return sum(len(textwrap.wrap(line, WIDTH - 4)) or 1 for line in text.split("\n"))


def option_id(value: Value) -> str:
    """A value of a fact as the id of an option."""
    return str(value).lower() if isinstance(value, bool) else value


def case_of(id_: str) -> str:
    """The decided case from which the drill of an id is made."""
    return id_.split("/")[1].partition("@")[0]


def grouped(things: Iterable[Thing], of: Callable[[Thing], Key]) -> dict[Key, list[Thing]]:
    """The things by a key, in the order in which the keys first come."""
    groups: dict[Key, list[Thing]] = {}
    for thing in things:
        groups.setdefault(of(thing), []).append(thing)
    return groups


def shuffled(things: Sequence[Thing], key: str) -> list[Thing]:
    """The things in an order that depends on the key alone, alike on every machine."""
    seed = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    mixed = list(things)
    random.Random(seed).shuffle(mixed)  # noqa: S311 - an order of answers is no secret
    return mixed
