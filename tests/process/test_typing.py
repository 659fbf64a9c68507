"""Line mode at a terminal: what is typed, edited, pasted, and interrupted on the way."""

from __future__ import annotations

import io
import signal
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest
from commandline import CREATED, FIFTH, put
from terminal import PROGRAM, Ended, Signal, Step, Type, Wait, run_in_terminal, run_piped

from qiwizard.commands import whole
from qiwizard.keeping.keeper import unfinished
from qiwizard.law.facts import REQUEST
from qiwizard.plain.interview import PlainWizard
from qiwizard.sessions.session import Session
from qiwizard.typed import typed_number

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="these terminals are Unix")

PROMPT = Wait("> ")
LEFT, UP, TAB = "\x1b[D", "\x1b[A", "\t"
PLAIN = {"ACCESSIBLE": "1"}
"""No escapes may be written there, and so no line can be edited."""


def line_mode(
    folder: Path, *steps: Step, env: dict[str, str] | None = None, program: Sequence[str] = PROGRAM
) -> Ended:
    """A session in line mode, on a case with questions left."""
    put(folder, CREATED + FIFTH)
    arguments = [*program, "open", "--plain", "case.toml"]
    return run_in_terminal(arguments, (PROMPT, *steps), folder=folder, env=env)


def written(folder: Path) -> dict[str, dict[str, object]]:
    """What was exported."""
    table: dict[str, dict[str, object]] = tomllib.loads((folder / "out.toml").read_text())
    return table


EXPORT = (Wait("Record cite for"), PROMPT, Type("e out.toml\n"), Wait("Written"), Type("q\n"))


def test_arrow_keys_edit_the_line(tmp_path: Path) -> None:
    """They move in it, and never become text; the terminal is left as it was."""
    ended = line_mode(tmp_path, Type(f"note Doc. 3 at 2{LEFT * 5}8\n"), *EXPORT)
    assert ended.status == 0
    assert ended.modes.restored
    assert list(written(tmp_path)["source"].values()) == ["Doc. 38 at 2"]


def test_arrow_keys_where_lines_cannot_be_edited(tmp_path: Path) -> None:
    """The line is refused, and nothing is written for it: no source, no file."""
    refused = Wait("Ignored: the line contains a control character, <U+001B>")
    ended = line_mode(
        tmp_path,
        *(Type(f"note Doc. 83{LEFT}{LEFT}\n"), refused, PROMPT),
        *(Type(f"export x{LEFT}y.toml\n"), refused, PROMPT),
        *(Type("note Doc. 38\n"), *EXPORT),
        env=PLAIN,
    )
    assert ended.status == 0
    assert list(written(tmp_path)["source"].values()) == ["Doc. 38"]
    assert sorted(path.name for path in tmp_path.glob("*.toml")) == ["case.toml", "out.toml"]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_paste_of_several_lines_is_one_line(end: str, tmp_path: Path) -> None:
    """The rest of it answers no question."""
    paste = f"\x1b[200~note Doc. 38{end}2{end}\x1b[201~"
    ended = line_mode(tmp_path, Type(paste), Type("\n"), *EXPORT)
    assert ended.status == 0
    table = written(tmp_path)
    assert list(table["source"].values()) == ["Doc. 38 2"]
    assert "disposes_of_case" not in table["posture"]
    assert len(table["posture"]) == len(tomllib.loads(FIFTH)["posture"])


def test_a_tab_is_a_blank(tmp_path: Path) -> None:
    """Nothing is completed, and no control character is kept."""
    assert line_mode(tmp_path, Type(f"note Doc.{TAB}38\n"), *EXPORT).status == 0
    assert list(written(tmp_path)["source"].values()) == ["Doc. 38"]


@pytest.mark.parametrize("env", [{}, PLAIN], ids=["edited", "not edited"])
def test_stopped_and_continued(env: dict[str, str], tmp_path: Path) -> None:
    """After `fg` the prompt is there again, and what was typed before is not lost."""
    ended = line_mode(
        tmp_path,
        *(Type("note Do"), Wait("note Do"), Signal(signal.SIGSTOP), Signal(signal.SIGCONT)),
        *(PROMPT, Type("c. 38\n"), *EXPORT),
        env=env,
    )
    assert ended.status == 0
    assert ended.modes.restored
    assert list(written(tmp_path)["source"].values()) == ["Doc. 38"]


@pytest.mark.parametrize("env", [{}, PLAIN], ids=["edited", "not edited"])
def test_ctrl_z_and_fg_in_a_shell(env: dict[str, str], tmp_path: Path) -> None:
    """The shell has its terminal as it wants it; then the interview goes on at the question."""
    script = '"$@"; stty -a | grep -o " -*icanon\\| -*echo "; echo out; fg >/dev/null'
    ended = line_mode(
        tmp_path,
        *(Type("\x1a"), Wait("out"), PROMPT, Type("note Doc. 38\n"), *EXPORT),
        env=env,
        program=["/bin/sh", "-mc", script, "sh", *PROGRAM],
    )
    stopped = ended.text.partition("out\r\n")[0].rpartition("help> ")[2]
    assert " icanon" in stopped
    assert " echo" in stopped
    assert list(written(tmp_path)["source"].values()) == ["Doc. 38"]


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_interrupted_before_the_prompt_is_shown(number: int, status: int, tmp_path: Path) -> None:
    """A signal that comes while the question is still being written ends it too."""
    for time in range(3):
        state = tmp_path / str(time)
        ended = run_in_terminal(
            [*PROGRAM, "--plain"],
            (PROMPT, Type("10th\n"), Wait("What has the court"), Signal(number)),
            folder=tmp_path,
            env={"QIWIZARD_STATE_DIR": str(state)},
        )
        assert ended.status == status
        assert ended.modes.restored
        assert len(unfinished(state / "sessions")) == 1


LOST = """
import signal, sys
from qiwizard.cli import run
from qiwizard.plain.interview import PlainWizard

class Gone:
    def __del__(self):
        signal.raise_signal(signal.SIGHUP)

pose = PlainWizard._pose
PlainWizard._pose = lambda self, asked: (Gone(), pose(self, asked))[1]
sys.unraisablehook = lambda _: None
sys.exit(run(["--plain"]))
"""


@pytest.mark.parametrize("env", [{}, PLAIN], ids=["edited", "not edited"])
def test_interrupted_where_python_drops_the_interrupt(env: dict[str, str], tmp_path: Path) -> None:
    """In a callback, say: told to stop, it ends at the next prompt at the latest."""
    program = [sys.executable, "-c", LOST]
    ended = run_in_terminal(program, (PROMPT,), folder=tmp_path, env=env)
    assert ended.status == 129
    assert ended.modes.restored


# Numbers


@pytest.mark.parametrize(
    ("text", "number"),
    [("3", 3), ("３", 3), ("٣", 3), ("१२", 12), ("0", 0)],
)
def test_digits_of_every_script(text: str, number: int) -> None:
    """Whatever keyboard they come from."""
    assert typed_number(text) == number
    assert whole("--number", text, 1) == number


@pytest.mark.parametrize("text", ["", "-1", "1.5", "²", "x"])
def test_what_is_no_number(text: str) -> None:
    """None of these is guessed at."""
    assert typed_number(text) is None


@pytest.mark.parametrize("typed", ["2", "２", "٢"])
def test_line_mode_takes_them_as_answers(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As an answer, and as the number of a session."""
    from postures import TODAY

    from qiwizard.law.shipped import shipped_library

    monkeypatch.setattr("sys.stdin", io.StringIO(f"D.N.M.\n{typed}\nq\n"))
    library = shipped_library()
    wizard = PlainWizard(library, Session.new(TODAY), TODAY)
    wizard.run()
    second = library.vocabulary.by_name[REQUEST].choices[1]
    assert wizard._session.posture.get(REQUEST) == second.value


# Discarding


def test_nothing_is_discarded_unasked(tmp_path: Path, state: Path) -> None:
    """It says what would go, and takes a second word for it."""
    run_piped(tmp_path, "--plain", stdin="10th\n1\n")
    asked = run_piped(tmp_path, "--plain", stdin="discard 1\n")
    assert "This deletes 10th Cir., 2 answers" in asked.out
    assert "discard 1 yes" in asked.out
    assert len(unfinished(state / "sessions")) == 1
    done = run_piped(tmp_path, "--plain", stdin="discard 1 yes\n")
    assert "Removed: 10th Cir.\n" in done.out
    assert unfinished(state / "sessions") == ()
