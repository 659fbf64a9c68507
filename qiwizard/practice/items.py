"""What a drill puts before a clerk, and how each answer is argued. Frozen values only."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from qiwizard.reasoning.canons import Strength

UNSTATED = "not_stated"
"""The option that a fact is not stated; it takes the number 0, as in the interview."""

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Cite:
    """A source: what it opens in the library, how it is cited, what it says."""

    id: str
    """The precedent or decided order."""
    text: str
    """The citation with its pin, and its weight in the forum where that is known."""
    says: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One step of an argument, with the sources it rests on."""

    text: str
    cites: tuple[Cite, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One answer on offer, with the argument for or against it."""

    id: str
    label: str
    why: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One question of a drill, answered by one option."""

    id: str
    doctrine: str
    """What it trains: the id of a doctrine."""
    asks: str
    options: tuple[Option, ...]
    accepted: frozenset[str]
    """The options that are right; more than one only where `note` says that this can be."""
    argument: tuple[Point, ...]
    """What is shown after either answer, right or wrong."""
    note: str = ""
    """What the clerk is told with the question."""
    setting: str = ""
    """A text that stands before this question and not before the others."""
    words: tuple[Cite, ...] = ()
    """The court's own words on it, shown before or after the question."""

    def number(self, option: Option) -> int:
        """The number under which an option is offered."""
        return 0 if option.id == UNSTATED else self.options.index(option) + 1

    def numbered(self, number: int) -> Option | None:
        """The option offered under a number, if there is one."""
        return next((option for option in self.options if self.number(option) == number), None)

    def option(self, id_: str) -> Option | None:
        """The option of an id, if there is one."""
        return next((option for option in self.options if option.id == id_), None)


@dataclass(frozen=True, slots=True)
class Item:
    """One drill, ready to be put to a clerk."""

    id: str
    """Such as `predict/jones-v-smith`: the drill, a slash, and what it is made from."""
    drill: str
    circuit: str
    level: Strength
    """How sure the law is: settled is the easiest, contested the hardest."""
    text: str
    """The facts as prose."""
    parts: tuple[Part, ...]
    source: Cite
    """The order from which it is made."""
    stepwise: bool = False
    """Whether each answer is marked before the next question, and not all at the end."""

    @property
    def doctrine(self) -> str:
        """The doctrine that it trains above all."""
        return self.parts[0].doctrine

    @property
    def fingerprint(self) -> str:
        """A digest of all that a clerk is asked and of what is right."""
        asked = [
            (
                p.id,
                p.asks,
                p.note,
                p.setting,
                sorted(p.accepted),
                [(o.id, o.label) for o in p.options],
            )
            for p in self.parts
        ]
        return hashlib.sha256(repr((self.id, self.text, asked)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Seed:
    """What is known of a drill before it is made."""

    id: str
    drill: str
    circuit: str
    level: Strength
    about: str = ""
    """What several drills of the kind have in common, so that they do not come in a row."""


def case_of(id_: str) -> str:
    """The decided case from which the drill of an id is made."""
    return id_.split("/")[1].partition("@")[0]


def shuffled(things: Sequence[Thing], key: str) -> list[Thing]:
    """The things in an order that depends on the key alone, alike on every machine."""
    seed = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    mixed = list(things)
    random.Random(seed).shuffle(mixed)  # noqa: S311 - an order of answers is no secret
    return mixed
