"""The tree of a ruling as lines of plain text: what decides first, then the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qiwizard.reasoning.why import (
    NO_FACT,
    Branch,
    Reason,
    checked_words,
    prevailed,
    weight_words,
    why,
)

from qiwizard.law.citation import cite_holding, short_citation
from qiwizard.law.forum import Placed
from qiwizard.law.history import history_sentences
from qiwizard.law.library import Library
from qiwizard.reasoning.ruling import Finding, Ruling
from qiwizard.reports.words import stated_words, wrapped
from qiwizard.sessions.session import Session

MOST_FOR, MOST_AGAINST, MOST_OTHERWISE = 4, 3, 1
"""Authorities named for and against what decides, and on what does not."""
REST = "Answered as well, without effect on the outcome:"


def why_lines(
    library: Library, session: Session, ruling: Ruling, *, in_full: bool = False
) -> Iterator[str]:
    """What decides the ruling with its sources, then the rest; `in_full` all of every authority."""
    tree = why(library, ruling)
    writer = _Writer(library, session, ruling, in_full=in_full)
    for branch in tree.deciding:
        yield from writer.branch(branch)
    if tree.rest:
        yield from ("", REST)
        for branch in tree.rest:
            yield from writer.branch(branch, briefly=not in_full)


def term_lines(library: Library, ruling: Ruling) -> Iterator[str]:
    """The terms of the order, each with the authority that gives it."""
    for term, finding in why(library, ruling).terms:
        lead = finding.weighing.leading[0].holding
        by = short_citation(lead.precedent, lead.pin)
        yield from wrapped(f"{term} [{by}]", "* ", "  ")


class _Writer:
    """Writes findings of one session."""

    def __init__(
        self, library: Library, session: Session, ruling: Ruling, *, in_full: bool
    ) -> None:
        self._library = library
        self._session = session
        self._ruling = ruling
        self._in_full = in_full

    def branch(self, branch: Branch, *, briefly: bool = False) -> Iterator[str]:
        for reason in branch.reasons:
            finding = reason.finding
            said = f"{branch.doctrine.title}: {finding.conclusion} ({finding.strength.word})"
            yield from wrapped(said, "* ", "  ")
            yield from self._briefly(finding) if briefly else self._reason(reason)

    def _briefly(self, finding: Finding) -> Iterator[str]:
        yield from self._authority("For", finding.authority_for, MOST_OTHERWISE)

    def _reason(self, reason: Reason) -> Iterator[str]:
        finding = reason.finding
        yield from wrapped(f"Why it prevailed: {prevailed(finding)}", "    ", "      ")
        facts = stated_words(self._library, self._session, finding.because)
        yield from wrapped(f"Facts: {facts}." if facts else NO_FACT, "    ", "      ")
        yield from self._authority("For", finding.authority_for, MOST_FOR)
        yield from self._authority("Against", finding.authority_against, MOST_AGAINST)

    def _authority(self, side: str, authority: tuple[Placed, ...], most: int) -> Iterator[str]:
        shown = authority if self._in_full else authority[:most]
        for placed in shown:
            yield from wrapped(f"{side}: {self._cited(placed)}", "    ", "      ")
            yield from self._history(placed)
        if more := len(authority) - len(shown):
            way = "for" if side == "For" else "against"
            yield f"    and {more} more {way} it, in the table of authorities"

    def _cited(self, placed: Placed) -> str:
        holding = placed.holding
        weight = weight_words(placed, self._ruling.as_of)
        text = f"{cite_holding(holding)} ({weight}; {checked_words(placed)}): {holding.says}"
        return f"{text} “{holding.quote}”" if self._in_full and holding.quote else text

    def _history(self, placed: Placed) -> Iterable[str]:
        if not self._in_full:
            return
        holding, as_of = placed.holding, self._ruling.as_of
        if holding.distinguish:
            other = f"The other side would say: {holding.distinguish}"
            yield from wrapped(other, "      ", "        ")
        for told in history_sentences(holding.precedent, holding.key, as_of, self._library):
            yield from wrapped(told, "      ! ", "        ")
