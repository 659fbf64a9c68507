"""Where the progress of each clerk is kept: one file a clerk, readable by the user alone."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from qiwizard.errors import UserError
from qiwizard.files import UnfitError, private_folder, read_text, replace_whole, seen, state_folder
from qiwizard.keeping.lock import acquire
from qiwizard.practice.progress import MODES, Answered, Half, Progress, parse_time
from qiwizard.text import one_line

SCHEMA = "qiwizard/practice/1"
"""What a progress file calls itself."""
DEFAULT_CLERK = "clerk"
"""Who practices where no name is given."""
MOST_CLERKS = 40
"""Files looked into for names of clerks."""
_FAMILY = "qiwizard/practice/"
LONGEST_NAME = 64
_TRIES = 20
_LONGEST, _HARDEST, _STATES = 1e6, 10, (1, 2, 3)
"""What the scheduler gives: a stability in days, a difficulty, a state of learning."""
_ANSWER = {**dict.fromkeys((f.name for f in fields(Answered)), str), "right": bool, "round": int}
_HALF = {"given": list, "fingerprint": str, "mode": str, "read_first": bool}
"""The kinds of the fields in the file."""


class _DamagedError(Exception):
    """The file is not one of ours, or not whole."""


class Kept(NamedTuple):
    """The progress read, and what has to be said of the file it came from."""

    progress: Progress
    said: str = ""


def clerk_name(text: str) -> str:
    """A clerk's name as it is kept; UserError for an empty, overlong or unprintable one."""
    name = unicodedata.normalize("NFC", text).strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise UserError(
            f"--clerk: {text!r} is not usable; permitted: 1 to {LONGEST_NAME} printable characters"
        )
    return name


def clerk_words(name: str) -> str:
    """Who is practicing, as a sentence; empty for a clerk without a name."""
    return "" if name == DEFAULT_CLERK else f"Clerk: {name}."


class Store:
    """The progress file of one clerk. Reads and writes; holds nothing."""

    def __init__(self, clerk: str = DEFAULT_CLERK, folder: Path | None = None) -> None:
        self.clerk = clerk_name(clerk)
        self._folder = folder

    @property
    def path(self) -> Path:
        """The file: a plain name and a digest, so that no name leads elsewhere or meets another."""
        folder = self._folder or state_folder() / "practice"
        plain = re.sub(r"[^a-z0-9]+", "-", self.clerk.lower()).strip("-")[:24] or "name"
        digest = hashlib.sha256(self.clerk.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        return folder / f"{plain}-{digest}.json"

    def load(self) -> Kept:
        """The progress so far; a damaged file is set aside and that is said.

        UserError if it cannot be read, or was written by a later version.
        """
        path = self.path
        if not seen(path):
            return Kept(Progress(self.clerk))
        try:
            return Kept(self._parsed(_text(path)))
        except _DamagedError as damage:
            aside = _set_aside(path)
            said = f"{path}: {damage}; set aside as {aside.name}, and practice starts over"
            return Kept(Progress(self.clerk), said)

    def update(self, change: Callable[[Progress], Progress]) -> str:
        """Change what is on the disk, not what was read earlier; UserError if that fails.

        Returns what has to be said of the file.
        """
        path = self.path
        try:
            private_folder(path.parent)
            attempts = (acquire(path.with_suffix(".lock")) for _ in range(_TRIES))
            if (lock := next(filter(None, attempts), None)) is None:
                raise UserError(f"{path}: another run is writing it; try again")
            try:
                progress, said = self.load()
                table = {"schema": SCHEMA, **asdict(change(progress))}
                text = json.dumps(table, indent=0, default=datetime.isoformat)
                replace_whole(path, text.encode())
            finally:
                lock.release()
        except OSError as error:
            raise UserError(f"{path}: cannot be written: {error.strerror or error}") from None
        return said

    def check(self) -> None:
        """UserError if the file cannot be read or was written by a later version."""
        with suppress(_DamagedError):
            if seen(self.path):
                self._parsed(_text(self.path))

    def _parsed(self, text: str) -> Progress:
        try:
            table = json.loads(text)
        except (ValueError, RecursionError):
            raise _DamagedError("not a progress file that can be read") from None
        schema = table.get("schema") if isinstance(table, dict) else None
        if isinstance(schema, str) and schema.startswith(_FAMILY) and schema != SCHEMA:
            raise UserError(f"{self.path}: of another version ({schema}); permitted: {SCHEMA}")
        if schema != SCHEMA or table.get("clerk") != self.clerk:
            raise _DamagedError("not the progress of this clerk")
        try:
            _need(isinstance(table["answers"], list))
            return Progress(
                self.clerk,
                tuple(_answer(row) for row in table["answers"]),
                {item: _card(row) for item, row in table["cards"].items()},
                {item: _half(row) for item, row in table.get("halves", {}).items()},
            )
        except (ValueError, TypeError, LookupError, AttributeError, OverflowError):
            raise _DamagedError("an entry in it is incomplete or of the wrong kind") from None


def clerks() -> tuple[str, ...]:
    """The clerks of whom there is progress, by name; files that cannot be read are passed over."""
    found = []
    files = sorted((state_folder() / "practice").glob("*.json"))
    for path in [file for file in files if ".damaged-" not in file.name][:MOST_CLERKS]:
        try:
            table = json.loads(_text(path))
            name = clerk_name(table["clerk"])
        except (_DamagedError, UserError, ValueError, RecursionError, LookupError, TypeError):
            continue
        if Store(name).path == path:
            found.append(name)
    return tuple(sorted(found, key=str.casefold))


def like_named(name: str) -> str:
    """A hint at another clerk whose name differs only in case; empty if there is none."""
    others = (n for n in clerks() if n != name and n.casefold() == name.casefold())
    other = next(others, None)
    return f"There is also progress under the name {one_line(other)}." if other else ""


def _text(path: Path) -> str:
    try:
        return read_text(path)
    except UnfitError as error:
        raise _DamagedError(error.why) from None


def _set_aside(path: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    aside = path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}")
    try:
        path.rename(aside)
    except OSError as error:
        raise UserError(f"{path}: damaged, and cannot be set aside: {error.strerror}") from None
    return aside


def _answer(row: dict[str, Any]) -> Answered:
    _need(_kinds(row) == _ANSWER and row["mode"] in MODES)
    return Answered(**{**row, "when": parse_time(row["when"])})


def _card(card: dict[str, Any]) -> dict[str, Any]:
    """A review that the scheduler can read."""
    parse_time(card["due"]), parse_time(card["last_review"])
    _need(type(card["card_id"]) is int and card["state"] in _STATES and card.get("step") is None)
    _need(0 < card["stability"] < _LONGEST and 1 <= card["difficulty"] <= _HARDEST)
    return card


def _half(row: dict[str, Any]) -> Half:
    _need(_kinds(row) == _HALF and row["mode"] in MODES and set(map(type, row["given"])) == {str})
    return Half(**{**row, "given": tuple(row["given"])})


def _kinds(row: dict[str, Any]) -> dict[str, type]:
    return {name: type(value) for name, value in row.items()}


def _need(whole: bool) -> None:  # noqa: FBT001 - a condition, not a flag
    if not whole:
        raise ValueError
