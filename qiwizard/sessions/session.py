"""A session: one case under interview, from first answer to export. A frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from qiwizard.law.facts import Value
from qiwizard.law.posture import Posture
from qiwizard.reasoning.ruling import MOTION

if TYPE_CHECKING:
    from qiwizard.law.facts import DefenseState
    from qiwizard.law.library import Library

_EMPTY: Mapping[str, str] = MappingProxyType({})
_NOTHING_ELSE: Mapping[str, Any] = MappingProxyType({})
_FORUM: Mapping[str, str] = MappingProxyType({"circuit": "court", "court": "circuit"})
"""The two facts that must fit one another."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What the case is called: free text of the user's own."""

    caption: str = ""
    docket: str = ""
    notes: str = ""
    other: Mapping[str, Any] = field(default_factory=lambda: _NOTHING_ELSE)
    """Further keys of the file it came from, carried along unread."""


@dataclass(frozen=True, slots=True)
class Session:
    """The answers given so far, where the record says so, and the day whose law is asked."""

    as_of: date
    created: datetime
    posture: Posture = field(default_factory=Posture)
    sources: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    """By fact: where the record says so, such as `Doc. 38 at 2`."""
    matter: Matter = field(default_factory=Matter)
    trail: tuple[str, ...] = ()
    """The facts in the order in which they were answered, for stepping back."""
    recorded: Mapping[str, Any] | None = None
    """The computed part of the file this session was opened from, until it is adopted anew."""
    draft: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    """By field (`caption`, `source.motion`): what was typed there and not confirmed yet."""
    other: Mapping[str, Any] = field(default_factory=lambda: _NOTHING_ELSE)
    """The `[session]` table it came from: further keys are carried along unread."""

    @classmethod
    def new(cls, today: date, now: datetime | None = None) -> Session:
        """An empty session under the law of a day."""
        stamp = (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
        return cls(as_of=today, created=stamp)

    def answering(self, library: Library, name: str, value: Value | None) -> Session:
        """The session with one fact answered; None stands for Unknown.

        Of a circuit and a court outside it, the one answered last stays and the other falls away.
        """
        posture = (
            self.posture.leaving_open(name) if value is None else self.posture.stating(name, value)
        )
        if name in _FORUM and not _court_fits(library, posture):
            posture = posture.forgetting(_FORUM[name])
        trail = (*(n for n in self.trail if n != name and posture.asked(n)), name)
        return replace(self, posture=posture, trail=trail, recorded=None)

    def stating_defense(self, library: Library, state: DefenseState | None) -> Session:
        """The session with the state of the defense answered, which states several facts.

        None stands for Unknown. Facts of an earlier state that the new one does not state are
        forgotten.
        """
        names = {name for s in library.vocabulary.states for name in s.facts}
        posture = self.posture
        for name in names:
            posture = posture.forgetting(name)
        if state is None:
            posture = posture.leaving_open(MOTION)
        else:
            for name, value in state.facts.items():
                posture = posture.stating(name, value)
        trail = (*(n for n in self.trail if n != MOTION and posture.asked(n)), MOTION)
        return replace(self, posture=posture, trail=trail, recorded=None)

    def clearing(self, name: str) -> Session:
        """The session with one fact not asked; what the record says of it is kept."""
        trail = tuple(n for n in self.trail if n != name)
        return replace(self, posture=self.posture.forgetting(name), trail=trail, recorded=None)

    def sourcing(self, name: str, text: str) -> Session:
        """The session with a note of where the record states a fact; empty text removes it."""
        sources = {key: note for key, note in self.sources.items() if key != name}
        if text.strip():
            sources[name] = text
        return replace(self, sources=MappingProxyType(sources))

    def naming(self, matter: Matter) -> Session:
        """The session with another caption, docket or notes."""
        return replace(self, matter=matter)

    def drafting(self, texts: Mapping[str, str | None]) -> Session:
        """The session with what is typed in some fields; None for what is confirmed or given up."""
        draft = {name: text for name, text in {**self.draft, **texts}.items() if text is not None}
        return self if draft == self.draft else replace(self, draft=MappingProxyType(draft))

    def adopting(self, as_of: date) -> Session:
        """The session under the law of another day, its recorded ruling given up."""
        return replace(self, as_of=as_of, recorded=None)


def _court_fits(library: Library, posture: Posture) -> bool:
    court, circuit = posture.get("court"), posture.get("circuit")
    if court is None or circuit is None:
        return True
    return library.courts.circuit_of(str(court)) == circuit
