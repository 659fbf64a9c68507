"""Many postures in one process, and libraries of many holdings."""

from __future__ import annotations

import json
import tempfile
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from bench.cases import TODAY, decided, drawn
from bench.figures import Figure, Series
from bench.processes import ROOT
from bench.rounds import process_seconds, seconds
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.law.shipped import library_of, shipped_law, shipped_library
from qiwizard.reasoning.ruling import rule

LINES = 20_000
TIMES = (1, 10)


def batch(rounds: int) -> Figure:
    """Rulings a minute and core of `rule --batch`, its start included."""
    library = shipped_library()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "cases.ndjson")
        rows = (
            json.dumps({"id": n, "posture": dict(posture.known)}) + "\n"
            for n, posture in enumerate(drawn(library, LINES, seed=3))
        )
        file.write_text("".join(rows), encoding="utf-8")
        command = ("-m", "qiwizard", "rule", "--batch", str(file))
        took = [process_seconds(command, ROOT) for _ in range(rounds)]
    pace = tuple(LINES / each * 60 for each in took)
    figure = Series("", pace, "a minute")
    return Figure(
        "`qiwizard rule --batch`", figure, None, 100_000, "≥ 100,000 a minute", least=True
    )


def growth(rounds: int) -> list[Figure]:
    """One ruling over the library ten times its size, beside the shipped one."""
    libraries = {times: _times(times) for times in TIMES}
    found: dict[int, list[float]] = {times: [] for times in TIMES}
    for number in range(rounds):
        for times, library in libraries.items():
            found[times].append(_a_ruling(library, number))
    least = Series("the library as it is", tuple(found[1]))
    return [
        Figure(
            f"one ruling over {times} times the holdings",
            Series("", tuple(found[times])),
            least,
            times,
            f"< {times} times",
        )
        for times in TIMES[1:]
    ]


def _times(times: int) -> Library:
    """The shipped library with copies of every precedent, some months older each time."""
    law = shipped_law()
    rows: list[dict[str, Any]] = [row for file in law.values() for row in file["precedent"]]
    copies = [
        {**row, "id": f"{row['id']}-{n}", "decided": row["decided"] - timedelta(days=90 * n)}
        for n in range(1, times)
        for row in rows
    ]
    return library_of({**law, "copies.toml": {"precedent": copies}})


def _a_ruling(library: Library, number: int) -> float:
    """The median ruling on the decided orders, each moved to one forum, whose law is ready."""
    forum = {"circuit": "tenth", "court": "D.N.M."}
    postures = [Posture.of({**p.known, **forum}) for p in decided(library)[number % 3 :: 3]]
    rule(library, postures[0], TODAY)
    return median(seconds(partial(rule, library, each, TODAY)) for each in postures)
