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
)
from qiwizard.reports.card import deciding, law_day, practice_sentence
from qiwizard.reports.dispositions import change_words
from qiwizard.reports.quotation import in_parentheses
from qiwizard.reports.reasons import reasons
from qiwizard.reports.report import Report, coded_orders
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
        self.report = report
        self._cited: dict[str, Authority] = {}
        self._orders_cited: dict[str, DecidedOrder] = {}

    def sections(self) -> Iterator[Section]:
        """The memo, section by section."""
        missing = self.report.ruling.missing
        if missing:
            told = f"Still needed: {self.report.shorts(missing)}. The answer below is provisional."
            yield Section("missing", "Not Enough Facts Yet", (paragraph(told),))
        written = (
            ("question", "Question Presented", [paragraph(self._question())]),
            ("answer", "Short Answer", [self._short_answer()]),
            ("since", "What Changed Since", section(self.report, "since").blocks),
            ("facts", "Facts", self._facts()),
            ("discussion", "Discussion", self._discussion()),
            ("contrary", "Contrary Authority", self._contrary()),
            ("disposition", "Recommended Disposition", section(self.report, "terms").blocks),
            ("table", "Table of Authorities", self._table()),
        )
        for id_, title, blocks in written:
            kept = tuple(blocks)
            if kept:
                yield Section(id_, title, kept)

    def _question(self) -> str:
        wording = self.report.wording
        pending = wording.first("pending")
        return wording.filled(
            wording.first("question")["text"],
            pending=wording.filled(pending["text"]),
            resolution_plain=wording.filled(pending["resolution"]),
            target=self._target(),
        )

    def _target(self) -> str:
        target = self.report.session.posture.get("discovery_target")
        return str(self.report.wording.words["targets"].get(str(target), ""))

    def _short_answer(self) -> Block:
        report, wording = self.report, self.report.wording
        answer = wording.first("question")["answers"].get(report.ruling.outcome, "in part")
        opening = wording.words["short_answer"][report.ruling.strength.word][answer]
        parts: list[Part] = [strong(opening), f" {deciding(report.ruling).conclusion}"]
        if coded := report.nearest_coded:
            parts.append(f" {practice_sentence(report, coded)}")
        for change in report.changes[:1]:
            result = wording.words["result"][change.ruling.outcome]
            clause = change_words(report.library, change, now=False)
            parts.append(f" {result} if {clause}.")
        return paragraph(*parts)

    def _facts(self) -> Iterator[Block]:
        """The facts as sentences, each with its record cite; then what is unknown, and notes."""
        session = self.report.session
        if background := self.report.wording.cited_background():
            yield paragraph(background)
        if session.posture.open:
            order = self.report.library.vocabulary.in_order(session.posture.open)
            yield paragraph(f"Unknown: {self.report.shorts(order)}.")
        lead = strong("Notes. ")
        for blank, lines in groupby(session.matter.notes.splitlines(), lambda li: not li.strip()):
            if not blank:
                yield paragraph(lead, visible("\n".join(lines)).strip())
                lead = strong("")

    def _discussion(self) -> Iterator[Block]:
        """The decisive questions, each under its conclusion; of steps on the way, the doubtful."""
        stated, main = reasons(self.report), deciding(self.report.ruling)
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
        here, elsewhere = split_by_forum(self.report.authority_on(finding).supports)
        every = [*here, *elsewhere]
        fresh = [a for a in here or elsewhere if a.holding.precedent.id not in self._cited]
        first = fresh[:MOST_HERE]
        for authority in first:
            yield paragraph(*self._says(authority))
        rest = [a for a in here or every if a not in first]
        also = joined([self._cite(a) for a in rest[:MOST_ALSO]], "; ")
        if also:
            more = len(rest) - MOST_ALSO
            tail = f" The full report cites {more} more." if more > 0 else ""
            yield paragraph(italic("See also " if first else "See "), also, f".{tail}")
        if orders := self._orders(finding):
            yield paragraph(*orders)

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

    def _orders(self, finding: Finding) -> list[Part]:
        """The count on the question, and the latest order behind it."""
        for group in coded_orders(self.report.library, finding.counts)[:1]:
            gave, answered = len(group.gave), len(group.orders)
            only_other = answered == 1 and not gave
            did = "reached a different answer" if only_other else "reached the same answer"
            nouns = f"coded {group.where or 'comparable'} order{'s' if answered > 1 else ''}"
            case = self._latest(group.gave)
            eg: list[Part] = [" ", italic("E.g."), ", ", case, "."] if case else []
            return [tally(gave, answered, nouns, did), *eg]
        return []

    def _latest(self, orders: Iterable[DecidedOrder]) -> Spans:
        """The latest of some orders, none of them later than the day of the law."""
        found = latest(orders, self.report.session.as_of)
        if found is None or found.id in self._orders_cited:
            return ()
        self._orders_cited[found.id] = found
        return cited_order(found)

    def _contrary(self) -> Iterator[Block]:
        report = self.report
        contrary = report.authority.contrary
        here, elsewhere = split_by_forum(contrary)
        for authority in (here or elsewhere)[:MOST_CONTRARY]:
            said = distinguished(report.library, report.session.posture, authority)
            yield item(*self._says(authority), f" Distinguishable: {said}" if said else "")
        yield from self._contrary_orders()
        shown = len((here or elsewhere)[:MOST_CONTRARY])
        if more := len(contrary) - shown:
            yield item(f"The full report cites {more} more.")
        if not contrary and not report.ruling.alternatives:
            yield paragraph("No holding in the library supports a different outcome.")

    def _contrary_orders(self) -> Iterator[Block]:
        group = self.report.nearest_coded
        others, told = group.without_outcome(self.report.ruling.outcome) if group else ((), "")
        if others:
            case = self._latest(others)
            eg: list[Part] = [", ", italic("e.g."), ", ", case] if case else []
            yield item(told, *eg, ".")

    def _table(self) -> Iterator[Block]:
        """What the memo cites."""
        for head, entries in table_of_authorities(
            self.report.library, self._cited.values()
        ).items():
            yield heading(head)
            for entry in entries:
                first = entry.authorities[0]
                weight = muted(f" ({first.weight})")
                yield item(cited(first.holding), weight, refers=Reads(entry.precedent.id))
        if self._orders_cited:
            yield heading("Decided orders, counted as practice")
        for order in sorted(self._orders_cited.values(), key=lambda o: o.caption):
            yield item(cited_order(order), refers=Reads(order.id))
