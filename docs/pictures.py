"""Draws the pictures of the README: screenshots of the program on a real case.

    python docs/pictures.py

writes one SVG per picture into `docs/pictures`. The facts are those of the
five opinions.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

FOLDER = Path(__file__).parent / "pictures"
DAY = date(2026, 11, 29)
BEGUN = datetime(2026, 11, 29, 9, tzinfo=UTC)
LANDMARK = "lucero-v-clovis"


FIRST = ("circuit", "court", "request", "opposed", "qi_asserted", "motion", "motion_kind")
"""The facts known when the question of the first picture is asked."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: the facts known, the keys pressed, and the title of the window."""

    name: str
    title: str
    known: tuple[str, ...] = ()
    """The facts of the case that are answered; empty: all of them, and the result is shown."""
    keys: tuple[str, ...] = ()
    drill: str = ""
    """The drill shown instead."""
    case: str = LANDMARK
    """The opinion whose facts are shown."""


PICTURES = (
    Picture("question", "A question, with the result so far", FIRST),
    Picture("summary", "The result"),
    Picture("compare", "The same facts in every circuit", keys=("m",), case="bakalar-v-dunleavy"),
    Picture("drill", "A drill with its feedback", FIRST, ("1", "enter"), f"predict/{LANDMARK}"),
)


async def draw(pictures: Iterable[Picture], folder: Path) -> list[Path]:
    """Draw the pictures into a folder; returns the files written."""
    from qiwizard.law.shipped import shipped_library
    from qiwizard.practice.progress import Round
    from qiwizard.practice.sitting import Sitting
    from qiwizard.practice.store import Store
    from qiwizard.sessions.session import Matter, Session
    from screens.app import QiWizard

    library = shipped_library()
    written = []
    for picture in pictures:
        landmark = library.precedents[picture.case]
        session = Session.new(DAY, BEGUN).naming(Matter(landmark.caption))
        for name in library.vocabulary.in_order(picture.known or landmark.facts):
            session = session.answering(library, name, landmark.facts[name])
        practice = None
        if picture.drill:
            practice = Sitting(library, Store("example"), first=Round((picture.drill,)))
        app = QiWizard(library, session, DAY, practice=practice)
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.pause()
            if not picture.known:
                app.show_summary()
            elif not picture.drill:
                app.show_interview()
            for key in picture.keys:
                await pilot.press(key)
                await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()
            path = folder / f"{picture.name}.svg"
            drawn = app.export_screenshot(title=picture.title)
            # Textual gives the drawing a random id; a fixed one leaves only real differences.
            path.write_text(re.sub(r"terminal-\d+", picture.name, drawn), encoding="utf-8")
            written.append(path)
    return written


def main() -> None:
    """Draw every picture, with a state folder of its own, so that no real session shows."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            os.environ[name] = home
        for path in asyncio.run(draw(PICTURES, FOLDER)):
            print(path.name)


if __name__ == "__main__":
    main()
