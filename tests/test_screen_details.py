"""Details of the terminal face: what a line says when it is narrow, waiting or long."""

from __future__ import annotations

import pytest
from frames import TODAY, frame, new_app, press, text_of
from postures import SHIPPED

from qiwizard.law.posture import Posture
from qiwizard.reasoning.ruling import rule
from qiwizard.sessions.session import Matter, Session
from screens.home import HomeScreen
from screens.sections.case import Case
from screens.why import why_blocks
from screens.widgets.choices import WAITING
from screens.widgets.options import CARET
from screens.widgets.page import Page


async def test_a_waiting_digit_says_that_it_waits() -> None:
    """With ten answers or more, the first digit marks an answer and names the ways on."""
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "1", "1")
        assert f"{CARET} 1 First Circuit ({WAITING}) 2 Second" in text_of(app, "Choices")
        await press(pilot, "down")
        assert WAITING not in text_of(app, "Choices")
        await press(pilot, "1", "1")
        assert str(app.session.posture.get("circuit")) == "eleventh"


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_a_long_caption_leaves_the_forum_and_the_day_in_sight(size: tuple[int, int]) -> None:
    """The caption alone is cut short, and has more room in a wider window."""
    matter = Matter(caption="Estate of " + "A Very Long Name " * 12 + "v. Doe")
    app = new_app(Session.new(TODAY).naming(matter))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        line = frame(app).splitlines()[0]
        assert line.strip().startswith("Estate of")
        assert "…" in line
        assert line.rstrip().endswith("law as of Nov. 22, 2026")
        await pilot.resize_terminal(size[0] + 20, size[1])
        await pilot.pause()
        assert len(frame(app).splitlines()[0].rstrip()) > len(line.rstrip())


async def test_equal_answers_stand_on_one_line_of_the_explanation() -> None:
    """Courts with the same ruling are not listed one by one."""
    case = Case(SHIPPED, Session.new(TODAY), rule(SHIPPED, Posture(), TODAY), TODAY)
    fact = SHIPPED.vocabulary.by_name["court"]
    led = [block.text.plain for block in why_blocks(case, fact) if "→" in block.text.plain]
    assert led
    assert len({line.rpartition("→")[2] for line in led}) == len(led)


async def test_help_begins_with_the_screen_it_is_asked_on() -> None:
    """What the screen is for, and the keys that work there, before the rest of the manual."""
    app = new_app()
    async with app.run_test(size=(80, 60)) as pilot:
        await press(pilot, "l", "escape", "1", "s", "f1")
        text = app.screen.query_one(Page).text
        assert text.startswith("This screen: the ruling")
        assert text.index("Section before") < text.index("How it works")
        assert "**" not in text


async def test_h_leads_to_the_start_from_question_review_and_summary() -> None:
    """The session stays at hand there."""
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "1", "1", "0", "0")
        for way in ("", "r", "s"):
            await press(pilot, *way, "h")
            assert isinstance(app.screen, HomeScreen)
            assert "Resume: 10th Cir." in frame(app)
            await press(pilot, "1")


async def test_a_notice_or_many_answers_leave_the_introduction_out() -> None:
    """Where there is room for the answers without it alone."""
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "1")
        assert not app.screen.query_one("#doctrine").display
        assert "0 Not stated" in frame(app)
        await pilot.resize_terminal(140, 40)
        await pilot.pause()
        await pilot.pause()
        assert app.screen.query_one("#doctrine").display


async def test_a_map_is_as_high_in_a_window_that_became_narrow_as_in_one_that_was() -> None:
    """Its end is its last line, with nothing blank below it."""
    ends = []
    for width in (40, 250):
        app = new_app()
        async with app.run_test(size=(width, 30)) as pilot:
            await press(pilot, "1", "w")
            await pilot.resize_terminal(40, 30)
            await press(pilot, "end")
            page = app.screen.query_one(Page)
            assert page.max_scroll_y == len(page.text.splitlines()) - page.size.height
            ends.append(frame(app))
    assert ends[0] == ends[1]


@pytest.mark.parametrize("size", [(80, 18), (40, 12)])
async def test_answers_take_the_keys_where_what_had_them_has_no_room(size: tuple[int, int]) -> None:
    """A window made small while its reader was among the authorities is answered by digits."""
    app = new_app()
    async with app.run_test(size=(140, 40)) as pilot:
        await press(pilot, "1", "tab")
        assert app.focused is app.screen.query_one("#authority")
        await pilot.resize_terminal(*size)
        await press(pilot, "1", "0")
        assert str(app.session.posture.get("circuit")) == "tenth"
