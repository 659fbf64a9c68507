"""The three canons by which conflicting holdings on one question are weighed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from itertools import groupby

from qiwizard.law.doctrine import Question
from qiwizard.law.effects import Effects
from qiwizard.law.forum import Placed, Rank


class Strength(IntEnum):
    """How sure an answer or a ruling is."""

    CONTESTED = 1
    LEANING = 2
    SETTLED = 3

    @property
    def word(self) -> str:
        """The strength as the export spells it."""
        return self.name.lower()


class Canon(StrEnum):
    """Why an answer prevailed."""

    UNOPPOSED = "unopposed"
    """No holding says otherwise on these facts."""
    SUPERIOR = "higher authority"
    SPECIFIC = "more specific"
    LATER = "later"
    EVEN = "evenly divided"


@dataclass(frozen=True, slots=True)
class Weighing:
    """The outcome of weighing the holdings on one question."""

    answer: str
    strength: Strength
    canon: Canon
    leading: tuple[Placed, ...]
    """The holdings of the highest rank that gave the answer."""
    supporting: tuple[Placed, ...]
    against: tuple[Placed, ...]
    rivals: tuple[str, ...]
    """Other answers that authority would carry here, the strongest first."""
    of_forum: bool
    """Whether authority of the forum gave the answer, and not only authority elsewhere."""
    over_terms: bool
    """Whether equals divide over terms alone, and not over outcome or what is asked further."""

    @property
    def strength_of_outcome(self) -> Strength:
        """How sure it leaves the outcome, however it stands with the terms."""
        return Strength.LEANING if self.over_terms else self.strength


@dataclass(frozen=True, slots=True)
class Prevailing:
    """What carries the day on a question, before anything is said of the other side."""

    answer: str
    rank: Rank
    """The highest rank that can decide."""
    standing: tuple[Placed, ...]
    """The holdings of that rank to which no more specific one of the same court is contrary."""
    divided: bool
    """Whether those answer in more than one way."""

    @property
    def of_forum(self) -> bool:
        """Whether authority of the forum gives the answer, and not only authority elsewhere."""
        return self.rank.in_forum


def prevailing(question: Question, applicable: Sequence[Placed]) -> Prevailing | None:
    """The answer that prevails among the holdings that apply, given highest rank first.

    None if none of them can decide.
    """
    rank = next((p.rank for p in applicable if p.holding.grounded), None)
    if rank is None:
        return None
    peers = [p for p in applicable if p.rank is rank and p.holding.grounded]
    standing = peers
    if len({p.holding.answer for p in peers}) > 1:
        standing = [p for p in peers if not outranked(p, peers)]
    divided = len({p.holding.answer for p in standing}) > 1
    answer = _lead(question, standing, rank) if divided else standing[0].holding.answer
    return Prevailing(answer, rank, tuple(standing), divided)


def weigh(question: Question, applicable: Sequence[Placed], effects: Effects) -> Weighing | None:
    """Weigh the holdings that apply, highest rank first; None if none of them can decide.

    `effects` tells what answers do to a ruling apart from its terms.
    """
    found = prevailing(question, applicable)
    if found is None:
        return None
    answer = found.answer
    deciding = [p for p in applicable if p.holding.grounded]
    leading = tuple(p for p in found.standing if p.holding.answer == answer)
    lower = [p for p in deciding if p.rank is not found.rank]
    strength = _strength(leading, lower, divided=found.divided)
    said = {p.holding.answer for p in found.standing}
    alike = len({effects.of(question, question.answers[answer]) for answer in said}) == 1
    return Weighing(
        answer=answer,
        strength=strength,
        canon=_canon(found, deciding),
        leading=leading,
        supporting=tuple(p for p in applicable if p.holding.answer == answer and p not in leading),
        against=tuple(p for p in applicable if p.holding.answer != answer),
        rivals=_rivals(found, deciding, strength, alike=alike),
        of_forum=found.of_forum,
        over_terms=found.of_forum and found.divided and alike,
    )


def outranked(placed: Placed, peers: Sequence[Placed]) -> bool:
    """Whether a more specific holding of the same rank and the same court answers differently.

    The habit of one district is no exception to that of another: between courts of one rank
    that disagree, the narrower condition does not prevail.
    """
    return any(
        peer.holding.answer != placed.holding.answer
        and same_court(peer, placed)
        and peer.holding.when.narrower_than(placed.holding.when)
        for peer in peers
    )


def same_court(one: Placed, other: Placed) -> bool:
    """Whether two authorities come from one court, or one is a federal rule."""
    courts, others = one.holding.precedent.courts, other.holding.precedent.courts
    return not courts or not others or bool(set(courts) & set(others))


def _lead(question: Question, standing: Sequence[Placed], rank: Rank) -> str:
    """The answer that leads among equals: the later one, or outside the forum the commoner."""
    if rank.in_forum:
        return max(standing, key=lambda p: p.holding.since).holding.answer
    votes = Counter(p.holding.answer for p in standing)
    order = list(question.answers)
    return max(votes, key=lambda a: (votes[a], -order.index(a)))


def _strength(leading: Sequence[Placed], lower: Sequence[Placed], *, divided: bool) -> Strength:
    """Settled by one holding that may settle it, where none of like or higher rank is against it.

    That holding need not be among those of the highest rank: a local rule that says what the
    circuit only tends to say settles it for its district. Where no court of the circuit has
    spoken, and courts elsewhere disagree with what higher authority leaves open, no authority
    is near.
    """
    if divided or not leading[0].rank.in_forum:
        return Strength.CONTESTED
    contrary = any(p.holding.answer != leading[0].holding.answer for p in lower)
    if contrary and leading[0].rank is Rank.DISCRETION:
        return Strength.CONTESTED
    if any(p.decides_alone for p in leading):
        return Strength.SETTLED
    answer = leading[0].holding.answer
    for _, group in groupby(lower, key=lambda p: p.rank):
        peers = tuple(group)
        if any(p.holding.answer != answer for p in peers):
            break
        if any(p.decides_alone for p in peers):
            return Strength.SETTLED
    return Strength.LEANING


def _canon(found: Prevailing, deciding: Sequence[Placed]) -> Canon:
    if found.divided:
        return Canon.LATER if found.of_forum else Canon.EVEN
    against = [p for p in deciding if p.holding.answer != found.answer]
    if any(p.rank is found.rank for p in against):
        return Canon.SPECIFIC
    return Canon.SUPERIOR if against else Canon.UNOPPOSED


def _rivals(
    found: Prevailing, deciding: Sequence[Placed], strength: Strength, *, alike: bool
) -> tuple[str, ...]:
    """Answers of equal rank where more than terms divides them, else those of lower rank too.

    Authority from elsewhere is heard as a rival only where nothing in the forum settles it.
    """
    heard = deciding
    if strength is Strength.SETTLED:
        heard = [p for p in deciding if p.rank.in_forum]
    ordered = dict.fromkeys(p.holding.answer for p in heard if p.holding.answer != found.answer)
    if alike:
        return tuple(ordered)
    standing = {p.holding.answer for p in found.standing}
    return tuple(a for a in ordered if a in standing)
