"""What tests of kept sessions share: a folder, a keeper, and sessions with some answers."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from postures import TODAY

from qiwizard.keeping.keeper import Keeper
from qiwizard.law.library import Library
from qiwizard.law.shipped import shipped_library
from qiwizard.sessions.session import Matter, Session

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
unix = pytest.mark.skipif(sys.platform == "win32", reason="file modes and locks of Unix")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where sessions are kept; it does not exist yet."""
    return tmp_path / "state" / "sessions"


@pytest.fixture
def keeper(folder: Path, library: Library) -> Keeper:
    """The keeper of one running wizard."""
    return Keeper(folder, library)


def answered(*answers: tuple[str, Any], caption: str = "Doe v. Roe") -> Session:
    """A session with some answers."""
    session = Session.new(TODAY, NOW).naming(Matter(caption))
    for name, value in answers:
        session = session.answering(shipped_library(), name, value)
    return session


ONE = answered(("circuit", "tenth"))
TWO = ONE.answering(shipped_library(), "court", "D.N.M.")
THREE = TWO.answering(shipped_library(), "motion", None)
