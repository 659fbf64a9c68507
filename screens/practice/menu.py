"""The start of practice: who is practicing, what is due, the choices."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.getters import query_one
from textual.widgets import Static

from qiwizard.errors import UserError
from qiwizard.law.facts import Value
from qiwizard.law.library import Library
from qiwizard.practice.progress import Round
from qiwizard.practice.selection import learning
from qiwizard.practice.sitting import (
    NONE_LEFT,
    Entry,
    Sitting,
    entries,
    home_sitting,
    now,
    walks,
)
from qiwizard.practice.store import DEFAULT_CLERK, Store, clerk_name, clerk_words, like_named
from qiwizard.practice.walk import WALK
from screens.dialogs.ask import AskScreen
from screens.drawing import MUTED, literal
from screens.host import HostedScreen
from screens.practice.drill import DrillScreen
from screens.practice.progress import ProgressScreen
from screens.widgets.choices import Choices, Offer
from screens.widgets.key_line import KeyLine


class PracticeScreen(HostedScreen[None]):
    """Offers reviews, rounds, walks, placements and the progress of one clerk."""

    CSS_PATH = "menu.tcss"
    AUTO_FOCUS = "Choices"
    HELP = """\
# Practice

Drills made from the library and the decided orders. After each answer: the rule, the authority and
what the court did. Your answers stay on this machine, under the name of the clerk.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "clerk", "Clerk", id="practice.clerk"),
        Binding("escape,b", "back", "Back", key_display="esc", id="practice.back"),
    ]

    choices = query_one(Choices)

    def __init__(self, library: Library, sitting: Sitting | None) -> None:
        """For the sitting asked for, else for the clerk who practiced here before."""
        super().__init__()
        self._sitting = sitting or home_sitting(library)
        self._offered: tuple[Entry, ...] = ()
        self._walking = False

    def compose(self) -> ComposeResult:
        """Who is practicing, the placements, the choices."""
        with VerticalScroll(id="practice-page", can_focus=False):
            yield Static("Practice for clerks", id="practice-name", markup=False)
            yield Static("", id="practice-clerk", markup=False)
            yield Choices(self._go)
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin with the round that was asked for, if one was."""
        self._offer()
        if self._sitting.first is not None:
            self.app.push_screen(DrillScreen(self._sitting, self._sitting.first))

    def on_screen_resume(self) -> None:
        """Show what has become due, and the placements."""
        self._offer()

    def action_back(self) -> None:
        """Back to the menu, or home."""
        if self._walking:
            self._walking = False
            self._offer()
        else:
            self.leave()

    def action_clerk(self) -> None:
        """Practice under another name."""

        def named(name: str | None) -> None:
            if name is not None:
                self._sitting = Sitting(self._sitting.library, Store(name))
                self._offer()
                if hint := like_named(name):
                    self.notify(hint, markup=False)

        name = self._sitting.store.clerk
        ask = AskScreen(
            "Who is practicing?",
            "A name under which progress is kept on this machine",
            "" if name == DEFAULT_CLERK else name,
            refuse=_refused,
            typed_over=True,
        )
        self.app.push_screen(ask, named)

    def _offer(self) -> None:
        library, (progress, trouble) = self._sitting.library, self._sitting.progress()
        if trouble:
            self.notify(trouble, severity="warning", markup=False, timeout=15)
        self._offered = tuple(walks(library) if self._walking else entries(progress, now()))
        said = f"{clerk_words(progress.clerk)} {learning(progress)}".strip()
        self.query_one("#practice-clerk", Static).update(literal(said, MUTED))
        self.choices.disabled = False
        offers = [Offer(str(n), entry.label) for n, entry in enumerate(self._offered)]
        self.choices.offer([*offers, Offer(None, "Back")])

    def _go(self, value: Value | None) -> None:
        if value is None:
            self.action_back()
            return
        entry = self._offered[int(str(value))]
        if entry.begins is not None:  # some drills take a moment to make
            self.query_one("#practice-clerk", Static).update(literal("Choosing drills …", MUTED))
            self.choices.disabled = True
            sitting = self._sitting
            self.work_out(partial(entry.begins, sitting), partial(self._begin, sitting))
        elif entry.id == WALK:
            self._walking = True
            self._offer()
        else:
            self.app.push_screen(ProgressScreen(self._sitting))

    def _begin(self, sitting: Sitting, round_: Round) -> None:
        """Put the first drill, or say why there is none; nothing once the clerk went elsewhere."""
        if not self.is_current or sitting is not self._sitting:
            return
        self.choices.disabled = False
        if round_.over:
            self.notify(NONE_LEFT, severity="warning", markup=False)
            self._offer()
        else:
            self.app.push_screen(DrillScreen(sitting, round_))


def _refused(text: str) -> str:
    try:
        clerk_name(text)
    except UserError as error:
        return str(error)
    return ""
