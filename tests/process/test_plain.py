"""Plain mode: the same interview as numbered lines, for pipes, screen readers and scripts."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from line_mode import DAY, NOW, answered, exported, session_of

from qiwizard.command_table import COMMANDS
from qiwizard.law.library import Library
from qiwizard.law.shipped import shipped_library
from qiwizard.plain.interview import run_plain
from qiwizard.reports.formats import SUFFIX
from qiwizard.sessions.questions import answer_words, next_question, question
from qiwizard.sessions.session import Session, trail

PENDING = ("new mex", "1", "2")
"""D.N.M., a motion to stay, a summary-judgment motion."""


class Lines:
    """Feeds plain mode its answers and keeps what it says, in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        self.session = Session.new(DAY, NOW)
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
        self.status = run_plain(shipped_library(), self.session, today)
        out, err = self._capsys.readouterr()
        assert err == ""
        return out


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Lines:
    """Plain mode over an empty session."""
    return Lines(monkeypatch, capsys)


def after(said: str, line: str) -> str:
    """What was said to a line, up to the next prompt."""
    told = said.rpartition(f"«{line}»")[2]
    return " ".join(re.split(r"\n[^\n]*> (?=«|$)", told, maxsplit=1)[0].split())


def finished(say: Lines) -> tuple[str, ...]:
    """Lines that answer every question of an interview by Unknown but the first three."""
    session = session_of(shipped_library(), PENDING)
    lines = list(PENDING)
    while (asked := next_question(shipped_library(), session)) is not None:
        lines.append("0")
        session = session.answering(shipped_library(), asked.id, None)
    return tuple(lines)


def test_choices_are_numbered_lines_under_their_doctrine(say: Lines, library: Library) -> None:
    """A question comes under the title of its doctrine, with its answers by number."""
    said = say("new mex")
    fact = library.vocabulary.by_name["request"]
    assert f"{library.doctrine(fact.doctrine).title} (1 of 3 known)" in said
    assert fact.question in said
    for number, choice in enumerate(fact.choices, start=1):
        assert re.search(rf"^ *{number}\. {re.escape(choice.label)}", said, re.MULTILINE)
    assert re.search(r"^ *0\. Unknown", said, re.MULTILINE)


@pytest.mark.parametrize("line", ["10", "１０", "tenth", "Tenth Circuit", "10th Cir.", "10TH"])
def test_a_circuit_is_answered_by_any_of_its_names(say: Lines, line: str, tmp_path: Path) -> None:
    """The district is then unknown and not asked."""
    path = tmp_path / "out.toml"
    table = exported(say(line, f"e {path}"), path)
    assert table["posture"] == {"circuit": "tenth"}
    assert table["session"]["open"] == ["court"]


def test_a_district_answers_the_circuit_too(say: Lines, tmp_path: Path) -> None:
    """One question for the forum."""
    path = tmp_path / "out.toml"
    table = exported(say("d.n.m", f"e {path}"), path)
    assert table["posture"] == {"circuit": "tenth", "court": "D.N.M."}


def test_several_districts_that_match_are_named_and_none_is_taken(say: Lines) -> None:
    """More of the name is asked for."""
    said = say("texas", "e. tex")
    assert "E.D. Tex., Eastern District of Texas (5th Cir.)" in after(said, "texas")
    assert after(said, "e. tex").startswith("Noted: E.D. Tex.")


def test_no_forum_of_that_name(say: Lines) -> None:
    """Nothing is recorded."""
    assert after(say("zzyzx"), "zzyzx").startswith("No district or circuit has that name.")


@pytest.mark.parametrize(
    "line", ["1", "１", "To stay or limit discovery, or for a protective order", "stay"]
)
def test_answers_by_number_value_or_label(say: Lines, line: str, tmp_path: Path) -> None:
    """A number in any digits, the value and its label are the same answer."""
    path = tmp_path / "out.toml"
    assert exported(say("10", line, f"e {path}"), path)["posture"]["request"] == "stay"


def test_one_question_states_the_defense(say: Lines, tmp_path: Path) -> None:
    """It sets whether immunity was asserted, the motion and its kind."""
    path = tmp_path / "out.toml"
    posture = exported(say(*PENDING, f"e {path}"), path)["posture"]
    stated = {name: posture[name] for name in ("qi_asserted", "motion", "motion_kind")}
    assert stated == {
        "qi_asserted": True,
        "motion": "pending",
        "motion_kind": "summary_judgment",
    }


@pytest.mark.parametrize("line", ["5", "99999", "9" * 5000])
def test_number_out_of_range_is_asked_again(say: Lines, line: str) -> None:
    """It is refused with the range; the question comes in short."""
    said = say("10", line, "4")
    assert after(said, line).startswith("Permitted: 0 to 4. Current question: What has the court")
    assert said.count("4. No motion yet") == 1


@pytest.mark.parametrize("line", ["xyzzy", "99 bottles", "-1", "1.5", "yes please"])
def test_line_that_is_no_answer_changes_nothing(say: Lines, line: str) -> None:
    """It says what may be typed, and asks again."""
    said = say("10", line)
    assert "Not a command. Answer with a number or the words of an answer." in after(said, line)


def test_enter_alone_brings_the_answers_again(say: Lines) -> None:
    """A list that was passed over can be heard again."""
    assert say("10", "").count("4. No motion yet") == 2


def test_help_lists_the_commands_of_the_one_table(say: Lines) -> None:
    """Each with its letter and what it does."""
    said = after(say("help"), "help")
    for command in COMMANDS:
        assert (command.help in said) == command.plain


@pytest.mark.parametrize("word", ["s", "a", "f", "o", "n", "d", "m", "what-if", "reasons"])
def test_no_result_and_no_part_of_one_before_enough_is_known(say: Lines, word: str) -> None:
    """What is missing is named instead."""
    told = after(say("new mex", "1", word), word)
    assert told.startswith("Not enough facts yet: 2 of 3 known. Missing: state of the defense.")
    assert not re.search("stay,|leaning|settled|contested", told, re.IGNORECASE)


def test_the_result_is_a_card_of_few_lines(say: Lines) -> None:
    """After the last answer, without a frame, then the optional questions."""
    lines = finished(say)
    said = say(*lines)
    card = said.rpartition("Noted: Unknown")[2].strip().splitlines()
    assert 5 <= len(card) <= 16
    assert re.match(r"(GRANT|DENY)", card[0])
    assert re.search(r"leaning|settled|contested", card[0])
    assert not re.search("[─-▟■-◿⠀-⣿]", said)


@pytest.mark.parametrize(
    ("word", "title"),
    [
        ("reasons", "Why"),
        ("w", "Why"),
        ("a", "Contrary authority"),
        ("f", "What would change it"),
        ("o", "Decided orders"),
        ("n", "Next steps"),
    ],
)
def test_a_section_by_name(say: Lines, word: str, title: str) -> None:
    """One part of the report at a time."""
    assert after(say(*finished(say), word), word).startswith(title)


def test_optional_questions_are_listed_by_doctrine_and_can_be_answered(say: Lines) -> None:
    """`more` names them with the numbers that answer them."""
    lines = finished(say)
    told = after(say(*lines, "more"), "more")
    found = re.search(r"change (\d+): ", told)
    assert "would refine the order" in told
    assert found is not None
    said = say(*lines, f"change {found[1]}", "1")
    assert "Noted: " in after(said, "1")


def test_change_asks_a_question_again_and_returns_to_the_review(say: Lines, tmp_path: Path) -> None:
    """By the number that the review gives it; the interview goes on after it."""
    path = tmp_path / "out.toml"
    said = say(*PENDING, "r", "change 2", "3", f"e {path}")
    assert "2. request before the court: To stay" in after(said, "r")
    assert "What has the court been asked" in after(said, "change 2")
    assert "2. request before the court: Cross-motions, to stay and to compel" in after(said, "3")
    assert exported(said, path)["posture"]["request"] == "both"


@pytest.mark.parametrize("line", ["change", "change 0", "change 99", "change x"])
def test_change_of_no_number_says_which_there_are(say: Lines, line: str) -> None:
    """Nothing is asked out of turn."""
    assert after(say("10", line), line).startswith("Which one? change N, N from 1 to ")


def test_back_out_of_a_change_leaves_the_answer(say: Lines, tmp_path: Path) -> None:
    """The question out of turn is given up, the answer kept."""
    path = tmp_path / "out.toml"
    said = say("10", "1", "change 2", "b", f"e {path}")
    assert exported(said, path)["posture"]["request"] == "stay"


def test_back_through_every_answer(say: Lines, tmp_path: Path) -> None:
    """Stepping back as often as forward leaves an empty case; before it there is nothing."""
    path = tmp_path / "out.toml"
    said = say(*PENDING, "b", "b", "b", "b", "b", "b", f"e {path}")
    assert "This is the first question." in said
    assert exported(said, path)["posture"] == {}


@pytest.mark.parametrize("line", ["w", "why", "WHY"])
def test_why_gives_reason_and_authority_and_no_outcome_too_early(say: Lines, line: str) -> None:
    """What each answer leads to is said once there is a result."""
    early, late = after(say("10", line), line), after(say(*PENDING, line), line)
    assert "Why it matters:" in early
    assert "Yes: " not in early
    assert not re.search(r"leaning|settled|contested", early)
    assert re.search(r"(leaning|settled|contested)\.", late)
    assert "Practice: " in late


@pytest.mark.parametrize("word", ["t", "note"])
def test_note_keeps_the_record_cite(say: Lines, tmp_path: Path, word: str) -> None:
    """It is exported and shown in the review; alone it takes the note away."""
    path, other = tmp_path / "one.toml", tmp_path / "two.toml"
    note = f"{word} Doc. 38 at 2"
    said = say("10", note, "1", f"e {path}", "r", "change 2", word, f"e {other}")
    assert exported(said, path)["source"] == {"request": "Doc. 38 at 2"}
    assert "(Doc. 38 at 2)" in after(said, "r")
    assert not exported(said, other)["source"]


def test_export_by_suffix_and_never_over_a_file(say: Lines, tmp_path: Path) -> None:
    """The ending says the form, Word too; a file that exists is left alone."""
    path = tmp_path / "[red] memo.toml"
    assert "Written:" in say("10", f"e {path}")
    before = path.read_bytes()
    told = say("10", "1", f"e {path}")
    assert "Written:" not in told
    assert "exists already; choose another name" in " ".join(told.split())
    assert "--force" not in told
    assert path.read_bytes() == before
    word = tmp_path / "memo.docx"
    assert "Written:" in say("10", f"e {word}")
    assert word.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize("line", ["y", "YES", "", "n"])
def test_a_person_is_asked_whether_to_replace_a_file(
    say: Lines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    """Only y or yes replaces it."""
    monkeypatch.setattr("qiwizard.plain.export.asks", lambda: True)
    path = tmp_path / "roe.txt"
    path.write_text("before", encoding="utf-8")
    said = say("10", f"e {path}", line, "r")
    assert f"Replace {path}? y, or Enter to keep it> " in said
    replaced = line.lower() in ("y", "yes")
    assert (path.read_text(encoding="utf-8") != "before") is replaced
    assert ("Written:" in said) is replaced
    assert ("Not written." in said) is not replaced
    assert "forum: Tenth Circuit" in after(said, "r")


@pytest.mark.parametrize("marks", ['""', "''", "\u201c\u201d", "\u2018\u2019"])
def test_a_file_named_in_quotation_marks(
    say: Lines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, marks: str
) -> None:
    """They are not part of its name, and a name may have blanks."""
    monkeypatch.chdir(tmp_path)
    assert "Written: roe 2.txt\n" in say("10", f"export {marks[0]}roe 2.txt{marks[1]}")
    assert [path.name for path in tmp_path.iterdir()] == ["roe 2.txt"]


def test_every_suffix_of_an_export_is_named(say: Lines) -> None:
    """In the help, and where no file was named."""
    for line in ("help", "export"):
        told = after(say(line), line)
        for suffix in SUFFIX.values():
            assert f"{suffix}," in told or f"{suffix} or" in told or f"{suffix}." in told


@pytest.mark.parametrize("line", ["q", "quit", "QUIT"])
def test_quit(say: Lines, line: str) -> None:
    """q ends in good order."""
    assert "«never read»" not in say("10", line, "never read")
    assert say.status == 0


@pytest.mark.parametrize("pick", [0, 1, 2, 3])
def test_a_whole_session_by_lines_is_the_session_itself(
    say: Lines, library: Library, tmp_path: Path, pick: int
) -> None:
    """The lines of an interview give the facts that its questions give, asked in the same order."""
    path = tmp_path / "out.toml"
    way = answered(library, pick)
    lines = [line for *_, line in way]
    table = exported(say(*lines, f"e {path}"), path)
    session = session_of(library, lines)
    assert [id_ for id_, *_ in way] == list(trail(session))
    assert table["posture"] == dict(session.posture.known)
    for id_ in trail(session):
        assert answer_words(library, session.posture, question(library, session.posture, id_))
