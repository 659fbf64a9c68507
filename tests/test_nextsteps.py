"""Next steps: the data is sound, every step can be reached, and each rests on authority."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from postures import DECIDED, SHIPPED, TODAY, days, postures
from qiwizard.checking.steps import steps_problems
from qiwizard.reasoning.nextsteps import ROLES, NextStep, next_steps, shipped_steps

from qiwizard.documents.document import computed_tables, document
from qiwizard.documents.summary import summary
from qiwizard.documents.telling import step_authority
from qiwizard.law.facts import Value
from qiwizard.law.posture import Posture
from qiwizard.reasoning.ruling import rule
from qiwizard.resources import read_shipped
from qiwizard.sessions.session import Session
from qiwizard.toml_json import to_toml

STEPS = {step.id: step for step in shipped_steps()}
PENDING: dict[str, Value] = {"qi_asserted": True, "motion": "pending"}
RARE: tuple[tuple[dict[str, Value], tuple[str, ...]], ...] = (
    ({"individual_capacity": False, "rule_26f_held": True, "request": "compel"}, ()),
    ({"qi_asserted": False, "motion": "none", "rule_26f_held": True}, ()),
    ({**PENDING, "motion_kind": "summary_judgment", "narrow_request": False}, ()),
    ({**PENDING, "prisoner": True, "pro_se": True}, ("own_records",)),
    ({"qi_asserted": True, "motion": "appeal"}, ("appeal_on_law",)),
    ({"qi_asserted": True, "motion": "appeal", "appeal_on_law": False}, ()),
    ({"qi_asserted": True, "motion": "appeal", "court": "N.D. Miss.", "request": "stay"}, ()),
    ({**PENDING, "request": "both", "opposed": True, "rule_26f_held": False}, ()),
)
"""Postures that no decided order of the library has, each with facts left open."""


def steps_on(posture: Posture, day: date = TODAY) -> tuple[NextStep, ...]:
    """The steps after the ruling on a posture."""
    return next_steps(SHIPPED, posture, rule(SHIPPED, posture, day))


def ids(steps: tuple[NextStep, ...]) -> set[str]:
    """The ids of some steps."""
    return {step.id for step in steps}


def test_the_shipped_steps_are_sound() -> None:
    """No unknown question, answer, fact, value, authority or rule."""
    assert steps_problems(read_shipped("steps.toml"), SHIPPED) == []
    assert len(STEPS) == len(read_shipped("steps.toml")["step"])


GOOD = {
    "id": "x",
    "role": "movant",
    "text": "Do it.",
    "when": {"outcome": ["stay"], "answers": {"trigger": ["with_date"]}},
    "rule": "Fed. R. Civ. P. 72(a)",
}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"role": "judge"}, "movant"),
        ({"text": ""}, "text"),
        ({"wenn": 1}, "wenn"),
        ({"rule": "", "of": []}, "authority"),
        ({"rule": "Rule 72"}, "Fed. R. Civ. P. 72(a)"),
        ({"rule": "Fed. R. Civ. P. 26(c)(1)"}, "in the library"),
        ({"authority": ["no-such-case"]}, "no-such-case"),
        ({"authority": ["lucero-v-clovis/no-such-key"]}, "no-such-key"),
        ({"of": ["reach"]}, "trigger"),
        ({"rule": "", "of": ["trigger"], "after_days": 14}, "after_days"),
        ({"after_days": 0}, "after_days"),
        ({"since": "2009"}, "since"),
        ({"when": {"outcome": ["stayed"]}}, "partial_stay"),
        ({"when": {"answers": {"triggers": ["enough"]}}}, "trigger"),
        ({"when": {"answers": {"trigger": ["enuf"]}}}, "enough"),
        ({"when": {"facts": {"motions": ["pending"]}}}, "motion"),
        ({"when": {"facts": {"circuit": ["tenth"]}}}, "circuit"),
        ({"when": {"facts": {"pro_se": [1]}}}, "true"),
        ({"when": {"open": ["motions"]}}, "motion"),
        ({"when": {"open": ["motion"], "facts": {"motion": ["none"]}}}, "when.facts too"),
        ({"when": {"if": []}}, "outcome"),
    ],
)
def test_each_mistake_is_one_line_that_names_it(change: dict[str, Any], named: str) -> None:
    """The step and what is permitted are in the line."""
    assert steps_problems({"step": [GOOD]}, SHIPPED) == []
    problems = steps_problems({"step": [{**GOOD, **change}]}, SHIPPED)
    assert problems
    assert named in problems[0]
    assert all(problem.startswith("x: ") for problem in problems)


def test_an_id_is_used_once() -> None:
    """Two steps of one id are a mistake."""
    assert steps_problems({"step": [GOOD, GOOD]}, SHIPPED) == ["x: id: given twice"]


def test_every_step_can_be_reached() -> None:
    """The facts of decided orders and some rarer ones, in every circuit, lead to all steps."""
    reached: set[str] = set()
    for facts, still_open in (*((facts, ()) for facts in DECIDED), *RARE):
        for circuit in SHIPPED.courts.circuits:
            reached |= ids(steps_on(Posture.of({**facts, "circuit": circuit}, still_open)))
    assert reached == set(STEPS)


@given(posture=postures(), day=days())
def test_every_role_has_a_step_and_every_step_authority(posture: Posture, day: date) -> None:
    """On any posture and day; what is cited is in force, and what follows from it is met."""
    ruling = rule(SHIPPED, posture, day)
    found = next_steps(SHIPPED, posture, ruling)
    assert {step.role for step in found} == set(ROLES)
    for step in found:
        assert step.authority or step.rule
        assert all(placed.holding.since <= day for placed in step.authority)
        when = STEPS[step.id].when
        assert not when.outcome or ruling.outcome in when.outcome
        assert when.open.isdisjoint(posture.known)


def test_a_stay_for_a_promised_motion_sets_the_date() -> None:
    """Movant, plaintiff and chambers each learn of the date, on an order that set one."""
    found = steps_on(
        Posture.of(
            {"circuit": "eighth", "court": "D.S.D.", "qi_asserted": True, "motion": "promised"}
        )
    )
    wanted = {"movant-file-by-the-date", "plaintiff-watch-the-date", "chambers-set-the-date"}
    assert wanted <= ids(found)
    (step,) = (s for s in found if s.id == "movant-file-by-the-date")
    set_a_date = {
        court
        for p in step.authority
        if p.holding.answer == "with_date"
        for court in p.holding.precedent.courts
    }
    assert "D.S.D." in set_a_date


def test_a_premature_request_is_to_be_renewed_on_a_motion() -> None:
    """The movant files the motion and asks for a particularized order."""
    posture = Posture.of(
        {"circuit": "ninth", "court": "D. Alaska", "qi_asserted": True, "motion": "none"}
    )
    assert {"movant-file-now", "movant-particularized-order"} <= ids(steps_on(posture))


def test_a_period_is_given_only_since_the_rule_sets_it() -> None:
    """The fourteen days of Rule 72(a) date from December 1, 2009."""
    posture = Posture.of({**PENDING, "circuit": "tenth", "court": "D.N.M."})
    (now,) = (s for s in steps_on(posture) if s.id == "plaintiff-object")
    assert (now.rule, now.after_days) == ("Fed. R. Civ. P. 72(a)", 14)
    assert "plaintiff-object" not in ids(steps_on(posture, date(2005, 1, 1)))


def test_a_known_showing_is_not_asked_for_again() -> None:
    """The Rule 56(d) step is for those who made none, in other words for those not asked."""
    facts: dict[str, Value] = {**PENDING, "motion_kind": "summary_judgment", "circuit": "tenth"}
    open_one = ids(steps_on(Posture.of(facts)))
    none_made = ids(steps_on(Posture.of({**facts, "rule_56d": "none"})))
    assert "plaintiff-rule-56d-open" in open_one - none_made
    assert "plaintiff-rule-56d" in none_made - open_one


def test_the_steps_stand_in_summary_and_document() -> None:
    """Text by role; rows with role, text, authorities and rule, all of them in the table."""
    session = Session.new(TODAY)
    for name, value in {**PENDING, "circuit": "tenth", "court": "D.N.M."}.items():
        session = session.answering(SHIPPED, name, value)
    found = next_steps(SHIPPED, session.posture, rule(SHIPPED, session.posture, TODAY))
    text = " ".join(summary(SHIPPED, session).split())
    for step in found:
        assert f"* {step.text} {step_authority(step)}." in text
    table = tomllib.loads(to_toml(document(SHIPPED, session)))
    assert [row["id"] for row in table["step"]] == [step.id for step in found]
    cited = {row["id"] for row in computed_tables(SHIPPED, session)["authority"]}
    for row, step in zip(table["step"], found, strict=True):
        assert (row["role"], row["text"], row["rule"]) == (step.role, step.text, step.rule)
        assert set(row["authorities"]) <= cited
        assert row.get("after_days") == step.after_days
