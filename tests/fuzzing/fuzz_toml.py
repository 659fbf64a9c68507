"""Files of every kind the program reads, spoilt on and on where that leads to new lines of code.

A case is a run of its own: it begins with whole files of one kind, and what reaches a line or a
turn of the program that no file before it reached is spoilt further.
"""

from __future__ import annotations

import json
import random
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from types import FrameType
from typing import Any

import tomli_w
from fuzz_given import NASTY, TODAY, FuzzError, any_session, spoilt

from qiwizard.config import read_config
from qiwizard.errors import UserError
from qiwizard.files import shipped
from qiwizard.keeping.kept import kept_session, kept_text
from qiwizard.law.shipped import library_with, shipped_library
from qiwizard.practice.drills import make
from qiwizard.practice.items import Item
from qiwizard.practice.progress import PRACTICE, SET, Half, answered
from qiwizard.practice.sets import (
    ResultsFile,
    Wanted,
    checksum,
    made_set,
    read_results,
    read_set,
)
from qiwizard.practice.sitting import record
from qiwizard.practice.store import Store
from qiwizard.reports.formats import render
from qiwizard.reports.report import Report
from qiwizard.sessions.session_file import read_session
from qiwizard.text import visible

STEPS = 150
"""Files tried in one run."""
WATCHED = (
    *("/reports/", "/law/", "/keeping/", "/checking/", "/practice/", "/sessions/"),
    "/config.py",
)
VALUES: tuple[Any, ...] = (
    *(True, 0, 1, -1, 1.5, float("nan"), 10**30, "", "tenth", [], {}, [[]], [{}], [1, "a"]),
    *(TODAY, date.min, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1)),
    *(text for text in NASTY if text != "\ud800"),
)
Place = tuple[int, int]


@dataclass(slots=True)
class Tally:
    """What a run covered."""

    files: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    turns: int = 0
    """Pairs of lines, one after the other, reached by any file."""


TALLY = Tally()
_TURNS: set[Place] = set()


def toml(seed: int, folder: Path) -> None:
    """One run over one kind of file: read, or refused in lines that name the file."""
    rng = random.Random(seed)
    kind = list(READERS)[seed % len(READERS)]
    read, corpus = READERS[kind](rng, folder)
    reached: set[Place] = set()
    path = folder / "given.toml"
    for _ in range(STEPS):
        text = _changed(rng, rng.choice(corpus))
        path.write_text(text, encoding="utf-8", errors="replace", newline="")
        now: set[Place] = set()
        TALLY.files[kind] += 1
        try:
            with _watched(now):
                read(path)
        except UserError as error:
            TALLY.refused[kind] += 1
            _check_lines(error, path)
        except Exception as error:
            raise FuzzError(f"{kind}: {text!r}") from error
        if not now <= reached:
            corpus.append(text)
            reached |= now
    _TURNS.update(reached)
    TALLY.turns = len(_TURNS)


def _check_lines(error: UserError, path: Path) -> None:
    """Each mistake on a line of its own, with the file, without control characters."""
    for line in error.messages:
        if not line or "\n" in line or visible(line, keep="") != line:
            raise FuzzError(f"no single plain line: {line!r}")
        if path.name not in line:
            raise FuzzError(f"does not name the file: {line!r}")


@contextmanager
def _watched(turns: set[Place]) -> Iterator[None]:
    """Collect where the program goes, line by line, in the modules that read files."""

    def watch(frame: FrameType, event: str, _: object) -> Any:
        code = frame.f_code
        if "qiwizard" not in code.co_filename or not any(w in code.co_filename for w in WATCHED):
            return None
        last, where = 0, hash(code.co_filename) ^ code.co_firstlineno

        def line(frame: FrameType, event: str, _: object) -> Any:
            nonlocal last
            turns.add((where, last * 10_000 + frame.f_lineno))
            last = frame.f_lineno
            return line

        return line

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        yield
    finally:
        sys.settrace(before)


def _changed(rng: random.Random, text: str) -> str:
    """The text spoilt as text, or a value, a key or a table of it exchanged."""
    if rng.random() < 0.4:
        return spoilt(rng, text)
    try:
        is_json = text.lstrip().startswith("{")
        table = json.loads(text) if is_json else tomllib.loads(text)
        for _ in range(rng.choice((1, 1, 2, 4))):
            _exchange(rng, table)
        if "checksum" in table and rng.random() < 0.8:  # as a skilled editor would
            table["checksum"] = checksum(table)
        return json.dumps(table, default=str) if is_json else tomli_w.dumps(table)
    except (ValueError, TypeError, RecursionError):
        return spoilt(rng, text)


def _exchange(rng: random.Random, table: dict[str, Any]) -> None:
    node: Any = table
    while node:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        key = rng.choice(keys)
        if isinstance(node[key], dict | list) and node[key] and rng.random() < 0.8:
            node = node[key]
            continue
        match rng.randrange(5):
            case 0:
                del node[key]
            case 1 if isinstance(node, dict):
                node[rng.choice((*NASTY[:12], "fact", "id", f"{key}_"))] = node.pop(key)
            case 2 if isinstance(node, list):
                node.append(node[key])
            case _:
                other = rng.choice(list(_leaves(table))) if rng.random() < 0.4 else None
                node[key] = rng.choice(VALUES) if other is None else other
        return


def _leaves(node: Any) -> Iterator[Any]:
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    yield from (None,)
    for value in inner:
        if isinstance(value, dict | list):
            yield from _leaves(value)
        else:
            yield value


Reader = tuple[Callable[[Path], object], list[str]]
LIBRARY = shipped_library()


def _sessions(rng: random.Random, folder: Path) -> Reader:
    given = [any_session(rng, LIBRARY) for _ in range(2)]
    texts = [
        render(Report(LIBRARY, s), form) for s, form in zip(given, ("toml", "json"), strict=True)
    ]
    return lambda path: read_session(path, LIBRARY, TODAY), texts


def _kept(rng: random.Random, folder: Path) -> Reader:
    session = any_session(rng, LIBRARY).drafting({"caption": "Doe", "source.motion": "Doc. 3"})
    return lambda path: kept_session(path, LIBRARY, TODAY), [kept_text(LIBRARY, session, "a.toml")]


@lru_cache(maxsize=1)
def _parts() -> list[str]:
    return shipped("precedents.toml").read_text(encoding="utf-8").split("\n[[precedent]]")


def _precedents(rng: random.Random, folder: Path) -> Reader:
    texts = [
        "\n[[precedent]]".join([_parts()[0] * whole, *rng.sample(_parts()[1:], 2)])
        for whole in (0, 1)
    ]
    return lambda path: library_with(path, TODAY), texts


@lru_cache(maxsize=1)
def _set() -> str:
    return made_set(LIBRARY, Wanted(number=3, seed=7))


def _sets(rng: random.Random, folder: Path) -> Reader:
    return lambda path: read_set(path, LIBRARY), [_set()]


def _answers(item: Item) -> Any:
    moment = datetime(2026, 11, 1, tzinfo=UTC)
    return tuple(answered(item, p, p.options[0].id, moment, PRACTICE, 0) for p in item.parts)


def _results(rng: random.Random, folder: Path) -> Reader:
    path = folder / "set.toml"
    path.write_text(_set(), encoding="utf-8")
    practice_set = read_set(path, LIBRARY)
    out = folder / "results.toml"
    answers = _answers(make(LIBRARY, practice_set.items[0]))
    ResultsFile(out, practice_set, "Anna", LIBRARY).write(answers)
    return lambda path: read_results(path, LIBRARY), [out.read_text(encoding="utf-8")]


def _progress(rng: random.Random, folder: Path) -> Reader:
    store = Store("Anna", folder)
    record(store, _answers(make(LIBRARY, "predict/lucero-v-clovis")))
    store.update(lambda p: p.halving("walk/lucero-v-clovis", Half(("a", "b"), "0", SET)))
    text = store.path.read_text(encoding="utf-8")

    def read(path: Path) -> object:
        store.path.write_bytes(path.read_bytes())
        try:
            return store.load()
        except UserError as error:
            raise UserError(
                *(m.replace(store.path.name, path.name) for m in error.messages)
            ) from None

    return read, [text]


def _settings(rng: random.Random, folder: Path) -> Reader:
    text = (
        'theme = "nord"\nanimation = "none"\nmouse = true\nplain = false\nkeep = true\n'
        '[keys]\n"interview.why" = "f1,v"\n'
    )
    return read_config, [text]


READERS: dict[str, Callable[[random.Random, Path], Reader]] = {
    "sessions": _sessions,
    "kept sessions": _kept,
    "precedents": _precedents,
    "sets": _sets,
    "results": _results,
    "progress": _progress,
    "settings": _settings,
}
