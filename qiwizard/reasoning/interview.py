"""The interview: which facts can still matter, in what order, and what hangs on each.

Everything here is computed from the holdings; no list of questions is kept by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from qiwizard.law.forum import Placed, law_for
from qiwizard.law.library import FORUM, Library
from qiwizard.law.posture import Posture
from qiwizard.reasoning.prospect import Prospect, prospect_of, prospects_of

LOOK_AHEAD = 2
"""How many questions ahead every answer is tried, to say how many are left at the least."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is left to ask of a posture."""

    left: tuple[str, ...]
    """Facts that can still matter and were not asked, in the order of the interview."""
    at_least: int
    """How many questions there are at the least, as far as the look ahead shows."""
    idle: frozenset[str]
    """Facts that are told and have no effect as things stand."""
    outcomes: frozenset[str]
    """Outcomes that can still be reached."""

    @property
    def at_most(self) -> int:
        """How many questions there can be at most."""
        return len(self.left)

    @property
    def next(self) -> str | None:
        """The fact to ask next."""
        return self.left[0] if self.left else None


@lru_cache(maxsize=64)
def agenda(library: Library, posture: Posture, as_of: date) -> Agenda:
    """What can still matter: the forum first, then the facts in the order of the interview.

    It is remembered for the postures last seen, as stepping back and forth meets them again.
    """
    prospect = prospect_of(library, posture, as_of)
    return Agenda(
        left=_left(library, posture, prospect),
        at_least=_at_least(library, posture, prospect),
        idle=idle_facts(library, posture, as_of),
        outcomes=prospect.outcomes,
    )


def facts_left(library: Library, posture: Posture, as_of: date) -> tuple[str, ...]:
    """The facts not yet asked that can still matter, in the order of the interview."""
    return _left(library, posture, prospect_of(library, posture, as_of))


def _left(library: Library, posture: Posture, prospect: Prospect) -> tuple[str, ...]:
    names = set(prospect.facts)
    names.update(name for name in FORUM if _forum_matters(library, posture, name))
    return library.vocabulary.in_order(name for name in names if not posture.asked(name))


def _forum_matters(library: Library, posture: Posture, name: str) -> bool:
    """The circuit always matters; the district where some district of the circuit speaks."""
    if name == "circuit":
        return posture.get("court") is None
    circuit = posture.get("circuit")
    return circuit is not None and str(circuit) in _circuits_with_districts(library)


@lru_cache(maxsize=8)
def _circuits_with_districts(library: Library) -> frozenset[str]:
    return frozenset(
        circuit
        for precedent in library.precedents.values()
        for court in precedent.courts
        if court in library.courts.districts
        and (circuit := library.courts.circuit_of(court)) is not None
    )


def _at_least(library: Library, posture: Posture, prospect: Prospect) -> int:
    """A number of questions that no way through what is left falls short of.

    Before the forum is known only its own questions are sure; after that the next few
    questions are looked through with every answer, not stating it among them.
    """
    forum = [n for n in FORUM if n in _left(library, posture, prospect)]
    return len(forum) or _fewest(library, prospect, LOOK_AHEAD)


def _fewest(library: Library, prospect: Prospect, ahead: int) -> int:
    left = library.vocabulary.in_order(prospect.facts)
    if not left or not ahead:
        return len(left[:1])
    ways = (*library.vocabulary.by_name[left[0]].values, None)
    return 1 + min(_fewest(library, prospect.telling(left[0], w), ahead - 1) for w in ways)


@lru_cache(maxsize=64)
def idle_facts(library: Library, posture: Posture, as_of: date) -> frozenset[str]:
    """The known facts on which nothing turns, the others being as they are."""
    prospects = prospects_of(law_for(library, posture, as_of))
    prospect = prospect_of(library, posture, as_of)
    return frozenset(
        name
        for name in posture.known
        if name not in FORUM and name not in prospects.forgetting(name, posture, prospect).facts
    )


@dataclass(frozen=True, slots=True)
class Stake:
    """Why a fact is asked: the holdings that wait for it and what they would answer."""

    question: str
    holdings: tuple[Placed, ...]


def stakes(library: Library, posture: Posture, name: str, as_of: date) -> tuple[Stake, ...]:
    """The holdings that turn on a fact, question by question, the weightiest first.

    Only holdings that no known fact excludes, on questions that can still arise.
    """
    prospect = prospect_of(library, posture.forgetting(name), as_of)
    known = posture.forgetting(name).known
    bits = library.vocabulary.bits(known)
    found = []
    for question in library.questions:
        turning_on_it = prospect.turning.get(question.id)
        if turning_on_it is None or name not in turning_on_it.facts:
            continue
        turning = tuple(
            p
            for p in prospect.law.on(question.id)
            if _turns_on(p, name) and _possible(p, known) and p.within_limits(bits)
        )
        if turning:
            found.append(Stake(question.id, turning))
    return tuple(found)


def _turns_on(placed: Placed, name: str) -> bool:
    return name in placed.holding.when.facts or any(name in c.facts for c in placed.limits)


def _possible(placed: Placed, known: Mapping[str, object]) -> bool:
    return all(
        known.get(name, None) is None or known[name] in values
        for name, values in placed.holding.when.facts.items()
    )
