"""The decided orders nearest to a posture.

Nearness adds up shared facts and takes off those that distinguish. A fact on which the
forum's law turns counts three times as much as one on which it does not; the same circuit
counts as one turning fact more, the same district as two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from qiwizard.citation import citation
from qiwizard.facts import Value
from qiwizard.law import law_for
from qiwizard.library import FORUM, Library
from qiwizard.posture import Posture
from qiwizard.prospect import prospects_of
from qiwizard.ruling import rule_under

TURNING, PLAIN = 3, 1
OF_EACH_KIND = 2
"""How many orders of either kind, those that agree and those that do not, are shown at least."""
MEASURE = (
    "Nearest first: shared facts count for an order and differing ones against it, three times "
    "as much where the law of the forum turns on them; the same circuit and district count too."
)


@dataclass(frozen=True, slots=True)
class Near:
    """A decided order beside the posture: what they share and what sets them apart."""

    id: str
    caption: str
    citation: str
    court: str
    outcome: str
    shared: tuple[str, ...]
    differs: tuple[str, ...]
    url: str
    agrees: bool
    """Whether its outcome is that of the ruling."""
    score: int


@dataclass(frozen=True, slots=True)
class _Example:
    id: str
    caption: str
    citation: str
    decided: date
    facts: Mapping[str, Value]
    outcome: str
    url: str


def closest(
    library: Library,
    posture: Posture,
    as_of: date,
    *,
    most: int = 6,
    without: frozenset[str] = frozenset(),
) -> tuple[Near, ...]:
    """The nearest orders decided by the day, nearest first; those in `without` are left out.

    Both kinds are among them where there are both: those that point the same way as the ruling
    and those that point the other way.
    """
    law = law_for(library, posture, as_of)
    turning = prospects_of(law).given(Posture()).facts
    outcome = rule_under(law, library.vocabulary.bits(posture.known)).outcome
    near = [
        _compare(library, posture, example, turning, outcome)
        for example in _examples(library)
        if example.decided <= as_of and example.id not in without
    ]
    near.sort(key=lambda n: (-n.score, n.id))
    return _both_kinds([n for n in near if n.shared], most)


def _both_kinds(near: list[Near], most: int) -> tuple[Near, ...]:
    """The nearest, the last of them giving way to the nearest of a kind that would be missing."""
    least = min(OF_EACH_KIND, most // 2)
    kept = [n for way in (True, False) for n in [n for n in near if n.agrees is way][:least]]
    kept += [n for n in near if n not in kept][: most - len(kept)]
    return tuple(n for n in near if n in kept)


def _examples(library: Library) -> Iterator[_Example]:
    for p in library.landmarks:
        yield _Example(p.id, p.caption, citation(p), p.decided, p.facts, p.outcome or "", p.url)
    for o in library.orders:
        yield _Example(o.id, o.caption, o.citation, o.decided, o.facts, o.outcome, o.url)


def _compare(
    library: Library,
    posture: Posture,
    example: _Example,
    turning: frozenset[str],
    outcome: str,
) -> Near:
    both = [n for n in posture.known if n in example.facts and n not in FORUM]
    shared = [n for n in both if posture.known[n] == example.facts[n]]
    differs = [n for n in both if posture.known[n] != example.facts[n]]
    score = sum(_weight(n, turning) for n in shared) - sum(_weight(n, turning) for n in differs)
    for step, name in enumerate(FORUM, start=1):
        if name in posture.known and posture.known[name] == example.facts.get(name):
            score += step * TURNING
    order = library.vocabulary.in_order
    return Near(
        id=example.id,
        caption=example.caption,
        citation=example.citation,
        court=str(example.facts.get("court", "")),
        outcome=example.outcome,
        shared=order(shared),
        differs=order(differs),
        url=example.url,
        agrees=example.outcome == outcome,
        score=score,
    )


def _weight(name: str, turning: frozenset[str]) -> int:
    return TURNING if name in turning else PLAIN
