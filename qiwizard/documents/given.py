"""The form of a session file, and the tables in it that hold what the user gave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qiwizard.sessions.session import Matter, Session

if TYPE_CHECKING:
    from qiwizard.law.library import Library

SCHEMA = "qiwizard/session/1"
SINCE = "since"
"""The table of what changed since a recorded ruling; made anew at each export."""
COMPUTED = (
    "ruling",
    "finding",
    "contrary",
    "alternative",
    "change",
    "similar",
    "step",
    "ahead",
    "forum",
    "authority",
)
"""The tables that follow from the rest and are never read back as facts."""

Document = dict[str, Any]


def given_tables(library: Library, session: Session) -> Document:
    """What the user gave: matter, posture, open facts and where the record says so."""
    posture = session.posture
    order = library.vocabulary.in_order
    return {
        "schema": SCHEMA,
        "created": session.created,
        "matter": {**session.matter.other, **_stated(session.matter)},
        "posture": {name: posture.known[name] for name in order(posture.known)},
        "session": {**session.other, "open": _open(library, session)},
        "source": {name: session.sources[name] for name in order(session.sources)},
    }


def _open(library: Library, session: Session) -> list[str]:
    """The open facts: in the order of the file they came from while they are the same."""
    given = session.other.get("open", [])
    if len(given) == len(session.posture.open) and set(given) == session.posture.open:
        return list(given)
    return list(library.vocabulary.in_order(session.posture.open))


def _stated(matter: Matter) -> dict[str, str]:
    named = {"caption": matter.caption, "docket": matter.docket, "notes": matter.notes}
    return {key: text for key, text in named.items() if text}
