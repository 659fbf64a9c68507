"""The line of keys at the foot of a screen: what it shows, and what a click on it does."""

from __future__ import annotations

from typing import ClassVar

from frames import new_app
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType

from screens.home import HomeScreen
from screens.interview import InterviewScreen
from screens.widgets.key_line import KeyLine

SIZE = (80, 24)


class Keys(App[None]):
    """Three keys, one of them inert, and a count of how often each was pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "first", "First"),
        Binding("z", "second", "Second"),
        Binding("y", "second", "The same"),
        Binding("x", "hidden", "Hidden", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[str] = []
        self.rung = 0
        self.inert: str | None = None

    def compose(self) -> ComposeResult:
        """Nothing but the line."""
        yield KeyLine()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One action can be made inert."""
        return None if action == self.inert else True

    def bell(self) -> None:
        """Count."""
        self.rung += 1

    def action_first(self) -> None:
        """Count."""
        self.pressed.append("first")

    def action_second(self) -> None:
        """Count."""
        self.pressed.append("second")


def line(app: App[None] | App[int]) -> str:
    """What the line shows."""
    return app.screen.query_one(KeyLine).render().plain


async def test_each_action_once_and_hidden_ones_not() -> None:
    """The first key of an action stands for it; the palette is at the right edge."""
    app = Keys()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        shown = line(app)
        assert shown.startswith("a First z Second ")
        assert shown.rstrip().endswith("▏^p palette")
        assert len(shown) == SIZE[0]


async def test_a_click_presses_the_key_under_the_pointer() -> None:
    """On a key, on its description, between two, and on one that does nothing now."""
    app = Keys()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.click(KeyLine, offset=(0, 0))
        await pilot.click(KeyLine, offset=(12, 0))
        await pilot.click(KeyLine, offset=(7, 0))
        await pilot.click(KeyLine, offset=(40, 0))
        await pilot.pause()
        assert app.pressed == ["first", "second"]
        app.inert = "second"
        app.screen.refresh_bindings()
        await pilot.pause()
        await pilot.click(KeyLine, offset=(12, 0))
        await pilot.pause()
        assert (app.pressed, app.rung) == (["first", "second"], 1)


async def test_the_keys_follow_the_screen() -> None:
    """Each screen names its own, also after coming back to it."""
    app = new_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        home = line(app)
        assert "p Practice" in home
        await pilot.press("1")
        await pilot.pause()
        assert isinstance(app.screen, InterviewScreen)
        assert "n Note" in line(app)
        await pilot.press("escape")
        await pilot.pause()
        assert line(app) == home


async def test_a_narrow_line_shows_whole_keys_and_says_that_there_are_more() -> None:
    """The way back is never left out; the palette is named by its key alone."""
    app = new_app()
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.press("1")
        await pilot.pause()
        whole = line(app).partition("▏")[0].split(" ")
        for width in range(30, 66, 7):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            shown, _, palette = line(app).partition("▏")
            assert shown.rstrip().endswith(" …")
            assert shown.rstrip(" …").split(" ")[-1] in whole
            assert "esc Back" in shown
            assert palette.strip() == "^p"
            assert len(line(app)) == width
