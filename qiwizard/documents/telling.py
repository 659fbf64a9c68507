"""What is told of a ruling, in single lines: authority, changes, open facts, steps, near orders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qiwizard.reasoning.changes import Change
from qiwizard.reasoning.conditional import Branch, Conditional, OpenFact
from qiwizard.reasoning.nextsteps import NextStep
from qiwizard.reasoning.similar import Near

from qiwizard.law.citation import captioned, cite_holding
from qiwizard.law.forum import Placed
from qiwizard.law.library import Library
from qiwizard.law.precedent import Verified
from qiwizard.reports.words import value_words


def authority_words(placed: Placed) -> str:
    """A holding in one line: citation, weight, and what it says."""
    return f"{cite_holding(placed.holding)} ({placed.weight}): {placed.holding.says}"


def change_words(library: Library, change: Change) -> str:
    """A change in words: what each fact would have to be."""
    return " and ".join(
        f"{library.vocabulary.by_name[turn.fact].short} were "
        f"“{value_words(library, turn.fact, turn.after)}” "
        f"(now {value_words(library, turn.fact, turn.before)})"
        for turn in change.turns
    )


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


READ_SAYS = {
    Verified.FULL: "read in the full text",
    Verified.PRIMARY: "read in part",
    Verified.SECONDARY: "read as quoted elsewhere",
}
"""How a passage was read, as a table of authorities says it beside the citation."""


def step_authority(step: NextStep) -> str:
    """What a step rests on: citations, then a rule that is not in the library."""
    cited_for = (cite_holding(placed.holding) for placed in step.authority)
    return "; ".join((*cited_for, *([step.rule] if step.rule else [])))


def near_words(library: Library, near: Near) -> str:
    """A near order in one line: outcome, what is shared, what sets it apart."""
    shorts = library.vocabulary.by_name
    shared = ", ".join(shorts[name].short for name in near.shared)
    differs = ", ".join(shorts[name].short for name in near.differs) or "nothing stated"
    way = "same way" if near.agrees else "other way"
    outcome = library.outcomes[near.outcome].label
    cited = captioned(near.caption, near.citation)
    return f"{cited}: {outcome} ({way}). Shared: {shared}. Differs: {differs}."
