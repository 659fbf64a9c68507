"""Against: the contrary authority, what it answers, and the outcomes it would carry."""

from __future__ import annotations

from textual.content import Content

from qiwizard.law.forum import Placed
from qiwizard.reasoning.contrary import distinguished
from qiwizard.reasoning.ruling import Finding
from qiwizard.reasoning.why import prevailed
from screens.drawing.literal import literal
from screens.drawing.styles import MUTED, STRONG
from screens.drawing.words import outcome_word
from screens.sections.case import Case, authority, heading, prose
from screens.widgets.page import Block


def against(case: Case) -> list[Block]:
    """Contrary authority finding by finding, then the other outcomes."""
    blocks: list[Block] = []
    for finding in case.ruling.findings:
        if finding.authority_against:
            blocks += _contrary(case, finding, first=not blocks)
    if not blocks:
        blocks.append(prose("No holding of the library says otherwise on these facts.", indent=0))
    return [*blocks, *_outcomes(case)]


def _contrary(case: Case, finding: Finding, *, first: bool) -> list[Block]:
    blocks = [
        heading(finding.question.asks, space=0 if first else 1),
        Block(Content.assemble(("Prevailed: ", MUTED), literal(finding.conclusion, STRONG))),
        prose(prevailed(finding), style=MUTED),
    ]
    answers = dict.fromkeys(p.holding.answer for p in finding.authority_against)
    for answer in answers:
        conclusion = finding.question.answers[answer].conclusion
        blocks.append(Block(Content.assemble(("Contrary: ", MUTED), literal(conclusion)), space=1))
        for placed in finding.authority_against:
            if placed.holding.answer == answer:
                blocks += _stop(case, placed, decisive=finding.decisive)
    return blocks


def _stop(case: Case, placed: Placed, *, decisive: bool) -> list[Block]:
    """A contrary holding, and how it would be distinguished where the outcome turns on it."""
    blocks, said = [authority(case, placed)], placed.holding.distinguish
    if decisive:
        said = distinguished(case.library, case.session.posture, placed)
    if said:
        blocks.append(prose(f"To distinguish it: {said}", indent=4))
    return blocks


def _outcomes(case: Case) -> list[Block]:
    blocks: list[Block] = []
    for alternative in case.ruling.alternatives:
        word = literal(outcome_word(case.library, alternative.outcome), STRONG)
        blocks.append(Block(word + literal(f": {alternative.because}")))
        blocks += [authority(case, placed) for placed in alternative.authority]
    return [heading("Other outcomes this would carry"), *blocks] if blocks else []
