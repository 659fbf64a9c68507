"""The application: it owns the session, opens the screens, and ends without losing answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.worker import get_current_worker

from qiwizard.config import Config
from qiwizard.keeping.keeper import Keeper, Ongoing
from qiwizard.keeping.kept import Kept, drafts
from qiwizard.sessions.session import Session
from qiwizard.text import one_line
from screens.home import HomeScreen
from screens.running.keymap import settings_lines as settings_lines
from screens.running.terminal_app import USUAL, TerminalApp, run_to_end

if TYPE_CHECKING:
    from textual.app import SystemCommand

    from qiwizard.law.library import Library
    from qiwizard.practice.sitting import Sitting
    from qiwizard.reasoning.ruling import Ruling

NOT_IN_A_FILE = "The answers of this case are not saved in a file yet."
SCREENS = {
    "case": "screens.dialogs.matter:MatterScreen",
    "compare": "screens.compare:ComparisonScreen",
    "export": "screens.dialogs.export:ExportScreen",
    "map": "screens.map:MapScreen",
    "review": "screens.review:ReviewScreen",
    "summary": "screens.summary:SummaryScreen",
}
"""By command: its screen, which is loaded when it is first opened."""
NEXT = ("screens.interview", "screens.dialogs.confirm", "screens.running.palette", "screens.review")
"""The modules of the screens that come next, the likeliest first."""
OF_A_RESULT = ("compare", "map", "summary")
"""Commands that need a result to show."""
TYPED = 0.3
"""Seconds before text being typed is saved."""


class QiWizard(TerminalApp):
    """The full screen, which screens reach by `screens.host.host`."""

    TITLE = "qiwizard"
    CSS_PATH = HomeScreen.CSS_PATH  # of the screen that is there from the start, read once
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "command('help')", "Help", key_display="?", id="app.help"),
        Binding("q", "quit", "Quit", id="app.quit"),
        Binding("ctrl+q", "quit", "Quit", priority=True, id="app.quit-anywhere"),
        Binding("ctrl+z", "suspend_process", "Back to the shell", show=False, id="app.suspend"),
    ]

    def __init__(
        self,
        library: Library | None = None,
        session: Session | None = None,
        today: date | None = None,
        keeper: Keeper | None = None,
        practice: Sitting | None = None,
        config: Config = USUAL,
        settings: Path | None = None,
    ) -> None:
        """Show a library, None being the shipped one, which is read when it is first wanted."""
        super().__init__(config, settings)
        self.practice = practice
        """The sitting asked for, or of the clerk who practiced before."""
        self.library_at_hand = library
        self._day = today
        self.session = session or Session.new(self.today)
        self._opened = session is not None
        self.ongoing = Ongoing(keeper, self.session)
        """Where the session is held."""
        self._typed: Session | None = None
        """The session with unsaved text being typed."""
        self._files: list[Path] = []
        self._ruled: tuple[Session, Ruling] | None = None

    @property
    def today(self) -> date:
        """The day named at the start, or what the clock says now: a window may stay open."""
        return self._day or date.today()

    def get_default_screen(self) -> HomeScreen:
        """The start."""
        return HomeScreen()

    def on_ready(self) -> None:
        """Let the first screen be painted before anything else is loaded."""
        self.call_after_refresh(self._get_ready)

    def on_mount(self) -> None:
        """Continue with the session or practice that was passed in."""
        if self._opened:
            self._take_up()
        if self.practice is not None:
            self.action_practice()

    @work(thread=True, group="ready")
    def _get_ready(self) -> None:
        """Preload the next screens in the background, so that no key has to wait."""
        worker, told = get_current_worker(), self.library_at_hand is not None
        library = self.library
        if not told:
            _ = library.orders
            for home in (s for s in self.screen_stack if isinstance(s, HomeScreen)):
                home.call_later(home.tell_about, library)
        for module in NEXT:
            if worker.is_cancelled:
                return
            import_module(module)
        from qiwizard.sessions.questions import next_question

        next_question(library, self.session)

    @property
    def library(self) -> Library:
        """The library; the shipped one is read on first use."""
        if self.library_at_hand is None:
            from qiwizard.law.shipped import shipped_library

            self.library_at_hand = shipped_library()
        return self.library_at_hand

    @property
    def ruling(self) -> Ruling:
        """The ruling on the session as it stands, computed once per session."""
        if self._ruled is None or self._ruled[0] is not self.session:
            from qiwizard.reasoning.ruling import rule

            ruling = rule(self.library, self.session.posture, self.session.as_of)
            self._ruled = self.session, ruling
        return self._ruled[1]

    def keep(self, session: Session) -> None:
        """Set the current session and save it before anything else is shown."""
        self.session, self._typed = session, None
        self._save(session)

    def keep_typed(self, session: Session) -> None:
        """Set the current session and save it soon: text is being typed."""
        if session is self.session:
            return
        if self._typed is None:
            self.set_timer(TYPED, self._save_typed)
        self.session = self._typed = session

    def _save_typed(self) -> None:
        typed, self._typed = self._typed, None
        if typed is self.session:
            self._save(typed)

    def _save(self, session: Session) -> None:
        if told := self.ongoing.save(session):
            self.notify(told, title="Not saved", severity="error", timeout=30, markup=False)

    def exported(self, path: Path | None, *, whole: bool) -> None:
        """Note a file that was written, or, with None, one that the browser has."""
        if whole and not self.session.draft:  # not in any file of the user's
            self.ongoing.safe = self.session
        if path is not None and path not in self._files:
            self._files.append(path)

    def _take_up(self) -> None:
        """Go on with the session: ask what is left, else show the result or what it lacks."""
        from qiwizard.sessions.questions import next_question

        if next_question(self.library, self.session) is not None:
            self.show_interview()
        elif self._lacking():
            self.open("review")
        else:
            self.show_summary()

    def show_interview(self, fact: str | None = None) -> None:
        """Go to the interview, at a fact or at the next question."""
        from screens.interview import InterviewScreen

        if self.return_to(InterviewScreen) is None:
            self.push_screen(InterviewScreen(fact))
        elif isinstance(self.screen, InterviewScreen):
            self.screen.go(fact)

    def show_summary(self, section: str = "") -> None:
        """Show the result, at a section if one is named; what it lacks, if there is none yet."""
        self.open("summary")
        if section and (show_section := getattr(self.screen, "show_section", None)):
            show_section(section)

    def show_library(self, precedent: str | None = None) -> None:
        """Browse the library, at a precedent if one is named."""
        from screens.library import LibraryScreen

        if precedent is not None and self.return_to(LibraryScreen) is not None:
            self.pop_screen()
        self.show(LibraryScreen, partial(LibraryScreen, precedent))

    def show_help(self) -> None:
        """Open the help page."""
        from screens.help import HelpScreen

        self.show(HelpScreen, partial(HelpScreen, self.screen, self.keys_wanted))

    def open(self, command: str) -> None:
        """Open the screen of a command, if there is what it shows; one dialog at a time."""
        if command in OF_A_RESULT and self._lacking():
            return
        kind = resolve_name(SCREENS[command])
        if issubclass(kind, ModalScreen):
            if not isinstance(self.screen, ModalScreen):
                self.push_screen(kind())
        else:
            self.show(kind, kind)

    def _lacking(self) -> bool:
        """Whether there is no result yet; if so, say what is missing."""
        from qiwizard.sessions.questions import not_enough_words

        if told := not_enough_words(self.library, self.session):
            self.notify(told, severity="warning", markup=False)
        return bool(told)

    def action_command(self, id_: str) -> None:
        """Do what a command of the table does, wherever it was asked for."""
        others: dict[str, Callable[[], object]] = {
            "library": self.show_library,
            "home": self.action_home,
            "continue": self._take_up,
            "help": self.show_help,
            "quit": self.action_quit,
        }
        show_card = getattr(self.screen, "show_card", None) if id_ == "summary" else None
        if show_card is not None:
            self.call_next(show_card)
        elif id_ in SCREENS:
            self.call_next(self.open, id_)
        else:
            self.call_next(others.get(id_, partial(self.show_summary, id_)))

    def action_home(self) -> None:
        """Go to the first screen, which offers to go on with the case."""
        go = partial(self.return_to, HomeScreen, losing=True)
        if lost := self.at_stake:
            from screens.dialogs.confirm import ask_first

            ask_first(self, "Go to the home screen?", lost, {"Leave without saving": go})
        else:
            go()

    def action_practice(self) -> None:
        """Drills for clerks."""
        from screens.practice.menu import PracticeScreen

        self.show(PracticeScreen, lambda: PracticeScreen(self.library, self.practice))

    def action_new_case(self) -> None:
        """Start a new case, asking first where answers would be lost."""
        self._unless_unsafe("Start a new case?", "Start without saving them", self._begin)

    def action_open_file(self) -> None:
        """Open a session file, asking first where answers would be lost."""
        self._unless_unsafe("Open another case?", "Open without saving them", self._ask_file)

    async def action_quit(self) -> None:
        """Quit, with a confirmation if answers would be lost."""
        self._quit()

    @work(group="quit", exclusive=True)
    async def _quit(self) -> None:
        from screens.dialogs.confirm import ConfirmScreen

        await self.settle()
        if not isinstance(self.screen, ConfirmScreen):
            self._unless_unsafe("Quit?", "Quit without saving them", self.leave)

    def last_words(self) -> list[str]:
        """What was written, and where the answers are."""
        written = [f"Written: {one_line(str(path))}" for path in self._files]
        practised = filter(None, [self.at_stake or self.under_way])
        return [*written, *practised, *self.ongoing.end(self.session)]

    def _begin(self) -> None:
        from screens.interview import InterviewScreen

        self._turn_to(Session.new(self.today))
        self.return_to(HomeScreen, losing=True)
        self.push_screen(InterviewScreen())

    def _turn_to(self, session: Session) -> None:
        """Store the current session and switch to another, from a file or empty."""
        self.ongoing.put_by(self.session)
        self.session = self.ongoing.safe = session

    def _ask_file(self) -> None:
        from screens.dialogs.ask import OpenScreen

        dialog = OpenScreen()

        def opened(path: str | None) -> None:
            if path is not None and dialog.session is not None:
                self._turn_to(dialog.session)
                self.return_to(HomeScreen, losing=True)
                self._take_up()

        self.push_screen(dialog, opened)

    def resume(self, kept: Kept) -> None:
        """Resume an unfinished session; UserError, with nothing changed, if that fails."""
        self.session = self.ongoing.resume(kept, self.session, self.today)
        self.return_to(HomeScreen, losing=True)
        self._take_up()
        if typed := drafts(self.library, self.session):
            fields = ", ".join(field for field, _ in typed)
            told = f"Unsaved text: {fields}. Open the dialog again to save it."
            self.notify(told, timeout=15, markup=False)

    def _unless_unsafe(self, title: str, anyway: str, go: Callable[[], None]) -> None:
        unsafe, at_stake = self.ongoing.would_lose(self.session), self.at_stake
        if not unsafe and not at_stake:
            go()
            return
        ways: dict[str, Callable[[], object]] = {anyway: go}
        if unsafe:
            ways = {"Export first": partial(self.open, "export"), **ways}
            at_stake = " ".join(filter(None, (self.ongoing.trouble or NOT_IN_A_FILE, at_stake)))
        from screens.dialogs.confirm import ask_first

        ask_first(self, title, at_stake, ways, safe="Export first" if unsafe else None)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The commands of the palette: where to go, then what the toolkit brings."""
        from screens.running.palette import commands

        yield from commands(self)
        yield from super().get_system_commands(screen)


def run_app(*, mouse: bool, **parts: Any) -> int:
    """Run the application of some parts; its exit code. UserError for settings that cannot be."""
    return run_to_end(QiWizard(**parts), mouse=mouse)
