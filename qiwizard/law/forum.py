"""The law of one forum on one day: which holdings are in force there, and their rank."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property, lru_cache

from qiwizard.law.courts import SUPREME_COURT
from qiwizard.law.facts import CIRCUIT, COURT, Condition, Vocabulary
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.law.precedent import Force, Holding, Kind, LaterHistory, Precedent


class Index:
    """Conditions by the facts they need, built once and asked for each posture.

    A set of conditions is one integer, with a bit for each. For each value of a fact, and for
    not knowing it, the set of conditions that it leaves standing is kept; those left standing by
    every fact are met. So a posture costs a few operations per fact, however many conditions
    there are. An exception that rests on one fact is part of that; the few that rest on several
    are checked one by one.
    """

    __slots__ = ("_all", "_by_fact", "_exceptions")

    def __init__(
        self,
        conditions: Sequence[Condition],
        vocabulary: Vocabulary,
        exceptions: Sequence[Iterable[Condition]] = (),
    ) -> None:
        """Index conditions; where exceptions are given, there are some or none for each."""
        excepted = [(place, e) for place, several in enumerate(exceptions) for e in several]
        simple = [(place, e) for place, e in excepted if len(e.facts) == 1]
        self._all = (1 << len(conditions)) - 1
        self._exceptions = tuple((1 << place, e) for place, e in excepted if len(e.facts) != 1)
        self._by_fact = _by_fact(self._all, vocabulary, tuple(enumerate(conditions)), simple)

    def met(self, bits: int) -> int:
        """The conditions that a posture, as bits, meets, and none of whose exceptions it meets."""
        met = self._all
        for values, standing in self._by_fact:
            met &= standing[bits & values]
        for bit, exception in self._exceptions:
            if met & bit and exception.met(bits):
                met ^= bit
        return met


def _by_fact(
    everything: int,
    vocabulary: Vocabulary,
    conditions: Iterable[tuple[int, Condition]],
    exceptions: Iterable[tuple[int, Condition]],
) -> tuple[tuple[int, dict[int, int]], ...]:
    """For each fact the bits of all its values, and by the bit of each (0: none) what it leaves."""
    needing, content = _resting_on(conditions, vocabulary)
    excepting, barred = _resting_on(exceptions, vocabulary)
    found = []
    for name in vocabulary.in_order(needing.keys() | excepting.keys()):
        values = vocabulary.by_name[name].values
        indifferent = everything & ~needing[name]
        standing = {0: indifferent}
        for bit in (vocabulary.bit(name, value) for value in values):
            standing[bit] = (indifferent | content[bit]) & ~barred[bit]
        found.append((vocabulary.mask(name, values), standing))
    return tuple(found)


def _resting_on(
    placed: Iterable[tuple[int, Condition]], vocabulary: Vocabulary
) -> tuple[defaultdict[str, int], defaultdict[int, int]]:
    """The places of conditions, as sets: by each fact they need, and by each value that will do."""
    facts: defaultdict[str, int] = defaultdict(int)
    values: defaultdict[int, int] = defaultdict(int)
    for place, condition in placed:
        for name, permitted in condition.facts.items():
            facts[name] |= 1 << place
            for value in permitted:
                values[vocabulary.bit(name, value)] |= 1 << place
    return facts, values


class Rank(IntEnum):
    """The rank of an authority in a forum, from lowest to highest."""

    ELSEWHERE = 1
    SISTER_CIRCUIT = 2
    CIRCUIT_DISTRICT = 3
    OWN_DISTRICT = 4
    OWN_CIRCUIT_UNPUBLISHED = 5
    OWN_CIRCUIT = 6
    SUPREME = 7

    @property
    def in_forum(self) -> bool:
        """Whether it is authority of the forum and not only persuasive from elsewhere."""
        return self > Rank.SISTER_CIRCUIT


class Voice(IntEnum):
    """What a holding can do to a question in a forum, from least to most."""

    CITED = 0
    """Cited only: from another court, or a general statement of the Supreme Court."""
    LOCAL = 1
    """Authority of the circuit or the district that does not bind or only supports."""
    PERMITS = 2
    """Binding authority that makes the matter discretionary."""
    DECIDES = 3
    """Binding authority that requires the answer."""


@dataclass(frozen=True, slots=True, eq=False)
class Authority:
    """A holding in one forum on one day."""

    holding: Holding
    rank: Rank
    binding: bool
    limits: tuple[Condition, ...]
    """Postures that the holding itself excepts, or to which later authority ended its force."""

    @property
    def weight(self) -> str:
        """`binding` or `persuasive`."""
        return "binding" if self.binding else "persuasive"

    @property
    def voice(self) -> Voice:
        """Its effect on the question it answers."""
        force = self.holding.force
        if self.binding and force is not Force.SUPPORTS:
            return Voice.DECIDES if force is Force.REQUIRES else Voice.PERMITS
        local = Rank.OWN_DISTRICT <= self.rank <= Rank.OWN_CIRCUIT
        return Voice.LOCAL if local and self.holding.quote else Voice.CITED

    def within_limits(self, bits: int) -> bool:
        """Whether it applies to a posture despite exceptions and later authority."""
        return not any(limit.met(bits) for limit in self.limits)


@dataclass(frozen=True, eq=False)
class Day:
    """The holdings in force on a day, whatever their rank in a forum, and an index of them."""

    standing: tuple[tuple[Holding, tuple[Condition, ...]], ...]
    """Each with its limits."""
    places: Mapping[str, int]
    """By holding id: the bit that stands for it in the index."""
    index: Index


@dataclass(frozen=True, eq=False)
class Law:
    """Every holding in force in a forum on a day, grouped by question."""

    library: Library
    as_of: date
    circuit: str | None
    court: str | None
    authorities: Mapping[str, tuple[Authority, ...]]
    """By question id, highest rank first, then latest first."""
    day: Day

    def on(self, question: str) -> tuple[Authority, ...]:
        """The holdings on one question."""
        return self.authorities.get(question, ())

    def applying(self, bits: int) -> dict[str, tuple[Authority, ...]]:
        """By question: the holdings that apply to a posture, given as bits."""
        met = self.day.index.met(bits)
        found = {}
        for question, group in self._groups.items():
            if those := met & group:
                found[question] = self._among(question, those)
        return found

    def _among(self, question: str, those: int) -> tuple[Authority, ...]:
        """The holdings of a set; like postures share most of these."""
        key = (question, those)
        if key not in self._subsets:
            places = self.day.places
            self._subsets[key] = tuple(a for a in self.on(question) if those & places[a.holding.id])
        return self._subsets[key]

    @cached_property
    def _subsets(self) -> dict[tuple[str, int], tuple[Authority, ...]]:
        return {}

    @cached_property
    def _groups(self) -> dict[str, int]:
        """By question, in order: the set of all holdings on it."""
        places = self.day.places
        return {
            question.id: sum(places[a.holding.id] for a in self.on(question.id))
            for question in self.library.questions
        }


def law_for(
    library: Library, posture: Posture, as_of: date, without: frozenset[str] = frozenset()
) -> Law:
    """The law of the posture's forum on a day, leaving out the precedents named by id."""
    court = posture.get(COURT)
    circuit = posture.get(CIRCUIT)
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
    day = _day(library, as_of)
    ranks = {
        name: rank
        for name, precedent in library.precedents.items()
        if name not in without and (rank := rank_in_forum(precedent, circuit, court)) is not None
    }
    groups: dict[str, list[Authority]] = {}
    for holding, limits in day.standing:
        rank = ranks.get(holding.precedent.id)
        if rank is not None:
            groups.setdefault(holding.question, []).append(_authority(holding, rank, limits))
    ranked = {
        question: tuple(sorted(group, key=lambda a: (-a.rank, -a.holding.since.toordinal())))
        for question, group in groups.items()
    }
    return Law(library, as_of, circuit, court, ranked, day)


@lru_cache(maxsize=64)
def _day(library: Library, as_of: date) -> Day:
    standing = [(h, limits) for h in library.holdings if (limits := _limits(h, as_of)) is not None]
    conditions = [holding.when for holding, _ in standing]
    exceptions = [limits for _, limits in standing]
    places = {holding.id: 1 << place for place, (holding, _) in enumerate(standing)}
    return Day(tuple(standing), places, Index(conditions, library.vocabulary, exceptions))


def _limits(holding: Holding, as_of: date) -> tuple[Condition, ...] | None:
    """The limits of a holding; None if it is not yet good law, or no longer."""
    if holding.since > as_of:
        return None
    if not holding.precedent.history:
        return holding.unless
    ending = [e.when for e in events_touching(holding, as_of) if e.treatment.ends_force]
    if None in ending:
        return None
    return (*holding.unless, *(when for when in ending if when is not None))


@lru_cache(maxsize=65536)
def _authority(holding: Holding, rank: Rank, limits: tuple[Condition, ...]) -> Authority:
    """One object per standing of a holding, shared by every law that contains it."""
    return Authority(holding, rank, binds(holding.precedent, rank), limits)


def events_touching(holding: Holding, as_of: date) -> Iterable[LaterHistory]:
    """The later history of a holding up to a day."""
    return (
        event
        for event in holding.precedent.history
        if event.since <= as_of and event.touches(holding.key)
    )


def rank_in_forum(precedent: Precedent, circuit: str | None, court: str | None) -> Rank | None:
    """The rank of an authority in a circuit and, where it is known, a district.

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


def split_by_forum(
    authorities: Iterable[Authority],
) -> tuple[tuple[Authority, ...], tuple[Authority, ...]]:
    """Authority of the forum, and authority from elsewhere."""
    every = tuple(authorities)
    return (
        tuple(a for a in every if a.rank.in_forum),
        tuple(a for a in every if not a.rank.in_forum),
    )


def once_each(authorities: Iterable[Authority]) -> tuple[Authority, ...]:
    """The first holding of each precedent."""
    first: dict[str, Authority] = {}
    for authority in authorities:
        first.setdefault(authority.holding.precedent.id, authority)
    return tuple(first.values())
