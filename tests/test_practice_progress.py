"""What is kept of a clerk, when a drill comes again, how hard it is, and what was learnt."""

from __future__ import annotations

import csv
import io
import tomllib
from collections import Counter
from datetime import timedelta
from pathlib import Path

from practised import A_DRILL, NOW, after, answers

from qiwizard.law.library import Library
from qiwizard.practice.choose import IN_A_ROUND, level_reached, next_items
from qiwizard.practice.drills import DRILLS, catalogue, serves
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
from qiwizard.practice.progress import MOST_KEPT, PLACEMENT, Progress
from qiwizard.practice.schedule import due, due_times
from qiwizard.practice.sitting import Sitting
from qiwizard.practice.store import Store
from qiwizard.practice.tables import as_csv, as_toml, progress_lines
from qiwizard.reasoning.canons import Strength

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
