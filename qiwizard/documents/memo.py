"""The memo: the summary as Markdown in the order of a bench memo."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from qiwizard.documents.brief import Brief, because_words, brief
from qiwizard.documents.telling import READ_SAYS, change_words, near_words, step_authority
from qiwizard.documents.why_lines import REST
from qiwizard.documents.words import (
    AID_NOT_ADVICE,
    STRENGTHS,
    fact_words,
    forum_words,
    stated_words,
    value_words,
)
from qiwizard.law.citation import cite_holding, spell_date
from qiwizard.law.forum import Placed
from qiwizard.law.history import history_sentences
from qiwizard.law.library import Library
from qiwizard.reasoning.authorities import Entry, sortable, table_of_authorities
from qiwizard.reasoning.nextsteps import NextStep, by_role
from qiwizard.reasoning.similar import MEASURE
from qiwizard.reasoning.why import NO_FACT, Reason, prevailed, why
from qiwizard.sessions.session import Session
from qiwizard.text import one_line

MOST = 5
"""How many authorities a finding names on each side."""
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#+!|~&$^]|(?<!\w)-|-(?!\w))")
"""What Markdown may take for markup; a hyphen only outside a word."""
_NUMBERED = re.compile(r"^(\d+)([.)])")


def escaped(text: str) -> str:
    """Text on one line that CommonMark shows exactly as written."""
    return _NUMBERED.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", one_line(text)))


def memo(
    library: Library,
    session: Session,
    today: date | None = None,
    earlier: Session | None = None,
) -> str:
    """The whole memo as Markdown; every piece of text is escaped.

    Of a session opened with a ruling it says what changed since, up to `today`; `earlier` is
    that session where another ruling has since been adopted.
    """
    told = brief(library, session, today, earlier)
    sections = (
        _heading(told),
        _titled("Question presented", [_question(told)]),
        _titled("Short answer", _short_answer(told)),
        _titled("What changed since", _list(told.since)),
        _titled("Posture", _posture(told)),
        _titled("Terms of the order", _list(told.ruling.terms)),
        _titled("Discussion", _discussion(told)),
        _titled("Contrary authority", _contrary(told)),
        _titled("What would change it", _changes(told)),
        _titled("Open facts", _list(told.open)),
        _titled("Where the questions lead", _list(told.ahead)),
        _titled("The circuits on these facts", _list(told.forums)),
        _titled("Closest decided orders", _near(told)),
        _titled("Next steps", _steps(told.steps)),
        _titled("Table of authorities", _table(told)),
        ["---", "", escaped(AID_NOT_ADVICE)],
    )
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


def _titled(title: str, body: Iterable[str]) -> list[str]:
    lines = list(body)
    return [f"## {title}", "", *lines] if lines else []


def _list(texts: Iterable[str]) -> list[str]:
    return [f"- {escaped(text)}" for text in texts]


def _heading(told: Brief) -> list[str]:
    session = told.session
    caption = session.matter.caption
    title = caption if one_line(caption) else "Discovery and qualified immunity"
    docket = f", {session.matter.docket}" if session.matter.docket else ""
    lines = [
        f"# {escaped(title + docket)}",
        "",
        f"{escaped(forum_words(told.library, session.posture))}; "
        f"law as of {escaped(spell_date(session.as_of))}.",
    ]
    for paragraph in _paragraphs(session.matter.notes):
        lines += ["", *paragraph]
    return lines


def _paragraphs(text: str) -> Iterator[list[str]]:
    """Text of several lines, each paragraph with its lines broken where they were typed."""
    for typed, group in groupby(map(escaped, text.splitlines()), key=bool):
        if typed:
            *lines, last = group
            yield [*(f"{line}  " for line in lines), last]


def _question(told: Brief) -> str:
    """The question on the facts that carry the outcome."""
    library, posture = told.library, told.session.posture
    names = {name for finding in told.ruling.decisive for name in finding.because}
    facts = [
        fact_words(library, name, posture.get(name)) for name in library.vocabulary.in_order(names)
    ]
    where = f", on these facts: {'; '.join(facts)}" if facts else ""
    return escaped(
        "Is discovery stayed on account of immunity from suit, is it limited, or does it go ahead "
        f"({forum_words(library, posture)}){where}?"
    )


def _short_answer(told: Brief) -> list[str]:
    ruling, outcomes = told.ruling, told.library.outcomes
    strength = ruling.strength.word
    lines = [
        f"**{escaped(outcomes[ruling.outcome].label)}**, {strength} "
        f"({escaped(STRENGTHS[strength])}). {escaped(ruling.headline)}"
    ]
    for alternative in ruling.alternatives:
        other = escaped(outcomes[alternative.outcome].label)
        lines += ["", f"Alternatively **{other}**: {escaped(because_words(alternative))}"]
    return lines


def _posture(told: Brief) -> Iterator[str]:
    library, session, posture = told.library, told.session, told.session.posture
    for name in library.vocabulary.in_order({*posture.known, *posture.open}):
        fact = library.vocabulary.by_name[name]
        source = session.sources.get(name)
        noted = f" ({escaped(source)})" if source else ""
        words = value_words(library, name, posture.get(name))
        yield f"- {escaped(fact.short)}: {escaped(words)}{noted}"


def _discussion(told: Brief) -> Iterator[str]:
    """What decides, doctrine by doctrine; then what does not change the outcome."""
    tree = why(told.library, told.ruling)
    for branch in tree.deciding:
        yield from (f"### {escaped(branch.doctrine.title)}", "")
        for reason in branch.reasons:
            yield from _finding(told, reason)
    if tree.rest:
        yield from (f"### {REST.rstrip(':')}", "")
        for branch in tree.rest:
            for reason in branch.reasons:
                yield from _finding(told, reason)


def _finding(told: Brief, reason: Reason) -> Iterator[str]:
    finding = reason.finding
    yield f"*{escaped(finding.question.asks)}* {escaped(finding.conclusion)} "
    yield f"({finding.strength.word}.) {escaped(prevailed(finding))}"
    yield ""
    facts = stated_words(told.library, told.session, finding.because)
    yield f"- {escaped(f'Facts: {facts}.' if facts else NO_FACT)}"
    for term in reason.terms:
        yield f"- Term of the order: {escaped(term)}"
    for placed in finding.authority_for[:MOST]:
        yield f"- For: {_authority(placed)}"
    for placed in finding.authority_against[:MOST]:
        yield f"- Against: {_authority(placed)}"
    for placed in finding.weighing.leading:
        if placed.holding.distinguish:
            name = escaped(placed.holding.precedent.short)
            yield f"- The other side on {name}: {escaped(placed.holding.distinguish)}"
    yield ""


def _authority(placed: Placed) -> str:
    text = escaped(cite_holding(placed.holding))
    text = f"{text} ({placed.weight}): {escaped(placed.holding.says)}"
    return f"{text} “{escaped(placed.holding.quote)}”" if placed.holding.quote else text


def _contrary(told: Brief) -> Iterator[str]:
    for placed, said in told.contrary:
        yield f"- {_authority(placed)}"
        yield f"  - To distinguish it: {escaped(said)}"


def _changes(told: Brief) -> Iterator[str]:
    for change in told.changes:
        label = told.library.outcomes[change.ruling.outcome].label
        yield f"- **{escaped(label)}** if {escaped(change_words(told.library, change))}"


def _near(told: Brief) -> list[str]:
    words = _list(near_words(told.library, order) for order in told.near)
    return [escaped(MEASURE), "", *words] if words else []


def _steps(steps: tuple[NextStep, ...]) -> Iterator[str]:
    for head, group in by_role(steps).items():
        yield from (f"### {escaped(head)}", "")
        yield from (f"- {escaped(f'{step.text} {step_authority(step)}.')}" for step in group)
        yield ""


def _table(told: Brief) -> Iterator[str]:
    """What the memo cites: cases by court, then rules, with what became of each."""
    for head, entries in table_of_authorities(told.library, _named(told)).items():
        yield from (f"### {head}", "")
        for entry in entries:
            yield from _row(told, entry)
        yield ""
    if rules := sorted({step.rule for step in told.steps if step.rule}, key=sortable):
        yield from ("### Rules named in the next steps", "")
        yield from _list(rules)


def _named(told: Brief) -> Iterator[Placed]:
    yield from told.ruling.cited
    for step in told.steps:
        yield from step.authority


def _row(told: Brief, entry: Entry) -> Iterator[str]:
    unread = "" if entry.pinned else "pin not verified; "
    read = ", ".join(READ_SAYS[way] for way in entry.verified)
    row = f"- {escaped(entry.citation)} ({unread}{entry.placed[0].weight}; {read})"
    url = entry.placed[0].holding.url
    yield f"{row} {escaped(url)}" if url else row
    for sentence in _history(told, entry):
        yield f"  - {escaped(sentence)}"


def _history(told: Brief, entry: Entry) -> Iterable[str]:
    as_of = told.ruling.as_of
    return dict.fromkeys(
        sentence
        for placed in entry.placed
        for sentence in history_sentences(entry.precedent, placed.holding.key, as_of, told.library)
    )
