"""The formats in which a session leaves the program."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TypeAlias

from qiwizard.documents.forms import to_json, to_toml
from qiwizard.errors import UserError
from qiwizard.files import MOST_BYTES
from qiwizard.law.library import Library
from qiwizard.sessions.session import Session

Since: TypeAlias = tuple[date | None, Session | None]
"""Up to which day, and since the ruling of which session, to say what changed."""


def _toml(library: Library, session: Session, since: Since) -> str:
    from qiwizard.documents.document import document

    return to_toml(document(library, session, *since))


def _json(library: Library, session: Session, since: Since) -> str:
    from qiwizard.documents.document import document

    return to_json(document(library, session, *since))


def _markdown(library: Library, session: Session, since: Since) -> str:
    from qiwizard.documents.memo import memo

    return memo(library, session, *since)


def _text(library: Library, session: Session, since: Since) -> str:
    from qiwizard.documents.summary import summary

    return summary(library, session, *since)


def _order(library: Library, session: Session, _: Since) -> str:
    from qiwizard.documents.draft import order_draft

    return order_draft(library, session)


_RENDERERS: dict[str, Callable[[Library, Session, Since], str]] = {
    "toml": _toml,
    "json": _json,
    "markdown": _markdown,
    "text": _text,
    "order": _order,
}
FORMATS = tuple(_RENDERERS)
"""The formats, the default first."""
WHOLE = frozenset({"toml", "json"})
"""The formats that hold the whole session, to be opened again."""
_SUFFIXES = {
    ".toml": "toml",
    ".json": "json",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
}
SUFFIX = {
    "toml": ".toml",
    "json": ".json",
    "markdown": ".md",
    "text": ".txt",
    "order": ".order.txt",
}
"""The suffix a file of each format usually has; that of an order draft chooses no format."""


def format_for(path: Path | str | None, formats: Iterable[str] = FORMATS) -> str:
    """The format that a file's suffix stands for; the first where it says nothing."""
    first = next(iter(formats))
    return _SUFFIXES.get(Path(path).suffix.lower(), first) if path else first


def render(
    library: Library,
    session: Session,
    form: str,
    today: date | None = None,
    earlier: Session | None = None,
) -> str:
    """The session in one of the formats; KeyError for another.

    UserError for a session of a size that could not be opened again.

    Of a session opened with a ruling memo and summary say what changed since, up to `today`;
    `earlier` is that session where it is ruled on anew, and then the tables say it too.
    """
    text = _RENDERERS[form](library, session, (today, earlier))
    if form in WHOLE and len(text) * 4 > MOST_BYTES and len(text.encode()) > MOST_BYTES:
        raise UserError(
            f"the session would be a file of more than {MOST_BYTES:,} bytes, which could not be "
            "opened again; shorten the notes"
        )
    return text


def download_name(name: str) -> str:
    """A file name that every browser takes as it is: the server hands it on without quotes."""
    plain = unicodedata.normalize("NFKD", Path(name).name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.") or "export"
