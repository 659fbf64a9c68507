"""What would change a ruling: every change named flips it, and none that flips is left out."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from postures import PLAIN_FACTS, SHIPPED, TODAY, VOCABULARY, days, library_of, postures, values_of

from qiwizard.law.facts import Value
from qiwizard.law.library import FORUM
from qiwizard.law.posture import Posture
from qiwizard.reasoning.changes import Change, Turn, changes
from qiwizard.reasoning.replay import Case, cases
from qiwizard.reasoning.ruling import Ruling, rule

ALL = 10**6
some = settings(max_examples=40)


def turned(posture: Posture, *turns: Turn) -> Posture:
    """The posture with facts stated as the turns end."""
    for turn in turns:
        posture = posture.stating(turn.fact, turn.after)
    return posture


def ruled(posture: Posture, day: date) -> Ruling:
    """The ruling of the shipped library."""
    return rule(SHIPPED, posture, day)


@some
@given(posture=postures(), day=days())
def test_each_change_flips_the_outcome_when_ruled_on(posture: Posture, day: date) -> None:
    """The facts changed, and the court ruling again, the outcome is the other one named."""
    present = ruled(posture, day).outcome
    for change in changes(SHIPPED, posture, day):
        there = ruled(turned(posture, *change.turns), day)
        assert there.outcome != present
        assert there == change.ruling
        for turn in change.turns:
            assert turn.before == posture.get(turn.fact)
            assert turn.after != turn.before
            assert turn.after in values_of(turn.fact)
            assert turn.fact not in FORUM


@some
@given(posture=postures(), day=days())
def test_no_pair_contains_a_change_that_flips_alone(posture: Posture, day: date) -> None:
    """Changes are the smallest: of a pair neither half is enough, and both are different facts."""
    present = ruled(posture, day).outcome
    found = changes(SHIPPED, posture, day, most=ALL)
    assert len({change.turns for change in found}) == len(found)
    for change in found:
        assert len(change.turns) in (1, 2)
        assert len({turn.fact for turn in change.turns}) == len(change.turns)
        if len(change.turns) > 1:
            for turn in change.turns:
                assert ruled(turned(posture, turn), day).outcome == present, turn


@some
@given(posture=postures(), day=days())
def test_no_single_change_that_flips_is_missing(posture: Posture, day: date) -> None:
    """Every other value of every fact outside the forum is either named or flips nothing."""
    present = ruled(posture, day).outcome
    named = {
        (change.turns[0].fact, change.turns[0].after)
        for change in changes(SHIPPED, posture, day, most=ALL)
        if len(change.turns) == 1
    }
    flipping = {
        (name, value)
        for name in PLAIN_FACTS
        for value in values_of(name)
        if ruled(posture.stating(name, value), day).outcome != present
    }
    assert named == flipping


def in_play(posture: Posture, change: Change) -> tuple[int, int]:
    """How a change ranks: how many facts, then open ones before unasked before known ones."""
    standing = {True: 0, False: 1}
    return len(change.turns), sum(
        2 if turn.fact in posture.known else standing[turn.fact in posture.open]
        for turn in change.turns
    )


@some
@given(posture=postures(), day=days())
def test_changes_come_smallest_first_and_open_facts_before_others(
    posture: Posture, day: date
) -> None:
    """Among equals they stand in the order of the interview, and the first ones are kept."""
    found = changes(SHIPPED, posture, day, most=ALL)
    places = [
        (*in_play(posture, change), [VOCABULARY.position(turn.fact) for turn in change.turns])
        for change in found
    ]
    assert places == sorted(places)
    assert changes(SHIPPED, posture, day, most=3) == found[:3]


TWO_NEEDED = library_of(
    '{ id = "rule", kind = "rule", question = "baseline", answer = "open" }',
    '{ id = "appeals", court = "10th Cir.", question = "opposition", answer = "as_asked", '
    "when = { opposed = false, pro_se = true } }",
)
"""A law in which two facts together bring a stay."""


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, [{("opposed", None, False), ("pro_se", None, True)}]),
        ({"pro_se": True}, [{("opposed", None, False)}]),
        ({"opposed": True, "pro_se": True}, [{("opposed", True, False)}]),
        (
            {"opposed": False, "pro_se": True},
            [{("opposed", False, True)}, {("pro_se", True, False)}],
        ),
    ],
)
def test_changes_in_a_law_of_two_facts(
    known: dict[str, Value], expected: list[set[tuple[str, Value | None, Value]]]
) -> None:
    """What flips the outcome is exactly what the one exception needs or lacks."""
    posture = Posture.of({"circuit": "tenth", **known})
    found = changes(TWO_NEEDED, posture, TODAY)
    assert [{(t.fact, t.before, t.after) for t in change.turns} for change in found] == expected


def test_open_fact_comes_before_one_not_asked_and_one_known() -> None:
    """Of two single changes that flip, the one that may yet turn out so stands first."""
    library = library_of(
        '{ id = "rule", kind = "rule", question = "baseline", answer = "open" }',
        '{ id = "a", kind = "rule", question = "opposition", answer = "as_asked", '
        "when = { opposed = false } }",
        '{ id = "b", kind = "rule", question = "opposition", answer = "as_asked", '
        "when = { own_records = true } }",
    )
    for known, still_open, order in (
        ({}, {"own_records"}, ["own_records", "opposed"]),
        ({"opposed": True}, set[str](), ["own_records", "opposed"]),
        ({}, set[str](), ["opposed", "own_records"]),
    ):
        found = changes(library, Posture.of(known, still_open), TODAY)
        assert [turn.fact for change in found for turn in change.turns] == order


@pytest.mark.parametrize("case", [c for c in cases(SHIPPED) if c.landmark], ids=lambda c: c.id)
def test_each_landmark_could_have_come_out_otherwise(case: Case) -> None:
    """One fact would turn each of the five opinions, and two that which rests on two bars."""
    found = changes(SHIPPED, Posture.of(case.facts), case.decided)
    assert len(found[0].turns) == (2 if case.id == "jones-v-kansas" else 1)
