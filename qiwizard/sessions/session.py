"""A session: one case under interview, from first answer to export. A frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from qiwizard.law.facts import Value
from qiwizard.law.posture import Posture

if TYPE_CHECKING:
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
class Aside:
    """What a change of answer took away, kept in case the change is undone."""

    fact: str
    value: Value | None
    """The answer, which is given no more; None for "not stated"."""
    source: str
    """Where the record says so: it belongs to this answer, and to no other."""
    whole: bool = False
    """Whether the answer returns by itself, as a court does with its circuit."""


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
    aside: tuple[Aside, ...] = ()
    """What changes took away, the latest last."""

    @classmethod
    def new(cls, today: date, now: datetime | None = None) -> Session:
        """An empty session under the law of a day."""
        stamp = (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
        return cls(as_of=today, created=stamp)

    def answering(self, library: Library, name: str, value: Value | None) -> Session:
        """The session with one fact answered; None stands for "not stated".

        Of a circuit and a court outside it, the one answered last stays and the other is set
        aside. What was set aside with an answer returns with it.
        """
        before, other = self, _FORUM.get(name)
        if self.posture.asked(name) and self.posture.get(name) != value:
            before = self._setting_aside(name)
        posture = (
            before.posture.leaving_open(name)
            if value is None
            else before.posture.stating(name, value)
        )
        after = replace(before, posture=posture, recorded=None)
        if other is not None:
            if not _court_fits(library, posture):
                after = after._setting_aside(other, whole=True)
            after = after._restoring(library, other)
        after = after._restoring_source(name)
        trail = (n for n in dict.fromkeys((*self.trail, other)) if n and after.posture.asked(n))
        return replace(after, trail=(*(n for n in trail if n != name), name))

    def clearing(self, name: str) -> Session:
        """The session with one fact not asked; what the record says of it is set aside."""
        trail = tuple(n for n in self.trail if n != name)
        without = self._setting_aside(name)
        return replace(without, posture=self.posture.forgetting(name), trail=trail, recorded=None)

    def sourcing(self, name: str, text: str) -> Session:
        """The session with a note of where the record states a fact; empty text removes it."""
        sources = {key: note for key, note in self.sources.items() if key != name}
        if text.strip():
            sources[name] = text
        return replace(self, sources=MappingProxyType(sources))

    def _setting_aside(self, name: str, *, whole: bool = False) -> Session:
        """The session without the source of an answer, or the whole answer, which may return."""
        source = self.sources.get(name, "")
        if not (source or whole):
            return self
        gone = Aside(name, self.posture.get(name), source, whole=whole)
        kept = (a for a in self.aside if (a.fact, a.value) != (gone.fact, gone.value))
        posture = self.posture.forgetting(name) if whole else self.posture
        return replace(self.sourcing(name, ""), posture=posture, aside=(*kept, gone))

    def _restoring(self, library: Library, name: str) -> Session:
        """The session with an answer that was set aside whole, if it fits now."""
        for gone in reversed(self.aside):
            if gone.fact != name or not gone.whole or self.posture.asked(name):
                continue
            posture = (
                self.posture.leaving_open(name)
                if gone.value is None
                else self.posture.stating(name, gone.value)
            )
            if _court_fits(library, posture):
                return replace(self, posture=posture)._restoring_source(name)
        return self

    def _restoring_source(self, name: str) -> Session:
        """The session with the source that was set aside with the present answer, if any."""
        value = self.posture.get(name)
        found = next((a for a in self.aside if (a.fact, a.value) == (name, value)), None)
        if found is None:
            return self
        left = replace(self, aside=tuple(a for a in self.aside if a is not found))
        return left if name in self.sources else left.sourcing(name, found.source)

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
