"""What the interview asks, in which order, and what an answer does to the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from postures import COURTS, SHIPPED, TODAY, VOCABULARY

from qiwizard.law.courts import NamedForum, all_forums, named_forum
from qiwizard.law.facts import DefenseState, Value
from qiwizard.law.posture import Posture
from qiwizard.reasoning.explanation import decided_facts
from qiwizard.reasoning.relevance import agenda, askable
from qiwizard.reasoning.ruling import rule
from qiwizard.sessions.questions import (
    Question,
    answer,
    answer_words,
    chosen,
    missing_words,
    next_question,
    not_enough_words,
    progress_words,
    question,
    refining_words,
    removing,
    review,
)
from qiwizard.sessions.session import DEFENSE, FORUM_QUESTION, Session, trail

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
FIRST = [FORUM_QUESTION, "request", DEFENSE]
MOST_QUESTIONS = 8
MOST_BEYOND_NEEDED = 3
MOST_ON_AVERAGE = 9
chances = st.randoms(use_true_random=False)
few = settings(max_examples=25)


def asked(session: Session, name: str) -> Question:
    """A question of the interview."""
    return question(SHIPPED, session.posture, name)


def say(session: Session, name: str, value: object) -> Session:
    """The session with a question answered; the forum by its usual name."""
    named = named_forum(COURTS, str(value)) if name == FORUM_QUESTION and value else value
    return answer(SHIPPED, session, asked(session, name), named)


def stated(session: Session, name: str) -> object:
    """The answer to a question, None for Unknown."""
    return chosen(SHIPPED, session.posture, asked(session, name))


def new(day: date = TODAY) -> Session:
    """An empty session."""
    return Session.new(day, NOW)


def pending(day: date = TODAY) -> Session:
    """A session at the first question that is not one of the first three."""
    session = say(say(new(day), FORUM_QUESTION, "D.N.M."), "request", "stay")
    return say(session, DEFENSE, "Summary-judgment motion pending")


def values(each: Question, chance: Random) -> object:
    """An answer at random, of the forum a district, a circuit or Unknown."""
    if each.id == FORUM_QUESTION:
        return chance.choice([*all_forums(COURTS), None])
    return chance.choice(each.choices).value


def walk(chance: Random, day: date = TODAY) -> Iterator[Session]:
    """The session after each question, answered at random until the result can be shown."""
    session = new(day)
    while (each := next_question(SHIPPED, session)) is not None:
        yield session
        session = answer(SHIPPED, session, each, values(each, chance))
    yield session


def interview(facts: dict[str, Value], day: date) -> Session:
    """A session whose questions are answered from the facts of a case, the rest by Unknown."""
    given_, session = Posture.of(facts), new(day)
    while (each := next_question(SHIPPED, session)) is not None:
        session = answer(SHIPPED, session, each, chosen(SHIPPED, given_, each))
    return session


@few
@given(chance=chances)
def test_forum_request_and_defense_come_first_and_no_question_twice(chance: Random) -> None:
    """One question each, whatever is answered, then the others, each once, to the result."""
    *_, end = walk(chance)
    assert list(trail(end))[:3] == FIRST
    assert len(trail(end)) == len(set(trail(end)))


@few
@given(chance=chances)
def test_when_nothing_is_left_no_single_answer_changes_the_outcome(chance: Random) -> None:
    """Every answer to every fact that may still be asked is tried on the engine."""
    *_, end = walk(chance)
    assert not agenda(SHIPPED, end.posture, end.as_of).left
    outcome = rule(SHIPPED, end.posture, end.as_of).outcome
    for fact in askable(SHIPPED, end.posture):
        for value in fact.values:
            after = rule(SHIPPED, end.posture.stating(fact.name, value), end.as_of)
            assert after.outcome == outcome, (fact.name, value)


@few
@given(chance=chances)
def test_there_is_no_result_before_the_first_three_are_known(chance: Random) -> None:
    """Until then what is missing is named, and nothing is offered to refine."""
    for session in walk(chance):
        missing = missing_words(SHIPPED, session)
        told = not_enough_words(SHIPPED, session)
        assert bool(missing) == bool(told)
        if missing:
            assert told.startswith("Not enough facts yet: ")
            assert f"{3 - len(missing)} of 3 known" in told
            assert all(words in told for words in missing)
            assert not refining_words(SHIPPED, session)


def test_progress_is_the_number_of_questions_left() -> None:
    """Of the first three those known; then how many more there are now."""
    session = new()
    assert progress_words(SHIPPED, session) == "0 of 3 known"
    assert progress_words(SHIPPED, say(session, FORUM_QUESTION, "10th")) == "1 of 3 known"
    raised = new().answering(SHIPPED, "qi_asserted", True)
    for session in (raised, say(new(), "request", None), say(raised, DEFENSE, None)):
        assert progress_words(SHIPPED, session) == "0 of 3 known"
    session = pending()
    left = agenda(SHIPPED, session.posture, TODAY).left
    assert progress_words(SHIPPED, session) == f"about {len(left)} more"
    while (each := next_question(SHIPPED, session)) is not None:
        session = answer(SHIPPED, session, each, None)
    assert progress_words(SHIPPED, session) == "no question left"


@lru_cache(maxsize=1)
def opinions() -> dict[str, tuple[dict[str, Value], Session]]:
    """The five opinions, each with its facts and its interview."""
    found = {}
    for precedent in SHIPPED.landmarks:
        facts = dict(decided_facts(SHIPPED, precedent))
        found[precedent.id] = facts, interview(facts, precedent.decided)
    return found


def needed(session: Session) -> int:
    """The first three questions, and those of the fewest other facts found to suffice."""
    whole = rule(SHIPPED, session.posture, session.as_of)
    posture = session.posture
    for name in reversed(VOCABULARY.in_order(posture.known)):
        fewer = rule(SHIPPED, posture.forgetting(name), session.as_of)
        if (fewer.outcome, fewer.terms) == (whole.outcome, whole.terms):
            posture = posture.forgetting(name)
    return len({*FIRST, *(asked(session, name).id for name in posture.known)})


@pytest.mark.parametrize("opinion", [p.id for p in SHIPPED.landmarks])
def test_an_opinion_takes_few_questions(opinion: str) -> None:
    """At most eight, and at most three more than the facts on which its result rests."""
    _, session = opinions()[opinion]
    number = len(trail(session))
    assert number <= MOST_QUESTIONS
    assert number <= needed(session) + MOST_BEYOND_NEEDED


def test_decided_orders_take_nine_questions_on_average() -> None:
    """Facts that an order does not state are answered by Unknown."""
    numbers = [len(trail(interview(dict(o.facts), o.decided))) for o in SHIPPED.orders]
    assert sum(numbers) / len(numbers) <= MOST_ON_AVERAGE


def test_the_forum_answers_circuit_and_district_together() -> None:
    """A district implies its circuit; a circuit leaves the district unknown."""
    district = say(new(), FORUM_QUESTION, "new mex")
    assert dict(district.posture.known) == {"circuit": "tenth", "court": "D.N.M."}
    circuit = say(new(), FORUM_QUESTION, "10th Cir.")
    assert dict(circuit.posture.known) == {"circuit": "tenth"}
    assert circuit.posture.open == {"court"}
    unknown = say(new(), FORUM_QUESTION, None)
    assert unknown.posture.open == {"circuit", "court"}
    assert [trail(s) for s in (district, circuit, unknown)] == [(FORUM_QUESTION,)] * 3


@pytest.mark.parametrize("state", VOCABULARY.states, ids=lambda state: state.label)
def test_the_state_of_the_defense_states_its_facts(state: DefenseState) -> None:
    """One answer sets whether immunity was asserted, the motion and its kind."""
    label, facts = state.label, dict(state.facts)
    session = say(new(), DEFENSE, label)
    assert dict(session.posture.known) == facts
    assert stated(session, DEFENSE) == label
    assert answer_words(SHIPPED, session.posture, asked(session, DEFENSE)) == label


@pytest.mark.parametrize("state", VOCABULARY.states, ids=lambda state: state.label)
def test_removing_the_state_of_the_defense_removes_what_it_stated(state: DefenseState) -> None:
    """Every fact that the answer stated, and no other one."""
    before = say(say(new(), FORUM_QUESTION, "D.N.M."), "request", "stay")
    session = say(before, DEFENSE, state.label)
    assert removing(SHIPPED, session, asked(session, DEFENSE)).posture == before.posture


def test_what_was_answered_against_the_state_of_the_defense_is_not_removed_with_it() -> None:
    """A claim in the individual capacity that was denied stays denied."""
    session = say(pending(), "individual_capacity", False)
    after = removing(SHIPPED, session, asked(session, DEFENSE))
    assert after.posture.get("individual_capacity") is False
    assert not after.posture.asked("motion")


def test_a_file_without_the_individual_capacity_claim_still_names_its_state() -> None:
    """The claim is implied unless it is denied."""
    facts: dict[str, Value] = {"qi_asserted": True, "motion": "appeal"}
    for value, words in ((None, "Denied; interlocutory appeal pending"), (False, None)):
        posture = Posture.of(facts if value is None else {**facts, "individual_capacity": value})
        assert chosen(SHIPPED, posture, question(SHIPPED, posture, DEFENSE)) == words


def test_a_district_comes_back_with_its_circuit_and_its_record_cite() -> None:
    """The record cite stays with that district and does not move to another."""
    first = say(new(), FORUM_QUESTION, "D.N.M.").sourcing("court", "Doc. 1")
    away = say(first, FORUM_QUESTION, "Ninth Circuit")
    assert dict(away.posture.known) == {"circuit": "ninth"}
    assert "court" not in away.sources
    other = say(away, FORUM_QUESTION, "D. Alaska")
    assert "court" not in other.sources
    back = say(other, FORUM_QUESTION, "Tenth Circuit")
    assert back.posture.get("court") == "D.N.M."
    assert back.sources["court"] == "Doc. 1"


def test_naming_only_the_circuit_of_a_district_leaves_the_district_unknown() -> None:
    """Who picks the circuit again means the circuit."""
    session = say(say(new(), FORUM_QUESTION, "D.N.M."), FORUM_QUESTION, "10th")
    assert session.posture.get("court") is None
    assert "court" in session.posture.open


def test_what_was_answered_under_one_state_of_the_defense_comes_back_with_it() -> None:
    """The kind of an announced motion is set aside with its cite, and restored."""
    announced = say(new(), DEFENSE, "Motion announced, not filed")
    session = say(announced, "motion_kind", "dismiss").sourcing("motion_kind", "Doc. 9")
    away = say(session, DEFENSE, "Not asserted")
    assert not away.posture.asked("motion_kind")
    assert "motion_kind" not in away.sources
    back = say(away, DEFENSE, "Motion announced, not filed")
    assert back.posture.get("motion_kind") == "dismiss"
    assert back.sources["motion_kind"] == "Doc. 9"


def test_a_claim_stated_by_one_state_of_the_defense_does_not_stay_without_it() -> None:
    """Nobody said that immunity not asserted is a defense to claims in that capacity."""
    session = say(pending(), DEFENSE, "Asserted only; no motion filed or announced")
    assert session.posture.get("individual_capacity") is True
    assert not say(session, DEFENSE, "Not asserted").posture.asked("individual_capacity")


@pytest.mark.parametrize("value", [True, False])
def test_a_claim_answered_by_itself_comes_back_with_the_state_it_was_answered_under(
    value: bool,
) -> None:
    """A state of the defense that states the claim replaces the answer for as long as it holds."""
    session = say(say(new(), DEFENSE, None), "individual_capacity", value)
    away = say(session, DEFENSE, "Denied; no appeal")
    assert away.posture.get("individual_capacity") is True
    assert say(away, DEFENSE, None).posture == session.posture


def test_a_claim_answered_with_unknown_comes_back_as_unknown() -> None:
    """Unknown is an answer: a change of mind about the defense does not make it unasked."""
    session = say(say(new(), DEFENSE, None), "individual_capacity", None)
    away = say(session, DEFENSE, "Motion announced, not filed")
    assert away.posture.get("individual_capacity") is True
    assert say(away, DEFENSE, None).posture == session.posture


@few
@given(chance=chances)
def test_any_answer_changed_and_changed_back_leaves_the_answers_as_they_were(
    chance: Random,
) -> None:
    """Nothing that was answered is lost by a change of mind."""
    session = chance.choice(list(walk(chance))[1:])
    each = asked(session, chance.choice(trail(session)))
    before = chosen(SHIPPED, session.posture, each)
    there = answer(SHIPPED, session, each, values(each, chance))
    back = answer(SHIPPED, there, each, before)
    assert back.posture == session.posture
    assert dict(back.sources) == dict(session.sources)


def test_the_same_answer_again_changes_nothing() -> None:
    """Not even the order of the answers."""
    session = pending()
    for id_ in trail(session):
        assert answer(SHIPPED, session, asked(session, id_), stated(session, id_)) is session


def test_the_review_numbers_the_answers_first_then_what_may_be_asked() -> None:
    """The answers by doctrine, those that follow from another too; no excluded question."""
    session = say(pending(), "opposed", True)
    rows = review(SHIPPED, session)
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    given_ = [row for row in rows if row.answer]
    assert list(rows[: len(given_)]) == given_
    ids = [row.question.id for row in given_]
    assert ids == ["forum", "request", "opposed", "individual_capacity", "defense"]
    assert "certified_frivolous" not in {row.question.id for row in rows}


def test_an_answer_that_makes_no_difference_is_marked_and_kept() -> None:
    """It is no alarm: a quiet remark."""
    session = say(say(new(), FORUM_QUESTION, "10th"), "request", "none")
    session = say(say(session, DEFENSE, "Not asserted"), "own_records", False)
    row = next(r for r in review(SHIPPED, session) if r.question.id == "own_records")
    assert row.remark == "not needed"
    assert session.posture.get("own_records") is False


def test_every_forum_can_be_chosen_and_is_shown_as_chosen() -> None:
    """The answer is named by its Bluebook abbreviation, a circuit by its name."""
    for forum in all_forums(COURTS):
        session = answer(SHIPPED, new(), asked(new(), FORUM_QUESTION), forum)
        shown = chosen(SHIPPED, session.posture, asked(session, FORUM_QUESTION))
        assert isinstance(shown, NamedForum)
        assert (shown.circuit, shown.court) == (forum.circuit, forum.court)
        words = answer_words(SHIPPED, session.posture, asked(session, FORUM_QUESTION))
        assert words == (forum.court or COURTS.circuits[forum.circuit].name)
