"""Real authorities that do not apply, each with the reason why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qiwizard.law.citation import spell_date
from qiwizard.law.condition import Condition
from qiwizard.law.forum import Law, Placed, events_touching, rank_in_forum
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.law.precedent import Holding, LaterHistory
from qiwizard.practice.argue import cite_holding_as
from qiwizard.practice.items import Point
from qiwizard.reasoning.ruling import Finding

NOT_YET, OVERRULED, UNMET, ELSEWHERE = "not yet decided", "no longer law", "condition", "elsewhere"


@dataclass(frozen=True, slots=True)
class Astray:
    """An authority on the question that neither controls it here nor is contrary."""

    holding: Holding
    reason: str
    point: Point


def has_aged(library: Library, posture: Posture, question: str = "") -> bool:
    """Whether some authority, on any question or on one, has lost its force on such facts."""
    bits = library.vocabulary.bits(posture.known)
    return any(
        event.treatment.ends_force
        and holding.speaks_to(bits)
        and (event.when is None or event.when.met(bits))
        for holding in library.holdings
        if question in ("", holding.question)
        for event in holding.precedent.history
        if event.touches(holding.key)
    )


def astray(library: Library, law: Law, posture: Posture, finding: Finding) -> Iterator[Astray]:
    """The authorities on a question that do not control it in a forum on a day, and why not."""
    placed = {p.holding.id: p for p in law.on(finding.question.id)}
    speaking = {p.holding.id for p in (*finding.authority_for, *finding.authority_against)}
    bits = library.vocabulary.bits(posture.known)
    for holding in library.holdings:
        if holding.question != finding.question.id or not holding.grounded:
            continue
        here = placed.get(holding.id)
        if holding.id in speaking:
            if here is not None and here in finding.weighing.supporting:
                yield from _outside(holding, here)
        elif here is None or not here.applies(bits):
            yield from _silent(library, law, posture, holding)


def _outside(holding: Holding, here: Placed) -> Iterator[Astray]:
    """One that agrees from another circuit: it persuades and does not control."""
    if not here.rank.in_forum:
        text = "It agrees, but comes from outside this circuit: it persuades, and controls nothing."
        yield Astray(holding, ELSEWHERE, Point(text, (cite_holding_as(holding, "persuasive"),)))


def _silent(library: Library, law: Law, posture: Posture, holding: Holding) -> Iterator[Astray]:
    """One that does not speak to these facts on that day."""
    cite = (cite_holding_as(holding),)
    if holding.since > law.as_of:
        when = spell_date(holding.precedent.decided, holding.precedent.precision)
        if _near(law, holding):
            yield Astray(holding, NOT_YET, Point(f"It was not yet decided: it is of {when}.", cite))
        return
    ended = _ended(library, law, posture, holding)
    if ended is not None:
        note = f"By that day it had lost its force on such facts: {ended.note}"
        by = library.precedents.get(ended.by or "")
        also = library.holdings_of(by)[:1] if by else ()
        yield Astray(holding, OVERRULED, Point(note, (*cite, *(cite_holding_as(h) for h in also))))
        return
    inside = rank_in_forum(holding.precedent, law.circuit, law.court)
    if inside is None:
        text = "It is a local rule, and no authority outside the districts that made it."
        yield Astray(holding, ELSEWHERE, Point(text, cite))
        return
    unmet = _unmet(library, posture, holding.when)
    if not unmet and holding.excepts(library.vocabulary.bits(posture.known)):
        unmet = "What it excepts is the case here."
    if unmet:
        where = "" if inside.in_forum else " It is also from elsewhere."
        yield Astray(holding, UNMET, Point(f"Its condition is not met. {unmet}{where}", cite))


def _near(law: Law, holding: Holding) -> bool:
    """Whether it would be authority of the forum, so that its date is the one thing against it."""
    rank = rank_in_forum(holding.precedent, law.circuit, law.court)
    return rank is not None and rank.in_forum


def _ended(library: Library, law: Law, posture: Posture, holding: Holding) -> LaterHistory | None:
    """The event that took its force, on these facts, by that day."""
    bits = library.vocabulary.bits(posture.known)
    events = [e for e in events_touching(holding, law.as_of) if e.treatment.ends_force]
    return next((e for e in events if e.when is None or e.when.met(bits)), None)


def _unmet(library: Library, posture: Posture, when: Condition) -> str:
    """The first fact on which it waits and which the posture states otherwise.

    One that waits only for facts not stated is left aside: the text might hint at them.
    """
    for name in library.vocabulary.in_order(when.facts):
        given = posture.get(name)
        if given is not None and given not in when.facts[name]:
            fact = library.vocabulary.by_name[name]
            wanted = " or ".join(f"“{fact.label(v)}”" for v in fact.values if v in when.facts[name])
            return f"It speaks on {fact.short}: {wanted}; here “{fact.label(given)}”."
    return ""
