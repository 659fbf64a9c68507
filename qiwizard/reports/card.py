"""The bench card: the answer on one screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from qiwizard.law.facts import CIRCUIT
from qiwizard.law.forum import Authority, Rank, Voice, once_each, split_by_forum
from qiwizard.reasoning.composition import Basis
from qiwizard.reasoning.what_if import Change
from qiwizard.reports.authority import cited
from qiwizard.reports.blocks import Span, Spans, after, muted, plain, spans, strong, wrapped_spans
from qiwizard.reports.dispositions import change_short
from qiwizard.reports.report import BY_THE_LAST, CodedOrders, Report, deciding
from qiwizard.reports.words import forum_words, tally
from qiwizard.text import spell_date

WIDTH = 80
MOST_LINES = 14
FULL_WIDTH = 76
"""Minimum width at which the line limit applies."""
NOT_ENOUGH = "Not enough facts yet"
WHY, PRACTICE, ORDER, CONTRARY = "Why", "Practice", "Order", "Contrary"
CHANGES, MISSING = "Changes it", "Missing"
LABEL = 12
"""Columns for the label of a row."""
ELLIPSIS = "…"
MOST_AUTHORITIES = MOST_CHANGES = MOST_NAMED = 2

Rows: TypeAlias = Mapping[str, tuple[Spans, ...]]
"""By label, the entries of a row, the most important first."""


@dataclass(frozen=True, slots=True)
class Card:
    """The answer: what the court does, how strong that is, why, and what would change it."""

    headline: str
    standing: str
    """Strength, basis and forum."""
    sentence: str
    """Why, in a sentence."""
    background: str
    """The state of the defense, shown before it if there is room."""
    rows: Rows
    outcome: str
    """Empty where there is no ruling to show."""

    def lines(self, width: int = WIDTH) -> list[Spans]:
        """The card as lines; where there is room for 76 columns, no more than it may have."""
        lines: list[Spans] = []
        for sentence, rows, deep in self._layouts():
            lines = [
                *self._frame(sentence, width),
                *(line for row in rows.items() for line in _row_lines(*row, width, deep)),
            ]
            if width < FULL_WIDTH or len(lines) <= MOST_LINES:
                break
        return lines

    def _layouts(self) -> Iterator[tuple[str, Rows, int]]:
        """Sentence, rows and the lines an entry may take, from the fullest to the shortest."""
        rows = self.rows
        whole = f"{self.background} {self.sentence}".strip()
        for sentence, spared in ((whole, (CHANGES, WHY)), (self.sentence, (CHANGES, WHY, ORDER))):
            yield sentence, rows, 2
            while shorter := _without_last(rows, spared):
                rows = shorter
                yield sentence, rows, 2
        yield self.sentence, rows, 1

    def _frame(self, sentence: str, width: int) -> Iterator[Spans]:
        """The headline in the upper edge of a box, the sentence inside it."""
        inner = width - 4
        room = inner - len(self.headline) - 4
        standing = next((text for text in _shorter(self.standing) if len(text) <= room), "")
        if standing:
            rest = f" {'─' * (room - len(standing))} {standing} ─╮"
            yield spans(muted("╭─ "), strong(self.headline), muted(rest))
        else:
            yield spans(muted(f"╭{'─' * (width - 2)}╮"))
            yield from _boxed(strong(self.headline), inner)
            yield from _boxed(muted(self.standing), inner)
        yield from _boxed(Span(sentence), inner)
        yield spans(muted(f"╰{'─' * (width - 2)}╯"))


def _boxed(text: Span, width: int) -> Iterator[Spans]:
    """Lines between the sides of a box."""
    for line in wrapped_spans(spans(text), width):
        filler = " " * (width - len(plain(line)))
        yield spans(muted("│ "), line, filler, muted(" │"))


def _shorter(standing: str) -> Iterator[str]:
    """Strength, basis and forum; then without the circuit, then without the basis."""
    yield standing
    district = standing.partition(" (")[0]
    yield district
    strength, _, rest = district.partition(" · ")
    yield f"{strength} · {rest.rpartition(' · ')[2]}"


def _row_lines(label: str, entries: Iterable[Spans], width: int, deep: int) -> Iterator[Spans]:
    """A row next to its label, or below it on a narrow screen."""
    hung = LABEL if width >= 60 else 2
    if hung < LABEL:
        yield spans(" ", muted(label))
    for number, entry in enumerate(entries):
        for place, line in enumerate(_entry_lines(entry, width - hung - 1, deep)):
            first = hung == LABEL and number == 0 and place == 0
            margin = muted(f" {label:<{hung - 1}}") if first else " " * hung
            yield spans(margin, "  " if place else "", line)


def _entry_lines(entry: Spans, width: int, deep: int) -> list[Spans]:
    """An entry on one line or two, the second indented, and a mark where more is left out."""
    first = wrapped_spans(entry, width)[0]
    rest = wrapped_spans(after(entry, len(plain(first))), width - 2)
    if deep == 1 and rest:
        return [_cut(first, width)]
    return [first, *([_cut(rest[0], width - 2)] if len(rest) > 1 else rest)]


def _cut(line: Spans, width: int) -> Spans:
    return spans(wrapped_spans(line, width - 2)[0], f" {ELLIPSIS}")


def _without_last(rows: Rows, spared: Sequence[str]) -> Rows:
    """The rows with one entry less, of the first of some rows that has several; or none."""
    for label in spared:
        entries = rows.get(label, ())
        if len(entries) > 1:
            *kept, last = entries[:-1]
            cut = spans(last, f" {ELLIPSIS}") if label == ORDER else last
            return {**rows, label: (*kept, cut)}
    return {}


def card(report: Report, *, provisional: bool = False) -> Card:
    """The card of a report.

    Where essential facts are missing it shows no ruling, or with `provisional` the ruling on
    what is stated and what is missing.
    """
    if report.ruling.missing and not provisional:
        return Card(NOT_ENOUGH, _forum(report), _missing_sentence(report), "", {}, "")
    ruling, short = report.ruling, report.disposition.short
    rows = {
        MISSING: [spans(_missing_sentence(report))] if ruling.missing else [],
        WHY: _why(report),
        PRACTICE: _practice(report),
        ORDER: [
            spans(f"{number} {line}" if len(short) > 1 else line)
            for number, line in enumerate(short, start=1)
        ],
        CONTRARY: [spans(_contrary(report))],
        CHANGES: _changes(report),
    }
    entries = {label: tuple(found) for label, found in rows.items()}
    headline = report.disposition.headline
    return Card(
        headline=f"PROVISIONAL: {headline}" if ruling.missing else headline,
        standing=f"{ruling.strength.word} · {ruling.basis.value} · {_forum(report)}",
        sentence=deciding(ruling).conclusion,
        background=report.wording.state_of_defense(),
        rows={label: found for label, found in entries.items() if found},
        outcome=ruling.outcome,
    )


def _forum(report: Report) -> str:
    posture = report.session.posture
    named = forum_words(report.library, posture)
    circuit = posture.get(CIRCUIT)
    where = report.library.courts.circuits[str(circuit)].abbreviation if circuit else ""
    return f"{named} ({where})" if where and where != named else named


def _missing_sentence(report: Report) -> str:
    return f"Still needed: {report.shorts(report.ruling.missing)}."


def best_authorities(report: Report) -> tuple[Authority, ...]:
    """The one or two authorities to cite first.

    What leads on the questions that are left to the judge, then on the others; of these what
    can decide before what can only persuade. For a partial stay or limited discovery, what leads
    on the question that limits it comes first. Other authority of the forum fills up.
    """
    main = deciding(report.ruling)
    limited = report.ruling.outcome in BY_THE_LAST
    decisive = sorted(report.ruling.decisive, key=lambda f: not f.question.counted)
    supports = report.authority.supports
    known = {a.holding.precedent.id for a in supports}
    leading = [a for f in decisive for a in f.leading if a.holding.precedent.id in known]
    here, elsewhere = split_by_forum(leading)
    first = sorted(
        here, key=lambda a: (limited and a not in main.leading, -a.voice, not a.holding.quote)
    )
    own, _ = split_by_forum(supports)
    return once_each((*first, *own, *elsewhere))[:MOST_AUTHORITIES]


def _why(report: Report) -> Iterator[Spans]:
    for number, authority in enumerate(best_authorities(report)):
        says = authority.holding.says.rstrip(".")
        yield spans(cited(authority.holding), "" if number else f": {says}")


def _practice(report: Report) -> Iterator[Spans]:
    """The outcome counted, such as `full stay in 25 of 29 coded D.N.M. orders`."""
    if counted := report.nearest_coded:
        outcome, total = report.ruling.outcome, len(counted.orders)
        said = f"{report.wording.words['practice'][outcome]} in"
        gave = len(counted.with_outcome(outcome))
        yield spans(f"{said} {gave} of {total} {_coded_words(report, counted)}")


def practice_sentence(report: Report, counted: CodedOrders) -> str:
    """The same as a sentence: `Of 29 coded D.N.M. orders, 25 stayed all discovery.`"""
    outcome, answered = report.ruling.outcome, len(counted.orders)
    gave = len(counted.with_outcome(outcome))
    did = report.wording.words["practice_did"]
    done = did[counted.orders[0].outcome if answered == 1 else outcome]
    return tally(gave, answered, _coded_words(report, counted), done)


def _coded_words(report: Report, counted: CodedOrders) -> str:
    """Such as `coded D.N.M. orders on a pending motion`."""
    noun = "order" if len(counted.orders) == 1 else "orders"
    motion = str(report.session.posture.get("motion"))
    on = report.wording.words["practice_on"].get(motion, "")
    later = any(order.decided > report.ruling.as_of for order in counted.orders)
    words = ("coded", counted.where, noun, on, _before_the_law(report, counted))
    return " ".join(filter(None, (*words, "(later orders included)" if later else "")))


def _before_the_law(report: Report, counted: CodedOrders) -> str:
    """How many of the orders are older than the circuit's authority that decides, if some are."""
    main = deciding(report.ruling)
    decides = [a for a in main.leading if a.voice is Voice.DECIDES and a.rank is Rank.OWN_CIRCUIT]
    if main.basis is not Basis.LAW or not decides:
        return ""
    holding = decides[0].holding
    older = sum(order.decided < holding.since for order in counted.orders)
    return f"({older} before {holding.precedent.short})" if older else ""


def _contrary(report: Report) -> str:
    """The contrary orders and authority as counts."""
    parts = []
    if counted := report.nearest_coded:
        other = len(counted.orders) - len(counted.with_outcome(report.ruling.outcome))
        parts.append(f"{other} of {len(counted.orders)} {counted.adjective}orders")
    here, elsewhere = split_by_forum(report.authority.contrary)
    if here:
        more = len(here) - MOST_NAMED
        shorts = ((a.holding.precedent.short, a.binding) for a in here[:MOST_NAMED])
        named = ", ".join(f"{short} (binding)" if binding else short for short, binding in shorts)
        parts.append(f"{named} +{more}" if more > 0 else named)
    if elsewhere:
        parts.append(f"{len(elsewhere)} elsewhere")
    return " · ".join(parts) or "no contrary authority in the library"


def _changes(report: Report) -> Iterator[Spans]:
    for change in report.changes[:MOST_CHANGES]:
        after = report.library.outcomes[change.ruling.outcome].label.upper()
        yield spans(
            f"{change_short(report.library, change)} → {after} ({likelihood_words(change)})"
        )


def likelihood_words(change: Change) -> str:
    """The likelihood of the new outcome before and after a change."""
    after = change.ruling.likelihood[change.ruling.outcome]
    return f"{change.likelihood_before:.0%} to {after:.0%}"


def law_day(report: Report) -> str:
    """The day whose law is applied."""
    return f"law as of {spell_date(report.session.as_of)}"
