"""`qiwizard facts`: every fact of a posture with its values, and a posture to fill in."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from qiwizard.errors import UserError, permitted, spelled
from qiwizard.law.facts import COURT, Fact
from qiwizard.law.library import Library

WIDTH = 88


def fact_lines(library: Library, name: str | None) -> list[str]:
    """All facts, one line each, or one fact in full; UserError for an unknown name."""
    facts = library.vocabulary.by_name
    if name is None:
        return [f"{fact.name:<22}{_values(fact)}" for fact in facts.values()]
    if name not in facts:
        raise UserError(f"facts: no fact `{name}`; {permitted(facts, name)}")
    return list(_in_full(library, facts[name]))


def template_lines(library: Library) -> list[str]:
    """A posture in TOML with every fact commented out; uncommented, each line is valid."""
    lines = [
        "# A posture for qiwizard: uncomment what is known. Leave the rest out.",
        "",
        "[posture]",
    ]
    doctrine = ""
    for fact in library.vocabulary.facts:
        if fact.doctrine != doctrine:
            doctrine = fact.doctrine
            lines += ["", f"# {library.doctrine(doctrine).title}"]
        first = fact.values[0]
        value = f'"{first}"' if isinstance(first, str) else spelled(first)
        stated = f"# {fact.name} = {value}"
        lines.append(f"{stated:<44}# {_values(fact)}")
    return lines


def _in_full(library: Library, fact: Fact) -> Iterator[str]:
    yield f"{fact.name} ({library.doctrine(fact.doctrine).title})"
    yield from wrap(fact.question, WIDTH)
    for choice in fact.choices:
        yield f"  {spelled(choice.value):<22}{choice.label}"
    yield from wrap(fact.help, WIDTH)
    yield from wrap(f"Why it matters: {fact.why}", WIDTH)


def _values(fact: Fact) -> str:
    if fact.name == COURT:
        return "a federal district in Bluebook form, such as D.N.M."
    return " | ".join(spelled(value) for value in fact.values)
