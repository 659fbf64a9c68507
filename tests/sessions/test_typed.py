"""Dates and numbers as people type them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiwizard.errors import UserError
from qiwizard.text import spell_date
from qiwizard.typed import DATES, typed_date, typed_dates, typed_digit, typed_number

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "typed",
    [
        "11/22/2026",
        "Nov. 22, 2026",
        "Nov 22, 2026",
        "November 22, 2026",
        "november 22 2026",
        "22 Nov. 2026",
        "2026-11-22",
        " 2026-11-22 ",
        "１１/22/2026",
    ],
)
def test_a_date_is_read_in_every_usual_form(typed: str) -> None:
    """American forms, the ISO form and the form that the program prints."""
    assert typed_date(typed) == DAY


@given(st.dates(min_value=date(1993, 12, 1), max_value=date(2100, 1, 1)))
def test_what_the_program_prints_it_reads(day: date) -> None:
    """Every date comes back from its printed forms."""
    assert typed_date(spell_date(day)) == day
    assert typed_date(f"{day.month}/{day.day}/{day.year}") == day
    assert typed_dates(f"{spell_date(day)}, {day.isoformat()}") == [day]


@pytest.mark.parametrize(
    "typed", ["", "2026", "22/11/2026", "Nov. 31, 2026", "13/1/2026", "11/22/26", "Novel 22, 2026"]
)
def test_what_is_no_date_is_refused_with_the_permitted_forms(typed: str) -> None:
    """The message shows how dates are written."""
    with pytest.raises(UserError, match=re.escape(DATES)):
        typed_date(typed)


def test_several_dates_are_told_apart_by_their_commas() -> None:
    """The comma before a year is part of its date."""
    first, second = date(2022, 11, 1), date(2022, 12, 1)
    assert typed_dates("2022-11-01,2022-12-01") == [first, second]
    assert typed_dates("Nov. 1, 2022, Dec. 1, 2022") == [first, second]


@pytest.mark.parametrize(("typed", "number"), [("10", 10), ("１０", 10), ("٣", 3), ("x", None)])
def test_a_number_may_be_in_any_digits(typed: str, number: int | None) -> None:
    """Full-width and other decimal digits count."""
    assert typed_number(typed) == number


@pytest.mark.parametrize(
    ("key", "digit"), [("3", 3), ("３", 3), ("٣", 3), ("a", None), (None, None)]
)
def test_a_key_is_a_digit_in_any_script(key: str | None, digit: int | None) -> None:
    """So that keyboards of any language can answer."""
    assert typed_digit(key) == digit


def test_a_number_too_long_to_mean_anything_is_no_fault() -> None:
    """It is out of every range."""
    assert (typed_number("9" * 5000) or 0) > 999
