"""The exported session keeps its contract: tables, keys, and what they say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from session_files import (
    CREATED,
    POSTURES,
    named,
    table_of,
)

from qiwizard.law.facts import FORUM
from qiwizard.law.library import Library
from qiwizard.reasoning.ruling import rule

# The contract

KINDS: Mapping[str, Mapping[str, type]] = {
    "ruling": {"outcome": str, "strength": str, "headline": str, "as_of": date, "terms": list},
    "finding": {
        "doctrine": str,
        "question": str,
        "answer": str,
        "conclusion": str,
        "because": list,
        "for": list,
        "against": list,
    },
    "alternative": {"outcome": str, "because": str, "authorities": list},
    "change": {"facts": list, "outcome": str, "authorities": list},
    "similar": {"id": str, "outcome": str, "shared": list, "differs": list},
    "authority": {
        "id": str,
        "citation": str,
        "pin": str,
        "weight": str,
        "says": str,
        "quote": str,
        "verified": str,
        "url": str,
        "history": list,
    },
}
"""The keys that the contract names, table by table, and the kind of their values."""


@pytest.mark.parametrize("name", POSTURES)
def test_export_has_the_tables_and_keys_of_the_contract(name: str) -> None:
    """Every table and key is there, with the kind of value that readers rely on."""
    table = table_of(POSTURES[name])
    assert table["schema"] == "qiwizard/session/1"
    assert table["created"] == CREATED
    assert all(isinstance(table[key], dict) for key in ("matter", "posture", "session", "source"))
    assert isinstance(table["session"]["open"], list)
    for key, kinds in KINDS.items():
        rows = [table[key]] if key == "ruling" else table[key]
        for row in rows:
            assert kinds.keys() <= row.keys(), key
            assert all(type(row[k]) is kind for k, kind in kinds.items()), key
            lists = [row[k] for k, kind in kinds.items() if kind is list and k != "facts"]
            assert all(type(item) is str for items in lists for item in items)


@pytest.mark.parametrize("name", POSTURES)
def test_export_keeps_the_facts_and_leaves_open_ones_out(name: str, library: Library) -> None:
    """Facts stand with their values, open facts only in the list of open ones."""
    session = POSTURES[name]
    table = table_of(session)
    assert table["posture"] == dict(session.posture.known)
    assert all(library.vocabulary.by_name[n].permits(v) for n, v in table["posture"].items())
    assert set(table["session"]["open"]) == session.posture.open
    assert not table["posture"].keys() & set(table["session"]["open"])
    assert table["source"] == dict(session.sources)


@pytest.mark.parametrize("name", POSTURES)
def test_ruling_is_one_of_four_and_says_how_sure(name: str, library: Library) -> None:
    """The ruling names an outcome, a strength, the day, terms, and a sentence."""
    ruling = table_of(POSTURES[name])["ruling"]
    assert ruling["outcome"] in {"stay", "partial_stay", "limited_discovery", "no_stay"}
    assert ruling["outcome"] in library.outcomes
    assert ruling["strength"] in {"settled", "leaning", "contested"}
    assert ruling["as_of"] == POSTURES[name].as_of
    assert ruling["headline"].strip()
    assert all(term.strip() for term in ruling["terms"])


@pytest.mark.parametrize("name", POSTURES)
def test_every_finding_is_cited_and_rests_on_stated_facts(name: str, library: Library) -> None:
    """A finding names its question and answer, has authority for it, and rests on known facts."""
    table = table_of(POSTURES[name])
    assert table["finding"]
    for finding in table["finding"]:
        question = library.question[finding["question"]]
        assert finding["doctrine"] == question.doctrine
        assert finding["answer"] in question.answers
        assert finding["conclusion"].strip()
        assert finding["for"]
        assert not set(finding["for"]) & set(finding["against"])
        assert set(finding["because"]) <= table["posture"].keys()
    asked = [finding["question"] for finding in table["finding"]]
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("name", POSTURES)
def test_alternatives_differ_from_the_ruling_and_each_other(name: str, library: Library) -> None:
    """Each alternative is another outcome, named once, with a reason and an authority."""
    table = table_of(POSTURES[name])
    outcomes = [alternative["outcome"] for alternative in table["alternative"]]
    assert table["ruling"]["outcome"] not in outcomes
    assert len(outcomes) == len(set(outcomes))
    assert set(outcomes) <= library.outcomes.keys()
    assert all(a["because"].strip() and a["authorities"] for a in table["alternative"])


@pytest.mark.parametrize("name", POSTURES)
def test_changes_turn_the_outcome_as_they_say(name: str, library: Library) -> None:
    """A change states each fact from and to, forum aside, and leads to another outcome."""
    session = POSTURES[name]
    table = table_of(session)
    for change in table["change"]:
        posture = session.posture
        for turn in change["facts"]:
            assert turn.keys() <= {"fact", "from", "to"}
            assert turn["fact"] not in FORUM
            assert turn.get("from") == session.posture.get(turn["fact"])
            assert ("from" in turn) == (turn["fact"] in session.posture.known)
            assert library.vocabulary.by_name[turn["fact"]].permits(turn["to"])
            assert turn["to"] != turn.get("from")
            posture = posture.stating(turn["fact"], turn["to"])
        ruling = rule(library, posture, session.as_of)
        assert ruling.outcome == change["outcome"] != table["ruling"]["outcome"]
        assert change["authorities"]


@pytest.mark.parametrize("name", POSTURES)
def test_similar_orders_share_what_they_say(name: str, library: Library) -> None:
    """A near order is known to the library; what is shared and what differs is so."""
    session = POSTURES[name]
    facts = {p.id: (p.facts, p.outcome) for p in library.landmarks}
    facts |= {order.id: (order.facts, order.outcome) for order in library.orders}
    for near in table_of(session)["similar"]:
        theirs, outcome = facts[near["id"]]
        ours = session.posture.known
        assert near["outcome"] == outcome
        assert near["shared"]
        assert all(ours[fact] == theirs[fact] for fact in near["shared"])
        assert all(ours[fact] != theirs[fact] for fact in near["differs"])


@pytest.mark.parametrize("name", POSTURES)
def test_every_authority_named_has_one_row(name: str, library: Library) -> None:
    """The rows are unique by id and hold every id that the export names."""
    table = table_of(POSTURES[name])
    ids = [row["id"] for row in table["authority"]]
    assert len(ids) == len(set(ids))
    assert named(table) <= set(ids)
    for row in table["authority"]:
        assert row["weight"] in {"binding", "persuasive"}
        assert row["verified"] in {"full", "primary", "secondary"}
        assert row["citation"]
        assert row["says"]
        holding = library.holding[row["id"]]
        assert (row["says"], row["quote"], row["pin"]) == (
            holding.says,
            holding.quote,
            holding.pin,
        )
