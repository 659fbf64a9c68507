"""Which keys work where, read from the bindings themselves."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import App
from textual.binding import BindingType


def key_table(app: type[App[int]]) -> Sequence[tuple[str, Sequence[BindingType]]]:
    """The bindings of the application, its screens and the widgets in them."""
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
    return (
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
