"""Check quotations against the texts they come from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from qiwizard.errors import UserError
from qiwizard.files import read_text, seen
from qiwizard.law.library import Library

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
        for holding in library.holdings_of(precedent):
            if not holding.quote:
                continue
            compared += 1
            if not stands_in(holding.quote, text):
                missing.append(f"{holding.id}: the quotation is not in {file.name}")
    return Grounding(tuple(found), compared, tuple(missing))
