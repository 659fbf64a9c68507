"""The other outcomes that a ruling names, and the terms of the order."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from postures import (
    SHIPPED,
    TODAY,
    Facts,
    days,
    plain_facts,
    postures,
)

from qiwizard.law.posture import Posture
from qiwizard.reasoning.ruling import (
    ALTERNATIVE_SHARE,
    rule,
)

# Alternatives


@settings(max_examples=200)
@given(posture=postures(), day=days())
def test_alternatives_are_the_other_outcomes_with_a_real_share(posture: Posture, day: date) -> None:
    ruling = rule(SHIPPED, posture, day)
    shares = [alternative.share for alternative in ruling.alternatives]
    assert shares == sorted(shares, reverse=True)
    wanted = {o for o, s in ruling.likelihood.items() if s >= ALTERNATIVE_SHARE} - {ruling.outcome}
    assert {alternative.outcome for alternative in ruling.alternatives} == wanted
    for alternative in ruling.alternatives:
        assert alternative.share == ruling.likelihood[alternative.outcome]
        question = SHIPPED.question[alternative.question]
        assert question.counted
        answer = question.answers[alternative.answer]
        finding = ruling.finding(question.id)
        assert finding is None or question.answers[finding.answer].side is not answer.side
        assert alternative.because == answer.conclusion


# Terms


def terms_of(*answers: tuple[str, str]) -> set[str]:
    """The terms that some answers give."""
    return {t for q, answer in answers for t in SHIPPED.question[q].answers[answer].terms}


STAYED = terms_of(
    ("protection", "good_cause"),
    ("existing_stay", "remains"),
    ("divestiture", "all"),
    ("reach", "everyone"),
)
"""Terms under which no discovery proceeds."""
IN_PART = terms_of(
    ("reach", "movants"),
    ("reach", "claims"),
    ("motions_in_part", "in_part"),
    ("existing_stay", "lifted_in_part"),
)
REFUSED = terms_of(
    ("trigger", "premature"),
    ("trigger", "denied"),
    ("protection", "disfavored"),
    ("outside", "defeat"),
    ("rule_56d", "deferred"),
    ("divestiture", "none"),
    ("motions_open", "ordinary_rules"),
)
LIMITED = terms_of(("limits", "limited"), ("rule_56d", "adequate"))
FOREIGN = {
    "stay": IN_PART | REFUSED | LIMITED | terms_of(("witness", "yes"), ("witness", "no")),
    "partial_stay": STAYED | REFUSED | LIMITED,
    "limited_discovery": STAYED | IN_PART | REFUSED,
    "no_stay": STAYED | IN_PART | terms_of(("limits", "limited")),
}
"""By outcome: terms that an order of that outcome cannot have."""


@settings(max_examples=600)
@given(posture=postures(), day=days())
def test_every_term_fits_the_outcome(posture: Posture, day: date) -> None:
    ruling = rule(SHIPPED, posture, day)
    assert ruling.terms
    assert not FOREIGN[ruling.outcome] & set(ruling.terms)
    given_terms = [t for f in ruling.findings for t in f.question.answers[f.answer].terms]
    assert set(ruling.terms) <= set(given_terms)
    assert len(set(ruling.terms)) == len(ruling.terms)


@given(facts=plain_facts())
def test_a_stay_before_the_motion_is_filed_sets_a_date_for_it(facts: Facts) -> None:
    """In the Eighth Circuit, unless Rule 26(d)(1) bars discovery anyway."""
    announced: Facts = {"circuit": "eighth", "request": "stay", "motion": "promised"}
    ruling = rule(SHIPPED, Posture.of({**facts, **announced, "qi_asserted": True}), TODAY)
    barred = (f := ruling.finding("rule_26d")) is not None and f.answer == "barred"
    if ruling.outcome in ("stay", "partial_stay") and not barred:
        assert any("by a date the court sets" in term for term in ruling.terms)
