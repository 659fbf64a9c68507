"""Interviews begun, for tests of the screens."""

from __future__ import annotations

from pathlib import Path

import pytest
from frames import NOW, TODAY, five_opinions

from qiwizard.sessions.session import Session
from screens.app import QiWizard
from screens.interview import InterviewScreen

SIZES = [(80, 24), (140, 40), (60, 20), (40, 12)]
GOLDEN = [(80, 24), (140, 40)]
TENTH = ("1", "0")
"""The digits of the Tenth Circuit among the twelve."""


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is written by a relative path lands outside the checkout."""
    monkeypatch.chdir(tmp_path)


def asked(app: QiWizard) -> str:
    """The fact on the screen."""
    assert isinstance(app.screen, InterviewScreen)
    return app.screen.fact


def begun(*answers: tuple[str, bool | str | None]) -> Session:
    """A session with answers given in order."""
    session = Session.new(TODAY, NOW)
    for name, value in answers:
        session = session.answering(five_opinions(), name, value)
    return session


PENDING = (
    ("circuit", "tenth"),
    ("court", "D.N.M."),
    ("request", "stay"),
    ("opposed", True),
    ("qi_asserted", True),
    ("motion", "pending"),
    ("motion_kind", "summary_judgment"),
)
