"""The feedback to a clerk after an answer: right or wrong, the rule, the authority, the court."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qiwizard.law.citation import cite_holding
from qiwizard.law.forum import Authority, Rank, Voice
from qiwizard.law.library import Library
from qiwizard.law.precedent import Holding
from qiwizard.practice.cases import ruling_on
from qiwizard.practice.items import CALIBRATE, Cite, Item, Lesson, Part, Point, Subject
from qiwizard.reasoning.decided_orders import closest
from qiwizard.reasoning.explanation import counts_words
from qiwizard.reasoning.ruling import Finding, Ruling
from qiwizard.reports.words import WIDTH
from qiwizard.text import one_line

CORRECT, INCORRECT = "Correct", "Incorrect"
MOST_LINES = 10
NEAREST = 4
COMMON = "stay"
"""The outcome that the baseline always predicts."""


@dataclass(frozen=True, slots=True)
class Section:
    """A paragraph of the feedback, under a label, and the source it leads to."""

    label: str
    text: str
    cite: Cite | None = None


# Sources


def cite_of(authority: Authority) -> Cite:
    """A holding as a source, with its weight in the forum."""
    return cite_holding_as(authority.holding, authority.weight)


def cite_holding_as(holding: Holding, remark: str = "") -> Cite:
    """A holding as a source."""
    cited = cite_holding(holding)
    text = f"{cited} ({remark})" if remark else cited
    return Cite(holding.precedent.id, text, holding.quote)


def cites(authorities: Iterable[Authority], most: int = 3) -> tuple[Cite, ...]:
    """The first of some holdings as sources, one for each passage cited."""
    named: dict[str, Cite] = {}
    for one in authorities:
        cite = cite_of(one)
        named.setdefault(cite.text, cite)
    return tuple(named.values())[:most]


def weight(authority: Authority) -> tuple[bool, Voice, Rank]:
    """By which authorities are compared, whatever question they answer."""
    return authority.binding, authority.voice, authority.rank


def best_cite(question: str, *groups: Iterable[Authority]) -> Cite | None:
    """The weightiest quoted authority of the first group that has one.

    What answers the question itself comes before what bears on it.
    """
    for group in groups:
        quoted = [a for a in group if a.holding.quote]
        if quoted:
            own = [a for a in quoted if a.holding.question == question]
            return cite_of(max(own or quoted, key=weight))
    return None


# Lessons


def court_words(library: Library, subject: Subject) -> str:
    """What the court did."""
    outcome = library.outcomes[subject.case.outcome].label
    return f"{outcome} in {subject.source.text}. {subject.summary}"


def turning(ruling: Ruling) -> Finding:
    """The finding that gives the outcome, if authority supports it; else the one before it.

    Of a stay of everything, the less sure of its two findings.
    """
    counted = [f for f in ruling.decisive if f.share is not None]
    if not counted:
        return (ruling.decisive or ruling.findings)[-1]
    if ruling.outcome == COMMON:
        counted.sort(key=lambda f: -(f.share or 0.0))
    return next((f for f in reversed(counted) if authority_for(f)), counted[-1])


def authority_for(finding: Finding) -> Cite | None:
    """The authority to quote for a finding."""
    name = finding.question.id
    return best_cite(name, finding.leading, finding.supporting, finding.other_standard)


def lesson_of_case(library: Library, subject: Subject) -> Lesson:
    """The lesson of what the court did in a decided case.

    A court that departed from the likeliest ruling is explained by the authority for its own; if
    none is quoted, by the usual rule from which it departed.
    """
    ruling, court = ruling_on(library, subject), subject.case.outcome
    finding = _parting(ruling, court)
    rule, authority = finding.conclusion, authority_for(finding)
    if court != ruling.outcome:
        other = next((a for a in ruling.alternatives if a.outcome == court), None)
        own = best_cite(other.question, other.authority) if other else None
        rule = other.because if other and own else f"The court departed from the usual rule: {rule}"
        authority = own or authority
    if authority is None:
        authority = best_cite("", *(f.leading for f in ruling.decisive), ruling.cited)
    rest = (
        shares_point(library, ruling),
        *nearest(library, subject),
        *(finding_point(library, one) for one in ruling.decisive),
    )
    return Lesson(rule, authority, court_words(library, subject), rest)


def _parting(ruling: Ruling, court: str) -> Finding:
    """The finding on which the court departed from the likeliest ruling; else the turning one."""
    for finding in ruling.decisive:
        if (counted := finding.question.counted) is not None:
            sides = counted.answer(court), counted.answer(ruling.outcome)
            if None not in sides and sides[0] is not sides[1]:
                return finding
    return turning(ruling)


def shares_point(library: Library, ruling: Ruling) -> Point:
    """The share of each outcome, with the counts behind it."""
    shares = ", ".join(
        f"{library.outcomes[outcome].label.lower()} {share:.0%}"
        for outcome, share in sorted(ruling.likelihood.items(), key=lambda item: -item[1])
    )
    return Point(f"Shares from the law and the other orders: {shares}.")


def nearest(library: Library, subject: Subject) -> Iterator[Point]:
    """The nearest orders, each with what it shares and what the court did."""
    own = {o.id for o in library.orders if o.case in subject.case.unseen}
    without = frozenset({subject.case.id, *own, *subject.without})
    near = closest(library, subject.posture, subject.case.decided, most=NEAREST, without=without)
    shorts = library.vocabulary.by_name
    for one in near:
        differs = ", ".join(shorts[name].short for name in one.differs)
        text = f"A near order: {library.outcomes[one.case.outcome].label.lower()}; " + (
            f"different facts: {differs}." if differs else "no different fact is stated."
        )
        yield Point(text, (Cite(one.case.id, f"{one.case.caption}, {one.case.citation}"),))


def finding_point(library: Library, finding: Finding) -> Point:
    """The answer to one legal question, with its authority and the contrary authority here."""
    against = cites((a for a in finding.against if a.rank.in_forum), 2)
    contra = [f"Contra: {'; '.join(c.text for c in against)}."] if against else []
    counts = counts_words(library, finding, "decided") if finding.share is not None else ()
    return Point(
        " ".join([finding.question.asks, finding.conclusion, *counts, *contra]),
        cites(finding.authority_for) or cites(finding.other_standard),
    )


# Feedback


def lesson_sections(item: Item, part: Part) -> Iterator[Section]:
    """What a question is to teach: the rule, the authority, what the court did."""
    lesson = part.lesson
    yield Section("Rule", lesson.rule)
    if (authority := lesson.authority) is not None:
        quote = f": “{authority.quote}”" if authority.quote else ""
        yield Section("Authority", f"{authority.text}{quote}", authority)
    if lesson.court:
        yield Section("The court", lesson.court, item.subject.source)


def feedback(item: Item, pairs: Sequence[tuple[Part, str]], width: int = WIDTH) -> list[Section]:
    """The feedback shown first: at most ten lines, the longest paragraphs cut."""
    told = []
    for part, given in pairs:
        right = given in part.accepted
        told.append(Section(CORRECT if right else INCORRECT, part.by_id[given].name))
        if not right:
            told.append(Section("Answer", " / ".join(option.name for option in part.right)))
    told += lesson_sections(item, pairs[-1][0])
    room = [len(_lines(section, width)) for section in told]
    while sum(room) > MOST_LINES:
        room[max(range(len(room)), key=room.__getitem__)] -= 1
    return [_cut(section, lines, width) for section, lines in zip(told, room, strict=True)]


def feedback_lines(item: Item, pairs: Sequence[tuple[Part, str]], width: int = WIDTH) -> list[str]:
    """The same as lines."""
    if item.drill == CALIBRATE:
        return _forecast_lines(item, [given for _, given in pairs], width)
    return [line for section in feedback(item, pairs, width) for line in _lines(section, width)]


def _lines(section: Section, width: int) -> list[str]:
    text = f"{section.label}: {one_line(section.text)}"
    return textwrap.wrap(text, width, subsequent_indent="  ", break_on_hyphens=False)


def _cut(section: Section, lines: int, width: int) -> Section:
    """The paragraph in so many lines, with an ellipsis if words are left out."""
    if len(_lines(section, width)) <= lines:
        return section
    kept = one_line(section.text).split()
    while kept:
        kept.pop()
        text = " ".join(kept).rstrip(".,;:") + " …"
        shorter = replace(section, text=text + "”" * (text.count("“") - text.count("”")))
        if len(_lines(shorter, width)) <= lines:
            return shorter
    return section


def more(pairs: Sequence[tuple[Part, str]], item: Item) -> list[Point]:
    """The rest, on request: the paragraphs that were cut, the reasons, the sources."""
    points = [
        Point(f"{section.label}: {section.text}", (section.cite,))
        for section in lesson_sections(item, pairs[-1][0])
        if section.cite
    ]
    points += [
        Point(f"{option.name.rstrip('.')}: {option.why.text}", option.why.cites)
        for part, given in pairs
        for option in part.options
        if option.why is not None and option.id in {given, *part.accepted}
    ]
    points += pairs[-1][0].lesson.more
    return list(dict.fromkeys(points))


# Likelihoods


def brier(shares: Sequence[float], happened: Sequence[bool]) -> float:
    """The Brier score over all outcomes: 0 is best, 2 is worst."""
    return sum((share - came) ** 2 for share, came in zip(shares, happened, strict=True))


def scores(item: Item, given: Sequence[str]) -> list[float]:
    """The Brier scores of a clerk, of the law and the other orders, and of always a stay."""
    happened = [part.happened for part in item.parts]
    return [brier(shares, happened) for shares in zip(*_compared(item, given), strict=True)]


def _compared(item: Item, given: Sequence[str]) -> list[tuple[float, float, float]]:
    """For each outcome its three likelihoods; those of the clerk scaled to add up to one."""
    total = sum(map(int, given))
    return [
        (int(mine) / total, part.share, float(part.id == COMMON))
        for part, mine in zip(item.parts, given, strict=True)
    ]


def _forecast_lines(item: Item, given: Sequence[str], width: int) -> list[str]:
    """The likelihoods side by side, and their scores; at most ten lines.

    The rule is whole, then the authority as far as it goes; the court has a line or more.
    """
    head = f"{'':<24}{'you':>8}{'law and orders':>18}{'always stay':>14}"
    rows = [
        f"{part.asks.partition(':')[0]:<24}{mine:>8.0%}{law:>18.0%}{always:>14.0%}"
        for part, (mine, law, always) in zip(item.parts, _compared(item, given), strict=True)
    ]
    mine, law, always = scores(item, given)
    last = f"{'Score (0 best, 2 worst)':<24}{mine:>8.2f}{law:>18.2f}{always:>14.2f}"
    lesson = item.parts[-1].lesson
    taught = [Section("Rule", lesson.rule)]
    taught += [Section("Authority", lesson.authority.text)] if lesson.authority else []
    room, below = MOST_LINES - len(rows) - 2, list[str]()
    for left, section in zip((2, 1), taught, strict=False):
        below += _lines(_cut(section, room - len(below) - left, width), width)
    court = _cut(Section("The court", lesson.court), room - len(below), width)
    return [*_lines(court, width), head, *rows, last, *below]
