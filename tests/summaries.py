"""A session that has come to its summary, and the ways about it."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from datetime import date

from frames import (
    NOW,
    TODAY,
    five_opinions,
    new_app,
    press,
)
from textual.pilot import Pilot

from qiwizard.sessions.session import Matter, Session
from screens.app import QiWizard
from screens.sections import SECTIONS
from screens.summary import SummaryScreen
from screens.widgets.page import Page

CAPTION = "Lucero v. City of Clovis Police Department"
NASTY = "[T]he [/] [red] [sic]\x1b[31m\u202e"
NASTY_SHOWN = "[T]he [/] [red] [sic]<U+001B>[31m<U+202E>"
SIZES = [(80, 24), (140, 40), (60, 20), (40, 12)]
GOLDEN = [(80, 24), (140, 40)]

ANSWERS: tuple[tuple[str, bool | str | None], ...] = (
    ("circuit", "tenth"),
    ("court", "D.N.M."),
    ("request", "stay"),
    ("opposed", True),
    ("stay_scope", "blanket"),
    ("pro_se", False),
    ("prisoner", False),
    ("stay_in_effect", False),
    ("rule_26f_held", True),
    ("individual_capacity", True),
    ("qi_asserted", True),
    ("motion", "pending"),
    ("motion_kind", "summary_judgment"),
    ("other_defendants", True),
    ("facts_needed", None),
)


def session_on(day: date = TODAY) -> Session:
    """A session like the case of the caption, one of its facts left open."""
    session = Session.new(day, NOW).naming(Matter(caption=CAPTION))
    for name, value in ANSWERS:
        session = session.answering(five_opinions(), name, value)
    return session.sourcing("motion", "Doc. 38")


class Reading:
    """The application on the summary of a session."""

    def __init__(self, session: Session | None = None, size: tuple[int, int] = (80, 24)) -> None:
        self.app: QiWizard = new_app(session or session_on())
        self._run: AbstractAsyncContextManager[Pilot[int]] = self.app.run_test(size=size)

    async def __aenter__(self) -> tuple[QiWizard, Pilot[int]]:
        pilot = await self._run.__aenter__()
        await pilot.pause()
        if not isinstance(self.app.screen, SummaryScreen):
            await press(pilot, "s")
        assert isinstance(self.app.screen, SummaryScreen)
        return self.app, pilot

    async def __aexit__(self, *error: object) -> None:
        await self._run.__aexit__(*error)  # type: ignore[arg-type]


def page_text(app: QiWizard) -> str:
    """The whole text of the page in sight, on one line."""
    page = next(page for page in app.screen.query(Page) if page.display)
    return " ".join(page.text.split())


async def open_section(pilot: Pilot[int], title: str) -> None:
    """Show a section by its digit."""
    number = [section.title for section in SECTIONS].index(title) + 1
    await press(pilot, str(number))
    await pilot.pause()
