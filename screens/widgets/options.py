"""A list of options that can be leafed through before it has been laid out."""

from __future__ import annotations

from textual.widgets import OptionList


class Options(OptionList):
    """The toolkit's list, at rest where it has no line yet for what is marked."""

    def action_page_up(self) -> None:
        """Move up a page."""
        if laid_out(self):
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """Move down a page."""
        if laid_out(self):
            super().action_page_down()  # type: ignore[no-untyped-call]


def laid_out(options: OptionList) -> bool:
    """Whether a list has a line for what is marked in it."""
    return bool(options._lines) and (options.highlighted or 0) in options._index_to_line
