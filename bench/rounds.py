"""Measuring side by side: in each round everything once, in another order each time."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Mapping

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
    """How long some work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _tell(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()
