"""What would change it: the smallest changes of fact that turn the outcome."""

from __future__ import annotations

from qiwizard.reasoning.changes import Change, Turn, changes
from textual.content import Content

from qiwizard.documents.document import carrying
from qiwizard.reports.words import value_words
from screens.drawing.literal import literal
from screens.drawing.styles import MUTED, STRONG
from screens.sections.case import Case, Tries, prose, verdict
from screens.widgets.page import Block

HOW = (
    "Each of these, instead of what is stated, turns the outcome. Enter shows that ruling beside "
    "the present one; the session stays as it is."
)


def changing(case: Case) -> list[Block]:
    """Each change as a stop, with the outcome it leads to."""
    found = changes(case.library, case.session.posture, case.session.as_of)
    if not found:
        return [prose("No change of one or two facts turns the outcome.", indent=0)]
    return [prose(HOW, style=MUTED, indent=0), *(_stop(case, change) for change in found)]


def _stop(case: Case, change: Change) -> Block:
    led = Content.assemble("\n→ ", verdict(case, change.ruling))
    return Block(_turns(case, change) + led, space=1, leads=Tries(change), source=_carrier(change))


def _carrier(change: Change) -> str:
    """The precedent that would carry the changed ruling."""
    return carrying(change.ruling)[0].holding.precedent.id


def change_says(case: Case, change: Change) -> Content:
    """A change as a list of facts: what would be the case, and what is now."""
    return Content("Instead:\n") + _turns(case, change)


def _turns(case: Case, change: Change) -> Content:
    return Content("\n").join(Content("• ") + _turn(case, turn) for turn in change.turns)


def _turn(case: Case, turn: Turn) -> Content:
    library = case.library
    return Content.assemble(
        literal(library.vocabulary.by_name[turn.fact].short),
        ": ",
        literal(value_words(library, turn.fact, turn.after), STRONG),
        literal(f" ({_before(case, turn)})", MUTED),
    )


def _before(case: Case, turn: Turn) -> str:
    if turn.before is not None:
        return f"now: {value_words(case.library, turn.fact, turn.before)}"
    return "now: open" if turn.fact in case.session.posture.open else "not asked"
