"""A few of the random cases of `fuzz.py`; docs/FUZZING.md tells of the many."""

from __future__ import annotations

import pytest
from fuzz import one


@pytest.mark.parametrize("seed", range(40))
def test_spoilt_files_are_read_or_refused(seed: int) -> None:
    """Sessions, kept sessions and precedents files with changes anywhere in them."""
    assert one("files", seed) == ""


@pytest.mark.parametrize("seed", range(30))
def test_command_lines_and_lines_typed(seed: int) -> None:
    """Any words, any lines on standard input: a documented exit code, no traceback."""
    assert one("lines", seed) == ""


@pytest.mark.parametrize("seed", range(4))
def test_keys_pressed_at_random(seed: int) -> None:
    """Keys, pastes and resizes: no fault, and what is kept is the session."""
    assert one("keys", seed) == ""
