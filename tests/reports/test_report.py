"""The report: authority by outcome, sections, the summary and its limits."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from postures import SHIPPED, days, decided_order, library_of, postures, with_orders
from rulings import OPINIONS, report_on, session_on

from qiwizard.law.citation import abbreviated
from qiwizard.law.posture import Posture
from qiwizard.reports.as_text import MOST_LINES, block_lines, report_text, summary
from qiwizard.reports.authority import UNPINNED
from qiwizard.reports.blocks import Reads, opened
from qiwizard.reports.card import WIDTH, card
from qiwizard.reports.report import Report
from qiwizard.reports.sections import SECTIONS, section

DAY = date(2026, 1, 31)
FACTS = {"circuit": "tenth", "court": "D.N.M.", "request": "stay", "motion": "pending"}
WHEN = 'when = { motion = "pending" }'
DIVIDED = (
    f'{{ id = "entitles", court = "10th Cir.", answer = "entitled", force = "requires", {WHEN} }}',
    f'{{ id = "permits", court = "10th Cir.", answer = "good_cause", force = "permits", {WHEN} }}',
    f'{{ id = "denies", answer = "disfavored", force = "supports", {WHEN} }}',
    f'{{ id = "denies-elsewhere", court = "9th Cir.", answer = "disfavored", {WHEN} }}',
)
"""A right to a stay; a stay on another standard; two that refuse one, here and elsewhere."""


def divided(*rows: str) -> Report:
    """A report on a law of some rows, without practice."""
    return Report(with_orders(library_of(*rows)), session_on(FACTS, DAY))


def names(authorities: object) -> list[str]:
    """The precedents of some authorities."""
    return [a.holding.precedent.id for a in authorities]  # type: ignore[attr-defined]


def test_authority_is_sorted_by_the_outcome_it_supports() -> None:
    """The same outcome on another standard is not contrary authority."""
    found = divided(*DIVIDED).authority
    assert names(found.supports) == ["entitles"]
    assert names(found.other_standard) == ["permits"]
    assert names(found.contrary) == ["denies", "denies-elsewhere"]


def test_a_question_of_law_is_contrary_by_what_its_answer_favors() -> None:
    """A holding that delay forfeits protection opposes a stay; one on timeliness alone does not."""
    rows = (
        '{ id = "stays", court = "10th Cir.", answer = "entitled", force = "requires" }',
        '{ id = "late", question = "timeliness", answer = "forfeited", force = "supports" }',
        '{ id = "timely", court = "10th Cir.", question = "timeliness", '
        'answer = "no_forfeiture", force = "permits" }',
    )
    found = divided(*rows).authority
    assert names(found.contrary) == ["late"]
    assert names(found.supports) == ["stays"]


def test_a_rule_that_leaves_the_matter_to_the_court_is_not_contrary() -> None:
    """Rule 26(c)(1) is adverse to no outcome; a rule that requires one is."""
    row = '{{ id = "rule", kind = "rule", source = {{ rule = "Fed. R. Civ. P. 99" }}, '
    row += 'answer = "disfavored", force = "{}", when = {{ motion = "pending" }} }}'
    assert not divided(DIVIDED[0], row.format("permits")).authority.contrary
    strict = divided(
        f'{{ id = "stays", answer = "entitled", force = "supports", {WHEN} }}',
        row.format("requires"),
    )
    assert strict.ruling.outcome == "no_stay"
    assert names(strict.authority.contrary) == ["stays"]


def test_a_case_stands_once_in_a_list_by_its_best_holding() -> None:
    """Two holdings of one case for one outcome are one authority."""
    rows = (
        '{ id = "twice", court = "10th Cir.", holding = ['
        f'{{ key = "a", answer = "entitled", force = "supports", {WHEN} }}, '
        f'{{ key = "b", answer = "entitled", force = "requires", pin = "3", {WHEN} }}] }}',
        f'{{ id = "also", answer = "entitled", force = "supports", {WHEN} }}',
    )
    report = divided(*rows)
    assert names(report.authority.supports) == ["twice", "also"]
    assert report.authority.supports[0].holding.key == "b"


def test_binding_authority_stands_first_and_elsewhere_is_a_count() -> None:
    """The text shows the forum; authority from elsewhere is a line that opens."""
    report = divided(*DIVIDED)
    text = "\n".join(block_lines(section(report, "against").blocks))
    assert "denies, " in text
    assert "denies-elsewhere" not in text
    assert "1 elsewhere" in text
    opened = "\n".join(block_lines(section(report, "against", full=True).blocks))
    assert "denies-elsewhere" in opened


def test_another_standard_is_named_as_such_under_why() -> None:
    """It is neither for the conclusion nor contrary to the outcome."""
    report = divided(*DIVIDED)
    lines = list(block_lines(section(report, "why").blocks))
    assert any(line.strip() == "1 same outcome, different standard" for line in lines)


def test_an_authority_without_ground_to_distinguish_it_has_no_such_line() -> None:
    """No sentence that says nothing."""
    text = "\n".join(block_lines(section(divided(*DIVIDED), "against", full=True).blocks))
    assert "Distinguishable" not in text
    said = divided(
        DIVIDED[0],
        f'{{ id = "denies", answer = "disfavored", distinguish = "It was on appeal.", {WHEN} }}',
    )
    text = "\n".join(block_lines(section(said, "against").blocks))
    assert "Distinguishable: It was on appeal." in text


def test_a_pin_that_is_not_known_has_a_dagger_and_one_legend() -> None:
    """One mark, explained once; none where every pin is known."""
    text = report_text(divided(*DIVIDED), full=True)
    assert UNPINNED in text
    assert text.count(f"{UNPINNED} Pin cite not known.") == 1
    pinned = report_text(
        divided('{ id = "a", court = "10th Cir.", answer = "entitled", pin = "7" }'),
        sections=["why"],
    )
    assert "a, No. 1, at 7" in pinned
    assert UNPINNED not in pinned


def test_contrary_orders_and_those_behind_a_count_can_be_opened() -> None:
    """Every share leads to the orders it was counted from."""
    orders = [decided_order(n, "stay", facts={"motion": "pending"}) for n in range(4)]
    orders.append(decided_order(9, "no_stay", facts={"motion": "pending"}))
    library = with_orders(library_of('{ id = "a", answer = "good_cause" }'), orders)
    report = Report(library, session_on(FACTS, DAY))
    against = section(report, "against").blocks
    assert any("1 of 5 coded D.N.M. orders reached a different outcome" in b.text for b in against)
    read = {b.refers.id for b in opened(against) if isinstance(b.refers, Reads)}
    assert "order-9" in read
    behind = section(report, "orders").blocks
    read = {b.refers.id for b in opened(behind) if isinstance(b.refers, Reads)}
    assert {order.id for order in orders} <= read


@pytest.mark.parametrize("id_", OPINIONS)
def test_the_summary_is_the_card_and_sixty_lines(id_: str) -> None:
    """No more, however much authority there is; the rest is named."""
    report = report_on(id_)
    lines = summary(SHIPPED, report.session).splitlines()
    head = lines.index(next(line for line in lines if line.startswith("╭")))
    shown = len(card(report).lines())
    assert len(lines) - head - shown <= MOST_LINES
    assert any("--section" in line for line in lines)


@settings(max_examples=40)
@given(posture=postures(), day=days())
def test_no_summary_is_longer_or_wider_than_it_may_be(posture: Posture, day: date) -> None:
    """Whatever the posture: card and sixty lines, none of them wider than the card."""
    report = Report(SHIPPED, session_on(posture.known, day))
    text = report_text(report)
    lines = text.splitlines()
    below = lines.index(next(line for line in lines if line.startswith("╰")))
    assert len(lines) - below <= MOST_LINES + len(card(report, provisional=True).rows) * 4
    assert all(len(line) <= WIDTH for line in lines)


@pytest.mark.parametrize("name", SECTIONS[1:])
@pytest.mark.parametrize("id_", OPINIONS)
def test_each_section_can_be_asked_for_by_name(id_: str, name: str) -> None:
    """The card and that section, and no other."""
    report = report_on(id_)
    text = report_text(report, sections=[name])
    titles = [section(report, other).title for other in SECTIONS]
    shown = [title for title in titles if f"\n{title}\n{'-' * len(title)}\n" in text]
    assert shown == [section(report, name).title]


@settings(max_examples=25)
@given(posture=postures(), day=days())
def test_everything_in_full_names_every_authority(posture: Posture, day: date) -> None:
    """With `--full` nothing is left folded; every holding of the ruling is cited."""
    report = Report(SHIPPED, session_on(posture.known, day))
    text = "".join(report_text(report, full=True).split())
    for authority in report.ruling.cited:
        precedent = authority.holding.precedent
        name = precedent.source.rule or abbreviated(precedent.caption)
        assert "".join(name.split()) in text


@pytest.mark.parametrize("id_", OPINIONS)
def test_every_finding_stands_under_why(id_: str) -> None:
    """What decides in full, the rest under one line."""
    report = report_on(id_)
    blocks = section(report, "why").blocks
    texts = "\n".join(block.text for block in opened(blocks))
    for finding in report.ruling.findings:
        assert finding.conclusion in texts
    deciding = [block.text for block in blocks]
    for finding in report.ruling.decisive:
        assert any(text.startswith(finding.conclusion) for text in deciding)


@pytest.mark.parametrize("id_", OPINIONS)
def test_changes_say_how_likely_they_make_what(id_: str) -> None:
    """Each with the new outcome and its likelihood before and after."""
    report = report_on(id_)
    text = " ".join(" ".join(block_lines(section(report, "changes", full=True).blocks)).split())
    for change in report.changes:
        after = change.ruling.likelihood[change.ruling.outcome]
        assert f"likelihood {change.likelihood_before:.0%} to {after:.0%}" in text
    assert "were “" not in text
