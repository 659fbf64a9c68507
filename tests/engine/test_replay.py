"""Replay: decided orders ruled on again without themselves, and how far the rulings agree."""

from __future__ import annotations

from math import log

import pytest
from postures import SHIPPED, VOCABULARY, Facts, may_be_asked

from qiwizard.errors import UserError
from qiwizard.law.forum import law_for
from qiwizard.law.posture import Posture
from qiwizard.law.precedent import DecidedOrder, Precedent
from qiwizard.reasoning.replay import (
    LEFT_OPEN,
    Case,
    Comparison,
    Measure,
    calibration,
    cases,
    chosen,
    filled,
    lines,
    replay,
    report,
)
from qiwizard.reasoning.weighing import Strength

ORDERS = [case for case in cases(SHIPPED) if not case.landmark]
LANDMARKS = [case for case in cases(SHIPPED) if case.landmark]
COMPARISONS = [replay(SHIPPED, case) for case in ORDERS]
BY_ID = {order.id: order for order in SHIPPED.orders}
named = pytest.mark.parametrize("case", ORDERS, ids=lambda case: case.id)


# What is replayed


def test_without_names_the_five_opinions_and_with_all_every_decided_order() -> None:
    assert list(chosen(SHIPPED, [], everything=False)) == LANDMARKS
    assert len(LANDMARKS) == 5
    assert [c.id for c in chosen(SHIPPED, [], everything=True)] == [o.id for o in SHIPPED.orders]
    ids = [ORDERS[3].id, LANDMARKS[0].id]
    for everything in (True, False):
        assert [c.id for c in chosen(SHIPPED, ids, everything=everything)] == ids


def test_an_unknown_case_is_refused_with_the_near_miss() -> None:
    with pytest.raises(UserError, match="did you mean lucero-v-clovis") as refused:
        chosen(SHIPPED, ["lucero-v-cloviss"], everything=False)
    assert len(refused.value.messages) == 1


# A case never counts for itself


@named
def test_an_order_never_counts_for_itself(case: Case) -> None:
    """Neither by a precedent taken from its case nor among the orders that are counted."""
    order = BY_ID[case.id]
    same = [other for other in SHIPPED.orders if other.case == order.case]
    assert case.unseen == {order.case}
    assert case.without == {name for other in same for name in other.same_case}
    ruling = replay(SHIPPED, case).ruling
    assert not {a.holding.precedent.id for a in ruling.cited} & case.without
    for finding in ruling.findings:
        if finding.counts is not None:
            assert not set(finding.counts.all.answered) & set(same)


@named
def test_what_is_left_out_is_not_in_the_law(case: Case) -> None:
    law = law_for(SHIPPED, Posture.of(case.facts), case.decided, case.without)
    kept = {a.holding.precedent.id for group in law.authorities.values() for a in group}
    assert not kept & case.without


def test_the_five_opinions_keep_their_own_holdings() -> None:
    for case in LANDMARKS:
        assert (case.without, case.unseen) == (frozenset(), frozenset())
        cited = {a.holding.precedent.id for a in replay(SHIPPED, case).ruling.cited}
        assert case.id in cited


def test_an_order_with_another_outcome_is_ruled_on_alike() -> None:
    """What the court did is not an input: a twin with another outcome gets the same likelihood."""
    case = ORDERS[0]
    others = {o for o in SHIPPED.outcomes if o != case.outcome}
    for outcome in others:
        twin = Case(**{**{s: getattr(case, s) for s in case.__slots__}, "outcome": outcome})
        assert replay(SHIPPED, twin).ruling.likelihood == replay(SHIPPED, case).ruling.likelihood


def begins(precedent: Precedent) -> str:
    """The first words of the citation of a precedent, as far as they name one decision."""
    source = precedent.source
    if source.volume is not None:
        return f"{source.volume} {source.reporter} {source.page} "
    return source.docket if source.docket.startswith("No") else ""


def same_case(order: DecidedOrder, precedent: Precedent) -> bool:
    """Whether a precedent has the court and the docket or page of an order."""
    return (
        order.court in precedent.courts
        and bool(begins(precedent))
        and order.citation.startswith(begins(precedent))
    )


def test_a_precedent_of_the_same_docket_is_left_out_whatever_its_id() -> None:
    pairs = [
        (case, precedent.id)
        for case in ORDERS
        for precedent in SHIPPED.precedents.values()
        if same_case(BY_ID[case.id], precedent) and not precedent.landmark
    ]
    assert pairs
    assert [(case.id, id_) for case, id_ in pairs if id_ not in case.without] == []


# Filling


@named
def test_filling_answers_no_where_a_fact_is_not_stated(case: Case) -> None:
    """Only facts of yes or no whose ordinary answer is No, and only where they can be asked."""
    facts = filled(SHIPPED, case.facts)
    assert facts.items() >= case.facts.items()
    for name in facts.keys() - case.facts.keys():
        assert facts[name] is False
        assert name not in LEFT_OPEN
        assert VOCABULARY.by_name[name].values == (True, False)
    for fact in VOCABULARY.facts:
        if fact.values == (True, False) and fact.name not in (*LEFT_OPEN, *facts):
            before = {n: v for n, v in facts.items() if _earlier(n, fact.name)}
            assert not may_be_asked(fact, {**case.facts, **before})


def _earlier(one: str, other: str) -> bool:
    return VOCABULARY.position(one) < VOCABULARY.position(other)


def test_a_filled_replay_rules_on_the_filled_facts() -> None:
    case = next(c for c in ORDERS if len(filled(SHIPPED, c.facts)) > len(c.facts))
    comparison = replay(SHIPPED, case, fill=True)
    twin = {s: getattr(case, s) for s in case.__slots__}
    same = replay(SHIPPED, Case(**{**twin, "facts": filled(SHIPPED, case.facts)}))
    assert comparison.ruling.likelihood == same.ruling.likelihood


# The measure


def with_shares(shares: Facts | dict[str, float], did: str) -> Comparison:
    """A comparison whose ruling has some likelihood."""
    comparison = COMPARISONS[0]
    case = {s: getattr(comparison.case, s) for s in comparison.case.__slots__}
    ruling = {s: getattr(comparison.ruling, s) for s in comparison.ruling.__slots__}
    likelihood = {**dict.fromkeys(SHIPPED.outcomes, 0.0), **shares}
    outcome = max(likelihood, key=lambda o: float(likelihood[o]))
    changed = type(comparison.ruling)(
        **{**ruling, "likelihood": likelihood, "outcome": outcome, "alternatives": ()}
    )
    return Comparison(Case(**{**case, "outcome": did}), changed)


def test_loss_is_the_surprise_at_what_the_court_did() -> None:
    assert with_shares({"stay": 0.8, "no_stay": 0.2}, "stay").loss == pytest.approx(-log(0.8))
    assert with_shares({"stay": 0.8, "no_stay": 0.2}, "no_stay").loss == pytest.approx(-log(0.2))
    assert with_shares({"stay": 1.0}, "no_stay").loss < 10


def test_exact_and_covered() -> None:
    for comparison in COMPARISONS:
        assert comparison.exact is (comparison.ruling.outcome == comparison.case.outcome)
        named_ = {a.outcome for a in comparison.ruling.alternatives}
        assert comparison.covered is (comparison.exact or comparison.case.outcome in named_)


def test_measures_are_means() -> None:
    measure = Measure.over(COMPARISONS)
    assert measure.cases == len(COMPARISONS)
    assert measure.exact * measure.cases == pytest.approx(sum(c.exact for c in COMPARISONS))
    assert measure.exact <= measure.covered <= 1


def test_calibration_is_by_fifths_from_the_least_sure() -> None:
    table = calibration(COMPARISONS)
    assert len(table) == 5
    assert sum(number for _, _, number in table) == len(COMPARISONS)
    claimed = [share for share, _, _ in table]
    assert claimed == sorted(claimed)
    right = sum(share * number for _, share, number in table)
    assert right == pytest.approx(sum(c.exact for c in COMPARISONS))


def test_shares_are_calibrated() -> None:
    """In each fifth the share claimed is near the share right, so that both mean the same."""
    for claimed, right, number in calibration(COMPARISONS):
        assert abs(claimed - right) <= 0.15, (claimed, right, number)


def test_what_is_settled_is_right() -> None:
    """At most one settled ruling in twenty may be wrong."""
    settled = [c for c in COMPARISONS if c.ruling.strength is Strength.SETTLED]
    wrong = [c.case.id for c in settled if not c.exact]
    assert len(wrong) <= max(len(settled) / 20, 1), wrong


def test_the_stronger_the_ruling_the_oftener_it_is_right() -> None:
    by_strength = [
        Measure.over(group).exact
        for strength in sorted(Strength)
        if (group := [c for c in COMPARISONS if c.ruling.strength is strength])
    ]
    assert by_strength == sorted(by_strength)


def test_rulings_beat_a_clerk_who_always_says_stay() -> None:
    """In exact outcomes, and in log loss against the rates of the outcomes themselves."""
    measure = Measure.over(COMPARISONS)
    n = len(COMPARISONS)
    counts = [sum(c.case.outcome == o for c in COMPARISONS) for o in SHIPPED.outcomes]
    assert measure.exact > max(counts) / n
    assert measure.log_loss < -sum(k / n * log(k / n) for k in counts if k)


# The report


def test_a_line_for_each_case() -> None:
    told = lines(COMPARISONS)
    assert len(told) == len(COMPARISONS)
    for line, comparison in zip(told, COMPARISONS, strict=True):
        mark = "agrees" if comparison.exact else "covered" if comparison.covered else "differs"
        assert line.startswith(mark)
        case, ruling = comparison.case, comparison.ruling
        assert f" {case.id}: court {case.outcome}, ruling {ruling.outcome} " in line


def test_the_report_has_every_circuit_strength_and_the_baseline() -> None:
    told = report(SHIPPED, COMPARISONS)
    heads = [line.split()[0] for line in told if line.strip()]
    assert heads[:2] == ["cases", "all"]
    assert {c.case.circuit for c in COMPARISONS} <= set(heads)
    assert {c.ruling.strength.word for c in COMPARISONS} <= set(heads)
    assert any(line.startswith("calibration, by fifths") for line in told)
    most = max(SHIPPED.outcomes, key=lambda o: sum(c.case.outcome == o for c in COMPARISONS))
    assert any(line.startswith(f"always {most}: exact ") for line in told)


def test_a_report_of_one_case() -> None:
    assert report(SHIPPED, COMPARISONS[:1])
