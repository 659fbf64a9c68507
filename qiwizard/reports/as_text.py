"""Reports as plain text: lines of at most 80 columns, without color."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from qiwizard.law.library import Library
from qiwizard.reports.authority import legend
from qiwizard.reports.blocks import Block, Kind, Section, numbered, parts_text, plain
from qiwizard.reports.card import WIDTH, card, law_day
from qiwizard.reports.order import Caption, Order
from qiwizard.reports.report import Report
from qiwizard.reports.sections import SECTIONS, section
from qiwizard.reports.words import AID_NOT_ADVICE, wrapped
from qiwizard.sessions.session import Session
from qiwizard.text import one_line, visible

PAGE = 78
"""Columns of a draft order."""
SIGNATURE = " " * 34
MOST_LINES = 60
"""Lines below the card where no section is asked for."""
IN_SHORT = {"since": 7, "why": 16, "against": 10, "changes": 7}
"""The sections below the card, each with the lines it may take."""
MORE = "For more: --section {} or --full."
_HUNG = {
    Kind.ITEM: ("* ", "  "),
    Kind.DETAIL: ("    ", "      "),
    Kind.QUOTE: ("    ", "    "),
    Kind.INDENTED: ("        ", ""),
}


def report_text(report: Report, *, full: bool = False, sections: Sequence[str] = ()) -> str:
    """The card and the main sections in short, or the sections named, or everything."""
    matter = report.session.matter
    named = (one_line(matter.caption), one_line(matter.docket), law_day(report))
    head = textwrap.wrap(" · ".join(filter(None, named)), WIDTH)
    parts = [[*head, *map(plain, card(report, provisional=True).lines(WIDTH))]]
    if full or sections:
        wanted = (section(report, name, full=full) for name in sections or SECTIONS)
        parts += [section_lines(part) for part in wanted if part.blocks]
    else:
        parts += _in_short(report)
    return closed(parts)


def closed(parts: Iterable[Sequence[str]]) -> str:
    """The parts of a text, and at its end what this is not."""
    every = list(parts)
    return parts_text([*every, [*legend(every), *wrapped(AID_NOT_ADVICE)]])


def summary(
    library: Library,
    session: Session,
    today: date | None = None,
    earlier: Session | None = None,
    *,
    full: bool = False,
) -> str:
    """The ruling on a session as plain text: the card, then the main sections or everything."""
    return report_text(Report(library, session, today, earlier), full=full)


def section_lines(part: Section) -> list[str]:
    """A section under its title."""
    return [part.title, "-" * len(part.title), *block_lines(part.blocks)]


def _in_short(report: Report) -> Iterator[list[str]]:
    """The main sections as far as their lines go, then how to read the rest."""
    for name, most in IN_SHORT.items():
        part = section(report, name)
        if part.blocks:
            yield [part.title, "-" * len(part.title), *_cut(part.blocks, most)]
    yield wrapped(MORE.format(",".join(SECTIONS[1:])))


def _cut(blocks: Sequence[Block], most: int) -> list[str]:
    """The first blocks, without quotations, as many as fit; no item without what is below it."""
    lines: list[str] = []
    whole, last = 0, None
    for block in (b for b in blocks if b.kind is not Kind.QUOTE):
        if block.kind is Kind.ITEM:
            whole = len(lines)
        more = list(block_lines([block]))
        if len(lines) + len(more) > most:
            cut_off = last is Kind.ITEM and block.kind is not Kind.ITEM
            return lines[:whole] if cut_off else lines
        lines += more
        last = block.kind
    return lines


def block_lines(blocks: Iterable[Block]) -> Iterator[str]:
    """Blocks as lines, without what is folded."""
    for number, block in numbered(blocks):
        text = visible(block.text)
        match block.kind:
            case Kind.HEADING:
                yield from ("", text)
            case Kind.CENTERED:
                yield from _centered(text)
            case Kind.NUMBERED:
                yield from wrapped(text, f"{number}. ".ljust(4), "    ")
            case _:
                yield from wrapped(text, *_HUNG.get(block.kind, ("", "")))


def order_text(order: Order) -> str:
    """A draft order as plain text, each paragraph wrapped once."""
    caption = order.caption
    parts = [
        _centered(order.mark),
        [line for text in caption.court for line in _centered(text)],
        _caption_lines(caption),
        _centered(order.title),
        *([*block_lines([block])] for block in order.body),
        [f"{SIGNATURE}{line}".rstrip() for line in order.signature],
        [*_centered(order.mark), *_centered(order.foot)],
    ]
    return parts_text(parts)


def _centered(text: str) -> list[str]:
    return [line.center(PAGE).rstrip() for line in textwrap.wrap(text, PAGE - 8)]


def _caption_lines(caption: Caption) -> list[str]:
    """Parties at the left, the docket number at the right of `v.`"""
    left = PAGE // 2
    docket = wrapped(caption.docket)
    versus = [f"{'v.':<{left}}{docket[0]}", *(" " * left + line for line in docket[1:])]
    return [
        *textwrap.wrap(caption.plaintiff, left),
        "",
        f"          {caption.plaintiff_label}",
        "",
        *versus,
        "",
        *textwrap.wrap(caption.defendant, left),
        "",
        f"          {caption.defendant_label}",
    ]
