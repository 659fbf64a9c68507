"""What a program shows as taken, written down by the program itself while it runs.

Put into a child process before its start. Each line of the log is one JSON list:

- `writing`, before a file is put on disk: its path and text;
- `shown`, after something was written to the terminal: the file that must hold the session now,
  and its text;
- `exported`, once a file of the user's was reported: its path;
- `removing`, before a kept session is removed: its path, and whether its case is in a file;
- `answered`, after a drill was drawn: the answers that must be on disk.

A log line is one write to a file: what was written before a kill is there, its end perhaps not.
"""

from __future__ import annotations

import builtins
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qiwizard import files
from qiwizard.keeping import keeper as keeping
from qiwizard.keeping.keeper import Ongoing
from qiwizard.keeping.kept import kept_text, worth_keeping
from qiwizard.law.shipped import shipped_library
from qiwizard.plain import interview
from qiwizard.practice import plain as plain_practice
from qiwizard.practice import store
from qiwizard.practice.progress import SET, Round
from qiwizard.practice.sitting import Sitting
from qiwizard.sessions.session import Session
from screens.app import QiWizard
from screens.practice.drill import DrillScreen
from screens.running.driver import Keyboard

Note = Callable[..., None]


def bare(text: str) -> str:
    """The text of a kept session without the moment when it was saved."""
    return "\n".join(line for line in text.split("\n") if not line.startswith("saved = "))


def watch(log: Path) -> None:
    """Write down from now on what this process does and shows."""
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def note(kind: str, **what: object) -> None:
        os.write(handle, json.dumps([kind, what]).encode() + b"\n")

    _watch_files(note)
    _watch_removals(note)
    seen = _Seen(note)
    _watch_screen(seen)
    _watch_lines(seen)


def _watch_files(note: Note) -> None:
    def noted(write: Callable[..., None]) -> Callable[..., None]:
        def first(path: Path, data: bytes, **how: Any) -> None:
            note("writing", path=str(path.absolute()), text=data.decode("utf-8", "replace"))
            write(path, data, **how)

        return first

    keeping.replace_whole = noted(files.replace_whole)  # type: ignore[attr-defined]
    store.replace_whole = noted(files.replace_whole)  # type: ignore[attr-defined]
    files.put_file = noted(files.put_file)
    exported = QiWizard.exported

    def reported(self: QiWizard, path: Path | None, *, whole: bool) -> None:
        exported(self, path, whole=whole)
        note("exported", path=str(path))

    QiWizard.exported = reported  # type: ignore[method-assign]


def _watch_removals(note: Note) -> None:
    remove, put_by, resume = keeping._remove, Ongoing.put_by, Ongoing.resume
    safe = [False]

    def first(path: Path) -> None:
        note("removing", path=str(path.absolute()), safe=safe[0])
        remove(path)

    def putting_by(self: Ongoing, session: Session, **how: Any) -> None:
        safe[0] = session is self.safe
        put_by(self, session, **how)
        safe[0] = False

    def resuming(self: Ongoing, kept: Any, at_hand: Session, today: Any) -> Session:
        safe[0] = at_hand is self.safe
        try:
            return resume(self, kept, at_hand, today)
        finally:
            safe[0] = False

    keeping._remove = first
    Ongoing.put_by = putting_by  # type: ignore[method-assign]
    Ongoing.resume = resuming  # type: ignore[method-assign]


class _Seen:
    """Notes what is at hand, where that is something new."""

    def __init__(self, note: Note) -> None:
        self._note = note
        self._session: Session | None = None
        self._round: Round | None = None

    def session(self, session: Session, ongoing: Ongoing) -> None:
        """A session was shown; it counts unless it is in a file, or the program said otherwise."""
        keeper = ongoing._keeper
        if session is self._session or keeper is None or ongoing.trouble:
            return
        self._session = session
        if session is ongoing.safe or not (keeper.holds or worth_keeping(session)):
            return
        text = bare(kept_text(shipped_library(), session, keeper.precedents))
        self._note("shown", path=str(keeper.path and keeper.path.absolute()), text=text)

    def round(self, round_: Round | None, sitting: Sitting) -> None:
        """A drill was shown with the answers to it."""
        if round_ is None or round_ is self._round:
            return
        self._round = round_
        item, results = "" if round_.over else round_.items[round_.at], sitting.results
        self._note(
            "answered",
            clerk=sitting.store.clerk,
            item=item,
            given=round_.given,
            done=[(a.item, a.part, a.given) for a in round_.done],
            results=str(results.path.absolute()) if results and round_.mode == SET else "",
        )


def _watch_screen(seen: _Seen) -> None:
    write = Keyboard.write

    def then(self: Keyboard, data: str) -> None:
        write(self, data)
        app = self._app
        assert isinstance(app, QiWizard)
        if app._typed is None:
            seen.session(app.session, app.ongoing)
        for screen in app.screen_stack if app._screen_stacks["_default"] else ():
            if isinstance(screen, DrillScreen) and not screen._told:
                seen.round(screen._next or screen._round, screen._sitting)

    Keyboard.write = then  # type: ignore[method-assign,assignment]


def _watch_lines(seen: _Seen) -> None:
    wizards: list[interview.PlainWizard] = []
    practices: list[plain_practice.PlainPractice] = []

    def printed(*texts: object, **how: Any) -> None:
        builtins.print(*texts, **how)
        for wizard in wizards:
            seen.session(wizard._session, wizard._ongoing)
        for practice in practices:
            if not practice._told:
                seen.round(practice._at, practice._sitting)

    def watched(kind: Any, running: list[Any]) -> None:
        run = kind.run

        def noted(self: Any) -> int:
            running.append(self)
            code: int = run(self)
            return code

        kind.run = noted

    interview.print = plain_practice.print = printed  # type: ignore[attr-defined]
    watched(interview.PlainWizard, wizards)
    watched(plain_practice.PlainPractice, practices)
