"""A comparison in words: as plain text, as Markdown, and as a table for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from qiwizard.documents.document import authority_row, ids
from qiwizard.documents.memo import escaped
from qiwizard.law.citation import cite_holding, pin_label, short_citation, spell_date
from qiwizard.law.doctrine import Question
from qiwizard.law.forum import Placed
from qiwizard.reasoning.compare import Column, Comparison, Forum, Parting, Shade, Side
from qiwizard.reasoning.ruling import Finding
from qiwizard.reports.words import AID_NOT_ADVICE, forum_words, wrapped
from qiwizard.toml_json import to_json, to_toml

SCHEMA = "qiwizard/comparison/1"
MOST_LEADING = 3
"""Leading holdings named for each answer in prose; the tables for programs name all."""

SHADES = "Answered alike, not equally sure:"

Row = dict[str, Any]


def labels(comparison: Comparison) -> tuple[str, ...]:
    """A name for each forum, with the day where the days differ."""
    forums = [column.forum for column in comparison.columns]
    several_days = len({forum.as_of for forum in forums}) > 1
    others = not all(forum.stated for forum in forums)
    return tuple(_label(comparison, f, dated=several_days, marked=others) for f in forums)


def _label(comparison: Comparison, forum: Forum, *, dated: bool, marked: bool) -> str:
    words = forum_words(comparison.library, forum.over(comparison.posture))
    if marked and forum.stated and forum.circuit is not None:
        words = f"{words} (as stated)"
    return f"{words}, {spell_date(forum.as_of)}" if dated else words


def reason(column: Column) -> str:
    """Why the forum comes out as it does, in a line: the answer and its first authority."""
    finding = column.carrying
    lead = finding.weighing.leading[0].holding
    return f"{finding.conclusion} {short_citation(lead.precedent, lead.pin)}"


def set_aside_sentence(comparison: Comparison) -> str:
    """What became of the posture's own court; empty where it is applied throughout."""
    court = comparison.set_aside
    if court is None:
        return ""
    return f"{court}, the court stated, is set aside wherever another forum is applied."


def leads_words(leading: Sequence[Placed]) -> str:
    """The leading holdings as citations, the first few of them."""
    shown = dict.fromkeys(cited_with_weight(placed) for placed in leading[:MOST_LEADING])
    more = len(leading) - MOST_LEADING
    return "; ".join(shown) + (f"; and {more} more" if more > 0 else "")


def cited_with_weight(placed: Placed) -> str:
    """A holding by its citation and its weight in the forum."""
    holding = placed.holding
    pinned = holding.pin or holding.precedent.source.rule
    missing = "" if pinned else f", {pin_label(holding)}"
    return f"{cite_holding(holding)} ({placed.weight}{missing})"


def text(comparison: Comparison) -> str:
    """The comparison as plain text, lines of at most 78 characters."""
    parts = [glance(comparison)]
    for parting in comparison.partings:
        asks = wrapped(parting.question.asks)
        parts.append([*asks, *_parted(comparison, parting)])
    if not comparison.partings:
        parts.append(wrapped(_alike(comparison)))
    if comparison.shades:
        parts.append([line for part in _shades(comparison) for line in part])
    parts.append(wrapped(AID_NOT_ADVICE))
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def glance(comparison: Comparison) -> list[str]:
    """What is compared, and a row for each forum with the reason beneath."""
    names = labels(comparison)
    width = max(len(name) for name in names)
    lines = [*_head(comparison), ""]
    for name, column in zip(names, comparison.columns, strict=True):
        outcome = comparison.library.outcomes[column.ruling.outcome].label.upper()
        lines.append(f"{name:<{width}}  {outcome}, {column.ruling.strength.word}")
        lines += _wrapped(reason(column), "    ")
    return lines


def _head(comparison: Comparison) -> list[str]:
    return [line for part in _opening(comparison) for line in wrapped(part)]


def _opening(comparison: Comparison) -> list[str]:
    days = sorted({column.forum.as_of for column in comparison.columns})
    when = " and ".join(spell_date(day) for day in days)
    first = f"One posture, {len(comparison.columns)} forums or days; law as of {when}."
    return [part for part in (first, set_aside_sentence(comparison)) if part]


def _alike(comparison: Comparison) -> str:
    sure = len({column.ruling.strength for column in comparison.columns}) == 1
    same = "Every question is answered alike"
    return f"{same}." if sure else f"{same}; only how sure the answers are differs."


def _shades(comparison: Comparison) -> Iterator[list[str]]:
    yield [SHADES]
    for shade in comparison.shades:
        yield wrapped(shade.question.asks)
        yield list(_listing(_shaded(comparison, shade)))


def _shaded(comparison: Comparison, shade: Shade) -> Iterator[tuple[str, list[str]]]:
    """The one answer, with the forums by how sure they are of it."""
    yield from _answers(comparison, Parting(shade.question, (Side(shade.answer, shade.columns),)))


def _parted(comparison: Comparison, parting: Parting) -> Iterator[str]:
    yield from _listing(_answers(comparison, parting))


def _listing(answers: Iterable[tuple[str, list[str]]]) -> Iterator[str]:
    for said, rows in answers:
        yield from _wrapped(said, "  * ", "    ")
        for row in rows:
            yield from _wrapped(row, "      ", "        ")


def _answers(comparison: Comparison, parting: Parting) -> Iterator[tuple[str, list[str]]]:
    """Each answer with the forums that give it; forums on the same authority share a row."""
    forums = (column.forum for column in comparison.columns)
    names = dict(zip(forums, labels(comparison), strict=True))
    for side in parting.sides:
        grouped: dict[tuple[str, str], list[str]] = {}
        for column in side.columns:
            key = _standing(column, parting, side)
            grouped.setdefault(key, []).append(names[column.forum])
        if side.answer is None:
            for (said, _), names_of in grouped.items():
                yield said, [", ".join(names_of)]
        else:
            rows = [f"{', '.join(f)}, {word}: {on}" for (word, on), f in grouped.items()]
            yield parting.question.answers[side.answer].conclusion, rows


def _standing(column: Column, parting: Parting, side: Side) -> tuple[str, str]:
    """How sure an answer is and on what it rests; of no answer, why there is none."""
    finding = column.ruling.finding(parting.question.id)
    if finding is None or side.answer is None:
        return column.absence(parting.question.id), ""
    return finding.strength.word, leads_words(finding.weighing.leading)


def _wrapped(words: str, first: str, rest: str | None = None) -> list[str]:
    indent = first if rest is None else rest
    return wrapped(words, first, indent)


def markdown(comparison: Comparison) -> str:
    """The comparison as Markdown; every piece of text is escaped."""
    parts = [
        ["# One posture side by side"],
        [escaped(part) for part in _opening(comparison)],
        list(_table(comparison)),
    ]
    for parting in comparison.partings:
        parts.append([f"## {escaped(parting.question.asks)}"])
        parts.append(list(_listed(_answers(comparison, parting))))
    if not comparison.partings:
        parts.append([escaped(_alike(comparison))])
    if comparison.shades:
        parts.append([f"## {SHADES.rstrip(':')}"])
    for shade in comparison.shades:
        parts.append([f"### {escaped(shade.question.asks)}"])
        parts.append(list(_listed(_shaded(comparison, shade))))
    parts.append(["---", "", escaped(AID_NOT_ADVICE)])
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _table(comparison: Comparison) -> Iterator[str]:
    yield "| Forum | Outcome | Strength | Because |"
    yield "| --- | --- | --- | --- |"
    for name, column in zip(labels(comparison), comparison.columns, strict=True):
        outcome = comparison.library.outcomes[column.ruling.outcome].label
        strength = column.ruling.strength.word
        yield f"| {escaped(name)} | {outcome} | {strength} | {escaped(reason(column))} |"


def _listed(answers: Iterable[tuple[str, list[str]]]) -> Iterator[str]:
    for said, rows in answers:
        yield f"- {escaped(said)}"
        yield from (f"  - {escaped(row)}" for row in rows)


def table(comparison: Comparison) -> Row:
    """The comparison as a table: forums, the questions on which they part, authorities."""
    names = labels(comparison)
    order = comparison.library.vocabulary.in_order
    known = comparison.posture.known
    aside = {} if comparison.set_aside is None else {"set_aside": comparison.set_aside}
    return {
        "schema": SCHEMA,
        **aside,
        "posture": {name: known[name] for name in order(known)},
        "forum": [_forum(n, c) for n, c in zip(names, comparison.columns, strict=True)],
        "difference": [_difference(comparison, names, p.question) for p in comparison.partings],
        "shade": [_difference(comparison, names, s.question) for s in comparison.shades],
        "authority": _authorities(comparison),
    }


def _forum(name: str, column: Column) -> Row:
    forum, ruling = column.forum, column.ruling
    where = {"circuit": forum.circuit, "court": forum.court}
    return {
        "label": name,
        **{key: value for key, value in where.items() if value is not None},
        "stated": forum.stated,
        "as_of": forum.as_of,
        "outcome": ruling.outcome,
        "strength": ruling.strength.word,
        "headline": ruling.headline,
        "terms": list(ruling.terms),
        "because": reason(column),
        "authorities": ids(column.carrying.weighing.leading),
    }


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
        "authorities": ids(finding.weighing.leading),
        "binding": ids(p for p in finding.weighing.leading if p.binding),
    }


def _authorities(comparison: Comparison) -> list[Row]:
    """Every holding named, once; its weight is the forum's affair and stands there."""
    latest = max(column.forum.as_of for column in comparison.columns)
    named: dict[str, Placed] = {}
    unlike = [p.question for p in comparison.partings]
    unlike += [shade.question for shade in comparison.shades]
    for column in comparison.columns:
        findings = [column.ruling.finding(question.id) for question in unlike]
        for finding in (*filter(None, findings), column.carrying):
            for placed in finding.weighing.leading:
                named.setdefault(placed.holding.id, placed)
    rows = [authority_row(comparison.library, placed, latest) for placed in named.values()]
    return [{key: value for key, value in row.items() if key != "weight"} for row in rows]


RENDERERS: dict[str, Callable[[Comparison], str]] = {
    "text": text,
    "markdown": markdown,
    "toml": lambda comparison: to_toml(table(comparison)),
    "json": lambda comparison: to_json(table(comparison)),
}
"""The formats of a comparison, the default first."""
