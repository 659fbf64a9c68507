"""The memo: the summary as Markdown in the order of a bench memo."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from qiwizard.documents.outlook import ahead_sentences, forum_sentences
from qiwizard.documents.summary import (
    AID_NOT_ADVICE,
    STRENGTHS,
    change_words,
    cited,
    conditional_words,
    fact_words,
    forum_words,
    near_words,
    step_authority,
    value_words,
)
from qiwizard.documents.why_lines import REST
from qiwizard.documents.words import stated_words
from qiwizard.law.citation import cite_holding, spell_date
from qiwizard.law.forum import Placed
from qiwizard.law.history import history_sentences
from qiwizard.law.library import Library
from qiwizard.reasoning.authorities import Entry, sortable, table_of_authorities
from qiwizard.reasoning.changes import changes
from qiwizard.reasoning.conditional import conditional
from qiwizard.reasoning.contrary import contrary, distinguished
from qiwizard.reasoning.nextsteps import NextStep, by_role, next_steps
from qiwizard.reasoning.outlook import outlook
from qiwizard.reasoning.ruling import Ruling, rule
from qiwizard.reasoning.similar import MEASURE, closest
from qiwizard.reasoning.why import NO_FACT, Reason, prevailed, why
from qiwizard.sessions.session import Session
from qiwizard.sessions.since import sentences
from qiwizard.text import one_line

MOST, FROM_ELSEWHERE = 5, 3
"""How many authorities a finding names on each side; how many contrary ones from elsewhere."""
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#+!|~&$^-])")
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
    ruling = rule(library, session.posture, session.as_of)
    steps = next_steps(library, session.posture, ruling)
    moved = sentences(library, earlier or session, today or date.today())
    ahead = outlook(library, session.posture, session.as_of)
    sections = (
        _heading(library, session),
        _titled("Question presented", [_question(library, session, ruling)]),
        _titled("Short answer", _short_answer(library, ruling)),
        _titled("What changed since", _list(moved)),
        _titled("Posture", _posture(library, session)),
        _titled("Terms of the order", _list(ruling.terms)),
        _titled("Discussion", _discussion(library, session, ruling)),
        _titled("Contrary authority", _contrary(library, session, ruling)),
        _titled("What would change it", _changes(library, session)),
        _titled("Open facts", _open(library, session)),
        _titled("Where the questions lead", _list(ahead_sentences(library, ahead))),
        _titled("The circuits on these facts", _list(forum_sentences(library, ahead))),
        _titled("Closest decided orders", _near(library, session)),
        _titled("Next steps", _steps(steps)),
        _titled("Table of authorities", _table(library, ruling, steps)),
        ["---", "", escaped(AID_NOT_ADVICE)],
    )
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


def _titled(title: str, body: Iterable[str]) -> list[str]:
    lines = list(body)
    return [f"## {title}", "", *lines] if lines else []


def _list(texts: Iterable[str]) -> list[str]:
    return [f"- {escaped(text)}" for text in texts]


def _heading(library: Library, session: Session) -> list[str]:
    caption = session.matter.caption
    title = caption if one_line(caption) else "Discovery and qualified immunity"
    docket = f", {session.matter.docket}" if session.matter.docket else ""
    lines = [
        f"# {escaped(title + docket)}",
        "",
        f"{escaped(forum_words(library, session.posture))}; "
        f"law as of {escaped(spell_date(session.as_of))}.",
    ]
    if session.matter.notes:
        lines += ["", escaped(session.matter.notes)]
    return lines


def _question(library: Library, session: Session, ruling: Ruling) -> str:
    """The question on the facts that carry the outcome."""
    names = {name for finding in ruling.decisive for name in finding.because}
    facts = [
        fact_words(library, name, session.posture.get(name))
        for name in library.vocabulary.in_order(names)
    ]
    where = f", on these facts: {'; '.join(facts)}" if facts else ""
    return escaped(
        "Is discovery stayed on account of immunity from suit, is it limited, or does it go ahead "
        f"({forum_words(library, session.posture)}){where}?"
    )


def _short_answer(library: Library, ruling: Ruling) -> list[str]:
    label = library.outcomes[ruling.outcome].label
    strength = ruling.strength.word
    lines = [
        f"**{escaped(label)}**, {strength} ({escaped(STRENGTHS[strength])}). "
        f"{escaped(ruling.headline)}"
    ]
    for alternative in ruling.alternatives:
        other = library.outcomes[alternative.outcome].label
        names = "; ".join(cite_holding(p.holding) for p in alternative.authority[:FROM_ELSEWHERE])
        because = escaped(f"{alternative.because} {names}".strip())
        lines += ["", f"Alternatively **{escaped(other)}**: {because}"]
    return lines


def _posture(library: Library, session: Session) -> Iterator[str]:
    posture = session.posture
    for name in library.vocabulary.in_order({*posture.known, *posture.open}):
        fact = library.vocabulary.by_name[name]
        source = session.sources.get(name)
        noted = f" ({escaped(source)})" if source else ""
        words = value_words(library, name, posture.get(name))
        yield f"- {escaped(fact.short)}: {escaped(words)}{noted}"


def _discussion(library: Library, session: Session, ruling: Ruling) -> Iterator[str]:
    """What decides, doctrine by doctrine; then what does not change the outcome."""
    tree = why(library, ruling)
    for branch in tree.deciding:
        yield from (f"### {escaped(branch.doctrine.title)}", "")
        for reason in branch.reasons:
            yield from _finding(library, session, reason)
    if tree.rest:
        yield from (f"### {REST.rstrip(':')}", "")
        for branch in tree.rest:
            for reason in branch.reasons:
                yield from _finding(library, session, reason)


def _finding(library: Library, session: Session, reason: Reason) -> Iterator[str]:
    finding = reason.finding
    yield f"*{escaped(finding.question.asks)}* {escaped(finding.conclusion)} "
    yield f"({finding.strength.word}.) {escaped(prevailed(finding))}"
    yield ""
    facts = stated_words(library, session, finding.because)
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
    weight = "binding" if placed.binding else "persuasive"
    text = f"{escaped(cite_holding(placed.holding))} ({weight}): {escaped(placed.holding.says)}"
    return f"{text} “{escaped(placed.holding.quote)}”" if placed.holding.quote else text


def _contrary(library: Library, session: Session, ruling: Ruling) -> Iterator[str]:
    """The contrary holdings on what carries the outcome, each with how it is distinguished."""
    for placed in dict.fromkeys(p for finding in ruling.decisive for p in contrary(finding)):
        yield f"- {_authority(placed)}"
        said = distinguished(library, session.posture, placed)
        yield f"  - To distinguish it: {escaped(said)}"


def _changes(library: Library, session: Session) -> Iterator[str]:
    for change in changes(library, session.posture, session.as_of, most=10):
        label = library.outcomes[change.ruling.outcome].label
        yield f"- **{escaped(label)}** if {escaped(change_words(library, change))}"


def _open(library: Library, session: Session) -> list[str]:
    found = conditional(library, session.posture, session.as_of)
    return _list(conditional_words(library, found))


def _near(library: Library, session: Session) -> list[str]:
    near = closest(library, session.posture, session.as_of)
    words = _list(near_words(library, order) for order in near)
    return [escaped(MEASURE), "", *words] if words else []


def _steps(steps: tuple[NextStep, ...]) -> Iterator[str]:
    for head, group in by_role(steps).items():
        yield from (f"### {escaped(head)}", "")
        yield from (f"- {escaped(f'{step.text} {step_authority(step)}.')}" for step in group)
        yield ""


def _table(library: Library, ruling: Ruling, steps: tuple[NextStep, ...]) -> Iterator[str]:
    """What the memo cites: cases by court, then rules, with what became of each."""
    for head, entries in table_of_authorities(library, _named(ruling, steps)).items():
        yield from (f"### {head}", "")
        for entry in entries:
            yield from _row(library, entry, ruling)
        yield ""
    if rules := sorted({step.rule for step in steps if step.rule}, key=sortable):
        yield from ("### Rules named in the next steps", "")
        yield from _list(rules)


def _named(ruling: Ruling, steps: tuple[NextStep, ...]) -> Iterator[Placed]:
    yield from cited(ruling)
    for alternative in ruling.alternatives:
        yield from alternative.authority
    for step in steps:
        yield from step.authority


def _row(library: Library, entry: Entry, ruling: Ruling) -> Iterator[str]:
    unread = "" if entry.pinned else "pin not verified; "
    weight = "binding" if entry.placed[0].binding else "persuasive"
    row = f"- {escaped(entry.citation)} ({unread}{weight}; {entry.verified})"
    url = entry.placed[0].holding.url
    yield f"{row} {escaped(url)}" if url else row
    for sentence in _history(library, entry, ruling):
        yield f"  - {escaped(sentence)}"


def _history(library: Library, entry: Entry, ruling: Ruling) -> Iterable[str]:
    told = (
        sentence
        for placed in entry.placed
        for sentence in history_sentences(
            entry.precedent, placed.holding.key, ruling.as_of, library
        )
    )
    return dict.fromkeys(told)
