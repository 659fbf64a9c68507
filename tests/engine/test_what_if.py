"""What would change a ruling, and what each value of an unknown fact would make of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from postures import (
    SHIPPED,
    TODAY,
    VOCABULARY,
    Facts,
    days,
    library_of,
    may_be_asked,
    postures,
    values_of,
    with_orders,
)

from qiwizard.law.facts import FORUM, Value
from qiwizard.law.posture import Posture
from qiwizard.reasoning.replay import Case, cases
from qiwizard.reasoning.ruling import rule
from qiwizard.reasoning.what_if import Turn, changes, on_each_value, unknown_facts

ALL = 10**6
some = settings(max_examples=40)


def turned(posture: Posture, *turns: Turn) -> Posture:
    """The posture after some turns."""
    for turn in turns:
        posture = posture.stating(turn.fact, turn.after)
    return posture


def outcome(posture: Posture, day: date) -> str:
    """The outcome of the shipped library."""
    return rule(SHIPPED, posture, day).outcome


def possible(posture: Posture) -> set[tuple[str, Value]]:
    """Facts and values that are unknown, or that a party or the court can bring about."""
    found = set()
    for fact in VOCABULARY.facts:
        if fact.name in (*FORUM, "request"):
            continue
        before = posture.get(fact.name)
        for value in fact.values:
            if before is not None and value in fact.after(before):
                found.add((fact.name, value))
            implied = fact.name == "qi_asserted" and posture.asked("motion")
            unknown = posture.asked(fact.name) or (
                may_be_asked(fact, posture.known) and not implied
            )
            if before is None and unknown:
                found.add((fact.name, value))
    return found


@some
@given(posture=postures(), day=days())
def test_each_change_changes_the_outcome(posture: Posture, day: date) -> None:
    """With the facts changed, the same engine gives the ruling that is named."""
    present = rule(SHIPPED, posture, day)
    for change in changes(SHIPPED, posture, day):
        there = rule(SHIPPED, turned(posture, *change.turns), day)
        assert there.outcome != present.outcome
        assert there == change.ruling
        assert change.likelihood_before == present.likelihood[there.outcome]
        for turn in change.turns:
            assert turn.before == posture.get(turn.fact)
            assert turn.after != turn.before
            assert (turn.fact, turn.after) in possible(posture)


@some
@given(posture=postures(), day=days())
@example(posture=Posture.of({"circuit": "tenth", "request": "stay"}), day=TODAY)
def test_no_single_change_is_missing(posture: Posture, day: date) -> None:
    present = outcome(posture, day)
    named = {
        (change.turns[0].fact, change.turns[0].after)
        for change in changes(SHIPPED, posture, day, most=ALL)
        if len(change.turns) == 1
    }
    changing = {
        (name, value)
        for name, value in possible(posture)
        if outcome(posture.stating(name, value), day) != present
    }
    assert named == changing


@some
@given(posture=postures(), day=days())
def test_a_pair_is_named_only_where_no_single_change_is_enough(posture: Posture, day: date) -> None:
    present = outcome(posture, day)
    found = changes(SHIPPED, posture, day, most=ALL)
    assert len({len(change.turns) for change in found}) <= 1
    assert len({change.turns for change in found}) == len(found)
    for change in found:
        assert len({turn.fact for turn in change.turns}) == len(change.turns) <= 2
        if len(change.turns) == 2:
            assert all(outcome(turned(posture, turn), day) == present for turn in change.turns)


@some
@given(posture=postures(), day=days())
def test_unknown_facts_come_before_known_ones_then_the_likeliest(
    posture: Posture, day: date
) -> None:
    found = changes(SHIPPED, posture, day, most=ALL)
    places = [(sum(t.before is not None for t in c.turns), -c.ruling.share) for c in found]
    assert places == sorted(places)
    assert changes(SHIPPED, posture, day, most=3) == found[:3]


def test_another_kind_of_request_is_no_change() -> None:
    for request in values_of("request"):
        posture = Posture.of({"circuit": "tenth", "request": request, "motion": "pending"})
        named = {t.fact for c in changes(SHIPPED, posture, TODAY, most=ALL) for t in c.turns}
        assert not named & {"request", *FORUM}


TWO_NEEDED = with_orders(
    library_of(
        '{ id = "appeals", court = "10th Cir.", answer = "entitled", force = "requires", '
        "when = { opposed = false, own_records = true } }",
    )
)
"""A law in which two facts together require a stay, and no practice."""


def test_no_change_leads_back_in_the_case() -> None:
    """A motion that was denied is not pending again; one that is pending may be denied."""
    stages = VOCABULARY.by_name["motion"]
    assert stages.after("appeal") == ()
    assert stages.after("denied") == ("appeal",)
    assert stages.after("none") == ("pending", "denied", "appeal")
    for order in SHIPPED.orders:
        for change in changes(SHIPPED, Posture.of(order.facts), TODAY):
            for turn in change.turns:
                later = turn.before is None or turn.after in stages.after(turn.before)
                assert turn.fact != "motion" or later


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, {("opposed", None, False), ("own_records", None, True)}),
        ({"own_records": True}, {("opposed", None, False)}),
        ({"opposed": True, "own_records": True}, {("opposed", True, False)}),
    ],
)
def test_changes_in_a_law_of_two_facts(
    known: Facts, expected: set[tuple[str, Value | None, Value]]
) -> None:
    """What changes the outcome is exactly what the one requirement lacks."""
    posture = Posture.of({"circuit": "tenth", "request": "stay", **known})
    found = changes(TWO_NEEDED, posture, TODAY)
    assert [{(t.fact, t.before, t.after) for t in change.turns} for change in found] == [expected]


@pytest.mark.parametrize("case", [c for c in cases(SHIPPED) if c.landmark], ids=lambda c: c.id)
def test_each_of_the_five_opinions_could_have_come_out_otherwise(case: Case) -> None:
    assert changes(SHIPPED, Posture.of(case.facts), case.decided)


# Unknown facts


@some
@given(posture=postures(), day=days())
def test_each_unknown_fact_is_ruled_on_with_each_value(posture: Posture, day: date) -> None:
    present = rule(SHIPPED, posture, day)
    found = unknown_facts(SHIPPED, posture, day)
    assert tuple(fact.name for fact in found) == VOCABULARY.in_order(posture.open)
    for fact in found:
        led = {value: branch for branch in fact.branches for value in branch.values}
        differs = False
        for value, there in on_each_value(SHIPPED, posture, fact.name, day).items():
            assert there == rule(SHIPPED, posture.stating(fact.name, value), day)
            here = (there.outcome, there.strength)
            differs |= there.signature != present.signature
            if value in led:
                assert here == (led[value].outcome, led[value].strength)
            assert (value in led) is (here != (present.outcome, present.strength))
        assert fact.matters is differs


def test_an_unknown_forum_is_ruled_on_in_each() -> None:
    facts: Facts = {"request": "stay", "qi_asserted": True, "motion": "pending"}
    (circuit,) = unknown_facts(SHIPPED, Posture.of(facts, ["circuit"]), TODAY)
    assert circuit.matters
    rulings = on_each_value(SHIPPED, Posture.of(facts), "circuit", TODAY)
    assert list(rulings) == list(SHIPPED.courts.circuits)


def test_an_unknown_court_is_ruled_on_in_the_districts_of_its_circuit() -> None:
    facts: Facts = {"circuit": "eighth", "request": "stay", "motion": "promised"}
    rulings = on_each_value(SHIPPED, Posture.of(facts, ["court"]), "court", TODAY)
    assert list(rulings) == [district.id for district in SHIPPED.courts.of("eighth")]
