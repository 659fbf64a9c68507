"""What stands beside a question: the facts on which an authority's conclusion depends."""

from __future__ import annotations

from postures import SHIPPED

from qiwizard.law.posture import Posture
from screens.why import condition_words

NEED = SHIPPED.vocabulary.by_name["facts_needed"]
WITHOUT = next(h for h in SHIPPED.holdings if h.id == "frcp-56-d/need-without-declaration")


def said(**known: str) -> str:
    """What is said of the holding where discovery is asked about."""
    facts = {"motion": "pending", "motion_kind": "summary_judgment", **known}
    return condition_words(SHIPPED, NEED, Posture.of(facts), WITHOUT)


def test_a_conclusion_names_the_unknown_facts_it_needs() -> None:
    """A need for discovery alone shows no failure under Rule 56(d)."""
    assert said() == "If “Yes”, depending on Rule 56(d) showing: "
    assert said(rule_56d="none") == "If “Yes”: "


def test_many_unknown_facts_are_counted() -> None:
    text = condition_words(SHIPPED, NEED, Posture(), WITHOUT)
    assert text.endswith(" and 1 more fact: ")
