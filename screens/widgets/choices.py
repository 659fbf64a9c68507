"""Numbered answers: a digit, or an arrow key, moves the mark; Enter selects the marked one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets.option_list import Option

from qiwizard.law.facts import Value
from qiwizard.text import one_line
from qiwizard.typed import typed_digit
from screens.widgets.options import Options


@dataclass(frozen=True, slots=True)
class Offer:
    """One answer on offer; the value None is the one that takes the number 0."""

    value: Value | None
    label: str
    remark: str = ""
    """A word after the label, such as "your answer"."""


class Choices(Options):
    """Numbered answers. The number of an answer marks it, and only Enter selects."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                f"{n}",
                f"digit({n})",
                "Mark",
                show=False,
                key_display="0-9",
                id=f"choices.digit-{n}",
            )
            for n in range(10)
        ),
        Binding("enter", "select", "Select", id="choices.take"),
        Binding("up,k", "cursor_up", "Up", show=False, id="choices.up"),
        Binding("down,j", "cursor_down", "Down", show=False, id="choices.down"),
    ]

    def __init__(
        self,
        take: Callable[[Value | None], None],
        offers: Iterable[Offer] = (),
        *,
        chosen: Offer | None = None,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """Hand the answer chosen to `take`.

        It is called at once, and not by message: keys can come faster than messages are handled,
        and a key typed ahead must meet the question that the answer before it leads to.
        """
        super().__init__(id=id, markup=False, compact=True)
        self._take = take
        self._offers: tuple[Offer, ...] = ()
        self._typed = ""
        self._first = tuple(offers), chosen

    def on_mount(self) -> None:
        """Show what was offered before there was a screen."""
        if self._first[0]:
            self.offer(*self._first)

    def offer(self, offers: Sequence[Offer], chosen: Offer | None = None) -> None:
        """Offer other answers, one of them marked."""
        self._offers = tuple(offers)
        self.set_options(Option(_line(offer)) for offer in self._offers)
        self.highlighted = self._offers.index(chosen) if chosen in self._offers else 0
        self._typed = ""
        self.refresh(layout=True)
        self.call_after_refresh(self.scroll_to_highlight)
        self.refresh_bindings()

    @property
    def marked(self) -> Offer | None:
        """The answer under the mark."""
        return None if self.highlighted is None else self._offers[self.highlighted]

    def hear(self, event: events.Key) -> None:
        """Take a digit that is bound to nothing: of another script, or typed elsewhere."""
        digit = typed_digit(event.character)
        bound = self.has_focus and (event.character or "").isascii()
        if digit is not None and not bound and self.display:
            event.stop()
            self.focus()
            self.action_digit(digit)

    def on_key(self, event: events.Key) -> None:
        """Take digits of other scripts, such as full-width ones, for what they are."""
        self.hear(event)

    def action_digit(self, digit: int) -> None:
        """Mark the answer of that number; digits typed one after the other are one number."""
        numbers = self._numbers()
        typed = next((t for t in (self._typed + str(digit), str(digit)) if t in numbers), "")
        if typed:
            self.highlighted = numbers.index(typed)
        self._typed = typed

    def action_select(self) -> None:
        """Select the marked answer, unless another screen has come to lie over this one."""
        self._typed = ""
        if (marked := self.marked) is not None and self.screen.is_current:
            self._take(marked.value)

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Begin a new number where the mark moves by other keys."""
        super().watch_highlighted(highlighted)
        self._typed = ""

    def lead(self, index: int) -> str:
        """The number of an answer."""
        return self._numbers()[index].rjust(self.lead_width - 1)

    @property
    def lead_width(self) -> int:
        """The digits of the longest number, and a blank."""
        return len(str(len(self._offers))) + 1

    def _numbers(self) -> list[str]:
        return [
            "0" if offer.value is None else str(n) for n, offer in enumerate(self._offers, start=1)
        ]


def _line(offer: Offer) -> Content:
    label, remark = Content(one_line(offer.label)), one_line(offer.remark)
    return label + Content.styled(f"  ({remark})", "italic") if remark else label
