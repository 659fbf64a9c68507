"""README and docs are true: commands, options, keys, files and examples."""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import shlex
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from pages import IN_CHECKOUT, PAGES, ROOT, commands, fences, in_ticks, prose, put
from postures import SHIPPED, TODAY
from terminal import run_piped

from qiwizard.cli import command_line, run
from qiwizard.config import read_config
from qiwizard.errors import UserError
from qiwizard.sessions.session_file import read_session
from screens.app import QiWizard
from screens.help import key_name
from screens.running.keymap import every_binding

if not IN_CHECKOUT:
    pytest.skip("the documents exist only in a checkout", allow_module_level=True)

README, COMMANDS = ROOT / "README.md", ROOT / "docs" / "commands.md"
IDS = {page: page.relative_to(ROOT).as_posix() for page in PAGES}
SLOW = {"check", "replay"}
"""Commands of many seconds: that they can be typed is tested here, what they do elsewhere."""
MOST_LINES, WIDTH = 15, 80
"""Of the card, with the line that names the date of the law."""
SCHEMA = r"qiwizard/[\w-]+/\d"
"""What a file says of its own form, which looks like a path."""
ANSWERS = "1\n" * 200
EITHER = pytest.mark.parametrize("page", PAGES, ids=IDS.get)


def parsers() -> Mapping[str, argparse.ArgumentParser]:
    """The parser of each command; the main one under the empty name."""
    main = command_line()
    [below] = [a for a in main._actions if isinstance(a, argparse._SubParsersAction)]
    return {"": main, **below.choices}


PARSERS = parsers()


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    """The long options of a parser."""
    return {name for name in parser._option_string_actions if name.startswith("--")}


OPTIONS = {command: options_of(parser) for command, parser in PARSERS.items()}


def _named(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text))


def synopses(page: Path) -> Iterator[tuple[str, str]]:
    """Each line of the overviews of a page, with the command to which it belongs."""
    for fence in fences(page, ""):
        command = None
        for line in fence.text.splitlines():
            if start := re.match(r"qiwizard ?(\w*)", line):
                command = start[1]
            elif not line.startswith("   "):
                command = None
            if command is not None:
                yield command, line


@EITHER
def test_every_command_shown_can_be_typed(page: Path) -> None:
    """The parser takes each command of the shell fences, with all its options."""
    for words in commands(page):
        try:
            PARSERS[""].parse_args(words)
        except UserError as error:
            pytest.fail(f"qiwizard {shlex.join(words)}: {error}")


@EITHER
def test_every_option_named_exists(page: Path) -> None:
    """In overviews and within commands: an option of that command; alone: of some command."""
    for command, line in synopses(page):
        assert command in OPTIONS, line
        assert _named(line) <= OPTIONS[command], line
    for words in in_ticks(prose(page)):
        if words.startswith("qiwizard "):
            command = next((w for w in words.split()[1:] if w in OPTIONS), "")
            assert _named(words) <= OPTIONS[command], words
        elif words.startswith("--"):
            assert _named(words) <= set().union(*OPTIONS.values()), words


def test_every_command_and_option_is_on_the_page_of_commands() -> None:
    """Nothing that can be typed is left out."""
    page = COMMANDS.read_text(encoding="utf-8")
    for command in filter(None, PARSERS):
        assert f"qiwizard {command}" in page
    wanted = set().union(*OPTIONS.values()) - {"--help", "--version", "--orders"}
    assert wanted <= _named(page)


@pytest.mark.parametrize("page", [README, COMMANDS], ids=IDS.get)
def test_every_command_shown_runs(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In an empty folder with the files that the page itself names, one after the other."""
    put(page, tmp_path, "toml", "json")
    monkeypatch.chdir(tmp_path)
    ran = 0
    for words in commands(page):
        if words[0] in SLOW:
            continue
        ran += 1
        if "--set" in words:
            done = run_piped(tmp_path, *words, "--plain", stdin=ANSWERS)
            assert (done.status, done.err) == (0, ""), words
            continue
        assert run(words) == 0, words
        said = capsys.readouterr()
        assert not said.err or said.err.startswith("Written: "), words
        assert said.out or "--output" in words, words
    assert ran


def test_the_card_shown_is_a_card_of_this_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same frame and labels, and no more lines than a card has; the law in it may move on."""
    put(README, tmp_path, "toml")
    monkeypatch.chdir(tmp_path)
    example = next(f.text for f in fences(README, "text") if f.text.startswith("$ "))
    command, _, shown = example.partition("\n")
    assert run(shlex.split(command)[2:]) == 0
    printed = capsys.readouterr().out.partition("\n\n")[0]
    assert shown.splitlines()[0] == printed.splitlines()[0]
    assert card_labels(shown)[:3] == card_labels(printed)[:3]
    assert len(shown.splitlines()) <= MOST_LINES
    assert max(map(len, shown.splitlines())) <= WIDTH


def card_labels(card: str) -> list[str]:
    """The words at the left edge of the lines below the frame."""
    return re.findall(r"^ ([A-Z][a-z]+)", card, re.MULTILINE)


def test_two_days_of_the_readme_differ(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The comparison shown is one that has something to show."""
    put(README, tmp_path, "toml")
    monkeypatch.chdir(tmp_path)
    [words] = [words for words in commands(README) if words[0] == "compare"]
    assert run([*words, "--format", "json"]) == 0
    columns = json.loads(capsys.readouterr().out)["forum"]
    first, second = (column["outcome"] for column in columns)
    assert first != second


def test_the_script_shown_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """The example in Python prints as many kinds of lines as the page shows below it."""
    [script] = fences(README, "python")
    exec(compile(script.text, "README.md", "exec"), {})
    first, *lines = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"[a-z_]+ (settled|leaning|contested)", first)
    assert any(line.startswith("- ") for line in lines)
    assert any(re.fullmatch(r"  \d+ of \d+ orders in the district", line) for line in lines)
    assert " if " in lines[-1]


def test_the_record_names_the_command_that_prints_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The lines shown have the form of those printed; the figures themselves may move on."""
    section = README.read_text(encoding="utf-8").partition("\n## The record\n")[2]
    shown = section.partition("```text\n")[2].partition("\n```")[0]
    assert "`qiwizard replay --all`" in section.partition("```text")[0]
    assert run(["replay", "--all"]) == 0
    printed = {shape(line) for line in capsys.readouterr().out.splitlines()}
    for line in shown.splitlines():
        assert shape(line) in printed, line


def shape(line: str) -> str:
    """A printed line with its figures left out."""
    return " ".join(re.sub(r"[\d.]+", "#", line).split())


def test_the_settings_shown_are_accepted(tmp_path: Path) -> None:
    """The example of a settings file, by the program that would read it."""
    put(COMMANDS, tmp_path, "toml")
    config = read_config(tmp_path / "config.toml")
    app = QiWizard(SHIPPED, None, TODAY, config=config, settings=tmp_path / "config.toml")
    assert app.theme == config.theme
    assert app.keys_wanted == dict(config.keys)


@EITHER
def test_every_posture_shown_is_accepted(page: Path, tmp_path: Path) -> None:
    """Each TOML example is TOML, and each posture has facts and values that there are."""
    for number, fence in enumerate(fences(page, "toml")):
        path = tmp_path / f"{number}.toml"
        path.write_text(fence.text, encoding="utf-8")
        if "[posture]" in fence.text and "injunction_hearing" not in fence.text:
            assert read_session(path, SHIPPED, TODAY).posture.known


@EITHER
def test_every_toml_example_is_told_its_file(page: Path) -> None:
    """An example that a reader is to put into a file says into which; the others are parts."""
    for fence in fences(page, "toml"):
        assert fence.name or fence.text.startswith("history = ["), fence.text[:40]


def keys() -> set[str]:
    """Every key that does something, as a keyboard prints it."""
    bound = [binding for group in every_binding().values() for binding in group]
    named = {key_name(key) for binding in bound for key in binding.key.split(",")}
    return named | {key_name(QiWizard.COMMAND_PALETTE_BINDING)}


@EITHER
def test_every_key_named_is_bound(page: Path) -> None:
    """Function keys, keys with a modifier, single letters and signs in backticks."""
    shown = {words for words in in_ticks(prose(page)) if re.fullmatch(r"F\d+|Ctrl\+.|\w|\?", words)}
    assert shown <= keys()


@EITHER
def test_every_file_named_is_there(page: Path) -> None:
    """Links, pictures, and paths in backticks."""
    text = page.read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#\s]+)", text):
        if "://" not in link:
            assert (page.parent / link).exists(), link
    for words in in_ticks(prose(page)):
        path = re.fullmatch(r"(?:\.ci|bench|data|docs|qiwizard|screens|tests)/[\w./-]*", words)
        if path and not re.fullmatch(SCHEMA, words):
            assert (ROOT / path[0]).exists(), words


@EITHER
def test_every_test_file_named_in_a_command_is_there(page: Path) -> None:
    """Those of `python -m pytest` and of scripts."""
    for fence in fences(page, "sh"):
        for path in re.findall(r"\b(?:tests|docs|bench)/[\w./-]+", fence.text):
            assert (ROOT / path).exists(), path


@EITHER
def test_every_variable_named_is_read(page: Path) -> None:
    """Environment variables of our own that a page names are in the code."""
    sources = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("qiwizard", "screens", "tests")
        for path in (ROOT / folder).rglob("*.py")
    )
    for name in set(re.findall(r"\bQIWIZARD_\w+", page.read_text(encoding="utf-8"))):
        assert f'"{name}"' in sources, name


def test_public_names_in_the_readme_exist() -> None:
    """What the example uses is what the package offers."""
    import qiwizard

    [script] = fences(README, "python")
    used = set(re.findall(r"qiwizard\.(\w+)", script.text))
    assert used
    assert used <= set(qiwizard.__all__)


async def test_the_pictures_can_be_drawn_again(tmp_path: Path) -> None:
    """`docs/pictures.py` draws what the README shows, with the program as it is."""
    spec = importlib.util.spec_from_file_location("pictures", ROOT / "docs" / "pictures.py")
    assert spec is not None
    assert spec.loader is not None
    pictures = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = pictures
    spec.loader.exec_module(pictures)
    names = {picture.name for picture in pictures.PICTURES}
    assert names == {path.stem for path in pictures.FOLDER.glob("*.svg")}
    shown = re.findall(r"docs/pictures/(\w+)\.svg", README.read_text(encoding="utf-8"))
    assert set(shown) == names
    [drawn] = await pictures.draw([p for p in pictures.PICTURES if p.name == "compare"], tmp_path)
    assert "Cir." in drawn.read_text(encoding="utf-8")


def test_the_two_commands_of_the_readme_are_where_they_are_looked_for() -> None:
    """One command under each of two headings, each in a fence of its own."""
    text = README.read_text(encoding="utf-8")
    for heading, ends in (("## Run it", "/bin/qiwizard"), ("## Test it", "pytest -q -n auto")):
        section = text.partition(f"\n{heading}\n")[2].partition("\n## ")[0]
        [command] = re.findall(r"```sh\n(.*?)\n```", section, re.DOTALL)
        assert "\n" not in command
        assert command.startswith("python3 -m venv .venv && .venv/bin/pip install -q ")
        assert command.endswith(ends)
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_contributors_are_given_the_same_command_and_all_files_with_frames() -> None:
    """The test command is that of the README; whoever updates the frames misses none."""
    [command] = [f.text for f in fences(README, "sh") if "pytest" in f.text]
    contributing = ROOT / "CONTRIBUTING.md"
    assert command in [f.text for f in fences(contributing, "sh")]
    [update] = [
        w for w in in_ticks(prose(contributing)) if w.startswith("QIWIZARD_UPDATE_FRAMES=1")
    ]
    named = [ROOT / word for word in update.split() if word.startswith("tests/")]
    calling = re.compile(r"^ +check_frame\(", re.MULTILINE)
    for path in (ROOT / "tests").rglob("test_*.py"):
        if calling.search(path.read_text(encoding="utf-8")):
            assert any(path == name or name in path.parents for name in named), path
