"""The draft order: what the five courts ordered, a caption taken apart, blanks where unknown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from postures import SHIPPED, days, postures
from rulings import OPINIONS, report_on, required, session_on

from qiwizard.law.facts import Value
from qiwizard.law.posture import Posture
from qiwizard.reports.as_text import PAGE, order_text
from qiwizard.reports.dispositions import BEFORE, documents, parties, shipped_words
from qiwizard.reports.order import order_draft
from qiwizard.reports.report import Report
from qiwizard.sessions.session import Session

ORDERED = {
    "lucero-v-clovis": (
        "Defendants' Motion to Stay Discovery (Doc. 38) is GRANTED.",
        "Plaintiff's Motion to Compel (Docs. 27 & 28) is DENIED WITHOUT PREJUDICE; Plaintiff may "
        "refile if immunity is denied or the stay is otherwise lifted.",
        "all discovery is STAYED as to all Defendants pending resolution of Defendants' Motion "
        "for Summary Judgment (Doc. 37).",
    ),
    "maday-v-dooley": (
        "Defendants' Motion to Stay Discovery (Doc. 38) is GRANTED IN PART AND DENIED IN PART.",
        "except as provided in this Order, all discovery is STAYED",
        "Defendants shall produce forthwith Plaintiff's own medical and custodial records, "
        "including those held by outside providers.",
        "Defendants shall file their motion asserting qualified immunity on or before",
    ),
    "butler-v-hernandez": (
        "Defendants' Motion to Stay Discovery (Doc. 38) is GRANTED IN PART AND DENIED IN PART.",
        "Plaintiff's Motion to Compel (Docs. 27 & 28) is GRANTED IN PART AND DENIED IN PART: "
        "Defendants shall respond within the limits of this Order.",
        "discovery from the Defendants asserting qualified immunity is LIMITED to the facts "
        "necessary to rule on qualified immunity",
        "All other discovery from those Defendants is STAYED pending",
        "any relief requested and not specifically granted in this Order is DENIED WITHOUT "
        "PREJUDICE.",
    ),
    "jones-v-kansas": (
        "Plaintiff's Motion for Discovery (Doc. 38) is DENIED.",
        "the stay of discovery previously entered (Doc. __) REMAINS IN EFFECT until further order",
        "no party may seek discovery from any source before the parties have conferred as "
        "required by Federal Rule of Civil Procedure 26(f)",
    ),
    "bakalar-v-dunleavy": (
        "Defendants' Motion to Stay Discovery (Doc. 38) is DENIED WITHOUT PREJUDICE as premature.",
        "discovery shall proceed. Upon filing a dispositive motion asserting qualified immunity, "
        "Defendants may move for a protective order tailored to the claims",
    ),
}
"""What each of the five courts ordered, in the words of the draft."""
SOURCES = {"request": "Doc. 38; Docs. 27 & 28", "motion": "Doc. 37 at 2"}


def flat(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


@pytest.mark.parametrize("id_", OPINIONS)
def test_what_each_of_the_five_courts_ordered_is_drafted(id_: str) -> None:
    """Every motion is disposed of by name and number, then duration, carve-outs, leave."""
    drafted = flat(order_text(order_draft(required(id_, SOURCES))))
    for sentence in ORDERED[id_]:
        assert sentence in drafted, drafted
    decree = drafted.partition("IT IS THEREFORE ORDERED that ")[2]
    assert decree.startswith(ORDERED[id_][0])
    assert decree.count("IT IS FURTHER ORDERED that ") >= len(ORDERED[id_]) - 2


@pytest.mark.parametrize("id_", OPINIONS)
def test_the_title_says_what_becomes_of_each_motion(id_: str) -> None:
    """Each motion stands in the title with its disposition; motions disposed alike share one."""
    report = required(id_)
    order = order_draft(report)
    for motion in report.disposition.motions:
        assert motion.name.upper() in order.title
        assert motion.worded("GRANTING", "DENYING") in order.title
    assert order.title.startswith("ORDER ")


def test_motions_that_are_disposed_of_alike_are_named_together() -> None:
    """Cross-motions each granted in part share the words of the title."""
    assert order_draft(required("butler-v-hernandez")).title == (
        "ORDER GRANTING IN PART AND DENYING IN PART DEFENDANTS' MOTION TO STAY DISCOVERY AND "
        "PLAINTIFF'S MOTION TO COMPEL"
    )


@settings(max_examples=40)
@given(posture=postures(), day=days())
def test_every_draft_disposes_of_every_motion_and_states_every_term(
    posture: Posture, day: date
) -> None:
    """Whatever the posture: marked at both ends, within the page, nothing left in braces."""
    report = Report(SHIPPED, session_on(posture.known, day))
    text = order_text(order_draft(report))
    lines = text.splitlines()
    assert max(map(len, lines)) <= PAGE
    assert "DRAFT" in lines[0]
    assert "DRAFT" in "\n".join(lines[-4:])
    assert "{" not in text
    assert "IT IS THEREFORE ORDERED that" in flat(text)
    named = [motion.cited for motion in report.disposition.motions]
    assert len(named) == len(BEFORE.get(str(posture.get("request")), ()))
    assert all(flat(text).count(f"{name} is ") == 1 for name in named)


def test_no_term_of_a_ruling_is_lost() -> None:
    """A term for which there are no words of an order stands in it as it is."""
    covered = {
        answer
        for kind in ("motion", "paragraph")
        for row in shipped_words()[kind]
        for answer in row.get("covers", ())
    }
    with_terms = {
        f"{question.id}/{answer.id}"
        for question in SHIPPED.questions
        for answer in question.answers.values()
        if answer.terms
    }
    assert with_terms <= covered
    known = {f"{q.id}/{a}" for q in SHIPPED.questions for a in q.answers}
    assert covered <= known


def test_the_legal_standard_is_quoted_from_binding_authority() -> None:
    """What the circuit holds, its citation, and its own words in a parenthetical."""
    text = flat(order_text(order_draft(required("lucero-v-clovis"))))
    assert "F.3d 1, 7 (10th Cir. 1999) (“The court must do so.”)." in text


@settings(max_examples=40)
@given(posture=postures(), day=days())
def test_an_existing_stay_is_lifted_as_far_as_discovery_proceeds(
    posture: Posture, day: date
) -> None:
    """Once, in whole or in part, whatever question of law led there."""
    facts = {**posture.known, "request": "both", "stay_in_effect": True}
    report = Report(SHIPPED, session_on(facts, day))
    text = flat(order_text(order_draft(report)))
    lifted = text.count("the stay of discovery previously entered (Doc. __) is LIFTED")
    assert lifted == (report.ruling.outcome != "stay")


def test_relief_that_is_granted_has_its_authority() -> None:
    """Rule 56(d) relief is granted on a stated ground where discovery proceeds, too."""
    facts: dict[str, Value] = {"circuit": "sixth", "court": "E.D. Mich.", "request": "stay"}
    facts |= {"qi_asserted": True, "individual_capacity": True, "stay_scope": "own"}
    facts |= {"motion": "pending", "motion_kind": "summary_judgment"}
    facts |= {"facts_needed": True, "rule_56d": "adequate"}
    report = Report(SHIPPED, session_on(facts, date(2026, 11, 1)))
    said = flat(order_text(order_draft(report)))
    assert report.ruling.outcome == "no_stay"
    assert "Rule of Civil Procedure 56(d) is GRANTED" in said
    assert "The Rule 56(d) showing is adequate" in said
    assert "See Fed. R. Civ. P. 56(d)" in said


def test_a_blank_for_a_pin_cite_is_where_the_pin_belongs() -> None:
    """In a docket citation before the court and date, in the short form at the end."""
    text = flat(order_text(order_draft(report_on("lucero-v-clovis"))))
    docket = "No. 2:19-cv-00445-MV-KRS, slip op. at [PIN]"
    assert f"{docket} (D.N.M. Dec. 10, 2019)" in text
    assert f"See Lucero, {docket}." in text


def test_record_cites_stand_in_the_background() -> None:
    """A note on a fact follows the sentence that states it."""
    drafted = order_draft(required("lucero-v-clovis", SOURCES))
    background = next(block.text for block in drafted.body if "(Doc. 37 at 2)" in block.text)
    assert "motion for summary judgment based on qualified immunity is pending" in background


def test_where_essential_facts_are_missing_the_draft_says_so() -> None:
    """A draft on nothing names what is not stated, and decides no motion."""
    report = Report(SHIPPED, session_on({}, date(2026, 1, 31)))
    text = flat(order_text(order_draft(report)))
    assert "[FACTS STILL NEEDED: circuit, request before the court, immunity motion.]" in text
    assert "ORDER REGARDING DISCOVERY" in text
    assert "[PLAINTIFF]" in text


@pytest.mark.parametrize(
    ("caption", "plaintiff", "defendant"),
    [
        ("Lucero v. City of Clovis", "Lucero", "City of Clovis"),
        ("Smith v Jones", "Smith", "Jones"),
        ("JOHN V. SMITH V. CITY OF ASH, et al.", "JOHN V. SMITH", "CITY OF ASH, et al."),
        ("Doe vs. Roe et al", "Doe", "Roe et al"),
        (
            "CHRISTINE LUCERO, next friend, Plaintiff, v. CITY OF CLOVIS, et al., Defendants.",
            "CHRISTINE LUCERO, next friend",
            "CITY OF CLOVIS, et al.",
        ),
        ("In re Ash", "In re Ash", ""),
        ("", "", ""),
    ],
)
def test_a_caption_is_taken_apart(caption: str, plaintiff: str, defendant: str) -> None:
    """However it is written: `v`, `v.`, `V.`, labels, capitals, et al."""
    assert [party.name for party in parties(caption)] == [plaintiff, defendant]


@pytest.mark.parametrize(
    ("caption", "labels"),
    [
        ("Doe v. Roe", ("Plaintiff", "Defendants")),
        ("Doe, Plaintiff, v. Roe, Defendant.", ("Plaintiff", "Defendant")),
        ("Doe and Poe v. Roe", ("Plaintiffs", "Defendants")),
        ("Doe et al. v. Roe, Defendant", ("Plaintiffs", "Defendant")),
        ("Doe, Plaintiffs v. Roe", ("Plaintiffs", "Defendants")),
    ],
)
def test_parties_have_their_number(caption: str, labels: tuple[str, str]) -> None:
    """A short caption names one defendant of many; a label or `et al.` says how many."""
    plaintiff, defendant = parties(caption)
    assert (plaintiff.label("Plaintiff"), defendant.label("Defendant")) == labels


def test_one_defendant_and_several_plaintiffs_agree_with_their_verbs() -> None:
    """The words of the data are put into the number of the parties."""
    facts: dict[str, Value] = {
        "circuit": "tenth",
        "request": "compel",
        "motion": "pending",
        "pro_se": True,
    }
    caption = "Doe and Poe v. Roe, Defendant."
    report = Report(SHIPPED, session_on(facts, date(2026, 1, 31), caption))
    text = flat(order_text(order_draft(report)))
    assert "Plaintiffs' Motion to Compel (Doc. __)" in text
    assert "Plaintiffs proceed pro se." in text
    assert "Defendant's dispositive motion" in text
    assert "Defendants' " not in text


@pytest.mark.parametrize(
    ("noted", "found"),
    [
        ("Doc. 38 at 2", ("Doc. 38",)),
        ("ECF No. 21; D.E. 25", ("ECF No. 21", "D.E. 25")),
        ("Docs. 27 & 28", ("Docs. 27 & 28",)),
        ("answer, par. 5", ()),
        ("", ()),
    ],
)
def test_document_numbers_are_found_in_a_note(noted: str, found: tuple[str, ...]) -> None:
    """In the forms courts use."""
    assert documents(noted) == found


@pytest.mark.parametrize("id_", OPINIONS)
def test_under_the_shipped_law_each_opinion_is_disposed_of_by_name(id_: str) -> None:
    """The draft on each opinion's facts names its motions and decides each once."""
    report = report_on(id_)
    request = str(report.session.posture.get("request"))
    assert len(report.disposition.motions) == len(BEFORE[request])
    assert report.disposition.paragraphs


def test_text_of_a_person_reaches_the_order_harmless() -> None:
    """Control characters in a caption are shown, not sent."""
    session = session_on({}, date(2026, 1, 31), "Doe\x1b[31m v. Roe\u202e", "No. 1\x07")
    text = order_text(order_draft(Report(SHIPPED, session)))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert isinstance(session, Session)
