"""What the summary shows of hostile text, at every size, and as golden frames."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from frames import (
    TODAY,
    check_frame,
    frame,
    press,
    shown,
    text_of,
    written,
)
from summaries import (
    GOLDEN,
    NASTY,
    NASTY_SHOWN,
    SIZES,
    Reading,
    open_section,
    page_text,
    session_on,
)

from qiwizard.law.build import build_library
from qiwizard.resources import read_shipped
from qiwizard.sessions.session import Matter
from screens.app import QiWizard
from screens.sections import SECTIONS
from screens.summary import SummaryScreen
from screens.widgets.page import Page


def nasty_app() -> QiWizard:
    """The application over a precedent and a case made of markup and control characters."""
    table = read_shipped("precedents.toml")
    rows = [row for row in table["precedent"] if row.get("landmark") or row["kind"] == "rule"]
    rows.append(
        {
            "id": "nasty",
            "caption": f"Aaa {NASTY}",
            "short": f"Aaa {NASTY}",
            "kind": "opinion",
            "court": "U.S.",
            "decided": date(2001, 1, 1),
            "source": {"volume": 999, "reporter": "U.S.", "page": 1},
            "verified": "secondary",
            "note": f"note {NASTY}",
            "judge": NASTY,
            "url": f"https://example.invalid/{NASTY}",
            "history": [
                {"treatment": "questioned", "from": date(2002, 1, 1), "note": f"later {NASTY}"}
            ],
            "holding": [
                {
                    "key": "nasty",
                    "question": "available",
                    "when": {"qi_asserted": True},
                    "answer": "yes",
                    "says": f"says {NASTY}",
                    "quote": f"quote {NASTY}",
                    "pin": "[sic]",
                }
            ],
        }
    )
    about = {"version": "test", "begins": date(1993, 12, 1), "checked": TODAY, "fresh_days": 365}
    library = build_library({"library": about, "precedent": rows})
    session = session_on().naming(Matter(caption=NASTY)).sourcing("motion", NASTY)
    return QiWizard(library, session, TODAY)


async def test_brackets_and_control_characters_are_shown_as_written() -> None:
    """Markup and escape sequences from files and users stay text on every screen."""
    app = nasty_app()
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        await press(pilot, "s")
        assert NASTY_SHOWN in shown(app)
        for key, marks in (
            ("1", []),
            ("2", [f"({NASTY_SHOWN})", f"says {NASTY_SHOWN}", f"Aaa {NASTY_SHOWN}, 999 U.S."]),
            ("3", []),
            ("4", []),
            ("5", []),
            ("6", []),
            ("7", [f"note {NASTY_SHOWN}", f"later {NASTY_SHOWN}"]),
        ):
            await press(pilot, key, *("x" if key == "2" else ""))
            assert all(mark in page_text(app) for mark in marks)
            _harmless(app)
        await press(pilot, "4", "enter")
        _harmless(app)
        await press(pilot, "escape", "l", *"aaa [t]he [/]")
        assert "1 of" in shown(app)
        assert f"▸ Aaa {NASTY_SHOWN}"[:30] in frame(app)
        await press(pilot, "enter")
        text = page_text(app)
        for mark in (f"“quote {NASTY_SHOWN}”", f"later {NASTY_SHOWN}", f"invalid/{NASTY_SHOWN}"):
            assert mark in text
        _harmless(app)
        await press(pilot, "escape", "escape", "e")
        await pilot.pause()
        await written(pilot)
        assert "Facts, sources and ruling as one table: " in shown(app)
        _harmless(app)
        await press(pilot, "4")
        await written(pilot)
        assert NASTY_SHOWN in text_of(app, "#export-preview")
        _harmless(app)


def _harmless(app: QiWizard) -> None:
    text = frame(app)
    assert "\x1b" not in text
    assert "\u202e" not in text


@pytest.mark.parametrize("size", SIZES)
async def test_every_size_shows_every_section(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing fails, and the caret is in sight, from a small window to a wide one."""
    monkeypatch.chdir(tmp_path)
    async with Reading(size=size) as (app, pilot):
        for number in range(1, 7):
            await press(pilot, str(number))
            await pilot.pause()
            await press(pilot, "down", "pagedown", "end", "home", "up")
            assert SECTIONS[number - 1].title in shown(app)
        await press(pilot, "4", "down", "enter", "down", "escape")
        await press(pilot, "l", *"luc", "down", "enter", "pagedown", "escape", "escape")
        await press(pilot, "e", "2", "escape")
        assert isinstance(app.screen, SummaryScreen)


async def test_resizing_wraps_the_text_anew() -> None:
    """Lines fit the window after it has become narrow and wide again."""
    async with Reading() as (app, pilot):
        await press(pilot, "2")
        page = app.screen.query_one(Page)
        for width, height in ((40, 12), (140, 40), (60, 20), (1, 1), (80, 24)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            longest = max(len(line) for line in page.text.splitlines())
            assert longest <= width or width == 1


@pytest.mark.parametrize("size", GOLDEN)
@pytest.mark.parametrize("title", ["Ruling", "Why"])
async def test_the_summary_looks_as_it_should(size: tuple[int, int], title: str) -> None:
    """The frame of the summary."""
    async with Reading(size=size) as (app, pilot):
        await open_section(pilot, title)
        check_frame(app, f"summary-{title.lower()}-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", GOLDEN)
async def test_what_if_looks_as_it_should(size: tuple[int, int]) -> None:
    """The frame of two rulings."""
    async with Reading(size=size) as (app, pilot):
        await open_section(pilot, "What if")
        await press(pilot, "enter")
        check_frame(app, f"what-if-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", GOLDEN)
async def test_the_library_looks_as_it_should(size: tuple[int, int]) -> None:
    """The frames of the list and of the reader."""
    async with Reading(size=size) as (app, pilot):
        await press(pilot, "l", "down", "down")
        check_frame(app, f"library-{size[0]}x{size[1]}")
        await press(pilot, "enter")
        check_frame(app, f"precedent-{size[0]}x{size[1]}")


async def test_the_export_dialog_looks_as_it_should(monkeypatch: pytest.MonkeyPatch) -> None:
    """The frame of the dialog, as from one folder."""
    monkeypatch.setattr("screens.dialogs.export.folder_words", lambda _: "in /home/clerk/cases")
    async with Reading(size=(80, 24)) as (app, pilot):
        await press(pilot, "e", "down")
        await pilot.pause()
        await written(pilot)
        check_frame(app, "export-80x24")
