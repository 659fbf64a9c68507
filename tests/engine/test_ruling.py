"""What every ruling keeps, on any posture in any forum on any day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from postures import (
    COURTS,
    DAYS,
    PENDING,
    PLAIN_FACTS,
    SHIPPED,
    TODAY,
    Facts,
    days,
    library_of,
    postures,
    with_orders,
)

from qiwizard.law.facts import FORUM, Value
from qiwizard.law.forum import Authority, law_for
from qiwizard.law.posture import Posture
from qiwizard.law.precedent import Kind
from qiwizard.reasoning.composition import Basis, compose
from qiwizard.reasoning.practice_counts import practice_of
from qiwizard.reasoning.ruling import (
    LEANING_SHARE,
    SETTLED_SHARE,
    Finding,
    Ruling,
    rule,
    strength_of,
)
from qiwizard.reasoning.weighing import Canon, Strength


def states(posture: Posture, condition: Mapping[str, frozenset[Value]]) -> bool:
    """Whether a posture states each fact of a condition with one of its values."""
    return all(posture.get(name) in values for name, values in condition.items())


def applicable(posture: Posture) -> Posture:
    """The posture without the facts that do not apply to it."""
    vocabulary = SHIPPED.vocabulary
    bits = vocabulary.bits(posture.known)
    return Posture.of(
        {
            name: value
            for name, value in posture.known.items()
            if name in FORUM or bits & vocabulary.bit(name, value)
        }
    )


def unlike_most_orders(finding: Finding) -> bool:
    """Whether a finding rests on practice, and no majority of the comparable orders is for it."""
    if finding.basis is not Basis.PRACTICE or finding.counts is None:
        return False
    gave, answered = finding.counts.all.pair
    return 2 * gave <= answered


def in_force(authority: Authority, posture: Posture, day: date) -> bool:
    """Whether a holding is good law for a posture on a day, read off the data alone."""
    holding, precedent = authority.holding, authority.holding.precedent
    if holding.since > day or not states(posture, holding.when.facts):
        return False
    if any(states(posture, exception.facts) for exception in holding.unless):
        return False
    if precedent.kind is Kind.LOCAL_RULE and posture.get("court") not in precedent.courts:
        return False
    return not any(
        event.since <= day
        and event.treatment.ends_force
        and event.touches(holding.key)
        and (event.when is None or states(posture, event.when.facts))
        for event in precedent.history
    )


# Findings


@settings(max_examples=600)
@given(posture=postures(), day=days())
def test_every_finding_has_authority_for_it(posture: Posture, day: date) -> None:
    """No conclusion without an authority, whatever the facts, the forum and the day."""
    for finding in rule(SHIPPED, posture, day).findings:
        assert finding.leading, finding.question.id
        assert finding.authority_for[: len(finding.leading)] == finding.leading


@settings(max_examples=300)
@given(posture=postures(), day=days())
def test_every_holding_cited_applies_and_is_in_force(posture: Posture, day: date) -> None:
    ruling = rule(SHIPPED, posture, day)
    for authority in ruling.cited:
        assert in_force(authority, applicable(posture), day), authority.holding.id
    for finding in ruling.findings:
        assert set(finding.because) <= posture.known.keys()


@settings(max_examples=300)
@given(posture=postures(), day=days())
def test_contrary_authority_supports_a_different_answer(posture: Posture, day: date) -> None:
    """Authority for the same outcome on another standard is not contrary."""
    for finding in rule(SHIPPED, posture, day).findings:
        groups = [finding.leading, finding.supporting, finding.other_standard, finding.against]
        listed = [authority for group in groups for authority in group]
        assert len(listed) == len(set(listed)), finding.question.id
        own = {a for a in listed if a.holding.question == finding.question.id}
        side = finding.question.answers[finding.answer].side
        for authority in own:
            answer = finding.question.answers[authority.holding.answer]
            if authority in finding.against:
                assert answer.id != finding.answer
                assert side is None or answer.side is not side
            else:
                assert answer.id == finding.answer or (side is not None and answer.side is side)
        for authority in finding.other_standard:
            assert authority.holding.answer != finding.answer


@given(posture=postures(), day=days())
def test_findings_are_in_the_order_of_their_questions_each_once(
    posture: Posture, day: date
) -> None:
    ruling = rule(SHIPPED, posture, day)
    order = [question.id for question in SHIPPED.questions]
    places = [order.index(finding.question.id) for finding in ruling.findings]
    assert places == sorted(set(places))
    for finding in ruling.findings:
        assert ruling.finding(finding.question.id) is finding
        assert finding.answer in finding.question.answers
        assert finding.conclusion == finding.question.answers[finding.answer].conclusion
        assert finding.question.counted is None or finding.share is not None
    assert ruling.finding("no such question") is None


@given(posture=postures(), day=days())
def test_the_outcome_rests_on_decisive_findings(posture: Posture, day: date) -> None:
    """The counted questions on the path are decisive, and the last of them gives the outcome."""
    ruling = rule(SHIPPED, posture, day)
    counted = [f for f in ruling.findings if f.question.counted]
    assert counted
    assert all(finding.decisive for finding in counted)
    assert counted[-1].question.answers[counted[-1].answer].outcome == ruling.outcome
    assert all(not f.decisive for f in ruling.findings if f.question.terms_only)
    assert ruling.headline.startswith(SHIPPED.outcomes[ruling.outcome].sentence)


@given(posture=postures(), day=days())
def test_counts_beside_a_finding_are_of_comparable_orders(posture: Posture, day: date) -> None:
    for finding in rule(SHIPPED, posture, day).findings:
        if finding.counts is None:
            continue
        side = finding.question.answers[finding.answer].side
        counted = finding.question.counted
        assert counted is not None
        for order in finding.counts.all.answered:
            assert posture.get("motion") in (None, order.facts.get("motion"))
            assert (counted.answer(order.outcome) is side) == (order in finding.counts.all.gave)


# Strength


@settings(max_examples=300)
@given(posture=postures(), day=days())
def test_strength_follows_the_share_of_the_outcome(posture: Posture, day: date) -> None:
    """Settled only on law or practice that is not divided, never on a default."""
    ruling = rule(SHIPPED, posture, day)
    assert ruling.share == ruling.likelihood[ruling.outcome]
    if ruling.missing or ruling.share < LEANING_SHARE:
        assert ruling.strength is Strength.CONTESTED
    elif ruling.share < SETTLED_SHARE or ruling.basis is Basis.DEFAULT:
        assert ruling.strength is Strength.LEANING
    else:
        divided = any(f.canon in (Canon.LATER, Canon.EVEN) for f in ruling.decisive)
        doubtful = any(map(unlike_most_orders, ruling.decisive))
        assert ruling.strength is Strength.SETTLED or divided or doubtful
        assert ruling.strength is Strength.LEANING or not doubtful


@pytest.mark.parametrize(
    ("share", "strength"),
    [
        (SETTLED_SHARE, Strength.SETTLED),
        (SETTLED_SHARE - 0.001, Strength.LEANING),
        (LEANING_SHARE, Strength.LEANING),
        (LEANING_SHARE - 0.001, Strength.CONTESTED),
    ],
)
def test_the_thresholds(share: float, strength: Strength) -> None:
    posture = Posture.of(PENDING)
    law = law_for(SHIPPED, posture, TODAY)
    found = compose(law, practice_of(SHIPPED), SHIPPED.vocabulary.bits(posture.known))
    others = dict.fromkeys(SHIPPED.outcomes, (1 - share) / 3)
    changed = replace(found, outcome="stay", likelihood={**others, "stay": share})
    assert strength_of(changed) is strength


def test_where_there_is_no_immunity_nothing_presupposes_one() -> None:
    """In an official-capacity case, authority and orders on immunity are not on point."""
    facts: Facts = {"circuit": "third", "court": "M.D. Pa.", "request": "stay", "opposed": True}
    claims: Facts = {"qi_asserted": True, "individual_capacity": False, "injunctive_claims": True}
    motion: Facts = {"motion": "pending", "motion_kind": "dismiss"}
    found = rule(SHIPPED, Posture.of({**facts, **claims, **motion}), TODAY)
    protection = found.finding("protection")
    assert protection is not None
    assert (found.outcome, protection.answer) == ("no_stay", "unavailable")
    assert protection.counts is None
    assert all(a.holding.question != "protection" for a in protection.against)


def test_practice_that_most_comparable_orders_contradict_settles_nothing() -> None:
    """An answer is at most leaning where it rests on practice and most orders are not for it."""
    facts: Facts = {"circuit": "fifth", "court": "N.D. Tex.", "request": "stay"}
    shown: Facts = {"qi_asserted": True, "motion": "pending", "rule_56d": "adequate"}
    posture = Posture.of({**facts, **shown, "facts_needed": True})
    limits = rule(SHIPPED, posture, TODAY).finding("limits")
    assert limits is not None
    assert limits.counts is not None
    assert limits.share is not None
    gave, answered = limits.counts.all.pair
    assert limits.share >= SETTLED_SHARE
    assert 2 * gave < answered
    assert limits.strength is Strength.LEANING


MISSING: list[tuple[Facts, tuple[str, ...]]] = [
    ({}, ("circuit", "request", "motion")),
    ({"circuit": "tenth"}, ("request", "motion")),
    ({"court": "D.N.M.", "motion": "pending"}, ("request",)),
    ({"circuit": "tenth", "request": "stay", "qi_asserted": True}, ("motion",)),
    ({"request": "stay", "motion": "none"}, ("circuit",)),
    ({"circuit": "tenth", "request": "stay", "motion": "none"}, ()),
    ({"circuit": "tenth", "request": "stay", "qi_asserted": False}, ()),
    (
        {"circuit": "tenth", "request": "stay", "qi_asserted": False, "other_immunity": True},
        ("motion",),
    ),
]


@pytest.mark.parametrize(("facts", "missing"), MISSING)
def test_what_is_missing(facts: Facts, missing: tuple[str, ...]) -> None:
    """Forum, request, state of the defense; without them no ruling is above contested."""
    ruling = rule(SHIPPED, Posture.of(facts), TODAY)
    assert ruling.missing == missing
    assert not missing or ruling.strength is Strength.CONTESTED


@settings(max_examples=200)
@given(posture=postures(), day=days(), name=st.sampled_from(["circuit", "request", "motion"]))
def test_an_unknown_essential_fact_is_missing(posture: Posture, day: date, name: str) -> None:
    left_open = posture.leaving_open(name)
    if name == "circuit":
        left_open = left_open.leaving_open("court")
    if name == "motion":
        left_open = left_open.stating("qi_asserted", value=True)
    ruling = rule(SHIPPED, left_open, day)
    assert name in ruling.missing
    assert ruling.strength is Strength.CONTESTED


@given(posture=postures(), day=days())
def test_the_basis_is_the_weakest_on_the_path(posture: Posture, day: date) -> None:
    """The outcome rests on law only where law decides every question that leads to it."""
    ruling = rule(SHIPPED, posture, day)
    bases = {f.basis for f in ruling.findings if f.question.counted}
    expected = Basis.DEFAULT if Basis.DEFAULT in bases else None
    expected = expected or (Basis.PRACTICE if Basis.PRACTICE in bases else Basis.LAW)
    assert ruling.basis is expected


# What does not matter


@given(posture=postures(), day=days(), name=st.sampled_from(PLAIN_FACTS))
@example(posture=Posture.of(PENDING), day=TODAY, name="motion")
def test_unknown_rules_like_not_asked(posture: Posture, day: date, name: str) -> None:
    unknown = rule(SHIPPED, posture.leaving_open(name), day)
    unasked = rule(SHIPPED, posture.forgetting(name), day)
    assert unknown.signature == unasked.signature
    assert unknown.likelihood == unasked.likelihood
    assert not any(name in a.holding.when.facts for a in unknown.cited)


@settings(max_examples=60)
@given(posture=postures(), day=st.dates(SHIPPED.about.begins, TODAY))
def test_the_law_changes_only_on_days_on_which_something_happened(
    posture: Posture, day: date
) -> None:
    changing = {holding.since for holding in SHIPPED.holdings}
    changing |= {event.since for p in SHIPPED.precedents.values() for event in p.history}
    last = max(d for d in changing if d <= day)
    now, then = rule(SHIPPED, posture, day), rule(SHIPPED, posture, last)
    assert (now.signature, now.likelihood) == (then.signature, then.likelihood)


@pytest.mark.parametrize("circuit", [None, *COURTS.circuits])
def test_nothing_is_above_contested_where_nothing_is_known(circuit: str | None) -> None:
    forums: list[Facts] = [{}] if circuit is None else [{"circuit": circuit}]
    if circuit is not None:
        forums += [{"circuit": circuit, "court": d.id} for d in COURTS.of(circuit)]
    for forum in forums:
        for day in DAYS:
            ruling = rule(SHIPPED, Posture.of(forum), day)
            assert (ruling.strength, len(ruling.missing) > 0) == (Strength.CONTESTED, True)


# Leaving out


def authorities(ruling: Ruling) -> set[str]:
    """The ids of the precedents cited."""
    return {authority.holding.precedent.id for authority in ruling.cited}


@given(posture=postures(), day=days())
def test_a_precedent_left_out_is_not_cited(posture: Posture, day: date) -> None:
    ruling = rule(SHIPPED, posture, day)
    for id_ in sorted(authorities(ruling))[:3]:
        assert id_ not in authorities(rule(SHIPPED, posture, day, without=frozenset({id_})))


def test_a_case_left_out_of_practice_is_not_counted() -> None:
    posture = Posture.of(PENDING)
    finding = rule(SHIPPED, posture, TODAY).finding("protection")
    assert finding is not None
    assert finding.counts is not None
    counted = finding.counts.here.answered[0]
    unseen = rule(SHIPPED, posture, TODAY, unseen=frozenset({counted.case}))
    again = unseen.finding("protection")
    assert again is not None
    assert again.counts is not None
    assert counted not in again.counts.all.answered
    assert unseen.likelihood != rule(SHIPPED, posture, TODAY).likelihood


def test_a_library_without_orders_rules_by_law_and_default() -> None:
    library = with_orders(library_of('{ id = "one", court = "10th Cir.", answer = "good_cause" }'))
    ruling = rule(library, Posture.of(PENDING), TODAY)
    finding = ruling.finding("protection")
    assert finding is not None
    assert (finding.basis, finding.counts) == (Basis.LAW, None)
    assert [a.holding.precedent.id for a in finding.leading] == ["one"]
