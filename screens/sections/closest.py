"""Closest orders: decided cases, what they share with this one and what sets them apart."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from qiwizard.law.citation import captioned
from qiwizard.reasoning.similar import MEASURE, Near, closest
from screens.drawing.literal import literal
from screens.drawing.styles import MUTED, STRONG
from screens.drawing.words import outcome_word
from screens.sections.case import Case, Reads, heading, listing, prose
from screens.widgets.page import Block

NO_RATE = "The orders were picked for variety and give no base rate."
NOTHING_NEAR = "No decided order of the library shares a stated fact with this case."


def closest_orders(case: Case) -> list[Block]:
    """The nearest decided orders of either kind, nearest first."""
    near = closest(case.library, case.session.posture, case.session.as_of)
    if not near:
        return [prose(NOTHING_NEAR, indent=0)]
    blocks = [prose(f"{MEASURE} {NO_RATE}", style=MUTED, indent=0)]
    for title, agrees in (("The same way", True), ("The other way", False)):
        stops = [_stop(case, order) for order in near if order.agrees is agrees]
        blocks += [heading(title), *(stops or [prose("None that is near.")])]
    return blocks


def _stop(case: Case, near: Near) -> Block:
    way = "the same way" if near.agrees else "the other way"
    text = Content.assemble(
        literal(near.caption, STRONG),
        literal(captioned("", near.citation)),
        "\n→ ",
        (outcome_word(case.library, near.outcome), STRONG),
        f", {way}",
        literal(f"\nShared: {_names(case, near.shared)}", MUTED),
        literal(f"\nDiffers: {_names(case, near.differs)}", MUTED),
    )
    return Block(text, space=1, leads=Reads(near.id), source=near.id)


def _names(case: Case, facts: Iterable[str]) -> str:
    names = case.library.vocabulary.by_name
    return listing(names[fact].short for fact in facts)
