"""Forums as people type them."""

from __future__ import annotations

import pytest
from postures import COURTS, SHIPPED, TODAY

from qiwizard.errors import UserError
from qiwizard.law.courts import (
    all_forums,
    circuit_named,
    court_named,
    matching_forums,
    named_forum,
)
from qiwizard.sessions.session_file import session_from


@pytest.mark.parametrize(
    "typed", ["D.N.M.", "d.n.m", "dnm", "d n m", "new mex", "New Mexico", "district of new mexico"]
)
def test_a_district_is_found_by_its_letters_and_words(typed: str) -> None:
    """Periods, blanks and case make no difference, and words may be cut short."""
    found = named_forum(COURTS, typed)
    assert found is not None
    assert (found.circuit, found.court) == ("tenth", "D.N.M.")


@pytest.mark.parametrize(
    "typed", ["10", "10th", "10th Cir.", "10th circuit", "Tenth", "tenth circuit", "１０", "CA10"]
)
def test_a_circuit_is_found_by_its_number_and_its_name(typed: str) -> None:
    """The number, the ordinal and the word, also in full-width digits."""
    assert circuit_named(COURTS, typed) == "tenth"


@pytest.mark.parametrize(
    ("typed", "circuit"), [("1", "first"), ("2d", "second"), ("2nd", "second")]
)
def test_a_number_is_that_circuit_and_not_one_that_begins_with_it(typed: str, circuit: str) -> None:
    """`1` is the First Circuit, though the Tenth and Eleventh begin with it."""
    assert circuit_named(COURTS, typed) == circuit


def test_every_forum_is_found_by_its_own_names() -> None:
    """The Bluebook abbreviation and the full name of each district and circuit name it alone."""
    for forum in all_forums(COURTS):
        if forum.court is None:
            names = (COURTS.circuits[forum.circuit].name, COURTS.circuits[forum.circuit].id)
            assert {circuit_named(COURTS, name) for name in names} == {forum.circuit}
        else:
            names = (forum.court, COURTS.districts[forum.court].name)
            assert {court_named(COURTS, name) for name in names} == {forum.court}


def test_what_several_forums_match_names_none() -> None:
    """The districts of one State are offered, and none is taken for the others."""
    assert named_forum(COURTS, "texas") is None
    assert {f.court for f in matching_forums(COURTS, "texas")} == {
        "E.D. Tex.",
        "N.D. Tex.",
        "S.D. Tex.",
        "W.D. Tex.",
    }


@pytest.mark.parametrize("typed", ["", "  ", ".", "zz", "Court of Appeals for the Veterans"])
def test_what_matches_nothing_names_nothing(typed: str) -> None:
    """Nothing is guessed."""
    assert named_forum(COURTS, typed) is None


@pytest.mark.parametrize(
    ("typed", "facts"),
    [
        ({"circuit": "10th"}, {"circuit": "tenth"}),
        ({"circuit": "10th Cir.", "court": "d.n.m"}, {"circuit": "tenth", "court": "D.N.M."}),
        ({"court": "New Mexico"}, {"court": "D.N.M."}),
        ({"circuit": "tenth"}, {"circuit": "tenth"}),
    ],
)
def test_a_posture_file_may_name_its_forum_as_people_do(
    typed: dict[str, str], facts: dict[str, str]
) -> None:
    """Ids and usual names alike; the session has the ids."""
    session = session_from({"posture": typed}, "case.toml", SHIPPED, TODAY)
    assert dict(session.posture.known) == facts


def test_a_forum_that_does_not_exist_is_an_error() -> None:
    """It is never ignored, nor taken for another."""
    with pytest.raises(UserError, match=r"posture\.circuit: '14th' is not a value"):
        session_from({"posture": {"circuit": "14th"}}, "case.toml", SHIPPED, TODAY)
