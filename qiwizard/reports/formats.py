"""Export formats of a session."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qiwizard.errors import UserError
from qiwizard.files import MOST_BYTES
from qiwizard.toml_json import to_json, to_toml

if TYPE_CHECKING:
    from qiwizard.reports.report import Report

WHOLE = frozenset({"toml", "json"})
"""The formats that hold the whole session, to be opened again."""
WORD = frozenset({"docx", "order-docx"})
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
    """The format for a file suffix, the first for a name without one; UserError for another."""
    known = tuple(formats)
    suffix = {form: SUFFIX.get(form, f".{form}") for form in known}
    given = Path(path or "")
    name = re.sub(r"\.markdown$", SUFFIX["markdown"], given.name.lower())
    # A suffix is one word: `Doe v. Roe` has none.
    if not re.fullmatch(r"\.\w+", given.suffix):
        return known[0]
    for form in sorted(known, key=lambda form: -len(suffix[form])):
        if name.endswith(suffix[form]):
            return form
    may_be = ", ".join(suffix.values())
    raise UserError(f"{path}: no format for {given.suffix!r}; permitted: {may_be}")


def render(report: Report, form: str, *, full: bool = False, sections: Sequence[str] = ()) -> str:
    """The session of a report in one of the text formats; KeyError for another.

    `full` leaves nothing out; `sections` are those of a summary. UserError for a session of a
    size that could not be opened again.
    """
    # Each writer is loaded when it is wanted: none is for most commands.
    match form:
        case "toml" | "json":
            from qiwizard.reports.tables import document

            table = document(report)
            return _openable(to_toml(table) if form == "toml" else to_json(table))
        case "markdown":
            from qiwizard.reports.as_markdown import paper
            from qiwizard.reports.memo import memo

            return paper(memo(report, full=full))
        case "text":
            from qiwizard.reports.as_text import report_text

            return report_text(report, full=full, sections=sections)
        case "order":
            from qiwizard.reports.as_text import order_text
            from qiwizard.reports.order import order_draft

            return order_text(order_draft(report))
    raise KeyError(form)


def _openable(text: str) -> str:
    """The text of a session file; UserError if it is too large to be opened again."""
    if len(text) * 4 > MOST_BYTES and len(text.encode()) > MOST_BYTES:
        raise UserError(
            f"the session would be a file of more than {MOST_BYTES:,} bytes, which could not be "
            "opened again; shorten the notes"
        )
    return text


def content(report: Report, form: str, *, full: bool = False) -> bytes:
    """The content of a file in any format; UserError where that cannot be made."""
    if form not in WORD:
        return render(report, form, full=full).encode("utf-8")
    from qiwizard.reports import as_word
    from qiwizard.reports.memo import memo
    from qiwizard.reports.order import order_draft

    if form == "docx":
        return as_word.paper(memo(report, full=full))
    return as_word.order(order_draft(report))


def download_name(name: str) -> str:
    """A file name that every browser takes as it is: the server hands it on without quotes."""
    plain = unicodedata.normalize("NFKD", Path(name).name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.") or "export"
