"""In a browser: exports are downloads, and the end of the server is the end of the wizard."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from frames import press, shown
from summaries import Reading
from terminal import PATIENCE, PROGRAM, run_piped, surroundings
from textual.drivers.headless_driver import HeadlessDriver
from textual.events import AppBlur, AppFocus, DeliveryComplete

from qiwizard.reports.formats import content, download_name
from qiwizard.reports.report import Report
from screens.dialogs.confirm import ConfirmScreen
from screens.practice.progress import ProgressScreen

SERVED = {"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"}


@dataclass(frozen=True, slots=True)
class Offered:
    """What was handed to the browser."""

    key: str
    name: str
    data: bytes


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Offered]:
    """The application believes itself in a browser, which fetches nothing by itself."""
    downloads: list[Offered] = []

    def deliver(driver: object, file: Any, *, delivery_key: str, save_path: Path, **_: Any) -> None:
        downloads.append(Offered(delivery_key, save_path.name, file.read()))

    monkeypatch.setattr(HeadlessDriver, "is_web", True)
    monkeypatch.setattr(HeadlessDriver, "deliver_binary", deliver)
    monkeypatch.chdir(tmp_path)
    return downloads


async def test_an_export_is_a_download_and_counts_once_it_is_fetched(
    offered: list[Offered], tmp_path: Path
) -> None:
    """Nothing is written here; a download that was blocked is no reason to let go of answers."""
    async with Reading() as (app, pilot):
        app.keep(app.session.answering(app.library, "opposed", False))
        await press(pilot, "e")
        assert "downloaded as lucero-v-city-of-clovis" in shown(app)
        assert str(tmp_path) not in shown(app)
        await press(pilot, "3", "enter", "enter")
        [file] = offered
        assert file.name == "lucero-v-city-of-clovis-police-department.toml"
        assert file.data == content(Report(app.library, app.session, app.today), "toml")
        await press(pilot, "q")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, ConfirmScreen)
        await press(pilot, "escape")
        app.post_message(DeliveryComplete(key=file.key))
        await pilot.pause()
        await press(pilot, "q")
        await app.workers.wait_for_complete()
    assert app.return_code == 0
    assert not list(tmp_path.iterdir())


async def test_an_answer_after_the_download_is_in_no_file(offered: list[Offered]) -> None:
    """What the browser fetches late is the session as it was, not as it is."""
    async with Reading() as (app, pilot):
        await press(pilot, "e", "3", "enter", "enter")
        app.keep(app.session.answering(app.library, "opposed", False))
        app.post_message(DeliveryComplete(key=offered[0].key))
        await press(pilot, "q")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, ConfirmScreen)


async def test_progress_is_a_download_too(offered: list[Offered], tmp_path: Path) -> None:
    """A path that is typed counts for its name alone."""
    async with Reading() as (app, pilot):
        await press(pilot, "h", "p", "1", "0", "enter")
        assert isinstance(app.screen, ProgressScreen)
        await press(pilot, "e", "end", "ctrl+u", *"/etc/my progress.csv", "enter")
        assert isinstance(app.screen, ProgressScreen)
    [file] = offered
    assert file.name == "my-progress.csv"
    assert file.data.startswith(
        b"\xef\xbb\xbfclerk,when,item"
    )  # with the mark that spreadsheets want
    assert not list(tmp_path.iterdir())


async def test_a_screen_opened_while_the_keys_went_elsewhere_takes_them_later() -> None:
    """A page has no focus until it is clicked or reached with Tab; then keys answer at once."""
    async with Reading() as (app, pilot):
        app.post_message(AppBlur())
        await pilot.pause()
        app.open("review")
        await pilot.pause()
        assert app.focused is None
        app.post_message(AppFocus())
        await pilot.pause()
        assert app.focused is not None


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("session.toml", "session.toml"),
        ('../../etc/my file; é"x.toml', "my-file-e-x.toml"),
        ("a\r\nSet-Cookie: x.toml", "a-Set-Cookie-x.toml"),
        ("訴訟", "export"),
        ("..", "export"),
    ],
)
def test_names_of_downloads_need_no_quotes(typed: str, name: str) -> None:
    """The server puts the name into a header as it is."""
    assert download_name(typed) == name


@pytest.mark.parametrize("env", [{}, {"ACCESSIBLE": "1"}, {"TERM": "dumb"}])
def test_without_its_server_the_wizard_ends(env: dict[str, str], tmp_path: Path) -> None:
    """The end of input is the end; a wish for line mode is not heeded where it cannot be."""
    done = subprocess.run(
        PROGRAM,
        input=b"",
        capture_output=True,
        cwd=tmp_path,
        env=surroundings(SERVED | env),
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stderr) == (129, b"")
    assert done.stdout.startswith(b"__GANGLION__\n")


def test_line_mode_is_refused_in_a_browser(tmp_path: Path) -> None:
    """Asked for by an option it is an error, said where the server was started."""
    done = run_piped(tmp_path, "--plain", env=SERVED)
    assert (done.status, done.out) == (2, "")
    assert done.complaints == ["--plain: needs a terminal; a browser shows the full screen only"]
