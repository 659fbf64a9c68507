"""The five opinions ruled on again, and what changes when a fact or the day is another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from postures import SHIPPED, TODAY

from qiwizard.law.facts import Value
from qiwizard.law.posture import Posture
from qiwizard.reasoning.replay import chosen, replay
from qiwizard.reasoning.ruling import Finding, Ruling, rule

MADAY, BUTLER, LUCERO, JONES, BAKALAR = FIVE = (
    "maday-v-dooley",
    "butler-v-hernandez",
    "lucero-v-clovis",
    "jones-v-kansas",
    "bakalar-v-dunleavy",
)
DID = {
    MADAY: ("partial_stay", date(2018, 3, 26)),
    BUTLER: ("limited_discovery", date(2017, 5, 19)),
    LUCERO: ("stay", date(2019, 12, 10)),
    JONES: ("stay", date(2012, 11, 26)),
    BAKALAR: ("no_stay", date(2019, 7, 30)),
}
"""What each court did, and when."""
CARSWELL = date(2022, 11, 30)
"""The day from which the careful procedure does not apply to a pending motion to dismiss."""


def varied(id_: str, day: date | None = None, **changed: Value | None) -> Ruling:
    """The ruling on one of the five with some facts changed, or taken out where None is given."""
    case = chosen(SHIPPED, [id_], everything=False)[0]
    facts = {**case.facts, **changed}
    known = {name: value for name, value in facts.items() if value is not None}
    return rule(SHIPPED, Posture.of(known), day or case.decided)


def found(ruling: Ruling, question: str) -> Finding:
    """The finding on a question that has to arise."""
    finding = ruling.finding(question)
    assert finding is not None, question
    return finding


@pytest.mark.parametrize("id_", FIVE)
def test_each_opinion_comes_out_as_its_court_ruled(id_: str) -> None:
    comparison = replay(SHIPPED, chosen(SHIPPED, [id_], everything=False)[0])
    assert (comparison.case.outcome, comparison.case.decided) == DID[id_]
    assert comparison.ruling.outcome == DID[id_][0]


@pytest.mark.parametrize("id_", FIVE)
def test_each_opinion_is_cited_for_what_it_decided(id_: str) -> None:
    cited = {a.holding.precedent.id for f in varied(id_).findings for a in f.authority_for}
    assert id_ in cited


def test_maday_orders_the_records_produced_and_sets_a_date() -> None:
    terms = varied(MADAY).terms
    assert any("own records" in term for term in terms)
    assert any("by a date the court sets" in term for term in terms)


@pytest.mark.parametrize("records", [None, False])
def test_maday_without_own_records_is_a_stay_with_a_filing_date(records: bool | None) -> None:
    ruling = varied(MADAY, own_records=records)
    assert ruling.outcome == "stay"
    assert any("by a date the court sets" in term for term in ruling.terms)
    assert not any("own records" in term for term in ruling.terms)


def test_lucero_with_no_motion_filed_or_promised_is_no_stay() -> None:
    assert varied(LUCERO, motion="none", motion_kind=None).outcome == "no_stay"


def test_lucero_with_an_adequate_rule_56d_showing_is_not_a_plain_stay() -> None:
    assert varied(LUCERO, rule_56d="adequate").outcome != "stay"
    assert varied(LUCERO, rule_56d="inadequate").outcome == "stay"


def test_bakalar_gives_both_reasons_of_the_court() -> None:
    """No motion was on file, and claims outside immunity would proceed in any event."""
    ruling = varied(BAKALAR)
    for question, answer in (("trigger", "premature"), ("outside", "defeat")):
        reason = found(ruling, question)
        assert reason.answer == answer
        assert set(reason.question.answers[answer].terms) <= set(ruling.terms)
        assert BAKALAR in {a.holding.precedent.id for a in reason.authority_for}


def test_bakalar_with_a_timely_motion_and_nothing_outside_immunity_is_a_stay() -> None:
    ruling = varied(
        BAKALAR,
        motion="pending",
        motion_delayed=False,
        injunctive_claims=False,
        other_defendants=False,
    )
    assert ruling.outcome == "stay"


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        (date(2017, 5, 19), "limited_discovery"),
        (CARSWELL - timedelta(days=1), "limited_discovery"),
        (CARSWELL, "stay"),
        (CARSWELL + timedelta(days=1), "stay"),
        (TODAY, "stay"),
    ],
)
def test_butler_with_a_motion_to_dismiss_depends_on_the_day_of_carswell(
    day: date, outcome: str
) -> None:
    assert varied(BUTLER, day, motion="pending", motion_kind="dismiss").outcome == outcome


def test_butler_as_it_was_is_not_touched_by_carswell() -> None:
    """Without a motion to dismiss pending, the careful procedure still applies."""
    assert varied(BUTLER, TODAY).outcome == "limited_discovery"


def test_jones_is_barred_for_want_of_an_open_discovery_period() -> None:
    bar = found(varied(JONES), "rule_26d")
    assert (bar.answer, bar.decisive) == ("barred", True)


def test_jones_with_the_conference_held_and_no_stay_is_not_barred() -> None:
    ruling = varied(JONES, rule_26f_held=True, stay_in_effect=False)
    bar = ruling.finding("rule_26d")
    assert bar is None or bar.answer != "barred"
    assert not any("have conferred under Rule 26(f)" in term for term in ruling.terms)


@pytest.mark.parametrize("id_", FIVE)
def test_a_pro_se_prisoner_is_not_stopped_by_rule_26d_alone(id_: str) -> None:
    """Suits by pro se plaintiffs in custody are exempt, Rule 26(a)(1)(B)(iv)."""
    ruling = varied(id_, pro_se=True, prisoner=True, rule_26f_held=False)
    bar = ruling.finding("rule_26d")
    assert bar is None or bar.answer != "barred"
    assert not any("have conferred under Rule 26(f)" in term for term in ruling.terms)


def test_anyone_else_is_stopped_by_rule_26d() -> None:
    for pro_se, prisoner in ((False, False), (True, False), (False, True)):
        ruling = varied(JONES, pro_se=pro_se, prisoner=prisoner)
        assert found(ruling, "rule_26d").answer == "barred"
