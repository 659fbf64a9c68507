"""A precedents file of the user's own: every kind of mistake, told in one clear line each."""

from __future__ import annotations

from datetime import date

import pytest
from precedent_files import (
    _ENDED,
    DOE,
    LEFT_OUT,
    MISTAKES,
    ROE,
    RULE,
    VALID,
    changed,
    problems,
)

from qiwizard.law.build import build_library
from qiwizard.resources import read_shipped
from qiwizard.text import one_line


def test_the_valid_file_has_no_problems() -> None:
    assert problems(VALID) == []


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_is_told_in_one_clear_line(name: str) -> None:
    change, words = MISTAKES[name]
    found = problems(changed(change))
    told = [line for line in found if all(word in line for word in words)]
    assert len(told) == 1, found
    assert told[0] == one_line(told[0])
    assert len(told[0]) < 500


@pytest.mark.parametrize(
    "name",
    [
        n
        for n in MISTAKES
        if n.split()[0] in {"caption", "condition:", "court", "facts:", "quotation"}
    ],
)
def test_one_mistake_makes_no_others(name: str) -> None:
    assert len(problems(changed(MISTAKES[name][0]))) == 1


def test_all_mistakes_are_told_together() -> None:
    names = ["kind", "url", "quotation too long", "condition: unknown value", "volume zero",
             "by an unknown precedent", "rule with a court", "two holdings of one key"]  # fmt: skip
    found = problems(changed(*(MISTAKES[name][0] for name in names)))
    for name in names:
        words = MISTAKES[name][1]
        assert any(all(word in line for word in words) for line in found), name
    assert len(found) == len(names)


def test_a_rule_may_have_been_amended_since() -> None:
    assert problems(changed({RULE + "holding.0.since": date(1993, 12, 1)})) == []
    later = {"library": LEFT_OUT, RULE + "holding.0.since": date(2000, 12, 1)}
    assert problems(changed(later)) == []


def test_a_date_known_by_year_counts_as_its_whole_year() -> None:
    event = {"treatment": "followed", "from": date(1999, 2, 1), "note": "Followed at once."}
    assert problems(changed({DOE + "history": [event]})) == []


def test_history_that_only_comments_may_go_both_ways() -> None:
    comment = {**_ENDED, "treatment": "noted", "by": "smith-v-town"}
    same_day = {ROE + "decided": date(2015, 3, 2), ROE + "history": [comment]}
    assert problems(changed(same_day)) == []


def test_a_circle_is_told_once_and_what_leads_to_it_is_not() -> None:
    day = date(2000, 1, 1)
    ends = {"a": ["b"], "b": ["c", "d"], "c": ["a"], "d": [], "e": ["a"]}
    event = {"treatment": "overruled", "from": day, "note": "Overruled."}
    rows = [
        {
            **VALID["precedent"][1],
            "id": name,
            "decided": day,
            "history": [{**event, "by": by} for by in by_names],
        }
        for name, by_names in ends.items()
    ]
    (line,) = problems({"precedent": rows})
    assert "circular: a by b, b by c, c by a" in line


def test_precedents_of_the_library_may_be_named_and_not_taken() -> None:
    older = build_library(VALID).precedents
    mine = {
        **VALID["precedent"][1],
        "id": "poe-v-city",
        "relies_on": ["smith-v-town"],
        "history": [{**_ENDED, "by": "doe-v-village"}],
    }
    (line,) = problems({"precedent": [mine]}, known=older)
    assert "poe-v-city, history 1, by: doe-v-village is older than poe-v-city" in line
    assert problems({"precedent": [mine]}, known=tuple(older)) == []
    (taken,) = problems({"precedent": [{**mine, "id": "local-rule", "history": []}]}, known=older)
    assert "precedent local-rule, id: a precedent of the library has it" in taken


def test_the_shipped_precedents_have_no_problems() -> None:
    assert problems(read_shipped("precedents.toml")) == []
