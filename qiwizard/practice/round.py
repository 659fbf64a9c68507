"""A round of drills as a frozen value: where the clerk is, what was answered, what comes next."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from qiwizard.law.library import Library
from qiwizard.practice.drills import make
from qiwizard.practice.items import Item, Part
from qiwizard.practice.progress import PLACEMENT, PRACTICE, SET, Answered, answered


@dataclass(frozen=True, slots=True)
class Round:
    """Some drills in a row. `given` holds the answers to the questions of the current one."""

    items: tuple[str, ...]
    mode: str = PRACTICE
    number: int = 0
    """Which placement it is; otherwise 0."""
    at: int = 0
    given: tuple[str, ...] = ()
    done: tuple[Answered, ...] = field(default=())
    """The answers to all drills that are behind."""

    @property
    def over(self) -> bool:
        """Whether no drill is left."""
        return self.at >= len(self.items)

    @property
    def told(self) -> bool:
        """Whether answers are argued at once, and not only at the end."""
        return self.mode != PLACEMENT

    def item(self, library: Library) -> Item:
        """The current drill."""
        return make(library, self.items[self.at])

    def part(self, library: Library) -> Part | None:
        """The question to be answered next; None once all of the drill are."""
        parts = self.item(library).parts
        return parts[len(self.given)] if len(self.given) < len(parts) else None

    def answering(self, option: str) -> Round:
        """The round with the current question answered."""
        return replace(self, given=(*self.given, option))

    def taking_back(self) -> Round:
        """The round at the question before."""
        return replace(self, given=self.given[:-1])

    def marked(self, library: Library, now: datetime) -> tuple[Answered, ...]:
        """The answers to the current drill, marked."""
        item = self.item(library)
        pairs = zip(item.parts, self.given, strict=False)
        return tuple(answered(item, p, g, now, self.mode, self.number) for p, g in pairs)

    def advancing(self, library: Library, now: datetime) -> Round:
        """The round at its next drill."""
        done = (*self.done, *self.marked(library, now))
        return replace(self, at=self.at + 1, given=(), done=done)


def left_words(round_: Round) -> str:
    """Where a round that is left now is gone on with, as a sentence; empty if nothing is begun."""
    if round_.over or not (round_.given or (round_.mode != PRACTICE and round_.done)):
        return ""
    at = f"drill {round_.at + 1} of {len(round_.items)}, question {len(round_.given) + 1}"
    if round_.mode == SET:
        return f"The answers are kept: the same set with the same results goes on at {at}."
    if round_.mode == PLACEMENT:
        return (
            "The answers are kept; a placement counts once all its drills are done. "
            f"Practice offers to go on at {at}."
        )
    return "The answers are kept: practice offers to go on with this drill."
