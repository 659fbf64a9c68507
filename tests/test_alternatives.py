"""Alternatives: the other outcomes that authority would carry, each with its own reason."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from postures import SHIPPED, TODAY, days, postures

from qiwizard.law.posture import Posture
from qiwizard.reasoning.canons import Strength
from qiwizard.reasoning.ruling import rule

OUTCOMES = frozenset(SHIPPED.outcomes)


@given(posture=postures(), day=days())
def test_alternatives_are_other_outcomes_each_once_and_with_authority(
    posture: Posture, day: date
) -> None:
    """No alternative repeats the ruling or another alternative, or comes without a source."""
    ruling = rule(SHIPPED, posture, day)
    outcomes = [alternative.outcome for alternative in ruling.alternatives]
    assert len({ruling.outcome, *outcomes}) == 1 + len(outcomes)
    assert set(outcomes) <= OUTCOMES
    for alternative in ruling.alternatives:
        assert alternative.authority, alternative.outcome
        assert alternative.because
    assert len({alternative.because for alternative in ruling.alternatives}) == len(outcomes)
    if ruling.strength is Strength.SETTLED:
        assert not outcomes


def test_an_alternative_says_what_carries_it_besides_the_rival_answer() -> None:
    """Where a stay of right would come only by way of how far it reaches, both are given."""
    facts: dict[str, bool | str] = {
        "court": "D. Mass.",
        "request": "stay",
        "qi_asserted": True,
        "individual_capacity": True,
        "motion": "pending",
        "motion_kind": "dismiss",
        "other_defendants": True,
    }
    ruling = rule(SHIPPED, Posture.of(facts), TODAY)
    reached = {a.outcome: a for a in ruling.alternatives}
    reach = SHIPPED.question["reach"].answers
    for outcome, answer in (("partial_stay", "movants"), ("stay", "everyone")):
        alternative = reached[outcome]
        assert alternative.question == "measure"
        assert alternative.because.endswith(reach[answer].conclusion)
        assert {p.holding.question for p in alternative.authority} == {"measure", "reach"}
