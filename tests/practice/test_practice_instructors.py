"""What an instructor gets: the table of all results, answer keys, and reports."""

from __future__ import annotations

import csv
import io
import os
import re
import sys
import tomllib
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from handed_out import SMALL, returned, written
from terminal import run_piped

from qiwizard.cli import run
from qiwizard.errors import UserError
from qiwizard.law.library import Library
from qiwizard.practice.drills import make
from qiwizard.practice.report import cells_wide, report, report_csv, report_toml, text
from qiwizard.practice.sets import (
    Wanted,
    checksum,
    made_set,
    read_results,
    read_set,
)
from qiwizard.reports.as_markdown import escaped
from qiwizard.reports.as_word import NEEDED

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
    assert all(f"*{escaped(item.subject.source.text.partition(',')[0])}*" in key for item in items)


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
        (["--output", str(tmp_path / "key.pdf")], "no format for '.pdf'; permitted: .md, .docx"),
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
