"""The facts of a case go nowhere: no network, no other program, nothing written elsewhere."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from terminal import PROGRAM, Type, Wait, run_in_terminal, run_piped

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="needs strace to see the system calls"
)

CALL = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\w+)")
WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND")
CHANGING = {"rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat", "link"} | {
    *("linkat", "symlink", "symlinkat", "chmod", "fchmodat", "creat", "truncate", "rmdir")
}
HARMLESS = {"/dev/null", "/dev/tty", "/dev/ptmx"}


@pytest.fixture
def traced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """The program under strace, its own folders below the folder of the test."""
    for name in ("STATE", "CONFIG"):
        monkeypatch.setenv(f"QIWIZARD_{name}_DIR", str(tmp_path / "own" / name.lower()))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    calls = "trace=%network,%file,execve,fork,vfork,clone,clone3"
    return ("strace", "-f", "-s", "400", "-o", str(tmp_path / "calls"), "-e", calls, *PROGRAM)


def calls(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Every call made: name, arguments, result."""
    for line in (folder / "calls").read_text(encoding="utf-8", errors="replace").splitlines():
        if found := CALL.match(line):
            yield found.group(1), found.group(2), found.group(3)


def assert_kept_to_itself(folder: Path, *exports: str) -> None:
    """No socket, no other program, no change outside the own folders and the exports.

    The pair of sockets by which an event loop wakes itself leads nowhere.
    """
    seen = list(calls(folder))
    assert len(seen) > 100
    sockets = [c for c in seen if c[0] in {"socket", "connect", "bind", "accept"}]
    assert sockets == []
    assert all("AF_UNIX" in a for name, a, _ in seen if name == "socketpair")
    started = [a for name, a, result in seen if name == "execve" and result == "0"]
    assert len(started) == 1
    permitted = {str(folder / export) for export in exports} | HARMLESS | set(exports)
    for name, arguments, result in seen:
        writes = name in CHANGING or (name.startswith("open") and WRITING.search(arguments))
        if not writes or result.startswith("-"):
            continue
        for path in re.findall(r'"([^"]*)"', arguments):
            ours = f"{path}/".startswith(f"{folder}/own/") or path in permitted
            beside = any(Path(path).name.startswith(f".{export}.") for export in exports)
            assert ours or beside, (name, arguments)


def test_a_whole_session_line_by_line(traced: tuple[str, ...], tmp_path: Path) -> None:
    """Answers, why, review, comparison, export, summary: all of it stays here."""
    typed = "?\nD.N.M.\nt Doc. 3\n1\nr\nw\n2\nm\n0\n1\ns\no\nd\nl Lucero\ne out.toml\ne out.md\nq\n"
    done = run_piped(tmp_path, "--plain", stdin=typed, program=traced)
    assert done.status == 0
    assert "Written: out.toml" in done.out
    assert_kept_to_itself(tmp_path, "out.toml", "out.md")


def test_a_whole_session_in_full_screen(traced: tuple[str, ...], tmp_path: Path) -> None:
    """From the first screen over interview, summary and library to the export and the end."""
    steps = (
        Wait("New case"),
        Type("1\r"),
        Wait("Type a district"),
        Type("D.N.M.\r"),
        Wait("To compel"),
        Type("1\r"),
        Wait("Motion announced, not filed"),
        Type("2\r"),
        Wait("about"),
        Type("s"),
        Wait("Contrary"),
        Type("l"),
        Wait("entries"),
        Type("\x1b"),
        Wait("Changes it"),
        Type("e"),
        Wait("Session file"),
        Type("3"),
        Wait("to be opened again"),
        Type("\x13"),
        Wait("Written"),
        Type("\x11"),
    )
    ended = run_in_terminal(list(traced), steps, folder=tmp_path, size=(120, 40))
    assert ended.status == 0
    assert (tmp_path / "case.toml").exists()
    assert_kept_to_itself(tmp_path, "case.toml")
