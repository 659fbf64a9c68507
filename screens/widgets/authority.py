"""The authority on a question, and the practice counts of its doctrine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from textual.content import Content

from qiwizard.law.citation import short_citation
from qiwizard.law.facts import Fact
from qiwizard.law.forum import Authority
from qiwizard.law.library import Library
from qiwizard.reasoning.relevance import stakes
from qiwizard.sessions.questions import Question, practice_words
from qiwizard.sessions.session import Session
from screens.drawing import HEADING, MUTED, STRONG, literal
from screens.widgets.page import Block

MOST = 3
"""Authorities shown for each legal question; the rest stand under Why."""


def authority_blocks(library: Library, session: Session, asked: Question) -> Iterator[Block]:
    """The authorities a question turns on by legal question, and the practice of its doctrine."""
    blocks = list(_blocks(library, session, asked))
    yield from (replace(block, space=block.space if n else 0) for n, block in enumerate(blocks))


def _blocks(library: Library, session: Session, asked: Question) -> Iterator[Block]:
    for words in practice_words(library, session, asked.doctrine):
        yield Block(literal(words), indent=0, space=1)
    found = stakes(library, session.posture, asked.fact.name, session.as_of)
    own = [stake for stake in found if any(a.rank.in_forum for a in stake.holdings)]
    for stake in own or found[:2]:
        yield Block(literal(library.question[stake.question].asks, HEADING), indent=0, space=1)
        first = [a for a in stake.holdings if a.rank.in_forum] or list(stake.holdings)
        for authority in first[:MOST]:
            yield Block(holding_text(library, asked.fact, authority), indent=2)
        if more := len(stake.holdings) - len(first[:MOST]):
            yield Block(literal(f"and {more} more: w", MUTED), indent=2)
    if not found:
        yield Block(literal(asked.fact.why, MUTED), indent=0)


def holding_text(library: Library, fact: Fact, authority: Authority) -> Content:
    """A holding: its citation, weight, the answers it needs, and its conclusion."""
    holding = authority.holding
    answers = library.question[holding.question].answers
    return Content.assemble(
        literal(short_citation(holding.precedent, holding.pin), STRONG),
        literal(f" ({authority.weight})\n", MUTED),
        literal(f"{condition_words(fact, holding.when.facts)}{answers[holding.answer].conclusion}"),
    )


def condition_words(fact: Fact, when: Mapping[str, frozenset[bool | str]]) -> str:
    """The answers under which a holding applies, as the beginning of a sentence."""
    values = when.get(fact.name)
    if values is None:
        return ""
    return f"If “{'” or “'.join(fact.label(v) for v in fact.values if v in values)}”: "
