"""Line mode: the same interview as numbered lines, for pipes, screen readers and scripts."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from line_mode import DAY, NOW, answered, exported
from terminal import run_piped

from qiwizard.documents.export import render
from qiwizard.law.library import Library
from qiwizard.law.shipped import shipped_library
from qiwizard.plain.interview import run_plain
from qiwizard.sessions.session import Session


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


@pytest.mark.parametrize("line", ["-1", "1.5", "²", "tent", "\x1b[A", "e"])
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
