"""`qiwizard check`: the data files read strictly, the library reviewed, the reasoning proved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qiwizard.checking.proof import prove
from qiwizard.errors import UserError
from qiwizard.files import read_text, seen
from qiwizard.law.library import Library
from qiwizard.law.precedent import Force, Holding, Kind, Precedent, Verified
from qiwizard.law.shipped import shipped_library
from qiwizard.reasoning.next_steps import shipped_step_mistakes

_QUOTES = str.maketrans(dict.fromkeys("‘’‛`´", "'") | dict.fromkeys("“”„", '"'))
_NOTE_MARKS = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\\*+")
_DASHES = re.compile("[‐‑‒–—―]+")


@dataclass(frozen=True, slots=True)
class Grounding:
    """The result of checking quotations against a folder of opinions."""

    opinions: tuple[str, ...]
    """Ids of the precedents whose text was found."""
    quotations: int
    """How many quotations were compared."""
    missing: tuple[str, ...]
    """One line for each quotation that is not in its text."""


def folded(text: str) -> str:
    """Text with white space, quotation marks, dashes, emphasis and note marks folded."""
    text = _NOTE_MARKS.sub("", text.translate(_QUOTES))
    text = _DASHES.sub("-", text).replace("''", '"').replace('"', "'")
    return re.sub(r"\s+", " ", text).strip()


def stands_in(quotation: str, text: str) -> bool:
    """Whether a quotation occurs in a text, which must be folded already."""
    return folded(quotation) in text


def ground(library: Library, folder: Path) -> Grounding:
    """Compare the quotations of every precedent `ID` for which the folder holds `ID.txt`.

    UserError if the folder cannot be read. Links that lead out of the folder are not followed.
    """
    if not seen(folder, Path.is_dir):
        raise UserError(f"{folder}: is not a folder of opinions")
    home = folder.resolve()
    found: list[str] = []
    missing: list[str] = []
    compared = 0
    for precedent in library.precedents.values():
        try:
            file = (folder / f"{precedent.id}.txt").resolve()
        except (OSError, RuntimeError):  # a link to itself
            continue
        if file.parent != home or not file.is_file():
            continue
        found.append(precedent.id)
        text = folded(read_text(file))
        quoting = [h for h in library.holdings_of(precedent) if h.quote]
        compared += len(quoting)
        strange = (h.id for h in quoting if not stands_in(h.quote, text))
        missing += (f"{id_}: the quotation is not in {file.name}" for id_ in strange)
    return Grounding(tuple(found), compared, tuple(missing))


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
    never = [h for h in library.holdings if h.id not in proof.leading]
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


MOST_NAMED = 12


def state_lines(library: Library, today: date) -> Iterator[str]:
    """One line for each kind of gap, with the number and the first ids."""
    precedents, holdings = library.precedents.values(), library.holdings
    opinions = [p for p in precedents if p.kind in (Kind.OPINION, Kind.UNPUBLISHED)]
    required = [h for h in holdings if h.force is Force.REQUIRES]
    unpinned = [h for h in holdings if h.precedent.kind is Kind.OPINION and not h.pin]
    secondary = [p for p in opinions if _only_secondary(library, p)]
    yield named(f"secondary: of {len(opinions)} appellate opinions", secondary)
    quoted = [h for h in unpinned if h.quote]
    yield named("without a pin: holdings of published opinions", quoted)
    without = [h for h in required if h in unpinned]
    yield named(f"of {len(required)} holdings that require an answer, without a pin", without)
    yield named("paraphrases, which only support", [h for h in holdings if not h.quote])
    dated = [p for p in precedents if p.kind is not Kind.LOCAL_RULE]
    yield named("day of decision unknown", [p for p in dated if p.precision != "day"])
    due = [p for p in precedents if library.due_for_checking(p, today)]
    yield named("due for review", due)
    yield from circuits_without_authority(library)


def _only_secondary(library: Library, precedent: Precedent) -> bool:
    quoted = [h for h in library.holdings_of(precedent) if h.quote]
    return bool(quoted) and all(h.verified is Verified.SECONDARY for h in quoted)


def circuits_without_authority(library: Library) -> Iterator[str]:
    """Circuits without authority of their own on a question where each is expected to have some."""
    for circuit in library.courts.circuits.values():
        own = {
            holding.question
            for holding in library.holdings
            if holding.precedent.circuit == circuit.id and holding.quote
        }
        expected = (q.id for q in library.questions if q.expected_in_each_circuit)
        if missing := [question for question in expected if question not in own]:
            yield f"{circuit.name}: no authority of its own on {', '.join(missing)}"


def named(what: str, found: Sequence[Holding | Precedent]) -> str:
    """A line with the number of entries and the ids of the first of them."""
    first = ", ".join(each.id for each in found[:MOST_NAMED])
    more = f", and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    return f"{what}: {len(found)}{': ' if found else ''}{first}{more}"
