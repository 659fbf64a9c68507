"""Practice at the terminal, by the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from frames import TODAY, check_frame, five_opinions, frame, new_app, press, shown, text_of
from textual import events
from textual.pilot import Pilot

from qiwizard.law.library import Library
from qiwizard.practice.drills import make
from qiwizard.practice.items import Item
from qiwizard.practice.progress import PLACEMENT, PRACTICE, SET, answered
from qiwizard.practice.results import ResultsFile, read_results
from qiwizard.practice.round import Round
from qiwizard.practice.sets import Wanted, made_set, read_set
from qiwizard.practice.sitting import Sitting, of_set, record
from qiwizard.practice.store import Store
from qiwizard.practice.waiting import waiting_words
from screens.app import QiWizard
from screens.dialogs.ask import AskScreen
from screens.dialogs.confirm import ConfirmScreen
from screens.home import HomeScreen
from screens.library import LibraryScreen
from screens.practice.drill import DrillScreen
from screens.practice.menu import PracticeScreen
from screens.practice.progress import ProgressScreen
from screens.widgets.choices import Choices
from screens.widgets.options import CARET
from screens.widgets.page import Page

SIZES = [(80, 24), (140, 40)]
WALK = "walk/lucero-v-clovis"


def practising(
    *ids: str, library: Library | None = None, read_first: bool = False, clerk: str = "Anna"
) -> QiWizard:
    """The application on a round of drills."""
    lib = library or five_opinions()
    first = Round(ids) if ids else None
    return QiWizard(
        lib, None, TODAY, practice=Sitting(lib, Store(clerk), first, read_first=read_first)
    )


async def until(pilot: Pilot[int], done: Callable[[], bool]) -> None:
    """Wait until something has come about."""
    while not done():
        await pilot.pause(0.01)
    await pilot.pause()


async def drawn(pilot: Pilot[int], app: QiWizard, key_says: str) -> None:
    """Wait until the foot of the screen, which is drawn last, names a key."""
    while key_says not in frame(app).splitlines()[-1]:
        await pilot.pause(0.01)


async def ask(pilot: Pilot[int], app: QiWizard) -> None:
    """See to it that the question is shown, and not the text alone."""
    await pilot.pause()
    if app.screen.has_class("-text"):
        await press(pilot, "t")


def said(app: QiWizard) -> str:
    """What the screen shows as running text, the edge of a notice left out."""
    return " ".join(shown(app).replace("▌", " ").split())


def key(item: Item, number: int, *, right: bool = True) -> str:
    """The key that answers a question of a drill."""
    part = item.parts[number]
    return next(str(part.number(o)) for o in part.options if (o.id in part.accepted) is right)


async def test_home_leads_to_practice_and_back() -> None:
    """By its number and by its key; Esc leads back."""
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "p")
        assert isinstance(app.screen, PracticeScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)
        number = next(
            line.split()[0].lstrip("▸") or line.split()[1]
            for line in frame(app).splitlines()
            if "Practice for clerks" in line
        )
        await press(pilot, number)
        assert isinstance(app.screen, PracticeScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_the_menu_as_it_looks(size: tuple[int, int]) -> None:
    """Everything there is to do, the first things first."""
    app = practising()
    async with app.run_test(size=size) as pilot:
        await drawn(pilot, app, "Clerk")
        check_frame(app, f"practice-menu-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", SIZES)
async def test_a_walk_as_it_looks(size: tuple[int, int]) -> None:
    """A step of a walk asked, and marked in the court's own words."""
    app = practising(WALK)
    item = make(five_opinions(), WALK)
    async with app.run_test(size=size) as pilot:
        await ask(pilot, app)
        await drawn(pilot, app, "Answer")
        check_frame(app, f"practice-walk-asked-{size[0]}x{size[1]}")
        await press(pilot, key(item, 0))
        await drawn(pilot, app, "Next")
        check_frame(app, f"practice-walk-marked-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", [(40, 12), (30, 10)])
async def test_a_drill_can_be_worked_in_a_small_window(size: tuple[int, int]) -> None:
    """The text first, then the question, then the marks, and on."""
    id_ = "predict/bakalar-v-dunleavy"
    app, item = practising(id_), make(five_opinions(), id_)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.screen.has_class("-text"))
        assert "A civil-rights suit" in shown(app)
        await press(pilot, "t")
        assert CARET in frame(app)
        await press(pilot, key(item, 0), key(item, 1))
        assert "Right" in shown(app) or "Not right" in shown(app)
        await press(pilot, "n")
        assert "The round is done" in shown(app)


@pytest.mark.parametrize("right", [True, False])
async def test_a_drill_from_the_first_question_to_the_last_source(right: bool) -> None:
    """Asked one by one, marked together, each source a stop that opens the library."""
    id_ = "predict/lucero-v-clovis"
    app, item = practising(id_), make(five_opinions(), id_)
    async with app.run_test(size=(120, 60)) as pilot:
        await ask(pilot, app)
        assert "Lucero" not in frame(app)
        await press(pilot, key(item, 0, right=right))
        assert "Your answer" not in frame(app)
        await press(pilot, key(item, 1, right=right))
        page = app.screen.query_one(Page)
        assert page.text.count("Your answer:") == 2
        assert ("✗" in page.text) is not right
        assert item.source.text in " ".join(page.text.split())
        await press(pilot, "enter")
        assert isinstance(app.screen, LibraryScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, DrillScreen)
        await press(pilot, "n")
        assert "The round is done" in shown(app)
        progress = Store("Anna").load().progress
        assert [a.right for a in progress.answers] == [right, right]
        await press(pilot, "escape")
        assert isinstance(app.screen, PracticeScreen)


async def test_words_come_first_in_a_walk_if_that_was_chosen() -> None:
    """And otherwise only after the answer."""
    item = make(five_opinions(), WALK)
    quote = " ".join(item.parts[0].words[0].quote.split()[:5])
    for clerk, read_first in (("Anna", True), ("Bert", False)):
        app = practising(WALK, read_first=read_first, clerk=clerk)
        async with app.run_test(size=(140, 60)) as pilot:
            await ask(pilot, app)
            assert (quote in shown(app)) is read_first
            await press(pilot, key(item, 0))
            assert quote in shown(app)
            await press(pilot, "n")
            assert item.parts[1].asks in text_of(app, "#drill-asks")


async def test_stepping_back_keeps_the_answer_under_the_caret() -> None:
    """Before a drill is marked every answer can be changed."""
    id_ = "predict/lucero-v-clovis"
    app = practising(id_)
    async with app.run_test(size=(120, 60)) as pilot:
        await ask(pilot, app)
        await press(pilot, "3", "escape")
        marked = app.screen.query_one(Choices).marked
        assert marked is not None
        assert marked.value == "limited_discovery"
        assert marked.remark == "your answer"


async def test_leaving_in_the_middle_loses_nothing_and_does_not_ask() -> None:
    """A walk half walked: it is said that it is kept, and the menu offers to go on with it."""
    app, item = practising(WALK, read_first=True), make(five_opinions(), WALK)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await ask(pilot, app)
        await press(pilot, key(item, 0), "escape")
        assert isinstance(app.screen, PracticeScreen)
        assert "practice offers to go on with this drill" in said(app)
        assert "Go on: Walk an opinion, question 2" in shown(app)
        assert not Store("Anna").load().progress.answers
        await press(pilot, "1")
        await until(pilot, lambda: isinstance(app.screen, DrillScreen))
        await ask(pilot, app)
        assert item.parts[1].asks in text_of(app, "#drill-asks")
        assert "The court's own words" in app.screen.query_one(Page).text
        for number in range(1, len(item.parts)):
            await ask(pilot, app)
            await press(pilot, key(item, number), "n")
        assert "The round is done" in shown(app)
    progress = Store("Anna").load().progress
    assert [a.right for a in progress.answers] == [True] * len(item.parts)
    assert not progress.halves


async def test_leaving_after_the_marks_keeps_the_drill() -> None:
    """What was marked counts."""
    id_ = "predict/lucero-v-clovis"
    app, item = practising(id_), make(five_opinions(), id_)
    async with app.run_test(size=(100, 40)) as pilot:
        await ask(pilot, app)
        await press(pilot, key(item, 0), key(item, 1), "escape")
        assert isinstance(app.screen, PracticeScreen)
    assert Store("Anna").load().progress.seen() == {id_}


async def test_a_drill_counts_as_soon_as_it_is_marked() -> None:
    """However the program ends while the marks are read."""
    id_ = "predict/lucero-v-clovis"
    app, item = practising(id_), make(five_opinions(), id_)
    async with app.run_test(size=(100, 40)) as pilot:
        await ask(pilot, app)
        await press(pilot, key(item, 0), key(item, 1))
        assert Store("Anna").load().progress.seen() == {id_}
        await press(pilot, "q")
        assert app.return_code == 0
    assert len(Store("Anna").load().progress.answers) == 2


async def test_quitting_in_the_middle_of_a_drill_says_where_it_goes_on() -> None:
    """Nothing is lost, so nothing is asked; the last words name the way back."""
    app, item = practising(WALK), make(five_opinions(), WALK)
    async with app.run_test(size=(100, 40)) as pilot:
        await ask(pilot, app)
        await press(pilot, key(item, 0))
        await app.run_action("app.library")
        assert app.last_words() == [
            "The answers are kept: practice offers to go on with this drill."
        ]
        await press(pilot, "ctrl+q")
        assert app.return_code == 0
    assert Store("Anna").load().progress.left(PRACTICE) == (WALK,)


async def test_answers_that_cannot_be_kept_are_asked_about(home: Path) -> None:
    """Every way out of the drill asks; once they can be kept again, none does."""
    folder = Store("Anna").path.parent
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way")
    app, item = practising(WALK), make(five_opinions(), WALK)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await ask(pilot, app)
        await press(pilot, key(item, 0))
        assert "Not kept:" in shown(app)
        for way in ("escape", "ctrl+q"):
            await press(pilot, way)
            assert isinstance(app.screen, ConfirmScreen)
            assert "The latest answers are not kept." in shown(app)
            await press(pilot, "0")
        for action in ("app.new_session", "app.start"):
            await app.run_action(action)
            await pilot.pause()
            assert isinstance(app.screen, ConfirmScreen)
            await press(pilot, "0")
        folder.unlink()
        await press(pilot, "n")
        await ask(pilot, app)
        await press(pilot, key(item, 1), "escape")
        assert isinstance(app.screen, PracticeScreen)
    assert len(Store("Anna").load().progress.halves[WALK].given) == 2


@pytest.mark.parametrize("id_", [WALK, "predict/lucero-v-clovis"])
async def test_a_digit_typed_ahead_of_the_marks_is_no_answer(id_: str) -> None:
    """Keys faster than they are taken in: none answers a question that was not shown."""
    app, item = practising(id_), make(five_opinions(), id_)
    async with app.run_test(size=(140, 60)) as pilot:
        await ask(pilot, app)
        for number in range(1 if item.stepwise else len(item.parts)):
            app.post_message(events.Key(key(item, number), None))
        for typed in "11":
            app.post_message(events.Key(typed, typed))
        await until(pilot, lambda: app.screen.has_class("-told"))
        assert app.screen.query_one(Page).text.count("Your answer:") >= 1
    progress = Store("Anna").load().progress
    if item.stepwise:
        assert len(progress.halves[id_].given) == 1
    else:
        assert [a.part for a in progress.answers] == [part.id for part in item.parts]


async def test_stepping_back_is_kept_too() -> None:
    """What is on the disk is what is on the screen: an answer taken back is not there."""
    id_ = "predict/lucero-v-clovis"
    app, item = practising(id_), make(five_opinions(), id_)
    async with app.run_test(size=(100, 40)) as pilot:
        await ask(pilot, app)
        await press(pilot, key(item, 0))
        assert Store("Anna").load().progress.left(PRACTICE) == (id_,)
        await press(pilot, "escape")
        assert not Store("Anna").load().progress.halves


async def test_going_elsewhere_leaves_a_drill_where_it_was() -> None:
    """The menu and the summary that lie beneath a drill are opened anew above it."""
    app, item = practising(), make(five_opinions(), WALK)
    async with app.run_test(size=(100, 40)) as pilot:
        await app.run_action("app.summary")
        await app.run_action("app.practice")
        drill = DrillScreen(Sitting(app.library, Store("Anna")), Round((WALK,)))
        await app.push_screen(drill)
        await ask(pilot, app)
        await press(pilot, key(item, 0))
        await app.run_action("app.summary")
        assert drill in app.screen_stack
        await press(pilot, "escape")
        assert app.screen is drill


async def test_a_long_text_is_shown_alone_first() -> None:
    """On a small screen the text comes before its question; t changes between them."""
    app = practising("predict/bakalar-v-dunleavy")
    async with app.run_test(size=(60, 16)) as pilot:
        await until(pilot, lambda: app.screen.has_class("-text"))
        assert not app.screen.query_one(Choices).display
        assert isinstance(app.focused, Page)
        await press(pilot, "t")
        assert isinstance(app.focused, Choices)
        await press(pilot, "1")
        assert "How sure" in text_of(app, "#drill-asks")


async def test_from_the_menu_to_a_walk_and_to_the_progress(tmp_path: Path) -> None:
    """The sub-menu of opinions, the figures, and their export."""
    app = practising()
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await press(pilot, "7")
        assert "Lucero: read the court's words, then answer" in shown(app)
        await press(pilot, "3")
        await until(pilot, lambda: isinstance(app.screen, DrillScreen))
        await press(pilot, "escape", "escape", "8")
        assert isinstance(app.screen, ProgressScreen)
        assert "Nothing has been practised yet." in shown(app)
        await press(pilot, "e")
        assert isinstance(app.screen, AskScreen)
        path = tmp_path / "p.csv"
        await press(pilot, "end", "ctrl+u", *str(path), "enter")
        assert isinstance(app.screen, ProgressScreen)
        assert path.read_text(encoding="utf-8").startswith("clerk,when,item")
        await press(pilot, "e", "end", "ctrl+u", *str(path), "enter")
        assert "exists already" in shown(app)


async def test_a_round_is_chosen_from_the_menu() -> None:
    """Code the order, from the menu to its first question."""
    app = practising()
    async with app.run_test(size=(100, 40)) as pilot:
        await press(pilot, "3")
        await until(pilot, lambda: isinstance(app.screen, DrillScreen))
        assert "drill 1 of 6" in text_of(app, "#drill-head")


async def test_another_clerk_takes_over() -> None:
    """By name; one that will not do is refused in the dialog."""
    app = practising()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "c", "end", "ctrl+u", "enter")
        assert "permitted: 1 to 64" in shown(app)
        await press(pilot, *"Bert", "enter")
        assert "Clerk: Bert." in shown(app)


async def test_a_damaged_file_is_told_on_the_screen() -> None:
    """It is set aside, and practice goes on."""
    store = Store("Anna")
    store.path.parent.mkdir(parents=True)
    store.path.write_text("{", encoding="utf-8")
    app = practising()
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
    sitting = Sitting(library, Store("Anna"), of_set(practice_set, ()), results)
    app = QiWizard(library, None, TODAY, practice=sitting)
    async with app.run_test(size=(120, 50)) as pilot:
        for number in (1, 2):
            await ask(pilot, app)
            await press(pilot, "1", "1", "n")
            assert len(read_results(results.path, library).answers) == 2 * number
        assert "r.toml" in shown(app)
    assert {a.mode for a in Store("Anna").load().progress.answers} == {SET}


async def test_reviews_that_are_due_show_at_home(library: Library) -> None:
    """One clerk: the number; several: by name. Nothing where nothing is due or readable."""
    assert waiting_words() == ""
    long_ago = datetime.now(UTC) - timedelta(days=90)
    item = make(library, "predict/lucero-v-clovis")
    given = [answered(item, p, p.options[0].id, long_ago) for p in item.parts]
    record(Store("Anna"), tuple(given))
    assert waiting_words() == "1 review due"
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Practice for clerks (1 review due)" in shown(app)
        await press(pilot, "p")
        assert "Clerk: Anna." in shown(app)
        assert "Reviews: 1 due" in shown(app)
    record(Store("Bert"), tuple(given))
    assert waiting_words() == "reviews due: Anna 1, Bert 1"
    for clerk in ("Anna", "Bert"):
        Store(clerk).path.write_text("{", encoding="utf-8")
    assert waiting_words() == ""


async def test_a_placement_is_not_left_without_a_word() -> None:
    """Between its drills and within them; the menu then offers to go on where it was left."""
    lib = five_opinions()
    ids = ("predict/lucero-v-clovis", "predict/bakalar-v-dunleavy")
    item = make(lib, ids[0])
    sitting = Sitting(lib, Store("Anna"), Round(ids, PLACEMENT, 1))
    app = QiWizard(lib, None, TODAY, practice=sitting)
    async with app.run_test(size=(120, 60), notifications=True) as pilot:
        await ask(pilot, app)
        await press(pilot, *(key(item, n) for n in range(len(item.parts))))
        await press(pilot, "escape")
        assert isinstance(app.screen, PracticeScreen)
        assert "at drill 2 of 2, question 1." in said(app)
        assert "Placement: go on at drill 2 of 8" in shown(app)


async def test_the_first_drill_of_a_placement_is_gone_on_with(library: Library) -> None:
    """It is no drill of practice; its placement is taken up where it was left."""
    sitting = Sitting(library, Store("Anna"))
    first = sitting.placement()
    item = first.item(library)
    assert sitting.keep(first.answering(item.parts[0].options[0].id)) == ""
    app = practising(library=library)
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.pause()
        assert "Go on:" not in shown(app)
        assert "1 Placement: go on at drill 1 of 8" in " ".join(shown(app).split())
        await press(pilot, "1")
        await until(pilot, lambda: isinstance(app.screen, DrillScreen))
        assert f"question 2 of {len(item.parts)}" in text_of(app, "#drill-head")


async def test_a_digit_and_n_lead_from_the_text_to_its_question() -> None:
    """No key is dead there, and Esc leaves as it does on the question."""
    app = practising("predict/lucero-v-clovis")
    async with app.run_test(size=(80, 16)) as pilot:
        for pressed in ("2", "n", "t"):
            await until(pilot, lambda: app.screen.has_class("-text"))
            await press(pilot, pressed)
            assert not app.screen.has_class("-text")
            assert isinstance(app.screen, DrillScreen)
            await press(pilot, "t")
        await press(pilot, "escape")
        assert isinstance(app.screen, PracticeScreen)


async def test_the_start_is_reached_from_a_drill() -> None:
    """Its answers are kept, and that is said."""
    app, item = practising(WALK), make(five_opinions(), WALK)
    async with app.run_test(size=(120, 60), notifications=True) as pilot:
        await ask(pilot, app)
        await press(pilot, key(item, 0))
        app.action_start()
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert "practice offers to go on with this drill" in said(app)


async def test_drills_chosen_after_the_clerk_left_open_nothing() -> None:
    """They are chosen beside the screen, which can be left meanwhile."""
    app = practising()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, PracticeScreen)
        await press(pilot, "escape")
        screen._begin(screen._sitting, screen._offered[0], Round((WALK,)))
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
