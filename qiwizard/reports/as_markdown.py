"""Reports as Markdown; every piece of text is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from qiwizard.reports.authority import legend
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


def paper(written: Paper) -> str:
    """A paper as Markdown."""
    head = [f"# {escaped(written.title)}", "", escaped(written.about)]
    return closed([head, *map(section_lines, written.sections)])


def closed(parts: Iterable[Sequence[str]]) -> str:
    """The parts of a text, and at its end what this is not."""
    every = list(parts)
    legends = [line for text in legend(every) for line in (escaped(text), "")]
    return parts_text([*every, ["---", "", *legends, escaped(AID_NOT_ADVICE)]])


def section_lines(part: Section) -> list[str]:
    """A section under its title."""
    return [f"## {escaped(part.title)}", "", *block_lines(part.blocks)]


def block_lines(blocks: Iterable[Block]) -> Iterator[str]:
    """Blocks as lines, without what is folded."""
    before: Kind | None = None
    for number, block in numbered(blocks):
        if before is not None and not (_listed(before) and _listed(block.kind)):
            yield ""
        lead = f"{number}. " if number else _LEADS.get(block.kind, "")
        yield lead + inline(block.spans)
        before = block.kind


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
