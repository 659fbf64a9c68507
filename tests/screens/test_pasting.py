"""Keys and pastes in the full screen: none is lost, and none does more than it seems to."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from frames import new_app, press, shown, text_of
from interviews import PENDING, begun
from kept_sessions import ONE
from postures import TODAY
from terminal import PROGRAM, Type, Wait, run_in_terminal
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from qiwizard.keeping.keeper import Keeper, unfinished
from qiwizard.law.library import Library
from qiwizard.sessions.session import Session
from screens.app import QiWizard
from screens.dialogs.confirm import ConfirmScreen
from screens.widgets.choices import Choices


async def paste(pilot: Pilot[int], text: str) -> None:
    """Paste, as the terminal hands it over."""
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


# Pastes

PASTES = {
    "Doe v.\nRoe County": "Doe v. Roe County",
    "\nDoe v. Roe": "Doe v. Roe",
    "Doe\r\n\r\n  v. Roe\r\n": "Doe v. Roe",
    "Doe\rRoe": "Doe Roe",
    "Doe  v.  Roe ": "Doe  v.  Roe ",
}


@pytest.mark.parametrize("text", PASTES)
async def test_a_paste_of_several_lines_is_one_line(text: str) -> None:
    """In every field of one line: caption, docket, source, path, search; notes keep the lines."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(100, 40)) as pilot:
        for keys in (["c"], ["escape", "c", "tab"], ["escape", "t"], ["escape", "e", "tab"]):
            await press(pilot, *keys)
            field = app.focused
            assert isinstance(field, Input)
            field.value = ""
            await paste(pilot, text)
            assert field.value == PASTES[text]
        await press(pilot, "escape", "c", "tab", "tab", "tab")
        await paste(pilot, text)
        assert isinstance(app.focused, TextArea)
        assert app.focused.text.splitlines() == text.splitlines()


async def test_the_search_of_the_library_takes_it_too() -> None:
    """And so does the list of commands."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(100, 40)) as pilot:
        app.show_library()
        await pilot.pause()
        await paste(pilot, "lucero\nv.")
        assert app.screen.query_one("#library-search", Input).value == "lucero v."
        await press(pilot, "ctrl+p")
        await paste(pilot, "go\nto")
        assert app.screen.query_one(Input).value == "go to"


async def test_a_paste_replaces_what_is_selected_and_shows_its_end() -> None:
    """The caret is in sight at once, at the end of what was pasted."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, "c", *"gone")
        field = app.screen.query_one("#caption", Input)
        field.select_all()
        await paste(pilot, "x" * 120 + "END")
        await pilot.pause()
        assert field.value == "x" * 120 + "END"
        assert "xEND" in text_of(app, "#caption")


@pytest.mark.parametrize("key", ["c", "t"])
async def test_a_paste_right_behind_a_key_waits_for_its_dialog(key: str) -> None:
    """As keys that are typed ahead do."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        app.post_message(events.Key(key, key))
        app.post_message(events.Paste("Doc. 38"))
        await pilot.pause()
        await pilot.pause()
        assert app.screen.query(Input).first().value == "Doc. 38"
        await press(pilot, "escape")
        for typed in f"{key}Doc. 38":
            app.post_message(events.Key(typed, typed))
        app.post_message(events.Paste(" at 2"))
        await pilot.pause()
        await pilot.pause()
        assert app.screen.query(Input).first().value == "Doc. 38 at 2"


# Digits


@pytest.mark.parametrize("digit", ["２", "٢", "2"])
async def test_digits_of_every_script_mark_an_answer(digit: str) -> None:
    """Whatever keyboard they come from, and while the authorities have the focus."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(140, 40)) as pilot:
        app.show_interview("request")
        await pilot.pause()
        for away in (False, True):
            await press(pilot, "1")
            if away:
                await press(pilot, "tab")
                assert not isinstance(app.focused, Choices)
            app.post_message(events.Key(digit if digit.isascii() else "x", digit))
            await pilot.pause()
            assert app.screen.query_one(Choices).highlighted == 1
            assert isinstance(app.focused, Choices)


# What Enter does where something would be lost


async def test_enter_discards_nothing(keeper: Keeper, library: Library) -> None:
    """The way that loses nothing is marked; the other takes its own number."""
    keeper.save(ONE)
    keeper.leave()
    app = QiWizard(library, None, TODAY, Keeper(keeper.folder, library))
    async with app.run_test(size=(100, 40)) as pilot:
        await press(pilot, "x")
        assert "▸ 0 Cancel" in shown(app)
        await press(pilot, "enter")
        assert len(unfinished(keeper.folder)) == 1
        await press(pilot, "x", "1", "enter")
        assert unfinished(keeper.folder) == ()


async def test_enter_leaves_no_answers_behind() -> None:
    """Where nothing is kept, the way that is marked exports them."""
    app = QiWizard(new_app().library, Session.new(date(2026, 11, 22)), TODAY)
    async with app.run_test(size=(100, 40)) as pilot:
        await press(pilot, "enter", *"D.N.M.", "enter")
        await press(pilot, "q")
        assert isinstance(app.screen, ConfirmScreen)
        assert "▸ 1 Export first" in shown(app)


async def test_a_dialog_with_one_way_on_marks_the_other(tmp_path: Path) -> None:
    """Whatever it asks, unless nothing can be lost by it."""
    from screens.widgets.choices import Offer

    app = new_app()
    async with app.run_test(size=(100, 40)) as pilot:
        for safe, marked in ((None, "▸ 0 Cancel"), ("go", "▸ 1 Go")):
            app.push_screen(ConfirmScreen("Sure?", "", [Offer("go", "Go")], safe=safe))
            await pilot.pause()
            assert marked in shown(app)
            await press(pilot, "escape")


# The size of the terminal


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of this kind are Unix")
@pytest.mark.parametrize(
    "env", [{"COLUMNS": "120", "LINES": "40"}, {"COLUMNS": "40", "LINES": "12"}], ids=str
)
@pytest.mark.parametrize("program", [PROGRAM, ("/bin/sh", "-c", '"$@" >out', "sh", *PROGRAM)])
def test_the_size_is_that_of_the_terminal(
    env: dict[str, str], program: tuple[str, ...], tmp_path: Path
) -> None:
    """Whatever the environment says, and wherever standard output goes."""
    question = "An official asserts qualified immunity."
    steps = (Wait(question), Wait("^p palette"), Type("q"))
    ended = run_in_terminal(program, steps, folder=tmp_path, env=env, size=(100, 30))
    assert ended.status == 0
    assert "\x1b[30;" in ended.output
    assert "\x1b[31;" not in ended.output


@pytest.mark.parametrize("action", ["command('export')", "open_file"])
async def test_a_refusal_stays_while_what_was_refused_stands(action: str) -> None:
    """Also where path and Enter come in one go; it goes with the next change."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(100, 40)) as pilot:
        await app.run_action(f"app.{action}")
        await pilot.pause()
        app.screen.query_one(Input).focus().value = ""
        await pilot.pause()
        for typed in "/no/such/x":
            app.post_message(events.Key(typed, typed))
        app.post_message(events.Key("enter", "\r"))
        await pilot.pause()
        await pilot.pause()
        assert "No such file" in text_of(app, "#wrong")
        await press(pilot, "y")
        assert text_of(app, "#wrong") == ""


async def test_a_second_enter_in_one_burst_writes_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first takes the format, the second the path, however fast they come."""
    monkeypatch.chdir(tmp_path)
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(100, 40)) as pilot:
        await press(pilot, "e")
        app.post_message(events.Key("enter", "\r"))
        app.post_message(events.Key("enter", "\r"))
        await pilot.pause()
        await pilot.pause()
        assert [path.suffix for path in tmp_path.iterdir()] == [".md"]
