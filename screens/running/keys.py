"""Which keys work where, read from the bindings themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen


def key_table(
    app: type[App[int]], keymap: Mapping[str, str]
) -> Sequence[tuple[str, Sequence[BindingType]]]:
    """The bindings of the application, its screens and the widgets in them, keys as chosen."""
    from screens.compare import ComparisonScreen
    from screens.interview import InterviewScreen
    from screens.library import LibraryScreen
    from screens.map import MapScreen
    from screens.practice.drill import DrillScreen
    from screens.practice.menu import PracticeScreen
    from screens.practice.progress import ProgressScreen
    from screens.review import ReviewScreen
    from screens.summary import SummaryScreen
    from screens.widgets.choices import Choices
    from screens.widgets.forum_list import ForumList
    from screens.widgets.page import Page

    palette = (app.COMMAND_PALETTE_BINDING, "command_palette", "Commands")
    table: Sequence[tuple[str, Sequence[BindingType]]] = (
        ("everywhere", (*app.BINDINGS, palette)),
        ("a list of answers", Choices.BINDINGS),
        ("the interview", InterviewScreen.BINDINGS),
        ("the review", ReviewScreen.BINDINGS),
        ("the summary", SummaryScreen.BINDINGS),
        ("the library", LibraryScreen.BINDINGS),
        ("the map", MapScreen.BINDINGS),
        ("the comparison", (*ForumList.BINDINGS, *ComparisonScreen.BINDINGS)),
        ("practice", (*PracticeScreen.BINDINGS, *ProgressScreen.BINDINGS)),
        ("a drill", DrillScreen.BINDINGS),
        ("a page to read", Page.BINDINGS),
    )
    return [(where, [*_chosen(bindings, keymap)]) for where, bindings in table]


def keys_here(screen: Screen[Any]) -> Sequence[BindingType]:
    """The bindings that work on a screen just now, those of the application left out."""
    return [
        binding
        for node, binding, enabled, _ in screen.active_bindings.values()
        if enabled and binding.id and node is not screen.app
    ]


def _chosen(bindings: Sequence[BindingType], keymap: Mapping[str, str]) -> Iterator[Binding]:
    for binding in Binding.make_bindings(bindings):
        keys = keymap.get(binding.id or "")
        if keys is None:
            yield binding
        else:
            yield from (binding.with_key(key) for key in keys.split(","))
