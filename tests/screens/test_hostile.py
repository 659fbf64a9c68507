"""Text from a stranger, wherever it may be shown: it stays text, and controls are visible."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from frames import NOW, TODAY, five_opinions, frame, press, shown
from terminal import run_piped

from qiwizard.keeping.keeper import Keeper, unfinished
from qiwizard.sessions.session import Matter, Session
from screens.app import QiWizard
from screens.summary import SummaryScreen

NASTY = "[T]he [/] [red]x[/red] [$y] \x1b]0;owned\x07 \x9b31m \u202erof \\"
SEEN = "[T]he [/] [red]x[/red] [$y] <U+001B>]0;owned<U+0007> <U+009B>31m <U+202E>rof \\"


def hostile() -> Session:
    """A session with such a text in every place where one may stand."""
    library = five_opinions()
    session = Session.new(TODAY, NOW).naming(Matter(NASTY, NASTY, NASTY))
    answers = (("court", "D.N.M."), ("request", "stay"), ("motion", "pending"))
    for name, value in answers:
        session = session.answering(library, name, value).sourcing(name, NASTY)
    return session


def assert_harmless(text: str) -> None:
    """No control and no bidirectional character but the ends of lines."""
    raw = {c for c in text if unicodedata.category(c) == "Cc" or c in "\u202e\u2066"}
    assert raw <= {"\n"}


async def test_it_stays_text_on_every_screen(tmp_path: Path) -> None:
    """Home with an unfinished session, its dialogs, interview, notes, review, summary, export."""
    library = five_opinions()
    before = Keeper(tmp_path, library, f"/{NASTY}.toml")
    before.save(hostile())
    before.leave()
    app = QiWizard(library, None, TODAY, Keeper(tmp_path, library))
    async with app.run_test(size=(200, 50), notifications=True, tooltips=True) as pilot:

        async def seen(*keys: str) -> str:
            await press(pilot, *keys)
            assert_harmless(frame(app))
            return shown(app)

        assert f"Resume: {SEEN}" in await seen()
        assert "[T]he" in await seen("x")
        await seen("escape", "enter")
        assert "different library" in shown(app)
        assert SEEN in await seen("1", "enter")
        assert app.session.matter.caption == NASTY
        await seen("c")
        assert SEEN in await seen("escape", "r")
        await seen("t")
        assert SEEN in await seen("escape", "s")
        assert isinstance(app.screen, SummaryScreen)
        await seen("e")
        app.notify(NASTY, markup=False)
        app.show_help()
        await seen()


def test_it_stays_text_line_by_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of unfinished sessions, the review and what is noted."""
    monkeypatch.setenv("QIWIZARD_STATE_DIR", str(tmp_path))
    keeper = Keeper(tmp_path / "sessions", five_opinions())
    keeper.save(hostile())
    keeper.leave()
    done = run_piped(tmp_path, "--plain", stdin="resume 1\nr\ns\nq\n")
    assert_harmless(done.out + done.err)
    assert SEEN in " ".join(done.out.split())
    assert [kept.title for kept in unfinished(tmp_path / "sessions")] == [NASTY]


def test_a_fault_log_is_one_line_a_place(tmp_path: Path) -> None:
    """Not even a function of a hostile name brings anything but text into the log."""
    from qiwizard.fault import log_fault

    spoilt = "def f(): raise ValueError('Doe v. Roe')\nf()"
    try:
        exec(compile(spoilt, f"/tmp/{NASTY}.py", "exec"), {})
    except ValueError as error:
        path = log_fault(error, tmp_path)
    assert path is not None
    text = path.read_text(encoding="utf-8")
    assert_harmless(text)
    assert "Doe" not in text
