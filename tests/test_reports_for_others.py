"""Progress and reports in the hands of others: spreadsheets, clerks of any name."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path

import pytest
from practised import A_DRILL, answers
from terminal import run_piped
from test_practice_sets import returned, worked

from qiwizard.law.library import Library
from qiwizard.practice.report import report, text
from qiwizard.practice.results import ResultsFile, read_results
from qiwizard.practice.sets import Wanted, made_set, read_set
from qiwizard.practice.sitting import record
from qiwizard.practice.store import Store
from qiwizard.text import cells, fitted

MARK = b"\xef\xbb\xbf"
CLERKS = ("Anna", "山田太郎", "Zoe\u0301", "김", "Ａｎｎａ", "山田太郎" * 15)


def practised(folder: Path, library: Library, clerk: str) -> None:
    """A clerk with some progress."""
    assert record(Store(clerk, folder / "practice"), answers(library, A_DRILL)) == ""


# Spreadsheets


def test_csv_in_a_file_says_its_encoding(state: Path, tmp_path: Path, library: Library) -> None:
    """Progress and report; on standard output it is for other programs, and does not."""
    practised(state, library, "clerk")
    put = (tmp_path / "set.toml").write_text
    put(made_set(library, Wanted(drills=("predict",), number=2)), encoding="utf-8")
    results = returned(tmp_path, library, "Müller")
    run_piped(tmp_path, "practice", "--export", "progress.csv")
    report = ("practice", "--report", results, "--format", "csv")
    run_piped(tmp_path, *report, "--output", "report.csv")
    printed = run_piped(tmp_path, *report).out
    assert not printed.startswith("\ufeff")
    for name in ("progress.csv", "report.csv"):
        written = (tmp_path / name).read_bytes()
        assert written.startswith(MARK)
        assert written.count(MARK) == 1
        rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"))))
        assert rows
        assert "\ufeff" not in "".join(rows[0])
    assert (tmp_path / "report.csv").read_text(encoding="utf-8-sig") == printed


# Columns


@pytest.mark.parametrize("clerk", CLERKS)
def test_a_report_is_aligned_whatever_a_clerk_is_called(
    clerk: str, tmp_path: Path, library: Library
) -> None:
    """Every row of figures ends in the same column, as a terminal counts."""
    put = (tmp_path / "set.toml").write_text
    put(made_set(library, Wanted(drills=("predict",), number=2)), encoding="utf-8")
    practice_set = read_set(tmp_path / "set.toml", library)
    path = tmp_path / "results.toml"
    ResultsFile(path, practice_set, clerk, library).write(worked(library, practice_set))
    lines = text(report(library, [read_results(path, library)])).splitlines()
    figures = [line for line in lines if line.endswith(("%", "share"))]
    assert len(figures) > 3
    assert {cells(line) for line in figures} == {76}


@pytest.mark.parametrize("name", CLERKS)
@pytest.mark.parametrize("tail", [0, 3])
def test_a_text_is_fitted_into_columns(name: str, tail: int) -> None:
    """Neither wider nor narrower, and whole where there is room."""
    for width in (4, 8, 20, 53):
        shown = fitted(name, width, tail=tail)
        assert cells(shown) == width
        whole = shown.rstrip() == name
        assert whole == (cells(name) <= width)
        if tail and not whole and not unicodedata.combining(name[-1]):
            assert shown.rstrip().endswith(name[-1])


# Names


@pytest.mark.parametrize("typed", ["ada", "ADA", "Adá", "Adaa"])
def test_another_spelling_of_a_clerk_is_hinted_at(
    typed: str, state: Path, tmp_path: Path, library: Library
) -> None:
    """Where there is no progress of the name typed, and some of one like it."""
    practised(state, library, "Ada")
    done = run_piped(tmp_path, "practice", "--progress", "--clerk", typed)
    assert done.out == "Nothing has been practised yet.\n"
    assert done.complaints == ["Did you mean --clerk 'Ada'? It has progress."]
    assert run_piped(tmp_path, "practice", "--progress", "--clerk", "Ada").err == ""
    assert run_piped(tmp_path, "practice", "--progress", "--clerk", "Bert").err == ""
