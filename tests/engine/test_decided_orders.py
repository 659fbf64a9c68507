"""The decided orders nearest to a posture: truly shared facts, nearest first, of both kinds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from postures import (
    SHIPPED,
    TODAY,
    VOCABULARY,
    Facts,
    days,
    decided_order,
    library_of,
    postures,
    with_orders,
)

from qiwizard.law.facts import FORUM, Value
from qiwizard.law.posture import Posture
from qiwizard.reasoning.decided_orders import OF_EACH_KIND, closest
from qiwizard.reasoning.replay import Case, cases
from qiwizard.reasoning.ruling import rule

ALL = 10**6
EVERY = {case.id: case for case in cases(SHIPPED)}
LANDMARKS = [case for case in EVERY.values() if case.landmark]
some = settings(max_examples=60)


def without_forum(facts: Mapping[str, Value]) -> dict[str, Value]:
    """The facts that do not name the forum."""
    return {name: value for name, value in facts.items() if name not in FORUM}


@some
@given(posture=postures(), day=days())
def test_every_listed_fact_is_truly_shared_or_different(posture: Posture, day: date) -> None:
    for near in closest(SHIPPED, posture, day, most=ALL):
        facts = without_forum(EVERY[near.case.id].facts)
        both = [name for name in posture.known if name in facts]
        same = [name for name in both if facts[name] == posture.known[name]]
        assert near.shared == VOCABULARY.in_order(same)
        assert near.differs == VOCABULARY.in_order(set(both) - set(same))
        assert near.shared


@some
@given(posture=postures(), day=days())
def test_orders_are_real_decided_by_the_day_and_say_whether_they_agree(
    posture: Posture, day: date
) -> None:
    outcome = rule(SHIPPED, posture, day).outcome
    for near in closest(SHIPPED, posture, day, most=ALL):
        case = EVERY[near.case.id]
        assert case.decided <= day
        assert near.case.outcome == case.outcome
        assert near.agrees == (case.outcome == outcome)
        assert near.case.citation


@some
@given(posture=postures(), day=days())
def test_nearest_come_first_and_both_kinds_are_shown(posture: Posture, day: date) -> None:
    everything = closest(SHIPPED, posture, day, most=ALL)
    assert list(everything) == sorted(everything, key=lambda near: (-near.score, near.case.id))
    for most in (1, 4, 6):
        shown = closest(SHIPPED, posture, day, most=most)
        assert len(shown) == min(most, len(everything))
        assert [near for near in everything if near in shown] == list(shown)
        for way in (True, False):
            kind = [near for near in everything if near.agrees is way]
            of_kind = [near for near in shown if near.agrees is way]
            assert of_kind == kind[: len(of_kind)]
            if most >= 2 * OF_EACH_KIND:
                assert len(of_kind) >= min(OF_EACH_KIND, len(kind))


@pytest.mark.parametrize("case", LANDMARKS, ids=lambda case: case.id)
def test_an_opinion_is_nearest_to_its_own_facts_unless_left_out(case: Case) -> None:
    posture = Posture.of(case.facts)
    everything = closest(SHIPPED, posture, TODAY, most=ALL)
    assert everything[0].case.id == case.id
    assert not everything[0].differs
    assert set(everything[0].shared) == without_forum(case.facts).keys()
    others = closest(SHIPPED, posture, TODAY, most=ALL, without=frozenset({case.id}))
    assert others == tuple(near for near in everything if near.case.id != case.id)


@pytest.mark.parametrize("case", LANDMARKS, ids=lambda case: case.id)
def test_an_order_is_shown_from_its_day_on(case: Case) -> None:
    posture = Posture.of(case.facts)
    eve = closest(SHIPPED, posture, case.decided - timedelta(days=1), most=ALL)
    assert case.id not in {near.case.id for near in eve}
    assert case.id in {near.case.id for near in closest(SHIPPED, posture, case.decided, most=ALL)}


ONE = with_orders(
    library_of(),
    [decided_order(1, "stay", facts={"motion": "pending", "answer_filed": True})],
)
"""One order of the District of New Mexico, with a fact that bears on practice and one that does
not."""


def score(**known: Value) -> int | None:
    """How near the one order is; None if it is not shown."""
    found = closest(ONE, Posture.of(known), TODAY)
    return found[0].score if found else None


def test_a_fact_that_bears_on_a_counted_question_counts_three_times() -> None:
    assert score(answer_filed=True) == 1
    assert score(answer_filed=True, motion="pending") == 4
    assert score(answer_filed=True, motion="none") == -2
    assert score(answer_filed=False, motion="pending") == 2
    assert score(answer_filed=True, pro_se=True) == 1


def test_the_same_circuit_and_the_same_district_are_nearer() -> None:
    plain: Facts = {"motion": "pending"}
    assert score(**plain) == 3
    assert score(**plain, circuit="tenth") == 6
    assert score(**plain, circuit="tenth", court="D.N.M.") == 12
    assert score(**plain, circuit="ninth") == 3


def test_an_order_that_shares_no_fact_is_not_shown() -> None:
    assert score(circuit="tenth", court="D.N.M.") is None
    assert score(motion="none") is None
