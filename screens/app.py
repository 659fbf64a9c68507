"""The application: it owns the session, opens the screens, and ends without losing the way."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from rich.console import RenderableType
from rich.text import Text
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.screen import ModalScreen, Screen

from qiwizard.fault import fault_lines
from qiwizard.holding import Holding
from qiwizard.interview import facts_left
from qiwizard.keeper import Keeper
from qiwizard.kept import Kept
from qiwizard.library import Library
from qiwizard.ruling import Ruling, rule
from qiwizard.session import Session
from qiwizard.signals import exit_code
from qiwizard.text import one_line
from screens.confirm import ConfirmScreen
from screens.home import HomeScreen, OpenScreen
from screens.interview import InterviewScreen
from screens.palette import commands
from screens.themes import HIGH_CONTRAST
from screens.widgets.choices import Offer

if TYPE_CHECKING:
    from qiwizard.practice.sitting import Sitting

AnyScreen = TypeVar("AnyScreen", bound=Screen[None])

HUNG_UP = 129
"""The exit code after the terminal was closed, as shells count."""
FAULT = 70
"""The exit code after a fault in the program."""


class QiWizard(App[int]):
    """The terminal face. Screens see it as a `screens.host.Host`."""

    TITLE = "qiwizard"
    MODES = {"main": HomeScreen}  # noqa: RUF012 - the toolkit's own name and kind
    DEFAULT_MODE = "main"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "manual", "Help", id="app.help"),
        Binding("question_mark", "manual", "Help", show=False, id="app.manual"),
        Binding("q", "quit", "Quit", id="app.quit"),
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="app.quit-anywhere"),
        Binding("ctrl+z", "suspend_process", "Back to the shell", show=False, id="app.suspend"),
    ]

    def __init__(
        self,
        library: Library,
        session: Session | None = None,
        today: date | None = None,
        keeper: Keeper | None = None,
        practice: Sitting | None = None,
    ) -> None:
        super().__init__()
        self.practice = practice
        """The sitting asked for, or of the clerk who practised before."""
        self.library = library
        self.today = today or date.today()
        self.session = session or Session.new(self.today)
        self._opened = session is not None
        self._holding = Holding(keeper, self.session)
        self.crashed = False
        self._files: list[Path] = []
        self._ruled: tuple[Session, Ruling] | None = None
        self.animation_level = "none"
        self.register_theme(HIGH_CONTRAST)

    def on_mount(self) -> None:
        """Mind the signals, and go on with a session that was handed in."""
        self._mind_signals()
        if self._opened:
            self._take_up()
        if self.practice is not None:
            self.action_practice()

    @property
    def ruling(self) -> Ruling:
        """The ruling on the session as it stands, computed once per session."""
        if self._ruled is None or self._ruled[0] is not self.session:
            ruling = rule(self.library, self.session.posture, self.session.as_of)
            self._ruled = self.session, ruling
        return self._ruled[1]

    def keep(self, session: Session) -> None:
        """Make this the session, on disk before anything else is shown."""
        self.session = session
        if told := self._holding.save(session):
            self.notify(told, title="Not saved", severity="error", timeout=30, markup=False)

    @property
    def trouble(self) -> str:
        """Why the latest answers are not on disk; empty if they are."""
        return self._holding.trouble

    @property
    def precedents(self) -> str | None:
        """The user's own precedents file, if there is one."""
        return self._holding.precedents

    def unfinished(self) -> tuple[Kept, ...]:
        """The sessions left unfinished that no running wizard has open."""
        return self._holding.unfinished()

    def resume(self, kept: Kept) -> None:
        """Go on with an unfinished session, asking first where something stands against it."""
        from screens.resuming import ask_resume

        ask_resume(self, kept, self._resume)

    def discard(self, kept: Kept) -> None:
        """Remove an unfinished session for good, asking first."""
        from screens.resuming import ask_discard

        ask_discard(self, kept)

    def exported(self, path: Path, *, whole: bool) -> None:
        """Note a file that was written."""
        if whole:
            self._holding.safe = self.session
        if path not in self._files:
            self._files.append(path)

    def show_interview(self, fact: str | None = None) -> None:
        """Go to the interview, at a fact or at the next open question."""
        if self._return_to(InterviewScreen) is None:
            self.push_screen(InterviewScreen(fact))
        elif isinstance(self.screen, InterviewScreen):
            self.screen.go(fact)

    def show_review(self) -> None:
        """Show every answer."""
        from screens.review import ReviewScreen

        self._show(ReviewScreen, ReviewScreen)

    def show_summary(self) -> None:
        """Show the ruling with its reasons."""
        from screens.summary import SummaryScreen

        self._show(SummaryScreen, SummaryScreen)

    def show_library(self, precedent: str | None = None) -> None:
        """Browse the library, at a precedent if one is named."""
        from screens.library import LibraryScreen

        if precedent is not None and self._return_to(LibraryScreen) is not None:
            self.pop_screen()
        self._show(LibraryScreen, partial(LibraryScreen, precedent))

    def show_compare(self) -> None:
        """Set the law of other forums beside the one stated."""
        from screens.compare import ComparisonScreen

        self._show(ComparisonScreen, ComparisonScreen)

    def show_map(self) -> None:
        """Draw where the questions lead from here."""
        from screens.map import MapScreen

        self._show(MapScreen, MapScreen)

    def ask_export(self) -> None:
        """Open the export dialog."""
        from screens.export import ExportScreen

        if not isinstance(self.screen, ModalScreen):
            self.push_screen(ExportScreen())

    def show_help(self) -> None:
        """Open the manual."""
        from screens.help import HelpScreen
        from screens.keys import key_table

        self._show(HelpScreen, lambda: HelpScreen(key_table(type(self))))

    def _show(self, kind: type[AnyScreen], make: Callable[[], AnyScreen]) -> None:
        if self._return_to(kind) is None:
            self.push_screen(make())

    def _return_to(self, kind: type[AnyScreen]) -> AnyScreen | None:
        """The screen of a kind, brought to the top, if it is open; dialogs are closed first."""
        while isinstance(self.screen, ModalScreen):
            self.pop_screen()
        found = next((s for s in self.screen_stack if isinstance(s, kind)), None)
        while found is not None and self.screen is not found:
            self.pop_screen()
        return found

    def _take_up(self) -> None:
        """Go on with the session at hand: ask what is left, else show what came of it."""
        if facts_left(self.library, self.session.posture, self.session.as_of):
            self.show_interview()
        else:
            self.show_summary()

    def action_manual(self) -> None:
        """Open the manual."""
        self.show_help()

    def action_interview(self) -> None:
        """Go on with the interview."""
        self.show_interview()

    def action_review(self) -> None:
        """Show every answer."""
        self.show_review()

    def action_summary(self) -> None:
        """Show the ruling with its reasons."""
        self.show_summary()

    def action_library(self) -> None:
        """Browse the library."""
        self.show_library()

    def action_compare(self) -> None:
        """Set the law of other forums beside the one stated."""
        self.show_compare()

    def action_map(self) -> None:
        """Draw where the questions lead from here."""
        self.show_map()

    def action_practice(self) -> None:
        """Drills for clerks."""
        from screens.practice.menu import practice_screen

        screen = practice_screen(self.library, self.practice)
        self._show(type(screen), lambda: screen)

    def action_export(self) -> None:
        """Open the export dialog."""
        self.ask_export()

    def action_matter(self) -> None:
        """Name the case."""
        from screens.matter import MatterScreen

        if not isinstance(self.screen, ModalScreen):
            self.push_screen(MatterScreen())

    def action_new_session(self) -> None:
        """Begin anew, asking first where answers would be lost."""
        self._unless_unsafe("Begin a new session?", "Begin anew without them", self._begin)

    def action_open_file(self) -> None:
        """Open a session file, asking first where answers would be lost."""
        self._unless_unsafe("Open another session?", "Open another without them", self._ask_file)

    async def action_quit(self) -> None:
        """End, asking first where answers would be lost."""
        if not isinstance(self.screen, ConfirmScreen):
            self._unless_unsafe("Quit?", "Quit without them", self._leave)

    def _begin(self) -> None:
        self._turn_to(Session.new(self.today))
        self._return_to(HomeScreen)
        self.push_screen(InterviewScreen())

    def _turn_to(self, session: Session) -> None:
        """Put the session at hand by, and take up another that is in a file, or empty."""
        self._holding.put_by(self.session)
        self.session = self._holding.safe = session

    def _ask_file(self) -> None:
        dialog = OpenScreen()

        def opened(path: str | None) -> None:
            if path is not None and dialog.session is not None:
                self._turn_to(dialog.session)
                self._return_to(HomeScreen)
                self._take_up()

        self.push_screen(dialog, opened)

    def _resume(self, kept: Kept) -> None:
        """Take up an unfinished session; UserError, and nothing changed, if that cannot be."""
        self.session = self._holding.resume(kept, self.session, self.today)
        self._return_to(HomeScreen)
        self._take_up()

    def _unless_unsafe(self, title: str, anyway: str, go: Callable[[], None]) -> None:
        if not self._holding.would_lose(self.session):
            go()
            return

        def decided(way: str | None) -> None:
            if way == "export":
                self.ask_export()
            elif way == "go":
                go()

        text = self.trouble or "The answers of this session are not in a file yet."
        ways = (Offer("export", "Export them first"), Offer("go", anyway))
        self.push_screen(ConfirmScreen(title, text, ways), decided)

    def _leave(self, return_code: int = 0) -> None:
        told = [f"Written: {one_line(str(path))}" for path in self._files]
        told += self._holding.end(self.session)
        message = Text("\n".join(told)) if told else None
        self.exit(return_code, return_code=return_code, message=message)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The commands of the palette: where to go, then what the toolkit brings."""
        yield from commands(self)
        yield from super().get_system_commands(screen)

    def _mind_signals(self) -> None:
        """End in good order when the terminal is closed or the process is told to stop."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is None or sys.platform == "win32":
                continue
            loop.add_signal_handler(number, partial(self._leave, 128 + number))

    def hang_up(self) -> None:
        """End because the terminal is gone."""
        self._leave(HUNG_UP)

    def panic(self, *renderables: RenderableType) -> None:
        """Say in a sentence that it stopped, in place of what the toolkit would print."""
        errors: Iterable[object] = renderables
        self._close_for(next((e for e in errors if isinstance(e, BaseException)), None))

    def _fatal_error(self) -> None:
        """Say in a sentence that it stopped: the toolkit would print local variables."""
        self._close_for(sys.exc_info()[1])

    def _close_for(self, error: BaseException | None) -> None:
        self.crashed = True
        told = [*fault_lines(error), *self._holding.end(self.session)]
        self._exit_renderables.append(Text("\n".join(told)))
        self._close_messages_no_wait()

    def get_driver_class(self) -> type[Driver]:
        """The driver of this system; on Unix our own reader of the keyboard."""
        kind = super().get_driver_class()
        if sys.platform != "win32":
            from textual.drivers.linux_driver import LinuxDriver

            if kind is LinuxDriver:
                from screens.driver import Keyboard

                return Keyboard
        return kind


def run_app(
    library: Library,
    session: Session | None,
    *,
    today: date | None = None,
    mouse: bool = True,
    keeper: Keeper | None = None,
    practice: Sitting | None = None,
) -> int:
    """Run the application and return its exit code."""
    app = QiWizard(library, session, today, keeper, practice)
    try:
        app.run(mouse=mouse)
    except OSError:
        # A terminal that is gone cannot be written to; without an ending before it, that is news.
        if app.return_code is None:
            raise
    if app.crashed:
        return FAULT
    return exit_code() if app.return_code is None else app.return_code
