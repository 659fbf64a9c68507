"""The export: the keys outside readers rely on, shares that add up, old exports that open."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest
from hypothesis import given, settings
from postures import SHIPPED, TODAY, days, postures, with_orders
from rulings import OPINIONS, opinion, session_on

from qiwizard.law.posture import Posture
from qiwizard.reasoning.weighing import Strength
from qiwizard.reports.formats import render
from qiwizard.reports.report import Report
from qiwizard.reports.tables import computed_tables, document, rounded
from qiwizard.sessions.session_file import parse, session_from

OLD = """
schema = "qiwizard/session/1"
created = 2026-01-31T12:00:00Z

[matter]
caption = "Lucero v. City of Clovis Police Department"

[posture]
circuit = "tenth"
court = "D.N.M."
request = "both"
qi_asserted = true
motion = "pending"
motion_kind = "summary_judgment"
other_defendants = true

[session]
open = ["facts_needed"]

[source]
motion = "Doc. 38"

[ruling]
outcome = "stay"
strength = "leaning"
headline = "All discovery is stayed. The stay is of right: nothing more need be shown."
as_of = 2026-01-31
library = "2026.11"
terms = ["Discovery is stayed until the immunity question is resolved."]

[[finding]]
doctrine = "motion"
question = "measure"
answer = "of_right"
conclusion = "The stay is of right: nothing more need be shown."
strength = "settled"
canon = "higher authority"
decisive = true
terms = []
because = ["motion"]
prevailed = "The higher authority in this forum prevails."
leading = ["lucero-v-clovis/of-right"]
for = ["lucero-v-clovis/of-right"]
against = []

[[alternative]]
outcome = "partial_stay"
because = "Only those who claim immunity are protected."
authorities = ["rome-v-romero/particular-claims"]

[[ahead]]
doctrine = "facts"
fact = "rule_56d"
asks = "Has the plaintiff made a Rule 56(d) showing?"
values = ["adequate"]
outcome = "limited_discovery"
reach = ["limited_discovery"]
"""
"""An export of version 0.1, its questions and answers those of that version."""


def test_an_export_of_the_first_version_opens_and_is_written_again_unchanged() -> None:
    """Its ruling stays on record until it is adopted anew; its facts are read."""
    session = session_from(parse(OLD, "old.toml"), "old.toml", SHIPPED, TODAY)
    assert session.as_of == date(2026, 1, 31)
    assert session.posture.get("motion") == "pending"
    assert session.posture.open == {"facts_needed"}
    assert session.recorded is not None
    assert session.recorded["ruling"]["strength"] == "leaning"
    again = tomllib.loads(render(Report(SHIPPED, session), "toml"))
    assert again["ruling"] == tomllib.loads(OLD)["ruling"]
    assert again["finding"] == tomllib.loads(OLD)["finding"]


def test_an_old_export_adopted_under_the_law_of_today_has_the_new_keys() -> None:
    """Adopting replaces what was recorded, and says what changed since."""
    other = OLD.replace('outcome = "stay"', 'outcome = "no_stay"', 1)
    session = session_from(parse(other, "old.toml"), "old.toml", SHIPPED, TODAY)
    adopted = session.adopting(TODAY)
    table = document(Report(SHIPPED, adopted, TODAY, session))
    assert set(table["ruling"]["likelihood"]) == set(SHIPPED.outcomes)
    assert table["since"][0]["as_of"] == TODAY
    assert "headline" in table["ruling"]


@settings(max_examples=60)
@given(posture=postures(), day=days())
def test_every_export_keeps_the_contract(posture: Posture, day: date) -> None:
    """Outcome, strength, basis, likelihood, missing; findings with basis, share, counts, for."""
    table = computed_tables(Report(SHIPPED, session_on(posture.known, day)))
    ruling = table["ruling"]
    assert ruling["outcome"] in SHIPPED.outcomes
    assert ruling["basis"] in ("law", "practice", "default")
    assert set(ruling["likelihood"]) == set(SHIPPED.outcomes)
    assert sum(ruling["likelihood"].values()) == pytest.approx(1, abs=1e-9)
    assert all(0 <= share <= 1 for share in ruling["likelihood"].values())
    if "missing" in ruling:
        assert ruling["missing"]
        assert ruling["strength"] == "contested"
    rows = {row["id"]: row for row in table["authority"]}
    assert len(rows) == len(table["authority"])
    for finding in table["finding"]:
        assert finding["for"]
        assert rows.keys() >= {*finding["for"], *finding["against"], *finding["leading"]}
        assert finding["basis"] in ("law", "practice", "default")
        for gave, answered in finding.get("practice", {}).values():
            assert 0 <= gave <= answered
        if "practice" in finding:
            assert set(finding["practice"]) == {"here", "circuit", "all"}
            assert 0 <= finding["share"] <= 1
    for alternative in table["alternative"]:
        assert alternative["outcome"] != ruling["outcome"]
        assert 0 < alternative["share"] <= 1
        assert rows.keys() >= set(alternative["authorities"])


@pytest.mark.parametrize("id_", OPINIONS)
def test_changes_have_the_likelihood_before_and_after(id_: str) -> None:
    """As the card shows them."""
    table = document(Report(SHIPPED, opinion(id_)))
    for change in table["change"]:
        assert 0 <= change["likelihood_before"] < change["likelihood_after"] <= 1


def test_shares_sum_to_one_after_rounding() -> None:
    """What rounding leaves over goes to the outcome."""
    shares = {"stay": 1 / 3, "partial_stay": 1 / 3, "limited_discovery": 1 / 6, "no_stay": 1 / 6}
    found = rounded(shares, "stay")
    assert sum(found.values()) == pytest.approx(1, abs=1e-12)
    assert list(found) == list(shares)


def test_what_no_authority_supports_rests_on_orders_or_on_the_burden_rule() -> None:
    """`for` names counted orders where there are any, else the rule of the default."""
    facts = {"circuit": "tenth", "court": "D.N.M.", "request": "stay", "motion": "pending"}
    counted = computed_tables(Report(SHIPPED, session_on(facts, TODAY)))
    bare = computed_tables(Report(with_orders(SHIPPED), session_on(facts, TODAY)))
    orders = {order.id for order in SHIPPED.orders}
    for table, permitted in ((counted, orders), (bare, SHIPPED.holding.keys())):
        for finding in table["finding"]:
            if not finding["leading"]:
                assert set(finding["for"]) <= permitted


def test_strengths_are_spelled_as_before() -> None:
    """The words of the first version."""
    assert {strength.word for strength in Strength} == {"settled", "leaning", "contested"}
