"""Interviews begun, for tests of the screens."""

from __future__ import annotations

from pathlib import Path

import pytest
from frames import NOW, TODAY, five_opinions

from qiwizard.law.courts import named_forum
from qiwizard.sessions.questions import answer, question
from qiwizard.sessions.session import Session
from screens.app import QiWizard
from screens.interview import InterviewScreen

SIZES = [(80, 24), (140, 40), (60, 20), (40, 12)]
GOLDEN = [(80, 24), (140, 40)]
FORUM = ("d", "n", "m", "enter")
"""The keys that answer the forum with D.N.M."""


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is written by a relative path lands outside the checkout."""
    monkeypatch.chdir(tmp_path)


def asked(app: QiWizard) -> str:
    """The id of the question on the screen."""
    assert isinstance(app.screen, InterviewScreen)
    return app.screen.fact


def begun(*answers: tuple[str, object]) -> Session:
    """A session with questions answered in order; the forum by its usual name."""
    library, session = five_opinions(), Session.new(TODAY, NOW)
    for name, value in answers:
        asked_ = question(library, session.posture, name)
        named = named_forum(library.courts, str(value)) if name == "forum" else value
        session = answer(library, session, asked_, named)
    return session


STARTED: tuple[tuple[str, object], ...] = (
    ("forum", "D.N.M."),
    ("request", "stay"),
)
PENDING = (*STARTED, ("defense", "Summary-judgment motion pending"))
