"""The ways from screen to screen: each is opened once, and found again where it lies open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from textual.screen import ModalScreen, Screen

from screens.running.downloads import DownloadingApp

AnyScreen = TypeVar("AnyScreen", bound=Screen[Any])


class WayfindingApp(DownloadingApp):
    """An application that knows its screens; each is loaded when it is first shown."""

    def on_app_focus(self) -> None:
        """Let keys arrive on a screen too that was opened while they went elsewhere."""
        self.call_later(self.take_focus)

    def show_interview(self, fact: str | None = None) -> None:
        """Go to the interview, at a fact or at the next open question."""
        from screens.interview import InterviewScreen

        if self.return_to(InterviewScreen) is None:
            self.push_screen(InterviewScreen(fact))
        elif isinstance(self.screen, InterviewScreen):
            self.screen.go(fact)

    def show_review(self) -> None:
        """Show every answer."""
        from screens.review import ReviewScreen

        self.show(ReviewScreen, ReviewScreen)

    def show_summary(self) -> None:
        """Show the ruling with its reasons."""
        from screens.summary import SummaryScreen

        self.show(SummaryScreen, SummaryScreen)

    def show_library(self, precedent: str | None = None) -> None:
        """Browse the library, at a precedent if one is named."""
        from screens.library import LibraryScreen

        if precedent is not None and self.return_to(LibraryScreen) is not None:
            self.pop_screen()
        self.show(LibraryScreen, partial(LibraryScreen, precedent))

    def show_compare(self) -> None:
        """Set the law of other forums beside the one stated."""
        from screens.compare import ComparisonScreen

        self.show(ComparisonScreen, ComparisonScreen)

    def show_map(self) -> None:
        """Draw where the questions lead from here."""
        from screens.map import MapScreen

        self.show(MapScreen, MapScreen)

    def ask_export(self) -> None:
        """Open the export dialog."""
        from screens.dialogs.export import ExportScreen

        if not isinstance(self.screen, ModalScreen):
            self.push_screen(ExportScreen())

    def show_help(self) -> None:
        """Open the manual."""
        from screens.help import HelpScreen
        from screens.running.keys import key_table, keys_here

        here = getattr(self.screen, "HELP", None) or "", keys_here(self.screen)
        table = key_table(type(self), self.keys_wanted)
        self.show(HelpScreen, lambda: HelpScreen(table, *here))

    def show(self, kind: type[AnyScreen], make: Callable[[], AnyScreen]) -> None:
        if self.return_to(kind) is None:
            self.push_screen(make())

    def return_to(self, kind: type[AnyScreen], *, losing: bool = False) -> AnyScreen | None:
        """The screen of a kind, brought to the top, if it is open; dialogs are closed first.

        A screen with answers of its own on top of it is closed only if told so; where it is gone
        on with is said.
        """
        while isinstance(self.screen, ModalScreen):
            self.pop_screen()
        found = next((s for s in self.screen_stack if isinstance(s, kind)), None)
        if found is None or self.screen is found:
            return found
        left = self.under_way
        if (left or self.at_stake) and not losing:
            return None
        while self.screen is not found:
            self.pop_screen()
        if left:
            self.notify(left, markup=False)
        return found

    @property
    def at_stake(self) -> str:
        """What the open screens would lose if they were closed, as a sentence; or empty."""
        return self._first_said("at_stake")

    @property
    def under_way(self) -> str:
        """Where the open screens are gone on with if they are closed, as a sentence; or empty."""
        return self._first_said("under_way")

    def _first_said(self, name: str) -> str:
        return next(filter(None, (getattr(s, name, "") for s in self.screen_stack)), "")

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

    def action_export(self) -> None:
        """Open the export dialog."""
        self.ask_export()

    def action_matter(self) -> None:
        """Name the case."""
        from screens.dialogs.matter import MatterScreen

        if not isinstance(self.screen, ModalScreen):
            self.push_screen(MatterScreen())
