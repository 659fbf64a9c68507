"""The decided orders beside a posture: truly shared facts, nearest first, of both kinds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from postures import SHIPPED, TODAY, VOCABULARY, days, library_of, postures

from qiwizard.law.facts import Value
from qiwizard.law.library import FORUM
from qiwizard.law.posture import Posture
from qiwizard.law.precedent import DecidedOrder
from qiwizard.reasoning.replay import Case, cases
from qiwizard.reasoning.ruling import rule
from qiwizard.reasoning.similar import Near, closest

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
    """What is listed is known of both, outside the forum, and all of it is listed."""
    for near in closest(SHIPPED, posture, day, most=ALL):
        facts = without_forum(EVERY[near.id].facts)
        both = [name for name in posture.known if name in facts]
        same = [name for name in both if facts[name] == posture.known[name]]
        assert near.shared == VOCABULARY.in_order(same)
        assert near.differs == VOCABULARY.in_order(set(both) - set(same))
        assert near.shared


@some
@given(posture=postures(), day=days())
def test_orders_are_real_decided_by_the_day_and_tell_whether_they_agree(
    posture: Posture, day: date
) -> None:
    """Nothing later than the law asked about is shown, and each with what its court did."""
    outcome = rule(SHIPPED, posture, day).outcome
    for near in closest(SHIPPED, posture, day, most=ALL):
        case = EVERY[near.id]
        assert case.decided <= day
        assert near.outcome == case.outcome
        assert near.agrees == (case.outcome == outcome)
        assert near.court == case.facts.get("court", "")
        assert near.citation


@some
@given(posture=postures(), day=days())
def test_nearest_come_first_and_both_kinds_are_shown(posture: Posture, day: date) -> None:
    """The few shown are the nearest that agree and the nearest that do not, in one order."""
    everything = closest(SHIPPED, posture, day, most=ALL)
    assert list(everything) == sorted(everything, key=lambda near: (-near.score, near.id))
    for most in (1, 4, 6):
        shown = closest(SHIPPED, posture, day, most=most)
        assert len(shown) == min(most, len(everything))
        assert [near for near in everything if near in shown] == list(shown)
        for way in (True, False):
            kind = [near for near in everything if near.agrees is way]
            of_kind = [near for near in shown if near.agrees is way]
            assert of_kind == kind[: len(of_kind)]
            if most >= 4:
                assert len(of_kind) >= min(2, len(kind))


def found(near: tuple[Near, ...], id_: str) -> Near:
    """One order among those shown."""
    return next(n for n in near if n.id == id_)


@pytest.mark.parametrize("case", LANDMARKS, ids=lambda case: case.id)
def test_landmark_is_nearest_to_its_own_facts_unless_left_out(case: Case) -> None:
    """On the facts of an opinion it stands first; named in `without` it is not shown at all."""
    posture = Posture.of(case.facts)
    first = closest(SHIPPED, posture, TODAY)[0]
    assert first.id == case.id
    assert not first.differs
    assert set(first.shared) == without_forum(case.facts).keys()
    others = closest(SHIPPED, posture, TODAY, most=ALL, without=frozenset({case.id}))
    everything = closest(SHIPPED, posture, TODAY, most=ALL)
    assert others == tuple(near for near in everything if near.id != case.id)


@pytest.mark.parametrize("case", LANDMARKS, ids=lambda case: case.id)
def test_order_is_shown_from_its_day_on(case: Case) -> None:
    """An order of tomorrow is no example today."""
    posture = Posture.of(case.facts)
    eve = closest(SHIPPED, posture, case.decided - timedelta(days=1), most=ALL)
    assert case.id not in {near.id for near in eve}
    assert case.id in {near.id for near in closest(SHIPPED, posture, case.decided, most=ALL)}


SAME_LAW = library_of(
    '{ id = "rule", kind = "rule", holding = ['
    '{ key = "a", question = "baseline", answer = "open" }, '
    '{ key = "b", question = "opposition", when = { opposed = false }, answer = "as_asked" }] }'
)
"""A law that is the same everywhere and turns on one fact."""


@pytest.mark.parametrize("order", SAME_LAW.orders[::15], ids=lambda order: order.id)
def test_order_of_the_same_forum_is_nearer(order: DecidedOrder) -> None:
    """The circuit counts as one turning fact more, and the district as two on top of it."""
    facts = {**without_forum(order.facts), "opposed": True}

    def score(**forum: Value) -> int:
        posture = Posture.of({**facts, **forum})
        return found(closest(SAME_LAW, posture, TODAY, most=ALL), order.id).score

    circuit, court = order.facts["circuit"], order.facts["court"]
    assert score(circuit=circuit) == score() + 3
    assert score(circuit=circuit, court=court) == score() + 9
    other = "second" if circuit != "second" else "ninth"
    assert score(circuit=other) == score()


def test_turning_fact_counts_three_times_a_plain_one() -> None:
    """On a fact on which the law turns an order is nearer or farther by three, else by one."""
    order = next(o for o in SAME_LAW.orders if o.facts.get("opposed") is True)
    plain = next(n for n, v in without_forum(order.facts).items() if v is True and n != "opposed")

    def score(known: dict[str, Value]) -> int:
        near = closest(SAME_LAW, Posture.of(known), TODAY, most=ALL)
        return found(near, order.id).score

    shared: dict[str, Value] = {plain: True}
    assert score(shared) == 1
    assert score({**shared, "opposed": True}) == 4
    assert score({**shared, "opposed": False}) == -2


def test_nothing_known_is_near_to_nothing() -> None:
    """An order that shares no fact is not shown, be it of the same court."""
    assert closest(SHIPPED, Posture.of({"circuit": "tenth", "court": "D.N.M."}), TODAY) == ()
