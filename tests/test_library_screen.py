"""The library: searched, narrowed, read from one authority to the next."""

from __future__ import annotations

from frames import (
    TODAY,
    press,
    shown,
    text_of,
)
from summaries import (
    Reading,
    page_text,
)

from qiwizard.law.citation import full_citation
from qiwizard.reasoning.shelf import TREATMENTS, shelve
from screens.library import LibraryScreen
from screens.summary import SummaryScreen
from screens.widgets.page import Page


async def test_the_library_is_searched_as_one_types() -> None:
    """Typing narrows the list; Enter reads; y copies; Esc goes back step by step."""
    async with Reading() as (app, pilot):
        await press(pilot, "l", *"maday dool")
        assert "Library · 1 of" in shown(app)
        await press(pilot, "enter")
        precedent = app.library.precedents["maday-v-dooley"]
        assert full_citation(precedent) in page_text(app)
        await press(pilot, "y")
        assert app.clipboard == full_citation(precedent)
        await press(pilot, "escape")
        assert isinstance(app.screen, LibraryScreen)
        assert "Library · 1 of" in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, SummaryScreen)


async def test_the_library_is_narrowed_by_circuit_doctrine_and_treatment() -> None:
    """F2, F3 and F4 pick from a list; the words typed stay, 0 lifts a filter again."""
    async with Reading() as (app, pilot):
        await press(pilot, "l", "f4")
        found = {word for entry in shelve(app.library, TODAY) for word in entry.treatments}
        labels = [word for word in TREATMENTS if word in found]
        await press(pilot, str(labels.index("limited") + 1))
        assert isinstance(app.screen, LibraryScreen)
        assert "limited" in text_of(app, "#library-head")
        assert "Butler" in shown(app)
        assert "Lucero" not in text_of(app, "#library-list")
        await press(pilot, "f2", "1", "0")
        assert "Tenth Circuit" in text_of(app, "#library-head")
        assert "0 of" in text_of(app, "#library-head")
        await press(pilot, "f4", "0", *"stay")
        assert "limited" not in text_of(app, "#library-head")
        assert "Lucero" in text_of(app, "#library-list")
        await press(pilot, "f3", "escape")
        assert isinstance(app.screen, LibraryScreen)


async def test_a_citation_is_copied_while_typing_and_said() -> None:
    """Ctrl+Y copies the entry at the caret; who relies on it stands in the reader."""
    async with Reading(size=(140, 40)) as (app, pilot):
        await press(pilot, "l", *"26(d)(1)", "ctrl+y")
        precedent = app.library.precedents["frcp-26-d-1"]
        assert app.clipboard == full_citation(precedent)
        text = page_text(app)
        assert "Who relies on it" in text
        assert "relies on it" in text.partition("Who relies on it")[2]


async def test_the_library_has_every_holding_and_the_decided_orders() -> None:
    """A precedent shows what it holds, when, and where; a decided order its facts."""
    async with Reading() as (app, pilot):
        await press(pilot, "l", *"maday dool", "enter")
        text = page_text(app)
        for holding in app.library.holdings_of(app.library.precedents["maday-v-dooley"]):
            assert " ".join(holding.says.split()) in text
            assert f"“{' '.join(holding.quote.split())}”" in text
        assert "pin not verified" in text
        assert "PARTIAL STAY" in text
        assert "Later history" in text
        order = app.library.orders[0]
        await press(pilot, "escape")
        await press(pilot, *(["backspace"] * 10), *order.caption[:8].lower().replace(" ", ""))
        await press(pilot, "enter")
        assert "kept as an example" in page_text(app)


async def test_one_authority_leads_to_another_and_back() -> None:
    """In the reader Enter opens the authority relied on; Esc returns to the first."""
    async with Reading() as (app, pilot):
        await press(pilot, "l", *"butler v. hern", "enter")
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
    async with Reading() as (app, pilot):
        await press(pilot, "l")
        first = app.screen.query_one(Page).text
        await press(pilot, "down", "down", "up", "enter")
        assert isinstance(app.screen, LibraryScreen)
        assert page_text(app) != first
        await press(pilot, "slash", *"zzzz")
        assert "Library · 0 of" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, LibraryScreen)
