"""What the program can know of the terminal it runs in, without loading a terminal library."""

from __future__ import annotations

import os
import select
import sys

from qiwizard.errors import UserError
from qiwizard.streams import OutputError

TURN = 0.2
"""Seconds after which a read that waits looks whether a signal has come."""


def in_browser() -> bool:
    """Whether the toolkit's server started us, to draw in a browser over pipes."""
    return os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver")


def interactive() -> bool:
    """Whether a person can type and see: input and drawing stream a terminal, or a browser."""
    if in_browser():
        return True
    streams = (sys.stdin, sys.stderr)
    return all(stream is not None and stream.isatty() for stream in streams)


def asks() -> bool:
    """Whether a person, not a pipe, answers what is asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def ask_line(prompt: str) -> str:
    """The next line of input, asked for by a prompt; EOFError or RuntimeError if there is none.

    UserError if it cannot be read.

    Python heeds a signal that comes just before a read only when that read ends, so a terminal
    is read once there is something to read.
    """
    if asks() and sys.platform != "win32":
        print(prompt, end="", flush=True)
        prompt = ""
        while not select.select([sys.stdin], [], [], TURN)[0]:
            pass
    try:
        return input(prompt).strip()
    except (BrokenPipeError, OutputError):  # the prompt could not be written
        raise
    except OSError as error:
        raise UserError(f"standard input: cannot be read: {error.strerror or error}") from None


def wants_plain(environment: os._Environ[str] | dict[str, str] | None = None) -> bool:
    """Whether the surroundings ask for line mode: `ACCESSIBLE` set, or `TERM=dumb`."""
    env = os.environ if environment is None else environment
    asked = env.get("ACCESSIBLE", "").strip().lower() not in {"", "0", "false", "no"}
    return asked or env.get("TERM") == "dumb"
