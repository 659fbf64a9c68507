"""The standard streams of a run: a result that cannot be written is one kind of failure.

A message that cannot be said is dropped: it must not end the work that it reports.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO, cast


class OutputError(OSError):
    """Standard output cannot be written; a reader that has gone is a BrokenPipeError as ever."""


class _Stream:
    """A wrapper around a text stream; everything but writing is delegated."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class _Results(_Stream):
    """Standard output; OutputError if it cannot be written."""

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(*error.args) from None

    def flush(self) -> None:
        try:
            self._stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(*error.args) from None


class _Messages(_Stream):
    """Standard error; what cannot be written there is dropped."""

    def write(self, text: str) -> int:
        with suppress(OSError):
            return self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


@contextmanager
def told_apart() -> Iterator[None]:
    """While it lasts, standard output and standard error behave as above."""
    before = sys.stdout, sys.stderr
    if sys.stdout is not None:
        sys.stdout = cast("TextIO", _Results(sys.stdout))
    if sys.stderr is not None:
        sys.stderr = cast("TextIO", _Messages(sys.stderr))
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


@contextmanager
def bare() -> Iterator[None]:
    """While it lasts, standard output and standard error are as they were before `told_apart`.

    Reading a line asks them things, and drops an interrupt that comes while Python code answers.
    """
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (s._stream if isinstance(s, _Stream) else s for s in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
