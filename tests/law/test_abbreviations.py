"""Party names in citations, after Tables T6 and T10 of the Bluebook."""

from __future__ import annotations

import pytest

from qiwizard.law.citation import abbreviated

CAPTIONS = {
    "Hylton v. Board of County Commissioners": "Hylton v. Bd. of Cnty. Comm'rs",
    "Jones v. Kansas": "Jones v. Kansas",
    "Doe v. Kansas Department of Corrections": "Doe v. Kan. Dep't of Corr.",
    "New Mexico ex rel. Stone v. County of Quay": "New Mexico ex rel. Stone v. Cnty. of Quay",
    "Thomas v. United States": "Thomas v. United States",
    "Moss v. United States Secret Service": "Moss v. U.S. Secret Serv.",
    "Roe v. City of Kansas City": "Roe v. City of Kansas City",
    "Finkelstein v. District Attorney's Office": "Finkelstein v. Dist. Att'y's Off.",
    "West v. North": "West v. North",
}


@pytest.mark.parametrize(("caption", "cited"), CAPTIONS.items())
def test_words_and_places_are_abbreviated_unless_they_are_the_whole_party(
    caption: str, cited: str
) -> None:
    assert abbreviated(caption) == cited
