"""The interface of the application to its screens, without importing it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from textual.screen import Screen

from qiwizard.keeping.kept import Kept
from qiwizard.sessions.session import Session

if TYPE_CHECKING:
    from qiwizard.law.library import Library
    from qiwizard.reasoning.ruling import Ruling


class Host(Protocol):
    """The application as its screens see it: the one owner of the session."""

    session: Session

    @property
    def today(self) -> date:
        """Today by the clock."""
        ...

    @property
    def library(self) -> Library:
        """The library; the shipped one is read on first use."""
        ...

    @property
    def library_at_hand(self) -> Library | None:
        """The library, if it has been read already."""
        ...

    @property
    def ruling(self) -> Ruling:
        """The ruling on the session as it stands, computed once per session."""
        ...

    def keep(self, session: Session) -> None:
        """Make this the session; screens refresh themselves when they resume."""
        ...

    def keep_typed(self, session: Session) -> None:
        """Set the current session and save it soon: text is being typed."""
        ...

    @property
    def trouble(self) -> str:
        """Why the latest answers are not on disk, as a sentence; empty if they are."""
        ...

    def unfinished(self) -> tuple[Kept, ...]:
        """The sessions that were left unfinished and belong to no running wizard."""
        ...

    def resume(self, kept: Kept) -> None:
        """Go on with an unfinished session."""
        ...

    def discard(self, kept: Kept) -> None:
        """Delete an unfinished session after a confirmation."""
        ...

    def exported(self, path: Path | None, *, whole: bool) -> None:
        """Note a file that was written, or, with None, one that the browser has.

        `whole` if the session can be opened from it again.
        """
        ...

    def download(
        self, name: str, content: str | bytes, fetched: Callable[[], object] | None = None
    ) -> None:
        """Hand a file to the browser; `fetched` is called once the browser has all of it."""
        ...

    def show_interview(self, fact: str | None = None) -> None:
        """Go to the interview, at a fact or at the next open question."""
        ...

    def show_review(self) -> None:
        """Show every answer, each of them open to change."""
        ...

    def show_summary(self, section: str = "") -> None:
        """Show the result, at a section if one is named."""
        ...

    def show_library(self, precedent: str | None = None) -> None:
        """Browse the library, at a precedent if one is named."""
        ...

    def show_compare(self) -> None:
        """Compare forums and dates."""
        ...

    def show_map(self) -> None:
        """Show the questions ahead and the outcome in each circuit."""
        ...

    def ask_export(self) -> None:
        """Open the export dialog."""
        ...


def host(screen: Screen[Any]) -> Host:
    """The application of a screen, as a host."""
    return cast("Host", screen.app)


def is_open(screen: Screen[Any]) -> bool:
    """Whether a screen is still open: it may close before a result arrives."""
    return screen.is_attached and screen in screen.app.screen_stack
