"""The posture of a case: facts known, and facts asked but not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from qiwizard.law.facts import Value


@dataclass(frozen=True, slots=True)
class Posture:
    """A frozen set of facts, each known, open (asked and not known), or not asked.

    None of the three turns into another by itself: only `stating`, `leaving_open` and
    `forgetting` move a fact, and each gives a new posture.
    """

    known: Mapping[str, Value] = field(default_factory=dict)
    open: frozenset[str] = frozenset()

    @classmethod
    def of(cls, known: Mapping[str, Value], still_open: Iterable[str] = ()) -> Posture:
        """A posture with its own copy of the facts; a known fact is not open too."""
        facts = MappingProxyType(dict(known))
        return cls(facts, frozenset(still_open).difference(facts))

    def get(self, name: str) -> Value | None:
        """The value of a known fact, or None."""
        return self.known.get(name)

    def asked(self, name: str) -> bool:
        """Whether the fact has been answered, even with "unknown"."""
        return name in self.known or name in self.open

    def stating(self, name: str, value: Value) -> Posture:
        """The same posture with one fact known."""
        return Posture.of({**self.known, name: value}, self.open - {name})

    def leaving_open(self, name: str) -> Posture:
        """The same posture with one fact asked and not known."""
        return Posture.of(self._without(name), self.open | {name})

    def forgetting(self, name: str) -> Posture:
        """The same posture with one fact not asked."""
        return Posture.of(self._without(name), self.open - {name})

    def _without(self, name: str) -> dict[str, Value]:
        return {key: value for key, value in self.known.items() if key != name}

    def __hash__(self) -> int:
        return hash((frozenset(self.known.items()), self.open))
