"""Whole processes: processor time from start to end, beside a Python that only imports."""

from __future__ import annotations

import tempfile
from pathlib import Path
from time import perf_counter

from bench.figures import Figure, Series
from bench.rounds import Measure, measured, process_seconds

ROOT = Path(__file__).parents[1]
POSTURE = """
[posture]
circuit = "tenth"
court = "D.N.M."
request = "both"
qi_asserted = true
motion = "pending"
motion_kind = "summary_judgment"
other_defendants = true
"""
IMPORTS = "Python importing argparse and tomllib"
PYDANTIC = "Python importing pydantic"


def figures(rounds: int) -> list[Figure]:
    """What the command line costs from start to end."""
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder, "case.toml")
        case.write_text(POSTURE, encoding="utf-8")
        values = measured(
            {
                IMPORTS: _process("-c", "import argparse, tomllib"),
                PYDANTIC: _process("-c", "from pydantic import BaseModel"),
                "--help": _process("-m", "qiwizard", "--help"),
                "--version": _process("-m", "qiwizard", "--version"),
                "rule": _process("-m", "qiwizard", "rule", str(case)),
            },
            rounds,
        )
    imports, pydantic = Series(IMPORTS, values[IMPORTS]), Series(PYDANTIC, values[PYDANTIC])
    goal = "≤ 1.5 times"
    return [
        Figure("`qiwizard --help`", Series("", values["--help"]), imports, 1.5, goal),
        Figure("`qiwizard --version`", Series("", values["--version"]), imports, 1.5, goal),
        Figure("`qiwizard rule FILE`", Series("", values["rule"]), pydantic, 3, "≤ 3 times"),
    ]


def proof() -> Figure:
    """The whole check, once, by the clock."""
    began = perf_counter()
    process_seconds(("-m", "qiwizard", "check"), ROOT)
    took = perf_counter() - began
    return Figure("`qiwizard check`, by the clock", Series("", (took,)), None, 30, "≤ 30 s")


def _process(*arguments: str) -> Measure:
    return lambda _number: process_seconds(arguments, ROOT)
