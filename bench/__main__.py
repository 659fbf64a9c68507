"""`python -m bench`: every figure in one run, as a Markdown table."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench import engine, many, processes, screens
from bench.figures import Figure, as_table

PAGE = Path(__file__).parents[1] / "docs" / "PERFORMANCE.md"
BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->"
PARTS = ("processes", "screens", "engine", "questions", "batch", "growth", "check")


def main() -> int:
    """Measure and print; with --write, keep the table in docs/PERFORMANCE.md too."""
    options = _options()
    # Both sides are compiled, as they are once installed; the first round, which does not count,
    # compiles ours.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    found: list[Figure] = []
    for part in options.parts or PARTS:
        found += measured(part, options.rounds)
    text = f"{as_table(found)}\n\n{surroundings(options.rounds)}\n"
    print(text)
    if options.write:
        before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
        after = rest.partition(END)[2]
        PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"some of: {', '.join(PARTS)}")
    parser.add_argument("--rounds", type=int, default=11, help="rounds that count (11)")
    parser.add_argument("--write", action="store_true", help="put the table into the page")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}; permitted: {', '.join(PARTS)}")
    return options


def measured(part: str, rounds: int) -> list[Figure]:
    """The figures of one part."""
    match part:
        case "processes":
            return processes.figures(rounds)
        case "screens":
            return screens.figures(rounds)
        case "engine":
            return engine.figures(rounds)
        case "questions":
            return engine.questions(number=20)
        case "batch":
            return [many.batch(max(3, rounds // 3))]
        case "growth":
            return many.growth(max(3, rounds // 3))
        case _:
            return [processes.proof()]


def surroundings(rounds: int) -> str:
    """Where and with what it was measured."""
    packages = ("textual", "pydantic", "tomli", "zen-engine", "business-rules")
    named = [f"{name} {_version(name)}" for name in packages]
    return (
        f"Measured over {rounds} rounds with Python {platform.python_version()} on "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores; {', '.join(named)}."
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "(not installed)"


if __name__ == "__main__":
    sys.exit(main())
