"""The draft of an order: marked, filled in, blank where nothing is known, 78 columns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from postures import DECIDED, SHIPPED, TODAY, days, postures

from qiwizard.cli import run
from qiwizard.documents.draft import cite_leading, found_by_the_court, order_draft
from qiwizard.law.facts import Value
from qiwizard.law.posture import Posture
from qiwizard.reasoning.ruling import rule
from qiwizard.reports.formats import FORMATS, SUFFIX, format_for, render
from qiwizard.reports.words import WIDTH
from qiwizard.resources import read_shipped
from qiwizard.sessions.session import Matter, Session

WORDS = read_shipped("draft.toml")
LUCERO = SHIPPED.precedents["lucero-v-clovis"]


def session_on(posture: Posture, day: date = TODAY, matter: Matter | None = None) -> Session:
    """A session with the facts told."""
    return replace(Session.new(day), posture=posture, matter=matter or Matter())


def flat(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def test_the_words_cover_every_outcome_and_request() -> None:
    """A title and an opening for each, and for a request that is not known."""
    requests = {*SHIPPED.vocabulary.by_name["request"].values, "open"}
    assert set(WORDS["before"]) == requests
    assert set(WORDS["title"]) == set(SHIPPED.outcomes)
    assert all(set(titles) == requests for titles in WORDS["title"].values())


def test_every_blank_stands_for_words_of_some_term() -> None:
    """No blank is left over from terms that were reworded."""
    terms = [t for q in SHIPPED.questions for a in q.answers.values() for t in a.terms]
    assert all(any(named in term for term in terms) for named in WORDS["blanks"])


@given(posture=postures(), day=days())
def test_every_draft_is_marked_at_both_ends_and_names_findings_and_terms(
    posture: Posture, day: date
) -> None:
    """Head and foot say that it is no order; each finding has its leading authority."""
    text = order_draft(SHIPPED, session_on(posture, day))
    ruling = rule(SHIPPED, posture, day)
    lines = text.splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert lines[0].strip() == WORDS["mark"]
    assert flat(text).endswith(f"{WORDS['mark']} {WORDS['foot']}")
    for number, finding in enumerate(found_by_the_court(ruling), start=1):
        cited = cite_leading(finding.weighing.leading[0], WORDS["pin"])
        assert f"{number}. {finding.conclusion} See {cited}." in flat(text)
    ordered = flat(text).split(WORDS["ordered"])[1]
    assert all(f"{n}. " in ordered for n, _ in enumerate(ruling.terms, start=1))


def test_an_order_does_not_find_what_may_be_appealed() -> None:
    """That is for the parties: it stands among the findings of the ruling, not in the draft."""
    facts: dict[str, Value] = {"circuit": "sixth", "qi_asserted": True, "motion": "pending"}
    facts |= {"motion_kind": "summary_judgment", "facts_needed": True, "narrow_request": True}
    session = session_on(Posture.of({**facts, "rule_26f_held": True}))
    ruling = rule(SHIPPED, session.posture, TODAY)
    review = ruling.finding("review")
    assert review is not None
    assert review not in found_by_the_court(ruling)
    assert review.conclusion not in flat(order_draft(SHIPPED, session))


def test_the_rule_for_where_nothing_else_applies_is_found_only_where_it_decides() -> None:
    """A stay does not open with the finding that discovery is open; an order without one may."""
    [default] = (q.id for q in SHIPPED.questions if q.default)
    stayed = rule(SHIPPED, Posture.of({"qi_asserted": True, "motion": "pending"}), TODAY)
    nothing = rule(SHIPPED, Posture(), TODAY)
    for ruling, found in ((stayed, False), (nothing, True)):
        assert ruling.finding(default) is not None
        assert any(f.question.id == default for f in found_by_the_court(ruling)) is found


def test_the_caption_is_set_out_by_its_parties() -> None:
    """Plaintiff and defendant from the caption, the docket and the court as stated."""
    matter = Matter(LUCERO.caption, "No. 2:19-cv-00445")
    session = session_on(Posture.of(LUCERO.facts), LUCERO.decided, matter)
    session = replace(session, sources=MappingProxyType({"motion": "Doc. 38"}))
    text = order_draft(SHIPPED, session)
    assert "Lucero,\n        Plaintiff,\n    v.\nCity of Clovis Police Department,\n" in text
    assert "for the District of New Mexico" in flat(text)
    assert "No. 2:19-cv-00445" in text
    assert "(Doc. 38)" in text
    assert "Motions to compel are denied without prejudice" in flat(text)


def test_what_is_not_known_is_a_blank() -> None:
    """Parties, docket, district, request and open facts in square brackets."""
    still_open = ["individual_capacity", "appeal_on_law"]
    facts: dict[str, Value] = {"qi_asserted": True, "motion": "pending"}
    text = order_draft(SHIPPED, session_on(Posture.of(facts, still_open)))
    for blank in ("[PLAINTIFF],", "[DEFENDANT],", "[DISTRICT]", "[DOCKET NUMBER]", "[MOTION]"):
        assert blank in text
    assert "[TO BE FOUND: damages sought from an official personally]" in text
    assert "appeal on a question of law" not in text


def test_a_caption_without_parties_is_kept_whole() -> None:
    """A caption such as `In re X` stands above the blanks."""
    text = order_draft(SHIPPED, session_on(Posture(), matter=Matter("In re \x1b[31mFlint")))
    assert "In re <U+001B>[31mFlint\n" in text
    assert "[PLAINTIFF]," in text


def test_names_and_dates_in_the_terms_are_blanks() -> None:
    """A date that the court sets is left to be written."""
    maday = SHIPPED.precedents["maday-v-dooley"]
    text = order_draft(SHIPPED, session_on(Posture.of(maday.facts), maday.decided))
    assert "is to be filed by [DATE], or the stay ends." in flat(text)


@pytest.mark.parametrize("facts", DECIDED[:5])
def test_the_command_line_writes_it(
    facts: dict[str, object], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--format order`; no suffix stands for it by itself."""
    rows = "\n".join(
        f"{k} = {str(v).lower() if v in (True, False) else repr(v)}" for k, v in facts.items()
    )
    case = tmp_path / "case.toml"
    case.write_text(f"created = 2026-01-31T12:00:00Z\n[posture]\n{rows}\n")
    assert run(["rule", str(case), "--format", "order"]) == 0
    printed = capsys.readouterr().out
    assert printed.lstrip().startswith(WORDS["mark"])
    assert format_for(f"case{SUFFIX['order']}") == "text"
    assert "order" in FORMATS
    assert render(SHIPPED, session_on(Posture.of(facts)), "order") == printed  # type: ignore[arg-type]
