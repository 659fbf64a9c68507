"""The ruling as a tree: terms, doctrines, findings, holdings and why they prevailed, facts."""

from __future__ import annotations

import io
from datetime import date

import pytest
from hypothesis import given
from postures import SHIPPED, TODAY, days, postures

from qiwizard.documents.document import document
from qiwizard.documents.summary import summary
from qiwizard.documents.why_lines import REST, why_lines
from qiwizard.law.facts import Value
from qiwizard.law.posture import Posture
from qiwizard.plain.interview import PlainWizard
from qiwizard.reasoning.canons import Canon, Strength
from qiwizard.reasoning.ruling import rule
from qiwizard.reasoning.why import (
    BETWEEN_PANELS,
    CANON_SAYS,
    DISCRETION_YIELDS,
    LEFT_OPEN,
    VERIFIED_SAYS,
    prevailed,
    why,
)
from qiwizard.sessions.session import Session

POSTURE = Posture.of(
    {
        "circuit": "tenth",
        "court": "D.N.M.",
        "request": "both",
        "qi_asserted": True,
        "motion": "pending",
        "other_defendants": True,
    }
)
SESSION = Session(
    as_of=TODAY, created=Session.new(TODAY).created, posture=POSTURE, sources={"motion": "Doc. 38"}
)


@given(posture=postures(), as_of=days())
def test_the_tree_holds_every_term_and_finding_once(posture: Posture, as_of: date) -> None:
    """What decides and the rest make up the ruling; every term hangs on a finding that gives it."""
    ruling = rule(SHIPPED, posture, as_of)
    tree = why(SHIPPED, ruling)
    reasons = [r for branch in (*tree.deciding, *tree.rest) for r in branch.reasons]
    assert {r.finding.question.id for r in reasons} == {f.question.id for f in ruling.findings}
    assert len(reasons) == len(ruling.findings)
    assert sorted(t for r in reasons for t in r.terms) == sorted(ruling.terms)
    for term, finding in tree.terms:
        assert term in finding.question.answers[finding.answer].terms
        assert finding.weighing.leading
    if ruling.decisive:
        deciding = [r.finding for branch in tree.deciding for r in branch.reasons]
        assert deciding == list(ruling.decisive)
    assert tree.rest_count + sum(len(b.reasons) for b in tree.deciding) == len(reasons)


def test_it_is_said_what_prevailed_over_what() -> None:
    """The canon in words, with names on both sides where authority divides."""
    ruling = rule(SHIPPED, POSTURE, TODAY)
    said = {f.weighing.canon: prevailed(f) for f in ruling.findings}
    assert said[Canon.UNOPPOSED] == CANON_SAYS[Canon.UNOPPOSED]
    measure = ruling.finding("measure")
    assert measure is not None
    text = prevailed(measure)
    assert text.startswith(DISCRETION_YIELDS)
    assert measure.weighing.leading[0].holding.precedent.short in text.partition("against it")[0]
    assert measure.weighing.against[0].holding.precedent.short in text.partition("against it")[2]


ON_DISMISSAL: dict[str, Value] = {
    "request": "stay",
    "individual_capacity": True,
    "qi_asserted": True,
    "motion": "pending",
    "motion_kind": "dismiss",
}


def test_panels_are_spoken_of_only_where_panels_divide() -> None:
    """Two judges of one district are no panels of a circuit."""
    measure = rule(SHIPPED, Posture.of({"court": "D. Colo.", **ON_DISMISSAL}), TODAY).finding(
        "measure"
    )
    assert measure is not None
    assert measure.weighing.canon is Canon.LATER
    assert prevailed(measure).startswith(CANON_SAYS[Canon.LATER])
    assert BETWEEN_PANELS not in prevailed(measure)


def test_authority_that_cannot_decide_is_not_said_to_have_yielded() -> None:
    """One that only supports its side is contrary, but nothing had to prevail over it."""
    measure = rule(SHIPPED, Posture.of({"court": "W.D. Wis.", **ON_DISMISSAL}), TODAY).finding(
        "measure"
    )
    assert measure is not None
    text = prevailed(measure)
    assert "alvarado-v-litscher" in {p.holding.precedent.id for p in measure.authority_against}
    assert "Alvarado" not in text
    assert not text.startswith(DISCRETION_YIELDS)


def test_it_is_said_that_no_court_of_the_forum_has_answered() -> None:
    """What the Supreme Court leaves to the judge leads, and is not called the higher authority."""
    facts: dict[str, Value] = {"court": "E.D. Va.", **ON_DISMISSAL, "other_defendants": True}
    reach = rule(SHIPPED, Posture.of(facts), TODAY).finding("reach")
    assert reach is not None
    assert reach.strength is Strength.CONTESTED
    assert prevailed(reach).startswith(LEFT_OPEN)


def test_plain_text_puts_what_decides_first() -> None:
    """Facts with their place in the record, how each quotation was checked, then the rest."""
    ruling = rule(SHIPPED, POSTURE, TODAY)
    text = " ".join("\n".join(why_lines(SHIPPED, SESSION, ruling)).split())
    first, rest = text.split(REST)
    for finding in ruling.findings:
        assert finding.conclusion in (first if finding.decisive else rest)
    assert "(Doc. 38)" in first
    assert any(says in first for says in VERIFIED_SAYS.values())
    in_full = " ".join("\n".join(why_lines(SHIPPED, SESSION, ruling, in_full=True)).split())
    quotes = [p.holding.quote for f in ruling.findings for p in f.authority_for]
    assert all(" ".join(quote.split()) in in_full for quote in quotes)
    assert "more for it" not in in_full
    page = summary(SHIPPED, SESSION, TODAY)
    assert page.index("Terms of the order") < page.index("Why\n---") < page.index(REST)


def test_tables_say_what_leads_why_and_to_which_terms() -> None:
    """Each finding names its terms, the leading holdings, and why they prevailed."""
    table = document(SHIPPED, SESSION)
    given_terms = [term for row in table["finding"] for term in row["terms"]]
    assert sorted(given_terms) == sorted(table["ruling"]["terms"])
    for row in table["finding"]:
        assert row["leading"]
        assert set(row["leading"]) <= set(row["for"])
        assert row["prevailed"]


def test_contrary_authority_is_distinguished_in_every_form() -> None:
    """In plain text and in the tables, each with the same words, where the outcome turns on it."""
    ruling = rule(SHIPPED, POSTURE, TODAY)
    rows = document(SHIPPED, SESSION)["contrary"]
    page = " ".join(summary(SHIPPED, SESSION, TODAY).split()).replace("- ", "-")
    decisive = {finding.question.id: finding for finding in ruling.decisive}
    assert rows
    for row in rows:
        against = decisive[row["question"]].authority_against
        assert row["authority"] in {placed.holding.id for placed in against}
        assert f"To distinguish it: {row['distinguish']}".replace("- ", "-") in page


@pytest.mark.parametrize(("line", "quotes"), [("w", False), ("w all", True)])
def test_line_mode_tells_why(
    line: str,
    quotes: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """At any question; `all` brings every authority with its quotation."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{line}\nq\n"))
    PlainWizard(SHIPPED, SESSION, TODAY).run()
    out = " ".join(capsys.readouterr().out.split())
    ruling = rule(SHIPPED, POSTURE, TODAY)
    assert all(finding.conclusion in out for finding in ruling.findings)
    last = ruling.findings[0].authority_for[-1].holding.quote
    assert (" ".join(last.split()) in out) == quotes
