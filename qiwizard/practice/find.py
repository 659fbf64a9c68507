"""Find the authority: what controls a question, what reaches the same result on another standard,
what is contrary. Three different things, each asked for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from qiwizard.law.citation import cite_holding, spell_date
from qiwizard.law.facts import FORUM, Condition
from qiwizard.law.forum import Authority, Law, events_touching, law_for, rank_in_forum
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.law.precedent import Holding, LaterHistory
from qiwizard.practice.cases import Subject, item_of, ruling_on, seed_of, subjects
from qiwizard.practice.items import NONE, Item, Lesson, Option, Part, Point, Seed, shuffled
from qiwizard.practice.lessons import (
    cite_holding_as,
    cite_of,
    court_words,
    finding_point,
    fits_a_screen,
)
from qiwizard.reasoning.ruling import Finding

FIND = "find"
ELSEWHERE_SIGN = "@"
"""Stands in a key between one of the five opinions and the circuit it is moved to."""
MOST_ASTRAY, LEAST_ASTRAY = 3, 2
ONE_IN = 12
"""Where nothing is contrary that is asked once in so many drills, lest it be the usual answer."""
CONTROLS = "controls"
LEADS = {CONTROLS: "", "other_standard": "On another standard: ", "contrary": "To the contrary: "}
"""What stands before the answer that an authority gives, by question of a drill."""
NOT_YET, OVERRULED, UNMET, ELSEWHERE = "not yet decided", "no longer law", "condition", "elsewhere"


@dataclass(frozen=True, slots=True)
class Astray:
    """A real authority that does not apply, and why not."""

    holding: Holding
    reason: str
    point: Point


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The authorities put side by side, each the answer to a question of its own."""

    leading: Authority
    other_standard: Authority | None
    contrary: Authority | None
    astray: tuple[Astray, ...]

    @property
    def options(self) -> Iterator[Option]:
        """Each authority with what it holds, and why it is the answer or not."""
        binds = self.leading.binding
        text = "It binds and applies." if binds else "The weightiest authority of this forum."
        rows = [(self.leading, text)]
        if self.other_standard is not None:
            rows.append((self.other_standard, "It supports the same result on another standard."))
        if self.contrary is not None:
            weight = "" if self.contrary.binding else " It is persuasive only."
            text = f"It applies and supports a different answer.{weight}"
            rows.append((self.contrary, text))
        points = [(a.holding, Point(text, (cite_of(a),))) for a, text in rows]
        for holding, why in (*points, *((one.holding, one.point) for one in self.astray)):
            cited = cite_holding(holding)
            yield Option(holding.id, f"{cited}: {holding.says}", why, cited)


def seeds(library: Library) -> Iterable[Seed]:
    """The questions of each decided case, and of each of the five opinions in other circuits.

    Where too few authorities can be put side by side, the drill cannot be made.
    """
    asked = [q.id for q in library.questions if not q.terms_only]
    for where, subject in _subjects(library).items():
        for name in asked:
            yield seed_of(FIND, subject, f"{where}/{name}")


def make(library: Library, key: str) -> Item:
    """The drill on one question of one posture; KeyError if there is none."""
    where, _, question = key.rpartition("/")
    subject = _subjects(library)[where]
    finding = ruling_on(library, subject).finding(question)
    if finding is None or finding.question.terms_only:
        raise KeyError(key)
    court = "" if ELSEWHERE_SIGN in where else court_words(library, subject)
    parts = _parts(library, finding, _chosen(library, subject, finding, where), key, court)
    item = item_of(library, FIND, subject, parts, key=key, stepwise=True)
    if not fits_a_screen(item):
        raise KeyError(key)
    return item


@lru_cache(maxsize=4)
def _subjects(library: Library) -> Mapping[str, Subject]:
    """Every decided case in its own forum on its day; the five today in other circuits too."""
    found: dict[str, Subject] = {}
    for id_, subject in subjects(library).items():
        found[id_] = subject
        for circuit in library.courts.circuits if subject.case.landmark else ():
            if circuit != subject.case.circuit:
                moved = _moved(subject, circuit, library.about.checked)
                found[f"{id_}{ELSEWHERE_SIGN}{circuit}"] = moved
    return found


def _moved(subject: Subject, circuit: str, day: date) -> Subject:
    """A case as if it were pending in another circuit on another day."""
    posture = subject.posture.forgetting(FORUM[1]).stating(FORUM[0], circuit)
    case = replace(subject.case, circuit=circuit, decided=day)
    return replace(subject, case=case, facts=posture.known, precision="day")


def _chosen(library: Library, subject: Subject, finding: Finding, where: str) -> _Chosen:
    """One authority that controls, one of each other kind, some astray; KeyError if too few.

    The controlling one must be of the forum, and alone in its weight.
    """
    law = law_for(library, subject.posture, subject.case.decided, subject.without)
    leading = next((a for a in finding.leading if a.holding.quote), None)
    if leading is None or not leading.rank.in_forum or not leading.holding.says:
        raise KeyError(where)
    taken = {leading.holding.precedent.id}
    # Two answers to a question of law may lead to one result: only of a question left to the
    # judge is it certain which authority is contrary.
    other = contrary = None
    if finding.share is not None:
        other = _quoted(finding.other_standard, taken)
        taken |= {other.holding.precedent.id} if other else set()
        contrary = _quoted(finding.against, taken)
    speaking = {
        a.holding.precedent.id
        for group in (finding.leading, finding.supporting, finding.other_standard, finding.against)
        for a in group
    }
    every = astray(library, law, subject.posture, finding.question.id)
    found = (a for a in every if a.holding.precedent.id not in speaking)
    picked = _of_each_kind(found, f"{where} {finding.question.id}")
    if len(picked) < LEAST_ASTRAY:
        raise KeyError(where)
    return _Chosen(leading, other, contrary, tuple(picked))


def _quoted(group: Iterable[Authority], taken: set[str]) -> Authority | None:
    fit = (a for a in group if a.holding.quote and a.holding.precedent.id not in taken)
    return next(fit, None)


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


def _parts(
    library: Library, finding: Finding, chosen: _Chosen, key: str, court: str
) -> Iterator[Part]:
    """What controls; what reaches the result on another standard, if anything; what is contrary."""
    options = shuffled(sorted(chosen.options, key=lambda o: o.id), f"{FIND} {key}")
    with_none = [*options, Option(NONE, "None of these")]
    asks = finding.question.asks
    weight = "No authority offered binds. Which has the most weight"
    lead = "Which authority controls" if chosen.leading.binding else weight
    rows: list[tuple[str, str, list[Option], Authority | None]]
    rows = [(CONTROLS, f"{lead}? {asks}", options, chosen.leading)]
    if chosen.other_standard is not None:
        other = "Which supports the same result, but on another standard?"
        rows.append(("other_standard", other, with_none, chosen.other_standard))
    if chosen.contrary is not None or not shuffled(range(ONE_IN), f"{FIND} {key} none")[0]:
        contrary = f"Which is contrary authority? {asks}"
        rows.append(("contrary", contrary, with_none, chosen.contrary))
    for id_, text, offered, right in rows:
        yield Part(
            id=id_,
            doctrine=finding.question.doctrine,
            asks=text,
            options=tuple(offered),
            accepted=frozenset({NONE if right is None else right.holding.id}),
            lesson=_lesson(library, finding, id_, right, court),
        )


def _lesson(
    library: Library, finding: Finding, id_: str, right: Authority | None, court: str
) -> Lesson:
    shown = right or next(a for a in finding.leading if a.holding.quote)
    answers = library.question[shown.holding.question].answers
    lead = LEADS[id_] if right else "No authority offered is contrary to this: "
    rule = f"{lead}{answers[shown.holding.answer].conclusion}"
    if id_ == CONTROLS and finding.share is None:
        # The conclusion on a question of law may only say how matters stand in the case.
        rule = shown.holding.says
    return Lesson(rule, cite_of(shown), court, (finding_point(library, finding),))


# Authorities that do not apply


def astray(library: Library, law: Law, posture: Posture, question: str) -> Iterator[Astray]:
    """The authorities on a question that do not apply in a forum on a day, and why not."""
    here = {a.holding.id: a for a in law.on(question)}
    met = law.applying(_bits(library, posture)).get(question, ())
    applying = {authority.holding.id for authority in met}
    for holding in library.holdings:
        if holding.question == question and holding.quote:
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
            on = "on" if holding.precedent.precision == "day" else "in"
            yield Astray(holding, NOT_YET, Point(f"It was decided later, {on} {when}.", cite))
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
            wanted = " or ".join(f"“{fact.label(v)}”" for v in fact.values if v in when.facts[name])
            return f"There, {fact.short}: {wanted}; here: “{fact.label(given)}.”"
    return ""
