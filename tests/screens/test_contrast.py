"""Text has enough contrast in every theme, on every screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from frames import new_app, press
from hypothesis import given
from hypothesis import strategies as st
from interviews import PENDING, begun
from textual.color import Color

from qiwizard.config import Config
from screens.app import QiWizard
from screens.running.themes import LEAST, contrast, legible

BLACK, WHITE = Color.parse("#000000"), Color.parse("#ffffff")


def drawn(app: QiWizard) -> Iterator[tuple[str, float]]:
    """The texts on the screen, each with its contrast."""
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            style, text = segment.style, segment.text.strip()
            if not text or all("─" <= c <= "▟" for c in text) or not style:
                continue
            if style.color and style.bgcolor and style.color.triplet and style.bgcolor.triplet:
                colors = map(Color.from_rich_color, (style.color, style.bgcolor))
                yield text, contrast(*colors)


@pytest.mark.parametrize("keys", [[], ["s"], ["r"], ["l"], ["c"], ["e"]], ids=str)
async def test_every_theme_is_legible(keys: list[str]) -> None:
    """Muted text, keys at the foot, the marked answer, what a field asks for."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(140, 40)) as pilot:
        await press(pilot, *keys)
        for theme in app.available_themes:
            app.theme = theme
            await pilot.pause()
            # A color has whole numbers, so that a hair may be missing.
            dull = {(theme, text) for text, found in drawn(app) if found < LEAST - 0.01}
            assert not dull


@pytest.mark.parametrize("name", ["high-contrast", "high-contrast-light"])
async def test_themes_of_high_contrast(name: str) -> None:
    """On black and on white: there no text has less than the stricter measure."""
    app = QiWizard(new_app().library, begun(*PENDING), config=Config(theme=name))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        assert min(found for _, found in drawn(app)) >= 7


def test_contrast_is_counted_as_usual() -> None:
    """Between one and twenty-one; a well-known pair of colors."""
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(WHITE, WHITE) == 1
    assert contrast(Color.parse("#777777"), WHITE) == pytest.approx(4.48, abs=0.01)


_COLORS = st.builds(Color, *[st.integers(0, 255)] * 3)


@given(_COLORS, _COLORS)
def test_any_color_becomes_legible_on_any_ground(text: Color, ground: Color) -> None:
    """And one that is legible stays as it is."""
    better = legible(text, ground)
    assert contrast(better, ground) >= LEAST
    assert (better is text) == (contrast(text, ground) >= LEAST)
