"""Find the authority: what controls a question, what reaches the same result on another standard,
what is contrary. Three different things, each asked for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from qiwizard.law.citation import cite_holding
from qiwizard.law.facts import FORUM, Condition
from qiwizard.law.forum import Authority, Law, events_touching, law_for, rank_in_forum
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.law.precedent import Holding
from qiwizard.practice.cases import prose, ruling_on, subjects
from qiwizard.practice.items import (
    NONE,
    Cite,
    Lesson,
    Option,
    Part,
    Point,
    Subject,
    fits_a_screen,
    shuffled,
)
from qiwizard.practice.lessons import cite_holding_as, cite_of, court_words, finding_point
from qiwizard.reasoning.ruling import Finding
from qiwizard.text import spell_date

FIND = "find"
ELSEWHERE_SIGN = "@"
"""Stands in a key between one of the five opinions and the circuit it is moved to."""
MOST_ASTRAY, LEAST_ASTRAY = 3, 2
ONE_IN = 12
"""Where nothing is contrary that is asked once in so many drills, lest it be the usual answer."""
CONTROLS = "controls"
NOT_YET, OVERRULED, UNMET, ELSEWHERE = "not yet decided", "no longer law", "condition", "elsewhere"


@dataclass(frozen=True, slots=True)
class Astray:
    """A real authority that does not apply, and why not."""

    holding: Holding
    reason: str
    point: Point


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question of a drill, and the authority that answers it; without one, none does."""

    id: str
    asks: str
    right: Authority | None
    why: str
    """Why it is the answer."""
    lead: str = ""
    """What stands before the answer that the authority gives."""


def cases(library: Library) -> Mapping[str, Subject]:
    """The questions of each decided case, and of each of the five opinions in other circuits.

    Where too few authorities can be put side by side, the drill cannot be made.
    """
    found: dict[str, Subject] = {}
    for id_, subject in subjects(library).items():
        found[id_] = subject
        for circuit in library.courts.circuits if subject.case.landmark else ():
            if circuit != subject.case.circuit:
                found[f"{id_}{ELSEWHERE_SIGN}{circuit}"] = _moved(library, subject, circuit)
    asked = [q.id for q in library.questions if not q.terms_only]
    return {f"{where}/{name}": subject for where, subject in found.items() for name in asked}


def _moved(library: Library, subject: Subject, circuit: str) -> Subject:
    """A case as if it were pending in another circuit today."""
    day = library.about.checked
    facts = subject.posture.forgetting(FORUM[1]).stating(FORUM[0], circuit).known
    case = replace(subject.case, circuit=circuit, decided=day)
    return replace(subject, case=case, facts=facts, text=prose(library, facts, day))


def parts(library: Library, subject: Subject, key: str) -> Iterable[Part]:
    """The questions on one legal question of a case; KeyError if there is none."""
    where, _, question = key.rpartition("/")
    finding = ruling_on(library, subject).finding(question)
    if finding is None:
        raise KeyError(key)
    court = "" if ELSEWHERE_SIGN in where else court_words(library, subject)
    found = tuple(_parts(library, subject, finding, key, court))
    if not fits_a_screen(subject.text, found):
        raise KeyError(key)
    return found


# The questions


def _parts(
    library: Library, subject: Subject, finding: Finding, key: str, court: str
) -> Iterator[Part]:
    """The questions on one posture, with the same authorities to choose from.

    KeyError if too few: the controlling one must be of the forum, and alone in its weight.
    """
    leading = next((a for a in finding.leading if a.holding.quote), None)
    if leading is None or not leading.rank.in_forum or not leading.holding.says:
        raise KeyError(key)
    rows = tuple(_asked(finding, leading, key))
    offered = [
        _option(row.right.holding, Point(row.why, (cite_of(row.right),)))
        for row in rows
        if row.right is not None
    ]
    offered += [_option(one.holding, one.point) for one in _astray(library, subject, finding, key)]
    options = tuple(shuffled(sorted(offered, key=lambda o: o.id), f"{FIND} {key}"))
    for row in rows:
        shown = row.right or leading
        answers = library.question[shown.holding.question].answers
        rule = f"{row.lead}{answers[shown.holding.answer].conclusion}"
        if row.id == CONTROLS and finding.share is None:
            # The conclusion on a question of law may only say how matters stand in the case.
            rule = shown.holding.says
        yield Part(
            id=row.id,
            doctrine=finding.question.doctrine,
            asks=row.asks,
            options=options if row.id == CONTROLS else (*options, Option(NONE, "None of these")),
            accepted=frozenset({NONE if row.right is None else row.right.holding.id}),
            lesson=Lesson(rule, cite_of(shown), court, (finding_point(library, finding),)),
        )


def _option(holding: Holding, why: Point) -> Option:
    cited = cite_holding(holding)
    return Option(holding.id, f"{cited}: {holding.says}", why, cited)


def _asked(finding: Finding, leading: Authority, key: str) -> Iterator[_Asked]:
    """What controls; what reaches the result on another standard, if anything; what is contrary."""
    asks, lead = finding.question.asks, "No authority offered binds. Which has the most weight"
    why = "The weightiest authority of this forum."
    if leading.binding:
        lead, why = "Which authority controls", "It binds and applies."
    yield _Asked(CONTROLS, f"{lead}? {asks}", leading, why)
    # Two answers to a question of law may lead to one result: only of a question left to the
    # judge is it certain which authority is contrary.
    other = contrary = None
    if finding.share is not None:
        other = _quoted(finding.other_standard, leading)
        contrary = _quoted(finding.against, leading, other)
    if other is not None:
        text = "Which supports the same result, but on another standard?"
        why = "It supports the same result on another standard."
        yield _Asked("other_standard", text, other, why, "On another standard: ")
    text = f"Which is contrary authority? {asks}"
    if contrary is not None:
        weight = "" if contrary.binding else " It is persuasive only."
        why = f"It applies and supports a different answer.{weight}"
        yield _Asked("contrary", text, contrary, why, "To the contrary: ")
    elif not shuffled(range(ONE_IN), f"{FIND} {key} none")[0]:
        yield _Asked("contrary", text, None, "", "No authority offered is contrary to this: ")


def _quoted(group: Iterable[Authority], *taken: Authority | None) -> Authority | None:
    """The first that has a quotation, of a precedent that is not taken."""
    others = {one.holding.precedent.id for one in taken if one is not None}
    return next(
        (a for a in group if a.holding.quote and a.holding.precedent.id not in others), None
    )


# Authorities that do not apply


def _astray(library: Library, subject: Subject, finding: Finding, key: str) -> list[Astray]:
    """Some that do not apply, of precedents that say nothing else here; KeyError if too few."""
    law = law_for(library, subject.posture, subject.case.decided, subject.without)
    cited = (*finding.authority_for, *finding.other_standard, *finding.against)
    speaking = {authority.holding.precedent.id for authority in cited}
    every = astray(library, law, subject.posture, finding.question.id)
    found = (one for one in every if one.holding.precedent.id not in speaking)
    picked = _of_each_kind(found, key.replace("/", " "))
    if len(picked) < LEAST_ASTRAY:
        raise KeyError(key)
    return picked


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


def astray(library: Library, law: Law, posture: Posture, question: str) -> Iterator[Astray]:
    """The authorities on a question that do not apply in a forum on a day, and why not."""
    met = law.applying(library.vocabulary.bits(posture.known)).get(question, ())
    applying = {authority.holding.id: authority for authority in met}
    for holding in library.holdings:
        if holding.question != question or not holding.quote:
            continue
        if (here := applying.get(holding.id)) is None:
            reason, text, also = _not_applying(library, law, posture, holding)
        elif here.rank.in_forum:
            continue
        else:
            reason, text, also = ELSEWHERE, "It is from outside this circuit: persuasive only.", ()
        if text:
            yield Astray(holding, reason, Point(text, (cite_holding_as(holding), *also)))


def _not_applying(
    library: Library, law: Law, posture: Posture, holding: Holding
) -> tuple[str, str, tuple[Cite, ...]]:
    """Why a holding does not apply: the kind of reason, a sentence, what else to cite.

    The sentence is empty where the reason would not be plain to a reader.
    """
    rank = rank_in_forum(holding.precedent, law.circuit, law.court)
    if holding.since > law.as_of:
        precision = holding.precedent.precision
        on = "on" if precision == "day" else "in"
        when = f"{on} {spell_date(holding.precedent.decided, precision)}"
        here = rank is not None and rank.in_forum
        return NOT_YET, f"It was decided later, {when}." if here else "", ()
    bits = library.vocabulary.bits(posture.known)
    for event in events_touching(holding, law.as_of):
        if event.treatment.ends_force and (event.when is None or event.when.met(bits)):
            by = library.precedents.get(event.by or "")
            also = tuple(cite_holding_as(h) for h in library.holdings_of(by)[:1]) if by else ()
            return OVERRULED, f"It was no longer good law on such facts: {event.note}", also
    if rank is None:
        return ELSEWHERE, "It is another district's local rule.", ()
    unmet = _unmet(library, posture, holding.when)
    return UNMET, unmet and f"It does not apply to these facts. {unmet}", ()


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
