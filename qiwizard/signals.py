"""Termination signals: each ends the wizard like an interrupt, with its own exit code."""

from __future__ import annotations

import atexit
import signal
from types import FrameType

_told: list[int] = []


def mind_signals() -> None:
    """Treat SIGTERM and SIGHUP as interrupts from now on.

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
    return bool(_told)


def exit_code() -> int:
    """The exit code of a run that was interrupted, as shells count."""
    return 128 + (_told[0] if _told else signal.SIGINT)


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Do now what an interrupt does: one sent as a signal would wait until a read has ended."""
    _told.append(number)
    interrupted = signal.getsignal(signal.SIGINT)
    if callable(interrupted):
        interrupted(signal.SIGINT, frame)
