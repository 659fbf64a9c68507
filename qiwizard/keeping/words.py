"""Messages about unfinished sessions, for the full screen and plain mode."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from qiwizard.keeping.kept import SOURCE, Kept
from qiwizard.sessions.session import Session
from qiwizard.text import one_line

if TYPE_CHECKING:
    from qiwizard.law.library import Library


def count_words(answers: int) -> str:
    """How many answers, in words."""
    return "1 answer" if answers == 1 else f"{answers} answers"


def kept_words(kept: Kept) -> str:
    """A note on an unfinished session: its number of answers and its date."""
    if kept.trouble:
        return one_line(kept.trouble)
    saved = "" if kept.saved is None else f", kept on {_local(kept.saved):%Y-%m-%d at %H:%M}"
    return f"{count_words(kept.answers)}{saved}"


def _local(moment: datetime) -> datetime:
    try:
        return moment.astimezone()
    except OverflowError:  # at the ends of the calendar
        return moment


def other_precedents(then: str | None, now: str | None) -> str:
    """A warning that a session was started with a different library."""
    was = f"the precedents file {then}" if then else "the shipped library alone"
    present = f"the precedents file {now}" if now else "the shipped library alone"
    return (
        f"This session was started with {was}; now {present} applies, "
        "and questions and ruling may differ. The answers do not change."
    )


def resume_words(title: str) -> str:
    """The offer to resume a session of a title."""
    return f"Resume: {one_line(title) or 'a session that cannot be read'}"


def drafts(library: Library, session: Session) -> list[tuple[str, str]]:
    """What was typed in a dialog and not confirmed before the end: the field in words, the text."""
    by_name = library.vocabulary.by_name
    return [
        (f"record cite of {by_name[name.removeprefix(SOURCE)].short}", text)
        if name.startswith(SOURCE)
        else (name, text)
        for name, text in session.draft.items()
    ]
