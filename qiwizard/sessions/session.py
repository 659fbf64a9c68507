"""A session: one case under interview, from first answer to export. A frozen value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from qiwizard.law.facts import CIRCUIT, COURT, FORUM, MOTION, QI_ASSERTED, Value
from qiwizard.law.posture import Posture

if TYPE_CHECKING:
    from qiwizard.law.facts import DefenseState
    from qiwizard.law.library import Library

DEFENSE, MOTION_KIND = "defense", "motion_kind"
FORUM_QUESTION = "forum"
"""The questions that answer several facts; every other has the name of its one fact."""
_EMPTY: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SetAside:
    """An answer that a change of another one displaced, or its record cite; comes back with it."""

    under: tuple[str, Value | None]
    """The fact, and its answer, under which it was given: its own for a record cite."""
    fact: str
    value: Value | None
    """None for Unknown."""
    source: str = ""
    """Where the record states it; belongs to this answer alone."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What the case is called: free text of the user's own."""

    caption: str = ""
    docket: str = ""
    notes: str = ""
    other: Mapping[str, Any] = field(default_factory=lambda: _EMPTY)
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
    aside: tuple[SetAside, ...] = ()
    """Answers displaced by a change of another one."""
    recorded: Mapping[str, Any] | None = None
    """The computed part of the file this session was opened from, until a new ruling is adopted."""
    draft: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    """By field (`caption`, `source.motion`): what was typed there and not confirmed yet."""
    other: Mapping[str, Any] = field(default_factory=lambda: _EMPTY)
    """The `[session]` table it came from: further keys are carried along unread."""

    @classmethod
    def new(cls, today: date, now: datetime | None = None) -> Session:
        """An empty session under the law of a day."""
        stamp = (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
        return cls(as_of=today, created=stamp)

    def answering(self, library: Library, name: str, value: Value | None) -> Session:
        """The session with one fact answered; None stands for Unknown.

        A court answers the circuit too. A court outside a new circuit is set aside with its
        record cite, and comes back with its circuit.
        """
        changed = self
        if name == COURT and value is not None:
            circuit = library.courts.circuit_of(str(value))
            changed = changed._displacing({COURT}, {COURT: value}, CIRCUIT)
            changed = changed._stating(CIRCUIT, circuit)._stating(COURT, value)
        elif name == CIRCUIT and value != self.posture.get(CIRCUIT):
            if self.posture.get(COURT) is not None:
                changed = changed._displacing({COURT}, {}, CIRCUIT)
            changed = changed._stating(CIRCUIT, value)._restoring(CIRCUIT)
        else:
            changed = changed._stating(name, value)
        return changed._after(name)

    def stating_forum(self, library: Library, circuit: str | None, court: str | None) -> Session:
        """The session with its forum answered: a district, or a circuit with the district open.

        Back in an earlier circuit, the district named there before is the answer again.
        """
        if court is not None:
            return self.answering(library, COURT, court)
        changed = self.answering(library, CIRCUIT, circuit)
        known = changed.posture.get(COURT) is not None
        if known and circuit != self.posture.get(CIRCUIT):
            return changed
        changed = changed._displacing({COURT}, {}, CIRCUIT, remember=False)
        return changed._stating(COURT, None)._after(CIRCUIT)

    def stating_defense(self, library: Library, state: DefenseState | None) -> Session:
        """The session with the state of the defense answered, which states several facts.

        None stands for Unknown. Answers given under the earlier state alone are set aside, and
        come back with it.
        """
        states = [set(s.facts) for s in library.vocabulary.states]
        asserted = [set(s.facts) for s in library.vocabulary.states if s.facts.get(QI_ASSERTED)]
        always = set.intersection(*states)
        claimed = set.intersection(*asserted) - always
        facts = {} if state is None else dict(state.facts)
        changed = self._displacing(set.union(*states) - claimed - always, facts, MOTION)
        changed = changed._displacing(claimed, facts, QI_ASSERTED)
        changed = changed._displacing(always, facts, MOTION, remember=False)
        for name, value in facts.items():
            changed = changed._stating(name, value)
        if state is None:
            changed = changed._stating(MOTION, None)
        return changed._restoring(MOTION)._restoring(QI_ASSERTED)._after(MOTION)

    def _stating(self, name: str, value: Value | None) -> Session:
        """The session with one answer, and the record cite that was set aside with it."""
        changed = self if self.posture.get(name) == value else self._parting(name)
        posture = changed.posture
        posture = posture.leaving_open(name) if value is None else posture.stating(name, value)
        own = ((name, value), name)
        notes = (a.source for a in changed.aside if (a.under, a.fact) == own)
        changed = replace(changed, posture=posture)
        note = "" if name in changed.sources else next(notes, "")
        return changed.sourcing(name, note) if note else changed

    def _parting(self, name: str) -> Session:
        """The session with the record cite of an answer set aside: no other answer has it."""
        if not self.posture.asked(name):
            return self
        value = self.posture.get(name)
        place, source = (name, value), self.sources.get(name, "")
        aside = tuple(a for a in self.aside if (a.under, a.fact) != (place, name))
        if source:
            aside = (*aside, SetAside(place, name, value, source))
        return replace(self.sourcing(name, ""), aside=aside)

    def _displacing(
        self, names: Iterable[str], kept: Mapping[str, Value], under: str, *, remember: bool = True
    ) -> Session:
        """The session without some answers, set aside under others; those of `kept` stay."""
        key, changed = (under, self.posture.get(under)), self
        for name in names:
            value = self.posture.get(name)
            if not self.posture.asked(name) or name == under:
                continue
            if remember:
                others = (a for a in changed.aside if (a.under, a.fact) != (key, name))
                changed = replace(changed, aside=(*others, SetAside(key, name, value)))
            if kept.get(name) != value:
                changed = changed._forgetting(name)
        return changed

    def _restoring(self, under: str) -> Session:
        """The session with the answers that were set aside under its present ones."""
        key = (under, self.posture.get(under))
        changed = self
        for one in self.aside:
            if one.under == key and changed.posture.get(one.fact) is None:
                changed = changed._stating(one.fact, one.value)
        return changed

    def _after(self, name: str) -> Session:
        """The session whose last answer was this one."""
        asked = self.posture.asked
        trail = (*(n for n in self.trail if n != name and asked(n)), name)
        return replace(self, trail=trail, recorded=None)

    def clearing(self, *names: str) -> Session:
        """The session with facts not asked; what the record says of them is set aside."""
        changed = self
        for name in names:
            changed = changed._forgetting(name)
        trail = tuple(n for n in self.trail if n not in names)
        return replace(changed, trail=trail, recorded=None)

    def _forgetting(self, name: str) -> Session:
        parted = self._parting(name)
        return replace(parted, posture=parted.posture.forgetting(name))

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


def trail(session: Session) -> tuple[str, ...]:
    """The questions answered, in the order of the answers, each once."""
    ids = (question_of(session.posture, name) for name in session.trail)
    return tuple(dict.fromkeys(ids))


def question_of(posture: Posture, name: str) -> str:
    """The id of the question that answers a fact on a posture."""
    if name in FORUM:
        return FORUM_QUESTION
    stated = name == MOTION_KIND and posture.get(MOTION) == "pending"
    return DEFENSE if stated or name in (QI_ASSERTED, MOTION) else name


def defense_state(library: Library, posture: Posture) -> DefenseState | None:
    """The state of the defense that a posture describes."""
    return next((s for s in library.vocabulary.states if _describes(s, posture)), None)


def _describes(state: DefenseState, posture: Posture) -> bool:
    """Whether a posture is in a state; what the motion implies need not be stated."""
    known = {QI_ASSERTED: posture.get(MOTION) != "none", **posture.known}
    return all(
        known.get(name, value if question_of(posture, name) != DEFENSE else None) == value
        for name, value in state.facts.items()
    )
