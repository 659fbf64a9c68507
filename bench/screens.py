"""The full screen in a real terminal, beside a blank app and a list with a panel."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench.figures import Figure, Series
from bench.processes import ROOT
from bench.rounds import Measure, measured
from bench.terminal import Program

APPS = Path(__file__).parent / "apps"
BLANK, LIST = str(APPS / "blank.py"), str(APPS / "list_panel.py")
SESSION = """
schema = "qiwizard/session/1"
[posture]
circuit = "tenth"
court = "D.N.M."
"""
DOWN, UP, ESCAPE, ENTER = "\x1b[B", "\x1b[A", "\x1b", "\r"
ANSWERS = 5
"""At least this many questions are asked if each is given its first answer."""
ARROWS = 20
BURST = 30
WHOLE_SESSION = (UP, *(ENTER,) * ANSWERS, "r", ESCAPE, "s", ESCAPE)
"""An answer to each question, then the review and the summary."""


def figures(rounds: int) -> list[Figure]:
    """Start, keys, memory and end of the full screen."""
    return [*_start_and_end(rounds), *_keys(rounds), _memory(max(2, rounds // 3))]


def _start_and_end(rounds: int) -> list[Figure]:
    ends: dict[str, list[float]] = {"ours": [], "blank": []}

    def started(name: str, *arguments: str) -> Measure:
        def measure(number: int) -> float:
            frame, end = _once(*arguments)
            if number:
                ends[name].append(end)
            return frame

        return measure

    frames = measured(
        {"ours": started("ours", "-m", "qiwizard"), "blank": started("blank", BLANK)}, rounds
    )
    return [
        Figure(
            "first painted frame",
            Series("", frames["ours"]),
            Series("blank Textual app", frames["blank"]),
            1.25,
            "≤ 1.25 times",
        ),
        Figure(
            "exit key to process gone",
            Series("", tuple(ends["ours"])),
            Series("blank Textual app", tuple(ends["blank"])),
            1.2,
            "≤ 1.2 times",
        ),
    ]


def _once(*arguments: str) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as home, Program(arguments, Path(home), ROOT) as program:
        frame = program.first_frame()
        program.settle()
        return frame, program.leave("q")


def _keys(rounds: int) -> list[Figure]:
    kinds: dict[str, tuple[bool, Callable[[Program], list[float]]]] = {
        "answer": (True, _answers),
        "arrow": (True, _arrows),
        "burst": (True, _burst),
        "list": (False, _arrows),
        "list burst": (False, _burst),
    }
    late: dict[str, list[float]] = {name: [] for name in kinds}

    def pressed(name: str) -> Measure:
        ours, keys = kinds[name]

        def measure(number: int) -> float:
            times = _in_session(keys) if ours else _in_list(keys)
            if number:
                late[name].append(sorted(times)[int(0.95 * (len(times) - 1))])
            return median(times)

        return measure

    found = measured({name: pressed(name) for name in kinds}, rounds)
    peer, burst = "list with a Static panel", "the same keys in the list"
    goal = "≤ 1.0 times"
    rows = [
        ("answer key to everything repainted", "answer", "list", peer),
        ("arrow key to everything repainted", "arrow", "list", peer),
        (f"{BURST} keys at once, settled", "burst", "list burst", burst),
    ]
    table = [
        Figure(what, Series("", found[own]), Series(label, found[other]), 1.0, goal)
        for what, own, other, label in rows
    ]
    slow = Series("", tuple(late["answer"])), Series(peer, tuple(late["list"]))
    return [table[0], Figure("the same, 95th percentile", *slow, 1.0, goal), *table[1:]]


def _answers(program: Program) -> list[float]:
    """Each answer recomputes ruling, relevance, authority and panel."""
    program.press(UP)
    return [program.press(ENTER) for _ in range(ANSWERS)]


def _arrows(program: Program) -> list[float]:
    return [program.press(key) for _ in range(ARROWS // 2) for key in (DOWN, UP)]


def _burst(program: Program) -> list[float]:
    return [program.press((DOWN + UP) * (BURST // 2))]


def _in_session(keys: Callable[[Program], list[float]]) -> list[float]:
    """Keys in the interview of a session that knows its forum."""
    with tempfile.TemporaryDirectory() as home:
        session = Path(home, "session.toml")
        session.write_text(SESSION, encoding="utf-8")
        arguments = ("-m", "qiwizard", "open", str(session))
        with Program(arguments, Path(home), ROOT) as program:
            program.first_frame()
            program.settle()
            program.press(DOWN)
            return keys(program)


def _in_list(keys: Callable[[Program], list[float]]) -> list[float]:
    with tempfile.TemporaryDirectory() as home, Program((LIST,), Path(home), ROOT) as program:
        program.first_frame()
        program.settle()
        program.press(DOWN)
        return keys(program)


def _memory(rounds: int) -> Figure:
    def ours(_number: int) -> float:
        peaks: list[float] = []

        def whole(program: Program) -> list[float]:
            for key in WHOLE_SESSION:
                program.send(key)
            peaks.append(program.peak_megabytes)
            return peaks

        return _in_session(whole)[-1]

    def listed(_number: int) -> float:
        def keys(program: Program) -> list[float]:
            _arrows(program)
            return [program.peak_megabytes]

        return _in_list(keys)[-1]

    found = measured({"ours": ours, "list": listed}, rounds)
    return Figure(
        "peak memory after a whole session",
        Series("", found["ours"], "MB"),
        Series("list with a Static panel", found["list"], "MB"),
        1.4,
        "≤ 1.4 times",
    )
