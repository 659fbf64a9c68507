"""The current date: read when needed, in local time, and validated."""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from commandline import FIFTH, Here, put, refused
from frames import five_opinions, press, shown
from terminal import run_piped

from qiwizard.law.library import Library
from qiwizard.practice.progress import Progress, due
from qiwizard.practice.report import review_words
from qiwizard.sessions.session import Session
from qiwizard.text import spell_date
from screens import app as app_module
from screens.app import QiWizard
from screens.dialogs.matter import MatterScreen

MONDAY = date(2026, 11, 30)
TUESDAY = MONDAY + timedelta(days=1)


class Clock(date):
    """A date whose today is set by a test."""

    now = MONDAY

    @classmethod
    def today(cls) -> Clock:
        """The day that was set."""
        return cls(cls.now.year, cls.now.month, cls.now.day)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Clock]:
    """A clock to be set, wherever the program asks for the day."""
    ours = ("commands", "law.library", "plain.interview", "start")
    for module in (app_module, *map(_module, ours)):
        monkeypatch.setattr(module, "date", Clock)
    monkeypatch.setattr(Clock, "now", MONDAY)
    return Clock


def _module(name: str) -> object:
    from importlib import import_module

    return import_module(f"qiwizard.{name}")


@contextmanager
def zone(name: str) -> Iterator[None]:
    """A time zone, for this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", name)
        time.tzset()
        yield
    time.tzset()


# A window that stays open


async def test_a_window_that_is_open_over_midnight(clock: type[Clock]) -> None:
    """A new session takes the law of the new day, and the case dialog accepts that day."""
    app = QiWizard(five_opinions())
    async with app.run_test(size=(100, 40)) as pilot:
        clock.now = TUESDAY
        await press(pilot, "enter")
        assert app.session.as_of == TUESDAY
        await press(pilot, "c", "tab", "tab", "home", *["delete"] * 20, *"2026-12-01", "ctrl+s")
        assert not isinstance(app.screen, MatterScreen)
        assert app.session.as_of == TUESDAY


def test_line_mode_asks_the_clock_again(
    clock: type[Clock], library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is adopted after midnight is the law of the new day."""
    from qiwizard.plain.interview import PlainWizard

    wizard = PlainWizard(library, Session.new(MONDAY))
    clock.now = TUESDAY
    assert wizard._today == TUESDAY


# The day at hand


async def test_the_day_at_hand_is_accepted(clock: type[Clock]) -> None:
    """A session from a place where it is tomorrow: its day was touched by nobody."""
    app = QiWizard(
        five_opinions(), Session.new(TUESDAY).stating_forum(five_opinions(), "tenth", None)
    )
    async with app.run_test(size=(100, 40)) as pilot:
        app.show_interview()
        await press(pilot, "c", *"Doe", "ctrl+s")
        assert app.session.matter.caption == "Doe"
        assert app.session.as_of == TUESDAY
        await press(pilot, "c", "tab", "tab", "end", "backspace", "7", "ctrl+s")
        assert "The library covers the law from Dec. 1, 1993 to Nov. 30, 2026." in shown(app)


def test_the_command_line_has_the_same_rule(clock: type[Clock], here: Here, tmp_path: Path) -> None:
    """A future date is refused unless it is the date of the file."""
    [line] = refused(here("rule", "-", "--as-of", "2999-01-01", stdin=FIFTH))
    assert "--as-of: 2999-01-01 is after today; permitted: 2026-11-30 or earlier" in line
    [line] = refused(here("compare", "-", "--as-of", "2026-11-30,2026-12-01", stdin=FIFTH))
    assert "--as-of: 2026-12-01 is after today" in line
    clock.now = TUESDAY
    put(tmp_path, here("rule", "-", stdin=FIFTH).out, "guam.toml")
    clock.now = MONDAY
    assert here("rule", "guam.toml", "--as-of", "2026-12-01").status == 0
    assert here("compare", "guam.toml", "--as-of", "2026-12-01").status == 0


# A clock that is wrong


@pytest.mark.parametrize(
    "command", [("rule", "-"), ("compare", "-"), ("check",), ("precedents",), ("open", "--plain")]
)
def test_a_clock_before_the_library_is_named(
    command: tuple[str, ...], clock: type[Clock], here: Here, tmp_path: Path
) -> None:
    """In a line that says what to do; with a day named, it does not matter."""
    clock.now = date(1970, 1, 12)
    put(tmp_path, FIFTH)
    file = ("case.toml",) if command[0] == "open" else ()
    [line] = refused(here(*command, *file, stdin=FIFTH))
    assert "this computer's clock says 1970-01-12" in line
    assert "--as-of" in line
    assert here("rule", "-", "--as-of", "2026-01-31", stdin=FIFTH).status == 0


def test_a_clock_before_the_library_and_the_full_screen(
    clock: type[Clock], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does not open, although its first screen has not read the library."""
    from qiwizard import start
    from qiwizard.errors import UserError

    monkeypatch.setattr(start, "_need_terminal", lambda **_: None)
    monkeypatch.setattr(start, "_full_screen", lambda *_, **__: 0)
    opened = Namespace(session=None, plain=False, no_mouse=False, precedents=None)
    assert start.start_wizard(opened) == 0
    clock.now = date(1970, 1, 12)
    with pytest.raises(UserError, match="clock"):
        start.start_wizard(opened)


# Reviews


def practiced(at: datetime) -> Progress:
    """The progress of a clerk with one review due at a moment."""
    from qiwizard.practice.progress import Answered

    answer = Answered(
        at, "predict/x", "q", "predict", "tenth", "motion", "settled", "a", right=True
    )
    return Progress("clerk", (answer,), {"predict/x": {"due": at.isoformat()}})


@pytest.mark.parametrize(
    ("place", "due_at", "day"),
    [
        ("Pacific/Guam", datetime(2026, 11, 30, 22, tzinfo=UTC), date(2026, 12, 1)),
        ("America/Denver", datetime(2026, 11, 30, 23, tzinfo=UTC), date(2026, 11, 30)),
        ("Pacific/Honolulu", datetime(2026, 12, 1, 6, tzinfo=UTC), date(2026, 11, 30)),
        ("UTC", datetime(1, 1, 1, tzinfo=UTC), date(1, 1, 1)),
        ("Pacific/Honolulu", datetime(1, 1, 1, tzinfo=UTC), date(1, 1, 1)),
    ],
)
def test_a_review_is_due_on_the_day_where_the_clerk_is(
    place: str, due_at: datetime, day: date
) -> None:
    """From the beginning of that day to its end; before it, that day is named."""
    progress = practiced(due_at)
    with zone(place):
        if day.year > 1:
            before = datetime(day.year, day.month, day.day).astimezone() - timedelta(seconds=1)
            assert due(progress, before) == ()
            told = f"The next review is due on {spell_date(day)}."
            assert review_words(progress, before) == told
            begun = before + timedelta(seconds=1)
        else:
            begun = datetime(2026, 11, 30, tzinfo=UTC)
        assert due(progress, begun) == ("predict/x",)
        assert review_words(progress, begun) == "1 drill is due for review today."


def test_practice_in_another_zone_from_outside(tmp_path: Path) -> None:
    """A round is done and its reviews are told; none is due on the same day."""
    env = {"TZ": "Pacific/Guam"}
    run_piped(
        tmp_path, *("practice", "--plain", "--drills", "predict", "--number", "1"),
        stdin="1\n" * 9, env=env,
    )  # fmt: skip
    told = run_piped(tmp_path, "practice", "--progress", env=env).out
    assert "due for review today" not in told
