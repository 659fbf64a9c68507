"""A list of options that can be leafed through before it has been laid out."""

from __future__ import annotations

from textual.widgets import OptionList


class Options(OptionList):
    """The toolkit's list, at rest where it has no line yet for what is marked."""

    def action_page_up(self) -> None:
        """Move up a page."""
        if self._laid_out:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """Move down a page."""
        if self._laid_out:
            super().action_page_down()  # type: ignore[no-untyped-call]

    @property
    def _laid_out(self) -> bool:
        return bool(self._lines) and (self.highlighted or 0) in self._index_to_line
