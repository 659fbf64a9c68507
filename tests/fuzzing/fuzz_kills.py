"""Programs killed in a terminal at a random moment: what was shown as taken is there afterwards.

A case is a child process in a terminal of its own, which is sent keys, and a signal among them.
It is forked from a process that has everything loaded, so that a start takes little time.
"""

from __future__ import annotations

import json
import random
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from acknowledged import bare
from forked import PATIENCE, Run, begin
from fuzz_given import TODAY, FuzzError, any_session
from kill_moves import Moves, moves

from qiwizard.errors import UserError
from qiwizard.keeping.keeper import Keeper, unfinished
from qiwizard.keeping.kept import kept_session, kept_text
from qiwizard.law.shipped import shipped_library
from qiwizard.practice.sets import Wanted, made_set, read_results
from qiwizard.practice.store import Store
from qiwizard.sessions.session_file import given_tables, read_session

ENDS = (*(("kill",) * 16), "term", "hup", "hang up", "int")
STATUS = {"term": 143, "hup": 129, "hang up": 129, "int": 130}
GAPS = (0.0, 0.003, 0.01, 0.03)
"""Seconds between two inputs."""
HEED = 0.7
"""The share of inputs whose effects are checked."""
SIZES = ((1, 1), (20, 6), (40, 12), (60, 20), (80, 24), (80, 24), (120, 40), (200, 60))
LIBRARY = shipped_library()


@dataclass(slots=True)
class Tally:
    """What a run came to see."""

    ends: Counter[str] = field(default_factory=Counter)
    ways: Counter[str] = field(default_factory=Counter)
    inputs: int = 0
    shown: int = 0
    checked: Counter[str] = field(default_factory=Counter)


TALLY = Tally()


def kills(seed: int, folder: Path) -> None:
    """A program killed among random keys: what was shown as taken is there at the next start."""
    rng = random.Random(seed)
    (folder / "case.toml").write_text('[posture]\ncircuit = "tenth"\nqi_asserted = true\n')
    (folder / "set.toml").write_text(_set())
    log, state = folder / "log", folder / "state"
    before = _kept_before(rng, state / "sessions")
    way = moves(rng)
    TALLY.ways[way.name] += 1
    how = rng.choice(ENDS)
    program = begin(way.words, rng.choice(SIZES), log)
    done: list[str] = []
    try:
        _play(rng, program, way, done)
        if not program.ended():
            program.end(how)
            TALLY.ends[how] += 1
            _check_end(program, how)
        else:
            TALLY.ends["itself"] += 1
        notes = _notes(log)
        _check_files(notes, before)
        _check_answers(notes)
        _check_next_start(rng, state / "sessions")
    except AssertionError as error:
        raise FuzzError(f"{way.words}, {done}, {how}: {error}") from None
    finally:
        program.close()


def _play(rng: random.Random, program: Run, way: Moves, done: list[str]) -> None:
    """Press keys up to a random moment."""
    if rng.random() < 0.1:
        program.read(rng.uniform(0, 0.4))  # killed as it starts
        return
    program.wait(way.ready)
    stop = rng.randrange(1, len(way.keys) + 1)
    for keys in way.keys[:stop]:
        TALLY.inputs += 1
        done.append(keys)
        if keys == "resize":
            program.resize(rng.choice(SIZES))
        else:
            program.type(keys.encode())
        if rng.random() < HEED:
            program.react()
        program.read(rng.choice(GAPS))
        if program.ended():
            return
    program.read(rng.uniform(0, rng.choice((0.002, 0.02, 0.1, 0.4))))


def _check_end(program: Run, how: str) -> None:
    said = program.output.decode("utf-8", "replace")
    if "Traceback" in said or "had to stop" in said:
        raise FuzzError(f"a fault: {said[-3000:]}")
    if how == "hang up" and not said:
        return  # it has found no terminal at all
    if how in STATUS and program.status not in (STATUS[how], -1 * getattr(signal, _NAMES[how])):
        raise FuzzError(f"ends with {program.status}")


_NAMES = {"term": "SIGTERM", "hup": "SIGHUP", "hang up": "SIGHUP", "int": "SIGINT"}


def _kept_before(rng: random.Random, folder: Path) -> dict[str, str]:
    """Sessions that were left unfinished earlier: path and text."""
    if rng.random() < 0.6:
        return {}
    for _ in range(rng.choice((1, 2))):
        keeper = Keeper(folder, LIBRARY)
        keeper.save(any_session(rng, LIBRARY))
        keeper.leave()
    return {str(path): bare(path.read_text("utf-8")) for path in folder.glob("*.toml")}


@lru_cache(maxsize=1)
def _set() -> str:
    """A practice set."""
    return made_set(LIBRARY, Wanted(number=3, seed=7))


# What must be there


def _check_files(notes: list[Any], before: dict[str, str]) -> None:
    """Each session shown is in its file, or a later one; none is gone that was not let go."""
    allowed = {path: {text} for path, text in before.items()}
    last = dict(before)
    let_go: dict[str, bool] = {}
    put: dict[str, list[str]] = {}
    for kind, what in notes:
        path = what.get("path", "")
        if kind == "shown":
            TALLY.shown += 1
            allowed[path] = {what["text"]}
            last[path] = what["text"]
            let_go.pop(path, None)
        elif kind == "writing":
            put.setdefault(path, []).append(what["text"])
            if path in allowed:
                allowed[path].add(bare(what["text"]))
        elif kind == "removing":
            let_go[path] = what["safe"]
        elif kind == "exported" and path in put:
            del put[path][:-1]
    exported = [kind[1]["path"] for kind in notes if kind[0] == "exported"]
    for path in exported:
        TALLY.checked["exports"] += 1
        if (
            not Path(path).exists()
            or Path(path).read_bytes().decode("utf-8", "replace") not in put[path]
        ):
            raise FuzzError(f"{path}: not what was exported")
    for path, texts in allowed.items():
        file = Path(path)
        if file.exists():
            TALLY.checked["sessions"] += 1
            text = bare(file.read_text("utf-8"))
            if text not in texts:
                raise FuzzError(f"{path}: holds {text}\n--- not ---\n{last[path]}")
        elif path not in let_go:
            raise FuzzError(f"{path}: is gone; it held {last[path]}")
        elif let_go[path] and not _in_a_file(last[path], exported):
            raise FuzzError(f"{path}: was let go and is in no file: {last[path]}")


def _in_a_file(text: str, exported: list[str]) -> bool:
    """Whether a session is in a file of the user's: with the same facts, cites and case."""
    kept = Path("let-go.toml")
    kept.write_text(text, "utf-8")
    wanted = _given(kept_session(kept, LIBRARY, TODAY))
    return any(_opened(path) == wanted for path in exported)


def _opened(path: str) -> dict[str, Any] | None:
    """What a file of any name gives, if it is a session."""
    try:
        return _given(read_session(path, LIBRARY, TODAY))
    except UserError:
        return None


def _given(session: Any) -> dict[str, Any]:
    tables = given_tables(LIBRARY, session)
    return {key: tables[key] for key in ("matter", "posture", "source")}


def _check_answers(notes: list[Any]) -> None:
    """Each answer to a drill that was shown is among the progress, and the results of a set."""
    at = max((n for n, (kind, _) in enumerate(notes) if kind == "answered"), default=-1)
    if at < 0:
        return
    what = notes[at][1]
    store = Store(what["clerk"])
    kept = store.load()
    if kept.said:
        raise FuzzError(f"the progress is damaged: {kept.said}")
    later = [n[1]["text"] for n in notes[at:] if n[0] == "writing" and "/practice/" in n[1]["path"]]
    if store.path.exists() and store.path.read_text("utf-8") in later:
        TALLY.checked["answers on the way"] += 1
        return
    TALLY.checked["answers"] += 1
    progress = kept.progress
    there = [(a.item, a.part, a.given) for a in progress.answers]
    half = progress.halves.get(what["item"])
    given = [] if half is None else list(half.given)
    latest = [g for item, _, g in there if item == what["item"]]
    lacking = [row for row in what["done"] if tuple(row) not in there]
    if lacking or (what["given"] not in (given, latest[-len(what["given"]) :] or [])):
        raise FuzzError(f"lacking {lacking or what['given']}: {there}, half {given}")
    if what["results"] and what["done"]:
        TALLY.checked["results"] += 1
        results = [
            (a.item, a.part, a.given) for a in read_results(what["results"], LIBRARY).answers
        ]
        if any(tuple(row) not in results for row in what["done"]):
            raise FuzzError(f"results lack one of {what['done']}: {results}")


def _check_next_start(rng: random.Random, folder: Path) -> None:
    """The program itself offers the sessions, takes up the latest, and leaves it as it was."""
    offered = unfinished(folder)
    for kept in offered:
        if kept.trouble:
            raise FuzzError(f"cannot be resumed: {kept.trouble}")
        session = kept_session(kept.path, LIBRARY, TODAY)
        again = kept_text(LIBRARY, session, kept.precedents)
        if bare(again) != bare(kept.path.read_text("utf-8")):
            raise FuzzError(
                f"{kept.path} is read as {again}\n--- not ---\n{kept.path.read_text('utf-8')}"
            )
    if not offered:
        return
    latest = offered[0]
    text = bare(latest.path.read_text("utf-8"))
    answers = f"{latest.answers} answer{'s' if latest.answers != 1 else ''}"
    plain = rng.random() < 0.5
    log = folder / "next.log"
    program = begin(["--plain"] if plain else [], (200, 60), log)
    try:
        program.wait("or Enter for a new session>" if plain else answers)
        program.type(b"1\n" if plain else b"\r")
        began = time.monotonic()
        while not (shown := [what for kind, what in _notes(log) if kind == "shown"]):
            if program.ended() or time.monotonic() - began > PATIENCE:
                raise FuzzError(f"is not resumed: {program.text()[-2000:]}")
            program.read(0.02)
        program.end("kill")
    finally:
        program.close()
        log.unlink()
    if shown[0] != {"path": str(latest.path), "text": text}:
        raise FuzzError(f"another session is resumed: {shown[0]['text']}\n--- not ---\n{text}")
    if bare(latest.path.read_text("utf-8")) != text:
        raise FuzzError(f"{latest.path} was changed by resuming it")
    TALLY.checked["next starts"] += 1


def _notes(log: Path) -> list[Any]:
    """What was written down; of the last line a kill may leave a part."""
    whole = log.read_bytes().split(b"\n")[:-1] if log.exists() else []
    return [json.loads(line) for line in whole]
