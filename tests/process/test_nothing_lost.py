"""Killed, hung up, told to stop, out of disk: the next start offers the session as it was."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from endings import EVERY_END
from terminal import (
    PROGRAM,
    Ended,
    Signal,
    Step,
    Type,
    Wait,
    run_in_terminal,
    run_piped,
    surroundings,
)

from qiwizard.keeping.keeper import unfinished
from qiwizard.keeping.kept import kept_session
from qiwizard.law.library import Library
from qiwizard.sessions.session import Session

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="these terminals are Unix")

HOME = Wait("New case")
FORUM = (Type("1\r"), Wait("Type a district"))
ANSWERED = (HOME, *FORUM, Type("10th\r"), Wait("To compel"))
"""One answer: the Tenth Circuit, the district unknown."""
EXPECTED = ({"circuit": "tenth"}, {"court"}, ("circuit",))
RESUMED = (Wait("Resume: 10th Cir."), Type("\r"), Wait("To compel"))


def wizard(folder: Path, steps: Sequence[Step], *arguments: str) -> Ended:
    """Run the wizard in a terminal."""
    return run_in_terminal([*PROGRAM, *arguments], steps, folder=folder)


def kept(state: Path, library: Library) -> list[Session]:
    """The unfinished sessions, read whole."""
    from postures import TODAY

    return [kept_session(k.path, library, TODAY) for k in unfinished(state / "sessions")]


def told(session: Session) -> tuple[object, ...]:
    """What was answered, what was left open, in which order."""
    return dict(session.posture.known), set(session.posture.open), session.trail


@EVERY_END
def test_full_screen_goes_on_where_it_was(
    end: Step, status: int, state: Path, tmp_path: Path, library: Library
) -> None:
    """However the full screen ends after an answer was taken, the next start resumes it."""
    ended = wizard(tmp_path, (*ANSWERED, end))
    assert ended.status == status
    assert "Traceback" not in ended.text
    (session,) = kept(state, library)
    assert told(session) == EXPECTED
    steps = (*RESUMED, Type("\x11"))
    assert "1 answer" in wizard(tmp_path, steps).text
    assert [told(session) for session in kept(state, library)] == [EXPECTED]


def test_answers_typed_ahead_of_the_end_are_kept(
    state: Path, tmp_path: Path, library: Library
) -> None:
    """Answers and the key that quits in one go: the answers count."""
    assert wizard(tmp_path, (HOME, *FORUM, Type("10th\r1\r"), Type("\x11"))).status == 0
    (session,) = kept(state, library)
    assert session.posture.get("request") == "stay"
    assert session.trail == ("circuit", "request")


@EVERY_END
def test_line_mode_goes_on_where_it_was(
    end: Step, status: int, state: Path, tmp_path: Path, library: Library
) -> None:
    """The same line by line; a person at a terminal is asked."""
    if end == Type("\x11"):
        end = Type("q\n")
    steps = (
        Wait("> "),
        Type("10th\n"),
        Wait("To compel"),
    )
    ended = wizard(tmp_path, (*steps, Wait("> "), end), "--plain")
    assert ended.status == status
    assert "Traceback" not in ended.text
    assert [told(session) for session in kept(state, library)] == [EXPECTED]
    again = (Wait("unfinished, or Enter"), Type("1\n"), Wait("To compel"), Wait("> "), Type("q\n"))
    assert "Resumed: 10th Cir., 1 answer." in wizard(tmp_path, again, "--plain").text


def test_what_one_face_left_the_other_takes_up(
    state: Path, tmp_path: Path, library: Library
) -> None:
    """Begun in full screen and killed, finished line by line; and the other way round."""
    wizard(tmp_path, (*ANSWERED, Signal(signal.SIGKILL)))
    said = run_piped(tmp_path, "--plain", stdin="resume 1\nr\n")
    assert "1. 10th Cir.: 1 answer" in said.out
    assert "forum: Tenth Circuit" in said.out
    again = wizard(tmp_path, (*RESUMED, Type("\x11")))
    assert "Your answers are saved" in again.text


def test_a_pipe_is_offered_and_not_asked(state: Path, tmp_path: Path, library: Library) -> None:
    """What a pipe holds answers the interview, not a question about an older session."""
    run_piped(tmp_path, "--plain", stdin="10\n")
    said = run_piped(tmp_path, "--plain", stdin="5\n")
    assert "resume NUMBER" in said.out
    assert "Noted: Fifth Circuit" in said.out
    assert len(kept(state, library)) == 2
    removed = run_piped(tmp_path, "--plain", stdin="discard 2\ndiscard 2 yes\ndiscard 9\n")
    assert "discard 2 yes" in removed.out
    assert "Removed: 10th Cir.\n" in removed.out
    assert "Permitted: 1 to 1." in removed.out
    assert [s.posture.get("circuit") for s in kept(state, library)] == ["fifth"]


def test_an_unfinished_session_is_discarded_after_a_question(
    state: Path, tmp_path: Path, library: Library
) -> None:
    """x on the home screen asks, names the session, and removes it for good."""
    run_piped(tmp_path, "--plain", stdin="10\n")
    steps = (
        Wait("Resume: 10th Cir."),
        Type("x"),
        Wait("Discard these"),
        Type("1\r"),
        Wait("New case"),
        Type("q"),
    )
    assert wizard(tmp_path, steps).status == 0
    assert kept(state, library) == []


def test_an_exported_session_is_not_offered_again(
    state: Path, tmp_path: Path, library: Library
) -> None:
    """After an export of the whole session nothing is kept; a memo alone is not enough."""
    run_piped(tmp_path, "--plain", stdin="10\ne memo.md\n")
    assert len(kept(state, library)) == 1
    run_piped(tmp_path, "--plain", stdin="resume 1\ne case.toml\n")
    assert kept(state, library) == []
    assert list((state / "sessions").iterdir()) == []


def test_answers_that_cannot_be_kept_are_told_and_quitting_asks(
    state: Path, tmp_path: Path
) -> None:
    """With nowhere to write, the screen says so, stays in use, and quitting asks first."""
    state.write_text("in the way")
    steps = (
        HOME,
        *FORUM,
        Type("10th\r"),
        Wait("NOT SAVED"),
        Type("\x11"),
        Wait("Quit without"),
        Type("2\r"),
    )
    ended = wizard(tmp_path, steps)
    assert ended.status == 0
    assert "The latest answers are not saved in" in " ".join(ended.text.split())
    assert ended.modes.restored
    assert state.read_text() == "in the way"


def test_answers_that_cannot_be_kept_are_told_line_by_line(state: Path, tmp_path: Path) -> None:
    """One sentence at the first answer, one at the end; the interview goes on."""
    state.write_text("in the way")
    said = run_piped(tmp_path, "--plain", stdin="10\n0\n1\n")
    assert said.status == 0
    assert " ".join(said.out.split()).count("The latest answers are not saved in") == 2


def test_a_disk_that_fills_up(state: Path, tmp_path: Path, library: Library) -> None:
    """From one moment on no byte can be written: the answers before are whole, and it is said."""
    limit = 'ulimit -f 0; exec "$@"'
    command = ["/bin/sh", "-c", limit, "sh", *PROGRAM, "--plain"]
    done = subprocess.run(
        command, input=b"10\n", capture_output=True, cwd=tmp_path, env=surroundings(), check=False
    )
    assert done.returncode == 0
    assert b"not saved" in done.stdout
    assert b"Traceback" not in done.stderr
    assert kept(state, library) == []


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace to kill at a system call")
@pytest.mark.parametrize("call", ["fsync", "rename", "write", "flock", "openat"])
def test_killed_at_each_system_call_of_a_save(
    call: str, state: Path, tmp_path: Path, library: Library
) -> None:
    """kill -9 at the n-th call of each kind while answers are saved: what was shown is there."""
    script = tmp_path / "saves.py"
    script.write_text(SAVES)
    seen = set()
    for when in range(1, 200):
        shutil.rmtree(state, ignore_errors=True)
        said = subprocess.run(
            [
                *("strace", "-f", "-qq", "-o", os.devnull, "-P", state / "sessions"),
                *(part for name in FILES for part in ("-P", state / "sessions" / name)),
                *("-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={when}"),
                *(sys.executable, script),
            ],
            env=surroundings({"QIWIZARD_STATE_DIR": str(state)}),
            cwd=tmp_path,
            capture_output=True,
            check=False,
        ).stdout.split()
        numbers = [len(s.trail) for s in kept(state, library)]
        seen.add(tuple(numbers))
        done = int(said[-1]) if said else 0
        assert numbers in ([done], [done + 1]) or (done == 0 and numbers == []), (when, said)
        if done == 3:
            break
    else:
        raise AssertionError("the saves never came to an end")
    assert (3,) in seen
    assert len(seen) > 1, "no save was killed"


NAME = "20261122-000000-00000000"
"""Of the session saved below: when it was created, and what is random made noughts."""
FILES = (f"{NAME}.toml", f"{NAME}.toml.new", f"{NAME}.lock")
SAVES = """
import os
from datetime import UTC, date, datetime
from qiwizard.keeping.keeper import SESSIONS, Keeper
from qiwizard.files import state_folder
from qiwizard.law.shipped import shipped_library
from qiwizard.sessions.session import Session

os.urandom = bytes
library = shipped_library()
session = Session.new(date(2026, 11, 22), datetime(2026, 11, 22, tzinfo=UTC))
own = Keeper(state_folder() / SESSIONS, library)
for number, (name, value) in enumerate([("circuit", "tenth"), ("opposed", True), ("court", None)]):
    session = session.answering(library, name, value)
    assert own.save(session)
    print(number + 1, flush=True)
"""
