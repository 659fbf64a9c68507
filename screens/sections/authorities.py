"""The table of authorities: everything cited, by weight in the forum."""

from __future__ import annotations

from textual.content import Content

from qiwizard.law.citation import full_citation, pin_label
from qiwizard.law.forum import Placed
from qiwizard.law.history import history_sentences, treatment
from qiwizard.reasoning.why import VERIFIED_SAYS
from screens.drawing.literal import literal
from screens.drawing.styles import MUTED, STRONG
from screens.drawing.words import weight
from screens.sections.case import Case, Reads, heading
from screens.widgets.page import Block


def authorities(case: Case) -> list[Block]:
    """Binding authorities, then persuasive ones, each precedent once."""
    groups: dict[bool, dict[str, list[Placed]]] = {True: {}, False: {}}
    for placed in case.ruling.cited:
        group = groups[placed.binding]
        group.setdefault(placed.holding.precedent.id, []).append(placed)
    blocks: list[Block] = []
    for binding, title in ((True, "Binding here"), (False, "Persuasive")):
        if groups[binding]:
            blocks.append(heading(title, space=bool(blocks)))
            blocks += [_stop(case, placed) for placed in groups[binding].values()]
    return blocks


def _stop(case: Case, cited_for: list[Placed]) -> Block:
    placed = cited_for[0]
    precedent = placed.holding.precedent
    as_of = case.ruling.as_of
    pins = dict.fromkeys(pin_label(p.holding) for p in cited_for if not precedent.source.rule)
    where = f" · {'; '.join(pins)}" if pins else ""
    checked = VERIFIED_SAYS[placed.holding.verified]
    text = Content.assemble(
        literal(full_citation(precedent), STRONG),
        literal(f"\n{weight(placed)} · {treatment(precedent, as_of)}{where}"),
        literal(f"\nQuotation checked {checked}.", MUTED),
    )
    for sentence in history_sentences(precedent, None, as_of, case.library):
        text += literal(f"\n{sentence}", MUTED)
    return Block(text, leads=Reads(precedent.id), source=precedent.id)
