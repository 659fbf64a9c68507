"""The formats in which a session leaves the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qiwizard.document import document, to_json, to_toml
from qiwizard.library import Library
from qiwizard.session import Session


def _toml(library: Library, session: Session) -> str:
    return to_toml(document(library, session))


def _json(library: Library, session: Session) -> str:
    return to_json(document(library, session))


def _markdown(library: Library, session: Session) -> str:
    from qiwizard.memo import memo

    return memo(library, session)


def _text(library: Library, session: Session) -> str:
    from qiwizard.summary import summary

    return summary(library, session)


def _order(library: Library, session: Session) -> str:
    from qiwizard.draft import order_draft

    return order_draft(library, session)


_RENDERERS: dict[str, Callable[[Library, Session], str]] = {
    "toml": _toml,
    "json": _json,
    "markdown": _markdown,
    "text": _text,
    "order": _order,
}
FORMATS = tuple(_RENDERERS)
"""The formats, the default first."""
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


def format_for(path: Path | str | None) -> str:
    """The format that a file's suffix stands for; TOML where it says nothing."""
    return _SUFFIXES.get(Path(path).suffix.lower(), FORMATS[0]) if path else FORMATS[0]


def render(library: Library, session: Session, form: str) -> str:
    """The session in one of the formats; KeyError for another."""
    return _RENDERERS[form](library, session)
