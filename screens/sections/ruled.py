"""The ruling itself: in a sentence, beside a recorded one, its terms and alternatives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qiwizard.reasoning.conditional import Conditional, OpenFact, conditional
from qiwizard.reasoning.interview import agenda, stakes
from textual.content import Content

from qiwizard.reasoning.ruling import rule
from qiwizard.reports.words import AID_NOT_ADVICE, STRENGTHS, value_words
from qiwizard.sessions.since import Reason, reasons, since
from screens.drawing.literal import literal
from screens.drawing.styles import MUTED, STRONG
from screens.drawing.words import day, outcome_word
from screens.sections.case import Asks, Case, Reads, authority, bullet, heading, prose
from screens.widgets.page import Block


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
    return [
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
        *_moved(case),
    ]


def _beside(case: Case, label: str, outcome: str, rest: str) -> Content:
    word = literal(outcome_word(case.library, outcome), STRONG)
    return Content.assemble(f"{label:<12}", word, ", ", literal(rest))


def _compared(case: Case, filed: Mapping[str, Any], outcome: str, strength: str) -> str:
    if filed.get("outcome") != outcome:
        return "The law of today leads to another outcome."
    if filed.get("strength") != strength:
        return "The outcome is the same; how sure it is has changed."
    return f"Outcome and strength are the same on {day(case.today)}."


def _moved(case: Case) -> list[Block]:
    """What changed in between, the authorities as stops, and how to adopt today's ruling."""
    changed = since(case.library, case.session, case.today)
    if changed is None or not changed.adoptable:
        return []
    adopt = prose("Press a to adopt today's ruling.", style=MUTED, space=1)
    return [*(_reason(reason) for reason in reasons(case.library, changed)), adopt]


def _reason(reason: Reason) -> Block:
    if reason.precedent is None:
        return bullet(reason.text)
    return Block(
        literal(reason.text), indent=4, leads=Reads(reason.precedent), source=reason.precedent
    )


def _terms(case: Case) -> list[Block]:
    terms = [bullet(term) for term in case.ruling.terms]
    return [heading("Terms of the order"), *(terms or [prose("No terms beyond the outcome.")])]


def _alternatives(case: Case) -> list[Block]:
    if not case.ruling.alternatives:
        return []
    blocks = [heading("Another outcome that authority would carry")]
    for alternative in case.ruling.alternatives:
        word = literal(outcome_word(case.library, alternative.outcome), STRONG)
        blocks.append(Block(word + literal(f": {alternative.because}")))
        blocks += [authority(case, placed) for placed in alternative.authority]
    return blocks


def _open(case: Case) -> list[Block]:
    library, session = case.library, case.session
    found = conditional(library, session.posture, session.as_of)
    blocks = [_open_fact(case, fact) for fact in found.facts if fact.matters]
    if blocks:
        blocks.insert(0, heading("Open facts that matter"))
    blocks += _idle(case, found)
    left = agenda(library, session.posture, session.as_of).at_most
    if left:
        more = "1 question" if left == 1 else f"{left} questions"
        blocks.append(prose(f"{more} not asked yet can still matter: i goes on.", space=1))
    return blocks


def _open_fact(case: Case, fact: OpenFact) -> Block:
    """An open fact with where its values lead and the legal questions that turn on it."""
    library, session = case.library, case.session
    text = literal(library.vocabulary.by_name[fact.name].short, STRONG)
    for branch in fact.branches:
        values = " or ".join(f"“{value_words(library, fact.name, v)}”" for v in branch.values)
        led = literal(outcome_word(library, branch.outcome), STRONG)
        text += literal(f"\n{values}: ") + led + literal(f", {branch.strength.word}")
    turning = stakes(library, session.posture, fact.name, session.as_of)
    asked = " ".join(library.question[stake.question].asks for stake in turning)
    return Block(text + literal(f"\n{asked}" if asked else "", MUTED), leads=Asks(fact.name))


def _idle(case: Case, found: Conditional) -> list[Block]:
    """The open facts that do not matter, by name."""
    shorts = (case.library.vocabulary.by_name[name].short for name in found.idle)
    said = f"Open, and without effect as things stand: {', '.join(shorts)}."
    return [prose(said, style=MUTED, space=1)] if found.idle else []
