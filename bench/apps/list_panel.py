"""A list of thirty lines beside one panel of text that follows the highlight: the plain peer."""

from textual.app import App, ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Footer, Header, OptionList, Static

LINES = 30


def panel_text(number: int) -> str:
    """About twenty-five lines that differ from one choice to the next."""
    lines = [f"{number}.{line} What stands here depends on the choice." for line in range(25)]
    return "\n".join(lines)


class ListAndPanel(App[None]):
    """Header, list, panel, footer."""

    CSS = "OptionList { width: 45%; } #side { width: 55%; }"
    BINDINGS = [("q", "quit", "Quit")]  # noqa: RUF012 - the toolkit's own name and kind
    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        """List and panel side by side."""
        yield Header()
        with Horizontal():
            yield OptionList(*(f"Choice {n}" for n in range(LINES)))
            with VerticalScroll(id="side"):
                yield Static(panel_text(0), id="panel", markup=False)
        yield Footer()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """The panel follows."""
        self.query_one("#panel", Static).update(panel_text(event.option_index))


if __name__ == "__main__":
    ListAndPanel().run()
