"""The library: searched, narrowed, read from one authority to the next."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from frames import TODAY, new_app, press, shown, text_of
from textual.pilot import Pilot

from qiwizard.law.citation import abbreviated, full_citation
from qiwizard.law.shipped import shipped_library
from qiwizard.reasoning.catalogue import TREATMENTS, shelve
from screens.app import QiWizard
from screens.home import HomeScreen
from screens.library import LibraryScreen
from screens.widgets.page import Page


@asynccontextmanager
async def reading(
    size: tuple[int, int] = (80, 24), *, shipped: bool = False
) -> AsyncIterator[tuple[QiWizard, Pilot[int]]]:
    """The application on the library, opened from the first screen."""
    app = QiWizard(shipped_library(), None, TODAY) if shipped else new_app()
    async with app.run_test(size=size) as pilot:
        await press(pilot, "l")
        assert isinstance(app.screen, LibraryScreen)
        yield app, pilot


def page_text(app: QiWizard) -> str:
    """The text of the reader on one line."""
    return " ".join(app.screen.query_one(Page).text.split())


async def test_the_library_is_searched_as_one_types() -> None:
    """Typing narrows the list; Enter reads; y copies; Esc goes back step by step."""
    async with reading(shipped=True) as (app, pilot):
        await press(pilot, *"jiron")
        assert "Library · 1 of" in shown(app)
        await press(pilot, "enter")
        precedent = app.library.precedents["jiron-v-lakewood"]
        assert full_citation(precedent) in page_text(app)
        await press(pilot, "y")
        assert app.clipboard == full_citation(precedent)
        await press(pilot, "escape")
        assert isinstance(app.screen, LibraryScreen)
        assert "Library · 1 of" in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_the_library_is_narrowed_by_circuit_doctrine_and_treatment() -> None:
    """F2, F3 and F4 pick from a list; the words typed stay, 0 lifts a filter again."""
    async with reading(shipped=True) as (app, pilot):
        found = {word for entry in shelve(app.library, TODAY) for word in entry.treatments}
        labels = [word for word in TREATMENTS if word in found]
        await press(pilot, "f4", *str(labels.index("example") + 1), "enter")
        assert isinstance(app.screen, LibraryScreen)
        assert "example" in text_of(app, "#library-head")
        await press(pilot, *"jiron")
        assert "0 of" in text_of(app, "#library-head")
        await press(pilot, "f4", "0", "enter", "f2", "1", "0", "enter")
        assert "Tenth Circuit" in text_of(app, "#library-head")
        assert "Jiron" in text_of(app, "#library-list")
        await press(pilot, "f3", "escape")
        assert isinstance(app.screen, LibraryScreen)


@pytest.mark.parametrize("size", [(80, 24), (140, 40), (40, 12)])
async def test_a_search_that_finds_nothing_says_so(size: tuple[int, int]) -> None:
    """One sentence in place of the list, which Enter and the arrows do not open."""
    async with reading(size, shipped=True) as (app, pilot):
        await press(pilot, *"harlow", "f3", "1", "enter")
        assert "Library · 0 of" in shown(app)
        assert "Nothing in this list matches." in shown(app)
        await press(pilot, "down", "up", "enter", "ctrl+y")
        assert "Nothing in this list matches." in shown(app)
        assert not app.clipboard
        await pilot.resize_terminal(60, 20)
        await press(pilot)
        assert "Nothing in this list matches." in shown(app)
        await press(pilot, "f3", "0", "enter")
        assert "Nothing in this list matches." not in shown(app)
        assert "Harlow" in text_of(app, "#library-list")


async def test_a_citation_is_copied_while_typing_and_said() -> None:
    """Ctrl+Y copies the entry at the mark; what cites it stands in the reader."""
    async with reading((140, 40), shipped=True) as (app, pilot):
        await press(pilot, *"jiron", "ctrl+y")
        precedent = app.library.precedents["jiron-v-lakewood"]
        assert app.clipboard == full_citation(precedent)
        assert "relies on it" in page_text(app).partition("Cited by")[2]


async def test_the_library_has_every_holding_and_the_decided_orders() -> None:
    """A precedent shows what it holds, when, and where; a decided order its facts."""
    async with reading(shipped=True) as (app, pilot):
        await press(pilot, *"jiron", "enter")
        text = page_text(app)
        for holding in app.library.holdings_of(app.library.precedents["jiron-v-lakewood"]):
            assert " ".join(holding.says.split()) in text
        order = app.library.orders[0]
        await press(pilot, "escape", *(["backspace"] * 5), *order.caption.partition(" v.")[0])
        await press(pilot, "enter")
        assert abbreviated(order.caption) in page_text(app)


async def test_one_authority_leads_to_another_and_back() -> None:
    """In the reader Enter opens the authority relied on; Esc returns to the first."""
    async with reading() as (app, pilot):
        await press(pilot, *"butler v. hern", "enter")
        first = page_text(app)
        await press(pilot, "end", "enter")
        second = page_text(app)
        known = app.library.precedents["butler-v-hernandez"].relies_on
        if any(id_ in app.library.precedents for id_ in known):
            assert second != first
            await press(pilot, "escape")
        assert page_text(app) == first


async def test_the_list_is_walked_while_typing() -> None:
    """Up and down move in the list with the caret in the search field."""
    async with reading() as (app, pilot):
        first = app.screen.query_one(Page).text
        await press(pilot, "down", "down", "up", "enter")
        assert isinstance(app.screen, LibraryScreen)
        assert page_text(app) != first
        await press(pilot, "slash", *"zzzz")
        assert "Library · 0 of" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, LibraryScreen)
