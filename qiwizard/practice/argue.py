"""Argue it: for one side, the two best authorities, and the answer to the other side's best."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from qiwizard.law.citation import cite_holding
from qiwizard.law.forum import Authority, Rank, Voice, once_each
from qiwizard.law.library import Library
from qiwizard.practice.cases import ruling_on, subjects, words
from qiwizard.practice.items import Lesson, Option, Part, Subject, fits_a_screen, shuffled
from qiwizard.practice.lessons import cite_of, court_words, finding_point, weight
from qiwizard.reasoning.explanation import distinguished
from qiwizard.reasoning.ruling import Finding

ARGUE = "argue"
LETTERS = "ABCD"
MOST_PAIRS = 5
ANSWERS = {
    "elsewhere": "It is persuasive only: this court is not bound by the court that wrote it.",
    "unpublished": "It is an unpublished opinion and does not bind this court.",
    "discretion": "It binds, but it leaves the matter to the court's discretion.",
    "distinguished": "It is distinguishable: it rests on different facts or a different question.",
    "overruled": "Later authority has overruled it.",
    "later": "It was decided after the date of this ruling.",
    "another": "It addresses another legal question.",
}


@dataclass(frozen=True, slots=True)
class Argument:
    """The authorities of two sides on a question."""

    finding: Finding
    side: bool
    """Whether the clerk is to argue for the answer of the ruling."""
    best: tuple[Authority, Authority]
    weaker: Authority
    """One of the side that no advocate could prefer to these."""
    other: Authority
    """The best of the other side."""


def cases(library: Library) -> Mapping[str, Subject]:
    """Each decided case and counted question, for either side."""
    return {
        f"{subject.case.id}/{row['question']}-{side}": subject
        for subject in subjects(library).values()
        for row in words()["side"]
        for side in ("for", "against")
    }


def parts(library: Library, subject: Subject, key: str) -> Iterable[Part]:
    """The questions on one side of a question; KeyError if a side has too little."""
    question, _, side = key.rpartition("/")[2].rpartition("-")
    finding = ruling_on(library, subject).finding(question)
    if finding is None:
        raise KeyError(key)
    found = tuple(_parts(library, subject, _argument(finding, side=side == "for"), key))
    if not fits_a_screen(subject.text, found):
        raise KeyError(key)
    return found


def _argument(finding: Finding, *, side: bool) -> Argument:
    """What a side can cite on a question, each precedent once; KeyError if it is too little.

    Of the rest of the side only what the two best outweigh, so that the choice has one answer.
    """
    groups = (*finding.authority_for, *finding.other_standard), finding.against
    cited = [once_each(a for a in group if a.holding.quote) for group in groups]
    ids = [{a.holding.precedent.id for a in group} for group in cited]
    shared = ids[0] & ids[1]
    own, others = (
        sorted((a for a in group if a.holding.precedent.id not in shared), key=weight, reverse=True)
        for group in (cited if side else cited[::-1])
    )
    weaker = [a for a in own[2:] if _clearly_weaker(a, own[1])]
    if not weaker or not others:
        raise KeyError(finding.question.id)
    return Argument(finding, side, (own[0], own[1]), weaker[0], others[0])


def _clearly_weaker(one: Authority, than: Authority) -> bool:
    """Whether no advocate could prefer it.

    Of authorities that do not bind, an opinion of another circuit may well be preferred to an order
    of a district court of this one.
    """
    appellate = one.rank is Rank.SISTER_CIRCUIT and not than.binding
    return weight(one) < weight(than) and not appellate


def _parts(library: Library, subject: Subject, argument: Argument, key: str) -> Iterator[Part]:
    listed = shuffled([*argument.best, argument.weaker, argument.other], f"{ARGUE} {key}")
    finding, best = argument.finding, argument.best[0]
    party, rule = _party(argument), best.holding.says
    if best.holding.question == finding.question.id:
        rule = finding.question.answers[best.holding.answer].conclusion
    listing = "\n".join(
        f"{LETTERS[n]}. {cite_holding(a.holding)}: {a.holding.says}" for n, a in enumerate(listed)
    )
    point = finding_point(library, finding)
    yield Part(
        id="best",
        doctrine=finding.question.doctrine,
        asks=f"You represent {party}. Which two authorities are your best?",
        options=tuple(_pairs(listed, argument, key)),
        accepted=frozenset({_pair(listed, argument.best)}),
        lesson=Lesson(rule, cite_of(best), court_words(library, subject), (point,)),
        note=f"The question: {finding.question.asks}",
        setting=listing,
    )
    other = argument.other
    differing = distinguished(library, subject.posture, other)
    right, why = _answer(argument, differing)
    yield Part(
        id="answer",
        doctrine=finding.question.doctrine,
        asks=f"The other side relies on {other.holding.precedent.short}. Your best answer?",
        options=tuple(
            Option(id_, ANSWERS[id_]) for id_ in _offered(right, argument, differing, key)
        ),
        accepted=frozenset({right}),
        lesson=Lesson(why, cite_of(other), court_words(library, subject), (point,)),
        setting=f"{cite_holding(other.holding)}: {other.holding.says}",
    )


def _party(argument: Argument) -> str:
    """The party that the side favors."""
    finding = argument.finding
    row = next(r for r in words()["side"] if r["question"] == finding.question.id)
    yes = finding.question.answers[finding.answer].side is argument.side
    return str(row["yes" if yes else "no"])


def _pairs(listed: list[Authority], argument: Argument, key: str) -> Iterator[Option]:
    """The right pair among others, half of them with one of the best."""
    right = _pair(listed, argument.best)
    every = [_pair(listed, pair) for pair in combinations(listed, 2)]
    others = shuffled([pair for pair in every if pair != right], f"{ARGUE} {key} pairs")
    for pair in sorted([right, *others[: MOST_PAIRS - 1]]):
        one, other = (listed[LETTERS.index(letter)].holding.precedent.short for letter in pair)
        yield Option(pair, f"{pair[0]} and {pair[1]}: {one}; {other}")


def _pair(listed: list[Authority], pair: Iterable[Authority]) -> str:
    """Two authorities as the letters under which they are listed."""
    return "".join(sorted(LETTERS[listed.index(one)] for one in pair))


def _answer(argument: Argument, differing: str) -> tuple[str, str]:
    """The best true answer to the other side's authority, and why it is true; KeyError if none.

    `differing` is how that authority would be distinguished, if it can be.
    """
    other = argument.other
    if other.rank is Rank.OWN_CIRCUIT_UNPUBLISHED:
        return "unpublished", "An unpublished opinion may persuade; it does not bind."
    if not other.binding:
        stronger = "; yours binds" if argument.best[0].binding else ""
        return "elsewhere", f"Authority that does not bind is persuasive only{stronger}."
    if other.voice is Voice.PERMITS:
        return "discretion", "Authority that permits a ruling does not require it."
    if differing:
        return "distinguished", differing
    raise KeyError(other.holding.id)


def _offered(right: str, argument: Argument, differing: str, key: str) -> list[str]:
    """The right answer among three that are wrong; none that could be called right is offered.

    Of authority that can be distinguished, or that bears on the question from another one, it may
    be said with reason that its facts or its question are different; of authority that requires
    nothing, that it leaves the matter to the court; of an order, that it is not published.
    """
    other = argument.other
    direct = other.holding.question == argument.finding.question.id
    arguable = {"distinguished", "another"} if differing or not direct else set()
    if other.binding and other.voice is not Voice.DECIDES:
        arguable.add("discretion")
    if not other.binding:
        arguable |= {"elsewhere", "unpublished"}
    wrong = [id_ for id_ in ANSWERS if id_ not in {right, *arguable}]
    return shuffled([right, *shuffled(wrong, f"{ARGUE} {key} wrong")[:3]], f"{ARGUE} {key} answer")
