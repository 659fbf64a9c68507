"""The law of one forum on one day: which holdings are in force there and what they weigh."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property, lru_cache

from qiwizard.law.condition import Condition
from qiwizard.law.courts import SUPREME_COURT
from qiwizard.law.doctrine import Question
from qiwizard.law.effects import effects_of
from qiwizard.law.index import Index
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.law.precedent import Holding, Kind, LaterHistory, Precedent


class Rank(IntEnum):
    """The weight of an authority in a forum, from lowest to highest (*lex superior*)."""

    ELSEWHERE = 1
    SISTER_CIRCUIT = 2
    DISCRETION = 3
    """A word of the Supreme Court or a federal rule that leaves the matter to the judge: it yields
    to whatever authority of the forum says how it is answered there."""
    CIRCUIT_DISTRICT = 4
    CIRCUIT_DISCRETION = 5
    """The same from the circuit or the district itself. It yields to what they say outright; how
    judges of another district use their discretion does not bind here."""
    OWN_DISTRICT = 6
    OWN_CIRCUIT_UNPUBLISHED = 7
    OWN_CIRCUIT = 8
    SUPREME = 9

    @property
    def in_forum(self) -> bool:
        """Whether it is authority of the forum and not only heard there."""
        return self > Rank.SISTER_CIRCUIT

    @property
    def leaves_to_judge(self) -> bool:
        """Whether it is the rank of authority that decides nothing outright."""
        return self in (Rank.DISCRETION, Rank.CIRCUIT_DISCRETION)

    @property
    def if_discretion(self) -> Rank:
        """What is left of this rank where a holding only leaves the matter to the judge."""
        return Rank.DISCRETION if self is Rank.SUPREME else min(self, Rank.CIRCUIT_DISCRETION)


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A holding as it stands in one forum on one day."""

    holding: Holding
    rank: Rank
    binding: bool
    limits: tuple[Condition, ...]
    """Postures that the holding itself excepts, or in which later authority took its force."""

    def applies(self, bits: int) -> bool:
        """Whether the holding speaks to a posture, given as bits."""
        return self.holding.when.met(bits) and self.within_limits(bits)

    def within_limits(self, bits: int) -> bool:
        """Whether no exception and no later authority keeps it from speaking to a posture."""
        return not (self.limits and any(limit.met(bits) for limit in self.limits))

    @property
    def weight(self) -> str:
        """What it is to the forum, in the word of the field."""
        return "binding" if self.binding else "persuasive"

    @property
    def decides_alone(self) -> bool:
        """Whether it may settle a question: it binds, or reports uniform local practice.

        Authority that leaves the matter to the judge, or that the library caps, settles nothing.
        """
        own_practice = self.holding.uniform and self.rank is Rank.OWN_DISTRICT
        open_handed = self.holding.capped or self.holding.discretion
        return (self.binding or own_practice) and not open_handed


@dataclass(frozen=True, eq=False)
class Law:
    """Every holding in force on a day, placed in a forum and grouped by question."""

    library: Library
    as_of: date
    circuit: str | None
    court: str | None
    placed: Mapping[str, tuple[Placed, ...]]
    """By question id, highest rank first, then latest first."""

    def on(self, question: str) -> tuple[Placed, ...]:
        """The holdings on one question."""
        return self.placed.get(question, ())

    def speaking(self, bits: int) -> int:
        """The set of the holdings that speak to a posture, given as bits; a ruling rests on it.

        `by_question` parts it, `among` has the holdings themselves.
        """
        return self._index.met(bits)

    def by_question(self, speaking: int) -> Iterator[tuple[Question, int]]:
        """The questions to which some holding of a set speaks, each with those that do."""
        for question, all_on_it in self._spans:
            if speaking_to_it := speaking & all_on_it:
                yield question, speaking_to_it

    def among(self, speaking: int) -> tuple[Placed, ...]:
        """The holdings of a set, in their order."""
        found = []
        while speaking:
            lowest = speaking & -speaking
            found.append(self._in_line[lowest.bit_length() - 1])
            speaking ^= lowest
        return tuple(found)

    @cached_property
    def facts(self) -> frozenset[str]:
        """The facts that some holding, or a limit on it, needs."""
        conditions = (c for p in self._in_line for c in (p.holding.when, *p.limits))
        return frozenset(name for condition in conditions for name in condition.facts)

    @cached_property
    def bearing(self) -> int:
        """The set of the holdings on questions that bear on the outcome, and not only on terms."""
        bears = effects_of(self.library.questions).bears_on_outcome
        return sum(all_on_it for question, all_on_it in self._spans if bears(question))

    @cached_property
    def _in_line(self) -> tuple[Placed, ...]:
        """All holdings, question by question; the place of each is its bit in a set."""
        return tuple(p for q in self.library.questions for p in self.on(q.id))

    @cached_property
    def _index(self) -> Index:
        return Index(
            [p.holding.when for p in self._in_line],
            self.library.vocabulary,
            [p.limits for p in self._in_line],
        )

    @cached_property
    def _spans(self) -> tuple[tuple[Question, int], ...]:
        """Each question with the set of all holdings on it."""
        spans, first = [], 0
        for question in self.library.questions:
            number = len(self.on(question.id))
            spans.append((question, ((1 << number) - 1) << first))
            first += number
        return tuple(spans)


def law_for(
    library: Library, posture: Posture, as_of: date, without: frozenset[str] = frozenset()
) -> Law:
    """The law of the posture's forum on a day, leaving out the precedents named."""
    court = posture.get("court")
    circuit = posture.get("circuit")
    if circuit is None and court is not None:
        circuit = library.courts.circuit_of(str(court))
    return law_of_forum(
        library, as_of, str(circuit) if circuit else None, str(court) if court else None, without
    )


@lru_cache(maxsize=512)
def law_of_forum(
    library: Library,
    as_of: date,
    circuit: str | None,
    court: str | None,
    without: frozenset[str] = frozenset(),
) -> Law:
    """The law of a circuit, and of a district in it where that is known, on a day."""
    groups: dict[str, list[Placed]] = {}
    for precedent in library.precedents.values():
        rank = rank_in_forum(precedent, circuit, court)
        if rank is None or precedent.id in without:
            continue
        for holding in library.holdings_of(precedent):
            placed = _place(holding, as_of, rank)
            if placed is not None:
                groups.setdefault(holding.question, []).append(placed)
    ranked = {
        question: tuple(sorted(group, key=lambda p: (-p.rank, -p.holding.since.toordinal())))
        for question, group in groups.items()
    }
    return Law(library, as_of, circuit, court, ranked)


def _place(holding: Holding, as_of: date, rank: Rank) -> Placed | None:
    """A holding under its precedent's rank; None if it is not yet good law, or no more."""
    if holding.since > as_of:
        return None
    ending = [e for e in events_touching(holding, as_of) if e.treatment.ends_force]
    if any(event.when is None for event in ending):
        return None
    limits = (*holding.unless, *(event.when for event in ending if event.when is not None))
    return _placed(
        holding,
        rank.if_discretion if holding.discretion else rank,
        binds(holding.precedent, rank),
        limits,
    )


@lru_cache(maxsize=65536)
def _placed(
    holding: Holding,
    rank: Rank,
    binding: bool,  # noqa: FBT001 - a cached function is called by position
    limits: tuple[Condition, ...],
) -> Placed:
    """One object for each way a holding can stand, so that laws which share it share its work."""
    return Placed(holding, rank, binding, limits)


def events_touching(holding: Holding, as_of: date) -> Iterable[LaterHistory]:
    """The later history of a holding up to a day."""
    return (
        event
        for event in holding.precedent.history
        if event.since <= as_of and event.touches(holding.key)
    )


def rank_in_forum(precedent: Precedent, circuit: str | None, court: str | None) -> Rank | None:
    """What an authority weighs in a circuit and, where it is known, a district.

    None for a local rule outside its own districts: it is no authority there at all.
    """
    if precedent.kind is Kind.RULE or SUPREME_COURT in precedent.courts:
        return Rank.SUPREME
    if precedent.kind is Kind.LOCAL_RULE:
        return Rank.OWN_DISTRICT if court in precedent.courts else None
    appellate = precedent.kind in (Kind.OPINION, Kind.UNPUBLISHED)
    if circuit is None or precedent.circuit != circuit:
        return Rank.SISTER_CIRCUIT if appellate else Rank.ELSEWHERE
    if precedent.kind is Kind.OPINION:
        return Rank.OWN_CIRCUIT
    if precedent.kind is Kind.UNPUBLISHED:
        return Rank.OWN_CIRCUIT_UNPUBLISHED
    return Rank.OWN_DISTRICT if court in precedent.courts else Rank.CIRCUIT_DISTRICT


def binds(precedent: Precedent, rank: Rank) -> bool:
    """Whether a district court of the forum where it has this rank must follow an authority."""
    return rank in (Rank.SUPREME, Rank.OWN_CIRCUIT) or precedent.kind is Kind.LOCAL_RULE
