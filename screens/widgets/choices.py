"""A question's answers: numbered lines, a caret on the active one, digits and Enter to answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets.option_list import Option

from qiwizard.law.facts import Value
from qiwizard.text import folded, one_line, typed_number
from screens.widgets.options import Options

WAITING = "Enter takes it, or a second digit"
"""Said of the active answer while its number may be the beginning of a longer one."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One answer on offer; the value None is the one that takes the number 0."""

    value: Value | None
    label: str
    remark: str = ""
    """A word after the label, such as "your answer"."""


def _digit(key: int, says: str = "Answer") -> Binding:
    return Binding(
        str(key),
        f"digit({key})",
        says,
        show=key == 1,
        key_display="1-9",
        id=f"choices.digit-{key}",
    )


class Choices(Options):
    """Numbered answers; from ten on, two digits are awaited where they are possible."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(_digit(key) for key in (1, 2, 3, 4, 5, 6, 7, 8, 9)),
        Binding("0", "digit(0)", "Not stated", show=False, id="choices.digit-0"),
        Binding("enter", "select", "Take the marked answer", show=False, id="choices.take"),
        Binding("up,k", "cursor_up", "Up", show=False, id="choices.up"),
        Binding("down,j", "cursor_down", "Down", show=False, id="choices.down"),
    ]

    @dataclass
    class Narrowed(Message):
        """The letters that narrow a long list have changed."""

        text: str
        fits: bool
        """Whether any answer but "not stated" has them."""

    def __init__(
        self,
        take: Callable[[Value | None], None],
        offers: Iterable[Offer] = (),
        *,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """Hand the answer chosen to `take`.

        It is called at once, and not by message: keys can come faster than messages are heard,
        and a key typed ahead must meet the question that the answer before it leads to.
        """
        super().__init__(id=id, markup=False, compact=True)
        self._take = take
        self._all: tuple[Offer, ...] = ()
        self._shown: tuple[Offer, ...] = ()
        self._typed = ""
        self._awaiting: int | None = None
        self._letters = ""
        self._narrowing = False
        self._first = tuple(offers)

    def on_mount(self) -> None:
        """Show what was offered before there was a screen."""
        if self._first:
            self.offer(self._first)

    def offer(
        self, offers: Sequence[Offer], chosen: Offer | None = None, *, narrowing: bool = False
    ) -> None:
        """Offer other answers, one of them marked; with `narrowing`, letters shorten the list."""
        self._all = tuple(offers)
        self._narrowing = narrowing
        self._letters = ""
        self._list(chosen)
        self.refresh_bindings()

    @property
    def marked(self) -> Offer | None:
        """The answer under the caret."""
        return None if self.highlighted is None else self._shown[self.highlighted]

    @property
    def letters(self) -> str:
        """The letters that narrow the list."""
        return self._letters

    def widen(self) -> bool:
        """Give up the letters that narrow the list; whether there were any."""
        if not self._letters:
            return False
        self._narrow("")
        return True

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002
        """Letters belong to a list that can be narrowed."""
        return self._narrows(character)

    def hear(self, event: events.Key) -> None:
        """Take a digit that is bound to nothing: of another script, or typed elsewhere."""
        typed = event.character or ""
        digit, bound = typed_number(typed), self.has_focus and typed in "0123456789"
        if digit is not None and not bound and self.display:
            event.stop()
            self.focus()
            self.action_digit(digit)

    def on_key(self, event: events.Key) -> None:
        """Narrow the list by a letter typed, or widen it by backspace; take any digit."""
        if self._narrows(event.character):
            event.stop()
            self._narrow(self._letters + (event.character or ""))
        elif event.key == "backspace" and self._letters:
            event.stop()
            self._narrow(self._letters[:-1])
        else:
            self.hear(event)

    def on_paste(self, event: events.Paste) -> None:
        """Narrow the list by what was pasted, signs left out that no name has."""
        if self._narrowing:
            event.stop()
            letters = "".join(c for c in one_line(event.text) if c == " " or self._narrows(c))
            self._narrow(f"{self._letters}{letters}".lstrip())

    def action_digit(self, digit: int) -> None:
        """Take the answer of that number, or wait for a second digit where one may follow."""
        numbers = self._numbers()
        typed = self._typed + str(digit)
        if typed not in numbers:
            typed = str(digit)
        if typed not in numbers:
            self._typed = ""
            return
        self.highlighted = numbers.index(typed)
        longer = [n for n in numbers if n != typed and n.startswith(typed)]
        self._await(typed if longer else "")
        if not longer:
            self.action_select()

    def _await(self, typed: str) -> None:
        """Wait for a digit after those typed, saying so, or wait no longer."""
        before, self._awaiting = self._awaiting, self.highlighted if typed else None
        self._typed = typed
        for index in {before, self._awaiting}:
            if index is not None and index < self.option_count:
                self.replace_option_prompt_at_index(index, self._line(index))

    def action_select(self) -> None:
        """Take the marked answer, unless another screen has come to lie over this one."""
        if self._typed:
            self._await("")
        if (marked := self.marked) is not None and self.screen.is_current:
            self._take(marked.value)

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Wait no longer where the caret moves on."""
        super().watch_highlighted(highlighted)
        self._await("")

    def lead(self, index: int) -> str:
        """The number of an answer."""
        return self._numbers()[index].rjust(self.lead_width - 1)

    @property
    def lead_width(self) -> int:
        """The digits of the longest number, and a blank."""
        return len(str(len(self._shown))) + 1

    def _list(self, chosen: Offer | None) -> None:
        self._shown = tuple(
            offer for offer in self._all if offer.value is None or _matches(offer, self._letters)
        )
        self._awaiting = None
        self.set_options(Option(self._line(n)) for n in range(len(self._shown)))
        first = 0 if self._fits or not self._letters else None
        self.highlighted = self._shown.index(chosen) if chosen in self._shown else first
        self.refresh(layout=True)
        self.call_after_refresh(self.scroll_to_highlight)

    def _narrow(self, letters: str) -> None:
        self._letters = letters
        self._list(None)
        self.post_message(self.Narrowed(letters, self._fits))

    @property
    def _fits(self) -> bool:
        """Whether more than "not stated" is left; Enter must not take that for want of another."""
        return any(offer.value is not None for offer in self._shown)

    def _narrows(self, character: str | None) -> bool:
        if not self._narrowing or character is None:
            return False
        return (
            character.isalpha() or character in ".&" or (character == " " and self._letters != "")
        )

    def _numbers(self) -> list[str]:
        return [
            "0" if offer.value is None else str(n) for n, offer in enumerate(self._shown, start=1)
        ]

    def _line(self, index: int) -> Content:
        offer = self._shown[index]
        remark = WAITING if index == self._awaiting else one_line(offer.remark)
        label = Content(one_line(offer.label))
        return label + Content.styled(f"  ({remark})", "italic") if remark else label


class Menu(Choices):
    """The same where no question is asked: ways on to choose from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _digit(key, "Choose") for key in (1, 2, 3, 4, 5, 6, 7, 8, 9)
    ]


def _matches(offer: Offer, letters: str) -> bool:
    """Whether an answer has what was typed: the value run together, or each word somewhere.

    Only letters and digits count: `nd miss` and `n.d.m` both are N.D. Miss. A single letter must
    begin a word, or `n` would fit Southern.
    """
    wanted, value = _plain(letters), _plain(str(offer.value))
    text = f" {_plain(offer.label)} {value}"
    return wanted.replace(" ", "") in value.replace(" ", "") or all(
        f" {word}" in text or (len(word) > 1 and word in text) for word in wanted.split()
    )


def _plain(text: str) -> str:
    return "".join(c for c in folded(text) if c.isalnum() or c == " ")
