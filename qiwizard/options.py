"""What several commands read from their options, and where they put their results."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from qiwizard.errors import UserError, permitted
from qiwizard.files import write_bytes, write_text
from qiwizard.typed import MOST_DIGITS, typed_number


def put(text: str, options: Namespace) -> None:
    """Write a result where `--output` says, or to standard output."""
    if options.output is None:
        sys.stdout.write(text)
    else:
        write_text(Path(options.output), text, force=options.force)


def put_bytes(data: bytes, options: Namespace) -> None:
    """Write a result that is no text; UserError where a terminal would show it."""
    if options.output is not None:
        write_bytes(Path(options.output), data, force=options.force)
    elif sys.stdout.isatty():
        raise UserError("--format: a Word document needs a file: add --output FILE.docx")
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)


def listed(option: str, text: str | None) -> list[str]:
    """The values between the commas, each once; UserError for an empty place."""
    if text is None:
        return []
    parts = list(dict.fromkeys(part.strip() for part in text.split(",")))
    if "" in parts:
        raise UserError(f"{option}: {text!r} has an empty place; permitted: values between commas")
    return parts


def known(option: str, text: str | None, values: Iterable[str]) -> list[str]:
    """The values between the commas; UserError for one that is not permitted."""
    may_be = tuple(values)
    given = listed(option, text)
    for value in given:
        if value not in may_be:
            raise UserError(f"{option}: {value!r} is not known; {permitted(may_be, value)}")
    return given


def whole(option: str, text: str | None, default: int) -> int:
    """A whole number; UserError if it is none."""
    if text is None:
        return default
    number = typed_number(text)
    if number is None or number >= 10**MOST_DIGITS:
        raise UserError(f"{option}: {text!r} is not a number; permitted: a whole number")
    return number
