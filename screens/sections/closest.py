"""Closest orders: decided cases, what they share with this one and what sets them apart."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from qiwizard.similar import Near, closest
from screens.literal import literal
from screens.sections.case import Case, Reads, listing, prose
from screens.styles import MUTED, STRONG
from screens.widgets.page import Block
from screens.words import outcome_word

NOTHING_NEAR = "No decided order of the library shares a stated fact with this case."


def closest_orders(case: Case) -> list[Block]:
    """The nearest decided orders, nearest first."""
    near = closest(case.library, case.session.posture, case.session.as_of)
    if not near:
        return [prose(NOTHING_NEAR, indent=0)]
    same = sum(order.agrees for order in near)
    tally = f"{same} of the {len(near)} closest decided orders came out the same way."
    note = "They were picked for variety and give no base rate."
    return [prose(f"{tally} {note}", style=MUTED, indent=0), *(_stop(case, n) for n in near)]


def _stop(case: Case, near: Near) -> Block:
    way = "the same way" if near.agrees else "the other way"
    text = Content.assemble(
        literal(near.caption, STRONG),
        literal(f", {near.citation}"),
        "\n→ ",
        (outcome_word(case.library, near.outcome), STRONG),
        f", {way}",
        literal(f"\nShared: {_names(case, near.shared)}", MUTED),
        literal(f"\nDiffers: {_names(case, near.differs)}", MUTED),
    )
    return Block(text, space=1, leads=Reads(near.id))


def _names(case: Case, facts: Iterable[str]) -> str:
    names = case.library.vocabulary.by_name
    return listing(names[fact].short for fact in facts)
