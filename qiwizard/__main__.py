"""`python -m qiwizard` and the `qiwizard` command."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    """Run the command line; returns the exit code."""
    from qiwizard.cli import run

    return run(sys.argv[1:])


def _leave_working_directory() -> None:
    """Keep what lies in the working directory from being imported instead, unless it is ours."""
    here, home = Path.cwd(), Path(__file__).resolve().parents[1]
    first = sys.path[0] if sys.path else ""
    if Path(first or ".").resolve() == here and here != home:
        sys.path.pop(0)


if __name__ == "__main__":
    _leave_working_directory()
    sys.exit(main())
