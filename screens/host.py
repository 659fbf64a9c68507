"""What every screen has: the application that owns the session, a way back, work in a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual.message_pump import MessagePump
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.worker import get_current_worker

if TYPE_CHECKING:
    from screens.app import QiWizard

Found = TypeVar("Found")
PATIENCE = 1.0
"""Seconds to wait for a widget that is busy, or gone."""


def host(screen: Screen[Any]) -> QiWizard:
    """The application of a screen: the one owner of the session."""
    return cast("QiWizard", screen.app)


def is_open(screen: Screen[Any]) -> bool:
    """Whether a screen is still open: it may close before a result arrives."""
    return screen.is_attached and screen in screen.app.screen_stack


async def caught_up(node: MessagePump) -> None:
    """Wait until a widget has handled what came before; not for ever, as it may be gone."""
    reached = asyncio.Event()
    node.call_later(reached.set)
    with suppress(asyncio.TimeoutError):
        await asyncio.wait_for(reached.wait(), PATIENCE)


class HostedScreen(Screen[ScreenResultType]):
    """A screen of the application."""

    EXPORTS: ClassVar[str] = ""
    """The format that the export dialog marks first on this screen; empty for the usual one."""

    _left = False
    _awaited: object = None
    """Stands for the latest work begun in a thread."""

    def leave(self, result: ScreenResultType | None = None) -> None:
        """Close with a result, once: two keys can ask for it before it is done."""
        if self.is_current and not self._left:
            self._left = True
            self.dismiss(result)

    def action_back(self) -> None:
        """Go back one step."""
        self.leave()

    def work_out(self, find: Callable[[], Found], show: Callable[[Found], None]) -> None:
        """Compute in a worker thread, then show it unless something else was asked for since."""
        self._awaited = awaited = object()

        def work() -> None:
            worker, found = get_current_worker(), find()
            if not worker.is_cancelled:
                self.call_later(self._found, found, show, awaited)

        self.run_worker(work, thread=True, exclusive=True, group="writing")

    def _found(self, found: Found, show: Callable[[Found], None], awaited: object) -> None:
        if awaited is self._awaited and is_open(self):
            show(found)


class Dialog(ModalScreen[ScreenResultType], HostedScreen[ScreenResultType]):
    """A screen that lies over another; going back cancels it."""
