"""The full screen in a real terminal: it starts, it ends, and it leaves the terminal as it was."""

from __future__ import annotations

import asyncio
import errno
import io
import signal
import sys
from pathlib import Path

import pytest
from frames import new_app
from terminal import (
    PROGRAM,
    Ended,
    Press,
    Sent,
    Signal,
    Step,
    Stopped,
    Type,
    Wait,
    run_in_terminal,
    run_piped,
)
from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread

from screens.running.driver import _Screen

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="these terminals are Unix")

HOME = Wait("New case")
QUESTION = (Type("1\r"), Wait("First Circuit"))
ANSWERED = (*QUESTION, Type("9th\r"), Wait("To compel"))
CASE = """
[matter]
caption = "Doe v. Roe"
[posture]
circuit = "tenth"
court = "D.N.M."
qi_asserted = true
"""


def wizard(
    folder: Path, *steps: Step, arguments: tuple[str, ...] = (), size: tuple[int, int] = (80, 24)
) -> Ended:
    """Run the full screen through some steps."""
    return run_in_terminal([*PROGRAM, *arguments], steps, folder=folder, size=size)


def assert_as_before(ended: Ended) -> None:
    """The shell gets its terminal back: screen, cursor, mouse, keyboard, echo; no traceback."""
    assert ended.modes.restored, ended.modes
    assert "Traceback" not in ended.text
    assert "internal error" not in ended.text


def test_home_screen_is_painted_on_a_screen_of_its_own(tmp_path: Path) -> None:
    """The wizard starts on the home screen, on the terminal's other screen."""
    ended = wizard(tmp_path, HOME, Wait("not legal"), Type("q"))
    assert "An official asserts qualified immunity." in ended.text
    assert "not legal advice" in " ".join(ended.text.split())
    assert "\x1b[?1049h" in ended.output
    assert "\x1b[?25l" in ended.output


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 60)])
def test_home_screen_fits_any_terminal(tmp_path: Path, size: tuple[int, int]) -> None:
    """From the smallest terminal to a wide one the wizard starts and ends."""
    ended = wizard(tmp_path, Wait("qiwizard"), Type("q"), size=size)
    assert ended.status == 0
    assert_as_before(ended)


@pytest.mark.parametrize("keys", ["q", "\x11"], ids=["q", "ctrl+q"])
def test_quitting_restores_the_terminal(tmp_path: Path, keys: str) -> None:
    """q and ctrl+q end with exit 0 and give the terminal back."""
    ended = wizard(tmp_path, HOME, Type(keys))
    assert ended.status == 0
    assert_as_before(ended)


def test_quitting_in_the_middle_of_the_interview(tmp_path: Path) -> None:
    """ctrl+q works on every screen; with no answer given there is nothing to ask first."""
    ended = wizard(tmp_path, HOME, *QUESTION, Type("\x11"))
    assert ended.status == 0
    assert_as_before(ended)


def test_quitting_says_that_answers_are_kept(tmp_path: Path) -> None:
    """With answers that are in no file of the user's, quitting keeps them and says so."""
    ended = wizard(tmp_path, HOME, *ANSWERED, Type("\x11"))
    assert ended.status == 0
    assert "Your answers are saved" in ended.text
    assert_as_before(ended)


SIGNALS = [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)]


@pytest.mark.parametrize(("name", "status"), SIGNALS)
@pytest.mark.parametrize("steps", [(), QUESTION], ids=["home", "interview"])
def test_signals_end_it_in_good_order(
    tmp_path: Path, name: str, status: int, steps: tuple[Step, ...]
) -> None:
    """Told to stop, it gives the terminal back and exits as shells count."""
    ended = wizard(tmp_path, HOME, *steps, Signal(getattr(signal, name)))
    assert ended.status == status
    assert_as_before(ended)


@pytest.mark.parametrize(("name", "status"), SIGNALS)
def test_signals_while_it_starts(tmp_path: Path, name: str, status: int) -> None:
    """From the moment the other screen is shown a signal gives the terminal back."""
    ended = wizard(tmp_path, Sent("\x1b[?1049h"), Signal(getattr(signal, name)))
    assert ended.status == status
    assert_as_before(ended)


@pytest.mark.parametrize(("name", "status"), SIGNALS)
@pytest.mark.parametrize("arguments", [("open", "case.toml"), ("practice",)], ids=lambda a: a[0])
def test_signals_while_it_starts_on_another_screen(
    tmp_path: Path, state: Path, name: str, status: int, arguments: tuple[str, ...]
) -> None:
    """A screen that closes as it opens is no fault, and nothing is said or logged of one."""
    (tmp_path / "case.toml").write_text(CASE, encoding="utf-8")
    steps = (Sent("\x1b[?1049h"), Signal(getattr(signal, name)))
    ended = wizard(tmp_path, *steps, arguments=arguments)
    assert ended.status == status
    assert_as_before(ended)
    assert not (state / "faults.log").exists()


EARLY = """
import signal, sys
from qiwizard.cli import run
from screens.running.terminal_app import TerminalApp

heed = TerminalApp.on_load
def told_before(self):
    signal.raise_signal(signal.SIGTERM)
    heed(self)
TerminalApp.on_load = told_before
sys.exit(run(["open", "case.toml"]))
"""


def test_a_signal_from_before_the_terminal_is_taken(tmp_path: Path, state: Path) -> None:
    """The terminal is not taken any more."""
    (tmp_path / "case.toml").write_text(CASE, encoding="utf-8")
    ended = run_in_terminal([sys.executable, "-c", EARLY], (), folder=tmp_path)
    assert ended.status == 143
    assert "\x1b[?1049h" not in ended.output
    assert not (state / "faults.log").exists()


FAULT = """
import sys
from qiwizard.cli import run
from screens.interview import InterviewScreen

def fails(self):
    fact_of_the_case = "Confidential Informant"
    raise ValueError(fact_of_the_case)

InterviewScreen.action_why = fails
sys.exit(run([]))
"""


def test_a_fault_in_a_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, a log that holds no fact of the case, exit 70, the answers kept."""
    monkeypatch.setenv("QIWIZARD_STATE_DIR", str(tmp_path / "state"))
    steps = (HOME, *ANSWERED, Type("\x1bOP"))
    command = [sys.executable, "-c", FAULT]
    ended = run_in_terminal(command, steps, folder=tmp_path, size=(200, 40))
    assert ended.status == 70
    assert ended.modes.restored
    said = " ".join(ended.text.split())
    assert "qiwizard stopped because of an internal error (ValueError at <string>:" in said
    assert "Your answers are saved" in said
    log = (tmp_path / "state" / "faults.log").read_text(encoding="utf-8")
    assert "ValueError" in log
    assert " in fails" in log
    for word in ("Confidential", "Traceback", "ninth"):
        assert word not in log
        assert word not in said
    again = (Wait("Resume: 9th Cir."), Type("q"))
    assert wizard(tmp_path, *again).status == 0


@pytest.mark.parametrize("turns", [0, 1, 3])
async def test_told_to_stop_while_a_screen_opens(turns: int) -> None:
    """A screen that is gone by half as it opens is no fault: it ends as it was told to."""
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.show_interview()
        for _ in range(turns):
            await asyncio.sleep(0)
        app.leave(143)
    assert (app.return_code, app.crashed) == (143, False)


def test_a_fault_outside_the_screens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that fails by a fault of ours says so in a sentence and exits 70."""
    monkeypatch.setenv("QIWIZARD_STATE_DIR", str(tmp_path / "state"))
    script = (
        "import sys, qiwizard.commands\nfrom qiwizard.cli import run\n"
        "def fails(options): raise KeyError('Doe v. Roe')\n"
        "qiwizard.commands.precedents_command = fails\nsys.exit(run(['precedents']))"
    )
    done = run_piped(tmp_path, program=(sys.executable, "-c", script))
    assert (done.status, done.out) == (70, "")
    assert done.err.startswith("qiwizard stopped because of an internal error (KeyError at ")
    assert "Doe" not in done.err + (tmp_path / "state" / "faults.log").read_text()


def test_signal_ends_it_while_a_dialog_is_open(tmp_path: Path) -> None:
    """A dialog does not keep a signal from ending the wizard."""
    ended = wizard(tmp_path, HOME, *ANSWERED, Type("c"), Wait("Docket"), Signal(signal.SIGTERM))
    assert ended.status == 143
    assert_as_before(ended)


def test_bytes_that_are_no_text_do_not_end_it(tmp_path: Path) -> None:
    """What a terminal in another encoding sends is dropped, not a fault; keys after it count."""
    ended = wizard(tmp_path, HOME, Press(b"\xe9\xff\xc3"), *QUESTION, Press(b"\x80"), Type("\x11"))
    assert ended.status == 0
    assert_as_before(ended)


def test_stopped_and_continued(tmp_path: Path) -> None:
    """ctrl+z gives the terminal back to the shell; continued, the screen is drawn anew."""
    ended = wizard(
        tmp_path,
        HOME,
        *QUESTION,
        Type("\x1a"),
        Stopped(),
        Signal(signal.SIGCONT),
        Wait("First Circuit"),
        Type("\x11"),
    )
    assert ended.status == 0
    assert_as_before(ended)


@pytest.mark.parametrize("stop", [(), (Signal(signal.SIGSTOP),)], ids=["running", "stopped"])
def test_continued_by_a_signal_alone(tmp_path: Path, stop: tuple[Step, ...]) -> None:
    """Told to go on, stopped or not, it is there once: keys are read, and it ends."""
    again = (*stop, Signal(signal.SIGCONT), Wait("New case"))
    ended = wizard(tmp_path, HOME, *again, *QUESTION, Type("\x11"))
    assert ended.status == 0
    assert_as_before(ended)


def test_a_closed_terminal_does_not_stop_what_draws_on_it() -> None:
    """Everything drawn for it is dropped; the queue to it never fills up for good."""

    class Closed(io.StringIO):
        def write(self, _text: str, /) -> int:
            raise OSError(errno.EIO, "closed")

    thread = WriterThread(_Screen(Closed()))  # type: ignore[arg-type]
    thread.start()
    for _ in range(MAX_QUEUED_WRITES * 2):
        thread.write("drawn")
        assert thread.is_alive()
    thread.stop()
    assert not thread.is_alive()


def test_mouse_is_left_to_the_terminal_on_request(tmp_path: Path) -> None:
    """`--no-mouse` never takes the mouse; without it the mouse is taken and given back."""
    without = wizard(tmp_path, HOME, Type("q"), arguments=("--no-mouse",))
    assert without.status == 0
    assert "\x1b[?1000h" not in without.output
    assert_as_before(without)
    assert "\x1b[?1000h" in wizard(tmp_path, HOME, Type("q")).output


def test_session_from_a_file_is_taken_up(tmp_path: Path) -> None:
    """`open` goes on with the session of the file at once."""
    (tmp_path / "case.toml").write_text(CASE, encoding="utf-8")
    ended = wizard(tmp_path, Wait("Doe v. Roe"), Type("\x11"), arguments=("open", "case.toml"))
    assert ended.status == 0
    assert_as_before(ended)


def test_mistake_in_a_file_is_told_before_the_screen_is_taken(tmp_path: Path) -> None:
    """A file that cannot be read is one line on the ordinary screen, and exit 2."""
    (tmp_path / "case.toml").write_text('[posture]\nmotion = "pendng"\n', encoding="utf-8")
    ended = wizard(tmp_path, arguments=("open", "case.toml"))
    assert ended.status == 2
    assert "\x1b" not in ended.output
    assert ended.output.count("\n") == 1
    assert "case.toml: posture.motion: " in ended.output


def test_text_of_a_file_reaches_the_terminal_harmless(tmp_path: Path) -> None:
    """A caption with escape sequences and markup in it is shown as text."""
    caption = '"[red]Doe[/red]\\u001b]0;owned\\u0007 v. \\u009b31mRoe\\u202e"'
    (tmp_path / "case.toml").write_text(CASE.replace('"Doe v. Roe"', caption), encoding="utf-8")
    ended = wizard(
        tmp_path,
        Wait("[red]Doe[/red]"),
        Type("\x11"),
        arguments=("open", "case.toml"),
        size=(200, 40),
    )
    assert ended.status == 0
    assert "\x1b]0;" not in ended.output
    assert not set("\x9b\u202e") & set(ended.output)


def test_standard_output_stays_free(tmp_path: Path) -> None:
    """The screen is drawn past standard output: what is redirected stays empty of it."""
    command = " ".join(f"'{word}'" for word in PROGRAM) + " > drawn.txt"
    ended = run_in_terminal(["/bin/sh", "-c", command], (HOME, Type("q")), folder=tmp_path)
    assert ended.status == 0
    assert (tmp_path / "drawn.txt").read_bytes() == b""
    assert_as_before(ended)


@pytest.mark.parametrize("stream", ["< /dev/null", "2> errors.txt"])
def test_without_a_terminal_on_both_sides_it_says_so(tmp_path: Path, stream: str) -> None:
    """Input or drawing that goes elsewhere is exit 2 and a sentence, not an unseen screen."""
    command = " ".join(f"'{word}'" for word in PROGRAM) + f" {stream}"
    ended = run_in_terminal(["/bin/sh", "-c", command], (), folder=tmp_path)
    assert ended.status == 2
    said = ended.output
    if "2>" in stream:
        said = (tmp_path / "errors.txt").read_text(encoding="utf-8")
    assert "no terminal" in said
    assert said.count("\n") == 1
    assert "\x1b" not in said
