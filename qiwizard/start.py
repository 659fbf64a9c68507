"""Starting the wizard: full screen or line by line."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import qiwizard
from qiwizard.config import Config, config_path, read_config
from qiwizard.console import in_browser, interactive, mind_signals, terminal_size, wants_plain
from qiwizard.errors import UserError
from qiwizard.files import seen, state_folder
from qiwizard.keeping.keeper import SESSIONS, Keeper
from qiwizard.law.library import today_under
from qiwizard.law.shipped import library_from
from qiwizard.sessions.session_file import read_session
from qiwizard.text import one_line

if TYPE_CHECKING:
    from qiwizard.law.library import Library
    from qiwizard.practice.sitting import Sitting

FACE = "screens"
"""The package of the full screen."""
HOME = Path(qiwizard.__file__).parents[1]
"""The folder that contains our packages."""
LIKELY = date(2000, 1, 1)
"""A clock earlier than this date is checked against the library, which must be read first."""


def start_wizard(options: Namespace) -> int:
    """Run the wizard on a new session or on one from a file; returns the exit code.

    Line mode on demand reads a pipe; line mode that is only implied, and the full screen,
    need a terminal: UserError says so.
    """
    plain, precedents = options.plain, options.precedents
    _need_terminal(plain=plain, other="or `qiwizard rule FILE` for no questions at all")
    config = read_config(config_path())
    line_by_line = _line_by_line(config, plain=plain)
    if options.session is None and precedents is None and not line_by_line:
        # The first screen does not wait for the library, in which there can be no mistake.
        if date.today() < LIKELY:
            today_under(library_from(None))
        return _full_screen(config, options, keeper=_keeper(config, None, None))
    library = library_from(precedents)
    today_under(library)
    session = None if options.session is None else read_session(options.session, library)
    keeper = _keeper(config, library, precedents)
    if line_by_line:
        from qiwizard.plain.interview import run_plain

        return run_plain(library, session, keeper=keeper)
    return _full_screen(config, options, library=library, session=session, keeper=keeper)


def show_config(_: Namespace) -> int:
    """Print the settings in use with every key, as they may stand in the file; the exit code."""
    path = config_path()
    config = read_config(path)
    there = "" if seen(path) else " (no such file: these are the defaults)"
    lines = "\n".join(_face().settings_lines(config, str(path)))
    print(one_line(f"# {path}{there}"))
    print(lines)
    return 0


def _face() -> ModuleType:
    """The full screen, imported lazily; UserError if another package shadows it."""
    _mend_surroundings()
    _take_name()
    try:
        import screens.app as face
    except ImportError as error:
        if not str(error.name).startswith(FACE):
            raise
    else:
        if hasattr(face, "run_app") and hasattr(face, "settings_lines"):
            return face
    raise UserError(
        f"qiwizard: another package has replaced its `{FACE}` in {HOME}; "
        "install qiwizard in a virtual environment of its own"
    )


def _take_name() -> None:
    """Let `screens` be our own package, whatever else on the path has this name."""
    path = HOME / FACE / "__init__.py"
    spec = spec_from_file_location(FACE, path, submodule_search_locations=[str(path.parent)])
    if FACE in sys.modules or spec is None or spec.loader is None or not seen(path):
        return
    module = sys.modules[FACE] = module_from_spec(spec)
    spec.loader.exec_module(module)


def _mend_surroundings() -> None:
    """What the toolkit would take from the environment too readily.

    NO_COLOR counts when it is not empty. The size is what the terminal says: COLUMNS and LINES
    may be those of another; a browser says its size by them.
    """
    if os.environ.get("NO_COLOR") == "":
        del os.environ["NO_COLOR"]
    if not in_browser() and terminal_size() is not None:
        for name in ("COLUMNS", "LINES"):
            os.environ.pop(name, None)


def start_practice(make: Callable[[], Sitting], options: Namespace) -> int:
    """Practice, in full screen or line by line; returns the exit code. UserError as above."""
    plain = options.plain
    _need_terminal(plain=plain, other="or `qiwizard practice --help` for what needs none")
    config = read_config(config_path())
    sitting = make()
    if not _line_by_line(config, plain=plain):
        keeper = _keeper(config, sitting.library, options.precedents)
        parts = {"library": sitting.library, "keeper": keeper, "practice": sitting}
        return _full_screen(config, options, **parts)
    from qiwizard.practice.plain import PlainPractice

    return PlainPractice(sitting).run()


def _full_screen(config: Config, options: Namespace, **parts: object) -> int:
    mouse = config.mouse and not options.no_mouse
    code: int = _face().run_app(mouse=mouse, config=config, settings=config_path(), **parts)
    return code


def _line_by_line(config: Config, *, plain: bool) -> bool:
    """Whether the questions come line by line; a browser can show the full screen only."""
    return plain or (not in_browser() and (config.plain or wants_plain()))


def _keeper(config: Config, library: Library | None, precedents: str | None) -> Keeper | None:
    return Keeper(state_folder() / SESSIONS, library, precedents) if config.keep else None


def _need_terminal(*, plain: bool, other: str) -> None:
    if plain and in_browser():
        raise UserError("--plain: needs a terminal; a browser shows the full screen only")
    if not plain and not interactive():
        raise UserError(
            "qiwizard: no terminal to draw on; use --plain to answer line by line from a pipe, "
            f"{other}"
        )
    mind_signals()
