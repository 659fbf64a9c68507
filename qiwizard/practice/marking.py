"""What a clerk is told after an answer: right or wrong, why, and the argument with its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qiwizard.practice.items import Option, Part, Point
from qiwizard.practice.progress import Answered

RIGHT, WRONG = "Right", "Not right"


@dataclass(frozen=True, slots=True)
class Marked:
    """One question, marked."""

    part: Part
    given: Option
    right: bool
    why: tuple[Point, ...]
    """On the answer given, and if it is wrong on those that are right."""
    argument: tuple[Point, ...]

    @property
    def verdict(self) -> str:
        """Right or not, the answer given, and the answers that would have been right."""
        said = f"{RIGHT if self.right else WRONG}. Your answer: {self.given.label}"
        others = [
            o.label for o in self.part.options if o.id in self.part.accepted and o != self.given
        ]
        if not others:
            return said
        lead = "Accepted too" if self.right else "Accepted"
        return f"{said}\n{lead}: {' / '.join(others)}"


def mark(part: Part, given: str) -> Marked:
    """Mark an answer; KeyError if it is none of the options."""
    chosen = part.option(given)
    if chosen is None:
        raise KeyError(given)
    right = given in part.accepted
    accepted = () if right else tuple(o for o in part.options if o.id in part.accepted)
    points = [*chosen.why]
    for option in accepted:
        points += [Point(f"For “{_short(option.label)}”: {w.text}", w.cites) for w in option.why]
    return Marked(part, chosen, right, tuple(dict.fromkeys(points)), part.argument)


def _short(label: str) -> str:
    """The part of a label that names it, before what it says."""
    name = label.partition(": ")[0]
    return name if len(name) <= 60 else f"{name[:59].rstrip()}…"


def telling(points: Iterable[Point]) -> Iterator[Point]:
    """The points, with what an authority says only where it is named first."""
    told: set[str] = set()
    for point in points:
        cites = tuple(replace(c, says="") if c.says in told else c for c in point.cites)
        told.update(c.says for c in point.cites)
        yield replace(point, cites=cites)


def score_words(answers: Sequence[Answered]) -> str:
    """How many of some answers were right, in words."""
    right = sum(a.right for a in answers)
    share = f" ({right / len(answers):.0%})" if answers else ""
    return f"{right} of {len(answers)} questions right{share}"
