"""The comparison on the screen, by the keyboard alone."""

from __future__ import annotations

import pytest
from frames import TODAY, check_frame, frame, press, shown, text_of
from postures import library_of, with_orders
from summaries import session_on, steady
from textual.pilot import Pilot

from qiwizard.law.library import Library
from qiwizard.reasoning.forums import all_forums, compare
from qiwizard.reports.comparison import labels
from qiwizard.text import spell_date
from screens.app import QiWizard
from screens.compare import ComparisonScreen, ForumList
from screens.dialogs.ask import AskScreen
from screens.library import LibraryScreen
from screens.side_by_side import PairScreen
from screens.summary import SummaryScreen
from screens.widgets.page import Page

GOLDEN = [(80, 24), (140, 40)]
SIZES = [*GOLDEN, (60, 20), (40, 12)]


def settled() -> QiWizard:
    """The application on a session in which all was asked."""
    return QiWizard(steady(), session_on(), TODAY)


def split() -> Library:
    """A law on which the Ninth Circuit differs from all others."""
    everywhere = [
        f'{{ id = "case-{n}", court = "U.S.", question = "{question}", answer = "{answer}", '
        'force = "permits", pin = "7" }'
        for n, (question, answer) in enumerate(
            (("protection", "entitled"), ("limits", "none"), ("reach", "everyone"))
        )
    ]
    ninth = '{ id = "ninth", court = "9th Cir.", answer = "disfavored", force = "requires" }'
    return with_orders(library_of(*everywhere, ninth))


def divided() -> QiWizard:
    """The application on that law."""
    return QiWizard(split(), session_on(), TODAY)


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
        assert "D.N.M. is set aside" in shown(app)
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
        assert "move to the forum to compare" in text_of(app, "#compare-reason")


@pytest.mark.parametrize("size", GOLDEN)
async def test_any_two_side_by_side_and_their_authorities_read(size: tuple[int, int]) -> None:
    """Space takes the first, Enter the second; Enter on an authority reads it in the library."""
    app = settled()
    async with app.run_test(size=size) as pilot:
        await press(pilot, "s", "m", *["down"] * 4, "space")
        assert text_of(app, "#compare-note").startswith("◆ 5th Cir. compared")
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
        await press(pilot, "s", "m", "a", *"nowhere", "enter")
        assert isinstance(app.screen, AskScreen)
        assert "permitted" in shown(app)
        await press(pilot, *["backspace"] * 7, *"d.colo.", "enter")
        assert isinstance(app.screen, ComparisonScreen)
        assert at(app) == 13
        assert "▸ ≠ D. Colo." in shown(app) or "▸ D. Colo." in shown(app)
        await press(pilot, "home", "a", *"1/1/2012", "enter")
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


async def test_the_palette_leads_there() -> None:
    """Compare is among its commands."""
    app = settled()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        titles = {command.title for command in app.get_system_commands(app.screen)}
        assert "Compare" in titles


async def test_a_circuit_alone_needs_no_court_set_aside() -> None:
    """Without a court there is nothing to set aside."""
    app = QiWizard(steady(), session_on().answering(steady(), "court", None), TODAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "s", "m")
        assert isinstance(app.screen, ComparisonScreen)
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
