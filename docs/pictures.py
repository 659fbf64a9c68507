"""Draws the pictures of the README: the program itself, on a real session, with keys pressed.

    python docs/pictures.py

writes one SVG a picture beside this file. The facts are those of *Lucero v. City of Clovis*.
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
DAY = date(2026, 11, 22)
BEGUN = datetime(2026, 11, 22, 9, tzinfo=UTC)
LANDMARK = "lucero-v-clovis"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: what has been answered, which keys lead there, and what the screen is called."""

    name: str
    title: str
    answered: int | None
    """How many of the facts are answered; None: all, and the summary is shown."""
    keys: tuple[str, ...] = ()
    fact: str | None = None
    """The fact that is asked; None: the next one."""
    drill: str = ""
    """The drill that is practised instead."""


PICTURES = (
    Picture("question", "A question, and what hangs on it", 9, fact="motion"),
    Picture("map", "Where the questions lead", 9, ("w",)),
    Picture("summary", "The ruling, with its reasons", None),
    Picture("compare", "The same facts in every circuit", None, ("m",)),
    Picture("drill", "A drill, answered and argued", 0, ("1", "2"), drill=f"predict/{LANDMARK}"),
)


async def draw(pictures: Iterable[Picture], folder: Path) -> list[Path]:
    """Draw the pictures into a folder; returns the files written."""
    from qiwizard.law.shipped import shipped_library
    from qiwizard.practice.sitting import Round, Sitting
    from qiwizard.practice.store import Store
    from qiwizard.sessions.session import Matter, Session
    from screens.app import QiWizard

    library = shipped_library()
    landmark = library.precedents[LANDMARK]
    facts = landmark.facts
    written = []
    for picture in pictures:
        session = Session.new(DAY, BEGUN).naming(Matter(landmark.caption))
        for name in library.vocabulary.in_order(facts)[: picture.answered]:
            session = session.answering(library, name, facts[name])
        practice = None
        if picture.drill:
            practice = Sitting(library, Store("example"), first=Round((picture.drill,)))
        app = QiWizard(library, session, DAY, practice=practice)
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.pause()
            if picture.answered is None:
                app.show_summary()
            elif picture.fact:
                app.show_interview(picture.fact)
            await pilot.press(*picture.keys)
            await app.workers.wait_for_complete()
            await pilot.pause()
            path = folder / f"{picture.name}.svg"
            drawn = app.export_screenshot(title=picture.title)
            # Names in the drawing are drawn by lot; kept the same, they show what has changed.
            path.write_text(re.sub(r"terminal-\d+", picture.name, drawn), encoding="utf-8")
            written.append(path)
    return written


def main() -> None:
    """Draw every picture, with a state folder of its own, so that nobody's sessions show."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            os.environ[name] = home
        for path in asyncio.run(draw(PICTURES, FOLDER)):
            print(path.name)


if __name__ == "__main__":
    main()
