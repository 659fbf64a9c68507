"""The interview walked at random: what is asked, what is left, and what a change of mind does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from postures import (
    COURTS,
    DECIDED,
    PLAIN_FACTS,
    SHIPPED,
    TODAY,
    VOCABULARY,
    days,
    forums,
    library_of,
    noticeable,
    values_of,
)

from qiwizard.law.facts import Value
from qiwizard.law.library import FORUM
from qiwizard.law.posture import Posture
from qiwizard.reasoning.interview import Agenda, agenda, facts_left, idle_facts, stakes
from qiwizard.reasoning.ruling import rule
from qiwizard.sessions.session import Session
from qiwizard.sessions.steps import shift, steps

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
chances = st.randoms(use_true_random=False)
few = settings(max_examples=25)


def begun(forum: dict[str, Value], day: date = TODAY) -> Session:
    """A session whose forum is known, or left open."""
    session = Session.new(day, NOW)
    for name in FORUM:
        session = session.answering(SHIPPED, name, forum.get(name))
    return session


def stated(facts: dict[str, Value], day: date = TODAY) -> Session:
    """A session with facts answered in the order of the interview."""
    session = Session.new(day, NOW)
    for name in VOCABULARY.in_order(facts):
        session = session.answering(SHIPPED, name, facts[name])
    return session


def left(session: Session) -> tuple[str, ...]:
    """The facts that can still matter."""
    return facts_left(SHIPPED, session.posture, session.as_of)


def agenda_of(session: Session) -> Agenda:
    """What is left to ask, with the count."""
    return agenda(SHIPPED, session.posture, session.as_of)


def choices(session: Session, name: str) -> list[Value | None]:
    """What may be answered: a value, of the courts one in the circuit, or not stated."""
    circuit = session.posture.get("circuit")
    if name == "court":
        first, *_ = COURTS.of(str(circuit))
        return [first.id, None]
    return [*values_of(name), None]


def walk(session: Session, chance: Random) -> Iterator[Session]:
    """The session after each question, answered at random until nothing is left to ask."""
    while names := left(session):
        yield session
        session = session.answering(SHIPPED, names[0], chance.choice(choices(session, names[0])))
    yield session


def somewhere(session: Session, chance: Random) -> Session:
    """A session broken off at a random point of a random walk."""
    return chance.choice(list(walk(session, chance)))


@few
@given(day=st.sampled_from([TODAY, date(2017, 5, 19)]), chance=chances)
def test_every_walk_from_nothing_ends_on_a_ruling(day: date, chance: Random) -> None:
    """No fact is asked twice, and when none is left the case is ruled on with authority."""
    *_, end = walk(Session.new(day, NOW), chance)
    assert len(end.trail) == len(set(end.trail))
    assert end.trail[0] == "circuit"
    ruling = rule(SHIPPED, end.posture, day)
    assert ruling.outcome in SHIPPED.outcomes
    assert all(finding.authority_for for finding in ruling.findings)
    assert agenda_of(end).next is None
    assert agenda_of(end).at_least == agenda_of(end).at_most == 0


@few
@given(forum=forums(), day=days(), chance=chances)
def test_facts_left_only_shrink_along_a_walk(
    forum: dict[str, Value], day: date, chance: Random
) -> None:
    """An answer never brings up a question that could not matter before."""
    before: tuple[str, ...] | None = None
    for session in walk(begun(forum, day), chance):
        now = left(session)
        assert now == VOCABULARY.in_order(now)
        assert not any(session.posture.asked(name) for name in now)
        assert before is None or set(now) < set(before)
        before = now


@few
@given(chance=chances)
def test_forum_alone_may_bring_up_more_questions(chance: Random) -> None:
    """Only the answers that name the forum may add to what is left."""
    before: set[str] | None = None
    last = ""
    for session in walk(Session.new(TODAY, NOW), chance):
        now = set(left(session))
        assert before is None or last in FORUM or now < before
        before, last = now, next(iter(left(session)), "")


@settings(max_examples=40)
@given(forum=forums(), day=days(), chance=chances)
def test_fact_that_is_not_left_cannot_change_the_ruling(
    forum: dict[str, Value], day: date, chance: Random
) -> None:
    """Outcome, strength, terms and alternatives stay, whatever an unasked fact would be."""
    session = somewhere(begun(forum, day), chance)
    ruling = rule(SHIPPED, session.posture, day)
    silent = [n for n in PLAIN_FACTS if not session.posture.asked(n) and n not in left(session)]
    for name in silent:
        for value in values_of(name):
            told = rule(SHIPPED, session.posture.stating(name, value), day)
            assert told.signature == ruling.signature, (name, value, session.posture)
            assert noticeable(told) == noticeable(ruling), (name, value, session.posture)


def test_fact_of_a_question_that_does_not_arise_is_asked_or_leaves_the_ruling_as_sure() -> None:
    """A second ground for the same outcome makes a ruling surer only if it is asked for."""
    library = library_of(
        '{ id = "rule", kind = "rule", holding = ['
        '{ key = "a", question = "baseline", answer = "open", capped = true }, '
        '{ key = "b", question = "available", answer = "yes" }, '
        '{ key = "c", question = "raised", answer = "yes" }, '
        '{ key = "d", question = "trigger", when = { motion = "denied" }, answer = "rejected" }] }',
        '{ id = "habit", question = "opposition", answer = "compel_as_asked" }',
    )
    posture = Posture.of({"circuit": "tenth", "court": "D.N.M."})
    unasked = rule(library, posture, TODAY)
    assert unasked.outcome == "no_stay"
    told = rule(library, posture.stating("motion", "denied"), TODAY)
    asked = "motion" in facts_left(library, posture, TODAY)
    assert asked or told.signature == unasked.signature


@few
@given(forum=forums(), day=days(), chance=chances)
def test_count_of_questions_left_holds_along_a_walk(
    forum: dict[str, Value], day: date, chance: Random
) -> None:
    """With the forum known no walk asks fewer than the least or more than the most announced."""
    way = list(walk(begun(forum, day), chance))
    for asked, session in enumerate(way):
        still = len(way) - 1 - asked
        announced = agenda_of(session)
        assert announced.left == left(session)
        assert announced.at_least <= still <= announced.at_most, session.posture


@few
@given(forum=forums(), day=days(), chance=chances)
def test_outcome_of_a_walk_was_among_those_within_reach_all_along(
    forum: dict[str, Value], day: date, chance: Random
) -> None:
    """The outcomes that an agenda names include that of the moment and that of the end."""
    way = list(walk(begun(forum, day), chance))
    end = rule(SHIPPED, way[-1].posture, day).outcome
    for session in way:
        now = rule(SHIPPED, session.posture, day).outcome
        assert {now, end} <= agenda_of(session).outcomes


@few
@given(forum=forums(), day=days(), chance=chances)
def test_answer_changed_and_changed_back_leaves_everything_as_it_was(
    forum: dict[str, Value], day: date, chance: Random
) -> None:
    """Posture, ruling, idle facts and questions left come back with the answer."""
    before = somewhere(begun(forum, day), chance)
    answered = [name for name in before.trail if name not in FORUM]
    for name in answered[-3:]:
        other = chance.choice([v for v in choices(before, name) if v != before.posture.get(name)])
        there = before.answering(SHIPPED, name, other)
        back = there.answering(SHIPPED, name, before.posture.get(name))
        assert back.posture == before.posture
        assert left(back) == left(before)
        assert idle_facts(SHIPPED, back.posture, day) == idle_facts(SHIPPED, before.posture, day)
        assert rule(SHIPPED, back.posture, day) == rule(SHIPPED, before.posture, day)
        out, home = shift(SHIPPED, before, there), shift(SHIPPED, there, back)
        assert set(home.came_back) >= set(out.fell_away) - {name}
        assert set(home.fell_away) >= set(out.came_back) - {name}


LUCERO: dict[str, Value] = dict(SHIPPED.precedents["lucero-v-clovis"].facts)
KIND_COUNTS = library_of(
    '{ id = "rule", kind = "rule", holding = ['
    '{ key = "a", question = "baseline", answer = "open" }, '
    '{ key = "b", question = "available", answer = "yes" }, '
    '{ key = "c", question = "raised", answer = "yes" }] }',
    '{ id = "appeals", court = "10th Cir.", holding = ['
    '{ key = "a", question = "trigger", when = { motion = "none" }, answer = "premature" }, '
    '{ key = "b", question = "trigger", when = { motion = "pending" }, answer = "enough" }, '
    '{ key = "c", when = { motion_kind = "dismiss" }, answer = "of_right" }, '
    '{ key = "d", when = { motion_kind = "summary_judgment" }, answer = "disfavoured" }] }',
)
"""A law in which the kind of motion matters once there is a motion, and nothing else does."""


def test_change_of_answer_tells_what_fell_away_and_undoing_it_what_came_back() -> None:
    """Without a motion its kind has no effect; it has one again when the motion is back."""
    session = Session.new(TODAY, NOW)
    for name in ("circuit", "motion", "motion_kind", "own_records"):
        session = session.answering(KIND_COUNTS, name, LUCERO.get(name, False))
    assert idle_facts(KIND_COUNTS, session.posture, TODAY) == {"own_records"}
    without = session.answering(KIND_COUNTS, "motion", "none")
    away = shift(KIND_COUNTS, session, without)
    assert (away.fell_away, away.came_back, away.dropped) == (("motion_kind",), (), ())
    assert without.posture.get("motion_kind") == "summary_judgment"
    assert rule(KIND_COUNTS, without.posture, TODAY) == rule(
        KIND_COUNTS, without.posture.forgetting("motion_kind"), TODAY
    )
    undone = shift(KIND_COUNTS, without, without.answering(KIND_COUNTS, "motion", "pending"))
    assert (undone.fell_away, undone.came_back, undone.dropped) == ((), ("motion_kind",), ())


def test_only_facts_on_which_the_law_turns_are_asked() -> None:
    """In a law of two facts the interview has the forum and two questions, or one."""
    session = Session.new(TODAY, NOW).answering(KIND_COUNTS, "circuit", "tenth")
    assert facts_left(KIND_COUNTS, session.posture, TODAY) == ("motion", "motion_kind")
    announced = agenda(KIND_COUNTS, session.posture, TODAY)
    assert (announced.at_least, announced.at_most) == (1, 2)
    assert announced.outcomes == {"stay", "no_stay"}
    without = session.answering(KIND_COUNTS, "motion", "none")
    assert facts_left(KIND_COUNTS, without.posture, TODAY) == ()
    elsewhere = Session.new(TODAY, NOW).answering(KIND_COUNTS, "circuit", "ninth")
    assert "motion" in facts_left(KIND_COUNTS, elsewhere.posture, TODAY)


def test_another_circuit_drops_the_court_that_is_not_in_it() -> None:
    """The court falls away, visibly, and nothing else that was answered."""
    before = stated(LUCERO)
    after = before.answering(SHIPPED, "circuit", "ninth")
    assert after.posture.get("court") is None
    assert not after.posture.asked("court")
    assert "court" in left(after)
    assert "court" not in after.trail
    assert shift(SHIPPED, before, after).dropped == ("court",)
    kept = {name: value for name, value in LUCERO.items() if name not in FORUM}
    assert {**kept, "circuit": "ninth"} == dict(after.posture.known)


def test_another_court_drops_the_circuit_that_does_not_hold_it() -> None:
    """The answer given last stays, and no session ever holds the two."""
    before = stated(LUCERO)
    after = before.answering(SHIPPED, "court", "D. Mass.")
    assert after.posture.get("court") == "D. Mass."
    assert not after.posture.asked("circuit")
    assert shift(SHIPPED, before, after).dropped == ("circuit",)
    assert after.trail == (*(n for n in before.trail if n not in FORUM), "court")


def test_same_circuit_answered_again_keeps_the_court() -> None:
    """Only a circuit that does not hold the court lets it fall away."""
    before = stated(LUCERO)
    after = before.answering(SHIPPED, "circuit", "tenth")
    assert after.posture == before.posture
    assert not shift(SHIPPED, before, after)


def test_nothing_shifts_where_the_answer_stays() -> None:
    """A shift without content is false."""
    session = stated(LUCERO)
    assert not shift(SHIPPED, session, session)


@few
@given(forum=forums(), day=days(), chance=chances)
def test_every_question_asked_has_something_at_stake(
    forum: dict[str, Value], day: date, chance: Random
) -> None:
    """Behind each fact that is left there are holdings that wait for it and can still speak."""
    session = somewhere(begun(forum, day), chance)
    known = session.posture.known
    for name in left(session):
        if name in FORUM:
            continue
        found = stakes(SHIPPED, session.posture, name, day)
        assert found, name
        for stake in found:
            assert stake.holdings
            for placed in stake.holdings:
                needs = placed.holding.when.facts
                assert placed.holding.question == stake.question
                assert name in needs or any(name in limit.facts for limit in placed.limits)
                assert all(known[n] in needs[n] for n in needs if n in known and n != name)


@few
@given(forum=forums(), chance=chances)
def test_question_answered_with_not_stated_is_open(forum: dict[str, Value], chance: Random) -> None:
    """It is neither known nor asked again, and the ruling is what it was."""
    session = somewhere(begun(forum), chance)
    ruling = rule(SHIPPED, session.posture, TODAY)
    for name in left(session)[:3]:
        after = session.answering(SHIPPED, name, None)
        assert name in after.posture.open
        assert name not in after.posture.known
        assert name not in left(after)
        assert after.trail[-1] == name
        assert rule(SHIPPED, after.posture, TODAY).signature == ruling.signature
        again = after.answering(SHIPPED, name, choices(session, name)[0])
        assert name not in again.posture.open
        assert after.clearing(name).posture == session.posture


@pytest.mark.parametrize("facts", DECIDED[:5], ids=lambda facts: str(facts.get("motion")))
def test_steps_tell_where_in_the_interview_a_session_stands(facts: dict[str, Value]) -> None:
    """The doctrines together hold every answered fact once, and every fact that is left."""
    session = stated({"circuit": "tenth", **facts})
    found = steps(SHIPPED, session)
    assert [step.doctrine for step in found] == [doctrine.id for doctrine in SHIPPED.doctrines]
    assert sorted(n for step in found for n in step.asked) == sorted(session.posture.known)
    assert sorted(n for step in found for n in step.left) == sorted(left(session))
    idle = idle_facts(SHIPPED, session.posture, TODAY)
    assert {n for step in found for n in step.idle} == idle
    assert all(step.done == (step.arises and not step.left) for step in found)


def test_known_and_open_and_unasked_never_mix() -> None:
    """A fact is in one of the three states, and only a deliberate step moves it."""
    posture = Posture.of({"opposed": False}, {"opposed", "pro_se"})
    assert posture.known == {"opposed": False}
    assert posture.open == {"pro_se"}
    assert posture.asked("pro_se")
    assert not posture.asked("motion")
    told = posture.stating("pro_se", value=False)
    assert (told.get("pro_se"), told.open) == (False, frozenset())
    assert told.leaving_open("pro_se") == posture
    assert posture.forgetting("pro_se").open == frozenset()
    assert posture.only(["pro_se"]) == Posture.of({}, {"pro_se"})
