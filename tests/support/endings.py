"""The ways in which a program ends at a terminal, each with the exit code it leaves."""

from __future__ import annotations

import signal

import pytest
from terminal import HangUp, Signal, Type

EVERY_END = pytest.mark.parametrize(
    ("end", "status"),
    [
        (Signal(signal.SIGKILL), -9),
        (Signal(signal.SIGTERM), 143),
        (Signal(signal.SIGHUP), 129),
        (Signal(signal.SIGINT), 130),
        (HangUp(), 129),
        (Type("\x11"), 0),
    ],
    ids=["kill", "term", "hup", "int", "closed terminal", "quit"],
)
