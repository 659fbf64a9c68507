"""`python -m qiwizard` and the `qiwizard` command."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Run the command line; returns the exit code."""
    from qiwizard.cli import run

    return run(sys.argv[1:])


def _leave_working_directory() -> None:
    """Keep modules in the working directory from shadowing ours."""
    # By os.path: loading pathlib takes a fifth of the time that `--version` does.
    real = os.path.realpath
    try:
        here, home = real("."), real(os.path.join(__file__, "..", ".."))
    except OSError:  # it was removed, and nothing lies in it
        return
    first = sys.path[0] if sys.path else ""
    if real(first or ".") == here and here != home:
        sys.path.pop(0)


if __name__ == "__main__":
    _leave_working_directory()
    sys.exit(main())
