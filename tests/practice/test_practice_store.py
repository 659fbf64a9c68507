"""The file of a clerk: read back, damaged, of another version, written by two runs."""

from __future__ import annotations

import json
import os
import re
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from practiced import A_DRILL, NOW, answers
from terminal import run_piped

from qiwizard.cli import run
from qiwizard.errors import UserError
from qiwizard.law.library import Library
from qiwizard.practice.progress import Progress, streak
from qiwizard.practice.sitting import record
from qiwizard.practice.store import Store


def test_progress_is_kept_and_read_back(library: Library, tmp_path: Path) -> None:
    """What is written is what is read, card and answer alike."""
    store = Store("Anna", tmp_path / "practice")
    assert store.load().progress == Progress("Anna")
    assert record(store, answers(library, A_DRILL)) == ""
    assert record(store, answers(library, A_DRILL, NOW + timedelta(days=3))) == ""
    kept = store.load()
    assert kept.said == ""
    assert len(kept.progress.answers) == 2
    assert kept.progress.answers[0] == answers(library, A_DRILL)[0]
    assert set(kept.progress.cards) == {A_DRILL}
    assert streak(kept.progress.answers) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no such file modes there")
def test_the_file_is_the_users_own(library: Library, tmp_path: Path) -> None:
    """Nobody else can read the file or enter the folder."""
    store = Store("Anna", tmp_path / "state" / "practice")
    record(store, answers(library, A_DRILL))
    assert store.path.stat().st_mode & 0o777 == 0o600
    assert store.path.parent.stat().st_mode & 0o777 == 0o700


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_name_leaves_the_folder_or_meets_another(one: str, other: str) -> None:
    """Whatever a clerk is called: one plain file in the folder, another for another name."""
    folder = Path("/nowhere/practice")
    stores = []
    for name in (one, other):
        with suppress(UserError):
            stores.append(Store(name, folder))
    for store in stores:
        assert store.path.parent == folder
        assert store.path.name.isascii()
        assert len(store.path.name) < 60
    if len(stores) == 2:
        assert (stores[0].path == stores[1].path) is (stores[0].clerk == stores[1].clerk)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..", "CON", "a\\b", "=1+1"])
def test_hostile_names_are_names_like_others(library: Library, tmp_path: Path, name: str) -> None:
    """Progress is kept under them, in the folder."""
    store = Store(name, tmp_path / "practice")
    record(store, answers(library, A_DRILL))
    assert store.load().progress.clerk == name
    assert {p.parent for p in tmp_path.rglob("*") if p.is_file()} == {tmp_path / "practice"}


@pytest.mark.parametrize("name", ["", "  ", "x" * 65, "a\x1b[31m", "a\nb", "\u202e"])
def test_names_that_will_not_do(name: str) -> None:
    """Nothing, too much, or what cannot be printed."""
    with pytest.raises(UserError, match=r"--clerk: .*permitted"):
        Store(name)


GOOD_CARD = {
    "card_id": 1,
    "state": 2,
    "step": None,
    "stability": 2.5,
    "difficulty": 2.5,
    "due": "2026-11-24T12:00:00+00:00",
    "last_review": "2026-11-22T12:00:00+00:00",
}


def damaged() -> list[str]:
    """Files that somebody or something has spoiled."""
    whole = {"schema": "qiwizard/practice/1", "clerk": "Anna", "answers": [], "cards": {}}
    tables: list[object] = [
        [],
        {},
        {**whole, "clerk": "Bert"},
        {**whole, "answers": {}},
        {**whole, "answers": [{}]},
        {**whole, "answers": [1]},
        {**whole, "cards": []},
        {**whole, "cards": {A_DRILL: {}}},
        *({**whole, "cards": {A_DRILL: {**GOOD_CARD, **bad}}} for bad in BAD_CARDS),
    ]
    return ["", "{", "\x00", "[" * 100_000, *map(json.dumps, tables)]


BAD_CARDS: list[dict[str, object]] = [
    {"due": "soon"},
    {"due": 5},
    {"last_review": "never"},
    {"stability": float("nan")},
    {"stability": -1},
    {"stability": "much"},
    {"difficulty": 1e9},
    {"state": 7},
    {"step": 4},
    {"card_id": None},
]


@pytest.mark.parametrize("number", range(len(damaged())))
def test_a_damaged_file_is_set_aside_and_that_is_said(
    library: Library, tmp_path: Path, number: int
) -> None:
    """It is not deleted; practice starts over, and goes on."""
    text = damaged()[number]
    store = Store("Anna", tmp_path)
    store.path.write_text(text, encoding="utf-8")
    said = record(store, answers(library, A_DRILL))
    aside = next(tmp_path.glob("*.damaged-*"))
    assert aside.read_text(encoding="utf-8") == text
    assert aside.name in said
    assert len(said.splitlines()) == 1
    kept = store.load()
    assert kept.said == ""
    assert len(kept.progress.answers) == 1


def test_a_file_that_is_no_text_is_set_aside(tmp_path: Path) -> None:
    """Bytes at random."""
    store = Store("Anna", tmp_path)
    store.path.write_bytes(os.urandom(200) + b"\xff")
    assert "set aside" in store.load().said
    assert len(list(tmp_path.glob("*.damaged-*"))) == 1


def test_a_file_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    """One line says so, and nothing is overwritten."""
    store = Store("Anna", tmp_path)
    text = json.dumps({"schema": "qiwizard/practice/2", "clerk": "Anna"})
    store.path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="another version"):
        store.load()
    assert store.path.read_text(encoding="utf-8") == text


def test_the_command_refuses_a_file_of_a_later_version(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is drawn: one line, exit 2."""
    store = Store("Anna")
    store.path.parent.mkdir(parents=True)
    store.path.write_text('{"schema": "qiwizard/practice/2"}', encoding="utf-8")
    assert run(["practice", "--plain", "--clerk", "Anna"]) == 2
    complaint = capsys.readouterr().err
    assert "another version" in complaint
    assert len(complaint.splitlines()) == 1


def test_a_file_that_cannot_be_written_is_told_and_practice_goes_on(
    library: Library, tmp_path: Path
) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "practice").write_text("", encoding="utf-8")
    said = record(Store("Anna", tmp_path / "practice"), answers(library, A_DRILL))
    assert said.startswith("Not saved: ")
    assert len(said.splitlines()) == 1


def test_two_runs_lose_nothing_of_each_other(library: Library, tmp_path: Path) -> None:
    """Each change is made to what is on the disk, and not to what was read at the start."""
    one, other = Store("Anna", tmp_path), Store("Anna", tmp_path)
    one.load()
    record(other, answers(library, A_DRILL))
    record(one, answers(library, "predict/jones-v-kansas"))
    assert one.load().progress.seen() == {A_DRILL, "predict/jones-v-kansas"}


def test_clerks_on_one_machine_stay_apart(tmp_path: Path, home: Path) -> None:
    """Each name has progress of its own; exports never overwrite unasked."""
    done = run_piped(
        tmp_path, "practice", "--plain", "--clerk", "Anna", "--drills", "flip", "--number", "1",
        stdin="9\n1\n", env={"HOME": str(home)},
    )  # fmt: skip
    assert (done.status, done.err) == (0, "")
    for clerk, wanted in (
        ("Anna", r"[01] of 1 questions correct"),
        ("anna", "Nothing has been practiced"),
        ("Bert", "Nothing has been practiced"),
    ):
        told = run_piped(tmp_path, "practice", "--progress", "--clerk", clerk)
        assert re.match(wanted, told.out)
    for _ in range(2):
        done = run_piped(tmp_path, "practice", "--export", "anna.csv", "--clerk", "Anna")
    assert done.status == 2
    assert "exists already" in done.complaints[0]
    assert len((tmp_path / "anna.csv").read_text(encoding="utf-8").splitlines()) == 2
