"""Which library a command reasons from: the shipped one, or with the user's own precedents."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qiwizard.law.library import Library


def library_from(precedents: str | None) -> Library:
    """The shipped library, or that of the user's own precedents file."""
    if precedents is None:
        from qiwizard.law.shipped import shipped_library

        return shipped_library()
    from qiwizard.checking.library_file import library_with

    return library_with(Path(precedents), date.today())
