"""The progress of a clerk, as a page; it can be written to a file."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from qiwizard.errors import UserError
from qiwizard.files import typed_path, write_text
from qiwizard.practice.report import exported, progress_paragraphs
from qiwizard.practice.sitting import Sitting, now
from screens.dialogs.ask import AskScreen
from screens.drawing import literal
from screens.host import HostedScreen, host
from screens.widgets.key_line import KeyLine
from screens.widgets.page import Block, Page


class ProgressScreen(HostedScreen[None]):
    """Rates by drill, doctrine, circuit and level; reviews; placements."""

    CSS_PATH = "progress.tcss"
    AUTO_FOCUS = "Page"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "export", "Export", id="progress.export"),
        Binding("escape,b", "back", "Back", key_display="esc", id="progress.back"),
    ]

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self._sitting = sitting

    def compose(self) -> ComposeResult:
        """A title and the page."""
        yield Static(literal(f"Progress of {self._sitting.store.clerk}"), id="progress-head")
        yield Page()
        yield KeyLine()

    def on_mount(self) -> None:
        """Write the page."""
        progress, _ = self._sitting.progress()
        texts = progress_paragraphs(self._sitting.library, progress, now())
        self.query_one(Page).show(Block(literal(text), indent=2) for text in texts)

    def action_export(self) -> None:
        """Ask where to, and write the progress there."""

        def written(path: str | None) -> None:
            if path is not None and not self.app.is_web:
                self.notify(f"Written: {path.strip()}", markup=False)

        title = "Export progress"
        hint = "A path that ends in .toml, or in .csv for a spreadsheet"
        self.app.push_screen(AskScreen(title, hint, "progress.toml", refuse=self._write), written)

    def _write(self, typed: str) -> str:
        if not typed.strip():
            return "No path given."
        try:
            path = typed_path(typed)
            progress, _ = self._sitting.progress()
            text = exported(self._sitting.library, progress, path)
            if self.app.is_web:
                host(self).download(path.name, text)
            else:
                write_text(path, text)
        except UserError as error:
            return str(error)
        return ""
