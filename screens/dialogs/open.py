"""The dialog that asks for a session file."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType

from qiwizard.errors import UserError
from qiwizard.files import seen, typed_path
from qiwizard.sessions.session import Session
from qiwizard.sessions.session_file import read_session
from screens.dialogs.ask import AskScreen
from screens.host import host


class OpenScreen(AskScreen):
    """Asks for the path of a session file, and shows why one is refused."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "Open", priority=True, id="ask.keep"),
    ]

    def __init__(self) -> None:
        self.session: Session | None = None
        """The session of the file, once one was read."""
        super().__init__(
            "Open a session file",
            "Path of an exported session, such as session.toml",
            refuse=self._unreadable,
        )

    def _unreadable(self, path: str) -> str:
        if not path.strip():
            return "No path given."
        app = host(self)
        try:
            file = typed_path(path)
            if seen(file) and not seen(file, Path.is_file):  # a pipe would be waited for
                return f"{file}: is not a file"
            self.session = read_session(file, app.library, app.today)
        except UserError as error:
            return str(error)
        return ""
