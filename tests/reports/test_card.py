"""The bench card: the answer in fourteen lines, and none where essential facts are missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from postures import SHIPPED, TODAY, Facts, days, decided_order, library_of, postures, with_orders
from rulings import OPINIONS, REQUIRED, law_requiring, opinion, report_on, required, session_on

from qiwizard.law.posture import Posture
from qiwizard.reasoning.weighing import Strength
from qiwizard.reports.blocks import plain
from qiwizard.reports.card import (
    CHANGES,
    CONTRARY,
    MOST_LINES,
    NOT_ENOUGH,
    ORDER,
    PRACTICE,
    WHY,
    Card,
    card,
)
from qiwizard.reports.report import Report, deciding

HEADLINES = {
    "lucero-v-clovis": "GRANT: STAY ALL DISCOVERY",
    "maday-v-dooley": "GRANT IN PART: STAY ALL BUT PLAINTIFF'S RECORDS",
    "butler-v-hernandez": "GRANT IN PART: LIMIT DISCOVERY TO IMMUNITY",
    "jones-v-kansas": "DENY: STAY REMAINS IN EFFECT",
    "bakalar-v-dunleavy": "DENY WITHOUT PREJUDICE: DISCOVERY PROCEEDS",
}


def row(shown: Card, label: str) -> list[str]:
    """The entries of a row."""
    return [plain(entry) for entry in shown.rows.get(label, ())]


@pytest.mark.parametrize("id_", OPINIONS)
def test_the_headline_is_what_the_court_did(id_: str) -> None:
    """In the words of an order, on the facts of each of the five opinions."""
    assert card(required(id_)).headline == HEADLINES[id_]


@pytest.mark.parametrize(
    ("outcome", "request_", "headline"),
    [
        ("protection/entitled reach/everyone", "none", "STAY ALL DISCOVERY"),
        ("protection/disfavored", "compel", "GRANT: DISCOVERY PROCEEDS"),
        (
            "protection/entitled reach/everyone",
            "compel",
            "DENY WITHOUT PREJUDICE: ALL DISCOVERY STAYED",
        ),
        (
            "protection/entitled reach/claims",
            "stay",
            "GRANT IN PART: STAY DISCOVERY ON IMMUNITY CLAIMS ONLY",
        ),
        ("protection/entitled limits/limited", "none", "LIMIT DISCOVERY TO IMMUNITY"),
    ],
)
def test_the_verb_fits_the_request(outcome: str, request_: str, headline: str) -> None:
    """A motion to compel is denied by a stay; with no motion nothing is granted or denied."""
    answers = {"limits": "none", **dict(pair.split("/") for pair in outcome.split())}
    facts = {"circuit": "tenth", "request": request_, "motion": "pending"}
    session = session_on(facts, date(2026, 1, 31))
    assert card(Report(law_requiring(answers, "tenth"), session)).headline == headline


def test_protection_asked_only_for_officials_is_granted_in_full() -> None:
    """What was asked for and given is no grant in part."""
    answers = {"protection": "entitled", "limits": "none", "reach": "movants"}
    facts = {"circuit": "tenth", "request": "stay", "motion": "pending", "stay_scope": "own"}
    report = Report(law_requiring(answers, "tenth"), session_on(facts, date(2026, 1, 31)))
    assert card(report).headline == "GRANT: STAY AS TO IMMUNITY DEFENDANTS ONLY"


@settings(max_examples=60)
@given(posture=postures(), day=days())
def test_no_card_is_longer_or_wider_than_it_may_be(posture: Posture, day: date) -> None:
    """Fourteen lines of eighty columns, whatever the posture."""
    report = Report(SHIPPED, session_on(posture.known, day))
    for width in (80, 78):
        lines = [plain(line) for line in card(report, provisional=True).lines(width)]
        assert len(lines) <= MOST_LINES
        assert max(map(len, lines)) <= width
    assert max(len(plain(line)) for line in card(report).lines(40)) <= 40


@settings(max_examples=40)
@given(posture=postures(), day=days())
def test_no_outcome_is_shown_while_essential_facts_are_missing(posture: Posture, day: date) -> None:
    """The card names what is not stated, and no outcome, strength or order."""
    report = Report(SHIPPED, session_on(posture.known, day))
    shown = card(report)
    assert (shown.headline == NOT_ENOUGH) == bool(report.ruling.missing)
    if report.ruling.missing:
        said = " ".join(plain(line) for line in shown.lines())
        assert shown.outcome == ""
        assert not shown.rows
        for strength in Strength:
            assert strength.word not in said
        for name in report.ruling.missing:
            assert SHIPPED.vocabulary.by_name[name].short in " ".join(said.split())


def test_a_provisional_card_says_what_is_missing_and_is_contested() -> None:
    """The command line answers on what it is given, and says so first."""
    report = Report(SHIPPED, session_on({"circuit": "tenth"}, date(2026, 1, 31)))
    shown = card(report, provisional=True)
    assert shown.headline.startswith("PROVISIONAL: ")
    assert shown.standing.startswith("contested")
    assert row(shown, "Missing") == ["Still needed: request before the court, immunity motion."]


def test_practice_is_counted_where_the_case_is_pending() -> None:
    """Orders of the district if there are enough; else the circuit, else all courts."""
    pending = {"motion": "pending"}
    here = [decided_order(n, "stay", facts=pending) for n in range(4)]
    here.append(decided_order(5, "no_stay", facts=pending))
    elsewhere = [decided_order(n, "no_stay", "D. Kan.", pending) for n in range(10, 16)]
    facts = {"circuit": "tenth", "court": "D.N.M.", "request": "stay", **pending}
    session = session_on(facts, date(2026, 1, 31))
    library = library_of('{ id = "a", answer = "good_cause" }')
    shown = card(Report(with_orders(library, [*here, *elsewhere]), session))
    assert row(shown, PRACTICE) == ["full stay in 4 of 5 coded D.N.M. orders on a pending motion"]
    assert row(shown, CONTRARY)[0].startswith("1 of 5 D.N.M. orders")
    shown = card(Report(with_orders(library, [*here[:2], *elsewhere]), session))
    assert "coded 10th Cir. orders" in row(shown, PRACTICE)[0]
    assert not row(card(Report(with_orders(library, here[:2]), session)), PRACTICE)


def test_orders_older_than_the_authority_that_decides_are_numbered() -> None:
    """What courts did before their circuit required an answer shows less of what they do now."""
    facts: Facts = {"circuit": "fifth", "court": "W.D. Tex.", "request": "stay", "opposed": True}
    states: Facts = {"qi_asserted": True, "motion": "pending", "motion_kind": "dismiss"}
    report = Report(SHIPPED, session_on({**facts, **states}, TODAY))
    first = deciding(report.ruling).leading[0].holding
    counted = report.nearest_coded
    assert counted is not None
    older = sum(order.decided < first.since for order in counted.orders)
    told = " ".join(" ".join(map(plain, card(report).lines(80))).split())
    assert 0 < older < len(counted.orders)
    assert f"({older} before {first.precedent.short})" in told


def test_the_best_authority_stands_first() -> None:
    """Authority that decides before authority that permits, the forum before elsewhere."""
    when = 'when = { motion = "pending" }'
    library = with_orders(
        library_of(
            f'{{ id = "local", answer = "good_cause", force = "supports", {when} }}',
            f'{{ id = "sister", court = "9th Cir.", answer = "good_cause", {when} }}',
            f'{{ id = "own", court = "10th Cir.", answer = "good_cause", {when}, '
            'source = { volume = 9, reporter = "F.3d", page = 1 } }',
        )
    )
    facts = {"circuit": "tenth", "court": "D.N.M.", "request": "stay", "motion": "pending"}
    report = Report(library, session_on(facts, date(2026, 1, 31)))
    why = row(card(report), WHY)
    assert why[0].startswith("own, 9 F.3d 1")
    assert why[0].endswith(": Said")
    assert [text.partition(",")[0] for text in why] == ["own", "local"]


@pytest.mark.parametrize("id_", OPINIONS)
def test_the_card_explains_itself_from_the_ruling(id_: str) -> None:
    """State of the defense, the deciding conclusion, the order's lines, the changes."""
    report = report_on(id_)
    shown = card(report)
    assert shown.background == report.wording.state_of_defense()
    assert shown.sentence == deciding(report.ruling).conclusion
    assert len(row(shown, ORDER)) == len(report.disposition.short)
    for entry, change in zip(row(shown, CHANGES), report.changes, strict=False):
        after = change.ruling.likelihood[change.ruling.outcome]
        assert SHIPPED.outcomes[change.ruling.outcome].label.upper() in entry
        assert f"({change.likelihood_before:.0%} to {after:.0%})" in entry
    assert len(row(shown, CHANGES)) <= 2


def test_what_the_order_leaves_out_is_marked() -> None:
    """Where the card has no room for every line of the order, the last one says so."""
    answers = {**REQUIRED["maday-v-dooley"], "rule_26d": "open", "witness": "yes"}
    session = opinion("maday-v-dooley")
    report = Report(law_requiring(answers, "eighth"), session)
    whole = row(card(report), ORDER)
    rows = {label: entries * 3 for label, entries in card(report).rows.items()}
    long = replace(card(report), rows=rows)
    lines = [plain(line) for line in long.lines()]
    assert any(line.endswith(" …") for line in lines)
    assert len(whole) > 1
