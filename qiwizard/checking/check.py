"""`qiwizard check`: the data files read strictly, the library reviewed, the reasoning proved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qiwizard.checking.opinions import ground
from qiwizard.checking.proof import prove
from qiwizard.checking.state import named, state_lines
from qiwizard.law.library import Library
from qiwizard.law.shipped import shipped_library
from qiwizard.reasoning.next_steps import shipped_step_mistakes


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked, line by line, and what is wrong."""

    lines: tuple[str, ...]
    problems: tuple[str, ...]


def check(library: Library, opinions: Path | None, today: date) -> Report:
    """Check a library that could be read; with a folder of opinions, its quotations too.

    UserError if the folder cannot be read, or if the decided orders cannot.
    """
    lines = [_counts(library), *state_lines(library, today)]
    problems = list(shipped_step_mistakes(shipped_library()))
    if opinions is not None:
        grounding = ground(library, opinions)
        problems += grounding.missing
        lines.append(
            f"quotations: {grounding.quotations} compared with the texts of "
            f"{len(grounding.opinions)} opinions, {len(grounding.missing)} not found"
        )
    proof = prove(library, today)
    problems += proof.problems
    never = [h.id for h in library.holdings if h.id not in proof.leading]
    lines += [
        f"proof: {proof.laws} laws (each circuit in each period, each district today), "
        f"{proof.postures} postures, every answer cited, every path to one outcome",
        f"conflicts of equal rank, all marked: {len(proof.conflicts)}",
        named("never leading, cited only: holdings", never),
        f"problems: {len(problems)}",
    ]
    return Report(tuple(lines), tuple(problems))


def _counts(library: Library) -> str:
    quoted = sum(bool(holding.quote) for holding in library.holdings)
    return (
        f"library {library.about.version}: {len(library.precedents)} precedents, "
        f"{len(library.holdings)} holdings ({quoted} with a quotation), "
        f"{len(library.questions)} questions, {len(library.vocabulary.facts)} facts, "
        f"{len(library.courts.districts)} districts, {len(library.orders)} decided orders"
    )
