"""The result on the screen: the card first, every other part of the report one key away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from frames import TODAY, check_frame, frame, press, shown
from summaries import CAPTION, GOLDEN, SIZES, Reading, page_text, reader, session_on, steady

from qiwizard.law.shipped import shipped_library
from qiwizard.reports.as_text import block_lines, order_text
from qiwizard.reports.blocks import Asks, Reads
from qiwizard.reports.card import card
from qiwizard.reports.order import order_draft
from qiwizard.reports.report import Report
from qiwizard.reports.sections import section
from qiwizard.reports.tables import computed_tables
from qiwizard.sessions.questions import REFINES, review
from qiwizard.sessions.session import Matter
from screens.app import QiWizard
from screens.dialogs.draft import DraftScreen
from screens.dialogs.export import ExportScreen
from screens.interview import InterviewScreen
from screens.library import LibraryScreen
from screens.review import ReviewScreen
from screens.side_by_side import WhatIfScreen
from screens.summary import NAMES, PARTS, SectionBar, SummaryScreen
from screens.widgets.page import Page
from screens.widgets.report import Opens

NASTY = "[T]he [/] [red] [sic]\x1b[31m\u202e"
NASTY_SHOWN = "[T]he [/] [red] [sic]<U+001B>[31m<U+202E>"


def flat(lines: Iterable[str]) -> str:
    """Lines as one text."""
    return " ".join(" ".join(lines).split())


def on_screen(app: QiWizard) -> SummaryScreen:
    """The screen of the result."""
    assert isinstance(app.screen, SummaryScreen)
    return app.screen


async def test_the_card_is_the_first_thing_shown() -> None:
    """Headline, standing, and every row of the card, without a key pressed."""
    async with Reading() as (app, _):
        drawn = card(Report(app.library, app.session))
        text = shown(app)
        assert drawn.headline in text
        assert drawn.standing in text
        for label in drawn.rows:
            assert f" {label} " in text
        assert CAPTION in text


@pytest.mark.parametrize("size", SIZES)
async def test_the_card_has_no_folds_to_open(size: tuple[int, int]) -> None:
    """`x` on it does nothing, and nor does an opened fold that comes after the return to it."""
    async with Reading(size=size) as (app, pilot):
        before = shown(app) if app.size.width < 132 else ""
        await press(pilot, "x")
        assert not before or shown(app) == before
        screen = on_screen(app)
        await press(pilot, "w", "escape")
        screen._follow(Page.Chosen(Opens("a")))
        await press(pilot)
        assert not before or shown(app) == before


async def test_a_click_on_a_title_shows_its_part() -> None:
    """As its key does."""
    async with Reading() as (app, pilot):
        screen = on_screen(app)
        titles = next(line for line in frame(app).splitlines() if "a Against" in line)
        await pilot.click(SectionBar, offset=(titles.index("a Against"), 0))
        await press(pilot)
        assert screen.part == "against"


@pytest.mark.parametrize("size", [(60, 20), (40, 12)])
async def test_a_click_on_an_arrow_turns_as_its_key_does(size: tuple[int, int]) -> None:
    """Where one title has room, the arrows beside it show the part before and after."""
    async with Reading(size=size) as (app, pilot):
        screen = on_screen(app)
        await press(pilot, "w")
        for arrow, part in (("→", "against"), ("→", "changes"), ("←", "against"), ("←", "why")):
            bar = next(line for line in frame(app).splitlines() if " of 7 " in line)
            await pilot.click(SectionBar, offset=(bar.index(arrow), 0))
            await press(pilot)
            assert screen.part == part


@pytest.mark.parametrize(("name", "key"), [(n, key) for n, (key, _) in PARTS.items() if key])
async def test_each_part_is_one_key_away(name: str, key: str) -> None:
    """The key shows that section of the report; Esc returns to the card."""
    async with Reading() as (app, pilot):
        await press(pilot, key)
        assert on_screen(app).part == name
        lines = block_lines(section(Report(app.library, app.session), name).blocks)
        told = "".join(c for c in flat(lines) if c.isalnum())
        shown_ = "".join(c for c in page_text(app) if c.isalnum())
        assert told[:80] in shown_
        headline = card(Report(app.library, app.session)).headline
        assert headline in shown(app)
        await press(pilot, "escape")
        assert on_screen(app).part == NAMES[0]


async def test_summary_returns_to_the_card() -> None:
    """By its key and its command in the palette; on the card it stays there."""
    async with Reading() as (app, pilot):
        for part in ("o", "w", "s"):
            await press(pilot, part, "s")
            assert on_screen(app).part == NAMES[0]
        await press(pilot, "o", "ctrl+p")
        (command,) = [c for c in app.get_system_commands(app.screen) if c.title == "Summary"]
        await press(pilot, "escape")
        command.callback()
        await press(pilot)
        assert on_screen(app).part == NAMES[0]


async def test_arrows_turn_the_parts_round() -> None:
    """Right and left go through all parts and back to the card."""
    async with Reading() as (app, pilot):
        for name in (*NAMES[1:], NAMES[0]):
            await press(pilot, "right")
            assert on_screen(app).part == name
        await press(pilot, "left")
        assert on_screen(app).part == NAMES[-1]


async def test_card_and_part_stand_side_by_side_where_there_is_room() -> None:
    """On a wide screen the reasons stand beside the card, and Esc leaves."""
    async with Reading(size=(140, 40)) as (app, pilot):
        drawn = card(Report(app.library, app.session))
        assert drawn.headline in shown(app)
        assert all(f" {label} " in shown(app) for label in drawn.rows)
        assert on_screen(app).part == "why"
        assert app.ruling.decisive[0].conclusion in page_text(app)
        await press(pilot, "a")
        assert on_screen(app).part == "against"
        await press(pilot, "escape")
        assert not isinstance(app.screen, SummaryScreen)


async def test_folds_open_and_close() -> None:
    """Enter opens a count and closes it; x opens everything."""
    async with Reading() as (app, pilot):
        await press(pilot, "w")
        closed = page_text(app)
        while not isinstance(reader(app).current, Opens):
            await pilot.press("down")
        await press(pilot, "enter")
        opened = page_text(app)
        assert len(opened) > len(closed)
        await press(pilot, "enter")
        assert page_text(app) == closed
        await press(pilot, "x")
        assert all(finding.conclusion in page_text(app) for finding in app.ruling.findings)


@pytest.mark.parametrize("key", ["w", "a", "u", "o"])
async def test_an_authority_is_read_and_left_again(key: str) -> None:
    """Enter or p reads the authority at the cursor; Esc comes back to the same part."""
    async with Reading() as (app, pilot):
        await press(pilot, key, "x")
        page, part = reader(app), on_screen(app).part
        while not isinstance(page.current, Reads):
            await pilot.press("down")
        wanted = page.current.id
        for read in ("enter", "p"):
            await press(pilot, read)
            if isinstance(app.screen, SummaryScreen):  # Enter first brings a line into sight
                await press(pilot, read)
            assert isinstance(app.screen, LibraryScreen)
            assert app.screen._read[-1] == wanted
            await press(pilot, "escape")
            assert on_screen(app).part == part


async def test_walking_reaches_every_stop_and_scrolls_through_the_prose() -> None:
    """Held down, the arrow ends at the last stop and at the bottom; up at the top again."""
    async with Reading() as (app, pilot):
        await press(pilot, "w", "x")
        page = reader(app)
        seen = [page.current]
        place = None
        while place != (page.scroll_offset, page.current):
            place = (page.scroll_offset, page.current)
            await pilot.press("down")
            if page.current is not seen[-1]:
                seen.append(page.current)
        assert page.scroll_offset.y == page.max_scroll_y
        stops = sum(block.leads is not None for block in page._blocks)
        assert len(seen) == stops
        await press(pilot, "home")
        assert page.scroll_offset.y == 0


@pytest.mark.parametrize("size", GOLDEN)
async def test_a_change_is_shown_beside_the_ruling(size: tuple[int, int]) -> None:
    """Enter on a change shows both rulings; nothing in the session is altered."""
    async with Reading(size=size) as (app, pilot):
        session = app.session
        await press(pilot, "f", "enter")
        assert isinstance(app.screen, WhatIfScreen)
        assert "With the change" in shown(app)
        assert "likelihood" in shown(app)
        await press(pilot, "escape")
        assert on_screen(app).part == "changes"
        assert app.session is session


async def test_an_unknown_fact_leads_to_its_question() -> None:
    """The stops under the card are the unknown facts that matter."""
    async with Reading() as (app, pilot):
        page = reader(app)
        assert isinstance(page.current, Asks)
        await press(pilot, "enter")
        if isinstance(app.screen, SummaryScreen):  # it may have to be brought into sight
            await press(pilot, "enter")
        assert isinstance(app.screen, InterviewScreen)
        assert app.screen.fact == "facts_needed"


async def test_keys_lead_to_the_draft_review_library_and_export() -> None:
    """d, r, l, e and i open the screens they name."""
    async with Reading() as (app, pilot):
        for key, screen in (
            ("d", DraftScreen),
            ("r", ReviewScreen),
            ("l", LibraryScreen),
            ("e", ExportScreen),
            ("i", ReviewScreen),
        ):
            await press(pilot, key)
            assert isinstance(app.screen, screen)
            await press(pilot, "escape")
            assert isinstance(app.screen, SummaryScreen)


@pytest.mark.parametrize("way", ["", "r"], ids=["new", "open already"])
async def test_more_facts_begins_at_the_first_that_refines(way: str) -> None:
    """The review opens at that fact, and Enter asks it; a fact marked before does not count."""
    session = session_on().clearing("facts_needed") if way else session_on()
    app = QiWizard(shipped_library(), session, TODAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        rows = review(app.library, app.session)
        first = next(row for row in rows if row.remark == REFINES)
        if way:
            await press(pilot, "r", "s")
            assert [type(s) for s in app.screen_stack[-2:]] == [ReviewScreen, SummaryScreen]
        await press(pilot, "i")
        assert isinstance(app.screen, ReviewScreen)
        assert app.screen.current == first.question.id
        assert f"▸ {first.number:>2} " in frame(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, InterviewScreen)
        assert app.screen.fact == first.question.id


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_the_draft_order_is_wrapped_once(size: tuple[int, int]) -> None:
    """Word for word the order of the file, with no orphaned line breaks."""
    async with Reading(size=size) as (app, pilot):
        await press(pilot, "d")
        text = page_text(app)
        draft = order_draft(Report(app.library, app.session))
        for block in draft.body:
            assert " ".join(block.text.split()) in text
        words = order_text(draft).split()
        assert [w for w in text.split() if w not in words] == []


async def test_a_changed_answer_changes_the_card() -> None:
    """The card is drawn again when the session has changed under it."""
    async with Reading() as (app, pilot):
        await press(pilot, "l")
        app.keep(app.session.answering(app.library, "motion", "denied"))
        await press(pilot, "escape")
        assert card(Report(app.library, app.session)).headline in shown(app)
        assert "has denied Defendants" in shown(app)


async def test_without_essential_facts_there_is_no_ruling_to_see() -> None:
    """The card names what is missing; no part, no draft."""
    async with Reading() as (app, pilot):
        await press(pilot, "l")
        session = app.session
        app.keep(session.clearing("request"))
        await press(pilot, "escape")
        assert "Not enough facts yet" in shown(app)
        assert "Still needed: request before the court." in shown(app)
        for outcome in app.library.outcomes.values():
            assert outcome.label.upper() not in shown(app)
        await press(pilot, "w", "d")
        assert on_screen(app).part == NAMES[0]


async def test_a_recorded_ruling_is_compared_with_today_until_it_is_adopted() -> None:
    """An opened file says what changed since; y adopts today's law."""
    then = session_on(date(2015, 1, 1))
    filed = computed_tables(Report(steady(), then))
    filed["ruling"] = {**filed["ruling"], "outcome": "no_stay", "strength": "contested"}
    async with Reading(replace(then, recorded=MappingProxyType(filed))) as (app, pilot):
        assert "What changed since" in page_text(app)
        assert "y adopts today's law." in page_text(app)
        await press(pilot, "y")
        assert app.session.recorded is None
        assert app.session.as_of == TODAY
        assert "What changed since" not in page_text(app)


async def test_todays_ruling_is_not_offered_for_adoption() -> None:
    """A file written today and opened unchanged has nothing to adopt."""
    now = session_on(TODAY)
    filed = MappingProxyType(computed_tables(Report(steady(), now)))
    async with Reading(replace(now, recorded=filed)) as (app, pilot):
        assert "Adopt" not in shown(app)
        await press(pilot, "y")
        assert app.session.recorded is not None


@pytest.mark.parametrize("size", SIZES)
async def test_every_size_shows_every_part(size: tuple[int, int]) -> None:
    """However small: the case, the part, and a way back."""
    async with Reading(size=size) as (app, pilot):
        for name in NAMES[1:]:
            await press(pilot, "right")
            text = shown(app)
            assert PARTS[name][1] in text or size[0] > 100
            assert "Back" in text
            assert page_text(app)


async def test_resizing_wraps_the_text_anew() -> None:
    """No line is lost and none is blank after a change of size."""
    async with Reading() as (app, pilot):
        await press(pilot, "w")
        wide = page_text(app)
        await pilot.resize_terminal(60, 20)
        await press(pilot)
        assert page_text(app) == wide
        await pilot.resize_terminal(140, 40)
        await press(pilot)
        assert app.ruling.decisive[0].conclusion in page_text(app)


async def test_brackets_and_control_characters_are_shown_as_written() -> None:
    """Caption, record cites and notes are never markup and never reach the terminal."""
    session = session_on().naming(Matter(NASTY, NASTY, NASTY)).sourcing("motion", NASTY)
    async with Reading(session) as (app, pilot):
        assert NASTY_SHOWN.split("<")[0].strip() in shown(app)
        await press(pilot, "w")
        assert NASTY_SHOWN in page_text(app)
        await press(pilot, "d")
        assert "<U+001B>" in page_text(app)
        assert "\x1b" not in page_text(app)


@pytest.mark.parametrize("size", GOLDEN)
@pytest.mark.parametrize("part", ["result", "why"])
async def test_the_result_looks_as_it_should(size: tuple[int, int], part: str) -> None:
    """Golden frames of the card and of the reasons."""
    async with Reading(size=size) as (app, pilot):
        if PARTS[part][0]:
            await press(pilot, PARTS[part][0])
        check_frame(app, f"summary-{part}-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", GOLDEN)
async def test_what_if_looks_as_it_should(size: tuple[int, int]) -> None:
    """Golden frames of two rulings side by side."""
    async with Reading(size=size) as (app, pilot):
        await press(pilot, "f", "enter")
        check_frame(app, f"what-if-{size[0]}x{size[1]}")


async def test_the_draft_looks_as_it_should() -> None:
    """A golden frame of the draft order."""
    async with Reading() as (app, pilot):
        await press(pilot, "d")
        check_frame(app, "draft-80x24")
