"""What is typed in a dialog is on disk before it is confirmed, and offered again."""

from __future__ import annotations

from pathlib import Path

import pytest
from frames import NOW, TODAY, press, shown
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

import screens.app
from qiwizard.keeping.keeper import Keeper
from qiwizard.keeping.kept import kept_session, worth_keeping
from qiwizard.law.library import Library
from qiwizard.reports.formats import render
from qiwizard.reports.report import Report
from qiwizard.sessions.session import Matter, Session
from screens.app import QiWizard
from screens.dialogs.ask import AskScreen
from screens.dialogs.matter import MatterScreen

DRAFT = {"caption": "Doe v. Roe", "notes": "First\nsecond", "source.request": "Doc. 3"}


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing to wait for."""
    monkeypatch.setattr(screens.app, "TYPED", 0.001)


@pytest.fixture
def keeper(tmp_path: Path, library: Library) -> Keeper:
    """A keeper of an empty folder."""
    return Keeper(tmp_path / "sessions", library)


def on_disk(keeper: Keeper, library: Library) -> Session:
    """The session as it would be found after a kill."""
    assert keeper.path is not None
    return kept_session(keeper.path, library, TODAY)


def resumed(keeper: Keeper, library: Library, session: Session) -> QiWizard:
    """The application at a session that another start left, once Enter is pressed."""
    assert keeper.save(session)
    keeper.leave()
    return QiWizard(library, None, TODAY, keeper)


async def saved(pilot: Pilot[int], keeper: Keeper, library: Library, field: str) -> str:
    """What is on disk of a field, once it is there."""
    for _ in range(200):
        await pilot.pause(0.01)
        if keeper.path is not None and field in (draft := on_disk(keeper, library).draft):
            return draft[field]
    raise AssertionError(f"no draft of {field}")


def answered(library: Library) -> Session:
    """One answer."""
    return Session.new(TODAY, NOW).stating_forum(library, "tenth", None)


def test_drafts_come_back_and_are_in_no_export(keeper: Keeper, library: Library) -> None:
    """Kept on disk as they were typed; an export holds what was confirmed."""
    session = answered(library).drafting(DRAFT)
    assert keeper.save(session)
    assert on_disk(keeper, library) == session
    assert worth_keeping(Session.new(TODAY, NOW).drafting(DRAFT))
    for form in ("toml", "json"):
        assert "Doe v. Roe" not in render(Report(library, session), form)


def test_drafts_edited_by_hand_are_taken_as_far_as_they_fit(
    keeper: Keeper, library: Library
) -> None:
    """Fields that do not exist, and what is no text, are passed over."""
    assert keeper.save(answered(library).drafting({"caption": "A", "docket": "B"}))
    assert keeper.path is not None
    text = keeper.path.read_text(encoding="utf-8")
    keeper.path.write_text(text.replace('docket = "B"', 'docket = 1\nnowhere = "C"'))
    assert on_disk(keeper, library).draft == {"caption": "A"}


async def test_notes_typed_are_on_disk_before_they_are_confirmed(
    keeper: Keeper, library: Library
) -> None:
    """Confirmed, they are the case's own, and no draft is left."""
    app = resumed(keeper, library, answered(library))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "c", "tab", "tab", "tab", *"seen")
        assert await saved(pilot, keeper, library, "notes") == "seen"
        assert on_disk(keeper, library).matter.notes == ""
        await press(pilot, "ctrl+s")
        assert on_disk(keeper, library).matter.notes == "seen"
        assert app.session == answered(library).naming(Matter(notes="seen"))


async def test_what_is_typed_ahead_of_a_field_goes_into_it(library: Library) -> None:
    """Enter moves on before the next letter is taken in; in the notes it begins a line."""
    app = QiWizard(library, answered(library), TODAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.run_action("app.command('case')")
        await pilot.pause()
        for key in ("A", "enter", "B", "enter", "enter", "C", "enter", "D"):
            app.post_message(events.Key(key, key if len(key) == 1 else "\r"))
        await press(pilot, "ctrl+s")
        assert app.session.matter == Matter("A", "B", "C\nD")


async def test_a_case_given_up_is_as_it_was(keeper: Keeper, library: Library) -> None:
    """Escape gives the typed text up: the very session from before stands again."""
    app = resumed(keeper, library, answered(library))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        began = app.session
        await press(pilot, "c", *"Doe")
        await saved(pilot, keeper, library, "caption")
        await press(pilot, "escape")
        assert app.session is began
        assert on_disk(keeper, library) == began


async def test_a_day_that_will_not_do_stays_typed(keeper: Keeper, library: Library) -> None:
    """The day is a draft as well, and is refused as ever."""
    app = resumed(keeper, library, answered(library).drafting({"day": "2022-02-30"}))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "c")
        assert app.screen.query_one("#day", Input).value == "2022-02-30"
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, MatterScreen)
        assert app.session.draft == {"day": "2022-02-30"}


async def test_drafts_are_told_of_and_offered_again(keeper: Keeper, library: Library) -> None:
    """The next start names them; each dialog holds its own, and says so."""
    assert keeper.save(answered(library).drafting(DRAFT))
    keeper.leave()
    app = QiWizard(library, None, TODAY, Keeper(keeper.folder, library))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "enter")
        (told,) = (notice.message for notice in app._notifications)
        assert told.startswith(
            "Unsaved text: caption, notes, record cite of request before the court."
        )
        await press(pilot, "c")
        assert "Case: unsaved text" in shown(app)
        assert app.screen.query_one("#notes", TextArea).text == DRAFT["notes"]
        await press(pilot, "ctrl+s", "t")
        assert app.session.matter == Matter("Doe v. Roe", "", "First\nsecond")
        assert isinstance(app.screen, AskScreen)
        assert app.screen.query_one(Input).value == "Doc. 3"
        await press(pilot, "enter")
        assert app.session.sources == {"request": "Doc. 3"}
        assert not app.session.draft


@pytest.mark.parametrize("where", ["interview", "review"])
async def test_a_source_being_typed(where: str, keeper: Keeper, library: Library) -> None:
    """On disk while it is typed; Escape gives it up, Enter notes it."""
    app = resumed(keeper, library, answered(library))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", *(["r", "2"] if where == "review" else []))
        began = app.session
        await press(pilot, "t", *"Doc")
        assert await saved(pilot, keeper, library, "source.request") == "Doc"
        await press(pilot, "escape")
        assert app.session is began
        await press(pilot, "t", *"Doc", "enter")
        assert on_disk(keeper, library).sources == {"request": "Doc"}
        assert not app.session.draft


async def test_a_draft_keeps_an_exported_session_on_disk(
    tmp_path: Path, keeper: Keeper, library: Library
) -> None:
    """What no export holds is not let go of with it."""
    app = resumed(keeper, library, answered(library).drafting(DRAFT))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        app.exported(tmp_path / "case.toml", whole=True)
        session = app.session
        app.last_words()
    (path,) = keeper.folder.glob("*.toml")
    assert kept_session(path, library, TODAY) == session


async def test_an_answer_taken_while_it_ends_goes_to_the_same_file(
    keeper: Keeper, library: Library
) -> None:
    """Told to stop with keys still on their way: the next start finds one case, not two."""
    app = QiWizard(library, None, TODAY, keeper)
    async with app.run_test(size=(80, 24)) as pilot:
        app.show_interview("request")
        await press(pilot, "1", "enter")
        app.leave(143)
        app.keep(app.session.answering(library, "opposed", True))
    assert app.return_code == 143
    (path,) = keeper.folder.glob("*.toml")
    assert kept_session(path, library, TODAY) == app.session
    assert app.session.trail[-1] == "opposed"
