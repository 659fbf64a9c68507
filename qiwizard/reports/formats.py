"""Export formats of a session."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

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

    @property
    def report(self) -> Report:
        """The report on it."""
        from qiwizard.reports.report import Report

        return Report(self.library, self.session, self.today, self.earlier)

    @property
    def document(self) -> dict[str, Any]:
        """The table of it."""
        from qiwizard.reports.tables import document

        return document(self.library, self.session, self.today, self.earlier)


def _markdown(wanted: Wanted) -> str:
    from qiwizard.reports.as_markdown import memo

    return memo(wanted.report, full=wanted.full)


def _text(wanted: Wanted) -> str:
    from qiwizard.reports.as_text import report_text

    return report_text(wanted.report, full=wanted.full, sections=wanted.sections)


def _order(wanted: Wanted) -> str:
    from qiwizard.reports.as_text import order_text
    from qiwizard.reports.order import order_draft

    return order_text(order_draft(wanted.report))


def _docx(wanted: Wanted) -> bytes:
    from qiwizard.reports.as_word import memo

    return memo(wanted.report, full=wanted.full)


def _order_docx(wanted: Wanted) -> bytes:
    from qiwizard.reports.as_word import order
    from qiwizard.reports.order import order_draft

    return order(order_draft(wanted.report))


_TEXTS: dict[str, Callable[[Wanted], str]] = {
    "toml": lambda wanted: to_toml(wanted.document),
    "json": lambda wanted: to_json(wanted.document),
    "markdown": _markdown,
    "text": _text,
    "order": _order,
}
_WORD: dict[str, Callable[[Wanted], bytes]] = {"docx": _docx, "order-docx": _order_docx}
WHOLE = frozenset({"toml", "json"})
"""The formats that hold the whole session, to be opened again."""
WORD = frozenset(_WORD)
"""The formats that are no text, and need python-docx."""
SUFFIX = {
    "toml": ".toml",
    "json": ".json",
    "markdown": ".md",
    "text": ".txt",
    "order": ".order.txt",
    "docx": ".docx",
    "order-docx": ".order.docx",
}
"""The formats, the default first, each with the suffix that its files usually have."""
FORMATS = tuple(SUFFIX)


def format_for(path: Path | str | None, formats: Iterable[str] = FORMATS) -> str:
    """The format for a file suffix; the first if the suffix is unknown."""
    known = tuple(formats)
    suffix = {form: SUFFIX.get(form, f".{form}") for form in known}
    name = re.sub(r"\.markdown$", SUFFIX["markdown"], Path(path or "").name.lower())
    longest = sorted(known, key=lambda form: -len(suffix[form])) if Path(name).suffix else []
    return next((form for form in longest if name.endswith(suffix[form])), known[0])


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
) -> bytes:
    """The content of a file in any format; UserError where that cannot be made."""
    if form in _WORD:
        return _WORD[form](Wanted(library, session, today, earlier, full))
    return render(library, session, form, today, earlier, full=full).encode("utf-8")


def download_name(name: str) -> str:
    """A file name that every browser takes as it is: the server hands it on without quotes."""
    plain = unicodedata.normalize("NFKD", Path(name).name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.") or "export"
