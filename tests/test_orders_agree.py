"""An order must not take back in one term what it gives in another."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from postures import SHIPPED, TODAY, Facts, days, postures

from qiwizard.law.posture import Posture
from qiwizard.reasoning.ruling import Ruling, rule

Answered = tuple[str, str]

DISCOVERY_WAITS: tuple[Answered, ...] = (
    ("standing_stay", "stands"),
    ("measure", "of_right"),
    ("measure", "good_cause"),
    ("divestiture", "all"),
    ("reach", "everyone"),
    ("motions", "denied"),
    ("motions", "denied_without_prejudice"),
    ("filing_date", "by_date"),
)
"""Answers whose terms hold all discovery back."""
A_PART_GOES_ON: tuple[Answered, ...] = (
    ("reach", "movants"),
    ("reach", "claims"),
    ("motions_in_part", "in_part"),
    ("standing_stay", "lifted_in_part"),
)
NOTHING_WAITS: tuple[Answered, ...] = (
    ("trigger", "premature"),
    ("timeliness", "costs"),
    ("measure", "disfavoured"),
    ("reach", "blanket_refused"),
    ("facts", "open_discovery"),
    ("divestiture", "none"),
)


def terms_of(*answers: Answered) -> set[str]:
    """The terms that these answers add to an order."""
    return {
        term
        for question, answer in answers
        for term in SHIPPED.question[question].answers[answer].terms
    }


FOREIGN = {
    "no_stay": terms_of(*DISCOVERY_WAITS, *A_PART_GOES_ON),
    "stay": terms_of(*A_PART_GOES_ON, *NOTHING_WAITS, ("witness", "yes"), ("witness", "no")),
    "limited_discovery": terms_of(
        ("standing_stay", "stands"),
        ("measure", "of_right"),
        ("measure", "good_cause"),
        *NOTHING_WAITS,
        ("witness", "yes"),
        ("witness", "no"),
    ),
    "partial_stay": terms_of(
        ("motions", "denied"), ("motions", "denied_without_prejudice"), *NOTHING_WAITS
    ),
}
"""By outcome: the terms that an order of that outcome cannot have."""


def at_odds(ruling: Ruling) -> set[str]:
    """The terms of a ruling that do not fit its outcome."""
    return FOREIGN[ruling.outcome] & set(ruling.terms)


@settings(max_examples=600)
@given(posture=postures(), day=days())
def test_every_term_fits_the_outcome(posture: Posture, day: date) -> None:
    """Whatever the posture, the forum and the day."""
    assert not at_odds(rule(SHIPPED, posture, day))


@settings(max_examples=600)
@given(posture=postures(), day=days())
@example(
    posture=Posture.of(
        {"circuit": "first", "motion": "pending", "motion_kind": "dismiss", "specific_facts": False}
    ),
    day=TODAY,
)
def test_no_discovery_before_the_ruling_is_no_ground_to_refuse_a_stay(
    posture: Posture, day: date
) -> None:
    """Unless others go on whatever becomes of immunity; after a refusal nothing waits for it."""
    ruling = rule(SHIPPED, posture, day)
    answers = {finding.question.id: finding.answer for finding in ruling.findings}
    if answers.get("facts") == "none_allowed":
        assert ruling.outcome != "no_stay" or answers["reach"] == "blanket_refused"
        assert answers["trigger"] != "rejected"


COMPEL: Facts = {
    "qi_asserted": True,
    "individual_capacity": True,
    "opposed": True,
    "request": "compel",
}


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        (
            {"court": "D. Minn.", "motion": "pending", "other_defendants": True}
            | {"discovery_target": "others", "rule_26f_held": True},
            "partial_stay",
        ),
        ({"court": "D.N.M.", "stay_in_effect": True, "motion": "denied"}, "no_stay"),
        (
            {"court": "D. Mass.", "request": "stay", "motion": "pending"}
            | {"motion_kind": "summary_judgment", "rule_56d": "inadequate"},
            "no_stay",
        ),
    ],
    ids=["others go on", "the stay has run out", "refused in spite of a poor showing"],
)
def test_orders_that_grant_and_refuse(facts: Facts, outcome: str) -> None:
    """A request is granted for what goes on, and no further; an old stay ends with the ruling."""
    court = SHIPPED.courts.circuit_of(str(facts["court"]))
    ruling = rule(SHIPPED, Posture.of({**COMPEL, **facts, "circuit": str(court)}), TODAY)
    assert ruling.outcome == outcome
    assert not at_odds(ruling)
    if outcome == "partial_stay":
        assert terms_of(("motions_in_part", "in_part")) <= set(ruling.terms)


def test_nothing_is_settled_without_a_motion() -> None:
    """No circuit is said to stay discovery beyond doubt on a defense that no motion has raised."""
    for circuit in SHIPPED.courts.circuits:
        known: Facts = {
            "circuit": circuit,
            "qi_asserted": True,
            "request": "stay",
            "motion": "none",
        }
        ruling = rule(SHIPPED, Posture.of({**known, "opposed": True}), TODAY)
        assert not (ruling.outcome == "stay" and ruling.strength.word == "settled"), circuit
        if ruling.outcome == "stay":
            assert any("filed by a date" in term for term in ruling.terms), circuit
