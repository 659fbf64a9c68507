"""What the first keys need, loaded while the first screen is read."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screens.app import QiWizard

NEXT = (
    "screens.interview",
    "screens.dialogs.confirm",
    "screens.running.palette",
    "screens.review",
)
"""The modules of the screens that come next, the likeliest first."""


def getting_ready(app: QiWizard) -> Iterator[None]:
    """Load the library, the screens that come next, and the first question, step by step."""
    told = app.library_at_hand is not None
    library = app.library
    if not told:
        _ = library.orders
        app.tell_home(library)
    yield
    for module in NEXT:
        import_module(module)
        yield
    from qiwizard.sessions.questions import next_question

    next_question(library, app.session)
    yield
