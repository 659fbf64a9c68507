"""The home screen: what the program does, and where to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import OptionList, Static

from qiwizard.keeping.kept import Kept, count_words, kept_words, resume_words
from qiwizard.law.facts import Value
from qiwizard.reports.words import AID_NOT_ADVICE, forum_words
from qiwizard.sessions.session import trail
from qiwizard.text import spell_date
from screens.drawing import MUTED, literal
from screens.host import host
from screens.widgets.choices import Choices, Offer
from screens.widgets.key_line import KeyLine, command

if TYPE_CHECKING:
    from qiwizard.law.library import Library

QUESTION = (
    "An official asserts qualified immunity. Is discovery stayed, limited or allowed to proceed?"
)
READING = "Reading the library …\n"
"""Two lines, the height of the library summary."""
HEIGHTS = [(0, "-short"), (20, "-regular")]
KEPT = "kept:"
"""Prefix of the value that resumes an unfinished case; its number follows."""
FIXED = (
    Offer("new_case", "New case"),
    Offer("open_file", "Open a session file"),
    Offer("command('library')", "Library of authorities"),
    Offer("command('compare')", "Compare circuits, districts, dates"),
    Offer("practice", "Practice for clerks"),
    Offer("command('help')", "Help and glossary"),
    Offer("quit", "Quit"),
)
"""What is always offered, each under its number; unfinished cases follow."""


class HomeScreen(Screen[None]):
    """Offers a new case, a file, the library, practice, and the cases left unfinished."""

    CSS_PATH = "home.tcss"
    AUTO_FOCUS = "Choices"
    VERTICAL_BREAKPOINTS = HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "app.practice", "Practice", id="home.practice"),
        command("library", "home"),
        command("compare", "home"),
        Binding("x,delete", "discard", "Discard", key_display="x", id="home.discard"),
    ]

    choices = query_one(Choices)

    def __init__(self) -> None:
        super().__init__()
        self._kept: tuple[Kept, ...] = ()

    def compose(self) -> ComposeResult:
        """The question, where to begin, and what the library holds."""
        with VerticalScroll(id="page", can_focus=False):
            yield Static("qiwizard", id="name", markup=False)
            yield Static(literal(QUESTION), id="question")
            yield Choices(self._go)
            yield Static(literal(READING, MUTED), id="about")
            yield Static(literal(AID_NOT_ADVICE), id="aid")
        yield KeyLine()

    def on_mount(self) -> None:
        """Offer what there is; what the library holds is said once it is read."""
        self._offer()
        if (library := host(self).library_at_hand) is not None:
            self.tell_about(library)

    def on_screen_resume(self) -> None:
        """Offer to resume sessions started in the meantime."""
        self._offer()

    def _offer(self) -> None:
        session = host(self).session
        self._kept = host(self).ongoing.unfinished()
        offers = list(FIXED)
        if session.trail:
            title = session.matter.caption or forum_words(host(self).library, session.posture)
            words = count_words(len(trail(session)))
            offers.append(Offer("command('continue')", resume_words(title), words))
        offers += [
            Offer(f"{KEPT}{number}", resume_words(kept.title), kept_words(kept))
            for number, kept in enumerate(self._kept)
        ]
        first = offers[len(FIXED)] if len(offers) > len(FIXED) else offers[0]
        self.choices.offer(offers, first)
        self.refresh_bindings()

    def tell_about(self, library: Library) -> None:
        """Say what the library holds."""
        text = (
            f"Library {library.about.version}: {len(library.precedents)} authorities, "
            f"{len(library.holdings)} holdings, {len(library.orders)} decided orders; "
            f"last reviewed {spell_date(library.about.checked)}."
        )
        self.query_one("#about", Static).update(literal(text, MUTED))

    @property
    def _marked(self) -> Kept | None:
        """The unfinished case that is marked."""
        marked = self.choices.marked
        value = "" if marked is None else str(marked.value)
        return self._kept[int(value.removeprefix(KEPT))] if value.startswith(KEPT) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only an unfinished case can be discarded."""
        return action != "discard" or (self.is_mounted and self._marked is not None)

    def action_discard(self) -> None:
        """Remove the marked unfinished case, asking first."""
        from screens.dialogs.confirm import ask_discard  # not before the first screen

        if (kept := self._marked) is not None:
            ask_discard(self.app, kept)

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    def _go(self, value: Value | None) -> None:
        if (kept := self._marked) is not None:
            from screens.dialogs.confirm import ask_resume  # not before the first screen

            ask_resume(self, kept)
        else:
            self.app.call_next(self.app.run_action, f"app.{value}")
