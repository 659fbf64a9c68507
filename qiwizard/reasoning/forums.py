"""One posture under the law of several forums or days, and where the rulings differ.

Each forum is ruled on by the one engine; the facts stay as they are, only the law changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qiwizard.errors import UserError, permitted
from qiwizard.law.courts import named_forum
from qiwizard.law.facts import CIRCUIT, COURT
from qiwizard.law.forum import law_for
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.law.questions import Question
from qiwizard.reasoning.practice_counts import practice_of
from qiwizard.reasoning.ruling import Finding, Ruling, rule_under
from qiwizard.typed import typed_date

NOT_REACHED = "The question is not reached."
SILENT = "No authority on point."


@dataclass(frozen=True, slots=True)
class Forum:
    """A circuit, or a district in it, on a day."""

    as_of: date
    circuit: str | None = None
    court: str | None = None
    stated: bool = False
    """Whether it is the posture's own forum."""

    def over(self, posture: Posture) -> Posture:
        """The posture moved to this forum: its own circuit and court are set aside."""
        moved = posture.forgetting(COURT).forgetting(CIRCUIT)
        if self.circuit is not None:
            moved = moved.stating(CIRCUIT, self.circuit)
        return moved if self.court is None else moved.stating(COURT, self.court)


@dataclass(frozen=True, slots=True)
class Column:
    """The ruling on the posture in one forum."""

    forum: Forum
    ruling: Ruling
    addressed: frozenset[str]
    """The questions on which some holding applies there, whether they are reached or not."""

    @property
    def deciding(self) -> Finding:
        """The finding that gives the outcome."""
        return next(f for f in self.ruling.findings if f.question.answers[f.answer].outcome)

    def absence(self, question: str) -> str:
        """Why the forum gives no answer to a question."""
        return NOT_REACHED if question in self.addressed else SILENT


@dataclass(frozen=True, slots=True)
class Difference:
    """A question on which two rulings differ; None where a ruling does not answer it."""

    question: Question
    one: Finding | None
    other: Finding | None

    @property
    def in_strength_only(self) -> bool:
        """Whether the answer is the same, and only one side is surer of it."""
        return bool(self.one and self.other and self.one.answer == self.other.answer)


@dataclass(frozen=True, slots=True)
class Side:
    """An answer to a question, and the forums that give it; None: those that give none."""

    answer: str | None
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A question that the forums do not all answer alike, or not all as surely."""

    question: Question
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A posture and the ruling of each forum."""

    library: Library
    posture: Posture
    columns: tuple[Column, ...]

    @property
    def set_aside(self) -> str | None:
        """The posture's own court, where some of the forums are others."""
        court = self.posture.get(COURT)
        others = any(column.forum.court != court for column in self.columns)
        return str(court) if court is not None and others else None

    @property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """The questions that the forums do not all answer alike, in their order."""
        found = (Disagreement(q, self._sides(q)) for q in self.library.questions)
        return tuple(disagreement for disagreement in found if len(disagreement.sides) > 1)

    @property
    def shades(self) -> tuple[Disagreement, ...]:
        """The questions that all forums answer alike, and not all as surely, in their order."""
        return tuple(
            Disagreement(question, sides)
            for question in self.library.questions
            if len(sides := self._sides(question)) == 1
            and len({_look(c.ruling.finding(question.id)) for c in self.columns}) > 1
        )

    def _sides(self, question: Question) -> tuple[Side, ...]:
        sides: dict[str | None, list[Column]] = {}
        for column in self.columns:
            finding = column.ruling.finding(question.id)
            sides.setdefault(finding.answer if finding else None, []).append(column)
        last = sorted(sides, key=lambda answer: answer is None)
        return tuple(Side(answer, tuple(sides[answer])) for answer in last)


def compare(library: Library, posture: Posture, forums: Iterable[Forum]) -> Comparison:
    """Rule on one posture in every forum named."""
    bits, practice = library.vocabulary.bits(posture.known), practice_of(library)
    columns = []
    for forum in forums:
        moved = forum.over(posture)
        law = law_for(library, moved, forum.as_of)
        ruling = rule_under(law, practice, moved)
        columns.append(Column(forum, ruling, frozenset(law.applying(bits))))
    return Comparison(library, posture, tuple(columns))


def differences(library: Library, one: Ruling, other: Ruling) -> tuple[Difference, ...]:
    """Where two rulings differ: in an answer first, then only in how sure they are of it."""
    pairs = (Difference(q, one.finding(q.id), other.finding(q.id)) for q in library.questions)
    unlike = [d for d in pairs if _look(d.one) != _look(d.other)]
    return tuple(sorted(unlike, key=lambda d: d.in_strength_only))


def _look(finding: Finding | None) -> tuple[object, ...]:
    return (finding.answer, finding.strength) if finding else ()


def own_forum(library: Library, posture: Posture, as_of: date) -> Forum:
    """The forum that the posture states, on a day."""
    law = law_for(library, posture, as_of)
    return Forum(as_of, law.circuit, law.court, stated=True)


def district(library: Library, court: str, as_of: date) -> Forum:
    """A district on a day."""
    return Forum(as_of, library.courts.circuit_of(court), court)


def all_forums(library: Library, posture: Posture, as_of: date) -> tuple[Forum, ...]:
    """The forum as stated, then every circuit by itself, none of them twice."""
    own = own_forum(library, posture, as_of)
    circuits = (Forum(as_of, circuit) for circuit in library.courts.circuits)
    return own, *(f for f in circuits if own.court is not None or f.circuit != own.circuit)


def forum_called(library: Library, text: str, base: Forum) -> Forum:
    """The district or circuit of that name on the day of another forum, or that on a day.

    UserError for anything else, and for a day before the library begins.
    """
    if (named := named_forum(library.courts, text)) is not None:
        return Forum(base.as_of, named.circuit, named.court)
    try:
        day = typed_date(text)
    except UserError:
        name = text.strip()
        known = (*library.courts.circuits, *library.courts.districts, "YYYY-MM-DD")
        raise UserError(f"{name!r} is not known; {permitted(known, name)}") from None
    if day < library.about.begins:
        raise UserError(f"The library begins on {library.about.begins.isoformat()}.")
    return replace(base, as_of=day)


def forums_named(
    library: Library,
    posture: Posture,
    days: Sequence[date],
    circuits: Iterable[str] = (),
    courts: Iterable[str] = (),
) -> tuple[Forum, ...]:
    """Every forum named on every day.

    Where none is named: the forum as stated on several days, or all of them on the only one.
    A single one is set beside the forum as stated.
    """
    every: list[Forum] = []
    for day in days:
        every += (Forum(day, circuit) for circuit in circuits)
        every += (district(library, court, day) for court in courts)
    named = tuple(dict.fromkeys(every))
    own = tuple(own_forum(library, posture, day) for day in days)
    if not named:
        return own if len(own) > 1 else all_forums(library, posture, days[0])
    return named if len(named) > 1 else (*own, *named)
