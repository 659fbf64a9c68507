"""Practice: what decided orders show, how it is fitted, and what leaving a case out changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from postures import (
    PLAIN_FACTS,
    SHIPPED,
    VOCABULARY,
    decided_order,
    postures,
    values_of,
    with_orders,
)

from qiwizard.law.facts import Value
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.law.questions import Question, Toward
from qiwizard.reasoning.practice_counts import (
    QuestionPractice,
    log_odds,
    practice_of,
    share,
)

COUNTED = [question for question in SHIPPED.questions if question.counted]
PRACTICE = practice_of(SHIPPED)
PROTECTION = SHIPPED.question["protection"]
each_question = pytest.mark.parametrize("question", COUNTED, ids=lambda q: q.id)


def on(question: Question, library: Library = SHIPPED) -> QuestionPractice:
    """The practice on one question, which some order has to have answered."""
    found = practice_of(library).on(question.id)
    assert found is not None
    return found


def outcomes(question: Question) -> tuple[str, str]:
    """An outcome that answers a counted question yes, and one that answers it no."""
    assert question.counted is not None
    return min(question.counted.yes), min(question.counted.no)


# Raw counts


@each_question
def test_counts_are_raw_and_open_to_their_orders(question: Question) -> None:
    """Every order whose outcome answers the question is counted once, with what it answered."""
    assert question.counted is not None
    practice = on(question)
    answered = [o for o in SHIPPED.orders if question.counted.answer(o.outcome) is not None]
    assert [o for o, _, _ in practice.orders] == answered
    for side in (True, False):
        counts = practice.counts(0, "tenth", "D.N.M.", yes=side)
        wanted = question.counted.yes if side else question.counted.no
        assert set(counts.all.answered) == set(answered)
        assert set(counts.all.gave) == {o for o in answered if o.outcome in wanted}
        assert set(counts.circuit.answered) == {o for o in answered if o.circuit == "tenth"}
        assert set(counts.here.answered) == {o for o in answered if o.court == "D.N.M."}
        for count in (counts.here, counts.circuit, counts.all):
            assert count.pair == (len(count.gave), len(count.answered))
            assert set(count.gave) <= set(count.answered)


@each_question
def test_the_two_sides_of_a_count_add_up(question: Question) -> None:
    for bits in (0, VOCABULARY.bits({"motion": "pending"}), VOCABULARY.bits({"motion": "appeal"})):
        yes = on(question).counts(bits, "fifth", None, yes=True)
        no = on(question).counts(bits, "fifth", None, yes=False)
        assert yes.all.answered == no.all.answered
        assert yes.all.pair[0] + no.all.pair[0] == yes.all.pair[1]
        assert yes.here.pair == (0, 0)


@given(posture=postures())
def test_counted_orders_have_every_comparable_fact(posture: Posture) -> None:
    known = {name: value for name, value in posture.known.items() if name == "motion"}
    counts = on(PROTECTION).counts(VOCABULARY.bits(known), "tenth", "D.N.M.", yes=True)
    assert all(o.facts["motion"] == known["motion"] for o in counts.all.answered if known)


# Shifts


@each_question
def test_a_shift_has_its_declared_direction(question: Question) -> None:
    assert question.counted is not None
    shifts = on(question).shifts
    for place, consideration in enumerate(question.counted.considerations):
        if consideration.toward is Toward.YES:
            assert shifts.get(place, 0.0) >= 0
        if consideration.toward is Toward.NO:
            assert shifts.get(place, 0.0) <= 0


@each_question
def test_a_fact_the_orders_point_against_is_left_without_a_shift(question: Question) -> None:
    """Orders that all go the other way do not turn a fact round."""
    assert question.counted is not None
    yes, no = outcomes(question)
    for place, consideration in enumerate(question.counted.considerations):
        if consideration.toward is Toward.EITHER:
            continue
        facts = {name: min(values, key=str) for name, values in consideration.when.facts.items()}
        having, lacking = (no, yes) if consideration.toward is Toward.YES else (yes, no)
        orders = [decided_order(n, having, facts=facts) for n in range(6)]
        orders += [decided_order(n + 6, lacking) for n in range(6)]
        assert place not in on(question, with_orders(SHIPPED, orders)).shifts


def test_a_shift_is_smaller_the_fewer_orders_it_rests_on() -> None:
    """The same proportion counts for more where more orders show it."""
    yes, no = outcomes(PROTECTION)
    assert PROTECTION.counted is not None
    place = next(
        n
        for n, c in enumerate(PROTECTION.counted.considerations)
        if set(c.when.facts) == {"motion_strength"} and c.toward is Toward.NO
    )
    sizes = []
    for times in (5, 10, 20, 60):
        orders = [decided_order(n, no, facts={"motion_strength": "weak"}) for n in range(times)]
        orders += [decided_order(n + 100, yes) for n in range(90)]
        sizes.append(-on(PROTECTION, with_orders(SHIPPED, orders)).shifts[place])
    assert sizes == sorted(sizes)
    assert sizes[0] > 0
    assert sizes[-1] > 1.2 * sizes[0]
    one = [decided_order(0, no, facts={"motion_strength": "weak"})]
    one += [decided_order(n + 100, yes) for n in range(90)]
    assert -on(PROTECTION, with_orders(SHIPPED, one)).shifts.get(place, 0.0) < sizes[0]


def test_courts_shift_the_answer_and_few_orders_shift_it_little() -> None:
    yes, no = outcomes(PROTECTION)
    orders = [decided_order(n, yes, "D. Kan.") for n in range(20)]
    orders += [decided_order(100 + n, no, "D. Alaska") for n in range(20)]
    orders += [decided_order(200, no, "D. Utah")]
    practice = on(PROTECTION, with_orders(SHIPPED, orders))
    kansas = practice.shift(0, "tenth", "D. Kan.")
    alaska = practice.shift(0, "ninth", "D. Alaska")
    utah = practice.shift(0, "tenth", "D. Utah") - practice.shift(0, "tenth", None)
    assert kansas > 0 > alaska
    assert alaska < utah < 0
    assert practice.shift(0, None, None) == 0
    assert practice.shift(0, "third", "D. Del.") == 0


def test_the_base_is_the_share_among_all_orders_that_answered() -> None:
    yes, no = outcomes(PROTECTION)
    orders = [decided_order(n, yes) for n in range(30)] + [
        decided_order(30 + n, no) for n in range(10)
    ]
    assert share(on(PROTECTION, with_orders(SHIPPED, orders)).base) == pytest.approx(0.75, abs=0.01)


def test_facts_that_go_together_are_not_counted_twice() -> None:
    """Two facts that always come together move an answer little more than one alone would."""
    yes, no = outcomes(PROTECTION)
    twice: dict[str, Value] = {"motion_delayed": True, "discovery_underway": True}
    once: dict[str, Value] = {"motion_delayed": True}
    shifts = []
    for facts in (once, twice):
        orders = [decided_order(n, no, facts=facts) for n in range(20)]
        orders += [decided_order(50 + n, yes) for n in range(20)]
        practice = on(PROTECTION, with_orders(SHIPPED, orders))
        shifts.append(practice.shift(VOCABULARY.bits(facts), None, None))
    assert shifts[1] / shifts[0] < 1.5


@each_question
@given(name=st.sampled_from(PLAIN_FACTS), data=st.data())
def test_a_fact_no_consideration_names_moves_nothing(
    question: Question, name: str, data: st.DataObject
) -> None:
    assert question.counted is not None
    named = {n for c in question.counted.considerations for n in c.when.facts}
    bits = VOCABULARY.bits({name: data.draw(st.sampled_from(values_of(name)))})
    if name not in named:
        assert on(question).shift(bits, None, None) == 0


# Leaving out


def test_leaving_a_case_out_removes_its_orders_and_no_others() -> None:
    case = SHIPPED.orders[0].case
    without = practice_of(SHIPPED, frozenset({case}))
    for question in COUNTED:
        before, after = PRACTICE.on(question.id), without.on(question.id)
        assert before is not None
        assert after is not None
        kept = [o for o, _, _ in before.orders if o.case != case]
        assert [o for o, _, _ in after.orders] == kept


def test_leaving_out_every_order_of_a_district_removes_its_shift() -> None:
    court = "D.N.M."
    cases = frozenset(o.case for o in SHIPPED.orders if o.court == court)
    assert cases
    without = practice_of(SHIPPED, cases).on("protection")
    assert without is not None
    assert ("court", court) not in without.shifts


def test_leaving_out_a_case_that_no_order_has_changes_nothing() -> None:
    without = practice_of(SHIPPED, frozenset({"no-such-case"}))
    for question in COUNTED:
        before, after = PRACTICE.on(question.id), without.on(question.id)
        assert before is not None
        assert after is not None
        assert (before.base, before.shifts) == (after.base, after.shifts)


def test_an_order_that_answers_no_question_changes_no_question_it_does_not_reach() -> None:
    """A refusal says nothing about how far a stay would have reached."""
    reach = SHIPPED.question["reach"]
    assert reach.counted is not None
    refused = next(o for o in SHIPPED.orders if reach.counted.answer(o.outcome) is None)
    others = {o.outcome for o in SHIPPED.orders if o.case == refused.case}
    assert {reach.counted.answer(o) for o in others} == {None}
    before = PRACTICE.on("reach")
    after = practice_of(SHIPPED, frozenset({refused.case})).on("reach")
    assert before is not None
    assert after is not None
    assert (before.base, before.shifts) == (after.base, after.shifts)


def test_without_any_order_there_is_no_practice() -> None:
    empty = practice_of(with_orders(SHIPPED))
    assert all(empty.on(question.id) is None for question in COUNTED)


@given(st.floats(0.01, 0.99))
def test_log_odds_and_shares_are_inverse(part: float) -> None:
    assert share(log_odds(part)) == pytest.approx(part)
    assert log_odds(0.5) == pytest.approx(0)
