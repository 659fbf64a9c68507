"""The application: it owns the session, opens the screens, and ends without losing the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import get_current_worker

from qiwizard.config import Config
from qiwizard.keeping.keeper import Keeper
from qiwizard.keeping.kept import Kept
from qiwizard.keeping.ongoing import Ongoing
from qiwizard.keeping.words import drafts
from qiwizard.sessions.session import Session
from qiwizard.text import one_line
from screens.home import HomeScreen
from screens.running.configured import USUAL
from screens.running.ending import run_to_end
from screens.running.keymap import settings_lines as settings_lines
from screens.running.ready import getting_ready
from screens.running.ways import WayfindingApp
from screens.widgets.choices import Offer

if TYPE_CHECKING:
    from textual.app import SystemCommand

    from qiwizard.law.library import Library
    from qiwizard.practice.sitting import Sitting
    from qiwizard.reasoning.ruling import Ruling

NOT_IN_A_FILE = "The answers of this session are not in a file yet."
TYPED = 0.3
"""Seconds after which what is being typed is on disk."""


class QiWizard(WayfindingApp):
    """The terminal face. Screens see it as a `screens.host.Host`."""

    TITLE = "qiwizard"
    CSS_PATH = HomeScreen.CSS_PATH  # of the screen that is there from the start, read once
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "manual", "Help", id="app.help"),
        Binding("question_mark", "manual", "Help", show=False, id="app.manual"),
        Binding("q", "quit", "Quit", id="app.quit"),
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="app.quit-anywhere"),
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
        """The sitting asked for, or of the clerk who practised before."""
        self.library_at_hand = library
        self._day = today
        self.session = session or Session.new(self.today)
        self._opened = session is not None
        self._ongoing = Ongoing(keeper, self.session)
        self._typed: Session | None = None
        """The session with what is being typed, while it is not on disk yet."""
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
        """Go on with what was handed in: a session, or practice."""
        if self._opened:
            self._take_up()
        if self.practice is not None:
            self.action_practice()

    @work(thread=True, group="ready")
    def _get_ready(self) -> None:
        """Load beside the first screen what comes after it, so that no key has to wait."""
        worker = get_current_worker()
        for _ in getting_ready(self):
            if worker.is_cancelled:
                return

    def tell_start(self, library: Library) -> None:
        """Have the start say what the library holds."""
        for screen in self.screen_stack:
            if isinstance(screen, HomeScreen):
                screen.call_later(screen.tell_about, library)

    @property
    def library(self) -> Library:
        """The law it reasons from; the shipped one is read when it is first wanted."""
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
        """Make this the session, on disk before anything else is shown."""
        self.session, self._typed = session, None
        self._save(session)

    def keep_typed(self, session: Session) -> None:
        """Make this the session, on disk before long: something is being typed."""
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
        if told := self._ongoing.save(session):
            self.notify(told, title="Not saved", severity="error", timeout=30, markup=False)

    @property
    def trouble(self) -> str:
        """Why the latest answers are not on disk; empty if they are."""
        return self._ongoing.trouble

    @property
    def precedents(self) -> str | None:
        """The user's own precedents file, if there is one."""
        return self._ongoing.precedents

    def unfinished(self) -> tuple[Kept, ...]:
        """The sessions left unfinished that no running wizard has open."""
        return self._ongoing.unfinished()

    def resume(self, kept: Kept) -> None:
        """Go on with an unfinished session, asking first where something stands against it."""
        from screens.running.resuming import ask_resume

        ask_resume(self, kept, self._resume)

    def discard(self, kept: Kept) -> None:
        """Remove an unfinished session for good, asking first."""
        from screens.running.resuming import ask_discard

        ask_discard(self, kept)

    def exported(self, path: Path | None, *, whole: bool) -> None:
        """Note a file that was written, or, with None, one that the browser has."""
        if whole and not self.session.draft:  # which no file of the user's holds
            self._ongoing.safe = self.session
        if path is not None and path not in self._files:
            self._files.append(path)

    def _take_up(self) -> None:
        """Go on with the session at hand: ask what is left, else show what came of it."""
        from qiwizard.reasoning.interview import facts_left

        if facts_left(self.library, self.session.posture, self.session.as_of):
            self.show_interview()
        else:
            self.show_summary()

    def action_start(self) -> None:
        """Go to the first screen, which offers to go on with the session."""
        go = partial(self.return_to, HomeScreen, losing=True)
        if lost := self.at_stake:
            self._ask_first("Go to the start?", lost, {"Go to the start without them": go})
        else:
            go()

    def action_practice(self) -> None:
        """Drills for clerks."""
        from screens.practice.menu import practice_screen

        screen = practice_screen(self.library, self.practice)
        self.show(type(screen), lambda: screen)

    def action_new_session(self) -> None:
        """Begin anew, asking first where answers would be lost."""
        self._unless_unsafe("Begin a new session?", "Begin anew without them", self._begin)

    def action_open_file(self) -> None:
        """Open a session file, asking first where answers would be lost."""
        self._unless_unsafe("Open another session?", "Open another without them", self._ask_file)

    async def action_quit(self) -> None:
        """End, asking first where answers would be lost."""
        self._quit()

    @work(group="quit", exclusive=True)
    async def _quit(self) -> None:
        from screens.dialogs.confirm import ConfirmScreen

        await self.settle()
        if not isinstance(self.screen, ConfirmScreen):
            self._unless_unsafe("Quit?", "Quit without them", self.leave)

    def last_words(self) -> list[str]:
        """What was written, and where the answers are."""
        written = [f"Written: {one_line(str(path))}" for path in self._files]
        practised = filter(None, [self.at_stake or self.under_way])
        return [*written, *practised, *self._ongoing.end(self.session)]

    def _begin(self) -> None:
        from screens.interview import InterviewScreen

        self._turn_to(Session.new(self.today))
        self.return_to(HomeScreen, losing=True)
        self.push_screen(InterviewScreen())

    def _turn_to(self, session: Session) -> None:
        """Put the session at hand by, and take up another that is in a file, or empty."""
        self._ongoing.put_by(self.session)
        self.session = self._ongoing.safe = session

    def _ask_file(self) -> None:
        from screens.dialogs.open import OpenScreen

        dialog = OpenScreen()

        def opened(path: str | None) -> None:
            if path is not None and dialog.session is not None:
                self._turn_to(dialog.session)
                self.return_to(HomeScreen, losing=True)
                self._take_up()

        self.push_screen(dialog, opened)

    def _resume(self, kept: Kept) -> None:
        """Take up an unfinished session; UserError, and nothing changed, if that cannot be."""
        self.session = self._ongoing.resume(kept, self.session, self.today)
        self.return_to(HomeScreen, losing=True)
        self._take_up()
        if typed := drafts(self.library, self.session):
            fields = ", ".join(field for field, _ in typed)
            told = f"Typed and not confirmed: {fields}. It is there when you open that again."
            self.notify(told, timeout=15, markup=False)

    def _unless_unsafe(self, title: str, anyway: str, go: Callable[[], None]) -> None:
        unsafe, at_stake = self._ongoing.would_lose(self.session), self.at_stake
        if not unsafe and not at_stake:
            go()
            return
        ways: dict[str, Callable[[], object]] = {anyway: go}
        if unsafe:
            ways = {"Export them first": self.ask_export, **ways}
            at_stake = " ".join(filter(None, (self.trouble or NOT_IN_A_FILE, at_stake)))
        self._ask_first(title, at_stake, ways, safe="Export them first" if unsafe else None)

    def _ask_first(
        self,
        title: str,
        text: str,
        ways: Mapping[str, Callable[[], object]],
        *,
        safe: str | None = None,
    ) -> None:
        """Ask before something is lost; the ways on by their words, one of them perhaps safe."""
        from screens.dialogs.confirm import ConfirmScreen

        def decided(words: str | None) -> None:
            if words is not None:
                ways[words]()

        offers = [Offer(words, words) for words in ways]
        self.push_screen(ConfirmScreen(title, text, offers, safe=safe), decided)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The commands of the palette: where to go, then what the toolkit brings."""
        from screens.running.palette import commands

        yield from commands(self, screen)
        yield from super().get_system_commands(screen)


def run_app(
    library: Library | None,
    session: Session | None,
    *,
    today: date | None = None,
    mouse: bool = True,
    keeper: Keeper | None = None,
    practice: Sitting | None = None,
    config: Config = USUAL,
    settings: Path | None = None,
) -> int:
    """Run the application and return its exit code; UserError for settings that cannot be."""
    app = QiWizard(library, session, today, keeper, practice, config, settings)
    return run_to_end(app, mouse=mouse)
