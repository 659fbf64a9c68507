"""The user's key bindings: every binding by id, and the permitted settings for it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import KEY_ALIASES, Keys, _character_to_key

import screens
from qiwizard.config import Config
from qiwizard.errors import UserError, permitted, spelled

DEFAULT_THEME = "textual-dark"
"""The theme where none was chosen."""
MODIFIERS = ("ctrl", "shift", "alt", "super", "hyper", "meta")


def every_binding() -> dict[str, list[Binding]]:
    """The bindings of the application, its screens and widgets, by id."""
    found: dict[str, list[Binding]] = {}
    for module in pkgutil.walk_packages(screens.__path__, "screens."):
        for kind in vars(importlib.import_module(module.name)).values():
            if _ours(kind, module.name):
                for binding in Binding.make_bindings(kind.BINDINGS):
                    if binding.id:
                        found.setdefault(binding.id, []).append(binding)
    return dict(sorted(found.items()))


def _ours(kind: object, module: str) -> bool:
    return isinstance(kind, type) and issubclass(kind, DOMNode) and kind.__module__ == module


def keymap_of(wanted: Mapping[str, str], name: str) -> dict[str, str]:
    """The keys wanted, as the toolkit spells them; UserError, a line a mistake, for the file."""
    if not wanted:
        return {}
    known = every_binding()
    mistakes: list[str] = []
    keymap: dict[str, str] = {}
    for id_, keys in wanted.items():
        if id_ not in known:
            mistakes.append(f"keys.{id_}: no such binding; {permitted(known, id_)}")
            continue
        spelt = [_spelt(key.strip()) for key in keys.split(",")]
        mistakes += [
            f"keys.{id_}: {key.strip()!r} is not a key; permitted: such as w, f5, ctrl+t, escape"
            for key, good in zip(keys.split(","), spelt, strict=True)
            if good is None
        ]
        keymap[id_] = ",".join(key for key in spelt if key)
    mistakes += _clashes(keymap, known)
    if mistakes:
        raise UserError(*(f"{name}: {mistake}" for mistake in mistakes))
    return keymap


def _spelt(key: str) -> str | None:
    """A key as the toolkit names it, or None if there is no such key."""
    if len(key) == 1:
        return _character_to_key(key) if key.isprintable() else None
    *modifiers, base = key.lower().split("+")
    if not set(modifiers) <= set(MODIFIERS):
        return None
    if len(base) == 1 and base.isalnum():
        return "+".join((*modifiers, base))
    names = {each.value for each in Keys} | set(KEY_ALIASES) | _NAMED
    return "+".join((*modifiers, base)) if base in names or key in names else None


_NAMED = {_character_to_key(chr(code)) for code in range(33, 127)} | {"space"}


def _clashes(keymap: Mapping[str, str], known: Mapping[str, list[Binding]]) -> Iterator[str]:
    """Keys that would do two things in the same place."""
    taken: dict[tuple[str, str], str] = {}
    for id_, bindings in known.items():
        where = id_.partition(".")[0]
        keys = keymap[id_].split(",") if id_ in keymap else [b.key for b in bindings]
        for key in keys:
            other = taken.setdefault((where, key), id_)
            if other != id_ and (id_ in keymap or other in keymap):
                yield f"keys.{id_}: {key} does {other} already; choose another for one of them"


def check_theme(app: App[int], theme: str, name: str) -> None:
    """UserError if there is no such theme."""
    if theme and theme not in app.available_themes:
        raise UserError(f"{name}: theme: {theme!r}; {permitted(app.available_themes, theme)}")


def settings_lines(config: Config, name: str) -> Iterator[str]:
    """The settings as TOML, every binding with its keys; UserError as `keymap_of`."""
    keymap = keymap_of(config.keys, name)
    yield f'theme = "{config.theme or DEFAULT_THEME}"'
    yield f'animation = "{config.animation}"'
    yield from (f"{key} = {spelled(getattr(config, key))}" for key in ("mouse", "plain", "keep"))
    yield "\n[keys]"
    for id_, bindings in every_binding().items():
        keys = keymap.get(id_) or ",".join(dict.fromkeys(b.key for b in bindings))
        yield f'"{id_}" = "{keys}"  # {bindings[0].description or bindings[0].action}'
