"""Being told to stop: every such signal ends a wizard like an interrupt, under its own number."""

from __future__ import annotations

import atexit
import signal
from types import FrameType

SIGNALS_TOLD: list[int] = []
"""The signals that came and end the program, but for SIGINT."""


def mind_signals() -> None:
    """From now on be interrupted by SIGTERM and SIGHUP too.

    A shell that starts us in the background leaves interrupts ignored; a wizard must heed them.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _interrupt)
            atexit.register(signal.signal, number, signal.SIG_DFL)


def told_to_stop() -> bool:
    """Whether a signal has come that ends the program."""
    return bool(SIGNALS_TOLD)


def exit_code() -> int:
    """The exit code of a run that was interrupted, as shells count."""
    return 128 + (SIGNALS_TOLD[0] if SIGNALS_TOLD else signal.SIGINT)


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Do now what an interrupt does: one sent as a signal would wait until a read has ended."""
    SIGNALS_TOLD.append(number)
    interrupted = signal.getsignal(signal.SIGINT)
    if callable(interrupted):
        interrupted(signal.SIGINT, frame)
