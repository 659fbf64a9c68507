"""The comparison at the terminal, by the keyboard alone."""

from __future__ import annotations

import pytest
from frames import NOW, TODAY, check_frame, five_opinions, frame, new_app, press, shown, text_of
from qiwizard.reasoning.compare import all_forums, compare
from summaries import session_on
from textual.pilot import Pilot
from textual.screen import Screen

from qiwizard.law.citation import spell_date
from qiwizard.reports.comparison import labels
from qiwizard.sessions.session import Session
from screens.app import QiWizard
from screens.compare import ComparisonScreen
from screens.dialogs.ask import AskScreen
from screens.home import HomeScreen
from screens.library import LibraryScreen
from screens.pair import PairScreen
from screens.summary import SummaryScreen
from screens.widgets.forum_list import ForumList
from screens.widgets.page import Page

GOLDEN = [(80, 24), (140, 40)]
SIZES = [*GOLDEN, (60, 20), (40, 12)]


def settled() -> QiWizard:
    """The application on a session in which all was asked."""
    return new_app(session_on())


def divided() -> QiWizard:
    """The application on the facts of an order on which the circuits of the library divide."""
    session = Session.new(TODAY, NOW)
    for name, value in five_opinions().precedents["maday-v-dooley"].facts.items():
        session = session.answering(five_opinions(), name, value)
    return new_app(session)


async def resize(pilot: Pilot[int], size: tuple[int, int]) -> None:
    """Resize the terminal, and wait until the screen has taken it in."""
    await pilot.resize_terminal(*size)
    while pilot.app.screen.size != size:
        await pilot.pause()
    await pilot.pause()


def at(app: QiWizard) -> int | None:
    """The row of the caret."""
    return app.screen.query_one(ForumList).highlighted


async def test_thirteen_forums_at_a_glance() -> None:
    """Every circuit and the forum as stated, with outcome, strength and reason."""
    app = settled()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "s", "m")
        assert isinstance(app.screen, ComparisonScreen)
        posture = app.session.posture
        comparison = compare(app.library, posture, all_forums(app.library, posture, TODAY))
        rows = frame(app).splitlines()
        for name, column in zip(labels(comparison), comparison.columns, strict=True):
            word = app.library.outcomes[column.ruling.outcome].label.upper()
            assert any(
                f"{name} " in row and f"{word} " in row and column.ruling.strength.word in row
                for row in rows
            )
        assert "D.N.M., the court stated, is set aside" in shown(app)
        session = app.session
        await press(pilot, "escape")
        assert isinstance(app.screen, SummaryScreen)
        assert app.session is session


async def test_another_outcome_is_marked() -> None:
    """By a sign, whichever forum the others are set beside."""
    app = divided()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "s", "m")
        assert "≠ 9th Cir." in shown(app)
        assert "≠ 8th Cir." not in shown(app)
        await press(pilot, *["down"] * 8, "space")
        assert "▸ ◆ 9th Cir." in shown(app)
        assert "≠ 8th Cir." in shown(app)


async def test_the_reason_follows_the_caret() -> None:
    """Moving says why that forum comes out as it does."""
    app = settled()
    async with app.run_test(size=(140, 40)) as pilot:
        await press(pilot, "s", "m")
        assert at(app) == 1
        assert text_of(app, "#compare-reason").startswith("1st Cir.: ")
        await press(pilot, "down")
        assert text_of(app, "#compare-reason").startswith("2d Cir.: ")
        await press(pilot, "home", "enter")
        assert isinstance(app.screen, ComparisonScreen)
        assert "move to the one to set beside it" in text_of(app, "#compare-reason")


@pytest.mark.parametrize("size", GOLDEN)
async def test_any_two_side_by_side_and_their_authorities_read(size: tuple[int, int]) -> None:
    """Space takes the first, Enter the second; Enter on an authority reads it in the library."""
    app = settled()
    async with app.run_test(size=size) as pilot:
        await press(pilot, "s", "m", *["down"] * 4, "space")
        assert text_of(app, "#compare-note").startswith("◆ 5th Cir. against")
        await press(pilot, "end", "up", "enter")
        assert isinstance(app.screen, PairScreen)
        pages = [page for page in app.screen.query(Page) if page.display]
        assert len(pages) == (2 if size[0] >= 100 else 1)
        text = " ".join(page.text for page in pages)
        assert "5th Cir." in text
        assert "11th Cir." in text
        await press(pilot, "escape")
        assert isinstance(app.screen, ComparisonScreen)
        assert at(app) == 11
        await press(pilot, "home", "enter")
        assert isinstance(app.screen, PairScreen)
        for _ in range(60):
            if isinstance(app.screen, LibraryScreen):
                break
            await press(pilot, "enter" if app.screen.query_one(Page).current else "down")
        assert isinstance(app.screen, LibraryScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, PairScreen)


async def test_two_columns_begin_each_question_on_one_line() -> None:
    """The questions on which the two differ stand beside one another."""
    app = settled()
    async with app.run_test(size=(140, 40)) as pilot:
        await press(pilot, "s", "m", "enter")
        one, other = (page.text.split("\n") for page in app.screen.query(Page))
        asks = [line for line in one if line.endswith("?")]
        assert asks
        for line in asks:
            assert one.index(line) == other.index(line)


async def test_a_district_and_a_day_are_added() -> None:
    """By name or date; what is neither is refused in the dialog; twice is once."""
    app = settled()
    async with app.run_test(size=(140, 40)) as pilot:
        await press(pilot, "s", "m", "a", *"D.", "space", *"Clo.", "enter")
        assert isinstance(app.screen, AskScreen)
        assert "did you mean" in shown(app)
        await press(pilot, *["backspace"] * 7, *"d.colo.", "enter")
        assert isinstance(app.screen, ComparisonScreen)
        assert at(app) == 13
        assert "▸ ≠ D. Colo." in shown(app) or "▸ D. Colo." in shown(app)
        await press(pilot, "home", "a", *"2012-01-01", "enter")
        assert at(app) == 14
        assert "D.N.M. (as stated), Jan. 1, 2012" in shown(app)
        assert f"D. Colo., {spell_date(TODAY)}" in shown(app)
        await press(pilot, "home", "a", *"d.colo.", "enter")
        assert at(app) == 13
        await press(pilot, "a", "escape")
        assert at(app) == 13


async def test_another_answer_is_ruled_on_anew() -> None:
    """The comparison follows the session."""
    app = settled()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "s", "m")
        before = frame(app)
        app.keep(app.session.answering(app.library, "motion", "none"))
        await press(pilot, "question_mark", "escape")
        assert isinstance(app.screen, ComparisonScreen)
        assert frame(app) != before


async def test_home_and_palette_lead_there() -> None:
    """From the start, by its key and by its offer; from anywhere by the palette."""
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "m")
        assert isinstance(app.screen, ComparisonScreen)
        assert "No fact of the case is stated yet" in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)
        await press(pilot, "4")
        assert isinstance(app.screen, ComparisonScreen)
        screen: Screen[object] = app.screen_stack[-1]
        assert "Compare" in {command.title for command in app.get_system_commands(screen)}


async def test_a_circuit_alone_needs_no_court_set_aside() -> None:
    """Without a court there is nothing to set aside."""
    session = Session.new(TODAY).answering(five_opinions(), "circuit", "tenth")
    app = new_app(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape", "m")
        assert "set aside" not in shown(app)
        assert "10th Cir. (as stated)" in shown(app)


@pytest.mark.parametrize("size", SIZES)
async def test_every_size_works(size: tuple[int, int]) -> None:
    """From the list to a pair and back, and through a change of size."""
    app = settled()
    async with app.run_test(size=size) as pilot:
        await press(pilot, "s", "m", "end", "enter", "pagedown", "end", "escape", "home")
        assert isinstance(app.screen, ComparisonScreen)
        assert at(app) == 0
        assert "STAY" in shown(app)
        await press(pilot, "down", "enter")
        await resize(pilot, (140, 40))
        assert len([page for page in app.screen.query(Page) if page.display]) == 2
        await resize(pilot, size)
        assert isinstance(app.screen, PairScreen)


@pytest.mark.parametrize("size", GOLDEN)
async def test_frames(size: tuple[int, int]) -> None:
    """The comparison and a pair look as they should."""
    app = divided()
    name = f"{size[0]}x{size[1]}"
    async with app.run_test(size=size) as pilot:
        await press(pilot, "s", "m", *["down"] * 8)
        check_frame(app, f"compare-{name}")
        await press(pilot, "enter")
        check_frame(app, f"pair-{name}")
