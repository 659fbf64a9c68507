"""A clerk who practices at the full screen, by keys alone."""

from __future__ import annotations

from collections.abc import Callable

from frames import TODAY, five_opinions, frame, press, shown
from textual.pilot import Pilot

from qiwizard.law.library import Library
from qiwizard.practice.items import Item
from qiwizard.practice.progress import Round
from qiwizard.practice.sitting import Sitting
from qiwizard.practice.store import Store
from screens.app import QiWizard

SIZES = [(80, 24), (140, 40)]
WALK = "walk/lucero-v-clovis"


def practicing(
    *ids: str, library: Library | None = None, read_first: bool = False, clerk: str = "Anna"
) -> QiWizard:
    """The application on a round of drills."""
    lib = library or five_opinions()
    first = Round(ids, read_first=read_first) if ids else None
    return QiWizard(lib, None, TODAY, practice=Sitting(lib, Store(clerk), first))


async def until(pilot: Pilot[int], done: Callable[[], bool]) -> None:
    """Wait until something has come about."""
    while not done():
        await pilot.pause(0.01)
    await pilot.pause()


async def drawn(pilot: Pilot[int], app: QiWizard, key_says: str) -> None:
    """Wait until the foot of the screen, which is drawn last, names a key."""
    while key_says not in frame(app).splitlines()[-1]:
        await pilot.pause(0.01)


async def ask(pilot: Pilot[int], app: QiWizard) -> None:
    """See to it that the question is shown, and not the text alone."""
    await pilot.pause()
    await pilot.pause()
    if app.screen.has_class("-text"):
        await press(pilot, "t")


def said(app: QiWizard) -> str:
    """What the screen shows as running text, the edge of a notice left out."""
    return " ".join(shown(app).replace("▌", " ").split())


def key(item: Item, number: int, *, right: bool = True) -> str:
    """The key that answers a question of a drill."""
    part = item.parts[number]
    return next(str(part.number(o)) for o in part.options if (o.id in part.accepted) is right)
