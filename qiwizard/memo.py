"""The memo: the summary as Markdown in the order of a bench memo."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qiwizard.changes import changes
from qiwizard.citation import cite_holding, pin_label, spell_date
from qiwizard.history import history_sentences
from qiwizard.law import Placed
from qiwizard.library import Library
from qiwizard.ruling import Finding, Ruling, rule
from qiwizard.session import Session
from qiwizard.similar import closest
from qiwizard.summary import (
    AID_NOT_ADVICE,
    STRENGTHS,
    change_words,
    cited,
    forum_words,
    near_words,
    open_that_matter,
    value_words,
)
from qiwizard.text import one_line

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#+!|~&$^-])")
_NUMBERED = re.compile(r"^(\d+)([.)])")


def escaped(text: str) -> str:
    """Text on one line that CommonMark shows exactly as written."""
    return _NUMBERED.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", one_line(text)))


def memo(library: Library, session: Session) -> str:
    """The whole memo as Markdown; every piece of text is escaped."""
    ruling = rule(library, session.posture, session.as_of)
    sections = (
        _heading(library, session),
        _titled("Question presented", [_question(library, session)]),
        _titled("Short answer", _short_answer(library, ruling)),
        _titled("Posture", _posture(library, session)),
        _titled("Terms of the order", _list(ruling.terms)),
        _titled("Discussion", _discussion(library, session, ruling)),
        _titled("Contrary authority", _contrary(ruling)),
        _titled("What would change it", _changes(library, session)),
        _titled("Open facts that matter", _open(library, session)),
        _titled("Closest decided orders", _near(library, session)),
        _titled("Table of authorities", _table(library, ruling)),
        ["---", "", escaped(AID_NOT_ADVICE)],
    )
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


def _titled(title: str, body: Iterable[str]) -> list[str]:
    lines = list(body)
    return [f"## {title}", "", *lines] if lines else []


def _list(texts: Iterable[str]) -> list[str]:
    return [f"- {escaped(text)}" for text in texts]


def _heading(library: Library, session: Session) -> list[str]:
    title = session.matter.caption or "Discovery and qualified immunity"
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


def _question(library: Library, session: Session) -> str:
    known = session.posture.known
    stated = [library.vocabulary.by_name[n].short for n in library.vocabulary.in_order(known)]
    raised = f" on these facts ({', '.join(stated)})" if stated else ""
    return escaped(
        f"An official has raised immunity from suit: is discovery stayed, limited, "
        f"or does it go ahead{raised}?"
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
        lines += ["", f"Alternatively **{escaped(other)}**: {escaped(alternative.because)}"]
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
    doctrine = ""
    for finding in ruling.findings:
        if finding.question.doctrine != doctrine:
            doctrine = finding.question.doctrine
            yield from (f"### {escaped(library.doctrine(doctrine).title)}", "")
        yield from _finding(library, session, finding)


def _finding(library: Library, session: Session, finding: Finding) -> Iterator[str]:
    yield f"*{escaped(finding.question.asks)}* {escaped(finding.conclusion)} "
    yield f"({finding.strength.word}; {escaped(finding.weighing.canon.value)})"
    yield ""
    facts = [
        f"{library.vocabulary.by_name[n].short}: "
        f"{value_words(library, n, session.posture.get(n))}"
        + (f" ({session.sources[n]})" if n in session.sources else "")
        for n in finding.because
    ]
    if facts:
        yield f"- Facts: {escaped('; '.join(facts))}"
    for placed in finding.authority_for[:5]:
        yield f"- For: {_authority(placed)}"
    for placed in finding.authority_against[:5]:
        yield f"- Against: {_authority(placed)}"
    yield ""


def _authority(placed: Placed) -> str:
    weight = "binding" if placed.binding else "persuasive"
    text = f"{escaped(cite_holding(placed.holding))} ({weight}): {escaped(placed.holding.says)}"
    return f"{text} “{escaped(placed.holding.quote)}”" if placed.holding.quote else text


def _contrary(ruling: Ruling) -> Iterator[str]:
    for finding in ruling.decisive:
        for placed in finding.authority_against:
            yield f"- {_authority(placed)}"
            if placed.holding.distinguish:
                yield f"  {escaped(placed.holding.distinguish)}"


def _changes(library: Library, session: Session) -> Iterator[str]:
    for change in changes(library, session.posture, session.as_of, most=10):
        label = library.outcomes[change.ruling.outcome].label
        yield f"- **{escaped(label)}** if {escaped(change_words(library, change))}"


def _open(library: Library, session: Session) -> list[str]:
    names = open_that_matter(library, session.posture, session.as_of)
    return _list(library.vocabulary.by_name[name].question for name in names)


def _near(library: Library, session: Session) -> list[str]:
    return _list(near_words(library, n) for n in closest(library, session.posture, session.as_of))


def _table(library: Library, ruling: Ruling) -> Iterator[str]:
    for placed in sorted(cited(ruling), key=lambda p: (-p.rank, p.holding.precedent.caption)):
        holding = placed.holding
        history = history_sentences(holding.precedent, holding.key, ruling.as_of, library)
        how = f"{escaped(pin_label(holding))}; {holding.verified.value}"
        row = f"- {escaped(cite_holding(holding))} ({how})"
        if holding.url:
            row += f" {escaped(holding.url)}"
        yield row
        for sentence in history:
            yield f"  - {escaped(sentence)}"
