"""Quotations in a parenthetical after their citation, after Bluebook rules 1.5, 1.6 and 5.2."""

from __future__ import annotations

import re

from qiwizard.law.abbreviations import abbreviated
from qiwizard.law.precedent import Holding
from qiwizard.reports.blocks import Span, Spans, Style, spans

_SUBJECTS = (
    "a|an|the|this|these|those|that|such|all|any|both|each|every|neither|no|other|two|their|its|"
    "discovery|qualified|immunity|government|officials|defendants|plaintiffs?|courts|failure|"
    "insubstantial|damages|bare|firm|further|pre-ruling"
)
_VERBS = (
    "is|are|was|were|be|has|have|had|do|does|did|may|might|must|shall|should|can|cannot|could|"
    "will|would|need|divests?|divested|declined|denied|directed|entered|rejected|reserved"
)
_CLAUSE = re.compile(
    rf"(?:then|we|it|they|this court|the (?:district )?court|the district judge)\b"
    rf"|(?:because|if|until|where|when|upon)\b(?:(?!\b(?:that|which|who)\b).)*,.*\b(?:{_VERBS})\b"
    rf"|(?:{_SUBJECTS})\b(?:(?!\b(?:that|which|who|whom|whose|whether)\b).)*?\b(?:{_VERBS})\b",
    re.IGNORECASE | re.DOTALL,
)
"""The beginning of words that read as a sentence, not as part of one."""
_ALTERED = re.compile(r"\[(\w)\]")
_SEVERAL = re.compile(r"[.?!][’”]? [A-Z]")
"""Where one sentence ends and another begins."""
_ENDS = (".", "?", "!")
_CASE = re.compile(r".*?(?=,? \(|, Nos?\. |, Crim\. |, \d)")


def in_parentheses(holding: Holding) -> Spans:
    """The words of a holding as a parenthetical, and where they were read if in a later opinion."""
    return spans(f" (“{as_quoted(holding.quote)}”)", read_in(holding))


def as_quoted(quote: str) -> str:
    """Words for a parenthetical: a sentence from capital to period, a phrase without either."""
    inner = _inner(quote.strip())
    first = _ALTERED.match(inner)
    start, rest = (first[1], inner[first.end() :]) if first else (inner[:1], inner[1:])
    if start.isupper() and not first:
        return _ended(inner)
    if first or _CLAUSE.match(start + rest):
        return _ended(f"[{start.upper()}]{rest}")
    if _SEVERAL.search(inner):
        return _ended(inner)
    return inner if inner.endswith(". . .") else inner.removesuffix(".")


def _ended(sentence: str) -> str:
    """A sentence with its period."""
    return sentence if sentence.rstrip("’”").endswith(_ENDS) else f"{sentence}."


def _inner(quote: str) -> str:
    """Double quotation marks inside a quotation, made single."""
    singled = quote.replace("“", "‘").replace("”", "’")
    for mark in ("‘", "’") * (singled.count('"') // 2):
        singled = singled.replace('"', mark, 1)
    return singled


def read_in(holding: Holding) -> Spans:
    """The later opinion in which the words were read, after the citation; empty for none."""
    if not holding.quoted_in:
        return ()
    return spans(", ", Span("quoted in", Style.CASE), " ", later_opinion(holding))


def later_opinion(holding: Holding) -> Spans:
    """The citation of the later opinion in which the words were read."""
    found = _CASE.match(holding.quoted_in)
    case = found[0] if found else ""
    return spans(Span(abbreviated(case), Style.CASE), holding.quoted_in[len(case) :])
