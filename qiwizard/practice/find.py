"""Find the authority: what controls a question in a forum on a day, and what is contrary there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from qiwizard.law.citation import cite_holding
from qiwizard.law.forum import Law, Placed, law_for
from qiwizard.law.library import FORUM, Library
from qiwizard.law.posture import Posture
from qiwizard.law.precedent import Holding
from qiwizard.practice.argue import cite_holding_as, cite_of, cites, finding_point
from qiwizard.practice.astray import ELSEWHERE, OVERRULED, Astray, astray, has_aged
from qiwizard.practice.cases import Subject, prose, subjects
from qiwizard.practice.items import Item, Option, Part, Point, Seed, shuffled
from qiwizard.reasoning.canons import Strength
from qiwizard.reasoning.contrary import weakness
from qiwizard.reasoning.ruling import Finding, Ruling, rule

DRILL = "find"
MOST_ASTRAY, LEAST_ASTRAY = 4, 2
NONE = "none"
TODAY = "today"
"""Marks a case moved to the day on which the library was last looked over."""
NOTE = "Where authority of equal weight divides, the leading authority of either line is accepted."
NOTE_CONTRARY = (
    "Contrary authority speaks to these facts and answers the question otherwise; where authority "
    "of equal weight divides, either line is contrary to the other."
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A posture in a forum on a day, with the precedents that are left out there."""

    posture: Posture
    as_of: date
    precision: str
    without: frozenset[str]


def seeds(library: Library) -> Iterable[Seed]:
    """The questions of each decided case, and of each landmark moved to every other circuit.

    Of a case moved to today only those on which some authority has lost its force. Where too
    few authorities can be put side by side the drill turns out not to serve.
    """
    for key, (subject, place) in _places(library).items():
        for finding in _findings(_ruling(library, place)):
            if not key.endswith(f"@{TODAY}") or has_aged(
                library, place.posture, finding.question.id
            ):
                circuit = str(place.posture.get(FORUM[0]) or subject.case.circuit)
                id_ = f"{DRILL}/{key}/{finding.question.id}"
                yield Seed(id_, DRILL, circuit, finding.strength, finding.question.id)


def make(library: Library, key: str) -> Item:
    """The drill on one question of one posture; KeyError if there is none."""
    where, _, question = key.rpartition("/")
    subject, place = _places(library)[where]
    finding = _ruling(library, place).finding(question)
    chosen = None if finding is None else _choices(library, where, finding)
    if finding is None or chosen is None:
        raise KeyError(key)
    return Item(
        id=f"{DRILL}/{key}",
        drill=DRILL,
        circuit=str(place.posture.get(FORUM[0]) or subject.case.circuit),
        level=finding.strength,
        text=prose(library, place.posture.known, place.as_of, place.precision),
        parts=(_controls(finding, chosen, key), _contrary(finding, chosen, key)),
        source=subject.source,
    )


@lru_cache(maxsize=4)
def _places(library: Library) -> Mapping[str, tuple[Subject, _Place]]:
    """Every decided case in its own forum on its day and today; landmarks in other circuits too."""
    found = {}
    for id_, subject in subjects(library).items():
        own = _Place(
            subject.posture,
            subject.case.decided,
            subject.precision,
            subject.case.without or frozenset({id_} & library.precedents.keys()),
        )
        found[id_] = subject, own
        if has_aged(library, subject.posture):
            today = _Place(subject.posture, library.about.checked, "day", own.without)
            found[f"{id_}@{TODAY}"] = subject, today
        for circuit in library.courts.circuits if subject.case.landmark else ():
            if circuit != subject.case.circuit:
                moved = subject.posture.forgetting(FORUM[1]).stating(FORUM[0], circuit)
                day = library.about.checked
                found[f"{id_}@{circuit}"] = subject, _Place(moved, day, "day", frozenset({id_}))
    return found


def _law(library: Library, place: _Place) -> Law:
    return law_for(library, place.posture, place.as_of, place.without)


@lru_cache(maxsize=256)
def _ruling(library: Library, place: _Place) -> Ruling:
    return rule(library, place.posture, place.as_of, place.without)


def _findings(ruling: Ruling) -> Iterator[Finding]:
    """The findings worth asking about: those on which courts are expected to differ, or decide."""
    for finding in ruling.findings:
        if not finding.question.default and (finding.decisive or finding.question.of_each_circuit):
            yield finding


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The authorities put side by side."""

    leading: Placed
    contrary: Placed | None
    divided: bool
    """Whether the contrary line is of equal weight."""
    astray: tuple[Astray, ...]


def _choices(library: Library, key: str, finding: Finding) -> _Chosen | None:
    """One authority that controls, one against it, and some that do not apply; None if too few."""
    weighing = finding.weighing
    place = _places(library)[key][1]
    law = _law(library, place)
    leading = weighing.leading[0]
    contrary = _opposite(finding)
    divided = contrary is not None and _as_heavy(contrary, leading)
    if not leading.rank.in_forum and not divided and weighing.strength is Strength.CONTESTED:
        # Elsewhere authority agrees and none of the forum speaks: nothing there controls.
        return None
    deciding = (*weighing.leading, *weighing.against)
    taken = {p.holding.precedent.id for p in deciding}
    every = astray(library, law, place.posture, finding)
    # Where no authority of the forum leads, to come from elsewhere is no reason against another.
    found = [
        a
        for a in every
        if a.holding.precedent.id not in taken and (a.reason != ELSEWHERE or leading.rank.in_forum)
    ]
    picked = _of_each_kind(found, f"{key} {finding.question.id}")
    if len(picked) < LEAST_ASTRAY:
        return None
    return _Chosen(leading, contrary, divided, tuple(picked))


def _opposite(finding: Finding) -> Placed | None:
    """The contrary authority of most weight that can decide."""
    against = [p for p in finding.authority_against if p.holding.grounded]
    return against[0] if against else None


def _as_heavy(contrary: Placed, leading: Placed) -> bool:
    return contrary.rank == leading.rank and contrary.binding == leading.binding


def _of_each_kind(found: Iterable[Astray], key: str) -> list[Astray]:
    """Up to four authorities of different precedents, each reason once before any comes twice.

    What is no longer law is the rarest reason, and comes first.
    """
    queue = shuffled(sorted(found, key=lambda a: a.holding.id), key)
    queue.sort(key=lambda a: a.reason != OVERRULED)
    picked: list[Astray] = []
    for again in (False, True):
        for one in queue:
            known = {a.holding.precedent.id for a in picked}
            reasons = {a.reason for a in picked}
            if len(picked) == MOST_ASTRAY or one.holding.precedent.id in known:
                continue
            if again or one.reason not in reasons:
                picked.append(one)
    return picked


def _controls(finding: Finding, chosen: _Chosen, key: str) -> Part:
    accepted = {chosen.leading.holding.id}
    if chosen.contrary is not None and chosen.divided:
        accepted.add(chosen.contrary.holding.id)
    options = [_option(chosen.leading.holding, _leads(finding, chosen))]
    if chosen.contrary is not None:
        outweighed = _outweighed(finding, chosen, chosen.contrary)
        options.append(_option(chosen.contrary.holding, outweighed))
    options += [_option(a.holding, a.point) for a in chosen.astray]
    return Part(
        id="controls",
        doctrine=finding.question.doctrine,
        asks=f"Which authority controls here, or leads if none binds? The question: "
        f"{finding.question.asks}",
        options=tuple(_mixed(options, key)),
        accepted=frozenset(accepted),
        argument=_argument(finding, chosen),
        note=NOTE,
    )


def _contrary(finding: Finding, chosen: _Chosen, key: str) -> Part:
    """The same authorities again: which of them is contrary, if any is."""
    right = {NONE if chosen.contrary is None else chosen.contrary.holding.id}
    if chosen.divided:
        right.add(chosen.leading.holding.id)
    leads = Point(
        "It leads here, and the other line is contrary to it."
        if chosen.divided
        else "It is for the answer that prevails, not against it.",
        (cite_of(chosen.leading),),
    )
    options = [_option(chosen.leading.holding, leads)]
    if chosen.contrary is not None:
        against = Point(
            "It speaks to these facts and answers otherwise.", (cite_of(chosen.contrary),)
        )
        options.append(_option(chosen.contrary.holding, against))
    options += [_option(a.holding, a.point) for a in chosen.astray]
    listed = _mixed(options, key)
    listed.append(Option(NONE, "None of these", (_none(finding, chosen),)))
    return Part(
        id="contrary",
        doctrine=finding.question.doctrine,
        asks="And which of them is contrary authority here?",
        options=tuple(listed),
        accepted=frozenset(right),
        argument=_argument(finding, chosen),
        note=NOTE_CONTRARY,
    )


def _mixed(options: Iterable[Option], key: str) -> list[Option]:
    """An order that does not tell, the same for both questions."""
    return shuffled(sorted(options, key=lambda option: option.id), f"{DRILL} {key}")


def _option(holding: Holding, why: Point) -> Option:
    return Option(holding.id, f"{cite_holding(holding)}: {holding.says}", (why,))


def _leads(finding: Finding, chosen: _Chosen) -> Point:
    if chosen.divided:
        text = "It leads here, and another line of equal weight is against it."
    elif chosen.leading.binding:
        text = "It binds here, and it controls."
    else:
        text = "It controls, as the weightiest in this forum of those that speak to these facts."
    return Point(f"{text} {finding.conclusion}", (cite_of(chosen.leading),))


def _outweighed(finding: Finding, chosen: _Chosen, contrary: Placed) -> Point:
    otherwise = finding.question.answers[contrary.holding.answer].conclusion
    if chosen.divided:
        text = f"It is of equal weight here and leads the other line: {otherwise}"
    else:
        weak = weakness(contrary) or "Other authority weighs more here."
        text = f"It speaks to these facts but is outweighed. {weak} It says otherwise: {otherwise}"
    return Point(text, (cite_of(contrary), *cites((chosen.leading,), 1)))


def _none(finding: Finding, chosen: _Chosen) -> Point:
    if chosen.contrary is not None:
        return Point("One of them is.", (cite_of(chosen.contrary),))
    return Point(
        "No authority in the library answers it otherwise on these facts.",
        cites(finding.weighing.leading, 1),
    )


def _argument(finding: Finding, chosen: _Chosen) -> tuple[Point, ...]:
    points = [finding_point(finding)]
    if chosen.divided and chosen.contrary is not None:
        says = chosen.contrary.holding
        other = finding.question.answers[says.answer].conclusion
        points.append(Point(f"The other line: {other}", (cite_holding_as(says),)))
    return tuple(points)
