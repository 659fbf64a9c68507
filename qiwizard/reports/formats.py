"""Export formats of a session."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from qiwizard.errors import UserError
from qiwizard.files import MOST_BYTES
from qiwizard.law.library import Library
from qiwizard.sessions.session import Session
from qiwizard.toml_json import to_json, to_toml

if TYPE_CHECKING:
    from qiwizard.reports.report import Report


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be rendered."""

    library: Library
    session: Session
    today: date | None = None
    earlier: Session | None = None
    full: bool = False
    sections: Sequence[str] = ()


def _toml(wanted: Wanted) -> str:
    from qiwizard.reports.tables import document

    return to_toml(document(wanted.library, wanted.session, wanted.today, wanted.earlier))


def _json(wanted: Wanted) -> str:
    from qiwizard.reports.tables import document

    return to_json(document(wanted.library, wanted.session, wanted.today, wanted.earlier))


def _markdown(wanted: Wanted) -> str:
    from qiwizard.reports.as_markdown import memo

    return memo(_report(wanted), full=wanted.full)


def _text(wanted: Wanted) -> str:
    from qiwizard.reports.as_text import report_text

    return report_text(_report(wanted), full=wanted.full, sections=wanted.sections)


def _order(wanted: Wanted) -> str:
    from qiwizard.reports.as_text import order_text
    from qiwizard.reports.order import order_draft

    return order_text(order_draft(_report(wanted)))


def _docx(wanted: Wanted) -> bytes:
    from qiwizard.reports.as_word import memo

    return memo(_report(wanted), full=wanted.full)


def _order_docx(wanted: Wanted) -> bytes:
    from qiwizard.reports.as_word import order
    from qiwizard.reports.order import order_draft

    return order(order_draft(_report(wanted)))


def _report(wanted: Wanted) -> Report:
    from qiwizard.reports.report import Report

    return Report(wanted.library, wanted.session, wanted.today, wanted.earlier)


_TEXTS: dict[str, Callable[[Wanted], str]] = {
    "toml": _toml,
    "json": _json,
    "markdown": _markdown,
    "text": _text,
    "order": _order,
}
_WORD: dict[str, Callable[[Wanted], bytes]] = {"docx": _docx, "order-docx": _order_docx}
FORMATS = (*_TEXTS, *_WORD)
"""The formats, the default first."""
WHOLE = frozenset({"toml", "json"})
"""The formats that hold the whole session, to be opened again."""
WORD = frozenset(_WORD)
"""The formats that are no text, and need python-docx."""
_SUFFIXES = {
    ".toml": "toml",
    ".json": "json",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".docx": "docx",
}
SUFFIX = {
    "toml": ".toml",
    "json": ".json",
    "markdown": ".md",
    "text": ".txt",
    "order": ".order.txt",
    "docx": ".docx",
    "order-docx": ".order.docx",
}
"""The suffix a file of each format usually has."""


def format_for(path: Path | str | None, formats: Iterable[str] = FORMATS) -> str:
    """The format for a file suffix; the first if the suffix is unknown."""
    known = tuple(formats)
    if not path:
        return known[0]
    name = Path(path).name.lower()
    orders = (form for form in ("order", "order-docx") if name.endswith(SUFFIX[form]))
    found = next(orders, _SUFFIXES.get(Path(name).suffix, known[0]))
    return found if found in known else known[0]


def render(
    library: Library,
    session: Session,
    form: str,
    today: date | None = None,
    earlier: Session | None = None,
    *,
    full: bool = False,
    sections: Sequence[str] = (),
) -> str:
    """The session in one of the text formats; KeyError for another.

    Of a session opened with a ruling, memo and summary say what changed since, up to `today`;
    `earlier` is that session if it is ruled on again, and then the tables say it too. `full`
    leaves nothing out; `sections` are those of a summary. UserError for a session of a size that
    could not be opened again.
    """
    text = _TEXTS[form](Wanted(library, session, today, earlier, full, sections))
    if form in WHOLE and len(text) * 4 > MOST_BYTES and len(text.encode()) > MOST_BYTES:
        raise UserError(
            f"the session would be a file of more than {MOST_BYTES:,} bytes, which could not be "
            "opened again; shorten the notes"
        )
    return text


def content(
    library: Library,
    session: Session,
    form: str,
    today: date | None = None,
    earlier: Session | None = None,
    *,
    full: bool = False,
    sections: Sequence[str] = (),
) -> bytes:
    """The content of a file in any format; UserError where that cannot be made."""
    if form in _WORD:
        return _WORD[form](Wanted(library, session, today, earlier, full, sections))
    text = render(library, session, form, today, earlier, full=full, sections=sections)
    return text.encode("utf-8")


def download_name(name: str) -> str:
    """A file name that every browser takes as it is: the server hands it on without quotes."""
    plain = unicodedata.normalize("NFKD", Path(name).name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.") or "export"
