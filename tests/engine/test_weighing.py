"""How holdings on one question are weighed, each on a library of a few precedents."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from postures import SHIPPED, VOCABULARY, Facts, days, law_on, library_of, postures, weighing

from qiwizard.law.forum import Voice, law_for
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.reasoning.weighing import Canon, Strength, Weighing, weigh

NEW_MEXICO: Facts = {"circuit": "tenth", "court": "D.N.M."}
THIRD: Facts = {"circuit": "third"}
PENDING: Facts = {"qi_asserted": True, "motion": "pending"}


def leading(found: Weighing) -> list[str]:
    """The ids of the precedents that prevailed."""
    return [authority.holding.precedent.id for authority in found.leading]


COURTS_BY_RANK = {
    "elsewhere": ("order", "D. Alaska"),
    "sister-circuit": ("opinion", "9th Cir."),
    "other-district": ("order", "D. Colo."),
    "own-district": ("order", "D.N.M."),
    "own-circuit-unpublished": ("unpublished", "10th Cir."),
    "own-circuit": ("opinion", "10th Cir."),
    "supreme-court": ("opinion", "U.S."),
}
"""Kinds of authority as they rank in the District of New Mexico, from lowest to highest."""


def row(
    name: str, answer: str = "entitled", year: int = 2000, when: str = "", force: str = "permits"
) -> str:
    """The row of one kind of authority with one holding."""
    kind, court = COURTS_BY_RANK[name]
    return (
        f'{{ id = "{name}", kind = "{kind}", court = "{court}", decided = {year}-01-01, '
        f'when = {{ {when} }}, answer = "{answer}", force = "{force}" }}'
    )


# Higher authority

SAME_VOICE = [
    ("elsewhere", "sister-circuit", "permits"),
    ("sister-circuit", "other-district", "permits"),
    ("own-district", "own-circuit-unpublished", "permits"),
    ("own-circuit-unpublished", "own-circuit", "supports"),
    ("own-circuit", "supreme-court", "requires"),
]


@pytest.mark.parametrize(("lower", "higher", "force"), SAME_VOICE)
def test_higher_authority_prevails_over_later_and_narrower(
    lower: str, higher: str, force: str
) -> None:
    late = row(lower, "disfavored", 2020, 'qi_asserted = true, motion = "pending"', force)
    early = row(higher, "entitled", 1990, "qi_asserted = true", force)
    found = weighing(library_of(late, early), {**NEW_MEXICO, **PENDING})
    assert (found.answer, found.canon) == ("entitled", Canon.SUPERIOR)
    assert leading(found) == [higher]
    assert [a.holding.precedent.id for a in found.against] == [lower]


def test_a_federal_rule_ranks_with_the_supreme_court() -> None:
    library = library_of(
        '{ id = "rule", kind = "rule", answer = "entitled", force = "requires" }',
        row("own-circuit", "disfavored", 2020, 'motion = "pending"', "requires"),
    )
    found = weighing(library, {**NEW_MEXICO, **PENDING})
    assert (found.answer, found.canon) == ("entitled", Canon.SUPERIOR)


def test_what_the_supreme_court_leaves_open_the_circuit_answers() -> None:
    """Permission from above does not outrank what the circuit says of its use."""
    library = library_of(row("supreme-court", "good_cause"), row("own-circuit", "disfavored", 1995))
    assert weighing(library, NEW_MEXICO).answer == "disfavored"
    assert weighing(library, THIRD).answer == "good_cause"


# Voice before rank

VOICES = {
    Voice.CITED: row("sister-circuit", force="requires"),
    Voice.LOCAL: row("own-circuit-unpublished", force="requires"),
    Voice.PERMITS: row("own-circuit"),
    Voice.DECIDES: row("own-circuit", force="requires"),
}


@pytest.mark.parametrize(("weaker", "stronger"), list(pairwise(VOICES)))
def test_voice_comes_before_rank(weaker: Voice, stronger: Voice) -> None:
    """What requires prevails over what permits, that over what is only persuasive."""
    strong = VOICES[stronger]
    weak = VOICES[weaker].replace('"entitled"', '"disfavored"').replace('id = "', 'id = "weak-')
    found = weighing(library_of(strong, weak), NEW_MEXICO)
    assert (found.answer, found.voice, found.canon) == ("entitled", stronger, Canon.FORCE)
    assert not found.divided


@pytest.mark.parametrize("force", ["requires", "permits"])
def test_what_binds_below_prevails_over_what_the_supreme_court_only_supports(force: str) -> None:
    """A general statement of the Supreme Court is cited; it does not answer."""
    library = library_of(
        row("supreme-court", "disfavored", 2020, force="supports"),
        row("own-circuit", "entitled", 1990, force=force),
    )
    found = weighing(library, NEW_MEXICO)
    assert (found.answer, leading(found)) == ("entitled", ["own-circuit"])
    assert [a.holding.precedent.id for a in found.against] == ["supreme-court"]


# More specific


def general_and_exception(court: str) -> Library:
    """A late general holding of New Mexico, and an early exception to it by some court."""
    return library_of(
        '{ id = "general", decided = 2020-01-01, when = { opposed = true }, answer = "entitled" }',
        f'{{ id = "exception", court = "{court}", decided = 2010-01-01, '
        'when = { opposed = true, motion_delayed = true }, answer = "disfavored" }',
    )


LATE: Facts = {"opposed": True, "motion_delayed": True}


def test_the_more_specific_holding_of_one_court_prevails_over_the_later_general_one() -> None:
    library = general_and_exception("D.N.M.")
    found = weighing(library, {**NEW_MEXICO, **LATE})
    assert (found.answer, found.canon) == ("disfavored", Canon.SPECIFIC)
    assert not found.divided
    assert weighing(library, {**NEW_MEXICO, "opposed": True}).answer == "entitled"


def test_the_practice_of_one_district_is_no_exception_to_that_of_another() -> None:
    found = weighing(general_and_exception("D. Kan."), {"court": "D. Colo.", **LATE})
    assert (found.answer, found.canon) == ("entitled", Canon.LATER)
    assert found.divided


def test_more_conditions_are_not_more_specific_unless_they_imply_the_other() -> None:
    library = library_of(
        '{ id = "three", decided = 2010-01-01, answer = "entitled", '
        "when = { opposed = true, pro_se = true, prisoner = true } }",
        '{ id = "two", decided = 2020-01-01, answer = "disfavored", '
        "when = { qi_asserted = true, opposed = true } }",
    )
    facts: Facts = {"opposed": True, "pro_se": True, "prisoner": True, "qi_asserted": True}
    found = weighing(library, {**NEW_MEXICO, **facts})
    assert (found.answer, found.canon) == ("disfavored", Canon.LATER)


def test_fewer_values_of_one_fact_are_more_specific() -> None:
    library = library_of(
        '{ id = "two-values", decided = 2020-01-01, answer = "entitled", '
        'when = { motion = ["pending", "promised"] } }',
        '{ id = "one-value", decided = 2010-01-01, answer = "disfavored", '
        'when = { motion = "promised" } }',
    )
    found = weighing(library, {**NEW_MEXICO, "motion": "promised"})
    assert (found.answer, found.canon) == ("disfavored", Canon.SPECIFIC)
    assert weighing(library, {**NEW_MEXICO, "motion": "pending"}).answer == "entitled"


def test_an_exception_to_an_exception_restores_the_rule() -> None:
    library = library_of(
        '{ id = "rule", answer = "entitled" }',
        '{ id = "exception", when = { opposed = true }, answer = "disfavored" }',
        '{ id = "back", when = { opposed = true, pro_se = true }, answer = "entitled" }',
    )
    found = weighing(library, {**NEW_MEXICO, "opposed": True, "pro_se": True})
    assert (found.answer, leading(found)) == ("entitled", ["back"])


# Later


@pytest.mark.parametrize("court", ["D.N.M.", "D. Kan.", "10th Cir.", "U.S."])
@pytest.mark.parametrize("force", ["permits", "requires"])
def test_the_later_of_two_equals_leads_and_the_question_is_divided(court: str, force: str) -> None:
    library = library_of(
        f'{{ id = "earlier", court = "{court}", decided = 2010-01-01, force = "{force}", '
        'when = { opposed = true }, answer = "entitled" }',
        f'{{ id = "later", court = "{court}", decided = 2020-01-01, force = "{force}", '
        'when = { qi_asserted = true }, answer = "disfavored" }',
    )
    facts: Facts = {**NEW_MEXICO, "opposed": True, "qi_asserted": True}
    found = weighing(library, facts)
    assert (found.answer, found.canon) == ("disfavored", Canon.LATER)
    assert found.divided
    assert found.strength is Strength.CONTESTED
    before = weighing(library, facts, date(2015, 1, 1))
    assert (before.answer, before.canon) == ("entitled", Canon.UNOPPOSED)


# Outside the forum


@pytest.mark.parametrize("year", [1990, 2005, 2024])
def test_outside_the_forum_the_commoner_answer_leads_whatever_its_date(year: int) -> None:
    library = library_of(
        f'{{ id = "one", court = "D. Alaska", decided = {year}-01-01, answer = "disfavored" }}',
        '{ id = "two", court = "D. Kan.", decided = 2004-01-01, answer = "good_cause" }',
        '{ id = "three", court = "D. Minn.", decided = 2006-01-01, answer = "good_cause" }',
    )
    found = weighing(library, THIRD)
    assert (found.answer, found.canon) == ("good_cause", Canon.EVEN)
    assert found.divided
    assert found.strength is Strength.CONTESTED


@pytest.mark.parametrize("name", ["sister-circuit", "own-circuit", "elsewhere"])
def test_authority_from_outside_the_forum_alone_is_contested(name: str) -> None:
    found = weighing(library_of(row(name, force="requires")), THIRD)
    assert (found.answer, found.canon) == ("entitled", Canon.UNOPPOSED)
    assert (found.voice, found.strength) == (Voice.CITED, Strength.CONTESTED)


# What is in it


def test_other_holdings_for_the_answer_are_supporting() -> None:
    library = library_of(row("own-circuit"), row("own-district"), row("elsewhere", "disfavored"))
    found = weighing(library, NEW_MEXICO)
    assert leading(found) == ["own-circuit"]
    assert [a.holding.precedent.id for a in found.supporting] == ["own-district"]
    assert [a.holding.precedent.id for a in found.against] == ["elsewhere"]


@given(posture=postures(), day=days())
def test_every_weighing_of_the_shipped_law_is_complete(posture: Posture, day: date) -> None:
    """Each holding that applies is leading, supporting or against, once; the leaders agree."""
    law = law_for(SHIPPED, posture, day)
    for those in law.applying(VOCABULARY.bits(posture.known)).values():
        found = weigh(those)
        assert {*found.leading, *found.supporting, *found.against} == set(those)
        assert len(found.leading) + len(found.supporting) + len(found.against) == len(those)
        assert found.leading
        assert {a.holding.answer for a in found.leading} == {found.answer}
        assert {a.voice for a in found.leading} == {max(a.voice for a in those)}
        assert found.answer not in {a.holding.answer for a in found.against}
        binding = [a for a in those if a.voice is Voice.DECIDES]
        assert not binding or found.answer in {a.holding.answer for a in binding}


def test_holdings_of_one_question_do_not_conflict_with_those_of_another() -> None:
    library = library_of(
        '{ id = "one", answer = "entitled" }',
        '{ id = "two", question = "reach", answer = "movants" }',
    )
    groups = law_on(library, NEW_MEXICO).applying(0)
    assert {q: weigh(those).canon for q, those in groups.items()} == {
        "protection": Canon.UNOPPOSED,
        "reach": Canon.UNOPPOSED,
    }
