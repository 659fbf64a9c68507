"""Why: doctrine by doctrine the conclusion, the facts under it, and the authority for it."""

from __future__ import annotations

from textual.content import Content

from qiwizard.law import Placed
from qiwizard.ruling import Finding
from screens.literal import literal
from screens.sections.case import Case, Reads, authority, bullet, cite, fact_line, heading, prose
from screens.styles import MUTED, STRONG
from screens.widgets.page import Block
from screens.words import CANON_SAYS, weight


def why(case: Case) -> list[Block]:
    """Every finding under its doctrine."""
    blocks: list[Block] = []
    doctrine = ""
    for finding in case.ruling.findings:
        if finding.question.doctrine != doctrine:
            doctrine = finding.question.doctrine
            blocks.append(heading(case.library.doctrine(doctrine).title, space=bool(blocks)))
            blocks += _finding(case, finding, space=0)
        else:
            blocks += _finding(case, finding, space=1)
    return blocks


def _finding(case: Case, finding: Finding, *, space: int) -> list[Block]:
    return [
        prose(finding.question.asks, space=space, style=MUTED),
        Block(_conclusion(finding)),
        *_rests_on(case, finding),
        prose(f"Why it prevailed: {CANON_SAYS[finding.weighing.canon]}"),
        prose("For:"),
        *(authority(case, placed) for placed in finding.authority_for),
        *_against(finding),
    ]


def _conclusion(finding: Finding) -> Content:
    turns = "" if finding.decisive else "; does not change the outcome"
    return literal(finding.conclusion, STRONG) + literal(
        f" ({finding.strength.word}{turns})", MUTED
    )


def _rests_on(case: Case, finding: Finding) -> list[Block]:
    if not finding.because:
        return [prose("Rests on no particular fact: the general rule.")]
    return [prose("Rests on:"), *(bullet(fact_line(case, name)) for name in finding.because)]


def _against(finding: Finding) -> list[Block]:
    """The contrary authority by name; what it says stands in its own section."""
    contrary = finding.authority_against
    if not contrary:
        return [prose("Against: none on these facts.")]
    return [prose("Against:"), *(_named(placed) for placed in contrary)]


def _named(placed: Placed) -> Block:
    text = literal(cite(placed), STRONG) + literal(f" · {weight(placed)}", MUTED)
    return Block(text, indent=4, leads=Reads(placed.holding.precedent.id))
