"""The shipped library: what its files promise to those who read them and to those who count."""

from __future__ import annotations

from collections import Counter

import pytest
from postures import COURTS, SHIPPED, VOCABULARY

from qiwizard.law.courts import SUPREME_COURT
from qiwizard.law.facts import FORUM
from qiwizard.law.precedent import Force, Holding, Kind, Verified

CONTRACT = (
    *("circuit", "court", "request", "opposed", "pro_se", "prisoner", "answer_filed"),
    *("qi_asserted", "other_immunity", "other_immunity_kind", "motion", "motion_kind"),
    *("motion_delayed", "motion_strength", "disposes_of_case", "appeal_on_law"),
    *("certified_frivolous", "individual_capacity", "injunctive_claims", "other_defendants"),
    *("claims_overlap", "stay_scope", "discovery_target", "specific_facts", "facts_needed"),
    *("narrow_request", "rule_56d", "personal_knowledge", "own_records", "stay_in_effect"),
    *("rule_26f_held", "discovery_underway"),
)


def test_the_facts_are_those_of_the_exported_files() -> None:
    assert set(VOCABULARY.by_name) == set(CONTRACT)
    values = {name: set(VOCABULARY.by_name[name].values) for name in CONTRACT}
    assert values["request"] == {"stay", "compel", "both", "none"}
    assert values["motion"] == {"none", "promised", "pending", "denied", "granted", "appeal"}
    assert values["motion_kind"] == {"dismiss", "summary_judgment"}
    assert values["rule_56d"] == {"none", "adequate", "inadequate"}
    assert values["stay_scope"] == {"blanket", "own"}
    assert values["discovery_target"] == {"qi_defendants", "others", "all"}
    assert values["other_immunity_kind"] == {
        *("absolute", "legislative", "eleventh_amendment", "sovereign", "contractor", "state_law")
    }
    assert values["opposed"] == {True, False}


def test_the_courts() -> None:
    assert next(iter(COURTS.circuits)) == "first"
    assert len(COURTS.circuits) == 12
    assert len(COURTS.districts) == 94
    assert COURTS.circuit_of("D.N.M.") == COURTS.circuit_of("10th Cir.") == "tenth"
    assert COURTS.circuit_of(SUPREME_COURT) is None
    assert COURTS.circuit_of("D. Atlantis") is None
    assert all(COURTS.circuit_of(court) for court in ("2d Cir.", "D.P.R."))
    assert COURTS.circuit_of("Tex. App.") is None
    assert [d for c in COURTS.circuits for d in COURTS.of(c)] == list(COURTS.districts.values())


def test_the_outcomes() -> None:
    assert list(SHIPPED.outcomes) == ["stay", "partial_stay", "limited_discovery", "no_stay"]


@pytest.mark.parametrize("holding", SHIPPED.holdings, ids=lambda h: h.id)
def test_every_holding_is_one_that_can_be_checked(holding: Holding) -> None:
    """What decides or permits is quoted; words read elsewhere name where; answers exist."""
    assert holding.answer in SHIPPED.question[holding.question].answers
    assert holding.quote or holding.force is Force.SUPPORTS
    assert len(holding.quote.split()) <= 80
    if holding.quote and holding.verified is Verified.SECONDARY:
        assert holding.quoted_in or holding.precedent.kind is Kind.LOCAL_RULE
    if holding.force is Force.REQUIRES:
        assert holding.precedent.kind in (Kind.RULE, Kind.OPINION, Kind.LOCAL_RULE)


def test_every_question_names_the_outcome_of_each_path() -> None:
    counted = [q for q in SHIPPED.questions if q.counted]
    assert [q.id for q in counted] == ["protection", "limits", "reach"]
    for question in counted:
        assert question.counted is not None
        assert question.counted.yes.isdisjoint(question.counted.no)
        assert question.default in question.answers
        assert {a.side for a in question.answers.values()} == {True, False}
        assert question.counted.considerations
    for question in SHIPPED.questions:
        if not question.counted:
            assert all(a.outcome is None for a in question.answers.values())


def test_terms_are_sentences_and_only_under_outcomes_that_exist() -> None:
    for question in SHIPPED.questions:
        for answer in question.answers.values():
            assert all(term.endswith(".") for term in answer.terms)
            assert answer.terms_under <= set(SHIPPED.outcomes)
            assert answer.terms or not answer.terms_under


def test_decided_orders_state_forum_and_case() -> None:
    assert len({order.id for order in SHIPPED.orders}) == len(SHIPPED.orders)
    for order in SHIPPED.orders:
        assert COURTS.circuit_of(order.court) == order.circuit
        assert order.facts["court"] == order.court
        assert set(order.facts) - set(FORUM), order.id
        assert order.decided >= SHIPPED.about.begins
        assert all(name in SHIPPED.precedents for name in order.same_case)


def test_orders_of_the_same_case_are_named_by_real_precedents() -> None:
    known = {order.id for order in SHIPPED.orders}
    for precedent in SHIPPED.precedents.values():
        assert precedent.same_case <= known, precedent.id


def test_landmarks_are_the_five_opinions() -> None:
    assert {p.id for p in SHIPPED.landmarks} == {
        *("maday-v-dooley", "butler-v-hernandez", "lucero-v-clovis"),
        *("jones-v-kansas", "bakalar-v-dunleavy"),
    }
    assert all(p.facts and p.outcome and p.terms for p in SHIPPED.landmarks)


def test_facts_in_conditions_can_be_asked_together() -> None:
    """No holding needs a fact whose question another of its facts always excludes."""
    excluded = Counter(
        holding.id
        for holding in SHIPPED.holdings
        for name in holding.when.facts
        if (fact := VOCABULARY.by_name[name]).asked_when
        and not any(
            all(
                other not in holding.when.facts or holding.when.facts[other] & values
                for other, values in condition.facts.items()
            )
            for condition in fact.asked_when
        )
    )
    assert not excluded, sorted(excluded)


def test_the_state_of_the_defense_is_one_question() -> None:
    labels = [state.label for state in VOCABULARY.states]
    assert len(set(labels)) == len(labels) == 8
    stated = {name for state in VOCABULARY.states for name in state.facts}
    assert stated == {"qi_asserted", "individual_capacity", "motion", "motion_kind"}
    assert len({tuple(sorted(s.facts.items())) for s in VOCABULARY.states}) == 8
