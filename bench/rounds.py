"""Measuring side by side: in each round everything once, in another order each time."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

Measure = Callable[[int], float]
"""Measures once, given the number of the round."""


def measured(measures: Mapping[str, Measure], rounds: int) -> dict[str, tuple[float, ...]]:
    """What each measure gave in every round, after one round that does not count."""
    values: dict[str, list[float]] = {name: [] for name in measures}
    for number in range(rounds + 1):
        order = list(measures)
        random.Random(number).shuffle(order)
        for name in order:
            _tell(f"round {number} of {rounds}: {name}")
            value = measures[name](number)
            if number:
                values[name].append(value)
    _tell("")
    return {name: tuple(found) for name, found in values.items()}


def seconds(work: Callable[[], object]) -> float:
    """The processor time that some work takes: other programs on the machine do not count."""
    began = time.process_time()
    work()
    return time.process_time() - began


def process_seconds(arguments: Sequence[str], folder: Path) -> float:
    """The processor time of a Python process from start to end; it must end well."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, *arguments]
    subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def _tell(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()
