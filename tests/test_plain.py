"""Line mode: the same interview as numbered lines, for pipes, screen readers and scripts."""

from __future__ import annotations

import re
import signal
import sys
import tomllib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from terminal import PROGRAM, Done, Signal, Step, Type, Wait, run_in_terminal, run_piped

from qiwizard.documents.export import render
from qiwizard.law.facts import Value
from qiwizard.law.library import Library, shipped_library
from qiwizard.plain.interview import run_plain
from qiwizard.reasoning.interview import agenda
from qiwizard.sessions.session import Session

DAY = date(2026, 1, 31)
NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
unix = pytest.mark.skipif(sys.platform == "win32", reason="terminals of this kind are Unix")


class Lines:
    """Feeds line mode its answers and keeps what it says, in this process."""

    def __init__(
        self,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        session: Session | None = None,
    ) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        self._session = session or Session.new(DAY, NOW)
        self.status: int | None = None

    def __call__(self, *lines: str, today: date = DAY) -> str:
        """What is said to these lines, the input ending after the last."""
        given = iter(lines)

        def read(prompt: str = "") -> str:
            print(prompt, end="")
            try:
                line = next(given)
            except StopIteration:
                raise EOFError from None
            print(f"«{line}»")
            return line

        self._monkeypatch.setattr("builtins.input", read)
        self._capsys.readouterr()
        self.status = run_plain(shipped_library(), self._session, today)
        out, err = self._capsys.readouterr()
        assert err == ""
        return out


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Lines:
    """Line mode over an empty session."""
    return Lines(monkeypatch, capsys)


def after(said: str, line: str) -> str:
    """What was said to a line, up to the next prompt."""
    told = said.rpartition(f"«{line}»")[2]
    return " ".join(re.split(r"\n[^\n]*> (?=«|$)", told, maxsplit=1)[0].split())


def exported(said: Done | str, path: Path) -> dict[str, Any]:
    """An export that was written on the way."""
    assert "Written:" in (said if isinstance(said, str) else said.out)
    return tomllib.loads(path.read_text(encoding="utf-8"))


# Answering


def test_choices_are_numbered_lines(say: Lines, library: Library) -> None:
    """A question is shown with its choices by number, and 0 for not stated."""
    said = say()
    first = library.vocabulary.by_name["circuit"]
    assert first.question in " ".join(said.split())
    for number, choice in enumerate(first.choices, start=1):
        assert re.search(rf"^ *{number}\. {re.escape(choice.label)}", said, re.MULTILINE)
    assert re.search(r"^ *0\. Not stated", said, re.MULTILINE)


@pytest.mark.parametrize("line", ["10", " 10 ", "tenth", "TENTH", "Tenth Circuit", "010"])
def test_answers_by_number_value_or_label(say: Lines, line: str, tmp_path: Path) -> None:
    """A number, the value itself and its label are the same answer, in capitals too."""
    path = tmp_path / "out.toml"
    assert exported(say(line, f"e {path}"), path)["posture"] == {"circuit": "tenth"}


@pytest.mark.parametrize(("line", "value"), [("yes", True), ("No", False), ("1", True)])
def test_yes_and_no(say: Lines, line: str, value: bool, tmp_path: Path) -> None:
    """Questions that are answered yes or no take the words."""
    path = tmp_path / "out.toml"
    said = say("10", "0", "1", line, f"e {path}")
    assert exported(said, path)["posture"]["opposed"] is value


def test_nought_leaves_a_fact_open(say: Lines, tmp_path: Path) -> None:
    """0 is asked and not known: neither an answer nor a question left out."""
    path = tmp_path / "out.toml"
    table = exported(say("0", f"e {path}"), path)
    assert table["posture"] == {}
    assert table["session"]["open"] == ["circuit"]


def test_districts_are_those_of_the_circuit(say: Lines, library: Library, tmp_path: Path) -> None:
    """The district is asked by the numbers of the circuit's own districts."""
    path = tmp_path / "out.toml"
    own = [district.id for district in library.courts.of("tenth")]
    said = say("tenth", "1", f"e {path}")
    assert exported(said, path)["posture"]["court"] == own[0]
    assert library.courts.of("ninth")[0].id not in said


@pytest.mark.parametrize("line", ["13", "99999", "9" * 5000])
def test_number_out_of_range_is_asked_again(say: Lines, line: str) -> None:
    """A number that stands for nothing is refused with the range; the question comes in short."""
    said = say(line, "10")
    assert after(said, line).startswith("Permitted: 0 to 12. Asked still: In which federal")
    assert said.count("12. D.C. Circuit") == 1
    assert after(said, "10").startswith("Noted: ")


@pytest.mark.parametrize("line", ["-1", "1.5", "²", "١", "tent", "\x1b[A", "e"])
def test_line_that_is_no_answer_brings_help(say: Lines, line: str) -> None:
    """Anything else changes nothing, says what may be typed, and asks again."""
    said = say(line)
    assert "Answer with a number, 0 to 12, or type help." in after(said, line.strip())
    assert said.count("12. D.C. Circuit") == 1
    assert "Noted" not in said


@pytest.mark.parametrize("line", ["", "   "])
def test_enter_alone_brings_the_answers_again(say: Lines, line: str) -> None:
    """A list that was passed over can be heard again."""
    assert say(line).count("12. D.C. Circuit") == 2


def test_every_prompt_says_what_may_be_typed(say: Lines) -> None:
    """The range of the numbers, and how to learn the rest."""
    said = say("tenth", "review", "Help")
    assert said.count("0 to 12, or help> ") == 1
    assert said.count("0 to 8, or help> ") == 3
    for word in ("back", "why", "review", "summary", "export FILE", "quit"):
        assert re.search(rf"^{word}, or ", said, re.MULTILINE)
    assert said.count("Asked still: In which federal district court") == 2


def test_a_district_of_another_circuit_is_named_as_such(say: Lines) -> None:
    """It is no answer here, and nothing changes."""
    said = say("tenth", "D. Mass.", "r")
    assert after(said, "D. Mass.").startswith("District of Massachusetts is not among the answers")
    assert "district court:" not in said


def test_answers_that_fall_away_are_told(say: Lines) -> None:
    """What an answer does to earlier ones is said."""
    said = say("tenth", "1", "b", "b", "ninth", "0", "1", "1")
    assert "Back to: " in said
    said = say("tenth", "D.N.M.", "n x", "r")
    assert "district court: District of New Mexico" in said


# Commands


def test_back_returns_to_the_last_question(say: Lines) -> None:
    """b takes the last answer back, names it, and asks again."""
    said = say("tenth", "b")
    assert after(said, "b").startswith("Back to: circuit: Tenth Circuit.")
    assert said.count("12. D.C. Circuit") == 2


def test_back_from_the_first_question(say: Lines) -> None:
    """Before the first question there is nothing."""
    assert after(say("b"), "b").startswith("This is the first question.")


def test_back_through_every_answer(say: Lines, tmp_path: Path) -> None:
    """Stepping back as often as forward leaves an empty case."""
    path = tmp_path / "out.toml"
    table = exported(say("tenth", "0", "1", "yes", "b", "b", "b", "b", f"e {path}"), path)
    assert (table["posture"], table["session"]["open"]) == ({}, [])


@pytest.mark.parametrize("line", ["?", "why"])
def test_why_gives_reason_effect_and_authority(say: Lines, library: Library, line: str) -> None:
    """? says why the law asks, where each answer leads now, and which holdings wait for it."""
    said = after(say("tenth", "D.N.M.", line), line)
    fact = library.vocabulary.by_name["request"]
    assert fact.help in said
    assert fact.why in said
    for choice in fact.choices:
        assert f"{choice.label}: now " in said
    assert "It bears on: " in said
    assert "(binding)" in said or "(persuasive)" in said


@pytest.mark.parametrize("word", ["n", "note"])
def test_note_says_where_the_record_does(say: Lines, tmp_path: Path, word: str) -> None:
    """n keeps where the record says so; alone it takes the note away."""
    path, other = tmp_path / "one.toml", tmp_path / "two.toml"
    said = say(f"{word} Doc. 1 at 2", f"e {path}", word, f"e {other}")
    assert exported(said, path)["source"] == {"circuit": "Doc. 1 at 2"}
    assert exported(said, other)["source"] == {}


@pytest.mark.parametrize("line", ["r", "review"])
def test_review_lists_every_answer(say: Lines, line: str) -> None:
    """r lists the answers, those not stated too, with what the record says."""
    assert after(say(line), line).startswith("Nothing has been answered yet.")
    said = after(say("n Doc. 1", "tenth", "0", "1", line), line)
    assert "circuit: Tenth Circuit (Doc. 1)" in said
    assert "district court: not stated" in said
    assert "request before the court: " in said


@pytest.mark.parametrize("line", ["s", "summary"])
def test_summary_at_any_time(say: Lines, line: str) -> None:
    """s gives the whole summary on what is known so far, then the interview goes on."""
    said = say("tenth", line)
    assert "Table of authorities" in said
    assert said.count("«") == 2
    assert said.rstrip().endswith(">")


@pytest.mark.parametrize(
    ("name", "start"), [("a.toml", 'schema = "qiwizard'), ("a.json", "{"), ("a.md", "# ")]
)
def test_export_by_suffix(say: Lines, tmp_path: Path, name: str, start: str) -> None:
    """e writes the format that the suffix says; a name may have blanks and brackets."""
    path = tmp_path / f"[red] {name}"
    said = say("tenth", f"e {path}")
    assert "Written:" in said
    assert path.read_text(encoding="utf-8").startswith(start)


def test_export_refuses_a_file_that_exists(say: Lines, tmp_path: Path) -> None:
    """A file that exists is left alone, and the session goes on."""
    path = tmp_path / "out.toml"
    path.write_text("mine", encoding="utf-8")
    said = say("tenth", f"e {path}", f"e {tmp_path}", f"e {tmp_path / 'no' / 'x.toml'}", "1")
    said = " ".join(said.split())
    assert path.read_text(encoding="utf-8") == "mine"
    assert "exists already" in said
    assert "is a folder" in said
    assert "cannot be written" in said
    assert said.rpartition("«1» ")[2].startswith("Noted: ")


@pytest.mark.parametrize("line", ["q", "quit"])
def test_quit(say: Lines, line: str) -> None:
    """q ends in good order."""
    say("tenth", line, "never read")
    assert say.status == 0


def test_end_of_input_ends_in_good_order(say: Lines) -> None:
    """Where the input ends, so does the session."""
    assert say("tenth").endswith("\n")
    assert say.status == 0


# Whole sessions


def answered(library: Library, pick: int, as_of: date = DAY) -> list[tuple[str, Value | None, str]]:
    """A way through the interview: facts, values, and the lines that answer them."""
    session = Session.new(as_of, NOW)
    way: list[tuple[str, Value | None, str]] = []
    while (name := agenda(library, session.posture, as_of).next) is not None:
        values: Sequence[Value] = library.vocabulary.by_name[name].values
        if name == "court":
            values = [d.id for d in library.courts.of(str(session.posture.get("circuit")))]
        number = (pick + len(way) * pick) % (len(values) + 1)
        value = values[number - 1] if number else None
        way.append((name, value, str(number)))
        session = session.answering(library, name, value)
    return way


@pytest.mark.parametrize("pick", [1, 3, 7])
def test_whole_session_by_pipe_is_the_session_itself(
    tmp_path: Path, library: Library, pick: int
) -> None:
    """A session answered through a pipe exports the bytes of the same answers given directly."""
    way = answered(library, pick, date.today())
    lines = [line for _, _, line in way]
    path = tmp_path / "out.toml"
    done = run_piped(tmp_path, "--plain", stdin="\n".join([*lines, f"e {path}", "q", ""]))
    assert (done.status, done.err) == (0, "")
    table = exported(done, path)
    session = Session(as_of=table["ruling"]["as_of"], created=table["created"])
    for name, value, _ in way:
        session = session.answering(library, name, value)
    assert path.read_text(encoding="utf-8") == render(library, session, "toml")
    assert "Permitted: " not in done.out
    assert done.out.count("Noted: ") == len(way)
    assert done.out.count("Table of authorities") == 1


@pytest.mark.parametrize("pick", [1, 3])
def test_every_count_of_questions_left_is_kept(say: Lines, library: Library, pick: int) -> None:
    """As many questions come as were announced: never fewer than at least, nor more than most."""
    way = answered(library, pick)
    said = say(*(line for _, _, line in way))
    told = [(int(a), int(b)) for a, b in re.findall(r"(\d+) to (\d+) questions left", said)]
    assert len(told) == len(way)
    for asked, (least, most) in enumerate(told):
        assert least <= len(way) - asked <= most


def test_back_from_the_summary_asks_again(say: Lines, library: Library, tmp_path: Path) -> None:
    """Stepping back at the end asks the last question once more, and then sums up anew."""
    way = answered(library, 1)
    path = tmp_path / "out.toml"
    *others, last = [line for _, _, line in way]
    said = say(*others, last, "b", last, f"e {path}", "q")
    question = library.vocabulary.by_name[way[-1][0]].question
    assert " ".join(said.split()).count(question) == 2
    assert set(exported(said, path)["posture"]) >= {n for n, v, _ in way if v is not None}
    assert said.count("Table of authorities") == 2


CASE = """
created = 2026-01-31T12:00:00Z
[matter]
caption = "Doe\\u001b[31m v. \\u009bRoe\\u202e"
notes = "*bold* \\u0007"
[posture]
circuit = "fifth"
court = "S.D. Tex."
request = "stay"
qi_asserted = true
motion = "pending"
motion_kind = "dismiss"
specific_facts = true
facts_needed = true
[source]
motion = "Doc.\\u001b[2J 38"
"""


def test_output_is_append_only(tmp_path: Path) -> None:
    """Nothing but lines of text is written, whatever the file and the person who types hold."""
    (tmp_path / "case.toml").write_text(CASE, encoding="utf-8")
    lines = "n \x1b[31m red\r\n\x1b[A\n?\nr\ns\n1\nb\ne \x1b[2J.toml\nr\nq\n"
    done = run_piped(tmp_path, "open", "--plain", "case.toml", stdin=lines)
    assert (done.status, done.err) == (0, "")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", done.out)
    assert "Doe<U+001B>[31m v. <U+009B>Roe<U+202E>" in done.out


def test_box_drawing_is_not_used(tmp_path: Path) -> None:
    """Line mode is read aloud: there are no frames and no blocks in it."""
    done = run_piped(tmp_path, "--plain", stdin="tenth\n?\nr\ns\nq\n")
    assert not re.search("[\u2500-\u259f\u25a0-\u25ff\u2800-\u28ff]", done.out)


@pytest.mark.parametrize("env", [{}, {"PYTHONIOENCODING": "utf-8:strict"}])
def test_bytes_that_are_no_text(tmp_path: Path, env: dict[str, str]) -> None:
    """A line that is not UTF-8 ends nothing and spoils no export."""
    lines = b"n Doc. \xff 3\ne out.toml\ntenth\ne two.toml\nq\n"
    done = run_piped(tmp_path, "--plain", stdin=lines, env=env)
    assert (done.status, done.err) == (0, "")
    assert exported(done, tmp_path / "two.toml")["posture"] == {"circuit": "tenth"}


def test_line_of_enormous_length(tmp_path: Path) -> None:
    """A line as long as a book is taken as it is, or refused, without harm."""
    lines = "n " + "x" * 300_000 + "\ntenth\nq\n"
    done = run_piped(tmp_path, "--plain", stdin=lines)
    assert (done.status, done.err) == (0, "")
    assert "Noted: circuit: Tenth Circuit." in done.out


# Sessions opened from a file


def test_opened_session_shows_both_rulings(tmp_path: Path) -> None:
    """The ruling in the file and today's stand side by side; export keeps the file's as it is."""
    (tmp_path / "case.toml").write_text(CASE, encoding="utf-8")
    old = run_piped(tmp_path, "rule", "case.toml", "--as-of", "2022-11-29", "--output", "old.toml")
    assert old.status == 0
    done = run_piped(tmp_path, "open", "--plain", "old.toml", stdin="e new.toml\nq\n")
    assert (done.status, done.err) == (0, "")
    assert "as of 2022-11-29: Limited discovery" in done.out
    assert "Law of today: Stay" in done.out
    assert (tmp_path / "new.toml").read_bytes() == (tmp_path / "old.toml").read_bytes()


def test_adopting_the_law_of_today(tmp_path: Path) -> None:
    """a takes over today's ruling, and with it today's date."""
    (tmp_path / "case.toml").write_text(CASE, encoding="utf-8")
    run_piped(tmp_path, "rule", "case.toml", "--as-of", "2022-11-29", "--output", "old.toml")
    done = run_piped(tmp_path, "open", "--plain", "old.toml", stdin="a\ne new.toml\nq\n")
    ruling = exported(done, tmp_path / "new.toml")["ruling"]
    assert ruling["outcome"] == "stay"
    assert ruling["as_of"] > date(2022, 11, 29)


def test_opened_session_that_is_finished_is_summed_up(tmp_path: Path, library: Library) -> None:
    """Where nothing is left to ask, the summary comes at once."""
    session = Session.new(DAY, NOW)
    for name, value, _ in answered(library, 1):
        session = session.answering(library, name, value)
    (tmp_path / "case.toml").write_text(render(library, session, "toml"), encoding="utf-8")
    done = run_piped(tmp_path, "open", "--plain", "case.toml", stdin="q\n")
    assert (done.status, done.err) == (0, "")
    assert "questions left" not in done.out
    assert "Table of authorities" in done.out


# In a terminal


@unix
@pytest.mark.parametrize(
    ("arguments", "env"),
    [
        (("--plain",), {}),
        ((), {"ACCESSIBLE": "1"}),
        ((), {"ACCESSIBLE": "yes"}),
        ((), {"TERM": "dumb"}),
        (("open", "case.toml"), {"TERM": "dumb"}),
    ],
)
def test_line_mode_in_a_terminal(
    tmp_path: Path, arguments: tuple[str, ...], env: dict[str, str]
) -> None:
    """`--plain`, `ACCESSIBLE` and a dumb terminal choose line mode; no escape is ever written."""
    (tmp_path / "case.toml").write_text("[posture]\nopposed = true\n", encoding="utf-8")
    steps = (Wait("> "), Type("tenth\n"), Wait("Noted: "), Wait("> "), Type("q\n"))
    ended = run_in_terminal([*PROGRAM, *arguments], steps, folder=tmp_path, env=env)
    assert ended.status == 0
    assert ended.modes.restored
    assert "line mode" in ended.output
    assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f]", ended.output)


@unix
@pytest.mark.parametrize("value", ["", "0", "false", "no"])
def test_accessible_switched_off_leaves_the_full_screen(tmp_path: Path, value: str) -> None:
    """An `ACCESSIBLE` that is empty or says no does not choose line mode."""
    steps = (Wait("New session"), Type("q"))
    ended = run_in_terminal(PROGRAM, steps, folder=tmp_path, env={"ACCESSIBLE": value})
    assert ended.status == 0
    assert "line mode" not in ended.text


@unix
def test_whole_session_in_a_terminal(tmp_path: Path, library: Library) -> None:
    """Answers typed in a terminal give the export of the same answers given directly."""
    way = answered(library, 2, date.today())
    steps: list[Step] = []
    for _, _, line in way:
        steps += [Wait("0. Not stated"), Wait("> "), Type(f"{line}\n"), Wait("Noted: ")]
    steps += [Wait("or help> "), Type("e out.toml\n"), Wait("Written: "), Type("q\n")]
    ended = run_in_terminal([*PROGRAM, "--plain"], steps, folder=tmp_path)
    assert ended.status == 0
    table = tomllib.loads((tmp_path / "out.toml").read_text(encoding="utf-8"))
    session = Session(as_of=table["ruling"]["as_of"], created=table["created"])
    for name, value, _ in way:
        session = session.answering(library, name, value)
    assert (tmp_path / "out.toml").read_text(encoding="utf-8") == render(library, session, "toml")


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
def test_line_mode_ends_when_told(tmp_path: Path, last: Step, statuses: set[int]) -> None:
    """End of input, an interrupt and a termination end line mode without a traceback."""
    ended = run_in_terminal([*PROGRAM, "--plain"], (Wait("> "), last), folder=tmp_path)
    assert ended.status in statuses
    assert "Traceback" not in ended.output
    assert ended.modes.restored
