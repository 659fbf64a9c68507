"""The wizard in a browser: a real one, by the keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import Server, browser, missing, open_page, press, see, served, until
from qiwizard.reasoning.interview import facts_left
from summaries import ANSWERS

from qiwizard.fault import LOG
from qiwizard.folders import state_folder
from qiwizard.keeping.keeper import SESSIONS, unfinished
from qiwizard.law.library import Library
from qiwizard.reasoning.ruling import rule
from qiwizard.sessions.session import Session
from qiwizard.sessions.session_file import read_session

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

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


def test_from_the_start_to_the_download(
    server: Server, chromium: BrowserContext, library: Library
) -> None:
    """Every question is answered by a digit, the summary comes by itself, the export arrives."""
    today, wanted = date.today(), dict(ANSWERS)
    session = Session.new(today)
    page = open_page(chromium, server)
    press(page, "1")
    while left := facts_left(library, session.posture, today):
        fact = library.vocabulary.by_name[left[0]]
        value = wanted.get(fact.name)
        label = "Not stated" if value is None else fact.label(value)
        see(page, fact.question)
        offered = re.search(rf"(\d+) {re.escape(label)}", see(page, label))
        assert offered
        press(page, *offered[1])
        session = session.answering(library, fact.name, value)

    ruling = rule(library, session.posture, today)
    assert ruling.outcome.upper() in see(page, "Terms of the order")
    press(page, "e")
    see(page, "downloaded as session.toml")
    press(page, "1")
    see(page, "as one table: ")
    with page.expect_download() as coming:
        press(page, "Enter")
    see(page, "Downloaded: session.toml")
    assert coming.value.suggested_filename == "session.toml"
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
    press(first, "1")
    see(first, "In which federal circuit")
    press(first, "5")
    see(first, "In which federal district")

    second = open_page(chromium, server)
    assert "Resume" not in see(second, "New session")
    press(second, "1")
    see(second, "In which federal circuit")
    press(second, "7")
    see(second, "In which federal district")
    second.set_viewport_size({"width": 300, "height": 200})
    see(second, "7th")
    second.set_viewport_size({"width": 1200, "height": 700})
    see(second, "Where this is heading")

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
    page = open_page(chromium, server)
    press(page, "1")
    see(page, "In which federal circuit")
    press(page, "5")
    see(page, "In which federal district")
    assert not unfinished(state_folder() / SESSIONS)
    server.process.kill()
    until(lambda: unfinished(state_folder() / SESSIONS), "the end of the wizard")
