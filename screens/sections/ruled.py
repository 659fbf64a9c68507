"""The ruling itself: in a sentence, beside a recorded one, its terms and alternatives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.content import Content

from qiwizard.interview import agenda, stakes
from qiwizard.ruling import rule
from qiwizard.summary import AID_NOT_ADVICE, STRENGTHS, open_that_matter
from screens.literal import literal
from screens.sections.case import Asks, Case, authority, bullet, heading, prose, verdict
from screens.styles import MUTED, STRONG
from screens.widgets.page import Block
from screens.words import day, outcome_word


def ruled(case: Case) -> list[Block]:
    """The ruling in a sentence, its terms, what else might be ordered, and what is open."""
    return [
        *_in_a_sentence(case),
        *_recorded(case),
        *_terms(case),
        *_alternatives(case),
        *_open(case),
        prose(AID_NOT_ADVICE, space=1, style=MUTED, indent=0),
    ]


def _in_a_sentence(case: Case) -> list[Block]:
    word = case.ruling.strength.word
    means = Content.assemble((word.capitalize(), STRONG), f": {STRENGTHS[word]}.")
    return [Block(literal(case.ruling.headline), indent=0), Block(means, indent=0, space=1)]


def _recorded(case: Case) -> list[Block]:
    if case.session.recorded is None:
        return []
    filed: Mapping[str, Any] = case.session.recorded.get("ruling", {})
    present = rule(case.library, case.session.posture, case.today)
    was = f"{filed.get('strength', '')}, as of {day(filed.get('as_of', ''))}"
    blocks = [
        heading("The file and today"),
        Block(_beside(case, "In the file", str(filed.get("outcome", "")), was)),
        Block(
            _beside(
                case,
                "Today",
                present.outcome,
                f"{present.strength.word}, as of {day(case.today)}",
            )
        ),
        prose(_compared(case, filed, present.outcome, present.strength.word)),
        prose("Press a to adopt today's ruling.", style=MUTED),
    ]
    if filed.get("outcome") != case.ruling.outcome:
        blocks.insert(-1, Block(_revised(case)))
    return blocks


def _beside(case: Case, label: str, outcome: str, rest: str) -> Content:
    word = literal(outcome_word(case.library, outcome), STRONG)
    return Content.assemble(f"{label:<12}", word, ", ", literal(rest))


def _compared(case: Case, filed: Mapping[str, Any], outcome: str, strength: str) -> str:
    if filed.get("outcome") != outcome:
        return "The law of today leads to another outcome."
    if filed.get("strength") != strength:
        return "The outcome is the same; how sure it is has changed."
    return f"Outcome and strength are the same on {day(case.today)}."


def _revised(case: Case) -> Content:
    return Content.assemble(
        "The library has grown since: for the day of the file it now says ",
        verdict(case, case.ruling),
        ".",
    )


def _terms(case: Case) -> list[Block]:
    terms = [bullet(term) for term in case.ruling.terms]
    return [heading("Terms of the order"), *(terms or [prose("No terms beyond the outcome.")])]


def _alternatives(case: Case) -> list[Block]:
    if not case.ruling.alternatives:
        return []
    blocks = [heading("Another outcome that authority here would carry")]
    for alternative in case.ruling.alternatives:
        word = literal(outcome_word(case.library, alternative.outcome), STRONG)
        blocks.append(Block(word + literal(f": {alternative.because}")))
        blocks += [authority(case, placed) for placed in alternative.authority]
    return blocks


def _open(case: Case) -> list[Block]:
    library, session = case.library, case.session
    names = open_that_matter(library, session.posture, session.as_of)
    blocks = [_open_fact(case, name) for name in names]
    if blocks:
        blocks.insert(0, heading("Not known, and it matters"))
    left = agenda(library, session.posture, session.as_of).at_most
    if left:
        more = "1 question" if left == 1 else f"{left} questions"
        blocks.append(prose(f"{more} not asked yet can still matter: i goes on.", space=1))
    return blocks


def _open_fact(case: Case, name: str) -> Block:
    """An open fact with the legal questions that turn on it."""
    library, session = case.library, case.session
    turning = stakes(library, session.posture, name, session.as_of)
    asked = " ".join(library.question[stake.question].asks for stake in turning)
    short = library.vocabulary.by_name[name].short
    return Block(literal(short, STRONG) + literal(f" – {asked}", MUTED), leads=Asks(name))
