"""A comparison of forums: as plain text, as Markdown, and as a table for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from qiwizard.law.citation import short_citation
from qiwizard.law.forum import Authority
from qiwizard.law.questions import Question
from qiwizard.reasoning.forums import Column, Comparison, Disagreement, Forum, Side
from qiwizard.reasoning.ruling import Finding
from qiwizard.reports import as_markdown, as_text
from qiwizard.reports.authority import cited
from qiwizard.reports.blocks import Block, Section, detail, item, muted, paragraph, plain, strong
from qiwizard.reports.report import deciding
from qiwizard.reports.tables import authority_row, ids, known, rounded
from qiwizard.reports.words import forum_words
from qiwizard.text import spell_date
from qiwizard.toml_json import to_json, to_toml

SCHEMA = "qiwizard/comparison/1"
MOST_LEADING = 3
"""Leading holdings named for each answer in prose; the tables for programs name all."""
TITLE = "One posture side by side"
SHADES = "Same answer, different strength"

Row = dict[str, Any]


def labels(comparison: Comparison) -> tuple[str, ...]:
    """A name for each forum, with the day where the days differ."""
    forums = [column.forum for column in comparison.columns]
    several_days = len({forum.as_of for forum in forums}) > 1
    others = not all(forum.stated for forum in forums)

    def label(forum: Forum) -> str:
        words = forum_words(comparison.library, forum.over(comparison.posture))
        if others and forum.stated and forum.circuit is not None:
            words = f"{words} (as stated)"
        return f"{words}, {spell_date(forum.as_of)}" if several_days else words

    return tuple(map(label, forums))


def reason(column: Column) -> str:
    """The reason for the forum's result, in a line: the conclusion and its first authority."""
    finding = deciding(column.ruling)
    if not finding.leading:
        return finding.conclusion
    lead = finding.leading[0].holding
    return f"{finding.conclusion} {short_citation(lead.precedent, lead.pin)}"


def set_aside_sentence(comparison: Comparison) -> str:
    """What is done with the posture's own court; empty where it is applied throughout."""
    court = comparison.set_aside
    return f"{court} is set aside wherever the law of another forum is applied." if court else ""


def leads_words(leading: Sequence[Authority]) -> str:
    """The leading holdings by citation and weight in the forum, the first few of them."""
    shown = (f"{plain(cited(a.holding))} ({a.weight})" for a in leading[:MOST_LEADING])
    more = len(leading) - MOST_LEADING
    return "; ".join(dict.fromkeys(shown)) + (f"; and {more} more" if more > 0 else "")


def sections(comparison: Comparison) -> Iterator[Section]:
    """The forums at a glance, then the questions that they answer differently."""
    yield Section(TITLE, tuple(_glance(comparison)))
    for disagreement in comparison.disagreements:
        yield Section(disagreement.question.asks, tuple(_answers(comparison, disagreement)))
    for shade in comparison.shades:
        blocks = (paragraph(muted(f"{SHADES}.")), *_answers(comparison, shade))
        yield Section(shade.question.asks, blocks)


def _glance(comparison: Comparison) -> Iterator[Block]:
    """What is compared, and each forum with its outcome and the reason."""
    days = sorted({column.forum.as_of for column in comparison.columns})
    when = " and ".join(spell_date(day) for day in days)
    yield paragraph(f"{len(comparison.columns)} forums or dates; law as of {when}.")
    if aside := set_aside_sentence(comparison):
        yield paragraph(aside)
    for name, column in zip(labels(comparison), comparison.columns, strict=True):
        outcome = comparison.library.outcomes[column.ruling.outcome].label.upper()
        yield item(strong(f"{name}: {outcome}"), f", {column.ruling.strength.word}")
        yield detail(reason(column))
    if not comparison.disagreements:
        yield paragraph("Every question is answered the same way.")


def _answers(comparison: Comparison, disagreement: Disagreement) -> Iterator[Block]:
    """Each answer with the forums that give it; forums on the same authority share a line."""
    forums = (column.forum for column in comparison.columns)
    names = dict(zip(forums, labels(comparison), strict=True))
    question = disagreement.question
    for side in disagreement.sides:
        grouped: dict[tuple[str, str], list[str]] = {}
        for column in side.columns:
            key = _standing(column, question, side)
            grouped.setdefault(key, []).append(names[column.forum])
        if side.answer is None:
            for (said, _), of in grouped.items():
                yield item(said)
                yield detail(", ".join(of))
            continue
        yield item(question.answers[side.answer].conclusion)
        for (word, on), of in grouped.items():
            yield detail(f"{', '.join(of)}, {word}{f': {on}' if on else ''}")


def _standing(column: Column, question: Question, side: Side) -> tuple[str, str]:
    """How sure an answer is and on what it rests; of no answer, why there is none."""
    finding = column.ruling.finding(question.id)
    if finding is None or side.answer is None:
        return column.absence(question.id), ""
    return finding.strength.word, leads_words(finding.leading)


def glance(comparison: Comparison) -> list[str]:
    """The forums at a glance, as lines."""
    return list(as_text.block_lines(_glance(comparison)))


def text(comparison: Comparison) -> str:
    """The comparison as plain text."""
    return as_text.closed(as_text.section_lines(part) for part in sections(comparison))


def markdown(comparison: Comparison) -> str:
    """The comparison as Markdown; every piece of text is escaped."""
    first, *rest = sections(comparison)
    head = [f"# {first.title}", "", *as_markdown.block_lines(first.blocks)]
    return as_markdown.closed([head, *map(as_markdown.section_lines, rest)])


def table(comparison: Comparison) -> Row:
    """The comparison as a table: forums, the questions answered differently, authorities."""
    names = labels(comparison)
    posture = comparison.posture.known
    differing = [d.question for d in comparison.disagreements]
    shaded = [shade.question for shade in comparison.shades]
    row = {
        "schema": SCHEMA,
        "set_aside": comparison.set_aside,
        "posture": {n: posture[n] for n in comparison.library.vocabulary.in_order(posture)},
        "forum": [_forum(n, c) for n, c in zip(names, comparison.columns, strict=True)],
        "difference": [_difference(comparison, names, question) for question in differing],
        "shade": [_difference(comparison, names, question) for question in shaded],
        "authority": _authorities(comparison, [*differing, *shaded]),
    }
    return known(row)


def _forum(name: str, column: Column) -> Row:
    forum, ruling = column.forum, column.ruling
    row = {
        "label": name,
        "circuit": forum.circuit,
        "court": forum.court,
        "stated": forum.stated,
        "as_of": forum.as_of,
        "outcome": ruling.outcome,
        "strength": ruling.strength.word,
        "basis": ruling.basis.value,
        "headline": ruling.headline,
        "terms": list(ruling.terms),
        "likelihood": rounded(ruling.likelihood, ruling.outcome),
        "because": reason(column),
        "authorities": ids(column.deciding.leading),
    }
    return known(row)


def _difference(comparison: Comparison, names: Sequence[str], question: Question) -> Row:
    return {
        "question": question.id,
        "asks": question.asks,
        "answer": [
            {"forum": name, **_answered(column, column.ruling.finding(question.id), question.id)}
            for name, column in zip(names, comparison.columns, strict=True)
        ],
    }


def _answered(column: Column, finding: Finding | None, question: str) -> Row:
    if finding is None:
        return {"conclusion": column.absence(question), "authorities": []}
    return {
        "answer": finding.answer,
        "conclusion": finding.conclusion,
        "strength": finding.strength.word,
        "decisive": finding.decisive,
        "authorities": ids(finding.leading),
        "binding": ids(a for a in finding.leading if a.binding),
    }


def _authorities(comparison: Comparison, questions: Sequence[Question]) -> list[Row]:
    """Every holding named, once; its weight differs by forum and is given there."""
    latest = max(column.forum.as_of for column in comparison.columns)
    findings = (
        finding
        for column in comparison.columns
        for finding in (*(column.ruling.finding(q.id) for q in questions), column.deciding)
        if finding
    )
    named = {a.holding.id: a for finding in findings for a in finding.leading}
    rows = (authority_row(comparison.library, a, latest) for a in named.values())
    return [{key: value for key, value in row.items() if key != "weight"} for row in rows]


RENDERERS: dict[str, Callable[[Comparison], str]] = {
    "text": text,
    "markdown": markdown,
    "toml": lambda comparison: to_toml(table(comparison)),
    "json": lambda comparison: to_json(table(comparison)),
}
"""The formats of a comparison, the default first."""
