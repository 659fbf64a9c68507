"""Find the authority: what controls a question, what reaches the same result on another standard,
what is contrary. Three different things, each asked for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from qiwizard.law.citation import cite_holding, spell_date
from qiwizard.law.condition import Condition
from qiwizard.law.facts import FORUM
from qiwizard.law.forum import Authority, Law, events_touching, law_for, rank_in_forum
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.law.precedent import Holding, LaterHistory
from qiwizard.practice.cases import Subject, prose, subjects
from qiwizard.practice.items import NONE, Item, Lesson, Option, Part, Point, Seed, shuffled
from qiwizard.practice.lessons import cite_holding_as, cite_of, finding_point, fits_a_screen
from qiwizard.reasoning.ruling import Finding, Ruling, rule

FIND = "find"
MOST_ASTRAY, LEAST_ASTRAY = 3, 2
ONE_IN = 12
"""Where nothing is contrary that is asked once in so many drills, lest it be the usual answer."""
NOT_YET, OVERRULED, UNMET, ELSEWHERE = "not yet decided", "no longer law", "condition", "elsewhere"


@dataclass(frozen=True, slots=True)
class _Place:
    """A posture in a forum on a day, with what is left out there."""

    posture: Posture
    as_of: date
    precision: str
    without: frozenset[str]
    unseen: frozenset[str]


@dataclass(frozen=True, slots=True)
class Astray:
    """A real authority that does not apply, and why not."""

    holding: Holding
    reason: str
    point: Point


def seeds(library: Library) -> Iterable[Seed]:
    """The questions of each decided case, and of each of the five opinions in other circuits.

    Where too few authorities can be put side by side, the drill cannot be made.
    """
    asked = [q.id for q in library.questions if not q.terms_only]
    for key, (subject, place) in _places(library).items():
        circuit = str(place.posture.get(FORUM[0]) or subject.case.circuit)
        for name in asked:
            yield Seed(f"{FIND}/{key}/{name}", FIND, circuit, subject.level)


def make(library: Library, key: str) -> Item:
    """The drill on one question of one posture; KeyError if there is none."""
    where, _, question = key.rpartition("/")
    subject, place = _places(library)[where]
    finding = _ruling(library, place).finding(question)
    chosen = None if finding is None else _chosen(library, where, finding)
    if finding is None or chosen is None or finding.question.terms_only:
        raise KeyError(key)
    item = Item(
        id=f"{FIND}/{key}",
        drill=FIND,
        circuit=str(place.posture.get(FORUM[0]) or subject.case.circuit),
        level=subject.level,
        text=prose(library, place.posture.known, place.as_of, place.precision),
        parts=tuple(_parts(library, finding, chosen, key)),
        source=subject.source,
        facts=place.posture.known,
        stepwise=True,
    )
    if not fits_a_screen(item):
        raise KeyError(key)
    return item


@lru_cache(maxsize=4)
def _places(library: Library) -> Mapping[str, tuple[Subject, _Place]]:
    """Every decided case in its own forum on its day; the five today in other circuits too."""
    found = {}
    today = library.about.checked
    for id_, subject in subjects(library).items():
        without, unseen = subject.without, subject.case.unseen
        day, precision = subject.case.decided, subject.precision
        found[id_] = subject, _Place(subject.posture, day, precision, without, unseen)
        for circuit in library.courts.circuits if subject.case.landmark else ():
            if circuit != subject.case.circuit:
                moved = subject.posture.forgetting(FORUM[1]).stating(FORUM[0], circuit)
                place = _Place(moved, today, "day", without, unseen)
                found[f"{id_}@{circuit}"] = subject, place
    return found


@lru_cache(maxsize=512)
def _ruling(library: Library, place: _Place) -> Ruling:
    return rule(library, place.posture, place.as_of, place.without, place.unseen)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The authorities put side by side."""

    leading: Authority
    other_standard: Authority | None
    contrary: Authority | None
    astray: tuple[Astray, ...]


def _chosen(library: Library, key: str, finding: Finding) -> _Chosen | None:
    """One authority that controls, one of each other kind, and some astray; None if too few.

    The controlling one must be of the forum, and alone in its weight.
    """
    place = _places(library)[key][1]
    law = law_for(library, place.posture, place.as_of, place.without)
    leading = next((a for a in finding.leading if a.holding.quote), None)
    if leading is None or not leading.rank.in_forum or not leading.holding.says:
        return None
    taken = {leading.holding.precedent.id}
    # Two answers to a question of law may lead to one result: only of a question left to the
    # judge is it certain which authority is contrary.
    counted = finding.share is not None
    other = _quoted(finding.other_standard, taken) if counted else None
    contrary = _quoted(finding.against, taken | _ids(other)) if counted else None
    speaking = {
        a.holding.precedent.id
        for group in (finding.leading, finding.supporting, finding.other_standard, finding.against)
        for a in group
    }
    every = astray(library, law, place.posture, finding)
    found = [a for a in every if a.holding.precedent.id not in speaking]
    picked = _of_each_kind(found, f"{key} {finding.question.id}")
    if len(picked) < LEAST_ASTRAY:
        return None
    return _Chosen(leading, other, contrary, tuple(picked))


def _quoted(group: Iterable[Authority], taken: set[str]) -> Authority | None:
    fit = (a for a in group if a.holding.quote and a.holding.precedent.id not in taken)
    return next(fit, None)


def _ids(one: Authority | None) -> set[str]:
    return set() if one is None else {one.holding.precedent.id}


def _of_each_kind(found: Iterable[Astray], key: str) -> list[Astray]:
    """A few of different precedents, each reason once before any comes twice.

    What is no longer law is the rarest reason and comes first.
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


# The questions


def _parts(library: Library, finding: Finding, chosen: _Chosen, key: str) -> Iterator[Part]:
    """What controls; what reaches the result on another standard, if anything; what is contrary."""
    options = shuffled(sorted(_options(chosen), key=lambda o: o.id), f"{FIND} {key}")
    leading, other, contrary = chosen.leading, chosen.other_standard, chosen.contrary
    asks = finding.question.asks
    weight = "No authority offered binds. Which has the most weight"
    lead = "Which authority controls" if leading.binding else weight
    yield _part(library, finding, "controls", f"{lead}? {asks}", options, leading)
    none = Option(NONE, "None of these")
    if other is not None:
        yield _part(
            library,
            finding,
            "other_standard",
            "Which supports the same result, but on another standard?",
            [*options, none],
            other,
        )
    if contrary is None and shuffled(range(ONE_IN), f"{FIND} {key} none")[0]:
        return
    yield _part(
        library,
        finding,
        "contrary",
        f"Which is contrary authority? {asks}",
        [*options, none],
        contrary,
    )


def _part(
    library: Library,
    finding: Finding,
    id_: str,
    asks: str,
    options: Iterable[Option],
    right: Authority | None,
) -> Part:
    shown = right or next(a for a in finding.leading if a.holding.quote)
    answers = library.question[shown.holding.question].answers
    conclusion = answers[shown.holding.answer].conclusion
    none = "No authority offered is contrary on these facts. " if right is None else ""
    lesson = Lesson(f"{none}{conclusion}", cite_of(shown), "", (finding_point(library, finding),))
    return Part(
        id=id_,
        doctrine=finding.question.doctrine,
        asks=asks,
        options=tuple(options),
        accepted=frozenset({NONE if right is None else right.holding.id}),
        lesson=lesson,
    )


def _options(chosen: _Chosen) -> Iterator[Option]:
    leading, other, contrary = chosen.leading, chosen.other_standard, chosen.contrary
    text = "It binds and applies." if leading.binding else "The weightiest authority of this forum."
    yield _option(leading.holding, Point(text, (cite_of(leading),)))
    if other is not None:
        text = "It supports the same result on a different standard."
        yield _option(other.holding, Point(text, (cite_of(other),)))
    if contrary is not None:
        weight = "" if contrary.binding else " It is persuasive only."
        text = f"It applies and supports a different answer.{weight}"
        yield _option(contrary.holding, Point(text, (cite_of(contrary),)))
    yield from (_option(a.holding, a.point) for a in chosen.astray)


def _option(holding: Holding, why: Point) -> Option:
    cited = cite_holding(holding)
    return Option(holding.id, f"{cited}: {holding.says}", why, cited)


# Authorities that do not apply


def astray(library: Library, law: Law, posture: Posture, finding: Finding) -> Iterator[Astray]:
    """The authorities on a question that do not apply in a forum on a day, and why not."""
    here = {a.holding.id: a for a in law.on(finding.question.id)}
    met = law.applying(_bits(library, posture)).get(finding.question.id, ())
    applying = {authority.holding.id for authority in met}
    for holding in library.holdings:
        if holding.question == finding.question.id and holding.quote:
            if holding.id not in applying:
                yield from _not_applying(library, law, posture, holding)
            elif not here[holding.id].rank.in_forum:
                text = "It is from outside this circuit: persuasive only."
                yield Astray(holding, ELSEWHERE, Point(text, (cite_holding_as(holding),)))


def _bits(library: Library, posture: Posture) -> int:
    return library.vocabulary.bits(posture.known)


def _not_applying(
    library: Library, law: Law, posture: Posture, holding: Holding
) -> Iterator[Astray]:
    cite = (cite_holding_as(holding),)
    rank = rank_in_forum(holding.precedent, law.circuit, law.court)
    if holding.since > law.as_of:
        when = spell_date(holding.precedent.decided, holding.precedent.precision)
        if rank is not None and rank.in_forum:
            yield Astray(holding, NOT_YET, Point(f"It was decided later, in {when}.", cite))
        return
    ended = _ended(library, law, posture, holding)
    if ended is not None:
        by = library.precedents.get(ended.by or "")
        also = tuple(cite_holding_as(h) for h in library.holdings_of(by)[:1]) if by else ()
        text = f"It was no longer good law on such facts: {ended.note}"
        yield Astray(holding, OVERRULED, Point(text, (*cite, *also)))
    elif rank is None:
        yield Astray(holding, ELSEWHERE, Point("It is another district's local rule.", cite))
    elif unmet := _unmet(library, posture, holding.when):
        yield Astray(holding, UNMET, Point(f"It does not apply to these facts. {unmet}", cite))


def _ended(library: Library, law: Law, posture: Posture, holding: Holding) -> LaterHistory | None:
    """The event that ended its force, on these facts, by that day."""
    bits = _bits(library, posture)
    events = [e for e in events_touching(holding, law.as_of) if e.treatment.ends_force]
    return next((e for e in events if e.when is None or e.when.met(bits)), None)


def _unmet(library: Library, posture: Posture, when: Condition) -> str:
    """The first fact that it requires and the posture states otherwise.

    A holding that only requires facts not stated is left aside: the text might suggest them.
    """
    for name in library.vocabulary.in_order(when.facts):
        given = posture.get(name)
        if given is not None and given not in when.facts[name]:
            fact = library.vocabulary.by_name[name]
            wanted = " or ".join(fact.label(v) for v in fact.values if v in when.facts[name])
            return f"It concerns {fact.short}: {wanted}; here: {fact.label(given)}."
    return ""
