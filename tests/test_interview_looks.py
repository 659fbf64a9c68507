"""The interview at every size, its help and keys, and how it is begun and ended."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from frames import check_frame, five_opinions, frame, new_app, press, shown, text_of
from interviews import GOLDEN, PENDING, SIZES, TENTH, asked, begun

from qiwizard.fault import crash_sentence
from qiwizard.law.library import Library
from qiwizard.reasoning.interview import facts_left
from screens.app import QiWizard
from screens.dialogs.confirm import ConfirmScreen
from screens.dialogs.open import OpenScreen
from screens.drawing.literal import literal
from screens.help import HelpScreen
from screens.home import HomeScreen
from screens.interview import InterviewScreen
from screens.summary import SummaryScreen
from screens.why import WhyScreen
from screens.widgets.choices import Choices

pytestmark = pytest.mark.usefixtures("elsewhere")


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
    assert "ValueError at test_interview_looks.py:" in sentence
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
