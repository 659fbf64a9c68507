"""Conditions: when they are met, which is narrower, and the index that asks them all at once."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from postures import PLAIN_FACTS, SHIPPED, VOCABULARY, days, postures, values_of

from qiwizard.law.facts import Condition, Value
from qiwizard.law.forum import Index, law_for
from qiwizard.law.posture import Posture


def condition(**when: Value | list[Value]) -> Condition:
    """A condition over the shipped facts."""
    return Condition.of(when, VOCABULARY)


def met(posture: Posture, **when: Value | list[Value]) -> bool:
    """Whether a posture meets a condition."""
    return condition(**when).met(VOCABULARY.bits(posture.known))


def test_a_condition_needs_a_known_fact() -> None:
    """Not asked and unknown are neither yes nor no."""
    unasked = Posture.of({"motion": "pending"})
    unknown = unasked.leaving_open("opposed")
    for value in (True, False):
        assert not met(unasked, opposed=value)
        assert not met(unknown, opposed=value)
        assert met(unasked.stating("opposed", value), opposed=value)
        assert not met(unasked.stating("opposed", not value), opposed=value)


def test_one_of_several_values_is_enough_and_every_fact_is_needed() -> None:
    posture = Posture.of({"motion": "pending", "opposed": True})
    assert met(posture, motion=["none", "pending"])
    assert not met(posture, motion=["none", "promised"])
    assert met(posture, motion=["none", "pending"], opposed=True)
    assert not met(posture, motion=["none", "pending"], opposed=False)
    assert met(posture)


@pytest.mark.parametrize(
    ("one", "other", "narrower"),
    [
        ({"motion": "pending"}, {}, True),
        ({"motion": "pending", "opposed": True}, {"motion": "pending"}, True),
        ({"motion": "pending"}, {"motion": ["pending", "none"]}, True),
        ({"motion": "pending"}, {"motion": "pending"}, False),
        ({"motion": "pending"}, {"opposed": True}, False),
        ({"motion": ["pending", "none"], "opposed": True}, {"motion": "pending"}, False),
        ({"motion": "none"}, {"motion": "pending"}, False),
    ],
)
def test_the_narrower_of_two_implies_the_other_and_not_the_reverse(
    one: dict[str, Value | list[Value]], other: dict[str, Value | list[Value]], narrower: bool
) -> None:
    assert condition(**one).narrower_than(condition(**other)) is narrower
    assert not condition(**other).narrower_than(condition(**one)) or not narrower


@given(posture=postures(), names=st.sets(st.sampled_from(PLAIN_FACTS), max_size=4), data=st.data())
def test_a_narrower_condition_is_met_by_fewer_postures(
    posture: Posture, names: set[str], data: st.DataObject
) -> None:
    wide: dict[str, Value | list[Value]] = {
        name: list(data.draw(st.sets(st.sampled_from(values_of(name)), min_size=1)))
        for name in sorted(names)
    }
    narrow = {
        name: values[0] if isinstance(values, list) else values for name, values in wide.items()
    }
    if met(posture, **narrow):
        assert met(posture, **wide)
    assert condition(**narrow).implies(condition(**wide))


@given(postures(), days())
def test_the_index_finds_the_holdings_whose_conditions_are_met(posture: Posture, day: date) -> None:
    """Question by question, in order of rank, without those that an exception or limit bars."""
    law = law_for(SHIPPED, posture, day)
    bits = VOCABULARY.bits(posture.known)
    singly = {
        question.id: tuple(
            a for a in law.on(question.id) if a.holding.when.met(bits) and a.within_limits(bits)
        )
        for question in SHIPPED.questions
    }
    found = law.applying(bits)
    assert found == {question: those for question, those in singly.items() if those}
    for those in found.values():
        assert [a.rank for a in those] == sorted((a.rank for a in those), reverse=True)


def test_an_index_of_nothing_and_conditions_that_need_nothing() -> None:
    assert Index([], VOCABULARY).met(0) == 0
    index = Index([condition(motion="pending"), condition()], VOCABULARY)
    assert index.met(0) == 0b10
    assert index.met(VOCABULARY.bits({"motion": "pending"})) == 0b11
    assert index.met(VOCABULARY.bits({"motion": "none"})) == 0b10


def test_exceptions_of_one_fact_and_of_several_bar_a_condition() -> None:
    exceptions = [[condition(opposed=False)], [condition(opposed=False, pro_se=True)]]
    index = Index([condition(), condition()], VOCABULARY, exceptions)
    assert index.met(0) == 0b11
    assert index.met(VOCABULARY.bits({"opposed": False})) == 0b10
    assert index.met(VOCABULARY.bits({"opposed": False, "pro_se": True})) == 0b00
    assert index.met(VOCABULARY.bits({"opposed": True, "pro_se": True})) == 0b11
