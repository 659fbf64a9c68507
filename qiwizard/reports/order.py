"""The draft order: caption, what is before the Court, standard, application, and the decree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from qiwizard.law.facts import REQUEST
from qiwizard.law.forum import Rank, split_by_forum
from qiwizard.law.precedent import Holding
from qiwizard.reasoning.composition import Basis
from qiwizard.reasoning.ruling import Finding
from qiwizard.reasoning.weighing import Strength
from qiwizard.reports.authority import UNPINNED, cited, cited_again, cited_order, latest, orders_for
from qiwizard.reports.blocks import Block, Kind, Part, Span, Spans, italic, joined, paragraph, spans
from qiwizard.reports.dispositions import uncapitalized
from qiwizard.reports.quotation import in_parentheses
from qiwizard.reports.report import Report
from qiwizard.text import one_line

PIN_BLANK = "[PIN]"
MOST_CITED, MOST_QUOTED = 2, 2
_IN_THE_OPENING = frozenset({REQUEST, "opposed"})
"""Facts that the opening paragraph states."""


@dataclass(frozen=True, slots=True)
class Caption:
    """The caption of an order: court, parties and docket number."""

    court: tuple[str, ...]
    plaintiff: str
    plaintiff_label: str
    defendant: str
    defendant_label: str
    docket: str


@dataclass(frozen=True, slots=True)
class Order:
    """A draft order, ready to be laid out."""

    mark: str
    caption: Caption
    title: str
    body: tuple[Block, ...]
    signature: tuple[str, ...]
    foot: str


def order_draft(report: Report) -> Order:
    """The order that the ruling of a report calls for, marked as a draft."""
    words, marks = report.wording.words["order"], report.wording.words["marks"]
    return Order(
        mark=marks["top"],
        caption=_caption(report),
        title=_title(report),
        body=tuple(_body(report)),
        signature=(words["dated"], "", *words["signature"]),
        foot=marks["foot"],
    )


def _caption(report: Report) -> Caption:
    words, wording = report.wording.words["order"], report.wording
    court = report.session.posture.get("court")
    districts = report.library.courts.districts
    place = districts[str(court)].name.upper() if court else words["no_district"]
    return Caption(
        court=(words["court"], words["district"].format(place)),
        plaintiff=_party(wording.plaintiff.name) or words["plaintiff"],
        plaintiff_label=f"{wording.plaintiff.label('Plaintiff')},",
        defendant=_party(wording.defendant.name) or words["defendant"],
        defendant_label=f"{wording.defendant.label('Defendant')}.",
        docket=one_line(report.session.matter.docket) or words["docket"],
    )


def _party(name: str) -> str:
    """A party in capitals, as a caption prints it."""
    capitals = name.upper().replace("ET AL.", "et al.").replace("ET AL", "et al.")
    return f"{capitals}," if capitals else ""


def _title(report: Report) -> str:
    words = report.wording.words["order"]
    groups: dict[str, list[str]] = {}
    for motion in report.disposition.motions:
        does = motion.worded("GRANTING", "DENYING")
        groups.setdefault(does, []).append(motion.name.upper())
    if not groups:
        return str(words["no_motion_title"])
    parts = (f"{does} {' AND '.join(names)}" for does, names in groups.items())
    return f"{words['title']} {' AND '.join(parts)}"


def _body(report: Report) -> Iterator[Block]:
    words = report.wording.words["order"]
    if report.ruling.missing:
        yield paragraph(f"[FACTS STILL NEEDED: {report.shorts(report.ruling.missing)}.]")
    yield _indented(_opening(report))
    yield _head(words["background"])
    yield _indented(report.wording.cited_background(_IN_THE_OPENING) or words["no_facts"])
    yield _head(words["standard"])
    cite = _Cites()
    yield from _standard(report, cite)
    yield _head(words["discussion"])
    for finding in report.reasons:
        yield _indented(*_application(report, finding, cite))
    for number, sentence in enumerate(report.disposition.sentences):
        lead = words["further" if number else "first"]
        yield _indented(lead.format(uncapitalized(sentence).removesuffix(".")))


def _opening(report: Report) -> str:
    words, wording = report.wording.words["order"], report.wording
    motions = report.disposition.motions
    if not motions:
        return wording.filled(words["no_motion"])
    request = str(report.session.posture.get(REQUEST))
    opposed = report.session.posture.get("opposed")
    stated = {True: words["opposed"], False: words["unopposed"]}.get(opposed is True, {})
    does = (f"{motion.worded('GRANTS', 'DENIES')} {motion.name}" for motion in motions)
    sentences = (
        words["before"].format(" and ".join(motion.cited for motion in motions)),
        wording.filled(stated.get(request, "")) if opposed is not None else "",
        words["reviewed"].format(" and ".join(does)),
    )
    return " ".join(filter(None, sentences))


def _standard(report: Report, cite: _Cites) -> Iterator[Block]:
    """The standard in the words of binding authority, those of the circuit first."""
    supports = report.authority.supports
    binding = [a for a in supports if a.binding and a.holding.quote]
    quoting = sorted(binding, key=lambda a: a.rank is not Rank.OWN_CIRCUIT)[:MOST_QUOTED]
    if not quoting:
        yield _indented(report.wording.words["order"]["no_standard"])
    for authority in sorted(quoting, key=lambda a: -a.rank):
        holding = authority.holding
        yield _indented(f"{holding.says} ", cite(holding), in_parentheses(holding), ".")


def _application(report: Report, finding: Finding, cite: _Cites) -> Iterator[Part]:
    """A conclusion with what supports it, and a blank for reasons where the question is close."""
    words = report.wording.words["order"]
    yield finding.conclusion
    here, elsewhere = split_by_forum(report.support_for(finding))
    if cites := [cite(a.holding) for a in (here or elsewhere)[:MOST_CITED]]:
        yield from (" ", italic("See "), joined(cites, "; "), ".")
    elif finding.basis is Basis.PRACTICE and finding.counts:
        yield f" {words['practice']}"
        orders = orders_for(finding)
        if order := latest(orders, report.session.as_of) or latest(orders, date.max):
            yield from (italic(" See, e.g., "), cited_order(order), ".")
    if finding.decisive and finding.strength is Strength.CONTESTED:
        yield f" {words['divided']}"


class _Cites:
    """Citations in full at first and short after that, with a blank where no pin is known."""

    def __init__(self) -> None:
        self._cited: set[str] = set()

    def __call__(self, holding: Holding) -> Spans:
        known = holding.precedent.id in self._cited
        self._cited.add(holding.precedent.id)
        pinned = _with_blank(holding)
        parts = cited_again(pinned) if known else cited(pinned)
        return tuple(Span(s.text.replace(UNPINNED, f" {PIN_BLANK}"), s.style) for s in parts)


def _with_blank(holding: Holding) -> Holding:
    """A holding with a blank for the pin cite where none is known and the citation has a place."""
    source = holding.precedent.source
    if holding.pin or source.rule or not (source.volume or source.database or source.docket):
        return holding
    before = "" if source.volume else "*" if source.database else "slip op. at "
    return replace(holding, pin=f"{before}{PIN_BLANK}")


def _head(text: str) -> Block:
    return Block(spans(text), Kind.CENTERED)


def _indented(*parts: Part) -> Block:
    return Block(spans(*parts), Kind.INDENTED)
