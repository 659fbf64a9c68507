"""The bindings of commands, and the line at the foot of a screen with the keys that work now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from textual.binding import Binding
from textual.content import Content
from textual.keys import key_to_character
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from qiwizard.command_table import BY_ID


def command(
    id_: str, where: str, action: str = "", *, title: str = "", show: bool = False
) -> Binding:
    """The binding of a command on a screen; its action is the application's unless one is given."""
    known = BY_ID[id_]
    first, *others = known.all_keys.split(",")
    shown = "esc" if "escape" in others else "?" if first == "question_mark" else first
    return Binding(
        known.all_keys,
        action or f"app.command('{id_}')",
        title or known.title,
        show=show,
        key_display=shown,
        id=f"{where}.{id_}",
    )


def case_commands(where: str, *, shown: tuple[str, ...]) -> list[Binding]:
    """The commands that work on every screen of a case; those in `shown` stand at the foot."""
    ids = ("review", "summary", "compare", "library", "case", "export", "home")
    return [command(id_, where, show=id_ in shown) for id_ in ids]


KEY = "bold $footer-key-foreground on $footer-key-background"
DESCRIPTION = "$footer-description-foreground on $footer-description-background"
BAR = "$foreground 20%"
MORE = "…"
"""Stands at the end where there are more keys than room."""
WEIGHT = ("Select", "Back", "Cancel", "Quit", "Help", "Why", "Export")
"""What is shown before all else where there is no room for every key, the first first."""
NARROW = 100
"""Columns below which the key of the palette is left out."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A key as it is shown, and whether it does something just now."""

    key: str
    shown: str
    description: str
    enabled: bool

    @property
    def text(self) -> Content:
        """The key and what it does; a click on it presses the key."""
        described = f" {self.description}" if self.description else ""
        line = Content.assemble((self.shown, KEY), (described, DESCRIPTION))
        press = f"app.simulate_key('{self.key}')" if self.enabled else "app.bell"
        line = line.stylize(Style.from_meta({"@mouse.down": press}))
        return line if self.enabled else line.stylize("dim")


class KeyLine(Widget):
    """All keys in one widget, redrawn only where they are others than before.

    The toolkit's footer mounts a widget for each key again whenever it might have changed.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyLine {
        dock: bottom; height: 1; color: $footer-foreground; background: $footer-background;
        text-wrap: nowrap; text-overflow: clip; pointer: pointer;
    }
    """

    def __init__(self, *, palette: bool = True) -> None:
        """Name the key of the command palette too, where the palette can be opened."""
        super().__init__()
        self._with_palette = palette
        self._entries: tuple[_Entry, ...] = ()
        self._palette: _Entry | None = None

    def on_mount(self) -> None:
        """Follow what the keys of the screen do."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def on_unmount(self) -> None:
        """Follow them no longer."""
        self.screen.bindings_updated_signal.unsubscribe(self)

    def render(self) -> Content:
        """The keys from the left as far as there is room, that of the palette at the right edge."""
        last = Content("")
        if self._palette is not None and self.size.width >= NARROW:
            last = Content.styled("▏", BAR) + self._palette.text + " "
        room = max(0, self.size.width - last.cell_length)
        shown = _fitting(self._entries, room)
        more = [Content(MORE)] if len(shown) < len(self._entries) else []
        line = Content(" ").join([*(entry.text for entry in shown), *more])
        return line.truncate(room, ellipsis=False, pad=True) + last

    def _changed(self, screen: Screen[Any]) -> None:
        """Show what works now, once the screen has come to rest."""
        if self.is_attached and screen is self.screen:
            self.call_after_refresh(self._update)

    def _update(self) -> None:
        if not self.is_attached:
            return
        active = self.screen.active_bindings
        typing = getattr(self.screen.focused, "keeps_text", False)
        by_name: dict[str, _Entry] = {}
        palette: _Entry | None = None
        for key, (_, binding, enabled, _) in active.items():
            if typing and _is_text(key):
                continue  # for the field, and no command
            named = replace(binding, key_display=None) if typing else binding
            entry = _Entry(key, self.app.get_key_display(named), binding.description, enabled)
            if binding.show:
                other = by_name.get(binding.description)
                if other is None or len(entry.shown) < len(other.shown):
                    by_name[binding.description] = entry
            if key == self.app.COMMAND_PALETTE_BINDING and self._with_palette:
                palette = entry
        entries = tuple(by_name.values())
        if (entries, palette) != (self._entries, self._palette):
            self._entries, self._palette = entries, palette
            self.refresh()


def _is_text(key: str) -> bool:
    """Whether a key types a character."""
    character = "/" if key == "slash" else key_to_character(key)
    return character is not None and character.isprintable()


def _fitting(entries: Sequence[_Entry], room: int) -> Sequence[_Entry]:
    """The entries there is room for, each of them whole, in their own order."""
    if _length(entries) <= room:
        return entries
    kept: list[_Entry] = []
    rank = {description: place for place, description in enumerate(WEIGHT)}
    for entry in sorted(entries, key=lambda entry: rank.get(entry.description, len(rank))):
        if _length([*kept, entry]) + 1 + len(MORE) > room:
            break
        kept.append(entry)
    return [entry for entry in entries if entry in kept]


def _length(entries: Sequence[_Entry]) -> int:
    """The columns that entries take, a blank between them."""
    return sum(entry.text.cell_length for entry in entries) + max(0, len(entries) - 1)
