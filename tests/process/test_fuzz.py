"""A few of the random cases of `fuzz.py`, and what such cases found."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import fuzz_batch
import fuzz_toml
import pytest
from frames import frame, new_app, press, shown
from fuzz import one
from interviews import PENDING, begun
from kept_sessions import unix
from textual import events
from textual.app import App, ComposeResult
from textual.command import CommandList
from textual.message import Message
from textual.notifications import Notify
from textual.widgets import Input, Static

from qiwizard.errors import UserError
from qiwizard.files import read_text, typed_path, write_text
from qiwizard.text import visible
from screens.home import HomeScreen
from screens.interview import InterviewScreen
from screens.library import LibraryScreen
from screens.running.palette import Palette
from screens.side_by_side import PairScreen
from screens.widgets.options import Options


@pytest.mark.parametrize("seed", range(40))
def test_spoilt_files_are_read_or_refused(seed: int) -> None:
    """Sessions, kept sessions and precedents files with changes anywhere in them."""
    assert one("files", seed) == ""


@pytest.mark.parametrize("seed", range(7))
def test_files_of_every_kind_spoilt_further_and_further(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sessions, precedents, sets, results, progress and settings, guided by what they reach."""
    monkeypatch.setattr(fuzz_toml, "STEPS", 25)
    assert one("toml", seed) == ""


@pytest.mark.parametrize("seed", range(30))
def test_command_lines_and_lines_typed(seed: int) -> None:
    """Any words, any lines on standard input: a documented exit code, no traceback."""
    assert one("lines", seed) == ""


@pytest.mark.parametrize("seed", range(4))
def test_lines_of_a_batch(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Postures and what is none: a result for each line, in order, that of the engine alone."""
    monkeypatch.setattr(fuzz_batch, "LINES", 150)
    assert one("batch", seed) == ""


@unix
def test_programs_killed_at_random_moments() -> None:
    """In a process of its own, because it forks."""
    command = [sys.executable, str(Path(__file__).parents[1] / "fuzzing" / "fuzz.py"), "kills", "4"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 cases, 0 failures" in done.stdout


@pytest.mark.parametrize("seed", range(4))
def test_keys_pressed_at_random(seed: int) -> None:
    """Keys, pastes and resizes: no fault, and what is kept is the session."""
    assert one("keys", seed) == ""


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (7, 2), (20, 6)])
async def test_a_terminal_too_small_for_anything(size: tuple[int, int]) -> None:
    """Lists can be leafed through, texts opened, and dialogs, at sizes nobody can read."""
    app = new_app()
    async with app.run_test(size=size) as pilot:
        await press(pilot, "j", "pagedown", "pageup", "1", "pagedown", "1", "f1", "escape")
        await pilot.resize_terminal(80, 24)
        await press(pilot, "c")
        await pilot.resize_terminal(*size)
        await press(pilot, "escape", "r", "pagedown", "s", "right", "right", "l", "pagedown")
        await pilot.resize_terminal(80, 24)
        await press(pilot, "f1")
        assert "How it works" in shown(app)


@pytest.mark.parametrize("width", range(1, 10))
async def test_a_list_too_narrow_for_its_gutter(width: int) -> None:
    """It shows what fits, and may show nothing."""

    class Narrow(App[None]):
        def compose(self) -> ComposeResult:
            options = Options("not stated")
            options.styles.width = width
            yield options

    async with Narrow().run_test(size=(80, 24)) as pilot:
        await pilot.press("pagedown", "pageup")
        assert pilot.app.screen.query_one(Options).size.width < width


async def test_the_palette_can_be_leafed_through_before_it_has_found_anything() -> None:
    """Page keys right after it was opened, and where nothing fits what was typed."""
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(events.Key("ctrl+p", None))
        for key in ("pageup", "pagedown", *"zzzz", "pageup", "pagedown"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await press(pilot, "pageup", "escape")
        assert app.is_running


async def test_a_search_that_outlives_the_palette() -> None:
    """A slow machine may close the palette, or end, before the search has begun."""
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p")
        palette = app.screen
        assert isinstance(palette, Palette)
        await app.pop_screen()
        search = palette._gather_commands("a")
        while not search.is_finished:
            await pilot.pause()
        await press(pilot, "f1")
        assert "How it works" in shown(app)


async def test_enter_twice_in_the_palette_chooses_once() -> None:
    """The command is carried out once, and the screen below stays."""
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p", *"library")
        palette = app.screen
        while palette.query_one(CommandList).highlighted is None:
            await press(pilot, "down")
        for _ in range(3):
            app.post_message(events.Key("enter", None))
        while not isinstance(app.screen, LibraryScreen):
            await pilot.pause()
        await press(pilot)
        assert [type(screen) for screen in app.screen_stack] == [HomeScreen, LibraryScreen]


async def test_an_answer_chosen_twice_in_the_review_before_its_question_is_drawn() -> None:
    """The question asked last is shown, once."""
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        app.open("review")
        await press(pilot, "down")
        app.show_interview("request")
        app.show_interview("motion")
        await press(pilot)
        assert isinstance(app.screen, InterviewScreen)
        assert app.screen.fact == "defense"


async def test_a_key_typed_ahead_waits_for_the_screen_it_is_meant_for() -> None:
    """Back, pressed before the question was there to go back from."""
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        app.show_interview("request")
        assert await app._check_bindings("escape")
        await press(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_control_characters_pasted_into_the_palette_are_shown_visibly() -> None:
    """As everywhere: none reaches the terminal."""
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p")
        app.post_message(events.Paste("a\x9b\x1b[31m\u202e"))
        await press(pilot)
        assert app.screen.query_one(Input).value
        assert visible(frame(app), keep="\n") == frame(app)


async def test_a_notice_whose_time_is_over_before_it_is_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The toolkit never ends a wait for less than no time, and the screen would stand still."""
    app = new_app()
    async with app.run_test(size=(80, 24)):
        given: list[Message] = []
        monkeypatch.setattr(App, "post_message", lambda _, message: given.append(message))
        app.notify("Written: case.toml", timeout=-1)
        monkeypatch.undo()
        (notify,) = given
        assert isinstance(notify, Notify)
        assert notify.notification.time_left > 0
        assert notify.notification.has_expired


@pytest.mark.parametrize("way", ["compare", "map", "export", "summary", "library"])
async def test_screens_closed_before_they_are_drawn(way: str) -> None:
    """What waits for the next refresh, or for a thread, finds its screen gone."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        before = app.screen
        app.action_command(way)
        while app.screen is before:
            await pilot.pause()
        await app.pop_screen()
        await press(pilot, "question_mark")
        assert "This screen: the interview" in shown(app)


async def test_two_rulings_closed_before_they_are_drawn() -> None:
    """The page that is laid out after the next drawing is no longer there."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(80, 24)) as pilot:
        app.open("compare")
        await press(pilot)
        app.post_message(events.Key("enter", None))
        while not isinstance(app.screen, PairScreen):
            await pilot.pause()
        await pilot.resize_terminal(120, 30)
        await app.pop_screen()
        await press(pilot, "f1")
        assert "How it works" in shown(app)


@pytest.mark.parametrize("name", ["a" * 300 + ".toml", "no/" * 3000, "~nobody-here/a", "a\0b"])
async def test_paths_that_no_system_takes(name: str) -> None:
    """Refused in the dialog where they are typed, in a sentence."""
    for action in ("command('export')", "open_file"):
        app = new_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await app.run_action(f"app.{action}")
            await press(pilot)
            app.screen.query_one(Input).focus().value = name
            await press(pilot, "enter")
            assert app.screen.query_one("#wrong", Static).content
    with pytest.raises(UserError):
        read_text(typed_path(name))
    with pytest.raises(UserError):
        write_text(typed_path(name), "")


def test_a_folder_that_cannot_be_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a file is there cannot be told: writing it is refused in a sentence."""

    def closed(path: Path, **_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "stat", closed)
    with pytest.raises(UserError, match=r"no-such-folder/a\.toml: cannot be written"):
        write_text(Path("no-such-folder/a.toml"), "")
