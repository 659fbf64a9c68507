"""The least that the toolkit can do: an app with nothing on it."""

from textual.app import App


class Blank(App[None]):
    """Nothing but a key to leave."""

    BINDINGS = [("q", "quit", "Quit")]  # noqa: RUF012 - the toolkit's own name and kind
    ENABLE_COMMAND_PALETTE = False


if __name__ == "__main__":
    Blank().run()
