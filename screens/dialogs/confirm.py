"""Dialogs with a list to choose from: before something is lost, to resume, to narrow by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from qiwizard.errors import UserError
from qiwizard.keeping.keeper import discard
from qiwizard.keeping.kept import Kept, kept_words, other_precedents
from qiwizard.law.facts import Value
from qiwizard.text import one_line
from screens.drawing import literal
from screens.host import Dialog, host
from screens.widgets.choices import Choices, Offer
from screens.widgets.key_line import KeyLine

ANY = ""
"""Returned if all values were chosen instead of one."""


class _ChoiceScreen(Dialog[str | None]):
    """A title over a list; hands back the value chosen, None where it was left."""

    def __init__(self, title: str, text: str, offers: Iterable[Offer], marked: str | None) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._offers = tuple(offers)
        self._marked = next((o for o in self._offers if o.value == marked), self._offers[0])

    def compose(self) -> ComposeResult:
        """The title, what is said below it, and the list."""
        with Vertical(id="box"):
            yield Static(literal(self._title), id="title")
            if self._text:
                yield Static(literal(self._text), id="text")
            yield Choices(self._take, self._offers, chosen=self._marked)
        yield KeyLine(palette=False)

    def _take(self, value: Value | None) -> None:
        self.dismiss(None if value is None else str(value))


class ConfirmScreen(_ChoiceScreen):
    """Offers the choices; Esc or 0 cancels. The choice that loses nothing is the default."""

    CSS_PATH = "confirm.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Cancel", id="confirm.stay")]

    def __init__(
        self, title: str, text: str, ways: Sequence[Offer], *, safe: str | None = None
    ) -> None:
        """Ask; `safe` is the value of a way that loses nothing, where it is not to stay."""
        super().__init__(title, text, (*ways, Offer(None, "Cancel")), safe)


class PickScreen(_ChoiceScreen):
    """Returns the value picked, ANY for the last choice, None if it was closed."""

    CSS_PATH = "pick.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Cancel", id="pick.leave")]

    def __init__(
        self, title: str, offers: Iterable[tuple[str, str]], chosen: str | None = None
    ) -> None:
        picks = [*(Offer(value, label) for value, label in offers), Offer(None, "Any")]
        super().__init__(title, "", picks, chosen)

    def _take(self, value: Value | None) -> None:
        self.dismiss(ANY if value is None else str(value))


def ask_first(
    app: App[int],
    title: str,
    text: str,
    ways: Mapping[str, Callable[[], object]],
    *,
    safe: str | None = None,
) -> None:
    """Ask before something is lost; the ways on by their words, one of them perhaps safe."""

    def decided(words: str | None) -> None:
        if words is not None:
            ways[words]()

    offers = [Offer(words, words) for words in ways]
    app.push_screen(ConfirmScreen(title, text, offers, safe=safe), decided)


def ask_resume(screen: Screen[Any], kept: Kept) -> None:
    """Resume an unfinished session; other precedents, and trouble, are reported first."""
    app = host(screen)
    precedents = app.ongoing.precedents
    go = partial(_try, app, "Cannot resume", partial(app.resume, kept))
    if kept.trouble:
        app.push_screen(ConfirmScreen("Cannot resume", kept.trouble, ()))
    elif kept.precedents != precedents:
        text = other_precedents(kept.precedents, precedents)
        way = "Resume with the current library"
        ask_first(app, "Resume with a different library?", text, {way: go}, safe=way)
    else:
        go()


def ask_discard(app: App[int], kept: Kept) -> None:
    """Delete an unfinished session after a confirmation that names it."""
    title = one_line(kept.title) or str(kept.path)
    text = f"{title}: {kept_words(kept)}. They are not saved anywhere else."
    go = partial(_try, app, "Cannot discard", partial(discard, kept))
    ask_first(app, "Discard these answers?", text, {"Discard": go})


def _try(app: App[int], failed: str, do: Callable[[], object]) -> None:
    """Do something, or say why it cannot be done."""
    try:
        do()
    except UserError as error:
        app.push_screen(ConfirmScreen(failed, str(error), ()))
