"""What is kept of a clerk, when a drill comes again, how hard it is, and what was learnt."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import tomllib
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from terminal import run_piped

from qiwizard.cli import run
from qiwizard.errors import UserError
from qiwizard.law.library import Library
from qiwizard.practice.choose import IN_A_ROUND, level_reached, next_items
from qiwizard.practice.drills import DRILLS, catalogue, make, serves
from qiwizard.practice.items import case_of
from qiwizard.practice.menu import entries
from qiwizard.practice.placement import (
    begun,
    begun_items,
    held_back,
    learning,
    next_round,
    placement_items,
    placements,
)
from qiwizard.practice.progress import (
    MOST_KEPT,
    PLACEMENT,
    PRACTICE,
    Answered,
    Progress,
    answered,
    streak,
)
from qiwizard.practice.schedule import due, due_days, reviewed
from qiwizard.practice.sitting import Sitting, record
from qiwizard.practice.store import Store
from qiwizard.practice.tables import as_csv, as_toml, progress_lines
from qiwizard.reasoning.canons import Strength

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
A_DRILL = "predict/lucero-v-clovis"


def answers(
    library: Library,
    id_: str,
    when: datetime = NOW,
    *,
    right: bool = True,
    mode: str = PRACTICE,
    round_: int = 0,
) -> tuple[Answered, ...]:
    """A drill answered, all of it right or all of it wrong."""
    item = make(library, id_)
    found = []
    for part in item.parts:
        given_ = next(o.id for o in part.options if (o.id in part.accepted) is right)
        found.append(answered(item, part, given_, when, mode, round_))
    return tuple(found)


def after(
    library: Library, progress: Progress, id_: str, when: datetime = NOW, *, right: bool = True
) -> Progress:
    """The progress after one more drill."""
    new = answers(library, id_, when, right=right)
    return progress.adding(new, reviewed(progress, id_, new, when))


# Reviews


def test_a_drill_comes_again_later_each_time_it_is_recalled(library: Library) -> None:
    """The gaps grow; a wrong answer brings it back soon."""
    progress, when, gaps = Progress("a"), NOW, []
    for _ in range(4):
        progress = after(library, progress, A_DRILL, when)
        then = due_days(progress)[A_DRILL]
        gaps.append(then - when)
        when = then
    assert gaps == sorted(gaps)
    assert gaps[0] >= timedelta(days=1)
    progress = after(library, progress, A_DRILL, when, right=False)
    assert due_days(progress)[A_DRILL] - when < gaps[-1] / 4


def test_what_is_due_is_told_the_longest_overdue_first(library: Library) -> None:
    """Nothing is due on the day itself; all of it is in the end."""
    first, second = A_DRILL, "predict/jones-v-kansas"
    progress = after(library, Progress("a"), first)
    progress = after(library, progress, second, NOW + timedelta(hours=1))
    assert due(progress, NOW) == ()
    assert due(progress, NOW + timedelta(days=40)) == (first, second)


def test_reviews_come_before_new_drills(library: Library) -> None:
    """A round takes up what is due, and fills up with what is new."""
    progress = after(library, Progress("a"), A_DRILL, right=False)
    later = NOW + timedelta(days=9)
    chosen = next_items(library, progress, later)
    assert chosen[0] == A_DRILL
    assert len(chosen) == len(set(chosen)) == IN_A_ROUND


# Choice and level


def test_a_newcomer_gets_one_of_each_kind_and_the_settled_first(library: Library) -> None:
    """Four kinds in four drills, none of them harder than settled law."""
    chosen = next_items(library, Progress("a"), NOW, 4)
    assert Counter(id_.partition("/")[0] for id_ in chosen) == Counter(
        d.id for d in DRILLS.values() if d.mixed
    )
    assert {catalogue(library)[id_].level for id_ in chosen} == {Strength.SETTLED}


def test_levels_rise_with_right_answers_and_not_with_wrong_ones(library: Library) -> None:
    """From settled to leaning to contested, by the answers at each level."""
    of_level = {
        level: [
            seed.id
            for seed in catalogue(library).values()
            if (seed.drill, seed.level) == ("find", level) and serves(library, seed.id)
        ]
        for level in Strength
    }
    good, bad = Progress("a"), Progress("b")
    for id_ in of_level[Strength.SETTLED][:6]:
        good = after(library, good, id_)
        bad = after(library, bad, id_, right=False)
    assert level_reached(good.answers, "find") is Strength.LEANING
    assert level_reached(bad.answers, "find") is Strength.SETTLED
    for id_ in of_level[Strength.LEANING][:6]:
        good = after(library, good, id_)
    assert level_reached(good.answers, "find") is Strength.CONTESTED
    chosen = next_items(library, good, NOW, 3, drills=("find",))
    assert {catalogue(library)[id_].level for id_ in chosen} == {Strength.CONTESTED}


def test_a_round_keeps_to_kinds_and_circuits(library: Library) -> None:
    """What was asked for, and nothing else."""
    for id_ in next_items(library, Progress("a"), NOW, 5, ("flip", "find"), ("ninth",)):
        seed = catalogue(library)[id_]
        assert seed.drill in ("flip", "find")
        assert seed.circuit == "ninth"


# Placements


def test_placements_are_alike_and_never_repeat_or_meet_practice(library: Library) -> None:
    """Two placements: kinds and levels the same, no drill twice, orders kept from practice."""
    progress = Progress("a")
    rounds = []
    for number in (1, 2):
        assert next_round(progress) == number
        items = placement_items(library, progress)
        rounds.append(items)
        for id_ in items:
            new = answers(library, id_, mode=PLACEMENT, round_=number)
            progress = progress.adding(new, {})
    shapes = [
        Counter((catalogue(library)[i].drill, catalogue(library)[i].level) for i in items)
        for items in rounds
    ]
    assert shapes[0] == shapes[1]
    assert len(set(rounds[0])) == 8
    assert not set(rounds[0]) & set(rounds[1])
    orders = [{case_of(id_) for id_ in items} for items in rounds]
    assert orders[0] <= held_back(library)
    assert not orders[0] & orders[1]
    practised = next_items(library, Progress("a"), NOW, 60)
    assert not {case_of(id_) for id_ in practised} & held_back(library)


def test_learning_shows_as_a_figure(library: Library) -> None:
    """All wrong before, all right after: a hundred points."""
    progress = Progress("a")
    assert learning(progress) == ""
    for id_ in placement_items(library, progress):
        progress = progress.adding(answers(library, id_, right=False, mode=PLACEMENT, round_=1), {})
    assert learning(progress).startswith("Placement 1: 0%.")
    for id_ in placement_items(library, progress):
        progress = progress.adding(answers(library, id_, mode=PLACEMENT, round_=2), {})
    assert [placed.score for placed in placements(progress)] == [0, 1]
    assert "Gain: 100 points" in learning(progress)
    assert "more than chance" in learning(progress)


def test_a_placement_left_in_the_middle_is_gone_on_with(library: Library) -> None:
    """It counts for nothing until all its drills are done, and they stay the same ones."""
    planned = placement_items(library, Progress("a"))
    progress = Progress("a")
    for id_ in planned[:3]:
        progress = progress.adding(answers(library, id_, mode=PLACEMENT, round_=1), {})
    practised = next_items(library, progress, NOW, 1)[0]
    progress = progress.adding(answers(library, practised), {})
    assert placements(progress) == ()
    assert learning(progress) == ""
    assert begun(progress) == planned[:3]
    assert begun_items(library, progress) == planned
    assert "drill 4 of 8" in next(e.label for e in entries(progress, NOW) if e.id == PLACEMENT)
    for id_ in planned[3:]:
        progress = progress.adding(answers(library, id_, mode=PLACEMENT, round_=1), {})
    assert begun(progress) == begun_items(library, progress) == ()
    assert [placed.score for placed in placements(progress)] == [1]


# The file


def test_progress_is_kept_and_read_back(library: Library, tmp_path: Path) -> None:
    """What is written is what is read, card and answer alike."""
    store = Store("Anna", tmp_path / "practice")
    assert store.load().progress == Progress("Anna")
    assert record(store, answers(library, A_DRILL)) == ""
    assert record(store, answers(library, A_DRILL, NOW + timedelta(days=3))) == ""
    kept = store.load()
    assert kept.said == ""
    assert len(kept.progress.answers) == 4
    assert kept.progress.answers[0] == answers(library, A_DRILL)[0]
    assert set(kept.progress.cards) == {A_DRILL}
    assert streak(kept.progress.answers) == 4


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
    """It is not deleted; practice begins anew, and goes on."""
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
    assert len(kept.progress.answers) == 2


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


def test_a_placement_brings_no_reviews(library: Library, tmp_path: Path) -> None:
    """Its orders stay apart from practice."""
    sitting = Sitting(library, Store("Anna", tmp_path))
    round_ = sitting.placement()
    for part in round_.item(library).parts:
        round_ = round_.answering(part.options[0].id)
    sitting.finish(round_)
    progress, _ = sitting.progress()
    assert progress.answers
    assert not progress.cards


def test_a_file_that_cannot_be_written_is_told_and_practice_goes_on(
    library: Library, tmp_path: Path
) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "practice").write_text("", encoding="utf-8")
    said = record(Store("Anna", tmp_path / "practice"), answers(library, A_DRILL))
    assert said.startswith("Not kept: ")
    assert len(said.splitlines()) == 1


def test_two_runs_lose_nothing_of_each_other(library: Library, tmp_path: Path) -> None:
    """Each change is made to what is on the disk, and not to what was read at the start."""
    one, other = Store("Anna", tmp_path), Store("Anna", tmp_path)
    one.load()
    record(other, answers(library, A_DRILL))
    record(one, answers(library, "predict/jones-v-kansas"))
    assert one.load().progress.seen() == {A_DRILL, "predict/jones-v-kansas"}


def test_only_so_many_answers_are_kept(library: Library) -> None:
    """The oldest fall away, so that the file stays small enough to be read."""
    few = answers(library, A_DRILL)
    progress = Progress("a", few * (MOST_KEPT // 2)).adding(few, {})
    assert len(progress.answers) == MOST_KEPT


# Tables


def test_progress_leaves_as_toml_and_as_csv(library: Library) -> None:
    """Every answer, and figures by drill, doctrine, circuit and level; no formula in a cell."""
    progress = after(library, Progress("=1+1"), A_DRILL)
    table = tomllib.loads(as_toml(library, progress))
    assert table["clerk"] == "=1+1"
    assert len(table["answer"]) == 2
    assert table["drill"] == [{"name": "Predict the ruling", "asked": 2, "right": 2}]
    assert table["circuit"][0]["name"] == "Tenth Circuit"
    assert table["review"][0]["item"] == A_DRILL
    rows = list(csv.DictReader(io.StringIO(as_csv(progress))))
    assert [row["part"] for row in rows] == ["outcome", "strength"]
    assert rows[0]["clerk"] == "'=1+1"
    assert rows[0]["right"] == "true"


def test_progress_for_the_eye(library: Library) -> None:
    """Before anything was done, and after."""
    assert progress_lines(library, Progress("a"), NOW) == ["Nothing has been practised yet."]
    lines = progress_lines(library, after(library, Progress("a"), A_DRILL), NOW)
    assert lines[0].startswith("2 questions answered")
    assert any("Tenth Circuit" in line for line in lines)


def test_clerks_on_one_machine_stay_apart(tmp_path: Path, home: Path) -> None:
    """Each name has progress of its own; exports never overwrite unasked."""
    done = run_piped(
        tmp_path, "practice", "--plain", "--clerk", "Anna", "--drills", "flip", "--number", "1",
        stdin="1\n", env={"HOME": str(home)},
    )  # fmt: skip
    assert (done.status, done.err) == (0, "")
    for clerk, wanted in (("Anna", "1 question answered"), ("Bert", "Nothing has been practised")):
        told = run_piped(tmp_path, "practice", "--progress", "--clerk", clerk)
        assert told.out.startswith(wanted)
    for _ in range(2):
        done = run_piped(tmp_path, "practice", "--export", "anna.csv", "--clerk", "Anna")
    assert done.status == 2
    assert "exists already" in done.complaints[0]
    assert len((tmp_path / "anna.csv").read_text(encoding="utf-8").splitlines()) == 2
