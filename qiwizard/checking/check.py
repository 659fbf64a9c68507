"""`qiwizard check`: the library validated, grounded and proved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qiwizard.checking.library_file import precedents_problems
from qiwizard.checking.opinions import ground
from qiwizard.checking.proof import prove
from qiwizard.checking.steps import steps_problems
from qiwizard.checking.tally import Proof
from qiwizard.law.library import Library
from qiwizard.law.shipped import shipped_library
from qiwizard.resources import read_shipped


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked, line by line, and what is wrong."""

    lines: tuple[str, ...]
    problems: tuple[str, ...]


def check(library: Library, opinions: Path | None, today: date) -> Report:
    """Check the library; with a folder of opinions, its quotations too.

    UserError if the folder cannot be read.
    """
    problems: list[str] = []
    lines = [_counts(library)]
    shipped = precedents_problems(
        read_shipped("precedents.toml"),
        library.vocabulary,
        library.questions,
        library.courts,
        today=today,
    )
    problems += [f"precedents.toml: {problem}" for problem in shipped]
    steps = steps_problems(read_shipped("steps.toml"), shipped_library())
    problems += [f"steps.toml: {problem}" for problem in steps]
    lines += _due(library, today)
    if opinions is not None:
        grounding = ground(library, opinions)
        problems += grounding.missing
        lines.append(
            f"quotations: {grounding.quotations} compared with the texts of "
            f"{len(grounding.opinions)} opinions, {len(grounding.missing)} not found"
        )
    proof = prove(library, today)
    problems += dict.fromkeys(proof.problems)
    lines += _proved(library, proof)
    lines.append(f"problems: {len(problems)}")
    return Report(tuple(lines), tuple(problems))


def _counts(library: Library) -> str:
    quoted = sum(bool(holding.quote) for holding in library.holdings)
    return (
        f"library {library.about.version}: {len(library.precedents)} precedents, "
        f"{len(library.holdings)} holdings ({quoted} with a quotation), "
        f"{len(library.questions)} questions, {len(library.vocabulary.facts)} facts, "
        f"{len(library.courts.districts)} districts, {len(library.orders)} decided orders"
    )


def _due(library: Library, today: date) -> Iterator[str]:
    due = [p.id for p in library.precedents.values() if library.due_for_checking(p, today)]
    if due:
        yield f"due for checking: {len(due)} authorities, {', '.join(due[:8])}"


def _proved(library: Library, proof: Proof) -> list[str]:
    never = [h.id for h in library.holdings if h.id not in proof.winners]
    return [
        f"periods: {proof.laws} laws (each circuit in each period, each district today), "
        f"{proof.diagrams} different diagrams, {proof.leaves} leaves, every answer cited",
        f"interviews: {proof.interviews} circuits walked through under today's law, "
        f"{proof.states} states, {proof.ends} ends, each a cited ruling; "
        f"{proof.idle.total()} states ask a fact that was not shown to change a ruling",
        f"never leading: {len(never)} holdings{': ' if never else ''}{', '.join(never)}",
        *_silences(library),
    ]


def _silences(library: Library) -> Iterator[str]:
    """Where a circuit has no authority of its own on a question that each should answer."""
    for circuit in library.courts.circuits.values():
        spoken = {
            holding.question
            for holding in library.holdings
            if holding.precedent.circuit == circuit.id and holding.grounded
        }
        missing = [q.id for q in library.questions if q.of_each_circuit and q.id not in spoken]
        if missing:
            yield f"{circuit.name}: nothing of its own on {', '.join(missing)}"
