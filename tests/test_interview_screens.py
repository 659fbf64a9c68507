"""The wizard from start to summary, by the keyboard alone."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from frames import NOW, TODAY, check_frame, five_opinions, frame, new_app, press, shown, text_of

from qiwizard.fault import crash_sentence
from qiwizard.law.library import Library
from qiwizard.reasoning.interview import facts_left
from qiwizard.sessions.session import Session
from screens.app import QiWizard
from screens.dialogs.confirm import ConfirmScreen
from screens.dialogs.matter import MatterScreen
from screens.dialogs.open import OpenScreen
from screens.drawing.literal import literal
from screens.help import HelpScreen
from screens.home import HomeScreen
from screens.interview import InterviewScreen
from screens.review import ReviewScreen
from screens.summary import SummaryScreen
from screens.why import WhyScreen
from screens.widgets.choices import Choices

SIZES = [(80, 24), (140, 40), (60, 20), (40, 12)]
GOLDEN = [(80, 24), (140, 40)]
TENTH = ("1", "0")
"""The digits of the Tenth Circuit among the twelve."""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is written by a relative path lands outside the checkout."""
    monkeypatch.chdir(tmp_path)


def asked(app: QiWizard) -> str:
    """The fact on the screen."""
    assert isinstance(app.screen, InterviewScreen)
    return app.screen.fact


def begun(*answers: tuple[str, bool | str | None]) -> Session:
    """A session with answers given in order."""
    session = Session.new(TODAY, NOW)
    for name, value in answers:
        session = session.answering(five_opinions(), name, value)
    return session


PENDING = (
    ("circuit", "tenth"),
    ("court", "D.N.M."),
    ("request", "stay"),
    ("opposed", True),
    ("qi_asserted", True),
    ("motion", "pending"),
    ("motion_kind", "summary_judgment"),
)


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


HOSTILE = "[T]he [/] [red]x[/red] [sic] \x1b[31m\x9b1m \u202eevil"


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_text_is_shown_as_written_everywhere(size: tuple[int, int]) -> None:
    """Markup-like text stays text, and control characters never reach the terminal."""
    session = begun(*PENDING)
    session = session.naming(replace(session.matter, caption=HOSTILE, notes=HOSTILE))
    for name in session.posture.known:
        session = session.sourcing(name, HOSTILE)
    app = new_app(session)
    async with app.run_test(size=size) as pilot:
        for keys in (["left"], ["f1"], ["escape", "n"], ["escape", "c"], ["escape", "r"]):
            await press(pilot, *keys)
            text = frame(app)
            assert not {"\x1b", "\x9b", "\u202e"} & set(text)
        if size == (140, 40):
            assert "[T]he [/] [red]x[/red] [sic] <U+001B>[31m" in shown(app)


def test_literal_keeps_brackets() -> None:
    """What goes to a widget is the text itself."""
    assert literal("[T]he [/] [red]").plain == "[T]he [/] [red]"


@pytest.mark.parametrize("size", SIZES)
async def test_every_size_carries_the_whole_way(size: tuple[int, int]) -> None:
    """The question and the marked answer stand on the screen at every size, after a resize too."""
    app = new_app()
    async with app.run_test(size=size) as pilot:
        await press(pilot, "1", *TENTH, "0")
        assert "What has the court been asked to do" in text_of(app, "#question")
        assert "▸ 1 To stay" in text_of(app, "Choices")
        await pilot.resize_terminal(40, 12)
        await press(pilot, "down", "f1", "escape", "r", "escape", "question_mark", "escape")
        await pilot.resize_terminal(*size)
        await pilot.pause()
        assert "▸ 2 To compel" in text_of(app, "Choices")


@pytest.mark.parametrize("size", GOLDEN)
async def test_frames(size: tuple[int, int]) -> None:
    """The screens look as they did when somebody last looked."""
    suffix = "{}x{}".format(*size)
    app = new_app()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        check_frame(app, f"home-{suffix}")
        await press(pilot, "1")
        check_frame(app, f"interview-circuit-{suffix}")
        app.keep(begun(*PENDING))
        app.show_interview("motion")
        await pilot.pause()
        check_frame(app, f"interview-motion-{suffix}")
        await press(pilot, "f1")
        check_frame(app, f"why-motion-{suffix}")
        await press(pilot, "escape", "4")
        check_frame(app, f"interview-notice-{suffix}")
        await press(pilot, "r")
        check_frame(app, f"review-{suffix}")
        await press(pilot, "question_mark")
        check_frame(app, f"help-{suffix}")
        await press(pilot, "escape", "c")
        check_frame(app, f"matter-{suffix}")


async def test_why_says_what_each_answer_leads_to_and_opens_authorities() -> None:
    """F1 names the ruling for every answer; Enter on an authority opens the library there."""
    app = new_app(begun(*PENDING[:5]))
    async with app.run_test(size=(140, 40)) as pilot:
        app.show_interview("motion")
        await press(pilot, "f1")
        assert isinstance(app.screen, WhyScreen)
        text = shown(app)
        fact = app.library.vocabulary.by_name["motion"]
        for choice in fact.choices:
            assert f"“{choice.label}”" in text
        await press(pilot, "enter", "enter")
        assert type(app.screen).__name__ == "LibraryScreen"
        await press(pilot, "escape")
        assert asked(app) == "motion"


async def test_help_lists_the_keys_of_the_bindings_and_the_terms() -> None:
    """Every binding that says what it does stands in the manual, and the glossary too."""
    from textual.binding import Binding

    from screens.widgets.page import Page

    app = new_app()
    async with app.run_test(size=(140, 40)) as pilot:
        await press(pilot, "f1")
        assert isinstance(app.screen, HelpScreen)
        text = " ".join(app.screen.query_one(Page).text.split())
        for binding in Binding.make_bindings(InterviewScreen.BINDINGS):
            assert binding.description in text
        assert "Monell claim" in text
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_every_binding_has_an_id_and_says_what_it_does() -> None:
    """Keys can be looked up, shown and remapped."""
    from textual.binding import Binding

    from screens.running.keys import key_table

    for where, bindings in key_table(QiWizard, {}):
        for binding in Binding.make_bindings(bindings):
            assert binding.description, (where, binding)
            if binding.action != "command_palette":
                assert binding.id, (where, binding)


async def test_palette_reaches_every_screen_and_doctrine() -> None:
    """The commands lead to the screens, and to each doctrine that arises."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(80, 24)) as pilot:
        commands = {c.title: c for c in app.get_system_commands(app.screen)}
        assert {"New session", "Interview", "Review", "Summary", "Library", "Export", "Help"} <= (
            commands.keys()
        )
        assert "Go to: The motion" in commands
        assert not any("[" in title for title in commands)
        await press(pilot, "ctrl+p", *"themotion")
        await app.workers.wait_for_complete()
        await press(pilot, "enter")
        assert asked(app) in {f.name for f in app.library.facts_of("motion")}


async def test_quitting_asks_while_answers_are_in_no_file(tmp_path: Path) -> None:
    """q asks first; staying stays; leaving leaves; after an export it leaves at once."""
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "1", *TENTH, "0", "q")
        assert isinstance(app.screen, ConfirmScreen)
        await press(pilot, "escape")
        assert asked(app) == "request"
        app.exported(tmp_path / "a.toml", whole=True)
        await press(pilot, "q")
        assert app.return_code == 0


async def test_ctrl_q_works_inside_a_dialog() -> None:
    """The way out is never blocked."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "n", "ctrl+q")
        assert app.return_code == 0


async def test_new_session_begins_empty() -> None:
    """A new session from the start, after answers, asks first and then is empty."""
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "1", *TENTH, "escape", "escape")
        assert isinstance(app.screen, HomeScreen)
        await press(pilot, "2")
        assert isinstance(app.screen, ConfirmScreen)
        await press(pilot, "2")
        assert asked(app) == "circuit"
        assert not app.session.trail
        assert app.session.posture.get("circuit") is None


async def test_a_session_file_is_opened_or_refused_in_the_dialog(tmp_path: Path) -> None:
    """What is wrong with a file is said where its path is typed; a good one is taken up."""
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text('schema = "qiwizard/session/1"\n[posture]\ncircuit = "tenth"\n')
    bad.write_text('schema = "qiwizard/session/1"\n[posture]\ncircuit = "[red]nowhere"\n')
    app = new_app()
    async with app.run_test(size=(140, 40)) as pilot:
        await press(pilot, "2")
        assert isinstance(app.screen, OpenScreen)
        await press(pilot, "enter")
        assert "No path given." in shown(app)
        await press(pilot, *str(bad), "enter")
        assert isinstance(app.screen, OpenScreen)
        assert "[red]nowhere" in shown(app)
        await press(pilot, *["backspace"] * len("bad.toml"), *"good.toml", "enter")
        assert asked(app) == "court"
        assert app.session.posture.get("circuit") == "tenth"


async def test_a_session_handed_in_is_taken_up() -> None:
    """With questions left it goes on asking; with none it shows the summary."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, InterviewScreen)
    session = begun(*PENDING)
    while left := facts_left(five_opinions(), session.posture, session.as_of):
        session = session.answering(five_opinions(), left[0], None)
    app = new_app(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, SummaryScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_ruling_is_computed_once_per_session() -> None:
    """The same session has the same ruling object; another session another."""
    app = new_app(begun(*PENDING))
    first = app.ruling
    assert app.ruling is first
    app.keep(begun(*PENDING[:3]))
    assert app.ruling is not first


def test_a_crash_tells_nothing_of_the_case() -> None:
    """The sentence names the fault and the place, not what was typed; no traceback."""
    secret = "Doe v. Roe"

    def fails() -> None:
        raise ValueError(secret)

    try:
        fails()
    except ValueError as error:
        sentence = crash_sentence(error)
    assert "ValueError at test_interview_screens.py:" in sentence
    assert secret not in sentence
    assert "\n" not in sentence


async def test_the_private_crash_hook_still_exists(capsys: pytest.CaptureFixture[str]) -> None:
    """An upgrade of the toolkit that renames the hook fails here."""
    app = new_app(begun(*PENDING))

    def fails() -> None:
        secret = "Doe v. Roe"
        raise ValueError(secret)

    async def run() -> None:
        async with app.run_test() as pilot:
            app.call_later(fails)
            await pilot.pause()

    with pytest.raises(ValueError, match="Doe"):
        await run()
    told = capsys.readouterr().err
    assert told.startswith("qiwizard had to stop: a fault in the program (ValueError at ")
    assert "Doe" not in told
    assert "Traceback" not in told
    assert app.return_code == 1


def test_glossary_terms_have_names_and_texts() -> None:
    """The manual can show every term of the data."""
    from qiwizard.resources import shipped

    terms = tomllib.loads(shipped("facts.toml").read_text(encoding="utf-8"))["term"]
    assert all(term["name"] and term["text"] for term in terms)
    names = [term["name"] for term in terms]
    assert names == sorted(set(names), key=str.casefold)


def test_every_word_of_a_ruling_is_in_the_glossary(library: Library) -> None:
    """Outcomes, grades and weights, as the screens and exports spell them."""
    from qiwizard.law.history import GOOD_LAW
    from qiwizard.reasoning.canons import Strength
    from qiwizard.resources import read_shipped

    explained = {term["name"] for term in read_shipped("facts.toml")["term"]}
    used = {outcome.label.lower() for outcome in library.outcomes.values()}
    used |= {strength.word for strength in Strength} | {"binding", "persuasive", GOOD_LAW}
    assert used <= explained


async def test_keys_typed_ahead_answer_one_question_after_the_other() -> None:
    """A burst of keys gives the very answers that the same keys give when typed slowly."""
    slow, fast = (new_app(begun(("circuit", "tenth"), ("court", "D.N.M."))) for _ in range(2))
    async with slow.run_test(size=(80, 24)) as pilot:
        for _ in range(4):
            await pilot.pause()
            await pilot.press("1")
        await pilot.pause()
    async with fast.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        choices = fast.screen.query_one(Choices)
        for _ in range(4):
            choices.action_digit(1)
    assert len(fast.session.trail) == 6
    assert (fast.session.posture, fast.session.trail) == (slow.session.posture, slow.session.trail)
