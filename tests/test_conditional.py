"""The conditional answer on facts not known, and the closest orders of either kind."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from postures import SHIPPED, TODAY, days, postures

from qiwizard.documents.summary import summary
from qiwizard.documents.telling import conditional_words
from qiwizard.law.facts import Value
from qiwizard.law.library import FORUM
from qiwizard.law.posture import Posture
from qiwizard.reasoning.conditional import conditional
from qiwizard.reasoning.interview import stakes
from qiwizard.reasoning.ruling import rule
from qiwizard.reasoning.similar import MEASURE, OF_EACH_KIND, closest
from qiwizard.sessions.session import Session

LUCERO = SHIPPED.precedents["lucero-v-clovis"]


@given(posture=postures(), day=days())
def test_each_branch_is_the_ruling_on_its_values(posture: Posture, day: date) -> None:
    """Every value of every open fact is ruled on; branches differ from the present ruling."""
    found = conditional(SHIPPED, posture, day)
    assert found.ruling.signature == rule(SHIPPED, posture, day).signature
    assert {fact.name for fact in found.facts} == posture.open
    for fact in found.facts:
        led = {value: branch for branch in fact.branches for value in branch.values}
        assert fact.matters or not led
        for value in SHIPPED.vocabulary.by_name[fact.name].values:
            there = rule(SHIPPED, posture.stating(fact.name, value), day)
            here = (there.outcome, there.strength)
            if value in led:
                assert here == (led[value].outcome, led[value].strength)
                assert here != (found.ruling.outcome, found.ruling.strength)
            else:
                assert here == (found.ruling.outcome, found.ruling.strength)


@given(posture=postures(), day=days())
def test_open_facts_that_do_not_matter_change_nothing(posture: Posture, day: date) -> None:
    """The idle facts are those on which nothing turns, alone or with others."""
    found = conditional(SHIPPED, posture, day)
    idle = set(found.idle)
    assert not idle & set(FORUM), "whose law it is always matters"
    for name in idle:
        assert not stakes(SHIPPED, posture.forgetting(name), name, day)
    assert idle | {f.name for f in found.turning} | set(found.mattering) == posture.open
    for name in idle:
        for value in SHIPPED.vocabulary.by_name[name].values:
            there = rule(SHIPPED, posture.stating(name, value), day)
            assert there.signature == found.ruling.signature


def test_an_open_circuit_is_ruled_on_in_each() -> None:
    """The forum too may be asked and not known."""
    facts: dict[str, Value] = {"qi_asserted": True, "motion": "promised"}
    (circuit,) = conditional(SHIPPED, Posture.of(facts, ["circuit"]), TODAY).facts
    assert circuit.branches
    assert circuit.matters


def test_an_open_court_is_ruled_on_in_the_districts_of_its_circuit() -> None:
    """No district of another circuit is named."""
    facts: dict[str, Value] = {"qi_asserted": True, "motion": "promised", "circuit": "eighth"}
    (court,) = conditional(SHIPPED, Posture.of(facts, ["court"]), TODAY).facts
    named = {str(value) for branch in court.branches for value in branch.values}
    assert named <= {district.id for district in SHIPPED.courts.of("eighth")}


def test_the_summary_says_what_each_value_would_change() -> None:
    """`Stay; if own records were “Yes”, partial stay`, and what does not matter."""
    session = Session.new(TODAY)
    for name, value in SHIPPED.precedents["maday-v-dooley"].facts.items():
        session = session.answering(SHIPPED, name, value)
    for name in ("own_records", "appeal_on_law"):
        session = session.answering(SHIPPED, name, None)
    found = conditional(SHIPPED, session.posture, TODAY)
    said = list(conditional_words(SHIPPED, found))
    assert said[0].startswith("Stay; if plaintiff's own records at issue were “Yes”, partial stay")
    assert said[-1].startswith("Open, and without effect as things stand: ")
    text = " ".join(summary(SHIPPED, session).split())
    assert all(line in text for line in said)
    assert MEASURE in text


@given(posture=postures(), day=days())
def test_the_closest_orders_are_of_both_kinds_where_there_are_both(
    posture: Posture, day: date
) -> None:
    """The nearest of those that agree and of those that do not are always among them."""
    every = closest(SHIPPED, posture, day, most=1000)
    near = closest(SHIPPED, posture, day)
    assert list(near) == sorted(near, key=lambda n: (-n.score, n.id))
    for way in (True, False):
        wanted = [n for n in every if n.agrees is way][:OF_EACH_KIND]
        assert {n.id for n in wanted} <= {n.id for n in near}
    if len(every) > len(near):
        assert len(near) == 6
    if every:
        assert near[0] == every[0]
