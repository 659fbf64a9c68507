"""The law on one question: which answer prevails among the holdings that apply.

Holdings with the greatest voice decide among themselves by the three canons: the higher
authority prevails, then the more specific, then the later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import lru_cache

from qiwizard.law.forum import Authority, Rank, Voice


class Strength(IntEnum):
    """How certain an answer or a ruling is."""

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
    """No holding on these facts is contrary."""
    FORCE = "binding"
    """Only the prevailing answer is one that binding authority of this force gives."""
    SUPERIOR = "higher authority"
    SPECIFIC = "more specific"
    LATER = "later"
    EVEN = "evenly divided"


@dataclass(frozen=True, slots=True)
class Weighing:
    """The law on one question of one posture."""

    answer: str
    voice: Voice
    """The effect of the prevailing holdings on the question."""
    canon: Canon
    leading: tuple[Authority, ...]
    """The holdings that prevailed."""
    supporting: tuple[Authority, ...]
    """Other holdings that give the same answer."""
    against: tuple[Authority, ...]
    """Holdings that give another answer."""
    equals: frozenset[str]
    """The answers, this one included, given by holdings of equal rank and voice."""

    @property
    def divided(self) -> bool:
        """Whether holdings of equal rank and voice answer differently."""
        return self.canon in (Canon.LATER, Canon.EVEN)

    @property
    def strength(self) -> Strength:
        """How certain the law makes the answer."""
        if self.divided or self.voice is Voice.CITED:
            return Strength.CONTESTED
        return Strength.SETTLED if self.voice is Voice.DECIDES else Strength.LEANING


@lru_cache(maxsize=65536)
def weigh(applying: tuple[Authority, ...]) -> Weighing:
    """The answer that prevails among one or more holdings on a question, highest rank first."""
    loudest = max(a.voice for a in applying)
    heard = [a for a in applying if a.voice is loudest]
    highest = max(map(_precedence, heard))
    peers = [a for a in heard if _precedence(a) == highest]
    standing = [a for a in peers if not outranked(a, peers)]
    answers = {a.holding.answer for a in standing}
    answer = _lead(standing) if len(answers) > 1 else answers.pop()
    leading = tuple(a for a in standing if a.holding.answer == answer)
    against = tuple(a for a in applying if a.holding.answer != answer)
    return Weighing(
        answer=answer,
        voice=heard[0].voice,
        canon=_canon(standing, peers, heard, against),
        leading=leading,
        supporting=tuple(a for a in applying if a.holding.answer == answer and a not in leading),
        against=against,
        equals=frozenset(a.holding.answer for a in standing),
    )


def _precedence(authority: Authority) -> int:
    """The rank by which holdings of one voice are compared.

    Where the Supreme Court or a federal rule leaves a matter open, what the circuit says of it
    comes first.
    """
    leaves_open = authority.rank is Rank.SUPREME and authority.voice is not Voice.DECIDES
    return Rank.CIRCUIT_DISTRICT if leaves_open else authority.rank


def outranked(authority: Authority, peers: Sequence[Authority]) -> bool:
    """Whether a more specific holding of the same rank and the same court answers differently.

    Between courts of one rank that disagree, the narrower condition does not prevail.
    """
    return any(
        peer.holding.answer != authority.holding.answer
        and same_court(peer, authority)
        and peer.holding.when.narrower_than(authority.holding.when)
        for peer in peers
    )


def same_court(one: Authority, other: Authority) -> bool:
    """Whether two authorities come from one court, or one is a federal rule."""
    courts, others = one.holding.precedent.courts, other.holding.precedent.courts
    return not courts or not others or bool(set(courts) & set(others))


def _lead(standing: Sequence[Authority]) -> str:
    """The answer that leads among equals: the later, or outside the forum the more common."""
    latest = sorted(standing, key=lambda a: a.holding.since, reverse=True)
    if standing[0].rank.in_forum:
        return latest[0].holding.answer
    return Counter(a.holding.answer for a in latest).most_common(1)[0][0]


def _canon(
    standing: Sequence[Authority],
    peers: Sequence[Authority],
    heard: Sequence[Authority],
    against: Sequence[Authority],
) -> Canon:
    if len({a.holding.answer for a in standing}) > 1:
        return Canon.LATER if standing[0].rank.in_forum else Canon.EVEN
    if not against:
        return Canon.UNOPPOSED
    if any(a in peers for a in against):
        return Canon.SPECIFIC
    return Canon.SUPERIOR if any(a in heard for a in against) else Canon.FORCE
