"""The wizard from start to summary, by the keyboard alone."""

from __future__ import annotations

import pytest
from frames import new_app, press, shown, text_of
from interviews import PENDING, TENTH, asked, begun

from qiwizard.reasoning.interview import facts_left
from screens.dialogs.matter import MatterScreen
from screens.home import HomeScreen
from screens.interview import InterviewScreen
from screens.review import ReviewScreen
from screens.summary import SummaryScreen

pytestmark = pytest.mark.usefixtures("elsewhere")


async def test_whole_session_from_start_to_summary() -> None:
    """Answering the first choice of every question ends on the summary by itself."""
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        assert isinstance(app.screen, HomeScreen)
        await press(pilot, "enter", *TENTH)
        assert asked(app) == "court"
        seen = []
        for _ in range(len(app.library.vocabulary.facts)):
            seen.append(asked(app))
            await press(pilot, "enter")
            if not isinstance(app.screen, InterviewScreen):
                break
        assert isinstance(app.screen, SummaryScreen)
        assert len(seen) == len(set(seen))
        assert app.session.posture.get("circuit") == "tenth"
        assert not facts_left(app.library, app.session.posture, app.session.as_of)
        await press(pilot, "escape")
        assert isinstance(app.screen, InterviewScreen)


async def test_stepping_back_keeps_the_earlier_choice() -> None:
    """Esc, b and left step back; the answer given stands marked; right and Enter go on."""
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "1", *TENTH, "0", "2")
        here = asked(app)
        await press(pilot, "left")
        assert asked(app) == "request"
        assert "▸ 2 To compel, allow or reopen discovery (your answer)" in text_of(app, "Choices")
        await press(pilot, "escape")
        assert asked(app) == "court"
        assert "▸ 0 Not stated (your answer)" in text_of(app, "Choices")
        await press(pilot, "left")
        assert asked(app) == "circuit"
        assert "▸ 10 Tenth Circuit (your answer)" in text_of(app, "Choices")
        before = app.session
        await press(pilot, "right", "right")
        assert asked(app) == "request"
        await press(pilot, "enter")
        assert asked(app) == here
        assert app.session is before
        await press(pilot, "b", "left", "left", "escape")
        assert isinstance(app.screen, HomeScreen)
        assert "▸ 1 Resume: 10th Cir. (3 answers)" in shown(app)
        await press(pilot, "enter")
        assert asked(app) == here


async def test_not_stated_stays_open() -> None:
    """Zero leaves the fact open: neither yes nor no, and asked."""
    app = new_app(begun(*PENDING[:3]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        name = asked(app)
        await press(pilot, "0")
        assert name in app.session.posture.open
        assert name not in app.session.posture.known
        assert asked(app) != name


async def test_note_of_source() -> None:
    """A note typed at a question is shown there and in the review; Esc leaves it as it was."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "left", "n", *"Doc.", "space", *"38", "enter")
        assert app.session.sources == {"motion_kind": "Doc. 38"}
        assert asked(app) == "motion_kind"
        assert text_of(app, "#note") == "Source: Doc. 38"
        await press(pilot, "n", "x", "escape")
        assert app.session.sources == {"motion_kind": "Doc. 38"}
        await press(pilot, "r")
        assert isinstance(app.screen, ReviewScreen)
        for _ in app.library.vocabulary.facts:
            await press(pilot, "down")
            if app.screen.current == "motion_kind":
                break
        assert "Doc. 38" in shown(app)
        await press(pilot, "n", "backspace", "9", "enter")
        assert app.session.sources == {"motion_kind": "Doc. 39"}


async def test_changed_answer_says_what_falls_away_and_comes_back() -> None:
    """Going back on an answer names those that it leaves without effect; undoing names them."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(140, 40)) as pilot:
        await press(pilot, "left", "left")
        assert asked(app) == "motion"
        await press(pilot, "4")
        assert app.session.posture.get("motion") == "denied"
        assert text_of(app, "#notice") == "No effect now: kind of motion."
        await press(pilot, "r", "end")
        assert "(no effect now)" in shown(app)
        app.show_interview("motion")
        await pilot.pause()
        await press(pilot, "1")
        assert text_of(app, "#notice") == "Back in effect: kind of motion."


async def test_another_circuit_drops_the_court() -> None:
    """A court outside the new circuit is dropped, and the screen says so."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *["left"] * len(PENDING))
        assert asked(app) == "circuit"
        await press(pilot, "9")
        assert app.session.posture.get("court") is None
        assert text_of(app, "#notice") == "Dropped: district court."


@pytest.mark.parametrize("typed", ["nd miss", "n.d.m", "N.D. Miss", "n d miss", "miss n"])
async def test_a_district_is_found_by_its_letters_alone(typed: str) -> None:
    """Dots, blanks and capitals do not matter."""
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "1", "5", *("space" if c == " " else c for c in typed))
        assert text_of(app, "#narrow") == f"Narrowed to: {typed}"
        assert "▸ 1 Northern District of Mississippi, N.D. Miss." in text_of(app, "Choices")
        assert "Southern" not in text_of(app, "Choices")
        await press(pilot, "enter")
        assert app.session.posture.get("court") == "N.D. Miss."


async def test_where_no_district_fits_enter_answers_nothing() -> None:
    """The line says so; 0 still leaves the court open, and a letter less finds it again."""
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "1", "5", *"missx", "enter")
        assert asked(app) == "court"
        assert not app.session.posture.asked("court")
        assert text_of(app, "#narrow") == "Narrowed to: missx (nothing fits)"
        assert "▸" not in text_of(app, "Choices")
        await press(pilot, "backspace")
        assert "▸ 1 Northern District of Mississippi" in text_of(app, "Choices")
        await press(pilot, "x", "0")
        assert "court" in app.session.posture.open


async def test_court_offers_only_districts_of_the_circuit_and_narrows() -> None:
    """Letters narrow the list, Esc widens it, digits and Enter answer."""
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "1", *TENTH)
        fact = app.library.vocabulary.by_name["court"]
        assert len(app.library.choices_in(app.session.posture, fact)) == 8
        assert "Alaska" not in shown(app)
        await press(pilot, *"okla", "space", "w")
        assert "▸ 1 Western District of Oklahoma, W.D. Okla." in text_of(app, "Choices")
        assert "Colorado" not in shown(app)
        await press(pilot, "escape")
        assert asked(app) == "court"
        assert "Colorado" in shown(app)
        await press(pilot, *"mex", "enter")
        assert app.session.posture.get("court") == "D.N.M."


async def test_letters_are_commands_again_after_the_court() -> None:
    """Only a list that narrows takes the letters."""
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "1", *TENTH, "r")
        assert isinstance(app.screen, InterviewScreen)
        await press(pilot, "escape", "0", "r")
        assert isinstance(app.screen, ReviewScreen)


async def test_two_digits_or_one_and_enter() -> None:
    """One waits for a second digit where ten, eleven and twelve exist; Enter settles it."""
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "1", "1")
        assert asked(app) == "circuit"
        await press(pilot, "enter")
        assert app.session.posture.get("circuit") == "first"
        await press(pilot, "left", "1", "2")
        assert app.session.posture.get("circuit") == "dc"


async def test_review_changes_and_clears() -> None:
    """Enter answers a fact anew in the interview; x makes it one that was not asked."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "r")
        assert isinstance(app.screen, ReviewScreen)
        assert "▸ circuit Tenth Circuit" in shown(app)
        await press(pilot, "down", "down", "x")
        assert not app.session.posture.asked("request")
        assert "▸ request before the court not asked" in shown(app)
        await press(pilot, "enter")
        assert asked(app) == "request"
        await press(pilot, "3")
        assert app.session.posture.get("request") == "both"


async def test_matter_is_named_as_written() -> None:
    """Brackets of a caption show as written in the head of the screen and at the start."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(140, 40)) as pilot:
        await press(pilot, "c", *"[T]he", "space", *"[/]", "tab", *"[red]1", "ctrl+s")
        assert not isinstance(app.screen, MatterScreen)
        assert app.session.matter.caption == "[T]he [/]"
        assert app.session.matter.docket == "[red]1"
        assert shown(app).startswith("[T]he [/] · D.N.M. · law as of Nov. 22, 2026")
        await press(pilot, *["escape"] * (len(PENDING) + 1))
        assert "Resume: [T]he [/]" in shown(app)


async def test_day_of_the_law_is_checked() -> None:
    """A day outside the library is refused in the dialog; one inside is taken."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "c", "tab", "tab", "home", *["delete"] * 4, *"1900", "ctrl+s")
        assert isinstance(app.screen, MatterScreen)
        assert "The library states the law from 1993-12-01 to 2026-11-22." in shown(app)
        await press(pilot, "home", *["delete"] * 4, *"2015", "ctrl+s")
        assert not isinstance(app.screen, MatterScreen)
        assert app.session.as_of.year == 2015
