"""The library that comes with the program."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

from qiwizard.law.build import build_library
from qiwizard.law.library import Library
from qiwizard.resources import read_shipped

_READING = Lock()


def shipped_library() -> Library:
    """The library that comes with the program, read once per process, whoever asks first."""
    with _READING:
        return _shipped()


@lru_cache(maxsize=1)
def _shipped() -> Library:
    return build_library(read_shipped("precedents.toml"))
