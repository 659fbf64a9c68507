"""The wizard in a browser: a real one, by the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import Server, browser, missing, open_page, press, see, served, until
from summaries import ANSWERS

from qiwizard.fault import LOG
from qiwizard.files import state_folder
from qiwizard.keeping.keeper import SESSIONS, unfinished
from qiwizard.law.courts import NamedForum
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.reasoning.ruling import rule
from qiwizard.sessions.questions import answer, chosen, next_question
from qiwizard.sessions.session import Session
from qiwizard.sessions.session_file import read_session

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

if missing():
    pytest.skip(f"not here: {missing()}", allow_module_level=True)


@pytest.fixture
def server(home: Path, tmp_path: Path) -> Iterator[Server]:
    """`textual serve` in an empty folder."""
    folder = tmp_path / "where"
    folder.mkdir()
    with served(folder) as running:
        yield running
    assert [path.name for path in folder.iterdir()] == ["server.log"]
    assert not (state_folder() / LOG).exists()


@pytest.fixture
def chromium(tmp_path: Path) -> Iterator[BrowserContext]:
    """A browser for one test."""
    with browser(tmp_path) as context:
        yield context


def answer_forum(page: Page, forum: str) -> None:
    """Begin a case, and name where it is pending."""
    press(page, "1", "Enter")
    see(page, "In which district, or circuit")
    press(page, *forum, "Enter")
    see(page, "To compel")


def test_from_the_start_to_the_download(
    server: Server, chromium: BrowserContext, library: Library
) -> None:
    """Every question is answered by its number, the result follows, the export arrives."""
    today = date.today()
    given = Posture.of({name: value for name, value in ANSWERS if value is not None})
    session = Session.new(today)
    page = open_page(chromium, server)
    press(page, "1", "Enter")
    while (asked := next_question(library, session)) is not None:
        see(page, asked.text)
        value = chosen(library, given, asked)
        if isinstance(value, NamedForum):
            press(page, *str(value.court), "Enter")
        else:
            values: list[object] = [choice.value for choice in asked.choices]
            press(page, str((values.index(value) + 1) % len(values)), "Enter")
        session = answer(library, session, asked, value)

    ruling = rule(library, session.posture, today)
    label = library.outcomes[ruling.outcome].label
    assert label.upper() in see(page, "Changes it").upper()
    press(page, "e")
    see(page, "Session file")
    press(page, "3")
    see(page, "downloaded as case.toml")
    press(page, "Enter")
    with page.expect_download() as coming:
        press(page, "Enter")
    see(page, "Downloaded: case.toml")
    assert coming.value.suggested_filename == "case.toml"
    fetched = read_session(coming.value.path(), library, today)
    assert fetched.posture == session.posture
    assert fetched.recorded is not None
    assert fetched.recorded["ruling"]["outcome"] == ruling.outcome

    press(page, "Control+q")
    page.get_by_text("Session ended.").wait_for()
    until(lambda: not list((state_folder() / SESSIONS).glob("*.toml")), "the end")


def test_tabs_are_apart_and_what_is_closed_is_offered_again(
    server: Server, chromium: BrowserContext
) -> None:
    """Two tabs have a session each; closed or loaded again, both are offered at the next start."""
    first = open_page(chromium, server)
    answer_forum(first, "5th")
    second = open_page(chromium, server)
    assert "Resume" not in see(second, "New case")
    answer_forum(second, "7th")
    second.set_viewport_size({"width": 300, "height": 200})
    see(second, "7th")
    second.set_viewport_size({"width": 1200, "height": 700})
    see(second, "Result so far")

    first.close()
    second.close()
    until(lambda: len(unfinished(state_folder() / SESSIONS)) == 2, "the end of both")
    shown = see(open_page(chromium, server), "Resume")
    assert "Resume: 5th Cir." in shown
    assert "Resume: 7th Cir." in shown


def test_a_server_that_is_killed_leaves_no_wizard_behind(
    server: Server, chromium: BrowserContext
) -> None:
    """The session is let go of: the next start, in a browser or not, offers it."""
    answer_forum(open_page(chromium, server), "5th")
    assert not unfinished(state_folder() / SESSIONS)
    server.process.kill()
    until(lambda: unfinished(state_folder() / SESSIONS), "the end of the wizard")
