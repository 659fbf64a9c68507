"""One posture under the law of several forums and days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from postures import COURTS, SHIPPED, TODAY, Facts, days, library_of, postures, with_orders

from qiwizard.law.posture import Posture
from qiwizard.reasoning.forums import (
    NOT_REACHED,
    SILENT,
    Forum,
    all_forums,
    compare,
    differences,
    district,
    forums_named,
    own_forum,
)
from qiwizard.reasoning.ruling import rule

some = settings(max_examples=40)
BEFORE, AFTER = date(2022, 11, 29), date(2022, 11, 30)
"""The day before Carswell, and its day."""
BUTLER: Facts = {
    "circuit": "fifth",
    "court": "S.D. Tex.",
    "request": "both",
    "qi_asserted": True,
    "motion": "pending",
    "motion_kind": "dismiss",
    "specific_facts": True,
    "facts_needed": True,
}
"""Facts on which the careful procedure applied until a motion to dismiss barred it."""


@some
@given(posture=postures(), day=days())
def test_every_column_is_the_ruling_of_the_engine(posture: Posture, day: date) -> None:
    """Each forum once, ruled on as it would be by itself."""
    comparison = compare(SHIPPED, posture, all_forums(SHIPPED, posture, day))
    places = [(column.forum.circuit, column.forum.court) for column in comparison.columns]
    assert len(set(places)) == len(places) >= len(COURTS.circuits)
    assert {circuit for circuit, _ in places} >= COURTS.circuits.keys()
    assert comparison.columns[0].forum.over(posture).known.items() >= posture.known.items()
    for column in comparison.columns:
        assert column.ruling == rule(SHIPPED, column.forum.over(posture), day)
        assert column.deciding in column.ruling.findings
        answer = column.deciding.question.answers[column.deciding.answer]
        assert answer.outcome == column.ruling.outcome


@some
@given(posture=postures(), day=days())
def test_disagreements_are_told_by_who_answers_what(posture: Posture, day: date) -> None:
    comparison = compare(SHIPPED, posture, all_forums(SHIPPED, posture, day))
    split = {disagreement.question.id for disagreement in comparison.disagreements}
    for disagreement in comparison.disagreements:
        told = [c for side in disagreement.sides for c in side.columns]
        assert sorted(map(id, told)) == sorted(map(id, comparison.columns))
        assert len({side.answer for side in disagreement.sides}) == len(disagreement.sides) > 1
        for side in disagreement.sides:
            for column in side.columns:
                finding = column.ruling.finding(disagreement.question.id)
                assert (finding.answer if finding else None) == side.answer
                assert column.absence(disagreement.question.id) in (NOT_REACHED, SILENT)
    for shade in comparison.shades:
        assert shade.question.id not in split
        findings = [c.ruling.finding(shade.question.id) for c in comparison.columns]
        assert {f.answer for f in findings if f} == {side.answer for side in shade.sides}
        assert len({f.strength for f in findings if f}) > 1


@some
@given(posture=postures(), day=days())
def test_differences_are_the_same_from_both_sides(posture: Posture, day: date) -> None:
    one, *_, other = compare(SHIPPED, posture, all_forums(SHIPPED, posture, day)).columns
    assert differences(SHIPPED, one.ruling, one.ruling) == ()
    there = differences(SHIPPED, one.ruling, other.ruling)
    back = differences(SHIPPED, other.ruling, one.ruling)
    assert [d.question for d in there] == [d.question for d in back]
    assert [(d.one, d.other) for d in there] == [(d.other, d.one) for d in back]
    if one.ruling.outcome != other.ruling.outcome:
        assert not there[0].in_strength_only


def test_carswell_changes_the_ruling_from_its_day() -> None:
    posture = Posture.of(BUTLER)
    comparison = compare(SHIPPED, posture, forums_named(SHIPPED, posture, [BEFORE, AFTER]))
    then, now = comparison.columns
    assert (then.ruling.outcome, now.ruling.outcome) == ("limited_discovery", "stay")
    assert comparison.set_aside is None
    split = {d.question.id for d in differences(SHIPPED, then.ruling, now.ruling)}
    assert "limits" in split
    limits = now.ruling.finding("limits")
    assert limits is not None
    assert "carswell-v-camp" in {a.holding.precedent.id for a in limits.authority_for}


def test_a_binding_decision_changes_only_its_own_circuit() -> None:
    library = with_orders(
        library_of('{ id = "one", court = "5th Cir.", answer = "entitled", force = "requires" }')
    )
    posture = Posture.of({"request": "stay", "qi_asserted": True, "motion": "pending"})
    comparison = compare(library, posture, all_forums(library, posture, TODAY))
    outcomes = {c.forum.circuit: c.ruling.outcome for c in comparison.columns}
    assert outcomes.pop("fifth") != "no_stay"
    assert set(outcomes.values()) == {"no_stay"}
    (disagreement,) = comparison.disagreements[:1]
    assert disagreement.question.id == "protection"


def test_the_court_stated_is_set_aside_elsewhere() -> None:
    posture = Posture.of({"circuit": "tenth", "court": "D.N.M.", "motion": "pending"})
    comparison = compare(SHIPPED, posture, [district(SHIPPED, "D. Colo.", TODAY)])
    assert comparison.set_aside == "D.N.M."
    (column,) = comparison.columns
    assert column.forum.over(posture).get("court") == "D. Colo."


def test_a_question_without_authority_is_told_from_one_not_reached() -> None:
    library = library_of(
        '{ id = "late", court = "10th Cir.", question = "trigger", answer = "filed", '
        "decided = 2010-01-01 }"
    )
    forums = [Forum(date(2009, 1, 1), "tenth"), Forum(date(2011, 1, 1), "tenth")]
    then, now = compare(library, Posture(), forums).columns
    assert then.ruling.finding("trigger") is None
    assert then.absence("trigger") == SILENT
    assert "trigger" in now.addressed


def test_forums_and_days_combine() -> None:
    """Named forums on every day; one by itself is beside the stated one; none means all."""
    posture = Posture.of({"circuit": "tenth", "court": "D.N.M."})
    two = forums_named(SHIPPED, posture, [BEFORE, AFTER], ["fifth"], ["D. Colo."])
    assert [(f.as_of, f.circuit, f.court) for f in two] == [
        (day, *where)
        for day in (BEFORE, AFTER)
        for where in (("fifth", None), ("tenth", "D. Colo."))
    ]
    own, fifth = forums_named(SHIPPED, posture, [TODAY], ["fifth"])
    assert own == own_forum(SHIPPED, posture, TODAY)
    assert fifth == Forum(TODAY, "fifth")
    assert len(forums_named(SHIPPED, posture, [TODAY])) == 13
    assert [f.stated for f in forums_named(SHIPPED, posture, [BEFORE, AFTER])] == [True, True]
    assert own_forum(SHIPPED, Posture.of({"court": "D. Kan."}), TODAY).circuit == "tenth"


@pytest.mark.parametrize("circuit", COURTS.circuits)
def test_a_stated_circuit_is_not_listed_twice(circuit: str) -> None:
    forums = all_forums(SHIPPED, Posture.of({"circuit": circuit}), TODAY)
    assert len(forums) == len(COURTS.circuits)
    assert forums[0] == Forum(TODAY, circuit, stated=True)
