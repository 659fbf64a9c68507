"""The ruling read, questioned and exported by the keyboard alone; the library searched."""

from __future__ import annotations

import json
import tomllib
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest
from frames import (
    NOW,
    TODAY,
    check_frame,
    five_opinions,
    frame,
    new_app,
    press,
    shown,
    text_of,
    written,
)
from textual.pilot import Pilot

from qiwizard.documents.document import computed_tables, document
from qiwizard.documents.draft import order_draft
from qiwizard.documents.forms import to_toml
from qiwizard.documents.memo import memo
from qiwizard.documents.session_file import read_session
from qiwizard.documents.summary import summary
from qiwizard.law.build import build_library
from qiwizard.law.citation import full_citation
from qiwizard.reasoning.nextsteps import next_steps
from qiwizard.reasoning.ruling import rule
from qiwizard.reasoning.shelf import STANDINGS, shelve
from qiwizard.reasoning.why import prevailed
from qiwizard.resources import read_shipped
from qiwizard.sessions.session import Matter, Session
from screens.app import QiWizard
from screens.dialogs.draft import DraftScreen
from screens.dialogs.export import ExportScreen, file_stem
from screens.interview import InterviewScreen
from screens.library import LibraryScreen
from screens.review import ReviewScreen
from screens.sections import SECTIONS
from screens.sections.case import Asks, Opens, Reads
from screens.summary import SummaryScreen
from screens.what_if import WhatIfScreen
from screens.widgets.page import Page

CAPTION = "Lucero v. City of Clovis Police Department"
NASTY = "[T]he [/] [red] [sic]\x1b[31m\u202e"
NASTY_SHOWN = "[T]he [/] [red] [sic]<U+001B>[31m<U+202E>"
SIZES = [(80, 24), (140, 40), (60, 20), (40, 12)]
GOLDEN = [(80, 24), (140, 40)]

ANSWERS: tuple[tuple[str, bool | str | None], ...] = (
    ("circuit", "tenth"),
    ("court", "D.N.M."),
    ("request", "stay"),
    ("opposed", True),
    ("stay_scope", "blanket"),
    ("pro_se", False),
    ("prisoner", False),
    ("stay_in_effect", False),
    ("rule_26f_held", True),
    ("individual_capacity", True),
    ("qi_asserted", True),
    ("motion", "pending"),
    ("motion_kind", "summary_judgment"),
    ("other_defendants", True),
    ("facts_needed", None),
)


def session_on(day: date = TODAY) -> Session:
    """A session like the case of the caption, one of its facts left open."""
    session = Session.new(day, NOW).naming(Matter(caption=CAPTION))
    for name, value in ANSWERS:
        session = session.answering(five_opinions(), name, value)
    return session.sourcing("motion", "Doc. 38")


class Reading:
    """The application on the summary of a session."""

    def __init__(self, session: Session | None = None, size: tuple[int, int] = (80, 24)) -> None:
        self.app: QiWizard = new_app(session or session_on())
        self._run: AbstractAsyncContextManager[Pilot[int]] = self.app.run_test(size=size)

    async def __aenter__(self) -> tuple[QiWizard, Pilot[int]]:
        pilot = await self._run.__aenter__()
        await pilot.pause()
        if not isinstance(self.app.screen, SummaryScreen):
            await press(pilot, "s")
        assert isinstance(self.app.screen, SummaryScreen)
        return self.app, pilot

    async def __aexit__(self, *error: object) -> None:
        await self._run.__aexit__(*error)  # type: ignore[arg-type]


def page_text(app: QiWizard) -> str:
    """The whole text of the page in sight, on one line."""
    page = next(page for page in app.screen.query(Page) if page.display)
    return " ".join(page.text.split())


async def open_section(pilot: Pilot[int], title: str) -> None:
    """Show a section by its digit."""
    number = [section.title for section in SECTIONS].index(title) + 1
    await press(pilot, str(number))
    await pilot.pause()


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
        await press(pilot, "a")
        assert app.session.recorded is None
        assert app.session.as_of == TODAY
        assert "In the file" not in page_text(app)
        assert "law as of Nov. 22, 2026" in shown(app)


async def test_the_library_is_searched_as_one_types() -> None:
    """Typing narrows the list; Enter reads; y copies; Esc goes back step by step."""
    async with Reading() as (app, pilot):
        await press(pilot, "l", *"maday dool")
        assert "Library · 1 of" in shown(app)
        await press(pilot, "enter")
        precedent = app.library.precedents["maday-v-dooley"]
        assert full_citation(precedent) in page_text(app)
        await press(pilot, "y")
        assert app.clipboard == full_citation(precedent)
        await press(pilot, "escape")
        assert isinstance(app.screen, LibraryScreen)
        assert "Library · 1 of" in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, SummaryScreen)


async def test_the_library_is_narrowed_by_circuit_doctrine_and_standing() -> None:
    """F2, F3 and F4 pick from a list; the words typed stay, 0 lifts a filter again."""
    async with Reading() as (app, pilot):
        await press(pilot, "l", "f4")
        found = {word for entry in shelve(app.library, TODAY) for word in entry.standings}
        labels = [word for word in STANDINGS if word in found]
        await press(pilot, str(labels.index("limited") + 1))
        assert isinstance(app.screen, LibraryScreen)
        assert "limited" in text_of(app, "#library-head")
        assert "Butler" in shown(app)
        assert "Lucero" not in text_of(app, "#library-list")
        await press(pilot, "f2", "1", "0")
        assert "Tenth Circuit" in text_of(app, "#library-head")
        assert "0 of" in text_of(app, "#library-head")
        await press(pilot, "f4", "0", *"stay")
        assert "limited" not in text_of(app, "#library-head")
        assert "Lucero" in text_of(app, "#library-list")
        await press(pilot, "f3", "escape")
        assert isinstance(app.screen, LibraryScreen)


async def test_a_citation_is_copied_while_typing_and_said() -> None:
    """Ctrl+Y copies the entry at the caret; who relies on it stands in the reader."""
    async with Reading(size=(140, 40)) as (app, pilot):
        await press(pilot, "l", *"26(d)(1)", "ctrl+y")
        precedent = app.library.precedents["frcp-26-d-1"]
        assert app.clipboard == full_citation(precedent)
        text = page_text(app)
        assert "Who relies on it" in text
        assert "relies on it" in text.partition("Who relies on it")[2]


async def test_the_library_has_every_holding_and_the_decided_orders() -> None:
    """A precedent shows what it holds, when, and where; a decided order its facts."""
    async with Reading() as (app, pilot):
        await press(pilot, "l", *"maday dool", "enter")
        text = page_text(app)
        for holding in app.library.holdings_of(app.library.precedents["maday-v-dooley"]):
            assert " ".join(holding.says.split()) in text
            assert f"“{' '.join(holding.quote.split())}”" in text
        assert "pin not verified" in text
        assert "PARTIAL STAY" in text
        assert "Later history" in text
        order = app.library.orders[0]
        await press(pilot, "escape")
        await press(pilot, *(["backspace"] * 10), *order.caption[:8].lower().replace(" ", ""))
        await press(pilot, "enter")
        assert "kept as an example" in page_text(app)


async def test_one_authority_leads_to_another_and_back() -> None:
    """In the reader Enter opens the authority relied on; Esc returns to the first."""
    async with Reading() as (app, pilot):
        await press(pilot, "l", *"butler v. hern", "enter")
        first = page_text(app)
        await press(pilot, "end", "enter")
        second = page_text(app)
        known = app.library.precedents["butler-v-hernandez"].relies_on
        if any(id_ in app.library.precedents for id_ in known):
            assert second != first
            await press(pilot, "escape")
        assert page_text(app) == first


async def test_the_list_is_walked_while_typing() -> None:
    """Up and down move in the list with the caret in the search field."""
    async with Reading() as (app, pilot):
        await press(pilot, "l")
        first = app.screen.query_one(Page).text
        await press(pilot, "down", "down", "up", "enter")
        assert isinstance(app.screen, LibraryScreen)
        assert page_text(app) != first
        await press(pilot, "slash", *"zzzz")
        assert "Library · 0 of" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, LibraryScreen)


@pytest.mark.parametrize(
    ("digit", "suffix"),
    [("1", "toml"), ("2", "md"), ("3", "json"), ("4", "txt"), ("5", "order.txt")],
)
async def test_each_format_is_exported(
    digit: str, suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The digit of a format, then Enter: the file has the name of the case."""
    monkeypatch.chdir(tmp_path)
    async with Reading() as (app, pilot):
        await press(pilot, "e", digit)
        assert f"lucero-v-city-of-clovis-police-department.{suffix}" in shown(app)
        assert " lines, " in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, SummaryScreen)
        (path,) = tmp_path.iterdir()
        assert path.name == f"lucero-v-city-of-clovis-police-department.{suffix}"
        written = path.read_text(encoding="utf-8")
        wanted = {
            "toml": to_toml(document(app.library, app.session)),
            "md": memo(app.library, app.session),
            "txt": summary(app.library, app.session),
            "order.txt": order_draft(app.library, app.session),
        }
        if suffix == "json":
            posture = json.loads(written)["posture"]
            assert posture == dict(app.session.posture.known)
        else:
            assert written == wanted[suffix]
        if suffix == "toml":
            assert tomllib.loads(written)["matter"]["caption"] == CAPTION
            assert read_session(path, app.library).posture == app.session.posture


async def test_a_file_is_replaced_only_when_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enter twice does not overwrite; choosing to replace does."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / f"{file_stem(CAPTION)}.toml"
    path.write_text("precious")
    async with Reading() as (app, pilot):
        await press(pilot, "e", "1", "enter")
        assert "there is such a file already" in text_of(app, "#wrong")
        assert "Replace the file" in shown(app)
        await press(pilot, "enter")
        assert path.read_text() == "precious"
        assert "Replace the file" not in shown(app)
        assert isinstance(app.screen, ExportScreen)
        await press(pilot, "enter", "1")
        assert path.read_text(encoding="utf-8") == to_toml(document(app.library, app.session))
        assert isinstance(app.screen, SummaryScreen)


async def test_another_name_is_written_beside_the_file_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keeping the file and typing another name writes that one."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / f"{file_stem(CAPTION)}.toml"
    path.write_text("precious")
    async with Reading() as (app, pilot):
        await press(pilot, "e", "1", "enter", "0", "home", *"my-")
        await press(pilot, "enter")
        assert isinstance(app.screen, SummaryScreen)
        assert path.read_text() == "precious"
        assert (tmp_path / f"my-{path.name}").exists()


async def test_what_cannot_be_written_is_said_in_the_dialog(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No folder is made, an empty name is refused, Esc writes nothing."""
    monkeypatch.chdir(tmp_path)
    async with Reading() as (app, pilot):
        await press(pilot, "e", "1", "home", *"no", "slash", "enter")
        assert isinstance(app.screen, ExportScreen)
        assert "written: No such file" in shown(app)
        await press(pilot, "ctrl+u", "end", "ctrl+u", "enter")
        assert "Type a name for the file." in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, SummaryScreen)
        assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("caption", "stem"),
    [
        (CAPTION, "lucero-v-city-of-clovis-police-department"),
        ("", "session"),
        ("../../[T]he Ünder\x1b", "t-he-under"),
        ("訴訟", "session"),
        ("x" * 200, "x" * 60),
    ],
)
def test_file_names_are_plain(caption: str, stem: str) -> None:
    """A caption of any kind gives a name without folders or strange characters."""
    assert file_stem(caption) == stem


def nasty_app() -> QiWizard:
    """The application over a precedent and a case made of markup and control characters."""
    table = read_shipped("precedents.toml")
    rows = [row for row in table["precedent"] if row.get("landmark") or row["kind"] == "rule"]
    rows.append(
        {
            "id": "nasty",
            "caption": f"Aaa {NASTY}",
            "short": f"Aaa {NASTY}",
            "kind": "opinion",
            "court": "U.S.",
            "decided": date(2001, 1, 1),
            "source": {"volume": 999, "reporter": "U.S.", "page": 1},
            "verified": "secondary",
            "note": f"note {NASTY}",
            "judge": NASTY,
            "url": f"https://example.invalid/{NASTY}",
            "history": [
                {"treatment": "questioned", "from": date(2002, 1, 1), "note": f"later {NASTY}"}
            ],
            "holding": [
                {
                    "key": "nasty",
                    "question": "available",
                    "when": {"qi_asserted": True},
                    "answer": "yes",
                    "says": f"says {NASTY}",
                    "quote": f"quote {NASTY}",
                    "pin": "[sic]",
                }
            ],
        }
    )
    about = {"version": "test", "begins": date(1993, 12, 1), "checked": TODAY, "fresh_days": 365}
    library = build_library({"library": about, "precedent": rows})
    session = session_on().naming(Matter(caption=NASTY)).sourcing("motion", NASTY)
    return QiWizard(library, session, TODAY)


async def test_brackets_and_control_characters_are_shown_as_written() -> None:
    """Markup and escape sequences from files and users stay text on every screen."""
    app = nasty_app()
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        await press(pilot, "s")
        assert NASTY_SHOWN in shown(app)
        for key, marks in (
            ("1", []),
            ("2", [f"({NASTY_SHOWN})", f"says {NASTY_SHOWN}", f"Aaa {NASTY_SHOWN}, 999 U.S."]),
            ("3", []),
            ("4", []),
            ("5", []),
            ("6", []),
            ("7", [f"note {NASTY_SHOWN}", f"later {NASTY_SHOWN}"]),
        ):
            await press(pilot, key, *("x" if key == "2" else ""))
            assert all(mark in page_text(app) for mark in marks)
            _harmless(app)
        await press(pilot, "4", "enter")
        _harmless(app)
        await press(pilot, "escape", "l", *"aaa [t]he [/]")
        assert "1 of" in shown(app)
        assert f"▸ Aaa {NASTY_SHOWN}"[:30] in frame(app)
        await press(pilot, "enter")
        text = page_text(app)
        for mark in (f"“quote {NASTY_SHOWN}”", f"later {NASTY_SHOWN}", f"invalid/{NASTY_SHOWN}"):
            assert mark in text
        _harmless(app)
        await press(pilot, "escape", "escape", "e")
        await pilot.pause()
        await written(pilot)
        assert "Facts, sources and ruling as one table: " in shown(app)
        _harmless(app)
        await press(pilot, "4")
        await written(pilot)
        assert NASTY_SHOWN in text_of(app, "#export-preview")
        _harmless(app)


def _harmless(app: QiWizard) -> None:
    text = frame(app)
    assert "\x1b" not in text
    assert "\u202e" not in text


@pytest.mark.parametrize("size", SIZES)
async def test_every_size_shows_every_section(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing fails, and the caret is in sight, from a small window to a wide one."""
    monkeypatch.chdir(tmp_path)
    async with Reading(size=size) as (app, pilot):
        for number in range(1, 7):
            await press(pilot, str(number))
            await pilot.pause()
            await press(pilot, "down", "pagedown", "end", "home", "up")
            assert SECTIONS[number - 1].title in shown(app)
        await press(pilot, "4", "down", "enter", "down", "escape")
        await press(pilot, "l", *"luc", "down", "enter", "pagedown", "escape", "escape")
        await press(pilot, "e", "2", "escape")
        assert isinstance(app.screen, SummaryScreen)


async def test_resizing_wraps_the_text_anew() -> None:
    """Lines fit the window after it has become narrow and wide again."""
    async with Reading() as (app, pilot):
        await press(pilot, "2")
        page = app.screen.query_one(Page)
        for width, height in ((40, 12), (140, 40), (60, 20), (1, 1), (80, 24)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            longest = max(len(line) for line in page.text.splitlines())
            assert longest <= width or width == 1


@pytest.mark.parametrize("size", GOLDEN)
@pytest.mark.parametrize("title", ["Ruling", "Why"])
async def test_the_summary_looks_as_it_should(size: tuple[int, int], title: str) -> None:
    """The frame of the summary."""
    async with Reading(size=size) as (app, pilot):
        await open_section(pilot, title)
        check_frame(app, f"summary-{title.lower()}-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", GOLDEN)
async def test_what_if_looks_as_it_should(size: tuple[int, int]) -> None:
    """The frame of two rulings."""
    async with Reading(size=size) as (app, pilot):
        await open_section(pilot, "What if")
        await press(pilot, "enter")
        check_frame(app, f"what-if-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", GOLDEN)
async def test_the_library_looks_as_it_should(size: tuple[int, int]) -> None:
    """The frames of the list and of the reader."""
    async with Reading(size=size) as (app, pilot):
        await press(pilot, "l", "down", "down")
        check_frame(app, f"library-{size[0]}x{size[1]}")
        await press(pilot, "enter")
        check_frame(app, f"precedent-{size[0]}x{size[1]}")


async def test_the_export_dialog_looks_as_it_should(monkeypatch: pytest.MonkeyPatch) -> None:
    """The frame of the dialog, as from one folder."""
    monkeypatch.setattr("screens.dialogs.export.folder_words", lambda _: "in /home/clerk/cases")
    async with Reading(size=(80, 24)) as (app, pilot):
        await press(pilot, "e", "down")
        await pilot.pause()
        await written(pilot)
        check_frame(app, "export-80x24")
