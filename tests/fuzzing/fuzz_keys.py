"""Random keys, texts, clicks and resizes through the whole full screen."""

from __future__ import annotations

import asyncio
import random
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from fuzz_given import NASTY, TODAY, FuzzError, any_session
from textual import events
from textual.pilot import OutOfBounds, Pilot

from qiwizard.command_table import COMMANDS
from qiwizard.keeping.keeper import Keeper
from qiwizard.keeping.kept import kept_session, worth_keeping
from qiwizard.law.shipped import shipped_library
from qiwizard.practice.sitting import home_sitting
from qiwizard.text import visible
from screens.app import QiWizard
from screens.running.palette import ON_ITS_SCREEN

PATIENCE = 600.0
"""Seconds after which a session counts as hung."""
KEYS = (
    *"0123456789", *"bnrsweclmqxjkaotpvhdfgu?/[]", *"123456789", *"123",
    *("enter", "enter", "enter", "enter", "escape", "escape", "up", "down", "left", "right"),
    *("tab", "shift+tab", "f1", "f2", "ctrl+s", "ctrl+p", "ctrl+q", "ctrl+c", "ctrl+z", "pageup"),
    *("pagedown", "home", "end", "space", "backspace", "delete", "ctrl+v", "ctrl+a", "f10"),
)  # fmt: skip
WAYS = (
    *("new_case", "open_file", "practice", "home"),
    *(f"command('{each.id}')" for each in COMMANDS if each.id not in (*ON_ITS_SCREEN, "quit")),
)
"""Where the palette leads: every session begins at one of them, and may jump to another."""
TYPED = (
    *("D. Colo.", "2022-11-01", "2022-02-30", "ninth", "out.toml", "out.md", "case.toml", "."),
    *("~", "~nobody/x", "no/such/folder.toml", "/dev/null", "Doe v. Roe", "stay", "progress.csv"),
)
PASTED = tuple(text for text in NASTY if text != "\ud800")
"""A terminal hands on no half of a character."""
SIZES = (
    *((1, 1), (5, 3), (20, 6), (40, 12), (60, 20), (80, 24), (100, 30), (140, 40), (250, 70)),
    *((40, 12), (80, 24), (80, 24)),
)
INPUTS = (8, 16, 32)
"""So many inputs a session; one of them is picked."""
PAUSE = 0.1
"""Seconds for what the program does after a moment, such as making drills."""


@dataclass(slots=True)
class Tally:
    """What a run covered."""

    inputs: Counter[str] = field(default_factory=Counter)
    screens: Counter[str] = field(default_factory=Counter)


TALLY = Tally()


def keys(seed: int, folder: Path) -> None:
    """Random input to one session: no fault, and what is kept is what was answered."""
    with _no_longer_than(PATIENCE):
        asyncio.run(_session(random.Random(seed), folder))


@contextmanager
def _no_longer_than(seconds: float) -> Iterator[None]:
    """FuzzError once the time is over, also where no event is handled any more."""

    def over(number: int, frame: FrameType | None) -> None:
        raise FuzzError(f"not over in {seconds:.0f} seconds")

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


async def _session(rng: random.Random, folder: Path) -> None:
    library = shipped_library()
    (folder / "case.toml").write_text('[posture]\ncircuit = "tenth"\nqi_asserted = true\n')
    began = any_session(rng, library) if rng.random() < 0.5 else None
    practice = home_sitting(library) if rng.random() < 0.1 else None
    keeper = Keeper(folder / "sessions", library)
    app = QiWizard(library, began, TODAY, keeper, practice)
    app.open_url = lambda *_, **__: None  # type: ignore[method-assign]
    done: list[str] = []
    try:
        async with app.run_test(size=rng.choice(SIZES), notifications=True) as pilot:
            await _go(app, pilot, rng.choice(WAYS), done)
            for _ in range(rng.choice(INPUTS)):
                if not app.is_running or app.return_code is not None:
                    break
                TALLY.screens[type(app.screen).__name__] += 1
                await _input(rng, app, pilot, done)
            await pilot.pause()
            app._save_typed()  # what was typed a moment ago
            _check_frame(app)
            session, lacking = app.session, app.at_stake
    except Exception as error:
        raise FuzzError(f"after {done}") from error
    if app.return_code not in (None, 0):
        raise FuzzError(f"ended with {app.return_code} after {done}")
    if lacking:
        raise FuzzError(f"answers to a drill are not kept, after {done}")
    # Not yet put by: this is what would be found after kill -9.
    held = app.ongoing.safe
    if session is held or not worth_keeping(session):
        return
    if keeper.path is None:
        raise FuzzError(f"nothing is kept, after {done}")
    if kept_session(keeper.path, library, TODAY) != session:
        raise FuzzError(f"the session is not what is kept, after {done}")


async def _input(rng: random.Random, app: QiWizard, pilot: Pilot[Any], done: list[str]) -> None:
    """One input: mostly a key."""
    chance = rng.random()
    if chance < 0.08:
        size = rng.choice(SIZES)
        _note(done, "resizes", f"size {size}")
        await pilot.resize_terminal(*size)
    elif chance < 0.13 and app.focused is not None:
        text = rng.choice((*PASTED, *TYPED))
        _note(done, "pastes", f"paste {text!r}")
        app.post_message(events.Paste(text))
        await pilot.pause()
    elif chance < 0.17:
        text = rng.choice(TYPED)
        _note(done, "texts", f"type {text!r}")
        await pilot.press(*("backspace",) * rng.choice((0, 20)), *text)
    elif chance < 0.21:
        where = rng.randrange(app.size.width), rng.randrange(app.size.height)
        _note(done, "clicks", f"click {where}")
        try:
            await pilot.click(offset=where)
        except OutOfBounds:
            await pilot.pause()  # a terminal smaller than what is drawn for it
    elif chance < 0.25:
        await _go(app, pilot, rng.choice(WAYS), done)
    elif chance < 0.29:
        _note(done, "pauses", "pause")
        await pilot.pause(PAUSE)
    elif chance < 0.33:
        ahead = rng.choices(KEYS, k=5)
        _note(done, "keys", *ahead)
        for key in ahead:  # faster than they are taken in
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause()
    else:
        key = rng.choice(KEYS)
        _note(done, "keys", key)
        await pilot.press(key)


async def _go(app: QiWizard, pilot: Pilot[Any], way: str, done: list[str]) -> None:
    """Where the palette leads."""
    _note(done, "jumps", f"go {way}")
    await app.run_action(f"app.{way}")
    await pilot.pause()


def _note(done: list[str], kind: str, *what: str) -> None:
    done += what
    TALLY.inputs[kind] += len(what)


def _check_frame(app: QiWizard) -> None:
    """No control character on the screen."""
    for strip in app.screen._compositor.render_strips():
        text = "".join(segment.text for segment in strip)
        if visible(text, keep="") != text:
            raise FuzzError(f"a control character on the screen: {text!r}")
