"""Practice at the terminal, by the keyboard alone."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from frames import TODAY, check_frame, five_opinions, frame, new_app, press, shown, text_of
from practicing import SIZES, WALK, ask, drawn, key, practicing, until

from qiwizard.law.library import Library
from qiwizard.law.shipped import shipped_library
from qiwizard.practice.drills import make
from qiwizard.practice.progress import SET, Round
from qiwizard.practice.sets import ResultsFile, Wanted, made_set, read_results, read_set
from qiwizard.practice.sitting import Sitting
from qiwizard.practice.store import Store
from screens.app import QiWizard
from screens.dialogs.ask import AskScreen
from screens.home import HomeScreen
from screens.library import LibraryScreen
from screens.practice.drill import DrillScreen
from screens.practice.menu import PracticeScreen
from screens.practice.progress import ProgressScreen
from screens.widgets.choices import Choices
from screens.widgets.options import CARET
from screens.widgets.page import Page


async def test_home_leads_to_practice_and_back() -> None:
    """By its number and by its key; Esc leads back."""
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "p")
        assert isinstance(app.screen, PracticeScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)
        number = re.search(r"(\d) Practice for clerks", frame(app))
        assert number is not None
        await press(pilot, number[1], "enter")
        assert isinstance(app.screen, PracticeScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_the_menu_as_it_looks(size: tuple[int, int]) -> None:
    """Everything there is to do, the first things first."""
    app = practicing()
    async with app.run_test(size=size) as pilot:
        await drawn(pilot, app, "Clerk")
        check_frame(app, f"practice-menu-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", SIZES)
async def test_a_walk_as_it_looks(size: tuple[int, int]) -> None:
    """A step of a walk asked, and marked in the court's own words."""
    app = practicing(WALK)
    item = make(five_opinions(), WALK)
    async with app.run_test(size=size) as pilot:
        await ask(pilot, app)
        await drawn(pilot, app, "Select")
        check_frame(app, f"practice-walk-asked-{size[0]}x{size[1]}")
        await press(pilot, key(item, 0), "enter")
        await drawn(pilot, app, "Next")
        check_frame(app, f"practice-walk-marked-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", [(40, 12), (30, 10)])
async def test_a_drill_can_be_worked_in_a_small_window(size: tuple[int, int]) -> None:
    """The text first, then the question, then the marks, and on."""
    id_ = "predict/bakalar-v-dunleavy"
    app, item = practicing(id_), make(five_opinions(), id_)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.screen.has_class("-text"))
        assert "civil-rights action" in shown(app)
        await press(pilot, "t")
        assert CARET in frame(app)
        await press(pilot, key(item, 0), "enter")
        assert "Correct: " in shown(app)
        await press(pilot, "n")
        assert "End of the round" in shown(app)


@pytest.mark.parametrize("right", [True, False])
async def test_a_drill_from_the_first_question_to_the_last_source(right: bool) -> None:
    """Marked in ten lines, the rest on request, each source a stop that opens the library."""
    id_ = "predict/lucero-v-clovis"
    app, item = practicing(id_), make(five_opinions(), id_)
    async with app.run_test(size=(120, 60)) as pilot:
        await ask(pilot, app)
        assert "Lucero" not in frame(app)
        assert "orrect: " not in frame(app)
        await press(pilot, key(item, 0, right=right), "enter")
        page = app.screen.query_one(Page)
        assert ("✗ Incorrect: " in page.text) is not right
        assert len(page.text.splitlines()) <= 12
        assert "A near order" not in page.text
        await press(pilot, "m")
        assert "A near order" in page.text
        assert item.subject.source.text in " ".join(page.text.split())
        await press(pilot, "enter")
        assert isinstance(app.screen, LibraryScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, DrillScreen)
        await press(pilot, "n")
        assert "End of the round" in shown(app)
        progress = Store("Anna").load().progress
        assert [a.right for a in progress.answers] == [right]
        await press(pilot, "escape")
        assert isinstance(app.screen, PracticeScreen)


async def test_words_come_first_in_a_walk_if_that_was_chosen() -> None:
    """And otherwise only after the answer."""
    item = make(five_opinions(), WALK)
    quote = " ".join(item.parts[0].words[0].quote.split()[:5])
    for clerk, read_first in (("Anna", True), ("Bert", False)):
        app = practicing(WALK, read_first=read_first, clerk=clerk)
        async with app.run_test(size=(140, 60)) as pilot:
            await ask(pilot, app)
            assert (quote in shown(app)) is read_first
            await press(pilot, key(item, 0), "enter")
            assert quote in shown(app)
            await press(pilot, "n")
            assert item.parts[1].asks in text_of(app, "#drill-asks")


async def test_a_long_text_is_shown_alone_first() -> None:
    """On a small screen the text comes before its question; t changes between them."""
    app = practicing("predict/bakalar-v-dunleavy")
    async with app.run_test(size=(60, 16)) as pilot:
        await until(pilot, lambda: app.screen.has_class("-text"))
        assert not app.screen.query_one(Choices).display
        assert isinstance(app.focused, Page)
        await press(pilot, "t")
        assert isinstance(app.focused, Choices)
        await press(pilot, "1", "enter")
        assert app.screen.has_class("-told")


async def test_from_the_menu_to_a_walk_and_to_the_progress(tmp_path: Path) -> None:
    """The sub-menu of opinions, the figures, and their export."""
    app = practicing()
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await press(pilot, "9", "enter")
        assert "Lucero: read the court's words, then answer" in shown(app)
        await press(pilot, "3", "enter")
        await until(pilot, lambda: isinstance(app.screen, DrillScreen))
        await press(pilot, "escape", "escape", "1", "0", "enter")
        assert isinstance(app.screen, ProgressScreen)
        assert "Nothing has been practiced yet." in shown(app)
        await press(pilot, "e")
        assert isinstance(app.screen, AskScreen)
        path = tmp_path / "p.csv"
        await press(pilot, "end", "ctrl+u", *str(path), "enter")
        assert isinstance(app.screen, ProgressScreen)
        assert path.read_text(encoding="utf-8").startswith("\ufeffclerk,when,item")
        await press(pilot, "e", "end", "ctrl+u", *str(path), "enter")
        assert "exists already" in shown(app)
        assert "--force" not in shown(app)


async def test_the_progress_fits_a_screen_of_eighty_columns() -> None:
    """No row of its tables is broken over two lines."""
    lib, id_ = five_opinions(), "predict/lucero-v-clovis"
    app, item = practicing(id_), make(lib, id_)
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        await press(pilot, key(item, 0), "enter", "n", "escape", "1", "0", "enter")
        assert isinstance(app.screen, ProgressScreen)
        assert re.search(r"^ +Drill +asked +correct +rate *$", frame(app), re.MULTILINE)


async def test_the_progress_is_wrapped_once() -> None:
    """No line of a sentence ends before the page is full."""
    app = practicing("calibrate/lucero-v-clovis", library=shipped_library())
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app)
        for _ in make(shipped_library(), "calibrate/lucero-v-clovis").parts:
            await press(pilot, "6", "enter", "n")
        await press(pilot, "escape", "1", "0", "enter")
        assert isinstance(app.screen, ProgressScreen)
        page = app.screen.query_one(Page)
        lines = page.text.partition("\n\n")[0].splitlines()
        assert "from the law and the other orders" in " ".join(map(str.strip, lines))
        broken = [(a, b) for a, b in pairwise(lines) if not a.endswith(".")]
        assert broken
        assert all(len(a) + 1 + len(b.split()[0]) > page.prose_width for a, b in broken)


async def test_a_round_is_chosen_from_the_menu() -> None:
    """Predict the ruling, from the menu to its first question."""
    app = practicing()
    async with app.run_test(size=(100, 40)) as pilot:
        await press(pilot, "3", "enter")
        await until(pilot, lambda: isinstance(app.screen, DrillScreen))
        assert "drill 1 of 6" in text_of(app, "#drill-head")


async def test_another_clerk_takes_over() -> None:
    """By name; one that will not do is refused in the dialog."""
    app = practicing()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "c", "end", "ctrl+u", "enter")
        assert "permitted: 1 to 64" in shown(app)
        await press(pilot, *"Bert", "enter")
        assert "Clerk: Bert." in shown(app)
        await press(pilot, "c", *"Carl", "enter")
        assert "Clerk: Carl." in shown(app)


async def test_the_name_of_a_clerk_without_one_is_not_offered() -> None:
    """What is typed is the name, and nothing before it."""
    lib = five_opinions()
    app = QiWizard(lib, None, TODAY, practice=Sitting(lib, Store()))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "c", *"Ann", "enter")
        assert "Clerk: Ann." in shown(app)


async def test_a_damaged_file_is_told_on_the_screen() -> None:
    """It is set aside, and practice goes on."""
    store = Store("Anna")
    store.path.parent.mkdir(parents=True)
    store.path.write_text("{", encoding="utf-8")
    app = practicing()
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await pilot.pause()
        assert "set aside" in shown(app)
        assert list(store.path.parent.glob("*.damaged-*"))


async def test_markup_in_a_name_is_shown_as_it_is() -> None:
    """A clerk's name is text, wherever it stands."""
    lib = five_opinions()
    name = "[T]he [/] [red]"
    app = QiWizard(lib, None, TODAY, practice=Sitting(lib, Store(name), Round((WALK,))))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        assert name in shown(app)
        await ask(pilot, app)
        await press(pilot, "escape")
        assert isinstance(app.screen, PracticeScreen)
        assert name in shown(app)


async def test_a_set_ends_with_the_place_of_its_results(tmp_path: Path, library: Library) -> None:
    """Every drill of it is in the file as soon as it is done."""
    path = tmp_path / "set.toml"
    path.write_text(made_set(library, Wanted(drills=("predict",), number=2)), encoding="utf-8")
    practice_set = read_set(path, library)
    results = ResultsFile(tmp_path / "r.toml", practice_set, "Anna", library)
    sitting = Sitting(library, Store("Anna"), Round(practice_set.items, SET), results)
    app = QiWizard(library, None, TODAY, practice=sitting)
    async with app.run_test(size=(120, 50)) as pilot:
        for number in (1, 2):
            await ask(pilot, app)
            await press(pilot, "1", "enter", "n")
            assert len(read_results(results.path, library).answers) == number
        assert "r.toml" in shown(app)
    assert {a.mode for a in Store("Anna").load().progress.answers} == {SET}


async def test_a_digit_and_n_lead_from_the_text_to_its_question() -> None:
    """No key is dead there, and Esc leaves as it does on the question."""
    app = practicing("predict/lucero-v-clovis")
    async with app.run_test(size=(80, 16)) as pilot:
        for pressed in ("2", "n", "t"):
            await until(pilot, lambda: app.screen.has_class("-text"))
            await press(pilot, pressed)
            assert not app.screen.has_class("-text")
            assert isinstance(app.screen, DrillScreen)
            await press(pilot, "t")
        await press(pilot, "escape")
        assert isinstance(app.screen, PracticeScreen)
