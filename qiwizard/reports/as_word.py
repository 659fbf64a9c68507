"""Reports as Word documents, by python-docx, which is an optional extra."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from qiwizard.errors import UserError
from qiwizard.reports.blocks import Block, Kind, Paper, Spans, Style, numbered
from qiwizard.reports.words import AID_NOT_ADVICE
from qiwizard.text import visible

if TYPE_CHECKING:
    from docx.document import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.text.paragraph import Paragraph

    from qiwizard.reports.order import Caption, Order

NEEDED = "Word documents need python-docx: pip install 'qiwizard[word]'"
FONT, POINTS = "Times New Roman", 12
GRAY = 0x59
INDENT = 0.5
"""Inches of a first line, or of a step of a list."""


def paper(written: Paper) -> bytes:
    """A paper as a Word document."""
    document = _new()
    document.core_properties.title = visible(written.title)
    document.add_heading(visible(written.title), level=0)
    _add(document, visible(written.about))
    for part in written.sections:
        document.add_heading(visible(part.title), level=1)
        _blocks(document, part.blocks)
    _add(document, AID_NOT_ADVICE)
    return _bytes(document)


def order(draft: Order) -> bytes:
    """A draft order as a Word document, with the caption as a table."""
    document = _new()
    document.core_properties.title = draft.title
    _center(document, draft.mark)
    for line in draft.caption.court:
        _center(document, line, bold=True)
    _caption(document, draft.caption)
    heading = document.add_heading(draft.title, level=1)
    heading.alignment = _centered()
    _blocks(document, draft.body)
    from docx.shared import Inches

    for line in draft.signature:
        signed = _add(document, line)
        signed.paragraph_format.left_indent = Inches(3)
    _center(document, draft.mark)
    _center(document, draft.foot)
    return _bytes(document)


def _new() -> Document:
    """An empty document in the type of a court paper; UserError without python-docx."""
    try:
        import docx
    except ImportError:
        raise UserError(NEEDED) from None
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    document = docx.Document()
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name, style.font.color.rgb = FONT, RGBColor(0, 0, 0)
        style.element.rPr.rFonts.set(qn("w:asciiTheme"), FONT)
    document.styles["Normal"].font.size = Pt(POINTS)
    return document


def _blocks(document: Document, blocks: Iterable[Block]) -> None:
    from docx.shared import Inches

    styles = {Kind.ITEM: "List Bullet", Kind.DETAIL: "List Bullet 2", Kind.QUOTE: "Quote"}
    for number, block in numbered(blocks):
        if block.kind in (Kind.HEADING, Kind.CENTERED):
            added = document.add_heading(visible(block.text), level=2)
            added.alignment = _centered() if block.kind is Kind.CENTERED else None
            continue
        added = document.add_paragraph(style=styles.get(block.kind))
        if number:
            added.paragraph_format.left_indent = Inches(INDENT)
            added.add_run(f"{number}.  ")
        if block.kind is Kind.INDENTED:
            added.paragraph_format.first_line_indent = Inches(INDENT)
        _runs(added, block.spans)


def _runs(added: Paragraph, parts: Spans) -> None:
    from docx.shared import RGBColor

    for span in parts:
        run = added.add_run(visible(span.text))
        run.bold = span.style is Style.STRONG or None
        run.italic = span.style is Style.CASE or None
        if span.style is Style.MUTED:
            run.font.color.rgb = RGBColor(GRAY, GRAY, GRAY)


def _caption(document: Document, caption: Caption) -> None:
    """Parties at the left, the docket number at the right."""
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    party = (
        caption.plaintiff,
        f"\t{caption.plaintiff_label}",
        "v.",
        caption.defendant,
        f"\t{caption.defendant_label}",
    )
    left.text = "\n\n".join(visible(line) for line in party)
    right.text = f"\n\n\n\n{visible(caption.docket)}"


def _add(document: Document, text: str) -> Paragraph:
    return document.add_paragraph(visible(text))


def _center(document: Document, text: str, *, bold: bool = False) -> None:
    added = document.add_paragraph()
    added.alignment = _centered()
    added.add_run(visible(text)).bold = bold or None


def _centered() -> WD_ALIGN_PARAGRAPH:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    return WD_ALIGN_PARAGRAPH.CENTER


def _bytes(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
