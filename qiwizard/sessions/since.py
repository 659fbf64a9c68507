"""What changed since a ruling was recorded: law as of that date beside the law of today.

Both are read from the present library by the one engine; the recorded outcome is only held
against what the library now says of the recorded day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from qiwizard.law.citation import cite_holding, full_citation
from qiwizard.law.forum import Authority, Law, events_touching, law_for, once_each
from qiwizard.law.library import Library
from qiwizard.law.precedent import LaterHistory, Treatment
from qiwizard.reasoning.forums import Column, Difference, compare, differences, own_forum
from qiwizard.reasoning.ruling import Finding, Ruling
from qiwizard.sessions.session import Session
from qiwizard.text import spell_date

MOST = 5
"""Authorities named of one kind."""
Treated: TypeAlias = tuple[Authority, LaterHistory]
"""An authority and what later history did to it in the meantime."""
_IDLE = frozenset({Treatment.NOTED, Treatment.FOLLOWED})
"""Treatments that do not affect whether an authority is good law."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """Data recorded in the file: its ruling, its date and its library version."""

    outcome: str
    strength: str
    as_of: date
    library: str


@dataclass(frozen=True, slots=True)
class Since:
    """The recorded ruling, the law of its day and of today, and what lies between."""

    recorded: Recorded
    then: Column
    """The ruling of the present library under the law of the recorded day."""
    now: Column
    differences: tuple[Difference, ...]
    entered: tuple[Authority, ...]
    """Authorities new since then that bear on a question answered otherwise today."""
    lost: tuple[Treated, ...]
    """Authorities that addressed such a question then, and no longer do."""
    doubted: tuple[Treated, ...]
    """Authorities for today's ruling whose later history did not end their force."""

    @property
    def library_changed(self) -> bool:
        """Whether the current library gives a different ruling for the recorded date."""
        said = self.recorded.outcome, self.recorded.strength
        return said != (self.then.ruling.outcome, self.then.ruling.strength.word)

    @property
    def adoptable(self) -> bool:
        """Whether today's ruling is any other than the one recorded, or of another day."""
        said = self.recorded.outcome, self.recorded.strength, self.recorded.as_of
        now = self.now.ruling
        return said != (now.outcome, now.strength.word, now.as_of)


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence on what changed, and the precedent it concerns, if there is one."""

    text: str
    precedent: str | None = None


def since(library: Library, session: Session, today: date) -> Since | None:
    """What changed between the recorded ruling of a session and today; None without one."""
    if session.recorded is None:
        return None
    filed = session.recorded["ruling"]
    posture, days = session.posture, (session.as_of, today)
    forums = (own_forum(library, posture, day) for day in days)
    then, now = compare(library, posture, forums).columns
    before, after = (law_for(library, posture, day) for day in days)
    bits = library.vocabulary.bits(posture.known)
    unlike = differences(library, then.ruling, now.ruling)
    spoke, speaks = _speaking(before, bits, unlike), _speaking(after, bits, unlike)
    leading = {a.holding.id for d in unlike if d.other for a in d.other.leading}
    return Since(
        recorded=Recorded(
            outcome=str(filed["outcome"]),
            strength=str(filed["strength"]),
            as_of=session.as_of,
            library=str(filed.get("library", "")),
        ),
        then=then,
        now=now,
        differences=unlike,
        entered=tuple(
            a
            for a in speaks.values()
            if a.holding.since > session.as_of and (a.rank.in_forum or a.holding.id in leading)
        ),
        lost=tuple(_losses((spoke[id_] for id_ in spoke if id_ not in speaks), after, bits)),
        doubted=tuple(_doubted(now.ruling, session.as_of, today)),
    )


def _speaking(law: Law, bits: int, unlike: Iterable[Difference]) -> dict[str, Authority]:
    """The holdings that apply to the posture on the questions given, the weightiest first."""
    applying = law.applying(bits)
    found = [p for d in unlike for p in applying.get(d.question.id, ())]
    return {p.holding.id: p for p in sorted(found, key=lambda p: -p.rank)}


def _losses(gone: Iterable[Authority], after: Law, bits: int) -> Iterator[Treated]:
    for authority in gone:
        ending = [
            event
            for event in events_touching(authority.holding, after.as_of)
            if event.treatment.ends_force and (event.when is None or event.when.met(bits))
        ]
        yield from ((authority, event) for event in ending[-1:])


def _doubted(now: Ruling, then: date, today: date) -> Iterator[Treated]:
    """Later history that took no force from the authorities on which the outcome rests."""
    leading = dict.fromkeys(p for f in now.decisive for p in f.leading)
    for authority in leading:
        for event in events_touching(authority.holding, today):
            telling = not event.treatment.ends_force and event.treatment not in _IDLE
            if telling and event.since > then:
                yield (authority, event)


def reasons(library: Library, changed: Since) -> tuple[Reason, ...]:
    """What changed, sentence by sentence, after how the outcome fares today; empty if nothing."""
    told = (
        *_of_the_library(library, changed),
        *_of_the_answers(changed),
        *_of_the_authorities(changed),
    )
    return (Reason(_opening(library, changed)), *told) if told else ()


def _opening(library: Library, changed: Since) -> str:
    recorded, now = changed.recorded, changed.now.ruling
    same = recorded.outcome == now.outcome
    return (
        f"The ruling recorded under the law of {spell_date(recorded.as_of)} was "
        f"{library.outcomes[recorded.outcome].label}, {recorded.strength}; the law of "
        f"{spell_date(now.as_of)} leads to {'the same outcome' if same else 'another outcome'}: "
        f"{library.outcomes[now.outcome].label}, {now.strength.word}."
    )


def _of_the_library(library: Library, changed: Since) -> Iterator[Reason]:
    if not changed.library_changed:
        return
    recorded, then = changed.recorded, changed.then.ruling
    made, present = recorded.library, library.about.version
    versions = f" ({made}, now {present})" if made and made != present else ""
    yield Reason(
        f"The library itself has changed{versions}: for {spell_date(recorded.as_of)} it now says "
        f"{library.outcomes[then.outcome].label}, {then.strength.word}; the file says "
        f"{library.outcomes[recorded.outcome].label}, {recorded.strength}."
    )


def _of_the_answers(changed: Since) -> Iterator[Reason]:
    day = spell_date(changed.then.ruling.as_of)
    for difference in changed.differences:
        question = difference.question
        then = _said(difference.one, changed.then.absence(question.id))
        now = _said(difference.other, changed.now.absence(question.id))
        yield Reason(f"{question.asks} On {day}: {then} Today: {now}")


def _said(finding: Finding | None, absence: str) -> str:
    """An answer with how sure it is and its first authority, if it has one."""
    if finding is None:
        return absence
    lead = f"; {cite_holding(finding.leading[0].holding)}" if finding.leading else ""
    return f"{finding.conclusion.rstrip('.')} ({finding.strength.word}{lead})."


def _of_the_authorities(changed: Since) -> Iterator[Reason]:
    for authority in once_each(changed.entered)[:MOST]:
        text = f"New: {_dated(authority)}. {authority.holding.says}"
        yield Reason(text, authority.holding.precedent.id)
    for word, group in (("Lost force", changed.lost), ("Later history", changed.doubted)):
        once: dict[tuple[str, str], Treated] = {}
        for authority, event in group:
            key = authority.holding.precedent.id, event.note
            once.setdefault(key, (authority, event))
        for authority, event in list(once.values())[:MOST]:
            cited = full_citation(authority.holding.precedent)
            when = f"{event.treatment.value} on {spell_date(event.since)}"
            text = f"{word}: {cited}, {when}. {event.note}"
            yield Reason(text, authority.holding.precedent.id)


def _dated(authority: Authority) -> str:
    """The citation of a holding; with the first day it is good where that is not told by it."""
    holding = authority.holding
    cited = cite_holding(holding)
    precedent = holding.precedent
    reported_earlier = holding.since < precedent.decided
    if not precedent.source.rule and not reported_earlier:
        return cited
    precision = "day" if reported_earlier else precedent.precision
    return f"{cited}, good since {spell_date(holding.since, precision)}"
