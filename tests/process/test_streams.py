"""Pipes, closed streams, full disks, code pages: what is left of a result, and how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from commandline import CREATED, FIFTH, put, refused
from terminal import PATIENCE, PROGRAM, run_piped, surroundings

from qiwizard.cli import run
from qiwizard.law.shipped import shipped_library

# Without a terminal


@pytest.mark.parametrize("env", [{}, {"ACCESSIBLE": "1"}, {"TERM": "dumb"}])
@pytest.mark.parametrize("arguments", [(), ("open", "case.toml"), ("--no-mouse",)])
def test_wizard_without_a_terminal_says_so(
    tmp_path: Path, arguments: tuple[str, ...], env: dict[str, str]
) -> None:
    """Without a terminal the wizard refuses in one sentence, and names the way that works."""
    put(tmp_path, FIFTH)
    [line] = refused(run_piped(tmp_path, *arguments, env=env))
    assert "no terminal" in line
    assert "--plain" in line


@pytest.mark.parametrize(
    "arguments", [("--plain",), ("--plain", "open", "case.toml"), ("open", "--plain", "case.toml")]
)
def test_plain_reads_a_pipe(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """With `--plain`, before or after the command, answers are read from a pipe."""
    put(tmp_path, FIFTH)
    done = run_piped(tmp_path, *arguments, stdin="q\n")
    assert (done.status, done.err) == (0, "")
    assert "plain mode" in done.out


# Where output goes


@pytest.mark.parametrize("buffered", [{}, {"PYTHONUNBUFFERED": "1"}], ids=["buffered", "not"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("precedents",),
        ("replay",),
        ("replay", "--all"),
        ("rule", "case.toml"),
        ("rule", "case.toml", "--format", "text"),
        ("--help",),
        ("--version",),
        ("--plain",),
    ],
    ids=" ".join,
)
@pytest.mark.skipif(sys.platform == "win32", reason="pipes break otherwise there")
def test_reader_that_has_gone_is_no_error(
    tmp_path: Path, arguments: tuple[str, ...], buffered: dict[str, str]
) -> None:
    """Where nobody reads the output any more, nothing is said about it."""
    put(tmp_path, FIFTH)
    reading, writing = os.pipe()
    os.close(reading)
    try:
        process = subprocess.run(
            [*PROGRAM, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=writing,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            env=surroundings(buffered),
            timeout=PATIENCE,
            check=False,
        )
    finally:
        os.close(writing)
    assert (process.returncode, process.stderr) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="has no such shell")
def test_first_line_of_a_long_list(tmp_path: Path) -> None:
    """`| head -1` gets its line, and the rest is dropped quietly."""
    line = " ".join(f"'{word}'" for word in (*PROGRAM, "precedents")) + " | head -1"
    process = subprocess.run(
        ["/bin/sh", "-c", line],
        capture_output=True,
        cwd=tmp_path,
        env=surroundings(),
        timeout=PATIENCE,
        check=False,
    )
    first = next(iter(shipped_library().precedents))
    assert process.stdout.decode().startswith(first + "  ")
    assert process.stdout.count(b"\n") == 1
    assert process.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no /dev/full")
@pytest.mark.parametrize(
    "arguments", [("replay",), ("rule", "case.toml"), ("--plain",)], ids=" ".join
)
def test_full_disk_is_told_in_one_line(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Output that cannot be written is an error of one line, never exit 0."""
    put(tmp_path, FIFTH)
    with Path("/dev/full").open("wb") as full:
        process = subprocess.run(
            [*PROGRAM, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            env=surroundings(),
            timeout=PATIENCE,
            check=False,
        )
    assert process.returncode == 2
    assert process.stderr.count(b"\n") == 1
    assert b"No space left" in process.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="has no such shell")
@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ("0<&-", 2),
        ("--plain 0<&-", 0),
        ("rule - 0<&-", 2),
        ("rule case.toml 0<&-", 0),
        ("rule case.toml 1>&-", 2),
        ("replay 1>&-", 2),
        ("replay 2>&-", 0),
        ("rule - 2>&-", 2),
    ],
)
def test_stream_that_is_closed(tmp_path: Path, arguments: str, status: int) -> None:
    """Without one of its streams the program ends in good order, and says what it lacks."""
    put(tmp_path, FIFTH)
    line = " ".join(f"'{word}'" for word in PROGRAM) + " " + arguments
    done = run_piped(tmp_path, "-c", line, program=["/bin/sh"])
    assert done.status == status
    assert "Traceback" not in done.err
    if status and "2>&-" not in arguments:
        assert len(done.complaints) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no /dev/full")
def test_messages_that_cannot_be_said_end_nothing(tmp_path: Path) -> None:
    """Every line of a batch has its result, though nobody can be told of the bad one."""
    lines = b'{"circuit": "tenth"}\nnonsense\n{"circuit": "fifth"}\n'
    for target in ("/dev/full", "a reader that has gone"):
        reading, writing = os.pipe()
        os.close(reading)
        with Path("/dev/full").open("wb") as full:
            process = subprocess.run(
                [*PROGRAM, "rule", "--batch", "-"],
                input=lines,
                stdout=subprocess.PIPE,
                stderr=full if target == "/dev/full" else writing,
                cwd=tmp_path,
                env=surroundings(),
                timeout=PATIENCE,
                check=False,
            )
        os.close(writing)
        assert process.returncode == 1
        assert process.stdout.count(b"\n") == 3


# What cannot be read


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="has no file that fails to be read")
@pytest.mark.parametrize("arguments", [("rule",), ("rule", "--batch")], ids=" ".join)
@pytest.mark.parametrize("given", ["/proc/self/mem", "-"])
def test_input_that_fails_is_named(tmp_path: Path, arguments: tuple[str, ...], given: str) -> None:
    """The name and the reason, and no word of standard output."""
    line = " ".join(f"'{word}'" for word in (*PROGRAM, *arguments, given))
    done = run_piped(tmp_path, "-c", f"{line} < /proc/self/mem", program=["/bin/sh"])
    [complaint] = refused(done)
    name = "standard input" if given == "-" else given
    assert complaint == f"{name}: cannot be read: Input/output error"


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="has no file that fails to be read")
@pytest.mark.parametrize("arguments", [("--plain",), ("practice", "--plain")], ids=" ".join)
def test_answers_that_cannot_be_read_are_told(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """The same of line mode."""
    line = " ".join(f"'{word}'" for word in (*PROGRAM, *arguments)) + " < /proc/self/mem"
    done = run_piped(tmp_path, "-c", line, program=["/bin/sh"])
    assert done.status == 2
    assert done.complaints == ["standard input: cannot be read: Input/output error"]


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be removed there")
@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ("rule case.toml", "case.toml: cannot be read"),
        ("rule - --output new.toml < ../case.toml", "new.toml: cannot be written"),
        ("check --opinions .", "the working folder"),
        ("practice --progress", "the working folder"),
        ("--plain", "the working folder"),
        ("config", ""),
        ("rule $OLDPWD/case.toml", ""),
    ],
)
def test_a_folder_that_was_removed(tmp_path: Path, arguments: str, complaint: str) -> None:
    """A command run in it says in one line what is not there, or does without."""
    put(tmp_path, FIFTH)
    # A file is opened by the shell before the folder goes.
    command, _, source = arguments.partition(" < ")
    words = " ".join(f"'{word}'" for word in PROGRAM)
    line = (
        f"mkdir gone; cd gone; exec 3< {source or '/dev/null'}; rmdir ../gone; "
        f"exec {words} {command} <&3"
    )
    env = {"QIWIZARD_STATE_DIR": "state"} if complaint == "the working folder" else {}
    done = run_piped(tmp_path, "-c", line, program=["/bin/sh"], env=env)
    if not complaint:
        assert (done.status, done.err) == (0, "")
        assert done.out
    else:
        assert done.status == 2
        [told] = done.complaints
        assert told == f"{complaint}: No such file or directory"


def test_what_the_system_refuses_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file and the reason in one line, whatever stands in its name."""

    def refuse(_: object) -> int:
        raise PermissionError(13, "Permission denied", "a\x1b[31m\nb")

    monkeypatch.setattr("qiwizard.commands.replay_command", refuse)
    assert run(["replay"]) == 2
    assert capsys.readouterr().err == "a<U+001B>[31m b: Permission denied\n"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
@pytest.mark.parametrize("form", ["toml", "json", "markdown"])
def test_results_are_utf8_whatever_the_code_page(tmp_path: Path, form: str, encoding: str) -> None:
    """What is redirected into a file can be read back, on Windows too."""
    arguments = ("rule", "-", "--format", form, "--as-of", "2026-01-31")
    usual = run_piped(tmp_path, *arguments, stdin=CREATED + FIFTH)
    env = {"PYTHONIOENCODING": encoding}
    assert run_piped(tmp_path, *arguments, stdin=CREATED + FIFTH, env=env) == usual


@pytest.mark.parametrize(
    "arguments", [("precedents",), ("rule", "case.toml", "--format", "text"), ("--plain",)]
)
def test_terminal_of_few_characters(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Text for people is shown as well as the terminal can, never with a traceback."""
    put(tmp_path, FIFTH)
    done = run_piped(tmp_path, *arguments, env={"PYTHONIOENCODING": "ascii"})
    assert (done.status, done.err) == (0, "")


@pytest.mark.parametrize("arguments", [["replay"], ["precedents"], ["rule", "case.toml"]])
def test_commands_load_no_screens(tmp_path: Path, arguments: list[str]) -> None:
    """The commands without screens load neither the toolkit nor the screens."""
    put(tmp_path, FIFTH)
    script = (
        "import sys\n"
        "from qiwizard.cli import run\n"
        f"status = run({arguments!r})\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "sys.exit(status or sorted(loaded & {'textual', 'rich', 'screens'}) or 0)\n"
    )
    process = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        cwd=tmp_path,
        env=surroundings(),
        timeout=PATIENCE,
        check=False,
    )
    assert (process.returncode, process.stderr) == (0, b"")
