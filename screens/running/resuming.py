"""Resume or delete unfinished sessions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qiwizard.errors import UserError
from qiwizard.keeping.keeper import discard
from qiwizard.keeping.kept import Kept
from qiwizard.keeping.words import kept_words, other_precedents
from qiwizard.text import one_line
from screens.dialogs.confirm import ConfirmScreen
from screens.widgets.choices import Offer

if TYPE_CHECKING:
    from screens.app import QiWizard


def ask_resume(app: QiWizard, kept: Kept, resume: Callable[[Kept], None]) -> None:
    """Resume an unfinished session; other precedents, and trouble, are reported first."""
    if kept.trouble:
        _tell(app, "Cannot resume", kept.trouble)
    elif kept.precedents != app.precedents:
        text = other_precedents(kept.precedents, app.precedents)
        way = Offer("go", "Resume with the current library")

        def decided(chosen: str | None) -> None:
            if chosen is not None:
                _try(app, kept, resume)

        dialog = ConfirmScreen("Resume with a different library?", text, (way,), safe="go")
        app.push_screen(dialog, decided)
    else:
        _try(app, kept, resume)


def ask_discard(app: QiWizard, kept: Kept) -> None:
    """Delete an unfinished session after a confirmation that names it."""
    title = one_line(kept.title) or str(kept.path)
    text = f"{title}: {kept_words(kept)}. They are not saved anywhere else."

    def decided(chosen: str | None) -> None:
        if chosen is None:
            return
        try:
            discard(kept)
        except UserError as error:
            _tell(app, "Cannot discard", str(error))

    way = Offer("go", "Discard")
    app.push_screen(ConfirmScreen("Discard these answers?", text, (way,)), decided)


def _try(app: QiWizard, kept: Kept, resume: Callable[[Kept], None]) -> None:
    try:
        resume(kept)
    except UserError as error:
        _tell(app, "Cannot resume", str(error))


def _tell(app: QiWizard, title: str, text: str) -> None:
    app.push_screen(ConfirmScreen(title, text, ()))
