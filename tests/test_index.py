"""The index of conditions: the same holdings speak as when each is asked by itself."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from postures import SHIPPED, days, postures

from qiwizard.law.condition import Condition
from qiwizard.law.forum import law_for
from qiwizard.law.index import Index
from qiwizard.law.posture import Posture


@given(postures(), days())
def test_those_speak_whose_conditions_are_met(posture: Posture, day: date) -> None:
    """Question by question, in order of rank, and none whose limits the posture meets."""
    law = law_for(SHIPPED, posture, day)
    bits = SHIPPED.vocabulary.bits(posture.known)
    parted = law.by_question(law.speaking(bits))
    found = {question.id: law.among(speaking) for question, speaking in parted}
    singly = {
        question.id: tuple(p for p in law.on(question.id) if p.applies(bits))
        for question in SHIPPED.questions
    }
    assert found == {question: placed for question, placed in singly.items() if placed}


def test_no_conditions_and_conditions_that_need_nothing() -> None:
    """An index of none meets none; a condition without facts is always met."""
    vocabulary = SHIPPED.vocabulary
    assert Index([], vocabulary).met(0) == 0
    always = Condition.of({}, vocabulary)
    pending = Condition.of({"motion": "pending"}, vocabulary)
    index = Index([pending, always], vocabulary)
    assert index.met(0) == 0b10
    assert index.met(vocabulary.bits({"motion": "pending"})) == 0b11
    assert index.met(vocabulary.bits({"motion": "none"})) == 0b10
