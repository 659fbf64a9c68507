"""The start: what this is, and the ways in."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Footer, Static

from qiwizard.citation import spell_date
from qiwizard.errors import UserError
from qiwizard.sessionfile import read_session
from qiwizard.summary import AID_NOT_ADVICE, forum_words
from qiwizard.text import one_line
from screens.ask import AskScreen
from screens.host import host
from screens.literal import literal
from screens.styles import MUTED
from screens.widgets.choices import Choices, Offer

QUESTION = (
    "An official has raised qualified immunity: is discovery stayed, limited, or does it go ahead?"
)


class HomeScreen(Screen[None]):
    """Offers a session, new, at hand or in a file; the library, a comparison, help, the way out."""

    CSS_PATH = "home.tcss"
    AUTO_FOCUS = "Choices"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "app.compare", "Compare", id="home.compare"),
    ]

    choices = query_one(Choices)

    def compose(self) -> ComposeResult:
        """The question, the ways in, and what the library holds."""
        with VerticalScroll(id="page", can_focus=False):
            yield Static("qiwizard", id="name", markup=False)
            yield Static(literal(QUESTION), id="question")
            yield Choices()
            yield Static("", id="about", markup=False)
            yield Static(literal(AID_NOT_ADVICE), id="aid")
        yield Footer(compact=True)

    def on_mount(self) -> None:
        """Say what the library holds."""
        self.query_one("#about", Static).update(self._about())
        self._offer()

    def on_screen_resume(self) -> None:
        """Offer to resume what has been begun meanwhile."""
        self._offer()

    def _offer(self) -> None:
        session = host(self).session
        offers = [Offer("new", "New session")]
        if session.trail:
            caption = one_line(session.matter.caption) or forum_words(
                host(self).library, session.posture
            )
            count = len(session.trail)
            answers = "1 answer" if count == 1 else f"{count} answers"
            offers.append(Offer("resume", f"Resume: {caption}", answers))
        offers += [
            Offer("open", "Open a session file"),
            Offer("library", "The library of precedents"),
            Offer("compare", "Compare circuits, districts, days"),
            Offer("help", "How it works: help and glossary"),
            Offer("quit", "Quit"),
        ]
        start = offers[1] if session.trail else offers[0]
        self.choices.offer(offers, start)

    def _about(self) -> Content:
        library = host(self).library
        return literal(
            f"Library {library.about.version}: {len(library.precedents)} authorities, "
            f"{len(library.holdings)} holdings, {len(library.orders)} decided orders; "
            f"last looked over on {spell_date(library.about.checked)}.",
            MUTED,
        )

    @on(Choices.Picked)
    async def _go(self, event: Choices.Picked) -> None:
        app = host(self)
        match event.value:
            case "new":
                await self.app.run_action("app.new_session")
            case "resume":
                app.show_interview()
            case "open":
                await self.app.run_action("app.open_file")
            case "library":
                app.show_library()
            case "compare":
                app.show_compare()
            case "help":
                await self.app.run_action("app.manual")
            case _:
                await self.app.run_action("app.quit")


class OpenScreen(AskScreen):
    """Asks for the path of a session file, and says in the dialog why one will not do."""

    def __init__(self) -> None:
        super().__init__(
            "Open a session file",
            "The path of a file that was exported from here, such as session.toml",
            refuse=self._unreadable,
        )

    def _unreadable(self, path: str) -> str:
        if not path.strip():
            return "No path given."
        app = host(self)
        try:
            session = read_session(Path(path.strip()).expanduser(), app.library, app.today)
        except UserError as error:
            return str(error)
        app.keep(session)
        return ""
