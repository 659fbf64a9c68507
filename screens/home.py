"""The start: what this is, and the ways in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import OptionList, Static

from qiwizard.keeping.kept import Kept
from qiwizard.keeping.words import count_words, kept_words, resume_words
from qiwizard.law.facts import Value
from qiwizard.practice.waiting import waiting_words
from qiwizard.reports.words import AID_NOT_ADVICE, forum_words
from screens.drawing.literal import literal
from screens.drawing.styles import MUTED
from screens.host import host
from screens.widgets.choices import Choices, Menu, Offer
from screens.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from qiwizard.law.library import Library

QUESTION = (
    "An official has raised qualified immunity: is discovery stayed, limited, or does it go ahead?"
)

READING = "The library is being read …\n"
"""Two lines, as what is said of the library takes."""
KEPT = "kept:"
"""Begins the value of an offer to resume an unfinished session; its number follows."""


class HomeScreen(Screen[None]):
    """Offers a session, new, at hand or in a file; the library, a comparison, help, the way out."""

    CSS_PATH = "home.tcss"
    AUTO_FOCUS = "Choices"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "app.compare", "Compare", id="home.compare"),
        Binding("x,delete", "discard", "Discard", key_display="x", id="home.discard"),
        Binding("p", "app.practice", "Practice", id="home.practice"),
    ]

    choices = query_one(Choices)

    def __init__(self) -> None:
        super().__init__()
        self._kept: tuple[Kept, ...] = ()

    def compose(self) -> ComposeResult:
        """The question, the ways in, and what the library holds."""
        with VerticalScroll(id="page", can_focus=False):
            yield Static("qiwizard", id="name", markup=False)
            yield Static(literal(QUESTION), id="question")
            yield Menu(self._go)
            yield Static(literal(READING, MUTED), id="about")
            yield Static(literal(AID_NOT_ADVICE), id="aid")
        yield KeyLine()

    def on_mount(self) -> None:
        """Offer the ways in; what the library holds is said once it is read."""
        self._offer()
        if (library := host(self).library_at_hand) is not None:
            self.tell_about(library)

    def on_screen_resume(self) -> None:
        """Offer to resume what has been begun meanwhile."""
        self._offer()

    def _offer(self) -> None:
        session = host(self).session
        self._kept = host(self).unfinished()
        offers = []
        if session.trail:
            title = session.matter.caption or forum_words(host(self).library, session.posture)
            offers.append(Offer("interview", resume_words(title), count_words(len(session.trail))))
        offers += [
            Offer(f"{KEPT}{number}", resume_words(kept.title), kept_words(kept))
            for number, kept in enumerate(self._kept)
        ]
        offers += [
            Offer("new_session", "New session"),
            Offer("open_file", "Open a session file"),
            Offer("library", "The library of precedents"),
            Offer("compare", "Compare circuits, districts, days"),
            Offer("practice", "Practice for clerks", waiting_words()),
            Offer("manual", "How it works: help and glossary"),
            Offer("quit", "Quit"),
        ]
        self.choices.offer(offers)
        self.refresh_bindings()

    def tell_about(self, library: Library) -> None:
        """Say what the library holds."""
        from qiwizard.law.citation import spell_date  # not before the first screen

        text = (
            f"Library {library.about.version}: {len(library.precedents)} authorities, "
            f"{len(library.holdings)} holdings, {len(library.orders)} decided orders; "
            f"last looked over on {spell_date(library.about.checked)}."
        )
        self.query_one("#about", Static).update(literal(text, MUTED))

    @property
    def _marked(self) -> Kept | None:
        """The unfinished session under the caret."""
        marked = self.choices.marked
        value = "" if marked is None else str(marked.value)
        return self._kept[int(value.removeprefix(KEPT))] if value.startswith(KEPT) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only an unfinished session can be discarded."""
        return action != "discard" or (self.is_mounted and self._marked is not None)

    def action_discard(self) -> None:
        """Remove the unfinished session under the caret, asking first."""
        if (kept := self._marked) is not None:
            host(self).discard(kept)

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    def _go(self, value: Value | None) -> None:
        way = str(value)
        if way.startswith(KEPT):
            host(self).resume(self._kept[int(way.removeprefix(KEPT))])
        else:
            self.app.call_next(self.app.run_action, f"app.{way}")
