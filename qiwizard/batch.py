"""Many postures in one process: a JSON object a line in, a JSON object a line out.

Lines are independent of each other and are answered in order, so a docket's worth can be divided
among processes or machines.
"""

from __future__ import annotations

import json
import sys
import time
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

from qiwizard.errors import UserError, unreadable
from qiwizard.files import MOST_BYTES, check_name
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.reasoning.ruling import Ruling, rule
from qiwizard.sessions.session_file import (
    json_table,
    named_forum_facts,
    newer_problem,
    session_problems,
    unknown_keys,
    unread_note,
)
from qiwizard.text import one_line

BLOCK = 65536
"""Bytes read at a time of a line that is too long."""
PAUSE = 0.2
"""Seconds between progress messages."""


@dataclass(frozen=True, slots=True)
class Request:
    """A line that was read: a posture, and the id by which its answer is to be known."""

    posture: Posture
    id: str | int | None
    unread: tuple[str, ...]
    """Keys beside the posture that are ignored."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The result for one line, numbered from 1: a ruling, or the mistake in the line."""

    number: int
    row: dict[str, Any]
    error: str = ""
    unread: tuple[str, ...] = ()
    """Keys beside the posture that mean nothing here."""

    def text(self) -> str:
        """The result as one line of JSON, without a line break."""
        return json.dumps(self.row, separators=(",", ":"))


def rule_on_lines(
    library: Library, source: IO[bytes], results: IO[str], as_of: date, name: str
) -> int:
    """Rule on every line of a source under the law of a day; returns how many lines were bad.

    Each result is written as soon as its line is read, and a bad line is named on standard error.
    """
    progress = _Progress(results)
    bad = 0
    noted = False
    for answer in answers(library, _lines(source, name), as_of):
        at = f"{name}: line {answer.number}:"
        if answer.error:
            bad += 1
            progress.complain(f"{one_line(at)} {answer.error}")
        elif answer.unread and not noted:
            noted = True
            progress.complain(one_line(f"{at} {unread_note(answer.unread)}, here and below"))
        results.write(answer.text() + "\n")
        results.flush()
        progress.done(bad)
    progress.end()
    return bad


def ruling_lines(library: Library, lines: Iterable[str], as_of: date) -> Iterator[str]:
    """One JSON result, without a line break, for each line of JSON that is not blank.

    For scripts that divide many lines among processes; the results are those of `rule --batch`.
    """
    encoded = (line.encode("utf-8", "surrogateescape") for line in lines)
    return (answer.text() for answer in answers(library, encoded, as_of))


def answers(library: Library, lines: Iterable[bytes], as_of: date) -> Iterator[Answer]:
    """An answer for each line that is not blank, under the law of a day.

    In place of a ruling, a bad line gets an object with its number and the mistake.
    """
    for number, line in enumerate(lines, 1):
        if number == 1:
            line = line.removeprefix(BOM_UTF8)
        if line.strip():
            yield _answer(library, line, number, as_of)


def _answer(library: Library, line: bytes, number: int, as_of: date) -> Answer:
    try:
        request = read_request(line, library)
    except _BadLineError as error:
        row = _echoed(error.id) | {"line": number, "error": str(error)}
        return Answer(number, row, error=str(error))
    row = _echoed(request.id) | ruling_row(rule(library, request.posture, as_of))
    return Answer(number, row, unread=request.unread)


class _BadLineError(Exception):
    """Why a line cannot be ruled on, with its id where that could be read."""

    def __init__(self, *mistakes: str, id_: str | int | None = None) -> None:
        super().__init__("; ".join(UserError(*mistakes).messages))
        self.id = id_


def read_request(line: bytes, library: Library) -> Request:
    """The posture on a line: bare facts, or a table with a `posture` as `rule` takes it.

    The checks are those of `rule`.
    """
    table = _table(line)
    id_ = table.pop("id", None)
    if isinstance(id_, bool) or not isinstance(id_, str | int | None):
        raise _BadLineError("id: is not permitted; permitted: text or a whole number")
    if "posture" not in table:
        table = {"posture": table}
    if mistake := newer_problem(table):
        raise _BadLineError(mistake, id_=id_)
    if isinstance(posture := table["posture"], dict):
        table["posture"] = named_forum_facts(posture, library)
    if mistakes := session_problems(table, library):
        raise _BadLineError(*mistakes, id_=id_)
    still_open = table.get("session", {}).get("open", ())
    return Request(Posture.of(table["posture"], still_open), id_, unknown_keys(table))


def _table(line: bytes) -> dict[str, Any]:
    if len(line) > MOST_BYTES:
        raise _BadLineError(f"longer than {MOST_BYTES} bytes, the limit for a posture")
    try:
        text = line.decode("utf-8")
        if not text.lstrip().startswith("{"):
            raise ValueError("not a JSON object")
        return json_table(text.rstrip(" \t\r\n"))
    except UnicodeDecodeError as error:
        raise _BadLineError(f"not UTF-8 text (byte {error.start})") from None
    except json.JSONDecodeError as error:
        # Its own text counts lines, too, and this is one line of a file.
        what = error.msg.rstrip(": ")
        comma = "" if what.endswith(" at") else ","
        raise _BadLineError(f"not readable as JSON: {what}{comma} column {error.pos + 1}") from None
    except (RecursionError, ValueError) as error:
        raise _BadLineError(f"not readable: {unreadable(error)}") from None


def _echoed(id_: str | int | None) -> dict[str, Any]:
    return {} if id_ is None else {"id": id_}


def ruling_row(ruling: Ruling) -> dict[str, Any]:
    """A ruling in short: the outcome, how sure it is, its terms, and what it rests on by id."""
    return {
        "outcome": ruling.outcome,
        "strength": ruling.strength.word,
        "as_of": ruling.as_of.isoformat(),
        "terms": ruling.terms,
        "alternatives": [
            {"outcome": other.outcome, "authorities": [a.holding.id for a in other.authority]}
            for other in ruling.alternatives
        ],
        "cited": [authority.holding.id for authority in ruling.cited],
    }


def _lines(source: IO[bytes], name: str) -> Iterator[bytes]:
    """The lines of a source; of one too long, enough to refuse it.

    UserError if the source cannot be read any further.
    """
    while line := _read(source, MOST_BYTES + 1, name):
        rest = line
        while rest and not rest.endswith(b"\n") and len(line) > MOST_BYTES:
            rest = _read(source, BLOCK, name)
        yield line


def _read(source: IO[bytes], most: int, name: str) -> bytes:
    try:
        return source.readline(most)
    except OSError as error:
        raise UserError(f"{name}: cannot be read: {error.strerror or error}") from None


class _Progress:
    """How far a batch has come, on a line of standard error that is written over."""

    def __init__(self, results: IO[str]) -> None:
        """Shown where standard error is a terminal that does not show the results themselves."""
        self._shown = sys.stderr is not None and sys.stderr.isatty() and not results.isatty()
        self._began = self._last = time.monotonic()
        self._lines = 0
        self._width = 0

    def done(self, bad: int) -> None:
        """Count a line, and report progress now and then."""
        self._lines += 1
        if self._shown and (now := time.monotonic()) - self._last >= PAUSE:
            self._last = now
            pace = round(self._lines / (now - self._began) * 60, -3)
            self._write(f"{self._lines:,} lines, {bad:,} bad, {pace:,.0f} a minute")

    def complain(self, message: str) -> None:
        """A message on a line of its own."""
        self._write("")
        if sys.stderr is not None:
            print(message, file=sys.stderr)

    def end(self) -> None:
        """Leave the line empty."""
        self._write("")

    def _write(self, text: str) -> None:
        if self._shown and (text or self._width):
            sys.stderr.write(f"\r{text.ljust(self._width)}" + ("" if text else "\r"))
            sys.stderr.flush()
            self._width = len(text)


def source_of(file: str) -> IO[bytes]:
    """A file, or standard input for `-`, to read lines from; UserError if it cannot be opened."""
    if file == "-":
        if sys.stdin is None:
            raise UserError("standard input: cannot be read: is closed")
        return sys.stdin.buffer
    check_name(file)
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise UserError(f"{file}: cannot be read: {error.strerror or error}") from None
