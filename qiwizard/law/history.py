"""The later history of an authority: sentences for readers, and a word for lists."""

from __future__ import annotations

from datetime import date

from qiwizard.law.library import Library
from qiwizard.law.precedent import LaterHistory, Precedent

GOOD_LAW = "good law"


def events(precedent: Precedent, as_of: date, key: str | None = None) -> tuple[LaterHistory, ...]:
    """The later history up to a day, of one holding where its key is given, oldest first."""
    return tuple(
        event
        for event in sorted(precedent.history, key=lambda e: e.since)
        if event.since <= as_of and (key is None or event.touches(key))
    )


def treatment(precedent: Precedent, as_of: date, key: str | None = None) -> str:
    """One word for lists: the last treatment that took force from it, else `good law`."""
    ending = [e for e in events(precedent, as_of, key) if e.treatment.ends_force]
    return ending[-1].treatment.value if ending else GOOD_LAW


def history_sentences(
    precedent: Precedent, key: str | None, as_of: date, library: Library
) -> tuple[str, ...]:
    """Later history, cautions and an overdue check, each a sentence."""
    sentences = [event.note for event in events(precedent, as_of, key)]
    if precedent.note:
        sentences.append(precedent.note)
    if library.due_for_checking(precedent, as_of):
        checked = precedent.checked or library.about.checked
        sentences.append(f"Last checked on {checked.isoformat()}: due for review.")
    return tuple(sentences)
