"""What stands beside a question: where the ruling is heading, and the authority in play."""

from __future__ import annotations

from typing import Any

from textual.content import Content

from qiwizard.law.facts import Fact, Value
from qiwizard.law.forum import Placed
from qiwizard.law.history import treatment
from qiwizard.reasoning.interview import Agenda, Stake, stakes
from screens.drawing.literal import literal
from screens.drawing.styles import MUTED, STRONG
from screens.drawing.words import outcome_word, weight
from screens.sections.case import Case, cite, heading, prose, verdict
from screens.widgets.page import Block

HERE, ELSEWHERE = "Authority here", "No authority here; from elsewhere"
REST = "From elsewhere"
FEW_ANSWERS = 3
FEW_VOICES = 2
"""Answers shown beside the question for each legal question, and authorities for each answer."""


def left_words(agenda: Agenda) -> str:
    """How many questions are left, in words."""
    most = agenda.at_most
    if most == 0:
        return "No question left"
    least = min(agenda.at_least, most)
    span = str(most) if least == most else f"{least} to {most}"
    return f"{span} {'question' if most == 1 else 'questions'} left"


def heading_for(case: Case) -> Content:
    """The ruling on what is stated so far, and that of the file the session came from."""
    return verdict(case, case.ruling) + _recorded(case)


def reach_words(case: Case, agenda: Agenda) -> Content:
    """The other outcomes that answers can still lead to."""
    others = [o for o in case.library.outcomes if o in agenda.outcomes - {case.ruling.outcome}]
    if not agenda.left or not others:
        return Content("")
    labels = ", ".join(case.library.outcomes[o].label.lower() for o in others)
    return literal(f"can still become: {labels}", MUTED)


def _recorded(case: Case) -> Content:
    filed: dict[str, Any] = dict((case.session.recorded or {}).get("ruling", {}))
    if not filed:
        return Content("")
    outcome, strength = str(filed.get("outcome", "")), str(filed.get("strength", ""))
    if (outcome, strength) == (case.ruling.outcome, case.ruling.strength.word):
        return Content("")
    return literal(f" (in the file: {outcome_word(case.library, outcome)}, {strength})")


def authority_blocks(case: Case, fact: Fact) -> list[Block]:
    """The authorities the question turns on, those of this forum before any from elsewhere."""
    session = case.session
    found = stakes(case.library, session.posture, fact.name, session.as_of)
    here = [stake for stake in found if any(p.rank.in_forum for p in stake.holdings)]
    elsewhere = [stake for stake in found if stake not in here]
    if not found:
        return [heading(HERE, space=0), prose(fact.why, style=MUTED, indent=0)]
    blocks = [heading(HERE if here else ELSEWHERE, space=0)]
    for number, stake in enumerate((*here, *elsewhere)):
        if here and number == len(here):
            blocks.append(heading(REST))
        asks = case.library.question[stake.question].asks
        blocks.append(prose(asks, space=int(number not in {0, len(here)}), indent=0))
        blocks += _voices(case, fact, stake)
    return blocks


def _voices(case: Case, fact: Fact, stake: Stake) -> list[Block]:
    """The first answers given to a question, each with the first authorities that give it."""
    own = [p for p in stake.holdings if p.rank.in_forum]
    groups: dict[tuple[bool, str, str], list[Placed]] = {}
    for placed in own or stake.holdings:
        against = is_against(stake, placed, fact.name)
        key = against, if_words(fact, placed), conclusion(case, placed)
        groups.setdefault(key, []).append(placed)
    blocks, shown = [], 0
    for (against, when, says), voices in list(groups.items())[:FEW_ANSWERS]:
        named = [_cited(case, placed) for placed in voices[:FEW_VOICES]]
        shown += len(named)
        lead = Content.styled("against: ", STRONG) if against else Content("")
        blocks.append(Block(lead + Content("\n").join([*named, literal(f"{when}: {says}")])))
    if more := len(stake.holdings) - shown:
        blocks.append(prose(f"and {more} more: ?", style=MUTED))
    return blocks


def _cited(case: Case, placed: Placed) -> Content:
    state = treatment(placed.holding.precedent, case.session.as_of, placed.holding.key)
    return literal(cite(placed), STRONG) + literal(f"\n{weight(placed)} · {state}", MUTED)


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
    if values is not None:
        return "if " + _labels(fact, values)
    excepted = [c.facts[fact.name] for c in placed.holding.unless if fact.name in c.facts]
    if excepted:
        return "but not if " + _labels(fact, frozenset[Value]().union(*excepted))
    return "unless limited by later authority"


def _labels(fact: Fact, values: frozenset[Value]) -> str:
    return " or ".join(f"“{fact.label(v)}”" for v in fact.values if v in values)


def conclusion(case: Case, placed: Placed) -> str:
    """The answer a holding gives, as a sentence."""
    return case.library.question[placed.holding.question].answers[placed.holding.answer].conclusion
