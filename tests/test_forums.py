"""What the shipped library makes of some postures, forum by forum, where the sources are plain."""

from __future__ import annotations

from datetime import date

import pytest
from postures import SHIPPED, TODAY

from qiwizard.law.facts import Value
from qiwizard.law.posture import Posture
from qiwizard.reasoning.canons import Strength
from qiwizard.reasoning.ruling import Ruling, rule

ON_MOTION: dict[str, Value] = {
    "request": "stay",
    "opposed": True,
    "rule_26f_held": True,
    "individual_capacity": True,
    "qi_asserted": True,
    "motion": "pending",
}
TO_DISMISS: dict[str, Value] = {**ON_MOTION, "motion_kind": "dismiss"}
FOR_JUDGMENT: dict[str, Value] = {**ON_MOTION, "motion_kind": "summary_judgment"}


def ruled(court: str, facts: dict[str, Value], **more: Value) -> Ruling:
    """The ruling of a district on some facts today."""
    return rule(SHIPPED, Posture.of({"court": court, **facts, **more}), TODAY)


def test_that_dismissal_is_uncommon_is_no_holding_against_a_stay() -> None:
    """Alvarado says nothing of discovery, so it cannot turn what Landstrom says of it."""
    measure = ruled("W.D. Wis.", TO_DISMISS).finding("measure")
    assert measure is not None
    assert measure.answer == "good_cause"
    assert measure.weighing.leading[0].holding.precedent.id == "landstrom-v-dcfs"


def test_the_automatic_stay_of_mississippi_does_not_shrink_to_what_was_asked() -> None:
    """The local rule stops all discovery on filing; elsewhere in the circuit the request counts."""
    asked: dict[str, Value] = {**TO_DISMISS, "stay_scope": "own", "other_defendants": True}
    for court in ("N.D. Miss.", "S.D. Miss."):
        ruling = ruled(court, asked)
        assert (ruling.outcome, ruling.strength) == ("stay", Strength.SETTLED)
    assert ruled("W.D. La.", asked).outcome == "partial_stay"


def test_that_no_facts_are_needed_does_not_bring_a_stay_where_stays_are_disfavoured() -> None:
    """A motion on the complaint needs no facts as a rule; that alone turns nothing in D. Colo."""
    needless = ruled("D. Colo.", TO_DISMISS, facts_needed=False)
    assert needless.outcome == ruled("D. Colo.", TO_DISMISS).outcome == "no_stay"


def test_wide_discretion_does_not_outweigh_a_look_at_the_merits() -> None:
    """Little leaves discovery to the judge; in D. Nev. the judge looks at the motion first."""
    weak = ruled("D. Nev.", TO_DISMISS, motion_strength="weak", facts_needed=False)
    assert weak.outcome == "no_stay"
    assert "stay" in {alternative.outcome for alternative in weak.alternatives}


@pytest.mark.parametrize("court", ["S.D.N.Y.", "E.D. Pa.", "D. Md.", "W.D. La.", "D.D.C."])
def test_an_inadequate_showing_earns_no_discovery_before_judgment(court: str) -> None:
    """Rule 56(d) asks for specific reasons, though the ruling could use facts."""
    ruling = ruled(court, FOR_JUDGMENT, facts_needed=True, rule_56d="inadequate")
    assert ruling.outcome == "stay"
    assert any("not put off for discovery under Rule 56(d)" in term for term in ruling.terms)


def test_only_if_is_not_a_promise() -> None:
    """Everson names a condition of discovery first, for rare cases: it settles none."""
    for known in (
        {**TO_DISMISS, "facts_needed": True, "narrow_request": True},
        {**FOR_JUDGMENT, "facts_needed": True, "rule_56d": "adequate"},
    ):
        ruling = ruled("W.D. Mich.", known)
        assert (ruling.outcome, ruling.strength) == ("limited_discovery", Strength.LEANING)
        assert "stay" in {alternative.outcome for alternative in ruling.alternatives}


@pytest.mark.parametrize("stage", ["denied", "appeal", "granted"])
@pytest.mark.parametrize("court", ["D. Vt.", "W.D. La."])
def test_once_the_threshold_question_is_answered_the_plea_is_no_rival(
    court: str, stage: str
) -> None:
    """What Crawford-El and Schultea say of a pleaded defense is said of one not yet ruled on."""
    trigger = ruled(court, ON_MOTION, motion=stage).finding("trigger")
    assert trigger is not None
    assert "enough" not in {p.holding.answer for p in trigger.authority_against}


def test_a_plan_that_parties_agreed_on_does_not_speak_where_none_was() -> None:
    """Kelsey rests on an agreed plan of discovery, which no fact of a posture states."""
    facts = ruled("N.D. Ga.", FOR_JUDGMENT, facts_needed=True).finding("facts")
    assert facts is not None
    assert "kelsey-v-withers" not in {p.holding.precedent.id for p in facts.weighing.leading}


WEAK_LOOK = [
    ("S.D.N.Y.", "atkinson-v-goord-aug-28"),
    ("D. Vt.", "chesney-v-valley-stream"),
    ("D. Nev.", "tradebay-v-ebay"),
    ("N.D. Ga.", "davison-v-nicolou"),
]


@pytest.mark.parametrize(("court", "authority"), WEAK_LOOK)
def test_a_weak_motion_fails_the_test_that_the_circuit_leaves_to_the_judge(
    court: str, authority: str
) -> None:
    """That a stay lies in discretion and how a first look turns it are two questions."""
    plain, weak = ruled(court, TO_DISMISS), ruled(court, TO_DISMISS, motion_strength="weak")
    assert plain.outcome == "stay"
    assert (weak.outcome, weak.strength) == ("no_stay", Strength.LEANING)
    look = weak.finding("first_look")
    assert look is not None
    assert authority in {p.holding.precedent.id for p in look.weighing.leading}


def test_no_look_is_taken_where_the_stay_is_of_right() -> None:
    """In D.N.M. the filed motion is enough, however it looks."""
    ruling = ruled("D.N.M.", TO_DISMISS, motion_strength="weak")
    assert ruling.finding("first_look") is None
    assert ruling.outcome == "stay"


def test_judges_of_one_district_who_start_from_two_lines_leave_it_contested() -> None:
    """M.D. Fla.: immunity first, or a stay for a motion to dismiss as the exception."""
    ruling = ruled("M.D. Fla.", TO_DISMISS)
    assert ruling.strength is Strength.CONTESTED
    assert {ruling.outcome, *(a.outcome for a in ruling.alternatives)} == {"stay", "no_stay"}


def test_a_division_over_terms_leaves_the_outcome_leaning() -> None:
    """Rome spares entities and, apart from them, injunctive claims: both are a partial stay."""
    facts: dict[str, Value] = {**TO_DISMISS, "other_defendants": True, "injunctive_claims": True}
    day = date(2008, 1, 2)
    ruling = rule(SHIPPED, Posture.of({"court": "D.N.M.", **facts}), day)
    reach = ruling.finding("reach")
    assert reach is not None
    assert reach.strength is Strength.CONTESTED
    assert (ruling.outcome, ruling.strength) == ("partial_stay", Strength.LEANING)


@pytest.mark.parametrize("court", ["D.N.M.", "D. Kan.", "E.D. Tenn.", "D.D.C."])
def test_who_asks_for_himself_is_not_given_a_stay_of_everything(court: str) -> None:
    """Orders that stayed everybody had been asked to; Rule 26(c)(1) protects the one who moves."""
    more: dict[str, Value] = {"other_defendants": True, "disposes_of_case": False}
    assert ruled(court, TO_DISMISS, stay_scope="blanket", **more).outcome == "stay"
    assert ruled(court, TO_DISMISS, stay_scope="own", **more).outcome == "partial_stay"


@pytest.mark.parametrize("court", ["D. Mass.", "D. Colo."])
def test_a_showing_that_discovery_is_needed_does_not_confine_discovery(court: str) -> None:
    """Where the stay is refused anyway, an adequate Rule 56(d) showing earns no less than that."""
    refused = ruled(court, FOR_JUDGMENT)
    shown = ruled(court, FOR_JUDGMENT, rule_56d="adequate")
    assert (refused.outcome, shown.outcome) == ("no_stay", "no_stay")
    assert not any("the rest waits" in term for term in shown.terms)
    assert ruled("E.D. Va.", FOR_JUDGMENT, rule_56d="adequate").outcome == "limited_discovery"
