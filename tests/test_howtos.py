"""The how-tos done as they say, on a copy: what they promise is what comes out."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from pages import IN_CHECKOUT, ROOT, commands, fences, put
from qiwizard.checking.library_file import library_with
from terminal import Done, run_piped

from qiwizard.cli import run
from qiwizard.law.shipped import shipped_library
from qiwizard.reasoning.ruling import Ruling, rule
from qiwizard.sessions.session_file import read_session

if not IN_CHECKOUT:
    pytest.skip("the documents stand in a checkout only", allow_module_level=True)

AUTHORITY, DOCTRINE, DRILL = (
    ROOT / "docs" / f"add-{name}.md" for name in ("an-authority", "a-doctrine", "a-drill")
)
TRIAL = """
from qiwizard.law.shipped import shipped_library
from qiwizard.practice.drills import DRILLS, catalogue, every_item
library = shipped_library()
own = [make for make in DRILLS.values() if make.id == "binding"][0]
items = [own.make(library, seed.id.partition("/")[2]) for seed in own.seeds(library)]
assert len(items) > 50
assert {option for item in items for option in item.parts[0].accepted} == {"must", "need_not"}
for item in items:
    for option in item.parts[0].options:
        assert all(point.text and point.cites for point in option.why)
"""


def copied(folder: Path) -> Path:
    """A copy of the program and its data, to be changed."""
    for name in ("qiwizard", "data"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def run_copy(folder: Path, *arguments: str, stdin: str = "") -> Done:
    """Run the copy as a user does."""
    return run_piped(folder, *arguments, stdin=stdin, env={"PYTHONPATH": str(folder)})


def ruled(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What a command prints."""
    assert run(words) == 0
    return capsys.readouterr().out


def test_an_authority_is_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the file the one outcome, with it the other, with its term and its citation."""
    assert put(AUTHORITY, tmp_path) == ["mine.toml", "case.toml"]
    monkeypatch.chdir(tmp_path)
    without, with_it, *_ = [words for words in commands(AUTHORITY) if words[0] == "rule"]
    assert "\nNO STAY, " in ruled(without, capsys)
    shown = ruled(with_it, capsys)
    assert "\nSTAY, " in shown
    assert "Example v. Example" in shown
    assert "to be filed by a date" in " ".join(shown.split())


def test_later_history_ends_its_force_from_its_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The history of the page, put into the precedent: before its day it is good law, then not."""
    put(AUTHORITY, tmp_path)
    history = next(f.text for f in fences(AUTHORITY, "toml") if f.text.startswith("history"))
    mine = tmp_path / "mine.toml"
    text = mine.read_text(encoding="utf-8")
    mine.write_text(
        text.replace("\n  [[precedent.holding]]", f"{history}\n  [[precedent.holding]]")
    )
    monkeypatch.chdir(tmp_path)
    words = ["rule", "case.toml", "--format", "text", "--precedents", "mine.toml", "--as-of"]
    assert "\nSTAY, " in ruled([*words, "2026-08-31"], capsys)
    assert "\nNO STAY, " in ruled([*words, "2026-09-01"], capsys)


def test_the_three_keys_that_hold_back_are_there(tmp_path: Path) -> None:
    """Each is accepted in a holding and weakens the ruling, or leaves it to others."""
    put(AUTHORITY, tmp_path)
    mine, case = tmp_path / "mine.toml", tmp_path / "case.toml"
    text = mine.read_text(encoding="utf-8")

    def ruling() -> Ruling:
        library = library_with(mine, shipped_library().about.checked)
        session = read_session(case, library, shipped_library().about.checked)
        return rule(library, session.posture, session.as_of)

    plain = ruling()
    for key in ("discretion = true", "capped = true"):
        mine.write_text(f"{text}\n{key}\n", encoding="utf-8")
        assert ruling().strength <= plain.strength
    quote = next(line for line in text.splitlines() if line.strip().startswith("quote ="))
    mine.write_text(text.replace(quote, '  quote = ""\n  supports_only = true'), encoding="utf-8")
    assert ruling().outcome == "no_stay"
    mine.write_text(f"{text}\nuniform = true\n", encoding="utf-8")
    assert ruling().strength >= plain.strength


def test_a_doctrine_is_added(tmp_path: Path) -> None:
    """The new step is asked, turns the ruling, gives its term, and is named as a way to turn it."""
    copied(tmp_path)
    assert put(DOCTRINE, tmp_path)[:3] == [
        f"data/{name}.toml" for name in ("doctrines", "facts", "precedents")
    ]
    words = next(words for words in commands(DOCTRINE) if words[0] == "rule")
    answered = run_copy(tmp_path, *words)
    assert (answered.status, answered.err) == (0, "")
    assert "\nLIMITED DISCOVERY, " in answered.out
    assert "* Discovery needed for the hearing goes ahead at once." in answered.out
    case = tmp_path / "case.toml"
    lines = case.read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "injunction_hearing = true"
    case.write_text("\n".join(lines[:-1]), encoding="utf-8")
    unanswered = " ".join(run_copy(tmp_path, *words).out.split())
    assert "law as of" in unanswered
    assert " STAY, " in unanswered
    assert "Limited discovery (leaning) if hearing on an injunction set were “Yes”" in unanswered


def test_a_drill_is_added(tmp_path: Path) -> None:
    """The new drill is posed and argued in line mode, and each one of its kind can be answered."""
    copied(tmp_path)
    put(DRILL, tmp_path)
    words = next(words for words in commands(DRILL) if words[0] == "practice")
    done = run_copy(tmp_path, *words, stdin="1\n")
    assert (done.status, done.err) == (0, "")
    assert "Drill 1 of 1. Binding or not." in done.out
    assert "Must this court follow" in done.out
    assert "The round is done:" in done.out
    tried = run_piped(
        tmp_path, env={"PYTHONPATH": str(tmp_path)}, program=(sys.executable, "-c", TRIAL)
    )
    assert (tried.status, tried.err) == (0, "")
