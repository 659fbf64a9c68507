"""Quotations in a parenthetical after their citation: Bluebook rules 1.5, 1.6, 5.2 and 5.3."""

from __future__ import annotations

import re

from qiwizard.law.citation import abbreviated
from qiwizard.law.precedent import Holding, Kind
from qiwizard.reports.blocks import Spans, italic, spans

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
_OMISSION = " .\N{NO-BREAK SPACE}.\N{NO-BREAK SPACE}.\N{NO-BREAK SPACE}."
"""The end of a quoted sentence whose own end is omitted."""
_INNERMOST = re.compile(r"(?<!\w)'([^'‘’]+)'(?!\w)")
_INNER = re.compile(r"‘[^‘’]*’")
_CASE = re.compile(r".*?(?=,? \(|, Nos?\. |, Crim\. |, \d)")


def in_parentheses(holding: Holding) -> Spans:
    """The words of a holding as a parenthetical, and where they were read if in a later opinion."""
    ended = _OMISSION if holding.precedent.kind is Kind.RULE else "."
    return spans(f" (“{as_quoted(holding.quote, ended)}”)", read_in(holding))


def as_quoted(quote: str, ended: str = ".") -> str:
    """Words for a parenthetical: a sentence from capital to period, a phrase without either.

    A sentence quoted without its last mark is `ended`.
    """
    inner = with_inner_marks(quote.strip())
    first = _ALTERED.match(inner)
    start, rest = (first[1], inner[first.end() :]) if first else (inner[:1], inner[1:])
    if start.isupper() and not first:
        return _ended(inner, ended)
    if first or _CLAUSE.match(start + rest):
        return _ended(f"[{start.upper()}]{rest}", ended)
    if _SEVERAL.search(inner):
        return _ended(inner, ended)
    return inner if inner.endswith(". . .") else inner.removesuffix(".")


def _ended(sentence: str, mark: str) -> str:
    """A sentence with its last mark."""
    return sentence if sentence.rstrip("’”").endswith(_ENDS) else f"{sentence}{mark}"


def with_inner_marks(quote: str) -> str:
    """A quotation with the marks inside it made single, and those inside these double."""
    singled = quote.replace("“", "‘").replace("”", "’")
    for mark in ("‘", "’") * (singled.count('"') // 2):
        singled = singled.replace('"', mark, 1)
    return _INNER.sub(lambda found: _INNERMOST.sub(r"“\1”", found[0]), singled)


def read_in(holding: Holding) -> Spans:
    """The later opinion in which the words were read, after the citation; empty for none."""
    if not holding.quoted_in:
        return ()
    return spans(", ", italic("quoted in"), " ", later_opinion(holding))


def later_opinion(holding: Holding) -> Spans:
    """The citation of the later opinion in which the words were read."""
    found = _CASE.match(holding.quoted_in)
    case = found[0] if found else ""
    return spans(italic(abbreviated(case)), holding.quoted_in[len(case) :])
