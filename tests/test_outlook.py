"""The map: what lies ahead, what it can lead to, and the forums on the facts so far."""

from __future__ import annotations

import io
from datetime import date

import pytest
from frames import TODAY, check_frame, five_opinions, new_app, press, shown, text_of
from hypothesis import given, settings
from postures import SHIPPED, days, postures

from qiwizard.documents.document import document
from qiwizard.documents.memo import memo
from qiwizard.documents.outlook import ahead_sentences, forum_sentences
from qiwizard.documents.summary import summary
from qiwizard.law.library import FORUM
from qiwizard.law.posture import Posture
from qiwizard.plain.interview import PlainWizard
from qiwizard.reasoning.interview import facts_left
from qiwizard.reasoning.outlook import outlook
from qiwizard.reasoning.ruling import rule
from qiwizard.sessions.session import Session
from screens.compare import ComparisonScreen
from screens.interview import InterviewScreen
from screens.map import MapScreen

POSTURE = Posture.of(
    {"circuit": "tenth", "court": "D.N.M.", "qi_asserted": True, "motion": "pending"}
)
ANSWERS = (("circuit", "tenth"), ("court", "D.N.M."), ("qi_asserted", True), ("motion", "pending"))


def session_of(posture: Posture) -> Session:
    """A session with some facts told."""
    return Session(as_of=TODAY, created=Session.new(TODAY).created, posture=posture)


def on_one_line(text: str) -> str:
    """A text without its line breaks, those after a hyphen among them."""
    return " ".join(text.split()).replace("- ", "-")


@settings(max_examples=30)
@given(posture=postures(), as_of=days())
def test_every_way_is_what_the_engine_rules(posture: Posture, as_of: date) -> None:
    """Each fact left stands once with all its answers, each where the ruling on it leads."""
    map_ = outlook(SHIPPED, posture, as_of)
    facts = {ahead.fact: ahead for limb in map_.limbs for ahead in limb.facts}
    left = facts_left(SHIPPED, posture, as_of)
    assert facts.keys() >= set(left) - set(FORUM)
    for limb in map_.limbs:
        assert {f.doctrine for f in map(SHIPPED.vocabulary.by_name.get, facts) if f}
        assert all(way.outcome in limb.reach for a in limb.facts for way in a.ways)
    for name, ahead in facts.items():
        values = [value for way in ahead.ways for value in way.values]
        assert len(set(values)) == len(values)
        if name not in FORUM:
            assert set(values) == set(SHIPPED.vocabulary.by_name[name].values)
        for way in ahead.ways:
            tried = posture.forgetting("court") if name == "circuit" else posture
            assert way.outcome in way.reach
            assert rule(SHIPPED, tried.stating(name, way.values[0]), as_of).outcome == way.outcome
    assert map_.ruling.outcome == rule(SHIPPED, posture, as_of).outcome
    assert [c.forum.circuit for c in map_.strip.circuits] == list(SHIPPED.courts.circuits)


def test_the_answers_of_a_doctrine_together_reach_what_none_does_alone() -> None:
    """What a branch can lead to is found by trying its answers, no other fact being told."""
    map_ = outlook(SHIPPED, Posture.of({"circuit": "tenth"}), TODAY)
    motion = next(limb for limb in map_.limbs if limb.doctrine.id == "motion")
    assert motion.reach == {"stay", "partial_stay", "no_stay"}
    facts = next(limb for limb in map_.limbs if limb.doctrine.id == "facts")
    assert facts.reach == {"no_stay"}


def test_the_forums_that_an_answer_moved_are_named() -> None:
    """The strip is held against the posture before the last answer."""
    before = POSTURE.forgetting("motion")
    map_ = outlook(SHIPPED, POSTURE, TODAY, before)
    for column in map_.strip.circuits:
        moved = POSTURE.forgetting("court").stating("circuit", str(column.forum.circuit))
        was = rule(SHIPPED, moved.forgetting("motion"), TODAY).outcome
        assert (column.forum.circuit in map_.strip.moved) == (was != column.ruling.outcome)
    said = " ".join(forum_sentences(SHIPPED, map_))
    assert ("The last answer changed" in said) == bool(map_.strip.moved - {None})


def test_summary_memo_and_tables_have_the_map() -> None:
    """The same sentences in both texts; rows for every way and every circuit."""
    session, map_ = session_of(POSTURE), outlook(SHIPPED, POSTURE, TODAY)
    sentences = [*ahead_sentences(SHIPPED, map_), *forum_sentences(SHIPPED, map_)]
    plain = on_one_line(summary(SHIPPED, session, TODAY))
    assert all(on_one_line(sentence) in plain for sentence in sentences)
    page = memo(SHIPPED, session, TODAY)
    assert "## Where the questions lead" in page
    assert "## The circuits on these facts" in page
    table = document(SHIPPED, session)
    ways = sum(len(ahead.ways) for limb in map_.limbs for ahead in limb.facts)
    assert len(table["ahead"]) == ways
    assert [row["circuit"] for row in table["forum"]] == list(SHIPPED.courts.circuits)


def test_where_nothing_is_left_the_map_is_not_told() -> None:
    """No sentence on what is ahead; the forums stay."""
    known = {name: fact.values[0] for name, fact in SHIPPED.vocabulary.by_name.items()}
    posture = Posture.of({**known, "circuit": "tenth", "court": "D.N.M."})
    map_ = outlook(SHIPPED, posture, TODAY)
    assert list(ahead_sentences(SHIPPED, map_)) == []
    assert list(forum_sentences(SHIPPED, map_))


def test_line_mode_draws_the_map_in_sentences(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`m` at any question."""
    monkeypatch.setattr("sys.stdin", io.StringIO("m\nq\n"))
    PlainWizard(SHIPPED, session_of(POSTURE), TODAY).run()
    out = on_one_line(capsys.readouterr().out)
    map_ = outlook(SHIPPED, POSTURE, TODAY)
    assert all(on_one_line(sentence) in out for sentence in ahead_sentences(SHIPPED, map_))


def begun() -> Session:
    """A session some way into the interview."""
    session = Session.new(TODAY)
    for name, value in ANSWERS:
        session = session.answering(five_opinions(), name, value)
    return session


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_the_map_is_drawn_and_leads_to_its_questions(size: tuple[int, int]) -> None:
    """w draws it, Enter asks the question at the caret, Esc comes back to where it was."""
    app = new_app(begun())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "w")
        assert isinstance(app.screen, MapScreen)
        text = shown(app)
        assert "The forums on the facts so far" in text
        assert "Where the questions lead" in text
        check_frame(app, f"map-{size[0]}x{size[1]}")
        await press(pilot, "m")
        assert isinstance(app.screen, ComparisonScreen)
        await press(pilot, "escape", "down", "enter")
        assert isinstance(app.screen, InterviewScreen)
        left = facts_left(app.library, app.session.posture, app.session.as_of)
        assert app.screen.fact == left[1]


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (1, 1)])
async def test_the_map_can_be_read_where_it_is_narrow(size: tuple[int, int]) -> None:
    """Names go on below, outcomes by their initials, and the caret is in sight."""
    app = new_app(begun())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "w")
        await pilot.resize_terminal(*size)
        await press(pilot, "end", "up", "pageup", "home", "down")
        await pilot.resize_terminal(80, 24)
        await press(pilot, "escape")
        assert isinstance(app.screen, InterviewScreen)


async def test_a_strip_of_circuits_changes_as_answers_come_in() -> None:
    """Where there is room it stands below the question, and says what the last answer moved."""
    app = new_app(begun())
    async with app.run_test(size=(140, 40)) as pilot:
        await press(pilot, "r")
        await press(pilot, "escape")
        first = text_of(app, "#strip")
        assert first.startswith("1st ")
        app.keep(app.session.answering(app.library, "motion", "denied"))
        await press(pilot, "r")
        await press(pilot, "escape")
        assert text_of(app, "#strip") != first
        await pilot.resize_terminal(80, 32)
        await press(pilot, "f1", "escape")
        assert text_of(app, "#strip").startswith("1st ")
        assert "D.C." in text_of(app, "#strip")
