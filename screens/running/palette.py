"""The commands of the palette: where to go from anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette, DiscoveryHit
from textual.timer import Timer, TimerCallback
from textual.worker import Worker

from qiwizard.command_table import COMMANDS
from qiwizard.sessions.questions import review
from screens.widgets.options import laid_out

if TYPE_CHECKING:
    from screens.app import QiWizard

ON_ITS_SCREEN = frozenset({"why", "back", "note", "change", "reasons", "more"})
"""Commands that belong to the screen they are asked on, where it has them."""


class Palette(CommandPalette):
    """The toolkit's palette, safe to use before it has commands and after it is closed."""

    def run_worker(self, work: Any, *args: Any, **named: Any) -> Worker[Any]:
        """Search beside the screen; a search that finds its palette closed is no fault."""
        return super().run_worker(work, *args, **{**named, "exit_on_error": False})

    def set_timer(self, delay: float, callback: TimerCallback | None = None, **named: Any) -> Timer:
        """Run a callback later, unless the palette is closed by then."""

        def still_open() -> Any:
            return callback() if callback is not None and self.query(CommandList) else None

        return super().set_timer(delay, still_open, **named)

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Close, once: a second Enter, typed ahead, must neither close the screen below nor count.

        The toolkit would then carry out what is selected again.
        """
        if self.is_current:
            return super().dismiss(result)
        self._selected_command = DiscoveryHit("", lambda: None)
        return AwaitComplete()

    def _action_command_list(self, action: str) -> None:
        if not action.startswith("page") or laid_out(self.query_one(CommandList)):
            super()._action_command_list(action)


def commands(app: QiWizard) -> Iterator[SystemCommand]:
    """The commands of the table, the files, and each answer that can be changed."""
    yield SystemCommand("New case", "Start an empty case.", app.action_new_case)
    yield SystemCommand("Open", "Open a session file.", app.action_open_file)
    yield SystemCommand("Practice", "Drills for clerks.", app.action_practice)
    here = app.screen_stack[-2] if len(app.screen_stack) > 1 else app.screen
    for each in COMMANDS:
        own = f"action_{each.id}"
        if each.id not in ON_ITS_SCREEN:
            go = partial(app.action_command, each.id)
            yield SystemCommand(each.title, each.help, go)
        elif hasattr(here, own):
            yield SystemCommand(each.title, each.help, getattr(here, own))
    if app.library_at_hand is not None:
        for row in review(app.library, app.session):
            go = partial(app.show_interview, row.question.id)
            answer = f" ({row.answer})" if row.answer else ""
            yield SystemCommand(f"Change: {row.question.short}{answer}", row.question.text, go)
