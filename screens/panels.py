"""What stands beside a question: where the ruling is heading, and the authority in play."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.content import Content

from qiwizard.facts import Fact, Value
from qiwizard.history import standing
from qiwizard.interview import Agenda, Stake, stakes
from qiwizard.law import Placed
from screens.literal import literal
from screens.sections.case import HEADING, MUTED, STRONG, Case, Reads, cite, heading, prose, verdict
from screens.widgets.page import Block
from screens.words import outcome_word, weight

FEW = 3
"""Authorities shown beside a question for each legal question; F1 shows all."""


def left_words(agenda: Agenda) -> str:
    """How many questions are left, in words."""
    most = agenda.at_most
    if most == 0:
        return "No question left"
    least = min(agenda.at_least, most)
    span = str(most) if least == most else f"{least} to {most}"
    return f"{span} {'question' if most == 1 else 'questions'} left"


def heading_for(case: Case, agenda: Agenda) -> Content:
    """Where the ruling is heading on what is stated so far, and what can still be reached."""
    text = Content.assemble(
        ("Where this is heading\n", HEADING),
        verdict(case, case.ruling),
    )
    text += _recorded(case)
    others = [o for o in case.library.outcomes if o in agenda.outcomes - {case.ruling.outcome}]
    if agenda.left and others:
        labels = ", ".join(case.library.outcomes[o].label.lower() for o in others)
        text += literal(f"\ncan still become: {labels}", MUTED)
    return text


def _recorded(case: Case) -> Content:
    filed: dict[str, Any] = dict((case.session.recorded or {}).get("ruling", {}))
    if not filed:
        return Content("")
    word = outcome_word(case.library, str(filed.get("outcome", "")))
    return literal(f"\nin the file: {word}, {filed.get('strength', '')}")


def authority_blocks(case: Case, fact: Fact) -> list[Block]:
    """The authorities the question turns on in this forum, the weightiest first."""
    session = case.session
    found = stakes(case.library, session.posture, fact.name, session.as_of)
    blocks = [heading("Authority here", space=0)]
    if not found:
        return [*blocks, prose(fact.why, style=MUTED, indent=0)]
    for number, stake in enumerate(found):
        blocks.append(
            prose(case.library.question[stake.question].asks, space=int(number > 0), indent=0)
        )
        shown = leading_few(stake, FEW)
        blocks += [_authority(case, fact, stake, placed) for placed in shown]
        if more := len(stake.holdings) - len(shown):
            blocks.append(prose(f"and {more} more: F1", style=MUTED))
    return blocks


def leading_few(stake: Stake, few: int) -> Sequence[Placed]:
    """The first holdings of a stake; those from elsewhere only where the forum has none."""
    own = [p for p in stake.holdings if p.rank.in_forum]
    return (own or stake.holdings)[:few]


def _authority(case: Case, fact: Fact, stake: Stake, placed: Placed) -> Block:
    holding = placed.holding
    lead = "against: " if is_against(stake, placed, fact.name) else ""
    text = Content.assemble(
        (lead, STRONG),
        literal(cite(placed), STRONG),
        literal(
            f"\n{weight(placed)} · {standing(holding.precedent, case.session.as_of, holding.key)}",
            MUTED,
        ),
        literal(f"\n{if_words(fact, placed)}: {conclusion(case, placed)}"),
    )
    return Block(text, leads=Reads(holding.precedent.id))


def is_against(stake: Stake, placed: Placed, fact: str) -> bool:
    """Whether a weightier holding answers otherwise on one of the same values of the fact."""
    values = placed.holding.when.facts.get(fact)
    for weightier in stake.holdings:
        if weightier is placed:
            return False
        theirs = weightier.holding.when.facts.get(fact)
        meet = values is None or theirs is None or bool(values & theirs)
        if meet and weightier.holding.answer != placed.holding.answer:
            return True
    return False


def if_words(fact: Fact, placed: Placed) -> str:
    """The values of the fact on which a holding speaks, as a clause."""
    values: frozenset[Value] | None = placed.holding.when.facts.get(fact.name)
    if values is None:
        return "unless limited by later authority"
    return "if " + " or ".join(f"“{fact.label(v)}”" for v in fact.values if v in values)


def conclusion(case: Case, placed: Placed) -> str:
    """The answer a holding gives, as a sentence."""
    return case.library.question[placed.holding.question].answers[placed.holding.answer].conclusion
