"""The memo to chambers: question, answer, facts, discussion, contrary authority, disposition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from qiwizard.law.forum import Authority, split_by_forum
from qiwizard.law.precedent import DecidedOrder
from qiwizard.reasoning.explanation import distinguished
from qiwizard.reasoning.ruling import Finding
from qiwizard.reasoning.weighing import Strength
from qiwizard.reports.authority import cited, cited_again, cited_order, latest, table_of_authorities
from qiwizard.reports.blocks import (
    Block,
    Paper,
    Part,
    Reads,
    Section,
    Spans,
    heading,
    italic,
    item,
    joined,
    muted,
    paragraph,
    strong,
    titled,
)
from qiwizard.reports.card import law_day, practice_sentence
from qiwizard.reports.dispositions import change_words
from qiwizard.reports.quotation import in_parentheses
from qiwizard.reports.report import CodedOrders, Report, coded_orders, deciding
from qiwizard.reports.sections import section
from qiwizard.reports.words import forum_words, tally
from qiwizard.text import one_line, visible

MOST_HERE, MOST_ALSO, MOST_CONTRARY = 2, 2, 2
LONGEST_QUOTE = 40
"""Words of a quotation beyond which only the full report quotes it."""
FULL = ("why", "against", "changes", "orders", "next", "authorities")
"""The sections of the report that follow the memo where everything is wanted."""


def memo(report: Report, *, full: bool = False) -> Paper:
    """The memo on a report as a paper; `full` appends everything else in the report."""
    library, session = report.library, report.session
    docket, court = one_line(session.matter.docket), forum_words(library, session.posture)
    about = " · ".join(filter(None, (docket, court, law_day(report))))
    title = one_line(session.matter.caption) or "Discovery and Qualified Immunity"
    appended = (section(report, name, full=True) for name in FULL) if full else ()
    return Paper(title, about, (*_Memo(report).sections(), *appended))


class _Memo:
    """The memo on a report; it remembers what it cites."""

    def __init__(self, report: Report) -> None:
        self.report, self.library = report, report.library
        self._cited: dict[str, Authority] = {}
        self._orders_cited: dict[str, DecidedOrder] = {}

    def sections(self) -> Iterator[Section]:
        """The memo, section by section."""
        if missing := self.report.ruling.missing:
            told = f"Still needed: {self.report.shorts(missing)}. The answer below is provisional."
            yield Section("Not Enough Facts Yet", (paragraph(told),))
        written = {
            "Question Presented": [paragraph(self._question())],
            "Short Answer": [self._short_answer()],
            "What Changed Since": section(self.report, "since").blocks,
            "Facts": self._facts(),
            "Discussion": self._discussion(),
            "Contrary Authority": self._contrary(),
            "Recommended Disposition": section(self.report, "terms").blocks,
            "Table of Authorities": self._table(),
        }
        for title, blocks in written.items():
            if kept := tuple(blocks):
                yield Section(title, kept)

    def _question(self) -> str:
        wording = self.report.wording
        pending = wording.first("pending")
        target = str(self.report.session.posture.get("discovery_target"))
        return wording.filled(
            wording.first("question")["text"],
            pending=wording.filled(pending["text"]),
            resolution_plain=wording.filled(pending["resolution"]),
            target=wording.words["targets"].get(target, ""),
        )

    def _short_answer(self) -> Block:
        report, wording = self.report, self.report.wording
        answer = wording.first("question")["answers"].get(report.ruling.outcome, "in part")
        opening = wording.words["short_answer"][report.ruling.strength.word][answer]
        parts: list[Part] = [strong(opening), f" {deciding(report.ruling).conclusion}"]
        if coded := report.nearest_coded:
            parts.append(f" {practice_sentence(report, coded)}")
        for change in report.changes[:1]:
            sure = change.ruling.strength is not Strength.CONTESTED
            result = wording.words["result" if sure else "possible_result"][change.ruling.outcome]
            clause = change_words(report.library, change, now=False)
            parts.append(f" {result} if {clause}.")
        return paragraph(*parts)

    def _facts(self) -> Iterator[Block]:
        """The facts as sentences, each with its record cite; then what is unknown, and notes."""
        session = self.report.session
        if background := self.report.wording.cited_background():
            yield paragraph(background)
        if session.posture.open:
            order = self.library.vocabulary.in_order(session.posture.open)
            yield paragraph(f"Unknown: {self.report.shorts(order)}.")
        lead = strong("Notes. ")
        for blank, lines in groupby(session.matter.notes.splitlines(), lambda li: not li.strip()):
            if not blank:
                yield paragraph(lead, visible("\n".join(lines)).strip())
                lead = strong("")

    def _discussion(self) -> Iterator[Block]:
        """The decisive questions, each under its conclusion; of steps on the way, the doubtful."""
        stated, main = self.report.reasons, deciding(self.report.ruling)
        counted = [finding for finding in stated if finding.question.counted]
        ends = (main, *counted[:1], *counted[-1:])
        for finding in stated:
            doubtful = finding.question.counted and finding.strength is not Strength.SETTLED
            gives = not finding.decisive and not finding.question.terms_only
            if finding in ends or doubtful or gives:
                yield heading(finding.conclusion.removesuffix("."))
                yield from self._argued(finding)

    def _argued(self, finding: Finding) -> Iterator[Block]:
        """The authority for a finding: the first in full, others in short, then the count."""
        here, elsewhere = split_by_forum(self.report.support_for(finding))
        every = [*here, *elsewhere]
        fresh = [a for a in here or elsewhere if a.holding.precedent.id not in self._cited]
        first = fresh[:MOST_HERE]
        for authority in first:
            # Candor: how the leading authority can be distinguished is said here, too.
            doubt = authority.holding.distinguish if authority is every[0] else ""
            yield paragraph(
                *self._says(authority), f" It can be distinguished: {doubt}" if doubt else ""
            )
        rest = [a for a in here or every if a not in first]
        also = joined([self._cite(a) for a in rest[:MOST_ALSO]], "; ")
        if also:
            more = len(rest) - MOST_ALSO
            tail = f" The full report cites {more} more." if more > 0 else ""
            yield paragraph(italic("See also " if first else "See "), also, f".{tail}")
        for group in coded_orders(self.library, finding.counts)[:1]:
            yield paragraph(*self._counted(group))

    def _says(self, authority: Authority) -> Iterator[Part]:
        """What an authority says, with its own words where they are not too long."""
        holding = authority.holding
        quote = 0 < len(holding.quote.split()) <= LONGEST_QUOTE
        yield from (f"{holding.says} ", self._cite(authority))
        yield from (in_parentheses(holding) if quote else "", ".")

    def _cite(self, authority: Authority) -> Spans:
        """A citation in full, or in short where the memo has cited it before."""
        known = authority.holding.precedent.id in self._cited
        self._cited.setdefault(authority.holding.precedent.id, authority)
        return cited_again(authority.holding) if known else cited(authority.holding)

    def _counted(self, group: CodedOrders) -> list[Part]:
        """The count on a question, and the latest order behind it."""
        gave, answered = len(group.gave), len(group.orders)
        only_other = answered == 1 and not gave
        did = "reached a different answer" if only_other else "reached the same answer"
        nouns = f"coded {group.where or 'comparable'} order{'s' if answered > 1 else ''}"
        alike = [order for order in group.gave if order.outcome == self.report.ruling.outcome]
        example = self._example(" ", "E.g.", alike)
        return [tally(gave, answered, nouns, did), *example, "." if example else ""]

    def _example(self, before: str, signal: str, orders: Iterable[DecidedOrder]) -> list[Part]:
        """The latest of some orders, none of them later than the day of the law; empty if cited."""
        found = latest(orders, self.report.session.as_of)
        if found is None or found.id in self._orders_cited:
            return []
        self._orders_cited[found.id] = found
        return [before, italic(signal), ", ", cited_order(found)]

    def _contrary(self) -> Iterator[Block]:
        report = self.report
        contrary = report.authority.contrary
        here, elsewhere = split_by_forum(contrary)
        for authority in (here or elsewhere)[:MOST_CONTRARY]:
            said = distinguished(self.library, report.session.posture, authority)
            yield item(*self._says(authority), f" Distinguishable: {said}" if said else "")
        if group := report.nearest_coded:
            others, told = group.without_outcome(report.ruling.outcome)
            if others:
                yield item(told, *self._example(", ", "e.g.", others), ".")
        if more := len(contrary) - len((here or elsewhere)[:MOST_CONTRARY]):
            yield item(f"The full report cites {more} more.")
        if not contrary and not report.ruling.alternatives:
            yield paragraph("No holding in the library supports a different outcome.")

    def _table(self) -> Iterator[Block]:
        """What the memo cites."""
        for head, passages in table_of_authorities(self.library, self._cited.values()).items():
            yield heading(head)
            for first, *_ in passages:
                refers = Reads(first.holding.precedent.id)
                yield item(cited(first.holding), muted(f" ({first.weight})"), refers=refers)
        orders = sorted(self._orders_cited.values(), key=lambda o: o.caption)
        rows = (item(cited_order(order), refers=Reads(order.id)) for order in orders)
        yield from titled("Decided orders, counted as practice", rows)
