"""The map: every circuit by outcome, and where each question left could lead."""

from __future__ import annotations

from datetime import date

import pytest
from frames import TODAY, check_frame, press, shown
from hypothesis import given, settings
from postures import SHIPPED, days, postures
from summaries import GOLDEN, SIZES, page_text, session_on, steady

from qiwizard.law.posture import Posture
from qiwizard.reasoning.outlook import outlook
from qiwizard.reports.as_text import block_lines
from qiwizard.reports.blocks import Asks
from qiwizard.reports.sections import roadmap
from qiwizard.sessions.session import Session
from screens.app import QiWizard
from screens.interview import InterviewScreen
from screens.map import MapScreen

LEFT = ("rule_26f_held", "stay_in_effect", "facts_needed")
"""Facts of the session that are not asked yet."""


def begun() -> Session:
    """A session with some questions left."""
    session = session_on()
    for name in LEFT:
        session = session.clearing(name)
    return session


@settings(max_examples=15)
@given(posture=postures(), day=days())
def test_the_map_names_every_circuit_once_and_every_fact_ahead(posture: Posture, day: date) -> None:
    """Circuits under their outcome; each fact left as a line that asks it."""
    found = outlook(SHIPPED, posture, day)
    blocks = list(roadmap(SHIPPED, found))
    text = " ".join(" ".join(block_lines(blocks)).split())
    for column in found.circuits:
        circuit = SHIPPED.courts.circuits[str(column.forum.circuit)].abbreviation
        assert text.count(f" {circuit} ({column.ruling.strength.word})") >= 1
    asked = {block.refers for block in blocks if isinstance(block.refers, Asks)}
    assert asked == {Asks(fact.fact) for _, facts in found.ahead for fact in facts}


async def to_map(app: QiWizard, pilot: object) -> None:
    """Open the map from the command palette's table."""
    app.action_command("map")
    await press(pilot)  # type: ignore[arg-type]
    await press(pilot)  # type: ignore[arg-type]
    assert isinstance(app.screen, MapScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_the_map_leads_to_its_questions(size: tuple[int, int]) -> None:
    """Enter asks the question at the cursor; Esc leaves the map."""
    app = QiWizard(steady(), begun(), TODAY)
    async with app.run_test(size=size) as pilot:
        await press(pilot)
        await to_map(app, pilot)
        assert "10th Cir." in page_text(app)
        await press(pilot, "end", "enter")
        assert isinstance(app.screen, InterviewScreen)
        assert app.screen.fact in LEFT
        await to_map(app, pilot)
        await press(pilot, "escape")
        assert not isinstance(app.screen, MapScreen)


@pytest.mark.parametrize("size", GOLDEN)
async def test_the_map_looks_as_it_should(size: tuple[int, int]) -> None:
    """Golden frames."""
    app = QiWizard(steady(), begun(), TODAY)
    async with app.run_test(size=size) as pilot:
        await press(pilot)
        await to_map(app, pilot)
        assert "The same facts in each circuit" in shown(app)
        check_frame(app, f"map-{size[0]}x{size[1]}")
