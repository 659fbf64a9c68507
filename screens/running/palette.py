"""The commands of the palette: where to go from anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.command import CommandList, CommandPalette
from textual.timer import Timer, TimerCallback
from textual.worker import Worker

from qiwizard.sessions.steps import steps
from screens.interview import InterviewScreen
from screens.widgets.options import laid_out

if TYPE_CHECKING:
    from textual.screen import Screen

    from screens.app import QiWizard


class Palette(CommandPalette):
    """The toolkit's palette, at rest where it has found no command yet, and where it is closed."""

    def run_worker(self, work: Any, *args: Any, **named: Any) -> Worker[Any]:
        """Search beside the screen; a search that finds its palette closed is no fault."""
        return super().run_worker(work, *args, **{**named, "exit_on_error": False})

    def set_timer(self, delay: float, callback: TimerCallback | None = None, **named: Any) -> Timer:
        """Do something later, unless the palette is closed by then."""

        def still_open() -> Any:
            return callback() if callback is not None and self.query(CommandList) else None

        return super().set_timer(delay, still_open, **named)

    def _action_command_list(self, action: str) -> None:
        if not action.startswith("page") or laid_out(self.query_one(CommandList)):
            super()._action_command_list(action)


def commands(app: QiWizard, screen: Screen[Any]) -> Iterator[SystemCommand]:
    """What a screen asks, the screens, the files, and each doctrine that arises."""
    if isinstance(screen, InterviewScreen):
        yield SystemCommand("Why", "What the question means and depends on", screen.action_why)
    yield SystemCommand("New session", "Begin with an empty case", app.action_new_session)
    yield SystemCommand("Open session", "Open a file exported before", app.action_open_file)
    yield SystemCommand("Start", "The first screen, with all ways on", app.action_start)
    yield SystemCommand("Interview", "Go to the next question", app.show_interview)
    yield SystemCommand("Review", "See and change every answer", app.show_review)
    yield SystemCommand("Summary", "See the ruling with its reasons", app.show_summary)
    yield SystemCommand("Library", "Browse the precedents", app.show_library)
    yield SystemCommand("Compare", "The same facts in other forums", app.show_compare)
    yield SystemCommand("Map", "Where the questions lead from here", app.show_map)
    yield SystemCommand("Practice", "Drills for clerks", app.action_practice)
    yield SystemCommand("Export", "Write the session to a file", app.ask_export)
    yield SystemCommand("Case", "Caption, docket, notes, day of the law", app.action_matter)
    yield SystemCommand("Help", "How it works, keys and terms", app.show_help)
    for step in steps(app.library, app.session):
        if step.arises:
            title = app.library.doctrine(step.doctrine).title
            fact = (*step.left, *step.asked)[0]
            go = partial(app.show_interview, fact)
            yield SystemCommand(f"Go to: {title}", "Answer or change what is asked there", go)
