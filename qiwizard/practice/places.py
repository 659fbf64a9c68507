"""Where progress is kept, and under which names; loads next to nothing."""

from __future__ import annotations

from pathlib import Path

from qiwizard.folders import state_folder

SCHEMA = "qiwizard/practice/1"
"""What a progress file calls itself."""
DEFAULT_CLERK = "clerk"
"""Who practises where no name is given."""
MOST_CLERKS = 40
"""Files looked into for names of clerks."""


def practice_folder() -> Path:
    """The folder of the progress files; it need not exist."""
    return state_folder() / "practice"


def progress_files(folder: Path | None = None) -> tuple[Path, ...]:
    """The files that look like progress, those set aside left out."""
    found = sorted((folder or practice_folder()).glob("*.json"))
    return tuple(p for p in found if ".damaged-" not in p.name)[:MOST_CLERKS]
