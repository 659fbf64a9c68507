"""Why: a tree from the ruling down; what decides it stands open, the rest opens on demand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from qiwizard.law.forum import Placed
from qiwizard.reasoning.ruling import Finding
from qiwizard.reasoning.why import NO_FACT, Branch, Reason, prevailed, why
from screens.drawing.literal import literal
from screens.drawing.styles import MUTED, STRONG
from screens.drawing.words import weight
from screens.sections.case import (
    Asks,
    Case,
    branch,
    cite,
    fact_line,
    heading,
    prose,
    sourced,
    verdict,
)
from screens.widgets.page import Block

FIRST = 2
"""Leading authorities shown under a finding before the others are asked for."""
HOW = "Enter opens and closes +, p reads the precedent at ▸, x opens everything."


def why_tree(case: Case) -> list[Block]:
    """The ruling, its terms, what decides it, and the rest under one branch."""
    tree = why(case.library, case.ruling)
    blocks = [
        prose(HOW, style=MUTED, indent=0),
        Block(verdict(case, case.ruling) + literal(f": {case.ruling.headline}"), indent=0, space=1),
        *_terms(case, tree.terms),
    ]
    for each in tree.deciding:
        blocks += _doctrine(case, each, deciding=True)
    if tree.rest:
        blocks += _rest(case, tree.rest, tree.rest_count)
    return blocks


def _terms(case: Case, terms: Sequence[tuple[str, Finding]]) -> list[Block]:
    """The terms of the order, each opening to the finding and the authority that give it."""
    blocks = [heading("Terms of the order")] if terms else []
    for term, finding in terms:
        placed, key = finding.weighing.leading[0], f"term/{term}"
        blocks.append(branch(case, key, literal(term), placed, at_first=False))
        if case.opened(key, at_first=False):
            blocks.append(prose(f"Because: {finding.conclusion}", indent=6))
            blocks.append(sourced(case, placed, indent=8))
    return blocks


def _rest(case: Case, rest: Iterable[Branch], count: int) -> list[Block]:
    said = "1 finding that does" if count == 1 else f"{count} findings that do"
    text = literal(f"{said} not change the outcome", MUTED)
    branches = tuple(rest)
    placed = branches[0].reasons[0].finding.weighing.leading[0]
    head = branch(case, "rest", text, placed, at_first=False)
    if not case.opened("rest", at_first=False):
        return [prose(""), head]
    below = [block for each in branches for block in _doctrine(case, each, deciding=False)]
    return [prose(""), head, *below]


def _doctrine(case: Case, each: Branch, *, deciding: bool) -> list[Block]:
    blocks = [heading(each.doctrine.title)]
    for reason in each.reasons:
        blocks += _finding(case, reason, at_first=deciding and _tells(reason.finding))
    return blocks


def _tells(finding: Finding) -> bool:
    """Whether a finding is worth more than its sentence: it gives the outcome, or is disputed."""
    gives = finding.question.answers[finding.answer].outcome
    return bool(gives or finding.authority_against)


def _finding(case: Case, reason: Reason, *, at_first: bool) -> list[Block]:
    """A finding as a branch: the question, why the answer prevailed, facts, authority."""
    finding, key = reason.finding, f"finding/{reason.finding.question.id}"
    placed = finding.weighing.leading[0]
    text = literal(finding.conclusion, STRONG) + literal(f" ({finding.strength.word})", MUTED)
    head = branch(case, key, text, placed, at_first=at_first)
    if not case.opened(key, at_first=at_first):
        return [head]
    return [
        head,
        prose(finding.question.asks, style=MUTED, indent=6),
        prose(f"Why it prevailed: {prevailed(finding)}", indent=6),
        *_facts(case, finding),
        *(prose(f"It gives the term: {term}", indent=6) for term in reason.terms),
        prose("For:", indent=6),
        *_authority(case, finding),
        *_against(case, finding),
    ]


def _facts(case: Case, finding: Finding) -> list[Block]:
    """The facts it rests on; each leads to its question and reads what makes it matter."""
    if not finding.because:
        return [prose(NO_FACT, indent=6)]
    stops = [
        Block(
            fact_line(case, name),
            indent=8,
            leads=Asks(name),
            source=_turning(finding, name).holding.precedent.id,
        )
        for name in finding.because
    ]
    return [prose("Rests on:", indent=6), *stops]


def _turning(finding: Finding, name: str) -> Placed:
    """The first leading holding that speaks on a fact."""
    leading = finding.weighing.leading
    return next((p for p in leading if name in p.holding.when.facts), leading[0])


def _authority(case: Case, finding: Finding) -> list[Block]:
    """The first leading holdings with their sources, the others under a branch."""
    shown = finding.weighing.leading[:FIRST]
    others = [p for p in finding.authority_for if p not in shown]
    key = f"for/{finding.question.id}"
    return [
        *(sourced(case, placed, indent=8) for placed in shown),
        *_folded(case, key, f"{len(others)} more for it", others),
    ]


def _against(case: Case, finding: Finding) -> list[Block]:
    contrary = finding.authority_against
    if not contrary:
        return [prose("Against: none on these facts.", indent=6)]
    count = len(contrary)
    return _folded(case, f"against/{finding.question.id}", f"{count} against it", contrary)


def _folded(case: Case, key: str, said: str, authority: Sequence[Placed]) -> list[Block]:
    """Authority under a branch that is closed at first."""
    if not authority:
        return []
    first = literal(f": {cite(authority[0])} · {weight(authority[0])}", MUTED)
    is_open = case.opened(key, at_first=False)
    more = Content(" …") if len(authority) > 1 else Content("")
    text = literal(said) + (Content("") if is_open else first + more)
    head = branch(case, key, text, authority[0], at_first=False)
    below = [sourced(case, placed, indent=10) for placed in authority] if is_open else []
    return [_deeper(head), *below]


def _deeper(block: Block) -> Block:
    """The same branch further in."""
    return Block(block.text, indent=8, mark=block.mark, leads=block.leads, source=block.source)
