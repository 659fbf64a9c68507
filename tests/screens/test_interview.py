"""The interview in the full screen, by the keyboard alone."""

from __future__ import annotations

import re

import pytest
from frames import check_frame, frame, new_app, press, shown, text_of
from interviews import FORUM, GOLDEN, PENDING, SIZES, STARTED, asked, begun
from postures import SHIPPED
from textual import events
from textual.app import App, ComposeResult
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Input

from screens.app import QiWizard
from screens.home import HomeScreen
from screens.interview import InterviewScreen
from screens.review import ReviewScreen
from screens.summary import SummaryScreen
from screens.why import WhyScreen
from screens.widgets.choices import Choices, Offer

pytestmark = pytest.mark.usefixtures("elsewhere")
OUTCOMES = re.compile(
    r"\b(STAY|NO STAY|PARTIAL STAY|LIMITED DISCOVERY|leaning|settled|contested)\b"
)


async def at_once(pilot: Pilot[int], *keys: str) -> None:
    """Post keys without waiting between them, as a paste or a fast typist does."""
    for key in keys:
        character = key if len(key) == 1 else None
        name = _character_to_key(key) if character else key
        pilot.app.post_message(events.Key(name, character))
    for _ in range(5):
        await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_from_the_first_screen_to_the_first_counted_question(size: tuple[int, int]) -> None:
    """Forum, request and defense are asked first, at every size, and each is in sight."""
    app = new_app()
    async with app.run_test(size=size) as pilot:
        assert isinstance(app.screen, HomeScreen)
        await press(pilot, "1", "enter")
        assert asked(app) == "forum"
        await press(pilot, *FORUM)
        assert asked(app) == "request"
        assert "1 To stay or limit discovery" in shown(app)
        await press(pilot, "1", "enter")
        assert asked(app) == "defense"
        assert "What is the status of the qualified-immunity defense" in shown(app)
        await press(pilot, "2", "enter")
        assert asked(app) not in {"forum", "request", "defense"}
        known = dict(app.session.posture.known)
        assert (known["court"], known["request"]) == ("D.N.M.", "stay")
        assert (known["motion"], known["motion_kind"]) == ("pending", "summary_judgment")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("answers", [(), STARTED[:1], STARTED])
async def test_no_outcome_is_shown_before_enough_is_known(
    size: tuple[int, int], answers: tuple[tuple[str, object], ...]
) -> None:
    """What is missing is said instead, on the interview, in Why and in the review."""
    app = new_app(begun(*answers))
    async with app.run_test(size=size) as pilot:
        app.show_interview()
        await pilot.pause()
        found = f"Not enough facts yet · {len(answers)} of 3 known"
        assert found in shown(app)
        assert not OUTCOMES.search(frame(app))
        await press(pilot, "f1")
        assert isinstance(app.screen, WhyScreen)
        assert not OUTCOMES.search(frame(app))
        await press(pilot, "escape")
        app.open("review")
        await pilot.pause()
        assert not OUTCOMES.search(frame(app))
        for command in ("summary", "compare", "map"):
            app.open(command)
            await pilot.pause()
            assert isinstance(app.screen, ReviewScreen)


async def test_a_number_marks_and_only_enter_selects() -> None:
    """A digit followed by Enter answers one question; digits alone answer none."""
    app = new_app(begun(*STARTED[:1]))
    async with app.run_test(size=(80, 24)) as pilot:
        before = app.session
        await press(pilot, "2", "4", "3")
        assert app.session is before
        assert "▸ 3 Cross-motions, to stay and to compel" in text_of(app, "Choices")
        await press(pilot, "enter")
        assert app.session.posture.get("request") == "both"
        assert asked(app) == "defense"
        assert not app.session.posture.asked("motion")


@pytest.mark.parametrize(
    ("keys", "answers"),
    [
        ("dnm⏎2⏎1⏎", {"court": "D.N.M.", "request": "compel", "motion_kind": "dismiss"}),
        ("10th⏎3⏎8⏎", {"circuit": "tenth", "request": "both", "motion": "none"}),
        ("8⏎1⏎6⏎", {"circuit": "eighth", "request": "stay", "motion": "denied"}),
        ("tex↓↓⏎1⏎2⏎", {"court": "S.D. Tex.", "request": "stay", "motion": "pending"}),
    ],
)
async def test_keys_typed_ahead_keep_their_meaning(keys: str, answers: dict[str, object]) -> None:
    """What is typed before Enter belongs to the field, what follows to the next question."""
    names = {"⏎": "enter", "↓": "down"}
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        app.action_new_case()
        await pilot.pause()
        await at_once(pilot, *(names.get(key, key) for key in keys))
        assert {name: app.session.posture.get(name) for name in answers} == answers


@pytest.mark.parametrize("digit", ["２", "٢"])
async def test_digits_of_any_script_mark(digit: str) -> None:
    """A keyboard set to another script can answer."""
    app = new_app(begun(*STARTED[:1]))
    async with app.run_test(size=(80, 24)) as pilot:
        await at_once(pilot, digit)
        assert "▸ 2 To compel" in text_of(app, "Choices")


class Dozen(App[None]):
    """A list of twelve answers."""

    taken: object = None

    def compose(self) -> ComposeResult:
        """The list alone."""
        yield Choices(self._take, [Offer(str(n), f"Answer {n}") for n in range(1, 13)])

    def _take(self, value: object) -> None:
        self.taken = value


@pytest.mark.parametrize(
    ("keys", "taken"),
    [("1", "1"), ("12", "12"), ("11", "11"), ("119", "9"), ("1↓2", "2"), ("13", "3"), ("10", "10")],
)
async def test_two_digits_are_one_number(keys: str, taken: str) -> None:
    """While there is such an answer; another key begins a new number."""
    app = Dozen()
    async with app.run_test() as pilot:
        await pilot.press(*("down" if key == "↓" else key for key in keys), "enter")
        assert app.taken == taken


async def test_the_forum_field_shows_what_is_typed_and_takes_every_letter() -> None:
    """No letter is a command there; the foot says so; no match selects nothing."""
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        app.action_new_case()
        await pilot.pause()
        await press(pilot, *"qrsx")
        assert isinstance(app.screen, InterviewScreen)
        assert app.screen.query_one(Input).value == "qrsx"
        assert "No district or circuit has that name." in shown(app)
        assert "^q Quit" in text_of(app, "KeyLine")
        assert " q Quit" not in text_of(app, "KeyLine")
        before = app.session
        await press(pilot, "enter", "down", "enter")
        assert app.session is before
        assert asked(app) == "forum"


async def test_enter_in_an_empty_forum_field_selects_nothing() -> None:
    """A circuit has to be marked or typed."""
    app = new_app()
    async with app.run_test(size=(80, 24)) as pilot:
        app.action_new_case()
        await press(pilot, "enter")
        assert asked(app) == "forum"
        assert not app.session.trail
        await press(pilot, "down", "down", "enter")
        assert app.session.posture.get("circuit") == "second"


@pytest.mark.parametrize("key", ["w", "f1"])
async def test_w_and_f1_say_why(key: str) -> None:
    """Both open the same page; Esc comes back to the question."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(80, 24)) as pilot:
        app.show_interview()
        await pilot.pause()
        here = asked(app)
        await press(pilot, key)
        assert isinstance(app.screen, WhyScreen)
        assert "What it means" in shown(app)
        assert "What each answer leads to" in app.screen.query_one("Page").text  # type: ignore[attr-defined]
        await press(pilot, "escape")
        assert asked(app) == here


async def test_stepping_back_keeps_the_answers() -> None:
    """Esc and b step back, → forward; the answer given stands marked."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(80, 24)) as pilot:
        app.show_interview()
        await pilot.pause()
        here, before = asked(app), app.session
        await press(pilot, "escape")
        assert asked(app) == "defense"
        assert "▸ 2 Summary-judgment motion pending (your answer)" in text_of(app, "Choices")
        await press(pilot, "b")
        assert asked(app) == "request"
        await press(pilot, "escape")
        assert asked(app) == "forum"
        assert app.screen.query_one(Input).value == "D.N.M."
        await press(pilot, "right", "right", "escape", "escape", "enter")
        assert asked(app) == here
        assert app.session is before


async def test_an_edit_from_the_review_returns_to_its_place() -> None:
    """Also the second and the third one; what is answered there is recorded."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(80, 24)) as pilot:
        app.open("review")
        await pilot.pause()
        await press(pilot, "2", "enter")
        assert asked(app) == "request"
        await press(pilot, "3", "enter")
        assert isinstance(app.screen, ReviewScreen)
        assert app.screen.current == "request"
        assert app.session.posture.get("request") == "both"
        await press(pilot, "down", "down", "enter")
        assert asked(app) == "defense"
        await press(pilot, "escape")
        assert isinstance(app.screen, ReviewScreen)
        assert app.screen.current == "defense"


async def test_a_removed_answer_is_asked_again() -> None:
    """x in the review; i goes on with the interview."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(80, 24)) as pilot:
        app.open("review")
        await pilot.pause()
        await press(pilot, "4", "x")
        assert app.session.posture == begun(*STARTED).posture
        await press(pilot, "i")
        assert asked(app) == "defense"


async def test_a_record_cite_is_kept_with_its_answer() -> None:
    """t asks for it in the interview; the review shows it."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(80, 24)) as pilot:
        app.show_interview("defense")
        await pilot.pause()
        await press(pilot, "t", *"Doc", "enter")
        assert app.session.sources == {"motion": "Doc"}
        assert "Record cite: Doc" in shown(app)
        await press(pilot, "r")
        assert "Doc" in shown(app)


@pytest.mark.parametrize("size", SIZES)
async def test_the_question_and_its_first_answers_fit_every_size(size: tuple[int, int]) -> None:
    """Resized while it is shown."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(100, 30)) as pilot:
        app.show_interview()
        await pilot.resize_terminal(*size)
        await pilot.pause()
        assert isinstance(app.screen, InterviewScreen)
        assert re.search(r"▸ 1 \w.* 2 \w", text_of(app, "Choices"))
        assert text_of(app, "#question")
        assert OUTCOMES.search(text_of(app, "#result"))


@pytest.mark.parametrize("size", GOLDEN)
@pytest.mark.parametrize(
    ("name", "answers"), [("forum", ()), ("request", STARTED[:1]), ("defense", STARTED)]
)
async def test_frames_of_the_interview(
    name: str, answers: tuple[tuple[str, object], ...], size: tuple[int, int]
) -> None:
    """As the golden files have them."""
    app: QiWizard = new_app(begun(*answers))
    async with app.run_test(size=size) as pilot:
        app.animation_level = "none"
        app.show_interview()
        await pilot.pause()
        check_frame(app, f"interview-{name}-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", GOLDEN)
async def test_frames_of_the_review(size: tuple[int, int]) -> None:
    """As the golden files have them."""
    app = new_app(begun(*STARTED))
    async with app.run_test(size=size) as pilot:
        app.open("review")
        await pilot.pause()
        check_frame(app, f"review-{size[0]}x{size[1]}")


async def answer_unknown(pilot: Pilot[int]) -> None:
    """Answer every question left with Unknown."""
    for _ in SHIPPED.vocabulary.facts:
        if isinstance(pilot.app.screen, InterviewScreen):
            await press(pilot, "0", "enter")


async def test_when_nothing_is_left_to_ask_the_result_is_shown() -> None:
    """At once after the last answer; continue comes back to it from the review."""
    app = new_app(begun(*PENDING))
    async with app.run_test(size=(80, 24)) as pilot:
        app.show_interview()
        await pilot.pause()
        await answer_unknown(pilot)
        assert isinstance(app.screen, SummaryScreen)
        await press(pilot, "r")
        assert isinstance(app.screen, ReviewScreen)
        await press(pilot, "i")
        assert isinstance(app.screen, SummaryScreen)


async def test_an_unknown_request_leads_to_the_review_and_to_no_result() -> None:
    """What is missing is said there."""
    app = new_app(begun(("forum", "D.N.M."), ("request", None)))
    async with app.run_test(size=(80, 24)) as pilot:
        app.show_interview()
        await pilot.pause()
        await answer_unknown(pilot)
        assert isinstance(app.screen, ReviewScreen)
        assert "Missing: request, state of the defense." in shown(app)
        assert not OUTCOMES.search(frame(app))


async def test_an_answer_lays_the_screen_out_once() -> None:
    """The question, the panel and its scroll bar change together."""
    app = new_app(begun(STARTED[0], ("request", None)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.2)
        screen, made = app.screen, list[object]()
        screen.screen_layout_refresh_signal.subscribe(screen, made.append)
        assert asked(app) == "defense"
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert asked(app) != "defense"
        assert made == [screen]
