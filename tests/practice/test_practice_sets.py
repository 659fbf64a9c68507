"""Sets that an instructor hands out, the results that come back, and the table of them all."""

from __future__ import annotations

import csv
import io
import os
import re
import sys
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from terminal import run_piped

from qiwizard.cli import run
from qiwizard.errors import UserError
from qiwizard.law.library import Library
from qiwizard.practice.drills import make
from qiwizard.practice.items import case_of
from qiwizard.practice.progress import Answered
from qiwizard.practice.report import cells_wide, report, report_csv, report_toml, text
from qiwizard.practice.sets import (
    PracticeSet,
    ResultsFile,
    Wanted,
    checksum,
    made_set,
    read_results,
    read_set,
    sealed,
)
from qiwizard.practice.sitting import Round, Sitting, of_set
from qiwizard.practice.store import Store
from qiwizard.reports.as_markdown import escaped
from qiwizard.reports.as_word import NEEDED
from qiwizard.toml_json import to_toml

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SMALL = Wanted(drills=("predict", "argue"), number=4, seed=7)


def written(folder: Path, library: Library, wanted: Wanted = SMALL) -> Path:
    """A set in a file."""
    path = folder / "set.toml"
    path.write_text(made_set(library, wanted), encoding="utf-8")
    return path


def worked(
    library: Library, practice_set: PracticeSet, *, wrong: str = "", drills: int = 99
) -> tuple[Answered, ...]:
    """The answers to a set: right but for one question, as far as so many drills."""
    round_: Round = of_set(practice_set, ())
    while not round_.over and round_.at < drills:
        for part in round_.item(library).parts:
            right = part.id != wrong
            chosen = next(o.id for o in part.options if (o.id in part.accepted) is right)
            round_ = round_.answering(chosen)
        round_ = round_.advancing(library, NOW)
    return round_.done


def returned(
    folder: Path, library: Library, clerk: str, *, wrong: str = "", drills: int = 99
) -> Path:
    """The results of a clerk in a file."""
    practice_set = read_set(folder / "set.toml", library)
    path = folder / f"{clerk}.toml"
    answers = worked(library, practice_set, wrong=wrong, drills=drills)
    ResultsFile(path, practice_set, clerk, library).write(answers)
    return path


# Sets


def test_the_same_seed_gives_the_same_set_and_another_seed_another(library: Library) -> None:
    """To the letter."""
    assert made_set(library, SMALL) == made_set(library, SMALL)
    assert made_set(library, SMALL) != made_set(library, replace(SMALL, seed=8))


def test_a_set_is_the_same_on_every_machine(tmp_path: Path) -> None:
    """Whatever the order in which a machine happens to keep things."""
    arguments = ("practice", "--make-set", "--number", "6", "--seed", "11")
    one, other = (
        run_piped(tmp_path, *arguments, env={"PYTHONHASHSEED": seed}) for seed in ("1", "2")
    )
    assert one.status == 0
    assert one.out == other.out


def test_a_set_keeps_to_what_was_chosen(library: Library, tmp_path: Path) -> None:
    """Kinds, orders, doctrines, circuits and number."""
    orders = ("moral-v-hagen-2011", "cutright-v-jones-2017", "lucero-v-clovis")
    wanted = Wanted(orders=orders, doctrines=("motion",), number=5)
    items = read_set(written(tmp_path, library, wanted), library).items
    assert len(items) == 5
    for id_ in items:
        assert case_of(id_) in orders
        assert any(part.doctrine == "motion" for part in make(library, id_).parts)
    wanted = Wanted(circuits=("ninth",), number=6)
    items = read_set(written(tmp_path, library, wanted), library).items
    assert {make(library, id_).circuit for id_ in items} == {"ninth"}
    assert len({id_.partition("/")[0] for id_ in items}) == 5


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted(drills=("fnd",)), "did you mean find"),
        (Wanted(orders=("nobody-v-nobody",)), "--orders"),
        (Wanted(doctrines=("motionz",)), "did you mean motion"),
        (Wanted(circuits=("thirteenth",)), "--circuits"),
        (Wanted(number=0), "permitted: 1 to 200"),
        (Wanted(number=9, drills=("walk",)), "permitted: 1 to 5"),
    ],
)
def test_what_cannot_be_made_is_told_in_a_line(library: Library, wanted: Wanted, said: str) -> None:
    """What is wrong, and what is permitted."""
    with pytest.raises(UserError, match=re.escape(said)) as refused:
        made_set(library, wanted)
    assert len(str(refused.value).splitlines()) == 1


def spoiled_sets(library: Library) -> dict[str, str]:
    """Sets that will not do, by what is said of them."""
    table = tomllib.loads(made_set(library, SMALL))
    rest = {key: value for key, value in table.items() if key != "checksum"}
    unknown = [{"id": "predict/nobody", "fingerprint": "x"}]
    other = [{**rest["item"][0], "fingerprint": "0" * 16}]
    return {
        "edited after it was written": to_toml({**table, "seed": 8}),
        "checksum": to_toml(rest),
        "of another version": sealed({**rest, "schema": "qiwizard/practice-set/2"}),
        "not a practice set file": sealed({**rest, "schema": "qiwizard/session/1"}),
        "the key schema is missing; permitted: schema = 'qiwizard/practice-set/1'": "[posture]\n",
        "made with library": sealed({**rest, "library": "1999.01"}),
        "no drill 'predict/nobody'": sealed({**rest, "item": unknown}),
        "is not the same drill": sealed({**rest, "item": other}),
        "is in it twice": sealed({**rest, "item": [*rest["item"], rest["item"][0]]}),
        "no drills in it": sealed({**rest, "item": []}),
        "no drill null": sealed({**rest, "item": [3]}),
        "not readable": "schema = ",
    }


def test_a_set_that_was_spoiled_is_refused_in_a_line(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of another version, of another library, edited, or with what is not known: exit 2."""
    for said, content in spoiled_sets(library).items():
        path = tmp_path / "spoiled.toml"
        path.write_text(content, encoding="utf-8")
        assert run(["practice", "--plain", "--set", str(path)]) == 2
        complaint = capsys.readouterr().err
        assert said in complaint
        assert len(complaint.splitlines()) == 1
        assert complaint.startswith(str(path))


# Results


def test_results_are_read_back_and_marked_anew(library: Library, tmp_path: Path) -> None:
    """A file that claims to be right is not believed."""
    written(tmp_path, library)
    path = returned(tmp_path, library, "Anna", wrong="answer")
    found = read_results(path, library)
    assert found.clerk == "Anna"
    assert {a.right for a in found.answers if a.part == "answer"} == {False}
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    for row in table["answer"]:
        row["right"] = True
    path.write_text(sealed({k: v for k, v in table.items() if k != "checksum"}), encoding="utf-8")
    assert read_results(path, library).answers == found.answers


def test_a_set_is_taken_up_where_it_was_left(library: Library, tmp_path: Path) -> None:
    """Results begun are gone on with, by the same clerk on the same set only."""
    practice_set = read_set(written(tmp_path, library), library)
    path = returned(tmp_path, library, "Anna", drills=2)
    begun = ResultsFile(path, practice_set, "Anna", library).begun()
    assert of_set(practice_set, begun).at == 2
    with pytest.raises(UserError, match="holds other results"):
        ResultsFile(path, practice_set, "Bert", library).begun()
    other = read_set(written(tmp_path, library, replace(SMALL, seed=8)), library)
    with pytest.raises(UserError, match="holds other results"):
        ResultsFile(path, other, "Anna", library).begun()


def test_two_runs_of_a_set_lose_nothing_of_each_other(library: Library, tmp_path: Path) -> None:
    """The later one is told, and does not overwrite; its answers are in its progress."""
    practice_set = read_set(written(tmp_path, library), library)
    results = ResultsFile(tmp_path / "r.toml", practice_set, "Anna", library)
    first, second = (
        Sitting(library, Store("Anna", tmp_path / name), results=results) for name in "ab"
    )
    before = of_set(practice_set, ())
    for number, sitting in enumerate((first, second, first)):
        round_ = before
        for part in round_.item(library).parts:
            round_ = round_.answering(part.options[number].id)
        round_, said = sitting.finish(round_)
        assert ("another run wrote to it" in said) is (number > 0)
        assert bool(sitting.lacking(round_)) is (number > 0)
        if number == 0:
            there = results.begun()
    assert results.begun() == there == first.store.load().progress.answers[: len(there)]
    assert len(second.store.load().progress.answers) == len(there)


def test_results_that_cannot_be_written_are_not_left_unasked(
    library: Library, tmp_path: Path
) -> None:
    """Their folder vanishes for a while; once it is back, they are written before it is asked."""
    practice_set = read_set(written(tmp_path, library), library)
    folder = tmp_path / "there"
    results = ResultsFile(folder / "r.toml", practice_set, "Anna", library)
    sitting = Sitting(library, Store("Anna", tmp_path / "p"), results=results)
    round_ = of_set(practice_set, ())
    for part in round_.item(library).parts:
        round_ = round_.answering(part.options[0].id)
    round_, said = sitting.finish(round_)
    assert "cannot be written: no such folder" in said
    assert sitting.lacking(round_)
    folder.mkdir()
    assert sitting.lacking(round_) == ""
    assert results.begun() == round_.done


def test_spoiled_results_are_refused_in_a_line(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Edited, of another version, with unknown drills, questions, answers or moments."""
    written(tmp_path, library)
    table = tomllib.loads(returned(tmp_path, library, "Anna").read_text(encoding="utf-8"))
    rest = {key: value for key, value in table.items() if key != "checksum"}
    row = rest["answer"][0]
    cases = {
        "edited": to_toml({**table, "clerk": "Bert"}),
        "of another version": sealed({**rest, "schema": "qiwizard/practice-results/9"}),
        "no drill": sealed({**rest, "answer": [{**row, "item": "x"}]}),
        "no such question": sealed({**rest, "answer": [{**row, "part": "x"}]}),
        "or answer": sealed({**rest, "answer": [{**row, "given": "x"}]}),
        "not a time": sealed({**rest, "answer": [{**row, "when": "now"}]}),
        "incomplete": sealed({**rest, "clerk": 5}),
        "answer 1": sealed({**rest, "answer": [5]}),
    }
    for said, content in cases.items():
        path = tmp_path / "results.toml"
        path.write_text(content, encoding="utf-8")
        assert run(["practice", "--report", str(path)]) == 2
        complaint = capsys.readouterr().err
        assert said in complaint
        assert len(complaint.splitlines()) == 1


# The table


def test_results_of_several_clerks_make_one_table(library: Library, tmp_path: Path) -> None:
    """By clerk, by doctrine and by question, with the usual mistakes, the hardest first."""
    path = written(tmp_path, library)
    files = [
        read_results(returned(tmp_path, library, "Anna"), library),
        read_results(returned(tmp_path, library, "Bert", wrong="answer"), library),
        read_results(returned(tmp_path, library, "Carl", wrong="answer", drills=3), library),
    ]
    found = report(library, files)
    items = read_set(path, library).items
    asked = sum(len(make(library, id_).parts) for id_ in items)
    assert [t.asked for t in found.by_clerk][:2] == [asked, asked]
    assert found.by_clerk[2].name == "Carl (3 of 4 drills)"
    assert found.by_clerk[0].share == 1
    assert sum(t.asked for t in found.by_doctrine) == sum(len(f.answers) for f in files)
    assert found.questions[0].part == "answer"
    assert found.questions[0].mistakes[0].clerks >= 1
    assert all(not q.mistakes for q in found.questions if q.part == "best")
    shown = text(found)
    assert all(cells_wide(line) <= 78 for line in shown.splitlines())
    assert re.search(r"\d x (It |Later )", shown)
    assert re.search(r"^Argue it 2: .+ v\. ", shown, re.MULTILINE)
    assert not re.search(r"^[A-Z][a-z ]+: .*\b(answer|best|outcome)\b", shown, re.MULTILINE)
    rows = list(csv.DictReader(io.StringIO(report_csv(found).removeprefix("\ufeff"))))
    assert {row["question"] for row in rows} >= {"best", "answer", "outcome"}
    table = tomllib.loads(report_toml(found))
    assert len(table["clerk"]) == 3


def test_a_clerk_counts_once(library: Library, tmp_path: Path) -> None:
    """The same results twice are refused."""
    written(tmp_path, library)
    found = read_results(returned(tmp_path, library, "Anna"), library)
    with pytest.raises(UserError, match="same clerk and set"):
        report(library, [found, found])


def test_from_instructor_to_clerks_and_back(tmp_path: Path) -> None:
    """The whole way on the command line."""
    made = run_piped(
        tmp_path, "practice", "--make-set", "--drills", "flip,spot", "--number", "2", "--seed", "3",
        "--output", "set.toml",
    )  # fmt: skip
    assert (made.status, made.out) == (0, "")
    assert "Written: set.toml" in made.err
    table = tomllib.loads((tmp_path / "set.toml").read_text(encoding="utf-8"))
    assert table["checksum"] == checksum(table)
    for clerk, given in (("Anna", "1\n1\n1\n1\n"), ("Bert", "2\n2\n"), ("Bert", "1\n1\n")):
        done = run_piped(
            tmp_path, "practice", "--plain", "--set", "set.toml", "--clerk", clerk,
            "--results", f"{clerk}.toml", stdin=given,
        )  # fmt: skip
        assert (done.status, done.err) == (0, "")
    told = run_piped(tmp_path, "practice", "--report", "Anna.toml", "Bert.toml")
    assert (told.status, told.err) == (0, "")
    assert "Anna  " in told.out
    assert "Bert  " in told.out
    again = run_piped(
        tmp_path, "practice", "--report", "Anna.toml", "--format", "csv", "--output", "set.toml"
    )
    assert again.status == 2
    assert "exists already" in again.complaints[0]


# For instructors


def test_a_set_names_its_drills_in_words(library: Library) -> None:
    """Beside the id, so that an instructor need not know it."""
    rows = tomllib.loads(made_set(library, SMALL))["item"]
    assert {row["drill"] for row in rows} == {"Predict the ruling", "Argue it"}


def test_a_comment_can_be_written_into_a_set(library: Library, tmp_path: Path) -> None:
    """It is no edit of the set, and the results of a set with comments count together."""
    path = written(tmp_path, library)
    plain = read_set(path, library)
    text_ = path.read_text(encoding="utf-8")
    path.write_text(text_.replace('comment = ""', 'comment = "Read Jiron."', 1), encoding="utf-8")
    told = read_set(path, library)
    assert told.comments == {told.items[0]: "Read Jiron."}
    assert told.checksum == plain.checksum
    path.write_text(text_.replace('comment = ""', "comment = 5", 1), encoding="utf-8")
    with pytest.raises(UserError, match="comment: permitted"):
        read_set(path, library)


KEYED = Wanted(drills=("predict", "find", "flip", "spot", "argue"), number=10, seed=3)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def word_paragraphs(path: Path) -> list[tuple[str, str, str]]:
    """Style, text and bold text of each paragraph of a Word document."""
    with ZipFile(path) as parts:
        body = ElementTree.fromstring(parts.read("word/document.xml"))
    found = []
    for paragraph in body.iter(f"{WORD}p"):
        style = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
        runs = [
            ("".join(t.text or "" for t in run.iter(f"{WORD}t")), run.find(f"{WORD}rPr/{WORD}b"))
            for run in paragraph.iter(f"{WORD}r")
        ]
        bold = "".join(text_ for text_, mark in runs if mark is not None)
        name = "" if style is None else style.get(f"{WORD}val", "")
        found.append((name, "".join(text_ for text_, _ in runs), bold))
    return found


def bare(line: str) -> str:
    """A line without its signs and its number."""
    return re.sub(r"^([#-]+ +|\d+\. +)*", "", re.sub(r"[\\*]", "", line))


def keyed(path: Path, output: str, *options: str) -> Path:
    """The answer key of a set as the command writes it."""
    to = path.with_name(output)
    assert run(["practice", "--key", str(path), "--output", str(to), *options]) == 0
    return to


def test_the_answer_key_marks_one_answer_of_each_question(library: Library, tmp_path: Path) -> None:
    """With the rule, the authority, the list that a question speaks of, and a comment."""
    path = written(tmp_path, library, KEYED)
    text_ = path.read_text(encoding="utf-8")
    path.write_text(text_.replace('comment = ""', 'comment = "Read *Jiron*."', 1), encoding="utf-8")
    key = keyed(path, "key.md").read_text(encoding="utf-8")
    items = [make(library, id_) for id_ in read_set(path, library).items]
    parts = [part for item in items for part in item.parts]
    assert key.count(" (correct)**") == len(parts)
    assert key.count("**Rule:**") == key.count("**Authority:**") == len(parts)
    assert "## 1\\. Predict the ruling" in key
    assert key.count("**Instructor:** Read \\*Jiron\\*.") == 1
    for part in parts:
        for option in part.right:
            assert f"**{escaped(option.label)} (correct)**" in key
        assert all(escaped(line) in key for line in part.setting.split("\n"))
    assert all(f"*{escaped(item.source.text.partition(',')[0])}*" in key for item in items)


def test_the_answer_key_sets_every_case_name_as_one(library: Library, tmp_path: Path) -> None:
    """Also one that a citation abbreviates."""
    path = written(
        tmp_path, library, Wanted(orders=("jl-v-nm-department-of-health-2015",), number=1)
    )
    key = keyed(path, "key.md").read_text(encoding="utf-8")
    assert key.count("*JL ex rel. Thompson v. N.M. Dep't of Health*") == 2


def test_the_answer_key_in_word_says_what_the_one_in_markdown_says(
    library: Library, tmp_path: Path
) -> None:
    """The ending chooses; titles, questions as headings, the right answers bold."""
    path = written(tmp_path, library, KEYED)
    in_word = word_paragraphs(keyed(path, "key.docx"))
    lines = keyed(path, "key.md").read_text(encoding="utf-8").splitlines()
    items = [make(library, id_) for id_ in read_set(path, library).items]
    asked = [part.asks for item in items for part in item.parts]
    assert in_word[0][:2] == ("Title", "Answer key")
    assert [t for style, t, _ in in_word if style == "Heading2"] == asked
    assert len([t for style, t, _ in in_word if style == "Heading1"]) == len(items)
    right = [bold for _, text_, bold in in_word if text_.endswith("(correct)")]
    assert len(right) == len(asked)
    assert all(bold.endswith("(correct)") for bold in right)
    told = [bare(line) for line in lines if line.strip("- ")]
    assert told == [bare(text_) for _, text_, _ in in_word]


def test_the_format_of_a_key_may_be_named(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--format` goes before the ending; without either it is Markdown, on standard output."""
    path = written(tmp_path, library)
    assert word_paragraphs(keyed(path, "key", "--format", "docx"))[0][1] == "Answer key"
    assert word_paragraphs(keyed(path, "key.order.docx"))[0][1] == "Answer key"
    assert keyed(path, "other.docx", "--format", "markdown").read_bytes()[:3] == b"# A"
    capsys.readouterr()
    assert run(["practice", "--key", str(path)]) == 0
    assert capsys.readouterr().out.startswith("# Answer key\n")


def test_a_key_that_cannot_be_written_is_told_in_a_line(
    library: Library,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another format, a terminal, a file that exists, no python-docx."""
    path = written(tmp_path, library)
    key = ["practice", "--key", str(path)]
    there = str(keyed(path, "key.docx"))
    before = Path(there).read_bytes()
    capsys.readouterr()
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setitem(sys.modules, "docx", None)
    for more, said in (
        (["--format", "pdf"], "--format: 'pdf' is not known; permitted: markdown, docx"),
        (["--output", there], NEEDED),
        (["--output", there, "--format", "markdown"], "exists already"),
    ):
        assert run([*key, *more]) == 2
        complaint = capsys.readouterr().err
        assert said in complaint
        assert len(complaint.splitlines()) == 1
    monkeypatch.undo()
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert run([*key, "--format", "docx"]) == 2
    assert "a Word document needs a file" in capsys.readouterr().err
    assert Path(there).read_bytes() == before


def test_the_format_of_a_report_follows_its_file(library: Library, tmp_path: Path) -> None:
    """As with a key: the ending, unless a format is named."""
    written(tmp_path, library)
    results = str(returned(tmp_path, library, "Anna"))
    for name, start in (("r.csv", "\ufeffdrill,"), ("r.toml", "schema"), ("r.txt", "Clerk ")):
        path = tmp_path / name
        assert run(["practice", "--report", results, "--output", str(path)]) == 0
        assert path.read_text(encoding="utf-8").startswith(start)


@pytest.mark.skipif(sys.platform == "win32", reason="no such file modes there")
def test_a_set_can_be_read_by_those_the_umask_admits(tmp_path: Path) -> None:
    """A set is handed out; it is not private as progress is."""
    before = os.umask(0o022)
    try:
        path = str(tmp_path / "set.toml")
        assert run(["practice", "--make-set", "--number", "2", "--output", path]) == 0
    finally:
        os.umask(before)
    assert (tmp_path / "set.toml").stat().st_mode & 0o777 == 0o644


def test_wide_names_and_names_that_differ_in_case(library: Library, tmp_path: Path) -> None:
    """Columns are counted in cells; one clerk under two spellings is hinted at."""
    written(tmp_path, library)
    names = ("Anna", "anna", "\u5c71\u7530\u592a\u90ce")
    files = [read_results(returned(tmp_path, library, name), library) for name in names]
    shown = text(report(library, files))
    assert "Anna, anna differ only in case" in shown
    rows = [line for line in shown.splitlines() if line.rstrip().endswith("100%")]
    assert {cells_wide(row) for row in rows[:3]} == {72}
    assert report_csv(report(library, files)).startswith("\ufeff")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--walk", "nobody"], "--walk: 'nobody' is not one of the five"),
        (["--drills", "fnd"], "did you mean find"),
        (["--drills", "find,,flip"], "empty place"),
        (["--circuits", "tens"], "--circuits"),
        (["--number", "0"], "permitted: 1 to 100"),
        (["--number", "many"], "whole number"),
        (["--clerk", ""], "--clerk"),
        (["--set", "nowhere.toml"], "nowhere.toml: cannot be read"),
        (["--set", "x", "--walk", "y"], "not allowed with"),
        (["--report", "nowhere.toml"], "cannot be read"),
        (["--make-set", "--seed", "-1"], "--seed"),
        (["--export", "progress.doc"], "permitted: .toml, .csv"),
    ],
)
def test_wrong_usage_is_told_in_a_line(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, one line."""
    assert run(["practice", "--plain", *arguments]) == 2
    complaint = capsys.readouterr().err
    assert said in complaint
    assert len(complaint.splitlines()) == 1
