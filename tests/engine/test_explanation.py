"""Why: the tree of a ruling, why an answer prevailed, and how authority is distinguished."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from postures import (
    SHIPPED,
    TODAY,
    Facts,
    days,
    decided_order,
    law_on,
    library_of,
    postures,
    with_orders,
)

from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.reasoning.composition import Basis
from qiwizard.reasoning.explanation import (
    BETWEEN_PANELS,
    BY_DEFAULT,
    CANON_SAYS,
    FROM_ELSEWHERE,
    contrary,
    counts_words,
    decided_facts,
    distinguished,
    prevailed,
    why,
)
from qiwizard.reasoning.ruling import Finding, rule
from qiwizard.reasoning.weighing import Canon

NEW_MEXICO: Facts = {"circuit": "tenth", "court": "D.N.M.", "request": "stay", "motion": "pending"}
some = settings(max_examples=60)


def finding(library: Library, question: str, facts: Facts = NEW_MEXICO) -> Finding:
    """The finding on a question that has to arise."""
    found = rule(library, Posture.of(facts), TODAY).finding(question)
    assert found is not None
    return found


@some
@given(posture=postures(), day=days())
def test_the_tree_has_every_finding_and_term_once(posture: Posture, day: date) -> None:
    ruling = rule(SHIPPED, posture, day)
    tree = why(SHIPPED, ruling)
    reasons = [r for branch in (*tree.deciding, *tree.rest) for r in branch.reasons]
    assert len(reasons) == len(ruling.findings)
    assert {r.finding.question.id for r in reasons} == {f.question.id for f in ruling.findings}
    assert tuple(term for term, _ in tree.terms) == ruling.terms
    assert sorted(t for r in reasons for t in r.terms) == sorted(ruling.terms)
    for term, giving in tree.terms:
        assert term in giving.question.answers[giving.answer].terms
    deciding = [r.finding for branch in tree.deciding for r in branch.reasons]
    assert deciding == list(ruling.decisive)
    assert sum(len(group.reasons) for group in tree.rest) == len(reasons) - len(deciding)
    for branch in (*tree.deciding, *tree.rest):
        assert {r.finding.question.doctrine for r in branch.reasons} == {branch.doctrine.id}


# Why an answer prevailed


@some
@given(posture=postures(), day=days())
def test_every_finding_says_why_it_prevailed(posture: Posture, day: date) -> None:
    for each in rule(SHIPPED, posture, day).findings:
        text = prevailed(SHIPPED, each)
        assert text.endswith(".")
        if each.basis is Basis.PRACTICE and each.counts and each.counts.all.answered:
            assert text.startswith("Practice: ")


FOR, AGAINST = '{ id = "a", answer = "yes", ', '{ id = "b", answer = "no", '
CANONS = {
    Canon.UNOPPOSED: ['court = "10th Cir." }'],
    Canon.FORCE: ['court = "10th Cir." }', 'court = "9th Cir." }'],
    Canon.SUPERIOR: ['kind = "unpublished", court = "10th Cir." }', 'court = "D.N.M." }'],
    Canon.SPECIFIC: [
        'court = "10th Cir.", when = { motion = "pending" } }',
        'court = "10th Cir." }',
    ],
    Canon.LATER: [
        'court = "10th Cir.", decided = 2010-01-01 }',
        'court = "10th Cir.", decided = 2005-01-01 }',
    ],
    Canon.EVEN: ['court = "9th Cir." }', 'court = "5th Cir." }'],
}
"""Holdings on whether immunity is available that the canon decides for the first."""


@pytest.mark.parametrize("canon", CANONS)
def test_each_canon_is_said_with_both_sides(canon: Canon) -> None:
    question = 'question = "available", '
    rows = [
        f"{side}{question}{row}" for side, row in zip((FOR, AGAINST), CANONS[canon], strict=False)
    ]
    found = finding(library_of(*rows), "available")
    assert found.canon is canon
    text = prevailed(SHIPPED, found)
    assert text.startswith(CANON_SAYS[canon])
    if canon not in (Canon.UNOPPOSED, Canon.EVEN):
        before, _, after = text.partition("contra: ")
        assert " a (" in before
        assert after.startswith("b (")
    assert (BETWEEN_PANELS in text) is (canon is Canon.LATER)


def test_two_judges_of_a_district_are_no_panels() -> None:
    library = library_of(
        '{ id = "a", question = "available", answer = "yes", decided = 2010-01-01 }',
        '{ id = "b", question = "available", answer = "no", decided = 2005-01-01 }',
    )
    text = prevailed(library, finding(library, "available"))
    assert text.startswith(CANON_SAYS[Canon.LATER])
    assert BETWEEN_PANELS not in text


def test_what_binding_law_requires_is_said_to_be_required() -> None:
    library = library_of(
        '{ id = "a", court = "10th Cir.", answer = "entitled", force = "requires" }'
    )
    text = prevailed(library, finding(library, "protection"))
    assert text.startswith("Required by a (")


def test_a_default_is_said_to_be_one() -> None:
    library = with_orders(library_of())
    assert prevailed(library, finding(library, "protection")) == BY_DEFAULT


def test_counts_are_said_nearest_first() -> None:
    orders = [decided_order(n, "stay", facts={"motion": "pending"}) for n in range(3)]
    orders += [decided_order(9, "no_stay", facts={"motion": "pending"})]
    orders += [decided_order(10, "no_stay", "D. Kan.", {"motion": "pending"})]
    orders += [decided_order(11, "stay", "D. Me.", {"motion": "pending"})]
    orders += [decided_order(12, "no_stay", "D. Me.", {"motion": "none"})]
    library = with_orders(library_of(), orders)
    found = finding(library, "protection")
    assert found.question.answers[found.answer].side is True
    (text,) = counts_words(library, found)
    assert (
        text == "Practice: 3 of 4 coded D.N.M. orders, 3 of 5 in the 10th Cir., 4 of 6 nationwide."
    )
    assert prevailed(library, found) == text
    elsewhere = finding(
        library, "protection", {**NEW_MEXICO, "circuit": "ninth", "court": "D. Or."}
    )
    assert counts_words(library, elsewhere) == ("Practice: 4 of 6 coded orders nationwide.",)


@some
@given(posture=postures(), day=days())
def test_counts_said_are_the_counts_held(posture: Posture, day: date) -> None:
    for each in rule(SHIPPED, posture, day).findings:
        said = " ".join(counts_words(SHIPPED, each))
        if each.counts is None or not each.counts.all.answered:
            assert said == ""
        else:
            gave, answered = each.counts.all.pair
            assert said.endswith(" nationwide.")
            assert f" {gave} of {answered} " in said


# Contrary authority


@some
@given(posture=postures(), day=days())
def test_contrary_authority_is_that_of_the_forum_and_little_from_elsewhere(
    posture: Posture, day: date
) -> None:
    for each in rule(SHIPPED, posture, day).findings:
        found = contrary(each)
        assert set(found) <= set(each.against)
        assert set(found) >= {a for a in each.against if a.rank.in_forum}
        assert sum(not a.rank.in_forum for a in found) <= FROM_ELSEWHERE


def test_the_ground_of_the_library_comes_first() -> None:
    posture = Posture.of(NEW_MEXICO)
    for group in law_on(SHIPPED, NEW_MEXICO).authorities.values():
        for authority in group:
            if authority.holding.distinguish:
                text = distinguished(SHIPPED, posture, authority)
                assert text == authority.holding.distinguish


def test_else_the_facts_decided_on_that_differ_here_are_the_ground() -> None:
    """Facts on which some holding on the question depends; what the holding needs is no ground."""
    library = library_of(
        '{ id = "a", when = { motion = "pending" }, answer = "entitled", '
        'facts = { motion = "pending", motion_kind = "dismiss", prisoner = true } }',
        '{ id = "b", when = { motion_kind = "summary_judgment" }, answer = "good_cause" }',
    )
    facts: Facts = {**NEW_MEXICO, "motion_kind": "summary_judgment", "prisoner": False}
    law = law_on(library, facts)
    (authority,) = (a for a in law.on("protection") if a.holding.precedent.id == "a")
    assert distinguished(library, Posture.of(facts), authority) == (
        "The facts differ: kind of motion (there, to dismiss, or for judgment on the pleadings; "
        "here, for summary judgment)."
    )
    same: Facts = {**facts, "motion_kind": "dismiss"}
    assert distinguished(library, Posture.of(same), authority) == ""
    assert distinguished(library, Posture.of(NEW_MEXICO), authority) == ""


def test_the_facts_of_an_order_are_those_of_its_precedent_too() -> None:
    """A precedent without facts of its own has those of the decided order that it is."""
    pairs = [
        (SHIPPED.precedents[name], order)
        for order in SHIPPED.orders
        for name in order.same_case
        if SHIPPED.precedents[name].decided == order.decided
    ]
    assert pairs
    for precedent, _ in pairs:
        assert decided_facts(SHIPPED, precedent)
