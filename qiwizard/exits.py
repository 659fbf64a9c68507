"""What the exit codes of the command line mean."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes."""

    DONE = 0
    DISAGREES = 1
    """A comparison or a check failed, or a line of a batch was bad."""
    UNUSABLE = 2
    """Unusable input or usage."""
    FAULT = 70
    """An internal error."""
