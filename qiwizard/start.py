"""Starting the wizard: full screen or line by line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from qiwizard.errors import UserError
from qiwizard.folders import state_folder
from qiwizard.keeper import SESSIONS, Keeper
from qiwizard.library import Library, shipped_library
from qiwizard.session import Session
from qiwizard.signals import mind_signals
from qiwizard.terminal import interactive, wants_plain

if TYPE_CHECKING:
    from qiwizard.practice.sitting import Sitting


def library_from(precedents: str | None, today: date) -> Library:
    """The shipped library, or that of the user's own precedents file."""
    if precedents is None:
        return shipped_library()
    from qiwizard.validate import library_with

    return library_with(Path(precedents), today)


def start_wizard(
    *, session_file: str | None, plain: bool, mouse: bool, precedents: str | None
) -> int:
    """Run the wizard on a new session or on one from a file; returns the exit code.

    Line mode on demand reads a pipe; line mode that is only implied, and the full screen,
    need a terminal: UserError says so.
    """
    _need_terminal(plain=plain, other="or `qiwizard rule FILE` for no questions at all")
    today = date.today()
    library = library_from(precedents, today)
    session = _session(session_file, library, today)
    keeper = Keeper(state_folder() / SESSIONS, library, precedents)
    if plain or wants_plain():
        from qiwizard.plain import run_plain

        return run_plain(library, session, today, keeper)
    return _full_screen(library, session, keeper, mouse=mouse, today=today)


def start_practice(
    make: Callable[[], Sitting], *, plain: bool, mouse: bool, precedents: str | None
) -> int:
    """Practise, in full screen or line by line; returns the exit code. UserError as above."""
    _need_terminal(plain=plain, other="or `qiwizard practice --help` for what needs none")
    sitting = make()
    if not plain and not wants_plain():
        keeper = Keeper(state_folder() / SESSIONS, sitting.library, precedents)
        return _full_screen(sitting.library, None, keeper, mouse=mouse, practice=sitting)
    from qiwizard.practice.plain import run_plain

    return run_plain(sitting)


def _full_screen(
    library: Library,
    session: Session | None,
    keeper: Keeper,
    *,
    mouse: bool,
    today: date | None = None,
    practice: Sitting | None = None,
) -> int:
    from screens.app import run_app

    return run_app(library, session, today=today, mouse=mouse, keeper=keeper, practice=practice)


def _need_terminal(*, plain: bool, other: str) -> None:
    if not plain and not interactive():
        raise UserError(
            "qiwizard: no terminal to draw on; use --plain to answer line by line from a pipe, "
            f"{other}"
        )
    mind_signals()


def _session(session_file: str | None, library: Library, today: date) -> Session | None:
    if session_file is None:
        return None
    from qiwizard.sessionfile import read_session

    return read_session(session_file, library, today)
