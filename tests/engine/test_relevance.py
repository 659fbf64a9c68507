"""What is asked, in which order, when enough is known, and what a fact matters for."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from postures import (
    COURTS,
    PLAIN_FACTS,
    SHIPPED,
    TODAY,
    VOCABULARY,
    Facts,
    a_district,
    coherent,
    composed,
    may_be_asked,
    postures,
)

from qiwizard.law.facts import FORUM, DefenseState
from qiwizard.law.forum import law_for
from qiwizard.law.posture import Posture
from qiwizard.reasoning.relevance import (
    ESSENTIAL,
    SEVERAL_POINTS,
    agenda,
    answered,
    askable,
    not_needed,
    refining,
    stakes,
)
from qiwizard.reasoning.replay import Case, cases
from qiwizard.reasoning.ruling import rule
from qiwizard.sessions.session import Session

FORUMS: list[Facts] = [{"circuit": c, "court": a_district(c)} for c in COURTS.circuits]


def essential(forum: Facts, chance: Random) -> Posture:
    """Forum, request and state of the defense."""
    state = chance.choice(VOCABULARY.states)
    request = chance.choice(VOCABULARY.by_name["request"].values)
    return Posture.of({**forum, "request": request, **state.facts})


# The order


def test_the_essential_facts_come_first_in_their_order() -> None:
    session = Session.new(TODAY)
    asked = []
    while (name := agenda(SHIPPED, session.posture, TODAY).next) in ESSENTIAL:
        asked.append(name)
        if name == "motion":
            session = session.stating_defense(SHIPPED, VOCABULARY.states[0])
        else:
            choices = SHIPPED.choices_in(session.posture, VOCABULARY.by_name[str(name)])
            session = session.answering(SHIPPED, str(name), choices[0].value)
    assert asked == list(ESSENTIAL)


def test_a_court_implies_its_circuit_and_the_defense_the_assertion() -> None:
    posture = Posture.of({"court": "D.N.M."})
    assert agenda(SHIPPED, posture, TODAY).next == "request"
    assert answered(posture.stating("motion", "pending"), "qi_asserted")
    assert not answered(posture, "qi_asserted")


def test_nothing_else_is_asked_before_the_essential_facts() -> None:
    for known in ({}, {"circuit": "tenth"}, {"circuit": "tenth", "request": "stay"}):
        found = agenda(SHIPPED, Posture.of(known), TODAY)
        assert found.essential
        assert not found.deciding
        assert found.left == found.essential


def test_an_essential_fact_that_is_unknown_is_not_asked_again() -> None:
    posture = Posture()
    for name in ESSENTIAL:
        posture = posture.leaving_open(name)
    assert not agenda(SHIPPED, posture, TODAY).essential


@settings(max_examples=60)
@given(posture=postures())
def test_the_most_decisive_fact_is_asked_first(posture: Posture) -> None:
    """The mean move of its answers, a changed outcome counting as the whole."""
    now = composed(SHIPPED, posture.known)

    def mean(name: str) -> float:
        values = VOCABULARY.by_name[name].values
        moves = []
        for value in values:
            after = composed(SHIPPED, {**posture.known, name: value})
            share = abs(after.likelihood[now.outcome] - now.likelihood[now.outcome])
            moves.append(1.0 if after.outcome != now.outcome else share)
        return sum(moves) / len(moves)

    deciding = agenda(SHIPPED, posture, TODAY).deciding
    means = [mean(name) for name in deciding]
    assert all(one >= other - 1e-9 for one, other in pairwise(means))


# What is asked


@settings(max_examples=100)
@given(posture=postures())
def test_nothing_is_asked_that_an_earlier_answer_excludes(posture: Posture) -> None:
    found = agenda(SHIPPED, posture, TODAY)
    for name in found.deciding + refining(SHIPPED, posture, TODAY):
        assert may_be_asked(VOCABULARY.by_name[name], posture.known), name
        assert not answered(posture, name)
        assert name not in FORUM
    assert len(set(found.left)) == len(found.left)


NEVER = [
    ({"motion": "none"}, {"motion_kind", "motion_strength", "appeal_on_law", "disposes_of_case"}),
    ({"motion": "pending"}, {"appeal_on_law", "certified_frivolous"}),
    ({"motion": "appeal"}, {"facts_needed", "specific_facts", "rule_56d"}),
    ({"motion": "pending", "motion_kind": "dismiss"}, {"rule_56d"}),
    ({"request": "none"}, {"opposed", "stay_scope", "discovery_target"}),
    ({"pro_se": False}, {"prisoner"}),
    ({"qi_asserted": True, "individual_capacity": True}, {"other_immunity"}),
    ({"other_immunity": False}, {"other_immunity_kind"}),
    (
        {"other_defendants": False, "injunctive_claims": False, "motion": "pending"},
        {"claims_overlap", "personal_knowledge"},
    ),
]


@pytest.mark.parametrize(("known", "never"), NEVER)
def test_what_an_answer_excludes(known: Facts, never: set[str]) -> None:
    assert not never & {fact.name for fact in askable(SHIPPED, Posture.of(known))}


@settings(max_examples=60)
@given(chance=st.randoms(use_true_random=False), forum=st.sampled_from(FORUMS))
def test_a_fact_is_asked_if_an_answer_moves_the_likelihood_by_several_points(
    chance: Random, forum: Facts
) -> None:
    posture = Posture.of(coherent(chance, essential(forum, chance).known, 0.3))
    now = composed(SHIPPED, posture.known)
    deciding = agenda(SHIPPED, posture, TODAY).deciding
    for fact in askable(SHIPPED, posture):
        moved = False
        for value in fact.values:
            after = composed(SHIPPED, {**posture.known, fact.name: value})
            share = abs(after.likelihood[now.outcome] - now.likelihood[now.outcome])
            moved |= after.outcome != now.outcome or share >= SEVERAL_POINTS
        assert (fact.name in deciding) is moved, fact.name


# When nothing is left


def finished(posture: Posture, chance: Random) -> Posture:
    """The posture after an interview whose answers are given by chance, some Unknown."""
    while (name := agenda(SHIPPED, posture, TODAY).next) is not None:
        values = VOCABULARY.by_name[name].values
        value = chance.choice((*values, None))
        posture = posture.leaving_open(name) if value is None else posture.stating(name, value)
    return posture


@settings(max_examples=50)
@given(chance=st.randoms(use_true_random=False), forum=st.sampled_from(FORUMS))
def test_when_nothing_is_left_no_single_answer_changes_the_outcome(
    chance: Random, forum: Facts
) -> None:
    posture = finished(essential(forum, chance), chance)
    outcome = rule(SHIPPED, posture, TODAY).outcome
    for fact in askable(SHIPPED, posture):
        for value in fact.values:
            assert rule(SHIPPED, posture.stating(fact.name, value), TODAY).outcome == outcome


def questions_for(facts: Facts) -> int:
    """How many questions an interview asks of somebody who knows some facts; the forum is one."""
    session, number = Session.new(TODAY), 0
    while (name := agenda(SHIPPED, session.posture, TODAY).next) is not None:
        number += 1
        if name in FORUM:
            session = session.answering(SHIPPED, "court", facts.get("court"))
            session = session.answering(SHIPPED, "circuit", facts.get("circuit"))
        elif name == "motion":
            wanted = [s for s in VOCABULARY.states if s.facts.items() <= facts.items()]
            state = max(wanted, key=lambda s: len(s.facts), default=None)
            session = session.stating_defense(SHIPPED, state)
        else:
            session = session.answering(SHIPPED, name, facts.get(name))
        assert number < len(VOCABULARY.facts)
    return number


@pytest.mark.parametrize("case", [c for c in cases(SHIPPED) if c.landmark], ids=lambda c: c.id)
def test_each_of_the_five_opinions_takes_at_most_eight_questions(case: Case) -> None:
    assert questions_for(case.facts) <= 8


def test_decided_orders_take_at_most_nine_questions_on_average() -> None:
    numbers = [questions_for(case.facts) for case in cases(SHIPPED)[::3]]
    assert sum(numbers) / len(numbers) <= 9


# What only refines, and what is not needed


@settings(max_examples=30)
@given(posture=postures())
def test_a_refining_fact_changes_terms_strength_or_alternatives_and_is_not_asked(
    posture: Posture,
) -> None:
    present = rule(SHIPPED, posture, TODAY)
    deciding = agenda(SHIPPED, posture, TODAY).deciding
    found = refining(SHIPPED, posture, TODAY)
    assert found == VOCABULARY.in_order(found)
    for fact in askable(SHIPPED, posture):
        rulings = [rule(SHIPPED, posture.stating(fact.name, v), TODAY) for v in fact.values]
        changes = any(ruling.signature != present.signature for ruling in rulings)
        assert (fact.name in found) is (changes and fact.name not in deciding)


@settings(max_examples=60)
@given(posture=postures())
def test_a_fact_that_is_not_needed_can_be_left_out(posture: Posture) -> None:
    present = rule(SHIPPED, posture, TODAY)
    found = not_needed(SHIPPED, posture, TODAY)
    assert not found & set(ESSENTIAL)
    for name in posture.known:
        without = rule(SHIPPED, posture.forgetting(name), TODAY)
        if name not in ESSENTIAL:
            assert (name in found) is (without.signature == present.signature)


# Stakes


@settings(max_examples=60)
@given(posture=postures(), name=st.sampled_from(PLAIN_FACTS))
def test_what_is_at_stake_depends_on_the_fact_and_is_not_excluded(
    posture: Posture, name: str
) -> None:
    law = law_for(SHIPPED, posture, TODAY)
    places = [question.id for question in SHIPPED.questions]
    found = stakes(SHIPPED, posture, name, TODAY)
    order = [places.index(question) for question, _ in found]
    assert order == sorted(set(order))
    for question, holdings in found:
        for authority in holdings:
            assert authority in law.on(question)
            facts = authority.holding.when.facts
            assert name in facts or any(name in limit.facts for limit in authority.limits)
            for other, values in facts.items():
                assert other == name or posture.get(other) is None or posture.get(other) in values


def test_every_fact_that_decides_has_something_at_stake() -> None:
    posture = Posture.of({"circuit": "tenth", "court": "D.N.M.", "request": "stay"})
    for name in ("motion", "motion_kind", "other_defendants", "rule_56d", "opposed"):
        assert stakes(SHIPPED, posture, name, TODAY), name


# The state of the defense


@pytest.mark.parametrize("state", VOCABULARY.states, ids=lambda s: s.label)
def test_one_answer_states_the_defense(state: DefenseState) -> None:
    stated = Session.new(TODAY).stating_defense(SHIPPED, state)
    assert dict(stated.posture.known) == dict(state.facts)
    assert "motion" not in agenda(SHIPPED, stated.posture, TODAY).left
    assert "qi_asserted" not in {fact.name for fact in askable(SHIPPED, stated.posture)}
    unknown = stated.stating_defense(SHIPPED, None)
    assert not unknown.posture.known
    assert unknown.posture.open == {"motion"}


def test_the_states_cover_every_status_of_the_motion() -> None:
    stated = {state.facts["motion"] for state in VOCABULARY.states}
    assert stated == set(VOCABULARY.by_name["motion"].values)
