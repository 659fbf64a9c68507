"""Frames of the terminal face as plain text, compared with golden files."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from textual.pilot import Pilot

from qiwizard.files import read_shipped
from qiwizard.law.library import Library
from qiwizard.law.shipped import library_of
from qiwizard.sessions.session import Session
from screens.app import QiWizard

FOLDER = Path(__file__).parents[1] / "frames"
UPDATE = "QIWIZARD_UPDATE_FRAMES"
TODAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@lru_cache(maxsize=1)
def five_opinions() -> Library:
    """A library of the landmarks and the rules: small, and steady while the shipped one grows."""
    rows = [
        {**row, "relies_on": [], "history": []}
        for row in read_shipped("precedents.toml")["precedent"]
        if row.get("landmark") or row["kind"] == "rule"
    ]
    about = {"version": "test", "begins": date(1993, 12, 1), "checked": TODAY, "fresh_days": 365}
    return library_of({"precedents.toml": {"library": about, "precedent": rows}}, TODAY)


def new_app(session: Session | None = None) -> QiWizard:
    """The application over the five opinions, on a fixed day."""
    return QiWizard(five_opinions(), session, TODAY)


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys, and wait until all is taken in."""
    await pilot.press(*keys)
    await pilot.pause()
    await written(pilot)


async def written(pilot: Pilot[int]) -> None:
    """Wait until what is worked out beside the screen stands on it."""
    writing = [worker for worker in pilot.app.workers if worker.group == "writing"]
    if writing:
        await pilot.app.workers.wait_for_complete(writing)
        await pilot.pause()


def frame(app: QiWizard) -> str:
    """What the terminal shows, without colors, lines without trailing blanks."""
    strips = app.screen._compositor.render_strips()
    lines = ("".join(segment.text for segment in strip).rstrip() for strip in strips)
    return "\n".join(lines) + "\n"


def shown(app: QiWizard) -> str:
    """What the terminal shows on one line, box drawing and line breaks left out."""
    bare = "".join(" " if "─" <= c <= "╿" else c for c in frame(app))
    return " ".join(bare.split())


def text_of(app: QiWizard, selector: str) -> str:
    """What the terminal shows of one widget, on one line."""
    region = app.screen.query_one(selector).region
    lines = frame(app).split("\n")[region.y : region.bottom]
    return " ".join(" ".join(line[region.x : region.right] for line in lines).split())


def check_frame(app: QiWizard, name: str) -> None:
    """Compare what is shown with the golden file; with the update variable set, write it."""
    path = FOLDER / f"{name}.txt"
    now = frame(app)
    if os.environ.get(UPDATE):
        path.write_text(now, encoding="utf-8", newline="\n")
    assert path.exists(), f"{path} is missing: run the tests with {UPDATE}=1 and look at it"
    assert now == path.read_text(encoding="utf-8")
