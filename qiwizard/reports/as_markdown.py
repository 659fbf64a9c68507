"""Reports as Markdown; every piece of text is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from qiwizard.reports.authority import PIN_LEGEND, UNPINNED
from qiwizard.reports.blocks import (
    Block,
    Kind,
    Paper,
    Section,
    Span,
    Spans,
    Style,
    numbered,
    parts_text,
)
from qiwizard.reports.memo import Memo
from qiwizard.reports.report import Report
from qiwizard.reports.words import AID_NOT_ADVICE
from qiwizard.text import one_line

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#+!|~&$^]|(?<!\w)-|-(?!\w))")
"""What Markdown may take for markup; a hyphen only outside a word."""
_NUMBERED = re.compile(r"^(\d+)([.)])")
_MARKS = {Style.STRONG: "**", Style.CASE: "*"}
_LEADS = {
    Kind.HEADING: "### ",
    Kind.ITEM: "- ",
    Kind.DETAIL: "  - ",
    Kind.QUOTE: "  - ",
}


def escaped(text: str) -> str:
    """Text on one line that CommonMark shows exactly as written."""
    return _NUMBERED.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", one_line(text)))


def memo(report: Report, *, full: bool = False) -> str:
    """The memo to chambers as Markdown; `full` appends everything else in the report."""
    return paper(Memo(report).paper(full=full), full=full)


def paper(written: Paper, *, full: bool = False) -> str:
    """A paper as Markdown; what is folded only with `full`."""
    parts = [[f"# {escaped(written.title)}", "", escaped(written.about)]]
    parts += [section_lines(part, full=full) for part in written.sections]
    return parts_text([*parts, closing(parts)])


def closing(parts: Iterable[Sequence[str]]) -> list[str]:
    """The last lines: the legend of the dagger where one is used, and what this is not."""
    used = any(UNPINNED in line for part in parts for line in part)
    return ["---", "", *([escaped(PIN_LEGEND), ""] if used else []), escaped(AID_NOT_ADVICE)]


def section_lines(part: Section, *, full: bool = False) -> list[str]:
    """A section under its title."""
    return [f"## {escaped(part.title)}", "", *block_lines(part.blocks, full=full)]


def block_lines(blocks: Iterable[Block], *, full: bool = False) -> Iterator[str]:
    """Blocks as lines; what is folded only with `full`."""
    before: Kind | None = None
    for number, block in numbered(blocks):
        for each in block.opened() if full else [block]:
            if before is not None and not (_listed(before) and _listed(each.kind)):
                yield ""
            lead = f"{number}. " if each.kind is Kind.NUMBERED else _LEADS.get(each.kind, "")
            yield lead + inline(each.spans)
            before = each.kind


def _listed(kind: Kind) -> bool:
    return kind in (Kind.ITEM, Kind.DETAIL, Kind.QUOTE, Kind.NUMBERED)


def inline(parts: Spans) -> str:
    """Styled text as Markdown; the line breaks of a paragraph are kept."""
    return "".join(_span(span) for span in parts)


def _span(span: Span) -> str:
    """A stretch of text between its marks, with blanks left outside them."""
    lines = [_spaced(line) for line in span.text.split("\n")]
    mark = _MARKS.get(span.style, "")
    bare = "\\\n".join(lines)
    if not mark or not bare.strip():
        return bare
    start, end = len(bare) - len(bare.lstrip()), len(bare.rstrip())
    return f"{bare[:start]}{mark}{bare[start:end]}{mark}{bare[end:]}"


def _spaced(text: str) -> str:
    """Escaped text that keeps a blank at either end."""
    lead = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() and text.strip() else ""
    return f"{lead}{escaped(text)}{tail}" if text.strip() else " " * bool(text)
