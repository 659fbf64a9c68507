"""What each side and chambers may do after a ruling, each step on authority."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given
from postures import DECIDED, SHIPPED, TODAY, Facts, coherent, days, postures

from qiwizard.law.posture import Posture
from qiwizard.reasoning.next_steps import (
    MOST_CITED,
    ROLES,
    Step,
    by_role,
    next_steps,
    shipped_steps,
)
from qiwizard.reasoning.ruling import rule

STEPS = {step.id: step for step in shipped_steps(SHIPPED)}
PENDING: Facts = {
    "circuit": "tenth",
    "court": "D.N.M.",
    "request": "stay",
    "qi_asserted": True,
    "motion": "pending",
}


def steps_on(facts: Facts, day: date = TODAY) -> dict[str, Step]:
    """The steps after the ruling on some facts, by id."""
    posture = Posture.of(facts)
    return {step.id: step for step in next_steps(SHIPPED, posture, rule(SHIPPED, posture, day))}


@given(posture=postures(), day=days())
def test_every_step_rests_on_authority_and_is_called_for(posture: Posture, day: date) -> None:
    ruling = rule(SHIPPED, posture, day)
    found = next_steps(SHIPPED, posture, ruling)
    for step in found:
        assert step.authority or step.rule
        assert len(step.authority) <= MOST_CITED
        assert all(authority.holding.since <= day for authority in step.authority)
        assert step.after_days is None or step.rule
        assert STEPS[step.id].when.met(posture, ruling)
        assert (STEPS[step.id].since or day) <= day
    places = [list(ROLES).index(step.role) for step in found]
    assert places == sorted(places)


@given(posture=postures())
def test_every_side_has_a_step(posture: Posture) -> None:
    ruling = rule(SHIPPED, posture, TODAY)
    groups = by_role(next_steps(SHIPPED, posture, ruling))
    assert list(groups) == list(ROLES.values())


def test_every_step_can_be_reached() -> None:
    """On the facts of decided orders and on others by chance, in every circuit."""
    reached: set[str] = set()
    for circuit in SHIPPED.courts.circuits:
        chance = Random(circuit)
        for facts in DECIDED[::8]:
            reached |= steps_on({**facts, "circuit": circuit}).keys()
        for _ in range(40):
            reached |= steps_on(coherent(chance, {"circuit": circuit})).keys()
    for court in ("N.D. Miss.", "S.D. Miss.", "D.D.C."):
        for request in ("stay", "compel"):
            appeal: Facts = {"court": court, "motion": "appeal", "qi_asserted": True}
            reached |= steps_on({**appeal, "request": request}).keys()
    doubtful: Facts = {"motion": "appeal", "motion_strength": "weak", "appeal_on_law": False}
    for circuit in SHIPPED.courts.circuits:
        late: Facts = {"circuit": circuit, "request": "stay", "motion_delayed": True}
        reached |= steps_on({**late, **doubtful}).keys()
    assert STEPS.keys() - reached == set()


def test_a_stay_for_an_announced_motion_sets_the_date() -> None:
    """Movant, plaintiff and chambers each have a step about it."""
    found = steps_on(
        {
            "circuit": "eighth",
            "court": "D.S.D.",
            "request": "stay",
            "qi_asserted": True,
            "motion": "promised",
        }
    )
    assert {"movant-file-by-the-date", "plaintiff-watch-the-date"} <= found.keys()
    courts = {
        court
        for authority in found["movant-file-by-the-date"].authority
        for court in authority.holding.precedent.courts
    }
    assert "D.S.D." in courts


def test_a_premature_request_is_to_be_renewed_on_a_motion() -> None:
    case = SHIPPED.precedents["bakalar-v-dunleavy"]
    assert "movant-file-now" in steps_on(case.facts, case.decided)


def test_a_period_is_given_only_since_the_rule_sets_it() -> None:
    """The fourteen days of Rule 72(a) date from December 1, 2009."""
    step = steps_on(PENDING)["plaintiff-object"]
    assert (step.rule, step.after_days) == ("Fed. R. Civ. P. 72(a)", 14)
    assert "plaintiff-object" not in steps_on(PENDING, date(2005, 1, 1))


@pytest.mark.parametrize("step", STEPS.values(), ids=lambda step: step.id)
def test_authority_named_in_the_data_is_cited_where_it_is_in_force(step: Step) -> None:
    for name in step.cites:
        id_ = name.split("/")[0]
        assert SHIPPED.holdings_of(SHIPPED.precedents[id_])
        assert "/" not in name or name in SHIPPED.holding
