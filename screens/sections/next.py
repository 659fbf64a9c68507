"""Next steps: what each side and chambers may do after the ruling, and the draft of an order."""

from __future__ import annotations

from textual.content import Content

from qiwizard.reasoning.nextsteps import NextStep, by_role, next_steps
from screens.drawing.literal import literal
from screens.drawing.styles import MUTED, STRONG
from screens.drawing.words import weight
from screens.sections.case import Case, Drafts, Reads, cite, heading
from screens.widgets.page import Block


def following(case: Case) -> list[Block]:
    """The steps role by role, each with its authority as stops, then the draft."""
    blocks: list[Block] = []
    groups = by_role(next_steps(case.library, case.session.posture, case.ruling))
    for head, steps in groups.items():
        blocks.append(heading(head, space=1 if blocks else 0))
        for number, step in enumerate(steps):
            blocks += _step(step, space=1 if number else 0)
    return [*blocks, heading("The order"), _draft()]


def _step(step: NextStep, *, space: int) -> list[Block]:
    text = literal(step.text)
    if step.rule:
        text += literal(f" {step.rule}.", MUTED)
    return [
        Block(text, space=space, mark="• ", indent=2),
        *(
            Block(
                literal(cite(placed)) + literal(f" · {weight(placed)}", MUTED),
                indent=4,
                leads=Reads(placed.holding.precedent.id),
                source=placed.holding.precedent.id,
            )
            for placed in step.authority
        ),
    ]


def _draft() -> Block:
    text = Content.assemble(
        ("Draft of an order with these terms", STRONG),
        literal("\nFor training and research, with blanks; o opens it, e writes it.", MUTED),
    )
    return Block(text, leads=Drafts())
