"""A fault of the program itself: one sentence for the user, a log for whoever fixes it.

Neither holds anything the user entered: no message of an exception, no value of a variable.
"""

from __future__ import annotations

import os
import platform
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from qiwizard import __version__
from qiwizard.files import private_folder, state_folder
from qiwizard.text import one_line

LOG = "faults.log"
MOST_BYTES = 200_000
"""Maximum size of the log; a longer one is restarted."""


def crash_sentence(error: BaseException | None) -> str:
    """What happened and where, without anything the user typed."""
    trace = error.__traceback__ if error else None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    kind = type(error).__name__ if error else "unknown"
    return one_line(f"qiwizard stopped because of an internal error ({kind}{where}).")


def log_fault(error: BaseException | None, folder: Path | None = None) -> Path | None:
    """Log where in the program the fault arose; None if that fails.

    An error raised here must not hide the original one from the user.
    """
    try:
        path = (folder or state_folder()) / LOG
        private_folder(path.parent)
        begin_anew = path.is_file() and path.stat().st_size > MOST_BYTES
        how = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if begin_anew else os.O_APPEND)
        handle = os.open(path, how | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write("\n".join(_report(error)) + "\n\n")
    except Exception:
        return None
    return path


def fault_lines(error: BaseException | None) -> list[str]:
    """The message shown after an internal error; also writes the log."""
    told = [crash_sentence(error)]
    if (path := log_fault(error)) is not None:
        told.append(one_line(f"Details, with no facts of the case: {path}"))
    return told


def _report(error: BaseException | None) -> Iterator[str]:
    yield f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC, qiwizard {__version__}"
    yield f"Python {platform.python_version()} on {platform.system()} {platform.release()}"
    while error is not None:
        yield f"{type(error).__module__}.{type(error).__qualname__}"
        for frame in traceback.extract_tb(error.__traceback__):
            file = "/".join(Path(frame.filename).parts[-2:])
            yield one_line(f"  {file}:{frame.lineno} in {frame.name}")
        error = error.__cause__ or error.__context__
