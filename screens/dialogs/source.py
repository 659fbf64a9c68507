"""The dialog for a note of where the record states a fact; what is typed survives a kill."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from qiwizard.keeping.kept import source_field
from qiwizard.law.facts import Fact
from screens.dialogs.ask import AskScreen
from screens.host import host

AGAIN = "unsaved text"


def ask_source(screen: Screen[Any], fact: Fact, noted: Callable[[], None]) -> None:
    """Ask where the record states a fact, keep the answer, and say when it was noted."""
    app, field = host(screen), source_field(fact.name)
    before = app.session.drafting({field: None})
    present, draft = before.sources.get(fact.name, ""), app.session.draft.get(field)

    def typed(text: str) -> None:
        unchanged = text == present
        app.keep_typed(before if unchanged else app.session.drafting({field: text}))

    def closed(text: str | None) -> None:
        if text is None:
            if app.session is not before:
                app.keep(before)
            return
        app.keep(app.session.drafting({field: None}).sourcing(fact.name, text))
        noted()

    title = "Record cite"
    hint = f"Where in the record is it stated ({fact.short})? Example: Doc. 38 at 2"
    if draft is not None:
        title = f"{title}: {AGAIN}"
        screen.app.clear_notifications()
    value = present if draft is None else draft
    screen.app.push_screen(AskScreen(title, hint, value, typed=typed), closed)
