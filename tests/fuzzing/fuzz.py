"""Random input: files, command lines and lines, and keys through the full screen.

    python tests/fuzzing/fuzz.py keys 2000 --seed 1 --jobs 2

Every case follows from its seed alone; a failure is printed with the seed that repeats it.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), *(str(ROOT / "tests" / part) for part in ("fuzzing", "support"))]
sys.path[:] = list(dict.fromkeys(sys.path))

from qiwizard.text import shortened  # noqa: E402 - found by the path above

KINDS = {kind: f"fuzz_{kind}" for kind in ("files", "toml", "lines", "batch", "keys", "kills")}
"""The module of each kind; it has a function of the kind's name, of a seed and a folder."""

SIGN_OF_LIFE = 60.0
"""Seconds between two lines that say how far a run has come."""


@contextlib.contextmanager
def own_folder() -> Iterator[Path]:
    """An empty working folder, with the program's own folders inside it."""
    before = Path.cwd()
    changed = {"QIWIZARD_STATE_DIR": "state", "QIWIZARD_CONFIG_DIR": "config", "HOME": "."}
    old = {name: os.environ.get(name) for name in changed}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.chdir(folder)
        os.environ.update({key: str(folder / below) for key, below in changed.items()})
        try:
            yield folder
        finally:
            os.chdir(before)
            for key, value in old.items():
                os.environ.pop(key) if value is None else os.environ.update({key: value})


def one(kind: str, seed: int) -> str:
    """Run one case; what went wrong, or an empty text."""
    case: Callable[[int, Path], None] = getattr(import_module(KINDS[kind]), kind)
    with own_folder() as folder:
        try:
            case(seed, folder)
        except (Exception, SystemExit):
            return traceback.format_exc()
    return ""


def run_many(kind: str, first: int, count: int) -> int:
    """Run many cases one after the other, print what failed, and return how many did."""
    began, failures, done = time.monotonic(), 0, 0
    told = began
    with contextlib.suppress(KeyboardInterrupt):  # stopped early, what was done counts
        for seed in range(first, first + count):
            if wrong := one(kind, seed):
                failures += 1
                print(f"--- {kind} 1 --seed {seed}\n{shortened(wrong, 4000)}", flush=True)
            done += 1
            if time.monotonic() - told > SIGN_OF_LIFE:
                told = time.monotonic()
                print(f"{kind} from {first}: {done} of {count}, {failures} failures", flush=True)
    seconds = time.monotonic() - began
    print(f"{kind} from {first}: {done} cases, {failures} failures, {seconds:.0f} seconds")
    tally = getattr(import_module(KINDS[kind]), "TALLY", None)
    if tally is not None:
        print(tally, flush=True)
    return failures


def side_by_side(kind: str, first: int, count: int, jobs: int) -> int:
    """Share the seeds among processes; the number of those that met a failure."""
    share = -(-count // jobs)
    starts = range(first, first + count, share)
    command = [sys.executable, __file__, kind]
    running = [
        subprocess.Popen([*command, str(min(share, first + count - s)), "--seed", str(s)])
        for s in starts
    ]
    with contextlib.suppress(KeyboardInterrupt):
        for process in running:
            process.wait()
    return sum(process.wait() != 0 for process in running)


def main() -> int:
    """Run many cases and count."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=0, help="the first of the seeds")
    parser.add_argument("--jobs", type=int, default=1, help="processes side by side")
    options = parser.parse_args()
    run = (options.kind, options.seed, options.count)
    failed = run_many(*run) if options.jobs < 2 else side_by_side(*run, options.jobs)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
