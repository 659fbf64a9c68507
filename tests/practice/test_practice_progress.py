"""What is kept of a clerk, when a drill comes again, how hard it is, and what was learnt."""

from __future__ import annotations

import csv
import io
import time
import tomllib
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from practiced import A_DRILL, NOW, after, answers

from qiwizard.law.library import Library
from qiwizard.practice.drills import DRILLS, catalogue, serves
from qiwizard.practice.items import Level, case_of
from qiwizard.practice.progress import (
    MOST_KEPT,
    PLACEMENT,
    Progress,
    Round,
    due,
    due_times,
    local_day,
)
from qiwizard.practice.report import as_csv, as_toml, progress_lines, review_words
from qiwizard.practice.selection import (
    DRILLS_IN_ONE,
    IN_A_ROUND,
    advice,
    begun,
    held_back,
    learning,
    level_reached,
    next_items,
    next_placement,
    placements,
)
from qiwizard.practice.sitting import Sitting, entries
from qiwizard.practice.store import Store

# Reviews


def test_a_drill_comes_again_later_each_time_it_is_recalled(library: Library) -> None:
    """The gaps grow; a wrong answer brings it back soon."""
    progress, when, gaps = Progress("a"), NOW, []
    for _ in range(4):
        progress = after(library, progress, A_DRILL, when)
        then = due_times(progress)[A_DRILL]
        gaps.append(then - when)
        when = then
    assert gaps == sorted(gaps)
    assert gaps[0] >= timedelta(days=1)
    progress = after(library, progress, A_DRILL, when, right=False)
    assert due_times(progress)[A_DRILL] - when < gaps[-1] / 4


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


def test_a_newcomer_gets_one_of_each_kind_and_the_basic_first(library: Library) -> None:
    """Five kinds in five drills, none of them above the basic level, no case twice."""
    chosen = next_items(library, Progress("a"), NOW, 5)
    assert len({case_of(id_) for id_ in chosen}) == 5
    assert Counter(id_.partition("/")[0] for id_ in chosen) == Counter(
        d.id for d in DRILLS.values() if d.mixed
    )
    assert {catalogue(library)[id_].level for id_ in chosen} == {Level.BASIC}


def test_levels_rise_with_right_answers_and_not_with_wrong_ones(library: Library) -> None:
    """From basic to advanced, by the answers at each level."""
    of_level = {
        level: [
            seed.id
            for seed in catalogue(library).values()
            if (seed.drill, seed.level) == ("find", level) and serves(library, seed.id)
        ]
        for level in Level
    }
    good, bad = Progress("a"), Progress("b")
    for id_ in of_level[Level.BASIC][:6]:
        good = after(library, good, id_)
        bad = after(library, bad, id_, right=False)
    assert level_reached(good.answers, "find") is Level.INTERMEDIATE
    assert level_reached(bad.answers, "find") is Level.BASIC
    for id_ in of_level[Level.INTERMEDIATE][:6]:
        good = after(library, good, id_)
    assert level_reached(good.answers, "find") is Level.ADVANCED
    chosen = next_items(library, good, NOW, 3, drills=("find",))
    assert {catalogue(library)[id_].level for id_ in chosen} == {Level.ADVANCED}


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
        placed = next_placement(library, progress)
        assert (placed.number, placed.done) == (number, ())
        items = placed.items
        rounds.append(items)
        for id_ in items:
            new = answers(library, id_, mode=PLACEMENT, round_=number)
            progress = progress.adding(new)
    shapes = [
        Counter((catalogue(library)[i].drill, catalogue(library)[i].level) for i in items)
        for items in rounds
    ]
    assert shapes[0] == shapes[1]
    assert len(set(rounds[0])) == DRILLS_IN_ONE
    assert not set(rounds[0]) & set(rounds[1])
    orders = [{case_of(id_) for id_ in items} for items in rounds]
    assert len(orders[0] & held_back(library)) >= len(orders[0]) - 2
    assert not orders[0] & orders[1]
    practiced = next_items(library, Progress("a"), NOW, 60)
    assert not {case_of(id_) for id_ in practiced} & held_back(library)


def test_learning_shows_as_a_figure(library: Library) -> None:
    """All wrong before, all right after: a hundred points, and the one rate in both."""
    progress = Progress("a")
    assert learning(progress) == ""
    for id_ in next_placement(library, progress).items:
        progress = progress.adding(answers(library, id_, right=False, mode=PLACEMENT, round_=1))
    assert "questions correct (0%)." in learning(progress)
    for id_ in next_placement(library, progress).items:
        progress = progress.adding(answers(library, id_, mode=PLACEMENT, round_=2))
    assert [placed.share for placed in placements(progress)] == [0, 1]
    assert "100 points higher" in learning(progress)
    assert "more than chance" in learning(progress)


def test_a_placement_left_in_the_middle_resumes(library: Library) -> None:
    """It counts for nothing until all its drills are done, and they stay the same ones."""
    planned = next_placement(library, Progress("a")).items
    progress = Progress("a")
    for id_ in planned[:3]:
        progress = progress.adding(answers(library, id_, mode=PLACEMENT, round_=1))
    placed = progress.answers
    practiced = next_items(library, progress, NOW, 1)[0]
    progress = progress.adding(answers(library, practiced))
    assert placements(progress) == ()
    assert learning(progress) == ""
    assert begun(progress) == planned[:3]
    assert next_placement(library, progress) == Round(planned, PLACEMENT, 1, done=placed)
    assert f"drill 4 of {DRILLS_IN_ONE}" in next(
        e.label for e in entries(progress, NOW) if e.id == PLACEMENT
    )
    for id_ in planned[3:]:
        progress = progress.adding(answers(library, id_, mode=PLACEMENT, round_=1))
    assert begun(progress) == ()
    assert next_placement(library, progress).done == ()
    assert [placed.share for placed in placements(progress)] == [1]


def test_a_placement_brings_no_reviews(library: Library, tmp_path: Path) -> None:
    """Its orders stay apart from practice."""
    sitting = Sitting(library, Store("Anna", tmp_path))
    round_ = sitting.placement()
    for part in round_.item(library).parts:
        round_ = round_.answering(part.options[0].id)
    sitting.keep(round_)
    progress, _ = sitting.progress()
    assert progress.answers
    assert not progress.cards


def test_only_so_many_answers_are_kept(library: Library) -> None:
    """The oldest fall away, so that the file stays small enough to be read."""
    few = answers(library, A_DRILL)
    progress = Progress("a", few * MOST_KEPT).adding(few)
    assert len(progress.answers) == MOST_KEPT


# Tables


def test_progress_leaves_as_toml_and_as_csv(library: Library) -> None:
    """Every answer, and figures by drill, doctrine, circuit and level; no formula in a cell."""
    progress = after(library, Progress("=1+1"), A_DRILL)
    table = tomllib.loads(as_toml(library, progress))
    assert table["clerk"] == "=1+1"
    assert len(table["answer"]) == 1
    assert table["drill"] == [{"name": "Predict the ruling", "asked": 1, "right": 1}]
    assert table["circuit"][0]["name"] == "Tenth Circuit"
    assert table["review"][0]["item"] == A_DRILL
    text = as_csv(progress)
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["part"] for row in rows] == ["outcome"]
    assert rows[0]["clerk"] == "'=1+1"
    assert rows[0]["right"] == "true"


def test_progress_for_the_eye(library: Library) -> None:
    """Before anything was done, and after: the rate, the next review, what to practice next."""
    assert progress_lines(library, Progress("a"), NOW) == ["Nothing has been practiced yet."]
    lines = progress_lines(library, after(library, Progress("a"), A_DRILL), NOW)
    assert lines[0] == "1 of 1 questions correct (100%)."
    assert lines[1].startswith("The next review is due on ")
    assert any("Tenth Circuit" in line for line in lines)
    assert any(line.startswith("Practice next: Find the authority") for line in lines)
    assert not any("settled" in line for line in lines)


def test_advice_names_where_least_was_right(library: Library) -> None:
    """Kinds that were never tried come first, then the lowest rate."""
    progress = Progress("a")
    for number, id_ in enumerate(next_items(library, progress, NOW, 6, ("spot",))):
        progress = progress.adding(answers(library, id_, right=number == 0))
    told = advice(library, progress)
    assert "Predict the ruling" in told
    assert "Spot the fact (1 of 6 correct)" in told


def test_reviews_are_due_by_the_local_day(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Late in the evening in Denver it is the next day in Greenwich, but not for the clerk."""
    monkeypatch.setenv("TZ", "America/Denver")
    time.tzset()
    try:
        evening = datetime(2026, 11, 23, 3, tzinfo=UTC)
        progress = after(library, Progress("a"), A_DRILL, evening, right=False)
        moment = due_times(progress)[A_DRILL]
        assert local_day(evening) == date(2026, 11, 22)
        assert local_day(moment) < moment.date()
        morning = datetime(moment.year, moment.month, moment.day, 14, tzinfo=UTC) - timedelta(1)
        assert due(progress, morning) == (A_DRILL,)
        assert review_words(progress, morning) == "1 drill is due for review today."
    finally:
        monkeypatch.undo()
        time.tzset()
