"""Quotations in parentheses: a sentence from capital to period, a phrase without either."""

from __future__ import annotations

import pytest

from qiwizard.law.shipped import shipped_library
from qiwizard.reports.blocks import plain
from qiwizard.reports.quotation import as_quoted, in_parentheses, read_in

QUOTES = {
    "The court must do so": "The court must do so.",
    "the district court should stay discovery": "[T]he district court should stay discovery.",
    "[e]ven pretrial matters are to be avoided": "[E]ven pretrial matters are to be avoided.",
    "because it is so, a court may stay": "[B]ecause it is so, a court may stay.",
    "is not a matter of right": "is not a matter of right",
    "confers jurisdiction on the court of appeals.": "confers jurisdiction on the court of appeals",
    "an entitlement not to stand trial": "an entitlement not to stand trial",
    "requests on claims for which she is liable": "requests on claims for which she is liable",
    "then discovery may be needed. Of course": "[T]hen discovery may be needed. Of course.",
    "decides only facts. It is not appealable": "decides only facts. It is not appealable.",
    'The right is an "entitlement."': "The right is an ‘entitlement.’",
    'a "right" that ends': "a ‘right’ that ends",
    "to \"ensure that 'weak claims' end\"": "to ‘ensure that “weak claims” end’",
}


@pytest.mark.parametrize(("quote", "shown"), QUOTES.items())
def test_a_sentence_has_a_capital_and_a_period_and_a_phrase_has_neither(
    quote: str, shown: str
) -> None:
    assert as_quoted(quote) == shown


def test_a_rule_quoted_without_its_end_has_an_ellipsis() -> None:
    holdings = {h.id: h for h in shipped_library().holdings}
    cut = plain(in_parentheses(holdings["frcp-26-c-1/good-cause"]))
    assert cut.replace("\N{NO-BREAK SPACE}", " ").endswith("or expense . . . .”)")
    whole = plain(in_parentheses(holdings["frcp-56-d/no-showing"]))
    assert whole.endswith("or (3) issue any other appropriate order.”)")


def test_every_quotation_of_the_library_keeps_its_words() -> None:
    """Nothing but the first letter, the last period and inner quotation marks changes."""
    for holding in shipped_library().holdings:
        if holding.quote:
            assert letters(as_quoted(holding.quote)) == letters(holding.quote)


def letters(text: str) -> str:
    """A text without marks and case."""
    return "".join(filter(str.isalnum, text)).casefold()


def test_the_opinion_that_quotes_follows_with_its_party_names_abbreviated() -> None:
    """`, quoted in`, not a parenthetical; no county and no department spelled out."""
    for holding in shipped_library().holdings:
        told = plain(read_in(holding))
        assert told.startswith(", quoted in ") if holding.quoted_in else not told
        case = told.partition(", No")[0]
        assert "County" not in case
        assert "Department" not in case
