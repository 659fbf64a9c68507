"""How much work is done, counted and not timed: what is loaded, weighed, mounted and written."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from postures import SHIPPED, TODAY
from terminal import PROGRAM, Type, Wait, run_in_terminal, run_piped
from textual.content import Content
from textual.widget import Widget

from qiwizard.law.condition import Condition
from qiwizard.law.forum import Law
from qiwizard.law.posture import Posture
from qiwizard.reasoning import ruling as ruling_module
from qiwizard.reasoning.changes import changes
from qiwizard.reasoning.interview import agenda, stakes
from qiwizard.reasoning.prospect import Prospect, Prospects
from qiwizard.reasoning.ruling import rule
from qiwizard.sessions.session import Session
from qiwizard.sessions.steps import shift, steps
from screens.app import QiWizard
from screens.interview import InterviewScreen
from screens.widgets.page import Block, Page

CASE = """
[posture]
circuit = "tenth"
court = "D.N.M."
qi_asserted = true
motion = "pending"
"""
KNOWN = Posture.of({"circuit": "tenth", "court": "D.N.M.", "qi_asserted": True})
CELLS = 80 * 24


def loaded_by(folder: Path, *arguments: str) -> set[str]:
    """The modules that the program has loaded by its end."""
    script = (
        "import sys\n"
        "from qiwizard.cli import run\n"
        f"run({list(arguments)!r})\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    return set(run_piped(folder, program=(sys.executable, "-c", script)).err.split())


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_ask_neither_the_package_nor_the_file_system(
    tmp_path: Path, option: str
) -> None:
    """What they print is at hand: no metadata, no paths, no law."""
    loaded = loaded_by(tmp_path, option)
    assert "argparse" in loaded
    assert not loaded & {"importlib.metadata", "pathlib", "dataclasses", "difflib", "tomli"}


def test_rule_loads_no_screen_and_nothing_of_practice(tmp_path: Path) -> None:
    """A ruling from the command line waits for nothing that only a person at a screen needs."""
    (tmp_path / "case.toml").write_text(CASE)
    loaded = loaded_by(tmp_path, "rule", "case.toml")
    assert "qiwizard.reasoning.ruling" in loaded
    assert not loaded & {"textual", "rich", "screens", "asyncio"}
    practice = {name for name in loaded if name.startswith("qiwizard.practice.")}
    assert practice <= {"qiwizard.practice.options"}


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """How often the index was asked, single conditions were, and questions were weighed."""
    counts: Counter[str] = Counter()

    def count(where: object, name: str) -> None:
        plain = getattr(where, name)

        def counting(*arguments: object) -> object:
            counts[name] += 1
            return plain(*arguments)

        monkeypatch.setattr(where, name, counting)

    count(Law, "speaking")
    count(Condition, "met")
    count(ruling_module, "weigh")
    count(ruling_module, "prevailing")
    remembered = ruling_module._weighed, ruling_module._prevailing, ruling_module._outcome
    for cache in remembered:
        cache.cache_clear()
    yield counts
    for cache in remembered:
        cache.cache_clear()


def test_a_ruling_asks_the_index_once_and_few_holdings(counted: Counter[str]) -> None:
    """However many holdings there are, only exceptions of several facts are asked one by one."""
    rule(SHIPPED, KNOWN, TODAY)
    assert counted["speaking"] == 1
    assert counted["met"] < len(SHIPPED.holdings) / 10
    assert 0 < counted["weigh"] <= len(SHIPPED.questions)


def test_the_same_holdings_are_weighed_once(counted: Counter[str]) -> None:
    """A second ruling on the posture, or on one to which the same holdings speak, weighs none."""
    rule(SHIPPED, KNOWN, TODAY)
    weighed = counted["weigh"]
    rule(SHIPPED, KNOWN, TODAY)
    assert counted["weigh"] == weighed


def test_flips_share_what_prevails(counted: Counter[str]) -> None:
    """Hundreds of postures are tried; most find the answers known, few are weighed in full."""
    given = len(changes(SHIPPED, KNOWN, TODAY))
    tried = counted["speaking"]
    assert tried > 200
    assert counted["prevailing"] < tried
    assert counted["weigh"] <= given * len(SHIPPED.questions)


def test_what_is_left_is_worked_out_once_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Agenda, steps, what moved and what is at stake ask for the same; it is found once."""
    given: list[Posture] = []
    plain = Prospects.given

    def counting_given(prospects: Prospects, posture: Posture) -> Prospect:
        given.append(posture)
        return plain(prospects, posture)

    monkeypatch.setattr(Prospects, "given", counting_given)
    before = Session.new(TODAY)
    for name, value in KNOWN.known.items():
        before = before.answering(SHIPPED, name, value)
    after = before.answering(SHIPPED, "opposed", True)
    for session in (before, after):
        left = agenda(SHIPPED, session.posture, TODAY)
        steps(SHIPPED, session)
        shift(SHIPPED, before, session)
        assert left.next is not None
        stakes(SHIPPED, session.posture, left.next, TODAY)
    assert len(given) <= 2


@pytest.mark.parametrize("keys", [("down", "down", "up"), ("1", "1", "escape")])
async def test_arrows_and_answers_mount_nothing(
    keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Moving through the choices and going on to the next question leave every widget."""
    app = QiWizard(SHIPPED, Session.new(TODAY), TODAY)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("1", "1", "1", "1")  # past the long lists, whose scroll bar comes once
        await pilot.pause()
        assert isinstance(app.screen, InterviewScreen)
        mounted: list[Widget] = []
        before = set(app.screen.walk_children())
        monkeypatch.setattr(
            Widget, "_on_mount", lambda self, _event: mounted.append(self), raising=True
        )
        await pilot.press(*keys)
        assert mounted == []
        assert set(app.screen.walk_children()) == before


async def test_a_layout_finds_the_height_that_was_expected() -> None:
    """The scroll bar is painted with the text, and not once more after the layout."""
    app = QiWizard(SHIPPED, Session.new(TODAY), TODAY)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("1", "1", "0", "1")
        page = app.screen.query_one("#authority", Page)
        for rows in (3, 200, 1, 60):
            page.show([Block(Content("word"))] * rows)
            expected = page.virtual_size.height
            assert page.vertical_scrollbar.window_virtual_size == expected
            await pilot.pause()
            assert page.virtual_size.height == expected == max(rows, page.container_size.height)
            page.scroll_end(animate=False, immediate=True)


@pytest.mark.skipif(sys.platform == "win32", reason="these terminals are Unix")
def test_an_arrow_key_writes_less_than_a_screen(tmp_path: Path) -> None:
    """Only the lines that change are sent to the terminal, not a frame for each key."""
    few, many = 8, 40

    def written(arrows: int) -> int:
        keys = "\x1b[B\x1b[A" * (arrows // 2)
        steps = (Wait("New session"), Type("1"), Wait("First Circuit"), Type(keys + "\x11"))
        return len(run_in_terminal([*PROGRAM], steps, folder=tmp_path).output)

    assert written(many) - written(few) < (many - few) * CELLS
