"""Where the progress of each clerk is kept: one file a clerk, readable by the user alone."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

from qiwizard.errors import UserError
from qiwizard.files import UnfitError, private_folder, read_text, replace_whole, seen
from qiwizard.keeping.lock import acquire
from qiwizard.practice.places import DEFAULT_CLERK, SCHEMA, practice_folder, progress_files
from qiwizard.practice.progress import MODES, Answered, Half, Progress
from qiwizard.practice.schedule import parse_time
from qiwizard.text import folded, one_line

_FAMILY = "qiwizard/practice/"
LONGEST_NAME = 64
_TRIES = 20
_LONGEST, _HARDEST, _STATES = 1e6, 10, (1, 2, 3)
"""What the scheduler gives: a stability in days, a difficulty, a state of learning."""

_KINDS = {"when": str, "right": bool, "round": int}
"""The kinds of the fields of an answer in the file; all others are texts."""


class _DamagedError(Exception):
    """The file is not one of ours, or not whole."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The progress read, and what has to be said of the file it came from."""

    progress: Progress
    said: str = ""


def clerk_name(text: str) -> str:
    """A clerk's name as it is kept; UserError for an empty, overlong or unprintable one."""
    name = unicodedata.normalize("NFC", text).strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise UserError(
            f"--clerk: {text!r} will not do; permitted: 1 to {LONGEST_NAME} printable characters"
        )
    return name


def clerk_words(name: str) -> str:
    """Who practises, as a sentence; empty for a clerk without a name."""
    return "" if name == DEFAULT_CLERK else f"Clerk: {name}."


class Store:
    """The progress file of one clerk. Reads and writes; holds nothing."""

    def __init__(self, clerk: str = DEFAULT_CLERK, folder: Path | None = None) -> None:
        self.clerk = clerk_name(clerk)
        self._folder = folder

    @property
    def path(self) -> Path:
        """The file: a plain name and a digest, so that no name leads elsewhere or meets another."""
        folder = self._folder or practice_folder()
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
            said = f"{path}: {damage}; set aside as {aside.name}, and practice begins anew"
            return Kept(Progress(self.clerk), said)

    def update(self, change: Callable[[Progress], Progress]) -> Kept:
        """Change what is on the disk, not what was read earlier; UserError if that fails."""
        path = self.path
        try:
            private_folder(path.parent)
            lock = next(
                filter(None, (acquire(path.with_suffix(".lock")) for _ in range(_TRIES))), None
            )
            if lock is None:
                raise UserError(f"{path}: another run is writing it; try again")
            try:
                kept = self.load()
                after = change(kept.progress)
                replace_whole(path, _written(after).encode())
            finally:
                lock.release()
        except OSError as error:
            raise UserError(f"{path}: cannot be written: {error.strerror or error}") from None
        return Kept(after, kept.said)

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
        return Progress(
            self.clerk,
            _answers(table.get("answers")),
            _cards(table.get("cards")),
            _halves(table.get("halves", {})),
        )


def clerks(folder: Path | None = None) -> tuple[str, ...]:
    """The clerks of whom there is progress, by name; files that cannot be read are passed over."""
    found = []
    for path in progress_files(folder):
        try:
            table = json.loads(_text(path))
            name = clerk_name(table["clerk"])
        except (_DamagedError, UserError, ValueError, RecursionError, LookupError, TypeError):
            continue
        if Store(name, folder).path == path:
            found.append(name)
    return tuple(sorted(found, key=str.casefold))


def other_spelling(clerk: str, folder: Path | None = None) -> str:
    """That there is progress under a name much like this one, as a sentence; empty if not."""
    known = {folded(name): name for name in clerks(folder) if name != clerk}
    near = get_close_matches(folded(clerk), known, n=1, cutoff=0.8)
    return one_line(f"Did you mean --clerk {known[near[0]]!r}? It has progress.") if near else ""


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


def _answers(rows: Any) -> tuple[Answered, ...]:
    if not isinstance(rows, list):
        raise _DamagedError("its answers are no list")
    return tuple(_answer(row) for row in rows)


def _answer(row: Any) -> Answered:
    names = [f.name for f in fields(Answered)]
    if not isinstance(row, dict) or set(row) != set(names):
        raise _DamagedError("an answer in it is not whole")
    if any(type(row[name]) is not _KINDS.get(name, str) for name in names):
        raise _DamagedError("an answer in it has a value of the wrong kind")
    if row["mode"] not in MODES:
        raise _DamagedError("an answer in it is of an unknown mode")
    return Answered(**{**row, "when": _moment(row["when"])})


def _moment(text: str) -> datetime:
    try:
        return parse_time(text)
    except (ValueError, OverflowError):
        raise _DamagedError("a date in it is none") from None


def _cards(table: Any) -> Mapping[str, Mapping[str, Any]]:
    if not isinstance(table, dict):
        raise _DamagedError("its reviews are no table")
    for card in table.values():
        if not isinstance(card, dict) or not isinstance(card.get("due"), str):
            raise _DamagedError("a review in it is not whole")
        _moment(card["due"])
        if not _readable(card):
            raise _DamagedError("a review in it has a value of the wrong kind")
        _moment(card["last_review"])
    return MappingProxyType(table)


def _readable(card: Mapping[str, Any]) -> bool:
    """Whether the scheduler can read a card."""
    whole = all(type(card.get(name)) is int for name in ("card_id", "state"))
    real = all(type(card.get(n)) in (int, float) for n in ("stability", "difficulty"))
    if not whole or not real or not isinstance(card.get("last_review"), str):
        return False
    within = 0 < card["stability"] < _LONGEST and 1 <= card["difficulty"] <= _HARDEST
    return within and card["state"] in _STATES and card.get("step") is None


def _halves(table: Any) -> Mapping[str, Half]:
    if not isinstance(table, dict):
        raise _DamagedError("its drills half done are no table")
    return MappingProxyType({item: _half(row) for item, row in table.items()})


def _half(row: Any) -> Half:
    if not isinstance(row, dict) or set(row) != {f.name for f in fields(Half)}:
        raise _DamagedError("a drill half done in it is not whole")
    given = row["given"]
    texts = isinstance(given, list) and given and all(isinstance(one, str) for one in given)
    if not texts or type(row["fingerprint"]) is not str or type(row["read_first"]) is not bool:
        raise _DamagedError("a drill half done in it has a value of the wrong kind")
    if row["mode"] not in MODES:
        raise _DamagedError("a drill half done in it is of an unknown mode")
    return Half(**{**row, "given": tuple(given)})


def _written(progress: Progress) -> str:
    table = {
        "schema": SCHEMA,
        "clerk": progress.clerk,
        "answers": [{**asdict(a), "when": a.when.isoformat()} for a in progress.answers],
        "cards": {item: dict(card) for item, card in progress.cards.items()},
        "halves": {item: asdict(half) for item, half in progress.halves.items()},
    }
    return json.dumps(table, ensure_ascii=True, indent=0)
