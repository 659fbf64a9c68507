"""From law and practice to likelihoods: what decides a counted question, and how shares compose."""

from __future__ import annotations

from datetime import date
from itertools import product
from math import prod
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from postures import (
    COURTS,
    SHIPPED,
    TODAY,
    VOCABULARY,
    Facts,
    coherent,
    composed,
    days,
    decided_order,
    law_on,
    library_of,
    postures,
    with_orders,
)

from qiwizard.law.forum import Voice, law_for
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.reasoning.composition import Basis, Composition, Decision, compose
from qiwizard.reasoning.practice_counts import practice_of

NEW_MEXICO: Facts = {"circuit": "tenth", "court": "D.N.M."}
WEIGHTS = SHIPPED.weights
EMPTY = with_orders(library_of())
"""No law and no practice."""


def decision(found: Composition, question: str = "protection") -> Decision:
    """One counted question."""
    return next(d for d in found.decisions if d.question.id == question)


def on(library: Library, facts: Facts = NEW_MEXICO, question: str = "protection") -> Decision:
    """A counted question on some facts."""
    return decision(composed(library, facts), question)


def holding(answer: str, force: str, court: str = "10th Cir.", question: str = "protection") -> str:
    """A precedent with one holding that always applies."""
    return (
        f'{{ id = "{court} {answer} {force} {question}", court = "{court}", answer = "{answer}", '
        f'force = "{force}", question = "{question}" }}'
    )


# Division


@pytest.mark.parametrize(("later", "divided"), [("good_cause", False), ("disfavored", True)])
def test_equals_are_divided_only_if_they_take_different_sides(later: str, divided: bool) -> None:
    """Two standards under which the stay is granted do not put the stay in doubt."""
    library = library_of(
        '{ id = "earlier", court = "10th Cir.", when = { opposed = true }, answer = "entitled" }',
        '{ id = "later", court = "10th Cir.", when = { qi_asserted = true }, '
        f'answer = "{later}", decided = 2020-01-01 }}',
    )
    found = on(library, {**NEW_MEXICO, "opposed": True, "qi_asserted": True})
    assert [argument.divided for argument in found.arguments] == [divided]


# Each question


@pytest.mark.parametrize("orders", [0, 40])
@pytest.mark.parametrize(("answer", "side"), [("entitled", True), ("disfavored", False)])
def test_a_binding_requirement_decides_whatever_practice_shows(
    answer: str, side: bool, orders: int
) -> None:
    contrary = "no_stay" if side else "stay"
    library = with_orders(
        library_of(holding(answer, "requires")),
        [decided_order(n, contrary) for n in range(orders)],
    )
    found = on(library)
    assert found.share(side=side) == pytest.approx(WEIGHTS.requires)
    assert (found.basis, found.answers[side]) == (Basis.LAW, answer)


def test_a_requirement_outside_the_circuit_decides_nothing() -> None:
    library = with_orders(library_of(holding("entitled", "requires", "9th Cir.")))
    assert on(library).yes == on(EMPTY).yes
    assert on(library).arguments


def test_permission_replaces_the_base_share() -> None:
    """The share starts there, however the orders as a whole came out; facts of practice move it."""
    refusals = [decided_order(n, "no_stay", "D. Alaska") for n in range(40)]
    bare = with_orders(library_of(), refusals)
    permitted = with_orders(library_of(holding("good_cause", "permits")), refusals)
    facts: Facts = {"circuit": "tenth"}
    assert on(bare, facts).yes < 0.1
    assert on(permitted, facts).yes == pytest.approx(WEIGHTS.permits)
    assert on(permitted, facts).basis is Basis.PRACTICE
    alone = on(with_orders(library_of(holding("good_cause", "permits"))), facts)
    assert alone.yes == pytest.approx(WEIGHTS.permits)
    assert alone.basis is Basis.LAW


def test_practice_moves_what_is_permitted_less_than_what_is_open() -> None:
    orders = [decided_order(n, "no_stay", facts={"motion_strength": "weak"}) for n in range(20)]
    orders += [decided_order(50 + n, "stay", "D. Del.") for n in range(20)]
    weak: Facts = {"circuit": "second", "motion_strength": "weak"}
    plain: Facts = {"circuit": "second"}
    permits = library_of(holding("good_cause", "permits", "2d Cir."))
    open_, permitted = with_orders(library_of(), orders), with_orders(permits, orders)
    assert on(open_, weak).yes < on(open_, plain).yes
    assert on(permitted, weak).yes < on(permitted, plain).yes
    assert on(permitted, weak).yes > on(open_, weak).yes


@pytest.mark.parametrize("court", ["D.N.M.", "10th Cir."])
def test_local_support_is_added(court: str) -> None:
    """Reasoning of the circuit or district moves the share; that of others does not."""
    orders = [decided_order(n, "stay", "D. Del.") for n in range(5)]
    orders += [decided_order(10 + n, "no_stay", "D. Del.") for n in range(5)]
    bare = with_orders(library_of(), orders)
    local = with_orders(library_of(holding("good_cause", "supports", court)), orders)
    contrary = with_orders(library_of(holding("disfavored", "supports", court)), orders)
    assert on(local).yes > on(bare).yes > on(contrary).yes
    elsewhere = with_orders(library_of(holding("good_cause", "supports", "D. Alaska")), orders)
    assert on(elsewhere).yes == on(bare).yes


def test_the_default_decides_where_neither_law_nor_practice_does() -> None:
    """The movant has the burden: no protection without good cause."""
    found = on(EMPTY)
    assert found.basis is Basis.DEFAULT
    assert found.share(side=False) > 0.5
    assert found.answers[False] == found.question.default


def test_too_few_comparable_orders_leave_the_default() -> None:
    """Orders on another state of the motion are not comparable."""
    counted = SHIPPED.question["protection"].counted
    assert counted is not None
    facts: Facts = {**NEW_MEXICO, "motion": "promised"}
    for number in (counted.enough - 1, counted.enough):
        orders = [decided_order(n, "stay", facts={"motion": "promised"}) for n in range(number)]
        orders += [decided_order(50 + n, "stay", facts={"motion": "pending"}) for n in range(20)]
        found = on(with_orders(library_of(), orders), facts)
        assert (found.basis is Basis.DEFAULT) is (number < counted.enough)


def test_orders_are_compared_with_a_distinct_posture_only_if_they_are_like_it() -> None:
    """Stays during other appeals say nothing of an appeal that the court certified as frivolous."""
    counted = SHIPPED.question["protection"].counted
    assert counted is not None
    facts: Facts = {**NEW_MEXICO, "motion": "appeal", "certified_frivolous": True}
    others = [decided_order(n, "stay", facts={"motion": "appeal"}) for n in range(counted.enough)]
    assert on(with_orders(library_of(), others), facts).basis is Basis.DEFAULT
    like = [decided_order(n, "no_stay", facts=facts) for n in range(counted.enough)]
    assert on(with_orders(library_of(), like), facts).basis is Basis.PRACTICE


def test_the_first_requirement_in_the_order_of_the_questions_decides() -> None:
    """An answer to an earlier question of law decides a counted question that it favors."""
    library = with_orders(
        library_of(holding("no", "requires", question="available"), holding("entitled", "requires"))
    )
    found = on(library)
    assert found.share(side=False) == pytest.approx(WEIGHTS.requires)
    assert [a.source for a in found.arguments] == ["available", "protection"]


def test_a_question_excluded_by_an_earlier_answer_gives_no_argument() -> None:
    library = with_orders(
        library_of(
            holding("no", "supports", question="available"),
            holding("premature", "requires", question="trigger"),
        )
    )
    assert "trigger" not in composed(library, NEW_MEXICO).law
    assert [a.source for a in on(library).arguments] == ["available"]


@given(posture=postures(), day=days())
def test_every_share_keeps_off_certainty(posture: Posture, day: date) -> None:
    found = composed(SHIPPED, posture.known, day)
    for each in found.decisions:
        assert (
            WEIGHTS.floor - 1e-9 <= each.yes <= 1 - WEIGHTS.floor + 1e-9
            or each.question.id == "reach"
        )
        assert 0 <= each.yes <= 1
        for side in (True, False):
            assert each.question.answers[each.answers[side]].side is side


@given(posture=postures(), day=days())
def test_what_binding_law_requires_has_basis_law(posture: Posture, day: date) -> None:
    for each in composed(SHIPPED, posture.known, day).decisions:
        required = [a for a in each.arguments if a.weighing.voice is Voice.DECIDES]
        if required:
            assert each.basis is Basis.LAW
            assert each.share(side=required[0].side) >= 0.5


# Together


@given(posture=postures(), day=days())
def test_the_likelihood_sums_to_one_and_the_likeliest_leads(posture: Posture, day: date) -> None:
    found = composed(SHIPPED, posture.known, day)
    assert set(found.likelihood) == set(SHIPPED.outcomes)
    assert sum(found.likelihood.values()) == pytest.approx(1)
    assert all(0 <= share <= 1 for share in found.likelihood.values())
    assert found.likelihood[found.outcome] == max(found.likelihood.values())


@given(posture=postures(), day=days())
def test_the_likelihood_of_an_outcome_is_that_of_its_path(posture: Posture, day: date) -> None:
    found = composed(SHIPPED, posture.known, day)
    for outcome, share in found.likelihood.items():
        path = found.path(outcome)
        assert prod(each.share(side=side) for each, side in path) == pytest.approx(share)
        assert path[-1][0].outcome(side=path[-1][1]) == outcome
        assert all(each.outcome(side=side) is None for each, side in path[:-1])


def test_every_combination_of_answers_ends_in_one_outcome() -> None:
    """Whichever side each counted question takes, and whichever answer stands for it."""
    counted = [q for q in SHIPPED.questions if q.counted]
    ends = set()
    for answers in product(*(q.answers.values() for q in counted)):
        outcomes = [answer.outcome for answer in answers if answer.outcome]
        assert outcomes
        ends.add(outcomes[0])
    assert ends == set(SHIPPED.outcomes)


@pytest.mark.parametrize("circuit", COURTS.circuits)
def test_every_outcome_is_reached_in_every_circuit(circuit: str) -> None:
    chance = Random(circuit)
    reached: set[str] = set()
    law, practice = law_on(SHIPPED, {"circuit": circuit}), practice_of(SHIPPED)
    for _ in range(3000):
        facts = coherent(chance, {"circuit": circuit})
        reached.add(compose(law, practice, VOCABULARY.bits(facts)).outcome)
        if len(reached) == 4:
            return
    raise AssertionError(f"{circuit}: only {sorted(reached)}")


@given(posture=postures(), day=days(), name=st.sampled_from(sorted(VOCABULARY.by_name)))
def test_unknown_composes_like_not_asked(posture: Posture, day: date, name: str) -> None:
    unknown, unasked = posture.leaving_open(name), posture.forgetting(name)
    one = composed(SHIPPED, unknown.known, day)
    other = composed(SHIPPED, unasked.known, day)
    assert one.likelihood == other.likelihood


def test_the_law_of_the_day_composes() -> None:
    """The same posture, before and from the day of a decision."""
    library = with_orders(
        library_of(
            '{ id = "late", court = "10th Cir.", decided = 2020-03-02, answer = "entitled", '
            'force = "requires" }'
        )
    )
    assert composed(library, NEW_MEXICO, date(2020, 3, 1)).outcome == "no_stay"
    assert composed(library, NEW_MEXICO, date(2020, 3, 2)).outcome != "no_stay"


def test_equal_postures_share_their_composition() -> None:
    posture = Posture.of({"circuit": "tenth", "motion": "pending"})
    law = law_for(SHIPPED, posture, TODAY)
    bits = VOCABULARY.bits(posture.known)
    assert compose(law, practice_of(SHIPPED), bits) is compose(law, practice_of(SHIPPED), bits)
