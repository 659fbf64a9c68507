"""A drill that is left, by any key, and gone on with."""

from __future__ import annotations

from pathlib import Path

import pytest
from frames import TODAY, five_opinions, press, shown, text_of
from practicing import WALK, ask, key, practicing, said, until
from textual import events

from qiwizard.law.library import Library
from qiwizard.practice.drills import make
from qiwizard.practice.progress import PLACEMENT, PRACTICE, Round
from qiwizard.practice.sitting import Sitting
from qiwizard.practice.store import Store
from screens.app import QiWizard
from screens.dialogs.confirm import ConfirmScreen
from screens.home import HomeScreen
from screens.practice.drill import DrillScreen
from screens.practice.menu import PracticeScreen
from screens.widgets.choices import Choices
from screens.widgets.page import Page

CALIBRATE = "calibrate/lucero-v-clovis"


async def test_stepping_back_keeps_the_answer_under_the_caret() -> None:
    """Before a drill is marked every answer can be changed."""
    app = practicing(CALIBRATE)
    async with app.run_test(size=(120, 60)) as pilot:
        await ask(pilot, app)
        await press(pilot, "3", "enter", "escape")
        marked = app.screen.query_one(Choices).marked
        assert marked is not None
        assert marked.value == "25"
        assert marked.remark == "your answer"


async def test_leaving_in_the_middle_loses_nothing_and_does_not_ask() -> None:
    """A walk half walked: it is said that it is kept, and the menu offers to go on with it."""
    app, item = practicing(WALK, read_first=True), make(five_opinions(), WALK)
    async with app.run_test(size=(160, 50), notifications=True) as pilot:
        await ask(pilot, app)
        await press(pilot, key(item, 0), "enter", "escape")
        assert isinstance(app.screen, PracticeScreen)
        assert "offers to resume this drill" in said(app)
        assert "Resume: Walk an opinion, question 2" in shown(app)
        assert not Store("Anna").load().progress.answers
        await press(pilot, "1", "enter")
        await until(pilot, lambda: isinstance(app.screen, DrillScreen))
        await ask(pilot, app)
        assert item.parts[1].asks in text_of(app, "#drill-asks")
        assert "The court's own words" in app.screen.query_one(Page).text
        for number in range(1, len(item.parts)):
            await ask(pilot, app)
            await press(pilot, key(item, number), "enter", "n")
        assert "End of the round" in shown(app)
    progress = Store("Anna").load().progress
    assert [a.right for a in progress.answers] == [True] * len(item.parts)
    assert not progress.halves


async def test_leaving_after_the_marks_keeps_the_drill() -> None:
    """What was marked counts."""
    id_ = "predict/lucero-v-clovis"
    app, item = practicing(id_), make(five_opinions(), id_)
    async with app.run_test(size=(100, 40)) as pilot:
        await ask(pilot, app)
        await press(pilot, key(item, 0), "enter", "escape")
        assert isinstance(app.screen, PracticeScreen)
    assert Store("Anna").load().progress.seen() == {id_}


async def test_a_drill_counts_as_soon_as_it_is_marked() -> None:
    """However the program ends while the marks are read."""
    id_ = "predict/lucero-v-clovis"
    app, item = practicing(id_), make(five_opinions(), id_)
    async with app.run_test(size=(100, 40)) as pilot:
        await ask(pilot, app)
        await press(pilot, key(item, 0), "enter")
        assert Store("Anna").load().progress.seen() == {id_}
        await press(pilot, "q")
        assert app.return_code == 0
    assert len(Store("Anna").load().progress.answers) == 1


async def test_quitting_in_the_middle_of_a_drill_says_where_it_goes_on() -> None:
    """Nothing is lost, so nothing is asked; the last words name the way back."""
    app, item = practicing(WALK), make(five_opinions(), WALK)
    async with app.run_test(size=(100, 40)) as pilot:
        await ask(pilot, app)
        await press(pilot, key(item, 0), "enter")
        await app.run_action("app.command('library')")
        assert app.last_words() == [
            "Your answers are saved. The practice menu offers to resume this drill."
        ]
        await press(pilot, "ctrl+q")
        assert app.return_code == 0
    assert Store("Anna").load().progress.left(PRACTICE) == (WALK,)


async def test_answers_that_cannot_be_kept_are_asked_about(home: Path) -> None:
    """Every way out of the drill asks; once they can be kept again, none does."""
    folder = Store("Anna").path.parent
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way")
    app, item = practicing(WALK), make(five_opinions(), WALK)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await ask(pilot, app)
        await press(pilot, key(item, 0), "enter")
        assert "Not saved:" in shown(app)
        for way in ("escape", "ctrl+q"):
            await press(pilot, way)
            assert isinstance(app.screen, ConfirmScreen)
            assert "The latest answers are not saved." in shown(app)
            await press(pilot, "0", "enter")
        for action in ("app.new_case", "app.home"):
            await app.run_action(action)
            await pilot.pause()
            assert isinstance(app.screen, ConfirmScreen)
            await press(pilot, "0", "enter")
        folder.unlink()
        await press(pilot, "n")
        await ask(pilot, app)
        await press(pilot, key(item, 1), "enter", "escape")
        assert isinstance(app.screen, PracticeScreen)
    assert len(Store("Anna").load().progress.halves[WALK].given) == 2


@pytest.mark.parametrize("id_", [WALK, CALIBRATE])
async def test_keys_typed_ahead_of_the_marks_are_no_answer(id_: str) -> None:
    """Keys faster than they are taken in: none answers a question that was not shown."""
    app, item = practicing(id_), make(five_opinions(), id_)
    async with app.run_test(size=(140, 60)) as pilot:
        await ask(pilot, app)
        for _ in range(1 if item.stepwise else len(item.parts)):
            app.post_message(events.Key("enter", None))
        for typed in ("1", "enter"):
            app.post_message(events.Key(typed, None))
        await until(pilot, lambda: app.screen.has_class("-told"))
    progress = Store("Anna").load().progress
    if item.stepwise:
        assert len(progress.halves[id_].given) == 1
    else:
        assert [a.part for a in progress.answers] == [part.id for part in item.parts]


async def test_stepping_back_is_kept_too() -> None:
    """What is on the disk is what is on the screen: an answer taken back is not there."""
    app, item = practicing(CALIBRATE), make(five_opinions(), CALIBRATE)
    async with app.run_test(size=(100, 40)) as pilot:
        await ask(pilot, app)
        await press(pilot, key(item, 0), "enter")
        assert Store("Anna").load().progress.left(PRACTICE) == (CALIBRATE,)
        await press(pilot, "escape")
        assert not Store("Anna").load().progress.halves


async def test_going_elsewhere_leaves_a_drill_where_it_was() -> None:
    """The library opens above it, and Esc leads back to it."""
    app, item = practicing(WALK), make(five_opinions(), WALK)
    async with app.run_test(size=(100, 40)) as pilot:
        await ask(pilot, app)
        drill = app.screen
        await press(pilot, key(item, 0), "enter")
        await app.run_action("app.command('library')")
        await pilot.pause()
        assert app.screen is not drill
        await press(pilot, "escape")
        assert app.screen is drill


async def test_a_placement_is_not_left_without_a_word() -> None:
    """Between its drills and within them; the menu then offers to go on where it was left."""
    lib = five_opinions()
    ids = ("predict/lucero-v-clovis", "predict/bakalar-v-dunleavy")
    item = make(lib, ids[0])
    sitting = Sitting(lib, Store("Anna"), Round(ids, PLACEMENT, 1))
    app = QiWizard(lib, None, TODAY, practice=sitting)
    async with app.run_test(size=(120, 60), notifications=True) as pilot:
        await ask(pilot, app)
        await press(pilot, key(item, 0), "enter")
        await press(pilot, "escape")
        assert isinstance(app.screen, PracticeScreen)
        assert "at drill 2 of 2, question 1." in said(app)
        assert "Placement: resume at drill 2 of 10" in shown(app)


async def test_the_first_drill_of_a_placement_is_resumed(library: Library) -> None:
    """It is no drill of practice; its placement is taken up where it was left."""
    sitting = Sitting(library, Store("Anna"))
    item = make(library, WALK)
    first = Round((item.id,), PLACEMENT, 1)
    assert sitting.keep(first.answering(item.parts[0].options[0].id))[1] == ""
    app = practicing(library=library)
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.pause()
        assert "Resume:" not in shown(app)
        assert "1 Placement: resume at drill 1 of 10" in " ".join(shown(app).split())


async def test_the_start_is_reached_from_a_drill() -> None:
    """Its answers are kept, and that is said."""
    app, item = practicing(WALK), make(five_opinions(), WALK)
    async with app.run_test(size=(120, 60), notifications=True) as pilot:
        await ask(pilot, app)
        await press(pilot, key(item, 0), "enter")
        await app.run_action("app.home")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert "offers to resume this drill" in said(app)


async def test_drills_chosen_after_the_clerk_left_open_nothing() -> None:
    """They are chosen beside the screen, which can be left meanwhile."""
    app = practicing()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, PracticeScreen)
        await press(pilot, "escape")
        screen._begin(screen._sitting, Round((WALK,)))
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
