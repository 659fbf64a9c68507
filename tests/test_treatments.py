"""When a holding speaks: later history, its exceptions, and its first and last day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from postures import Facts, library_of, weighed, weighing

from qiwizard.law.library import Library
from qiwizard.reasoning.canons import Strength

NEW_MEXICO: Facts = {"circuit": "tenth", "court": "D.N.M."}
LIMITED = library_of(
    '{ id = "limited", court = "5th Cir.", decided = 2012-08-10, holding = ['
    '{ key = "procedure", when = { qi_asserted = true }, answer = "good_cause" }, '
    '{ key = "other", question = "witness", answer = "yes" }], '
    'history = [{ treatment = "limited", from = 2022-11-30, note = "So.", '
    'holdings = ["procedure"], when = { motion = "pending", motion_kind = "dismiss" } }] }'
)
FIFTH: Facts = {"circuit": "fifth", "qi_asserted": True}
DISMISS: Facts = {**FIFTH, "motion": "pending", "motion_kind": "dismiss"}
LIMIT = date(2022, 11, 30)


def test_limited_holding_loses_force_only_on_the_facts_and_from_the_day_of_the_limit() -> None:
    """Where the limit is met it says nothing, elsewhere and before that day it stands."""
    assert weighing(LIMITED, DISMISS, LIMIT - timedelta(days=1)).answer == "good_cause"
    assert weighed(LIMITED, DISMISS, LIMIT) is None
    summary: Facts = {**DISMISS, "motion_kind": "summary_judgment"}
    for facts in (FIFTH, {**FIFTH, "motion": "pending"}, summary):
        assert weighing(LIMITED, facts, LIMIT).strength is Strength.SETTLED


def test_limit_on_one_holding_leaves_the_others_of_the_precedent() -> None:
    """History that names holdings does not touch the rest of the opinion."""
    found = weighed(LIMITED, DISMISS, LIMIT, question="witness")
    assert found is not None
    assert found.answer == "yes"


def test_holding_is_silent_on_what_it_excepts() -> None:
    """Each of its exceptions is enough, from the day of the decision; elsewhere it stands."""
    library = library_of(
        '{ id = "rule", kind = "rule", answer = "of_right", when = { qi_asserted = true }, '
        'unless = [{ opposed = false }, { motion = "denied", own_records = true }] }'
    )
    known: Facts = {"qi_asserted": True, "motion": "denied"}
    for facts in (known, {**known, "opposed": True}, {**known, "own_records": False}):
        assert weighing(library, facts).strength is Strength.SETTLED
    for facts in ({**known, "opposed": False}, {**known, "own_records": True}):
        assert weighed(library, facts) is None


def treated(treatment: str) -> Library:
    """An opinion of 2010 treated in June 2015, and an order of its circuit against it."""
    return library_of(
        '{ id = "treated", court = "10th Cir.", decided = 2010-01-01, answer = "of_right", '
        f'history = [{{ treatment = "{treatment}", from = 2015-06-01, note = "So." }}] }}',
        '{ id = "order", decided = 2011-01-01, answer = "disfavoured" }',
    )


@pytest.mark.parametrize("ending", ["overruled", "abrogated", "reversed", "vacated", "withdrawn"])
def test_overruled_precedent_is_good_until_the_day_before(ending: str) -> None:
    """What ends a precedent ends it from its own day, for leading and for opposing alike."""
    library = treated(ending)
    assert weighing(library, NEW_MEXICO, date(2015, 5, 31)).answer == "of_right"
    after = weighing(library, NEW_MEXICO, date(2015, 6, 1))
    assert (after.answer, after.against, after.rivals) == ("disfavoured", (), ())


@pytest.mark.parametrize("mild", ["questioned", "clarified", "affirmed", "followed", "noted"])
def test_treatment_that_ends_nothing_leaves_the_precedent_in_force(mild: str) -> None:
    """A precedent that was questioned or followed decides as before."""
    found = weighing(treated(mild), NEW_MEXICO, date(2016, 1, 1))
    assert (found.answer, found.strength) == ("of_right", Strength.SETTLED)


def test_precedent_is_good_from_the_day_of_decision() -> None:
    """The day of decision is the first on which a holding speaks."""
    library = library_of('{ id = "one", decided = 2020-01-01, answer = "of_right" }')
    assert weighed(library, NEW_MEXICO, date(2019, 12, 31)) is None
    assert weighing(library, NEW_MEXICO, date(2020, 1, 1)).answer == "of_right"


def test_practice_reported_earlier_is_good_from_its_own_day() -> None:
    """A line of practice counts from the day it is dated, before the order that reports it."""
    library = library_of('{ id = "one", since = 1995-03-01, answer = "of_right" }')
    assert weighed(library, NEW_MEXICO, date(1995, 2, 28)) is None
    assert weighing(library, NEW_MEXICO, date(1995, 3, 1)).answer == "of_right"


def test_holding_that_waits_for_an_unknown_fact_does_not_speak() -> None:
    """A condition on a fact is met by its value alone, and not by silence."""
    library = library_of('{ id = "one", when = { opposed = false }, answer = "of_right" }')
    assert weighed(library, NEW_MEXICO) is None
    assert weighed(library, {**NEW_MEXICO, "opposed": True}) is None
    assert weighing(library, {**NEW_MEXICO, "opposed": False}).answer == "of_right"
