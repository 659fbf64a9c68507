"""Plain mode as a process: bytes of any kind, sessions opened from a file, terminals."""

from __future__ import annotations

import re
import signal
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest
from commandline import CREATED, FIFTH
from line_mode import answered, exported, session_of
from terminal import PROGRAM, Signal, Step, Type, Wait, run_in_terminal, run_piped

from qiwizard.law.library import Library
from qiwizard.plain.sections import AT_THE_END
from qiwizard.reports.formats import render
from qiwizard.reports.report import Report

unix = pytest.mark.skipif(sys.platform == "win32", reason="terminals of this kind are Unix")


CASE = (
    CREATED
    + """
[matter]
caption = "Doe\\u001b[31m v. \\u009bRoe\\u202e"
notes = "*bold* \\u0007"
"""
    + FIFTH
    + """
[source]
motion = "Doc.\\u001b[2J 38"
"""
)


def test_output_is_append_only(tmp_path: Path) -> None:
    """Nothing but lines of text is written, whatever the file and the person who types hold."""
    (tmp_path / "case.toml").write_text(CASE, encoding="utf-8")
    lines = "t \x1b[31m red\r\n\x1b[A\nw\nr\ns\n1\nb\ne \x1b[2J.toml\nr\nq\n"
    done = run_piped(tmp_path, "open", "--plain", "case.toml", stdin=lines)
    assert (done.status, done.err) == (0, "")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", done.out)
    assert "Doe<U+001B>[31m v. <U+009B>Roe<U+202E>" in done.out


def test_box_drawing_is_not_used(tmp_path: Path) -> None:
    """Plain mode has no frames or blocks, for screen readers."""
    done = run_piped(tmp_path, "--plain", stdin="tenth\nw\nr\ns\n1\n1\ns\nq\n")
    assert not re.search("[\u2500-\u259f\u25a0-\u25ff\u2800-\u28ff]", done.out)


@pytest.mark.parametrize("env", [{}, {"PYTHONIOENCODING": "utf-8:strict"}])
def test_bytes_that_are_no_text(tmp_path: Path, env: dict[str, str]) -> None:
    """A line that is not UTF-8 ends nothing and spoils no export."""
    lines = b"t Doc. \xff 3\ne out.toml\ntenth\ne two.toml\nq\n"
    done = run_piped(tmp_path, "--plain", stdin=lines, env=env)
    assert (done.status, done.err) == (0, "")
    assert exported(done, tmp_path / "two.toml")["posture"] == {"circuit": "tenth"}


def test_line_of_enormous_length(tmp_path: Path) -> None:
    """A line as long as a book is taken as it is, or refused, without harm."""
    lines = "t " + "x" * 300_000 + "\ntenth\nq\n"
    done = run_piped(tmp_path, "--plain", stdin=lines)
    assert (done.status, done.err) == (0, "")
    assert "Noted: Tenth Circuit" in done.out


# Sessions opened from a file


def test_opened_session_shows_both_rulings(tmp_path: Path) -> None:
    """The ruling in the file and today's stand side by side; export keeps the file's as it is."""
    (tmp_path / "case.toml").write_text(CASE, encoding="utf-8")
    old = run_piped(tmp_path, "rule", "case.toml", "--as-of", "2022-11-29", "--output", "old.toml")
    assert old.status == 0
    done = run_piped(tmp_path, "open", "--plain", "old.toml", stdin="e new.toml\nq\n")
    assert (done.status, done.err) == (0, "")
    assert "as of Nov. 29, 2022: Limited discovery" in " ".join(done.out.split())
    assert "Under the law of today: Stay" in done.out
    assert (tmp_path / "new.toml").read_bytes() == (tmp_path / "old.toml").read_bytes()


def test_adopting_the_law_of_today(tmp_path: Path) -> None:
    """`adopt` takes over today's ruling, and with it today's date."""
    (tmp_path / "case.toml").write_text(CASE, encoding="utf-8")
    run_piped(tmp_path, "rule", "case.toml", "--as-of", "2022-11-29", "--output", "old.toml")
    done = run_piped(tmp_path, "open", "--plain", "old.toml", stdin="adopt\ne new.toml\nq\n")
    ruling = exported(done, tmp_path / "new.toml")["ruling"]
    assert ruling["outcome"] == "stay"
    assert ruling["as_of"] > date(2022, 11, 29)


def test_what_is_already_todays_ruling_is_not_offered_for_adoption(tmp_path: Path) -> None:
    """A file written today, opened unchanged, is said to be the same."""
    (tmp_path / "case.toml").write_text(CASE, encoding="utf-8")
    run_piped(tmp_path, "rule", "case.toml", "--output", "new.toml")
    done = run_piped(tmp_path, "open", "--plain", "new.toml", stdin="q\n")
    assert "The result is the same." in " ".join(done.out.split())
    assert "adopt:" not in done.out


def test_opened_session_that_is_finished_is_summed_up(tmp_path: Path, library: Library) -> None:
    """Where nothing is left to ask, the summary comes at once."""
    session = session_of(library, [line for *_, line in answered(library, 1)])
    (tmp_path / "case.toml").write_text(render(Report(library, session), "toml"), encoding="utf-8")
    done = run_piped(tmp_path, "open", "--plain", "case.toml", stdin="q\n")
    assert (done.status, done.err) == (0, "")
    assert " more)" not in done.out
    assert AT_THE_END in done.out


# In a terminal


@unix
@pytest.mark.parametrize(
    ("arguments", "env"),
    [
        (("--plain",), {"TERM": "dumb"}),
        (("--plain",), {"ACCESSIBLE": "1"}),
        ((), {"ACCESSIBLE": "1"}),
        ((), {"ACCESSIBLE": "yes"}),
        ((), {"TERM": "dumb"}),
        (("open", "case.toml"), {"TERM": "dumb"}),
    ],
)
def test_plain_mode_in_a_terminal(
    tmp_path: Path, arguments: tuple[str, ...], env: dict[str, str]
) -> None:
    """`--plain`, `ACCESSIBLE` and a dumb terminal choose plain mode; no escape is ever written."""
    (tmp_path / "case.toml").write_text("[posture]\nopposed = true\n", encoding="utf-8")
    steps = (Wait("> "), Type("tenth\n"), Wait("Noted: "), Wait("> "), Type("q\n"))
    ended = run_in_terminal([*PROGRAM, *arguments], steps, folder=tmp_path, env=env)
    assert ended.status == 0
    assert ended.modes.restored
    assert "plain mode" in ended.output
    assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f]", ended.output)


@unix
@pytest.mark.parametrize("value", ["", "0", "false", "no"])
def test_accessible_switched_off_leaves_the_full_screen(tmp_path: Path, value: str) -> None:
    """An `ACCESSIBLE` that is empty or says no does not choose plain mode."""
    steps = (Wait("New case"), Type("q"))
    ended = run_in_terminal(PROGRAM, steps, folder=tmp_path, env={"ACCESSIBLE": value})
    assert ended.status == 0
    assert "plain mode" not in ended.text


@unix
def test_whole_session_in_a_terminal(tmp_path: Path, library: Library) -> None:
    """Answers typed in a terminal give the export of the same answers given directly."""
    lines = [line for *_, line in answered(library, 2, date.today())]
    steps: list[Step] = []
    for line in lines:
        steps += [Wait("> "), Type(f"{line}\n"), Wait("Noted: ")]
    steps += [Wait(AT_THE_END), Type("e out.toml\n"), Wait("Written: "), Type("q\n")]
    ended = run_in_terminal([*PROGRAM, "--plain"], steps, folder=tmp_path)
    assert ended.status == 0
    table = tomllib.loads((tmp_path / "out.toml").read_text(encoding="utf-8"))
    session = session_of(library, lines, table["ruling"]["as_of"])
    assert table["posture"] == dict(session.posture.known)


@unix
@pytest.mark.parametrize("plain", ["1", ""], ids=["not edited", "edited"])
@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["ctrl+c", "ctrl+d"])
def test_the_last_line_says_that_answers_are_saved(tmp_path: Path, key: str, plain: str) -> None:
    """On a line of its own, the same for an interrupt as for the end of input."""
    steps = (Wait("> "), Type("10th\n"), Wait("To compel"), Wait("> "), Type(key))
    env = {"ACCESSIBLE": plain, "QIWIZARD_STATE_DIR": str(tmp_path / "state")}
    ended = run_in_terminal([*PROGRAM, "--plain"], steps, folder=tmp_path, env=env)
    assert ended.status == (130 if key == "\x03" else 0)
    lines = ended.text.replace("\r", "").splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("Your answers are saved; "))
    assert " ".join(lines[at:]) == (
        "Your answers are saved; qiwizard offers to resume them at the next start."
    )


@unix
def test_an_interrupted_drill_says_that_answers_are_saved(tmp_path: Path) -> None:
    """As when the clerk leaves."""
    arguments = ["practice", "--plain", "--walk", "lucero-v-clovis"]
    steps = (Wait("> "), Type("1\n"), Wait("2> "), Type("\x03"))
    env = {"ACCESSIBLE": "1", "QIWIZARD_STATE_DIR": str(tmp_path / "state")}
    ended = run_in_terminal([*PROGRAM, *arguments], steps, folder=tmp_path, env=env)
    assert ended.status == 130
    assert "\nYour answers are saved. The practice menu" in ended.text.replace("\r", "")


@unix
@pytest.mark.parametrize(
    ("last", "statuses"),
    [
        (Type("\x04"), {0}),
        (Type("\x03"), {130}),
        (Signal(signal.SIGINT), {130}),
        (Signal(signal.SIGTERM), {143}),
    ],
    ids=["end of input", "ctrl+c", "interrupt", "termination"],
)
def test_plain_mode_ends_when_told(tmp_path: Path, last: Step, statuses: set[int]) -> None:
    """End of input, an interrupt and a termination end plain mode without a traceback."""
    ended = run_in_terminal([*PROGRAM, "--plain"], (Wait("> "), last), folder=tmp_path)
    assert ended.status in statuses
    assert "Traceback" not in ended.output
    assert ended.modes.restored
