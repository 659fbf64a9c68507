"""The ruling read, questioned and exported by the keyboard alone; the library searched."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from frames import (
    TODAY,
    five_opinions,
    press,
    shown,
)
from summaries import (
    CAPTION,
    Reading,
    open_section,
    page_text,
    session_on,
)

from qiwizard.documents.document import computed_tables
from qiwizard.documents.draft import order_draft
from qiwizard.law.citation import full_citation
from qiwizard.reasoning.nextsteps import next_steps
from qiwizard.reasoning.ruling import rule
from qiwizard.reasoning.why import prevailed
from screens.dialogs.draft import DraftScreen
from screens.dialogs.export import ExportScreen
from screens.interview import InterviewScreen
from screens.library import LibraryScreen
from screens.review import ReviewScreen
from screens.sections import SECTIONS
from screens.sections.case import Asks, Opens, Reads
from screens.summary import SummaryScreen
from screens.what_if import WhatIfScreen
from screens.widgets.page import Page


async def test_the_ruling_in_a_sentence_with_terms_and_strength() -> None:
    """The first section has the ruling, how sure it is, its terms, and what is open."""
    async with Reading() as (app, _):
        text = page_text(app)
        ruling = app.ruling
        assert " ".join(ruling.headline.split()) in text
        assert f"{ruling.strength.word.capitalize()}: " in text
        assert all(term in text for term in ruling.terms)
        assert app.library.vocabulary.by_name["facts_needed"].short in text
        assert "not legal advice" in text
        top = shown(app)
        assert f"{app.library.outcomes[ruling.outcome].label.upper()}, " in top
        assert CAPTION in top


async def test_every_finding_stands_under_why_with_facts_sources_and_authority() -> None:
    """Why: conclusions, the facts with the notes of the session, authority, the canon."""
    async with Reading() as (app, pilot):
        await open_section(pilot, "Why")
        await press(pilot, "x")
        text = page_text(app)
        assert all(term in text for term in app.ruling.terms)
        for finding in app.ruling.findings:
            assert finding.conclusion in text
            assert prevailed(finding) in text
            for placed in (*finding.authority_for, *finding.authority_against):
                assert placed.holding.precedent.short in text
        assert "(Doc. 38)" in text
        assert "Why it prevailed:" in text
        assert "binding (every court)" in text


async def test_why_shows_what_decides_and_opens_the_rest_on_demand() -> None:
    """At first no finding without effect, and no authority but the leading; Enter opens."""
    async with Reading() as (app, pilot):
        await open_section(pilot, "Why")
        text = page_text(app)
        deciding = {f.question.id for f in app.ruling.decisive}
        assert deciding
        for finding in app.ruling.findings:
            assert (finding.conclusion in text) == (finding.question.id in deciding)
        rest = len(app.ruling.findings) - len(deciding)
        assert f"{rest} finding" in text
        await press(pilot, "end", "enter")
        text = page_text(app)
        assert all(finding.conclusion in text for finding in app.ruling.findings)
        await press(pilot, "enter")
        assert page_text(app) != text


async def test_from_any_line_of_the_tree_one_key_reads_the_precedent() -> None:
    """Terms, findings, facts and holdings alike; Esc comes back to the line."""
    async with Reading() as (app, pilot):
        await open_section(pilot, "Why")
        await press(pilot, "x")
        page = app.screen.query_one(Page)
        kinds: set[type] = set()
        for _ in range(80):
            stop = page.current
            if type(stop) not in kinds:
                kinds.add(type(stop))
                source = app.library.precedents[page.source]
                await press(pilot, "p")
                assert isinstance(app.screen, LibraryScreen)
                assert full_citation(source) in page_text(app)
                await press(pilot, "escape")
                assert isinstance(app.screen, SummaryScreen)
                assert page.current is stop
            if kinds == {Opens, Asks, Reads}:
                break
            await pilot.press("down")
        assert kinds == {Opens, Asks, Reads}


async def test_every_contrary_holding_stands_under_against() -> None:
    """Against: what each contrary holding says, and the outcome it would carry."""
    async with Reading() as (app, pilot):
        await open_section(pilot, "Against")
        text = page_text(app)
        contrary = [p for f in app.ruling.findings for p in f.authority_against]
        assert contrary
        assert all(" ".join(p.holding.says.split()) in text for p in contrary)


async def test_closest_orders_say_whether_they_point_the_same_way() -> None:
    """Each near order has its outcome and what is shared."""
    async with Reading() as (app, pilot):
        await open_section(pilot, "Closest orders")
        text = page_text(app)
        assert "the same way" in text
        assert "Shared: " in text
        assert "Differs: " in text


async def test_table_of_authorities_names_each_precedent_once() -> None:
    """Authorities: every precedent cited, in full, with how its quotation was checked."""
    async with Reading() as (app, pilot):
        await open_section(pilot, "Authorities")
        text = page_text(app)
        cited = {
            placed.holding.precedent
            for finding in app.ruling.findings
            for placed in (*finding.authority_for, *finding.authority_against)
        }
        assert all(text.count(full_citation(precedent)) >= 1 for precedent in cited)
        assert "Quotation checked" in text


async def test_next_steps_stand_by_role_and_lead_to_the_draft_of_an_order() -> None:
    """Next steps: what each side may do and why; the draft is opened and left again."""
    async with Reading() as (app, pilot):
        await open_section(pilot, "Next steps")
        text = page_text(app)
        found = next_steps(app.library, app.session.posture, app.ruling)
        assert {step.role for step in found} == {"movant", "plaintiff", "chambers"}
        assert all(step.text in text and step.rule in text for step in found)
        for keys in (("o",), ("end", "enter")):
            await press(pilot, *keys)
            assert isinstance(app.screen, DraftScreen)
            draft = " ".join(order_draft(app.library, app.session).split())
            assert page_text(app) == draft
            assert all(term in draft for term in app.ruling.terms)
            await press(pilot, "escape")
            assert isinstance(app.screen, SummaryScreen)


async def test_arrows_turn_the_sections_round() -> None:
    """Right and left go through all sections and back to the first."""
    async with Reading(size=(60, 20)) as (app, pilot):
        last = len(SECTIONS)
        for number in (*range(2, last + 1), 1):
            await press(pilot, "right")
            assert f"{number} of {last}" in shown(app)
        await press(pilot, "left")
        assert f"{last} of {last}" in shown(app)


@pytest.mark.parametrize("title", ["Against", "Authorities"])
async def test_an_authority_is_read_and_left_again(title: str) -> None:
    """Enter reads the authority at the caret; Esc comes back to the same section."""
    async with Reading() as (app, pilot):
        await open_section(pilot, title)
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, LibraryScreen)
        assert "Quotations checked" in page_text(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, SummaryScreen)
        assert f"▸ {title}" in shown(app)


async def test_walking_reaches_every_stop_and_scrolls_through_the_prose() -> None:
    """Held down, the arrow ends at the last stop and at the bottom; up at the top again."""
    async with Reading() as (app, pilot):
        await open_section(pilot, "Why")
        await press(pilot, "x")
        page = app.screen.query_one(Page)
        seen = [page.current]
        place = None
        while place != (page.scroll_offset, page.current):
            place = (page.scroll_offset, page.current)
            await pilot.press("down")
            if page.current is not seen[-1]:
                seen.append(page.current)
        assert page.scroll_offset.y == page.max_scroll_y
        stops = sum(block.leads is not None for block in page._blocks)
        assert len(seen) == stops
        await press(pilot, "home")
        assert page.scroll_offset.y == 0


async def test_a_change_is_shown_beside_the_ruling_and_leaves_the_session_alone() -> None:
    """What if: Enter shows both rulings; nothing is altered."""
    for size in ((80, 24), (140, 40)):
        async with Reading(size=size) as (app, pilot):
            session = app.session
            await open_section(pilot, "What if")
            await press(pilot, "down", "enter")
            assert isinstance(app.screen, WhatIfScreen)
            text = shown(app)
            assert "(now: " in text
            assert "With the change" in text
            assert app.library.outcomes[app.ruling.outcome].label.upper() in text
            while isinstance(app.screen, WhatIfScreen):  # the first one may only come into sight
                await press(pilot, "enter")
            assert isinstance(app.screen, LibraryScreen)
            await press(pilot, "escape", "escape")
            assert isinstance(app.screen, SummaryScreen)
            assert app.session is session


async def test_an_open_fact_leads_to_its_question() -> None:
    """The last stops of the ruling are the open facts; Enter goes to the question."""
    async with Reading() as (app, pilot):
        await press(pilot, "end", "enter")
        assert isinstance(app.screen, InterviewScreen)
        assert app.screen.fact == "facts_needed"


async def test_keys_lead_to_review_interview_library_and_export() -> None:
    """r, i, l and e open the screens they name."""
    async with Reading() as (app, pilot):
        for key, screen in (("r", ReviewScreen), ("l", LibraryScreen), ("e", ExportScreen)):
            await press(pilot, key)
            assert isinstance(app.screen, screen)
            await press(pilot, "escape")
            assert isinstance(app.screen, SummaryScreen)
        await press(pilot, "i")
        assert isinstance(app.screen, InterviewScreen)


async def test_a_changed_answer_changes_the_summary() -> None:
    """The summary is written anew when the session has changed under it."""
    async with Reading() as (app, pilot):
        await press(pilot, "2", "l")
        app.keep(app.session.answering(app.library, "motion", "none"))
        await press(pilot, "escape")
        assert isinstance(app.screen, SummaryScreen)
        label = app.library.outcomes[app.ruling.outcome].label.upper()
        assert f"{label}, {app.ruling.strength.word}" in shown(app)
        assert "There is none" in page_text(app)


async def test_a_recorded_ruling_stands_beside_todays_until_it_is_adopted() -> None:
    """An opened file keeps its ruling; `a` gives it up for today's."""
    then = session_on(date(2015, 1, 1))
    filed = computed_tables(five_opinions(), then)
    filed["ruling"] = {**filed["ruling"], "outcome": "no_stay", "strength": "contested"}
    async with Reading(replace(then, recorded=MappingProxyType(filed))) as (app, pilot):
        text = page_text(app)
        present = rule(app.library, app.session.posture, TODAY)
        assert "In the file NO STAY, contested, as of Jan. 1, 2015" in text
        word = app.library.outcomes[present.outcome].label.upper()
        assert f"Today {word}, {present.strength.word}, as of Nov. 22, 2026" in text
        assert "Press a to adopt today's ruling." in text
        await press(pilot, "a")
        assert app.session.recorded is None
        assert app.session.as_of == TODAY
        assert "In the file" not in page_text(app)
        assert "law as of Nov. 22, 2026" in shown(app)


async def test_a_recorded_ruling_that_is_todays_is_not_offered_for_adoption() -> None:
    """Same day, outcome and strength: said to be the same, and nothing more."""
    now = session_on(TODAY)
    filed = computed_tables(five_opinions(), now)
    async with Reading(replace(now, recorded=MappingProxyType(filed))) as (app, _):
        assert "Outcome and strength are the same" in page_text(app)
        assert "Press a" not in page_text(app)
