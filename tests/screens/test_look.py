"""Colors that can be read, keys that can be seen, and one table of commands behind them."""

from __future__ import annotations

import re
from itertools import product

import pytest
from frames import frame, new_app, press, shown, text_of
from interviews import PENDING, begun
from textual.app import App
from textual.color import Color

from qiwizard.command_table import BY_ID, COMMANDS
from qiwizard.law.shipped import shipped_library
from screens.app import QiWizard
from screens.drawing import HEADING, MUTED, outcome_style, outcome_text
from screens.interview import InterviewScreen
from screens.review import ReviewScreen
from screens.running.palette import commands
from screens.why import WhyScreen
from screens.widgets.key_line import KeyLine

LEAST_CONTRAST = 4.5
THEMES = ("textual-dark", "textual-light", "high-contrast")
OUTCOMES = tuple(shipped_library().outcomes)
GROUNDS = ("background", "surface", "panel")
TEXTS = ("foreground", "text-primary", "text-accent", "text-error", "text-success", "text-warning")


def color(app: App[int], style: str, ground: Color) -> Color:
    """The color of a style's text on a ground."""
    name = re.findall(r"\$([\w-]+)", style)[-1]
    value = app.theme_variables[name]
    if value.startswith("auto"):
        return ground.get_contrast_text(float(value.split()[1].rstrip("%")) / 100)
    return ground + Color.parse(value)


def ratio(text: Color, ground: Color) -> float:
    """The contrast of two colors as WCAG counts it."""
    light, dark = sorted((luminance(text), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(of: Color) -> float:
    """The relative luminance of a color."""
    parts = [c / 255 for c in of.rgb]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", THEMES)
async def test_text_has_contrast_enough_in_every_theme(theme: str) -> None:
    """Plain, muted and colored text on every ground it stands on, from the theme's own colors."""
    app = new_app()
    async with app.run_test() as pilot:
        app.theme = theme
        await pilot.pause()
        styles = [MUTED, HEADING, *map(outcome_style, OUTCOMES), *(f"${t}" for t in TEXTS)]
        for style, name in product(styles, GROUNDS):
            ground = Color.parse(app.theme_variables[name])
            contrast = ratio(color(app, style, ground), ground)
            assert contrast >= LEAST_CONTRAST, (theme, style, name, round(contrast, 2))


@pytest.mark.parametrize("theme", THEMES)
async def test_every_outcome_has_its_own_color(theme: str) -> None:
    """Four outcomes, four colors; each is drawn with its word."""
    app = new_app()
    async with app.run_test() as pilot:
        app.theme = theme
        await pilot.pause()
        colors = {app.theme_variables[outcome_style(o).partition("$")[2]] for o in OUTCOMES}
        assert len(colors) == len(OUTCOMES)
    for outcome in OUTCOMES:
        text = outcome_text(shipped_library(), outcome)
        assert text.plain == shipped_library().outcomes[outcome].label.upper()
        assert any(outcome_style(outcome) in str(span.style) for span in text.spans)


@pytest.mark.parametrize("width", [80, 100, 140])
async def test_the_foot_shows_the_keys_that_matter(width: int) -> None:
    """Export, Help and Quit among them, at 80 columns too."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(width, 24)) as pilot:
        app.show_interview()
        await pilot.pause()
        foot = text_of(app, "KeyLine")
        for key in ("Select", "w Why", "esc Back", "r Review", "s Summary", "e Export", "q Quit"):
            assert key in foot
        assert "…" not in foot


@pytest.mark.parametrize("size", [(60, 20), (40, 12)])
async def test_a_narrow_foot_keeps_the_way_out(size: tuple[int, int]) -> None:
    """Select, Back, Help and Quit come before all others."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=size) as pilot:
        app.show_interview()
        await pilot.pause()
        foot = text_of(app, "KeyLine")
        for key in ("Select", "esc Back", "? Help", "q Quit"):
            assert key in foot


async def test_a_click_on_a_key_of_the_foot_presses_it() -> None:
    """The review opens as by its key."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(100, 24)) as pilot:
        app.show_interview()
        await pilot.pause()
        column = frame(app).splitlines()[-1].index("r Review")
        await pilot.click(KeyLine, offset=(column, 0))
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)


def entries(app: QiWizard) -> list[tuple[str, str]]:
    """The first seven entries of the first screen, each with its number."""
    return re.findall(r"(\d) ([A-Z](?:[\w,]| (?! ))+)", frame(app))[:7]


async def test_entries_of_the_first_screen_keep_their_numbers() -> None:
    """Also once there is a case to resume, which comes after them and is marked first."""
    fresh, used = new_app(), new_app(begun(*PENDING))
    async with fresh.run_test(size=(80, 30)):
        before = entries(fresh)
    async with used.run_test(size=(80, 30)) as pilot:
        used.action_home()
        await pilot.pause()
        after = entries(used)
        assert "▸ 8 Resume: D.N.M." in shown(used)
    assert before[0] == ("1", "New case")
    assert before[-1] == ("7", "Quit")
    assert after == before


def test_the_table_names_each_command_and_key_once() -> None:
    """No two commands share a word or a letter."""
    assert len(BY_ID) == len(COMMANDS)
    letters = [command.key for command in COMMANDS if command.key]
    assert len(letters) == len(set(letters))


@pytest.mark.parametrize("screen", [InterviewScreen, ReviewScreen, WhyScreen, QiWizard])
def test_keys_of_the_screens_are_those_of_the_table(screen: type) -> None:
    """A binding with the id of a command has its keys and no others."""
    for binding in screen.BINDINGS:  # type: ignore[attr-defined]
        known = BY_ID.get((binding.id or "").partition(".")[2])
        if known is not None and known.key and screen is not QiWizard:
            assert set(binding.key.split(",")) == set(known.all_keys.split(","))


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.id not in ("reasons", "change")])
async def test_the_palette_has_every_command_of_the_table(command: object) -> None:
    """By its title and help, Why among them where there is a question."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(80, 24)) as pilot:
        app.show_interview()
        await pilot.pause()
        await press(pilot, "ctrl+p")
        titles = {each.title for each in commands(app)}
    assert command.title in titles or command.id == "more"  # type: ignore[attr-defined]


async def test_help_lists_the_commands_of_the_table() -> None:
    """With their keys, after what is said of the screen it was asked on."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(80, 24)) as pilot:
        app.show_interview()
        await pilot.pause()
        await press(pilot, "question_mark")
        text = app.screen.query_one("Page").text  # type: ignore[attr-defined]
    assert "This screen: the interview" in text
    for command in COMMANDS:
        assert command.help.split()[0] in text
        assert command.id in text


async def test_case_takes_a_date_as_americans_write_it() -> None:
    """The date of the law is shown and read in the usual form."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(80, 30)) as pilot:
        app.show_interview()
        await pilot.pause()
        await press(pilot, "c")
        day = app.screen.query_one("#day")
        assert day.value == "Nov. 30, 2026"  # type: ignore[attr-defined]
        day.value = "12/10/2019"  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        assert app.session.as_of.isoformat() == "2019-12-10"
