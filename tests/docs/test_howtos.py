"""The how-tos carried out as written, on a copy: the result is what each page says."""

from __future__ import annotations

import re
import shutil
import sys
import tomllib
from pathlib import Path

import pytest
from pages import IN_CHECKOUT, ROOT, commands, fences, put
from terminal import Done, run_piped

from qiwizard.cli import run

if not IN_CHECKOUT:
    pytest.skip("the documents exist only in a checkout", allow_module_level=True)

AUTHORITY, DOCTRINE, ORDER, DRILL, SCREEN = (
    ROOT / "docs" / f"add-{name}.md"
    for name in ("an-authority", "a-doctrine", "an-order", "a-drill", "a-screen")
)
TRIAL = """
from qiwizard.law.shipped import shipped_library
from qiwizard.practice.drills import every_item
items = [item for item in every_item(shipped_library()) if item.drill == "binding"]
assert len(items) > 50
assert {option for item in items for option in item.parts[0].accepted} == {"must", "need_not"}
for item in items:
    assert item.parts[0].lesson.authority.quote
"""

OPEN_COURTS = """
import asyncio
from screens.app import QiWizard
from screens.widgets.page import Page

async def main():
    app = QiWizard()
    async with app.run_test() as pilot:
        app.action_command("courts")
        await pilot.pause()
        await pilot.pause()
        print(app.screen.query_one(Page).text)

asyncio.run(main())
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the program and its data, to be changed."""
    for name in ("qiwizard", "data"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def run_copy(folder: Path, *arguments: str, stdin: str = "") -> str:
    """Run the copy as a user does, without a complaint; what it prints, on one line."""
    done: Done = run_piped(folder, *arguments, stdin=stdin, env={"PYTHONPATH": str(folder)})
    assert (done.status, done.err) == (0, "")
    return " ".join(done.out.split())


def command(page: Path, name: str, number: int = 0) -> list[str]:
    """One of the commands of a page."""
    return [words for words in commands(page) if words[0] == name][number]


def ruling(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """The outcome of a `rule` command of a page, and the text it prints."""
    assert run(words) == 0
    text = " ".join(capsys.readouterr().out.split())
    plain = [word for word in words if word not in ("--format", "text")]
    assert run([*plain, "--format", "toml"]) == 0
    return tomllib.loads(capsys.readouterr().out)["ruling"]["outcome"], text


def test_an_authority_is_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the file the stay is denied; with it granted, with its term and its citation."""
    assert put(AUTHORITY, tmp_path) == ["mine.toml", "case.toml"]
    monkeypatch.chdir(tmp_path)
    outcome, text = ruling(command(AUTHORITY, "rule"), capsys)
    assert outcome == "no_stay"
    assert "premature" in text
    outcome, text = ruling(command(AUTHORITY, "rule", 1), capsys)
    assert outcome == "stay"
    assert "Example v. Example" in text
    assert re.search(r"due by a date certain", text)


def test_later_history_ends_its_force_on_its_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The history of the page, put into the precedent: good law the day before, then not."""
    put(AUTHORITY, tmp_path)
    history = next(f.text for f in fences(AUTHORITY, "toml") if f.text.startswith("history"))
    mine = tmp_path / "mine.toml"
    text = mine.read_text(encoding="utf-8")
    first = "\n  [[precedent.passage]]"
    assert text.count(first) == 1
    mine.write_text(text.replace(first, f"{history}{first}"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    words = [*command(AUTHORITY, "rule", 1), "--as-of"]
    assert ruling([*words, "2026-08-31"], capsys)[0] == "stay"
    assert ruling([*words, "2026-09-01"], capsys)[0] == "no_stay"


@pytest.mark.parametrize("force", ["permits", "supports"])
def test_a_holding_that_does_not_require_decides_nothing_alone(
    force: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each force of the page is accepted, and only `requires` makes the finding one of law."""
    put(AUTHORITY, tmp_path)
    monkeypatch.chdir(tmp_path)
    mine = tmp_path / "mine.toml"
    text = mine.read_text(encoding="utf-8")

    def basis() -> str:
        assert run(["rule", "case.toml", "--precedents", "mine.toml"]) == 0
        found = tomllib.loads(capsys.readouterr().out)["finding"]
        return str(next(f["basis"] for f in found if f["question"] == "protection"))

    assert basis() == "law"
    mine.write_text(text.replace('"requires"', f'"{force}"'), encoding="utf-8")
    assert basis() == "practice"


def test_a_doctrine_is_added(copy: Path) -> None:
    """The new fact is listed, changes the ruling, gives its term, and is named as a change."""
    assert put(DOCTRINE, copy) == [
        "data/doctrines.toml",
        "data/facts.toml",
        "data/circuits/eighth.toml",
        "case.toml",
        "data/doctrines.toml",
    ]
    assert "Is a preliminary-injunction hearing set?" in run_copy(copy, *command(DOCTRINE, "facts"))
    words = [*command(DOCTRINE, "rule"), "--full"]
    answered = run_copy(copy, *words)
    assert "LIMIT DISCOVERY" in answered
    assert "Discovery necessary for the preliminary-injunction hearing proceeds" in answered
    case = copy / "case.toml"
    lines = case.read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "injunction_hearing = true"
    case.write_text("\n".join(lines[:-1]), encoding="utf-8")
    unanswered = run_copy(copy, *words)
    assert "GRANT: STAY ALL DISCOVERY" in unanswered
    assert "injunction hearing" in unanswered


def test_an_order_is_added(copy: Path) -> None:
    """The order is read, replayed without itself, and counted beside a comparable posture."""

    def answered() -> int:
        text = run_copy(copy, "rule", "case.toml", "--format", "toml")
        return int(re.findall(r"\[finding\.practice\] here = \[ \d+, (\d+),", text)[0])

    case = next(fence for fence in fences(ORDER, "toml") if fence.name == "case.toml")
    (copy / "case.toml").write_text(case.text, encoding="utf-8")
    before = answered()
    (copy / "case.toml").unlink()
    put(ORDER, copy)
    assert answered() == before + 1
    assert "Example v. City of Anchorage" in run_copy(copy, *command(ORDER, "precedents"))
    assert "example-v-anchorage-2025: court stay" in run_copy(copy, *command(ORDER, "replay"))
    assert "Example v. City of Anchorage" in run_copy(copy, *command(ORDER, "rule"))


def test_a_drill_is_added(copy: Path) -> None:
    """The new drill is given and graded in plain mode, and every one of its kind can be made."""
    put(DRILL, copy)
    given = run_copy(copy, *command(DRILL, "practice"), stdin="1\n")
    assert "Must this court follow" in given
    assert "Binding or not" in run_copy(copy, "practice", "--count")
    tried = run_piped(copy, env={"PYTHONPATH": str(copy)}, program=(sys.executable, "-c", TRIAL))
    assert (tried.status, tried.err) == (0, "")


def test_a_docket_is_divided_among_dask_workers(tmp_path: Path) -> None:
    """The script of the page gives what `--batch` gives, on a cluster of this machine."""
    page = ROOT / "docs" / "commands.md"
    assert put(page, tmp_path, "json", "python") == ["cases.ndjson", "docket.py"]
    docket = tmp_path / "docket"
    docket.mkdir()
    good = (tmp_path / "cases.ndjson").read_text(encoding="utf-8")
    (docket / "first.ndjson").write_text(good + "\n" + "no posture\n" + good, encoding="utf-8")
    (docket / "second.ndjson").write_text(good, encoding="utf-8")
    done = run_piped(tmp_path, "docket.py", program=(sys.executable,))
    assert done.status == 0, done.err
    for file in docket.iterdir():
        batch = run_piped(tmp_path, "rule", "--batch", str(file))
        assert len(batch.out.splitlines()) >= 2
        assert (tmp_path / "rulings" / file.name).read_text(encoding="utf-8") == batch.out


@pytest.fixture
def extended(copy: Path) -> tuple[Path, list[str]]:
    """A copy changed as the page on extending the code says, and the files changed, in order."""
    shutil.copytree(ROOT / "screens", copy / "screens")
    return copy, put(SCREEN, copy)


def test_a_screen_is_a_module_and_two_rows(extended: tuple[Path, list[str]]) -> None:
    """It opens by the name of its command, and knows the library."""
    folder, changed = extended
    assert changed[:3] == ["screens/courts.py", "qiwizard/command_table.py", "screens/app.py"]
    paths = {"PYTHONPATH": str(folder)}
    done = run_piped(folder, "-c", OPEN_COURTS, program=(sys.executable,), env=paths)
    assert done.status == 0, done.err
    assert re.search(r"^D\. Kan\.: \d+$", done.out, re.MULTILINE)


def test_a_key_of_a_holding_is_three_files_and_a_sentence_one(
    extended: tuple[Path, list[str]],
) -> None:
    """A holding marked as dictum is cited as such, and the order ends with the new sentence."""
    folder, changed = extended
    package = ("law/precedent", "law/reading_precedents", "reports/authority")
    assert changed[3:] == [*(f"qiwizard/{name}.py" for name in package), "data/reports.toml"]
    put(AUTHORITY, folder)
    mine = (folder / "mine.toml").read_text(encoding="utf-8")
    marked = mine.replace('force = "requires"', 'force = "requires"\n    dictum = true', 1)
    (folder / "mine.toml").write_text(marked, encoding="utf-8")
    words = ("case.toml", "--precedents", "mine.toml", "--format")
    assert "(dictum)" in run_copy(folder, "rule", *words, "text", "--full")
    assert "Draft generated by qiwizard." in run_copy(folder, "rule", *words, "order")
