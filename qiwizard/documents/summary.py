"""The summary in plain text: ruling, reasons, what is against it, what would change it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from datetime import date

from qiwizard.documents.outlook import ahead_sentences, forum_sentences
from qiwizard.documents.why_lines import term_lines, why_lines
from qiwizard.documents.words import AID_NOT_ADVICE as AID_NOT_ADVICE
from qiwizard.documents.words import WIDTH as WIDTH
from qiwizard.documents.words import fact_words as fact_words
from qiwizard.documents.words import forum_words as forum_words
from qiwizard.documents.words import value_words as value_words
from qiwizard.documents.words import wrapped
from qiwizard.law.citation import cite_holding, pin_label, spell_date
from qiwizard.law.forum import Placed
from qiwizard.law.history import history_sentences
from qiwizard.law.library import Library
from qiwizard.reasoning.changes import Change, changes
from qiwizard.reasoning.conditional import Branch, Conditional, OpenFact, conditional
from qiwizard.reasoning.contrary import contrary, distinguished
from qiwizard.reasoning.nextsteps import NextStep, by_role, next_steps
from qiwizard.reasoning.outlook import outlook
from qiwizard.reasoning.ruling import Ruling, rule
from qiwizard.reasoning.similar import MEASURE, Near, closest
from qiwizard.sessions.session import Session
from qiwizard.sessions.since import sentences
from qiwizard.text import one_line

STRENGTHS = {
    "settled": "binding authority or uniform local practice, none of like rank against it",
    "leaning": "the better authority goes one way",
    "contested": "authority of equal weight divides, or none is near",
}


def change_words(library: Library, change: Change) -> str:
    """A change in words: what each fact would have to be."""
    return " and ".join(
        f"{library.vocabulary.by_name[turn.fact].short} were "
        f"“{value_words(library, turn.fact, turn.after)}” "
        f"(now {value_words(library, turn.fact, turn.before)})"
        for turn in change.turns
    )


def summary(
    library: Library,
    session: Session,
    today: date | None = None,
    earlier: Session | None = None,
) -> str:
    """The whole summary as plain text, lines of at most 78 characters.

    Of a session opened with a ruling it says what changed since, up to `today`; `earlier` is
    that session where another ruling has since been adopted.
    """
    ruling = rule(library, session.posture, session.as_of)
    moved = sentences(library, earlier or session, today or date.today())
    ahead = outlook(library, session.posture, session.as_of)
    sections = (
        _opening(library, session, ruling),
        _section("What changed since", _bullets(moved)),
        _section("Terms of the order", term_lines(library, ruling)),
        _section("Why", why_lines(library, session, ruling)),
        _section("What is against it", _against(library, session, ruling)),
        _section("What would change it", _changes(library, session)),
        _section("Open facts", _open(library, session)),
        _section("Where the questions lead", _bullets(ahead_sentences(library, ahead))),
        _section("The circuits on these facts", _bullets(forum_sentences(library, ahead))),
        _section("Closest decided orders", _closest(library, session)),
        _section("Next steps", _next(library, session, ruling)),
        _section("Table of authorities", _authorities(library, ruling)),
        textwrap.wrap(AID_NOT_ADVICE, WIDTH),
    )
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


def _opening(library: Library, session: Session, ruling: Ruling) -> list[str]:
    outcome = library.outcomes[ruling.outcome].label.upper()
    name = session.matter.caption or "Ruling"
    forum = forum_words(library, session.posture)
    head = f"{one_line(name)} · {forum} · law as of {spell_date(ruling.as_of)}"
    strength = ruling.strength.word
    return [
        *textwrap.wrap(head, WIDTH),
        "",
        *textwrap.wrap(f"{outcome}, {strength} ({STRENGTHS[strength]}).", WIDTH),
        *textwrap.wrap(ruling.headline, WIDTH),
    ]


def _section(title: str, body: Iterable[str]) -> list[str]:
    lines = list(body)
    return [title, "-" * len(title), *lines] if lines else []


def _bullets(texts: Iterable[str], indent: str = "") -> list[str]:
    return [line for text in texts for line in wrapped(text, f"{indent}* ", f"{indent}  ")]


def authority_words(placed: Placed) -> str:
    """A holding in one line: citation, weight, and what it says."""
    weight = "binding" if placed.binding else "persuasive"
    return f"{cite_holding(placed.holding)} ({weight}): {placed.holding.says}"


def _against(library: Library, session: Session, ruling: Ruling) -> Iterator[str]:
    for alternative in ruling.alternatives:
        label = library.outcomes[alternative.outcome].label
        names = "; ".join(cite_holding(p.holding) for p in alternative.authority[:3])
        yield from wrapped(f"{label}, if: {alternative.because} {names}", "* ", "  ")
    for placed in dict.fromkeys(p for finding in ruling.decisive for p in contrary(finding)):
        yield from wrapped(authority_words(placed), "* ", "  ")
        said = distinguished(library, session.posture, placed)
        yield from wrapped(f"To distinguish it: {said}", "    ", "      ")


def _changes(library: Library, session: Session) -> Iterator[str]:
    for change in changes(library, session.posture, session.as_of, most=8):
        outcome = library.outcomes[change.ruling.outcome].label
        text = f"{outcome} ({change.ruling.strength.word}) if {change_words(library, change)}."
        yield from wrapped(text, "* ", "  ")


def _open(library: Library, session: Session) -> list[str]:
    found = conditional(library, session.posture, session.as_of)
    return _bullets(conditional_words(library, found))


def conditional_words(library: Library, found: Conditional) -> Iterator[str]:
    """The ruling on each value of the facts not known, then the facts that do not matter."""
    label = library.outcomes[found.ruling.outcome].label
    for fact in found.turning:
        ways = "; ".join(branch_words(library, fact, branch) for branch in fact.branches)
        yield f"{label}; {ways}."
    if found.mattering:
        shorts = _shorts(library, found.mattering)
        yield f"Open, and may change the terms, or the ruling together with others: {shorts}."
    if found.idle:
        yield f"Open, and without effect as things stand: {_shorts(library, found.idle)}."


def branch_words(library: Library, fact: OpenFact, branch: Branch) -> str:
    """Where some values of a fact lead, such as `if answer filed were “Yes”, stay (settled)`."""
    values = " or ".join(f"“{value_words(library, fact.name, v)}”" for v in branch.values)
    led = library.outcomes[branch.outcome].label.lower()
    short = library.vocabulary.by_name[fact.name].short
    return f"if {short} were {values}, {led} ({branch.strength.word})"


def _shorts(library: Library, names: Iterable[str]) -> str:
    return ", ".join(library.vocabulary.by_name[name].short for name in names)


def _next(library: Library, session: Session, ruling: Ruling) -> Iterator[str]:
    for head, steps in by_role(next_steps(library, session.posture, ruling)).items():
        yield f"{head}:"
        for step in steps:
            yield from wrapped(f"{step.text} {step_authority(step)}.", "* ", "  ")


def step_authority(step: NextStep) -> str:
    """What a step rests on: citations, then a rule that is not in the library."""
    cited_for = (cite_holding(placed.holding) for placed in step.authority)
    return "; ".join((*cited_for, *([step.rule] if step.rule else [])))


def _closest(library: Library, session: Session) -> Iterator[str]:
    near = closest(library, session.posture, session.as_of)
    if near:
        yield from wrapped(MEASURE, "", "")
    for order in near:
        yield from wrapped(near_words(library, order), "* ", "  ")


def near_words(library: Library, near: Near) -> str:
    """A near order in one line: outcome, what is shared, what sets it apart."""
    shorts = library.vocabulary.by_name
    shared = ", ".join(shorts[name].short for name in near.shared)
    differs = ", ".join(shorts[name].short for name in near.differs) or "nothing stated"
    way = "same way" if near.agrees else "other way"
    outcome = library.outcomes[near.outcome].label
    return (
        f"{near.caption}, {near.citation}: {outcome} ({way}). Shared: {shared}. Differs: {differs}."
    )


def cited(ruling: Ruling) -> tuple[Placed, ...]:
    """Every holding a ruling cites, for or against, each once."""
    return ruling.cited


def _authorities(library: Library, ruling: Ruling) -> Iterator[str]:
    for placed in sorted(cited(ruling), key=lambda p: (-p.rank, p.holding.precedent.caption)):
        holding = placed.holding
        yield from wrapped(
            f"{cite_holding(holding)} ({pin_label(holding)}; {holding.verified.value})", "* ", "  "
        )
        if holding.quote:
            yield from wrapped(f"“{holding.quote}”", "    ", "    ")
        for sentence in history_sentences(holding.precedent, holding.key, ruling.as_of, library):
            yield from wrapped(sentence, "    ! ", "      ")
