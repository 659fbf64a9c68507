"""The export of plain mode: a file named in a line, replaced only after a question."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from qiwizard.console import asks
from qiwizard.files import typed_path, would_replace, write_bytes
from qiwizard.reports.formats import SUFFIX, content, format_for
from qiwizard.reports.report import Report
from qiwizard.text import one_line

*_FIRST, _LAST = SUFFIX.values()
EXTENSIONS = f"The extension of FILE sets the format: {', '.join(_FIRST)} or {_LAST}."
_QUOTED = re.compile(r"\"(.+)\"|'(.+)'|\u201c(.+)\u201d|\u2018(.+)\u2019")


def named_file(typed: str) -> Path:
    """The file that is named, in quotation marks or without; UserError if it cannot be one."""
    quoted = _QUOTED.fullmatch(typed.strip())
    return typed_path(next(filter(None, quoted.groups())) if quoted else typed)


def export(report: Report, typed: str, read: Callable[[str], str]) -> tuple[Path, str] | None:
    """Write the session to a file; the file and its format, or None if it was to be left alone.

    `read` asks a person whether to replace a file; what a pipe holds answers no such question.
    UserError if the file cannot be written, or exists.
    """
    path = named_file(typed)
    form = format_for(path)
    made = content(report, form)
    force = asks() and would_replace(path)
    if force and not _agreed(read(f"Replace {one_line(str(path))}? y, or Enter to keep it> ")):
        return None
    write_bytes(path, made, force=force)
    return path, form


def _agreed(line: str) -> bool:
    return line.casefold() in ("y", "yes")
