"""The five opinions ruled on again, and what becomes of them when a fact or the day is another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from postures import SHIPPED, TODAY

from qiwizard.errors import UserError
from qiwizard.law.facts import Value
from qiwizard.law.forum import law_for
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.law.precedent import Precedent
from qiwizard.reasoning.canons import Strength
from qiwizard.reasoning.replay import Case, Comparison, cases, chosen, replay
from qiwizard.reasoning.ruling import Ruling, rule

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
"""The day from which a motion to dismiss on immunity bars the careful procedure."""
ORDERS = [case for case in cases(SHIPPED) if not case.landmark]


def varied(id_: str, day: date | None = None, **changed: Value | None) -> Ruling:
    """The ruling on a landmark with some facts changed, or taken out where None is given."""
    case = chosen(SHIPPED, [id_], everything=False)[0]
    facts = {**case.facts, **changed}
    known = {name: value for name, value in facts.items() if value is not None}
    return rule(SHIPPED, Posture.of(known), day or case.decided)


def compared(id_: str) -> Comparison:
    """One decided case ruled on again."""
    return replay(SHIPPED, chosen(SHIPPED, [id_], everything=False)[0])


def test_without_names_the_five_opinions_are_replayed(library: Library) -> None:
    """Nothing asked for means the landmarks, and all means the decided orders too."""
    landmarks = chosen(library, [], everything=False)
    assert {case.id for case in landmarks} == set(FIVE)
    everything = chosen(library, [], everything=True)
    assert len(everything) == len(FIVE) + len(library.orders)
    assert [case.id for case in chosen(library, [JONES, MADAY], everything=True)] == [JONES, MADAY]


@pytest.mark.parametrize("id_", FIVE)
def test_landmark_is_ruled_as_its_court_ruled(id_: str) -> None:
    """On its facts and its day each of the five opinions comes out as the court decided it."""
    comparison = compared(id_)
    assert (comparison.case.outcome, comparison.case.decided) == DID[id_]
    assert comparison.ruling.outcome == DID[id_][0]
    assert comparison.exact
    assert comparison.covered


def test_unknown_case_is_refused_with_the_near_miss() -> None:
    """A name that no decided case bears is the user's mistake, told in one line."""
    with pytest.raises(UserError, match="did you mean lucero-v-clovis") as refused:
        chosen(SHIPPED, ["lucero-v-cloviss"], everything=False)
    assert len(refused.value.messages) == 1


def test_maday_without_own_records_is_a_stay_with_a_date_for_the_motion() -> None:
    """Nothing is carved out where no records are at issue; the motion still gets its date."""
    for records in (None, False):
        ruling = varied(MADAY, own_records=records)
        assert ruling.outcome == "stay"
        assert any("by a date" in term for term in ruling.terms)
    assert any("own records" in term for term in varied(MADAY).terms)


def test_lucero_without_a_motion_is_refused() -> None:
    """In New Mexico no stay comes before the motion that rests on immunity."""
    assert varied(LUCERO, motion="none").outcome == "no_stay"
    assert varied(LUCERO, motion="none", motion_kind=None, motion_delayed=None).outcome == "no_stay"


def test_lucero_with_an_adequate_showing_is_no_plain_stay() -> None:
    """A Rule 56(d) showing that holds earns some discovery."""
    assert varied(LUCERO, rule_56d="adequate").outcome != "stay"
    assert varied(LUCERO, rule_56d="inadequate").outcome == "stay"


def test_bakalar_with_a_motion_and_nothing_outside_immunity_is_a_stay_at_most_leaning() -> None:
    """What refused the stay gone, the Ninth Circuit leans to it, and no court there binds."""
    ruling = varied(
        BAKALAR,
        motion="pending",
        motion_delayed=False,
        injunctive_claims=False,
        other_defendants=False,
    )
    assert ruling.outcome == "stay"
    assert ruling.strength <= Strength.LEANING


def test_butler_with_a_motion_to_dismiss_turns_on_the_day_of_carswell() -> None:
    """Limited discovery until the day before, a stay from that day on."""
    before = (date(2017, 5, 19), CARSWELL - timedelta(days=1))
    since = (CARSWELL, CARSWELL + timedelta(days=1), TODAY)
    for days, outcome in ((before, "limited_discovery"), (since, "stay")):
        for day in days:
            ruling = varied(BUTLER, day, motion="pending", motion_kind="dismiss")
            assert ruling.outcome == outcome, day


def test_butler_on_summary_judgment_keeps_the_careful_procedure() -> None:
    """Limited is not overruled: with a motion for summary judgment nothing changes on that day."""
    for day in (CARSWELL - timedelta(days=1), CARSWELL, TODAY):
        ruling = varied(BUTLER, day, motion="pending", motion_kind="summary_judgment")
        assert ruling.outcome == "limited_discovery", day


def test_jones_after_the_conference_and_without_the_stay_is_no_full_stay() -> None:
    """Without either bar the private co-defendant does not share in a stay of everything."""
    for stay in (None, False):
        assert varied(JONES, rule_26f_held=True, stay_in_effect=stay).outcome != "stay"


def test_jones_is_carried_by_either_bar_alone() -> None:
    """The stay in force and the missing conference each deny the discovery."""
    assert varied(JONES, rule_26f_held=None).outcome == "stay"
    assert varied(JONES, stay_in_effect=None).outcome == "stay"


def test_pro_se_prisoner_is_not_barred_before_the_conference() -> None:
    """Rule 26(d)(1) bars discovery before the conference, but not in a pro se prisoner's suit."""
    free = varied(JONES, stay_in_effect=None, prisoner=False).finding("starting_line")
    held = varied(JONES, stay_in_effect=None, prisoner=True).finding("starting_line")
    assert free is not None
    assert held is not None
    assert (free.answer, held.answer) == ("barred", "open")


@pytest.mark.parametrize("id_", FIVE)
def test_landmark_without_its_district_is_still_covered(id_: str) -> None:
    """With the circuit alone the court's outcome remains the ruling or a named alternative."""
    case = chosen(SHIPPED, [id_], everything=False)[0]
    ruling = varied(id_, court=None)
    assert Comparison(case, ruling).covered


def cited(ruling: Ruling) -> set[str]:
    """The precedents that a ruling names, for it, against it or for an alternative."""
    placed = [p for f in ruling.findings for p in (*f.authority_for, *f.authority_against)]
    placed += [p for alternative in ruling.alternatives for p in alternative.authority]
    return {p.holding.precedent.id for p in placed}


@pytest.mark.parametrize("case", ORDERS, ids=lambda case: case.id)
def test_decided_order_never_counts_for_itself(case: Case, library: Library) -> None:
    """No holding taken from an order, or from its appeal, weighs when that order is replayed."""
    assert case.without == next(o.same_case for o in library.orders if o.id == case.id)
    assert case.without <= library.precedents.keys()
    law = law_for(library, Posture.of(case.facts), case.decided, case.without)
    heard = {p.holding.precedent.id for placed in law.placed.values() for p in placed}
    assert not heard & case.without
    assert not cited(replay(library, case).ruling) & case.without


def begins(precedent: Precedent) -> str:
    """The first words of the citation of a precedent, as far as they name one decision."""
    source = precedent.source
    if source.volume is not None:
        return f"{source.volume} {source.reporter} {source.page} "
    return source.docket


def test_order_lists_the_precedents_of_its_court_with_its_citation() -> None:
    """Whatever its id, a precedent with the docket or page of an order is that order."""
    pairs = [
        (order, precedent.id)
        for order in SHIPPED.orders
        for precedent in SHIPPED.precedents.values()
        if order.court in precedent.courts
        and begins(precedent)
        and order.citation.startswith(begins(precedent))
    ]
    assert pairs
    for order, id_ in pairs:
        assert id_ in order.same_case, (order.id, id_)


def test_replayed_orders_are_mostly_covered_by_the_ruling_or_an_alternative() -> None:
    """Of the decided orders more than half come out as ruled, and more still as named."""
    comparisons = [replay(SHIPPED, case) for case in ORDERS]
    exact = sum(comparison.exact for comparison in comparisons)
    covered = sum(comparison.covered for comparison in comparisons)
    assert exact > len(ORDERS) / 2
    assert covered > exact
