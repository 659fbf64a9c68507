"""A few of the random cases of `fuzz.py`; docs/FUZZING.md tells of the many."""

from __future__ import annotations

import pytest
from frames import new_app, press, shown
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


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (7, 2), (20, 6)])
async def test_a_terminal_too_small_for_anything(size: tuple[int, int]) -> None:
    """Lists can be leafed through, texts opened, and dialogs, at sizes nobody can read."""
    app = new_app()
    async with app.run_test(size=size) as pilot:
        await press(pilot, "j", "pagedown", "pageup", "1", "pagedown", "1", "f1", "escape")
        await pilot.resize_terminal(80, 24)
        await press(pilot, "c")
        await pilot.resize_terminal(*size)
        await press(pilot, "escape", "r", "pagedown", "s", "right", "right", "l", "pagedown")
        await pilot.resize_terminal(80, 24)
        await press(pilot, "f1")
        assert "How it works" in shown(app)
