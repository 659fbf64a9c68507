"""Running the command line in this process, and files to run it on."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from terminal import Done

from qiwizard.cli import run

CREATED = "created = 2026-01-31T12:00:00Z\n"
FIFTH = """
[posture]
circuit = "fifth"
court = "S.D. Tex."
request = "stay"
qi_asserted = true
motion = "pending"
motion_kind = "dismiss"
specific_facts = true
facts_needed = true
"""
"""A motion to dismiss in the Fifth Circuit, before and after the careful procedure went."""
FIVE = (
    "maday-v-dooley",
    "butler-v-hernandez",
    "lucero-v-clovis",
    "jones-v-kansas",
    "bakalar-v-dunleavy",
)


def put(folder: Path, text: str | bytes, name: str = "case.toml") -> Path:
    """A file in a folder."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


Here = Callable[..., Done]


@pytest.fixture
def here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Here:
    """Runs the command line in this process, in `tmp_path`: the long tables take their time."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str | Path, stdin: str | bytes = "") -> Done:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
        capsys.readouterr()
        status = run([str(argument) for argument in arguments])
        return Done(status, *capsys.readouterr())

    return command


def refused(done: Done) -> list[str]:
    """The lines of a refusal: exit 2, nothing on standard output, no traceback."""
    assert done.status == 2
    assert done.out == ""
    assert "Traceback" not in done.err
    return done.complaints


def ruling_of(done: Done) -> dict[str, Any]:
    """The ruling in what was printed as TOML."""
    assert (done.status, done.err) == (0, "")
    ruling: dict[str, Any] = tomllib.loads(done.out)["ruling"]
    return ruling
