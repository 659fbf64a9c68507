"""The settings: read with one line a mistake, applied, and the chosen theme remembered."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from pathlib import Path

import pytest
from frames import five_opinions, press, shown
from interviews import PENDING, begun
from terminal import PROGRAM, Done, Ended, Type, Wait, run_in_terminal, run_piped

from qiwizard.config import Config, read_config, remember_theme
from qiwizard.errors import UserError
from screens.app import QiWizard
from screens.running.keymap import every_binding, keymap_of

unix = pytest.mark.skipif(sys.platform == "win32", reason="these terminals are Unix")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the settings; it does not exist yet."""
    monkeypatch.setenv("QIWIZARD_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("QIWIZARD_STATE_DIR", str(tmp_path / "state"))
    return tmp_path / "config" / "config.toml"


def written(path: Path, text: str) -> Path:
    """The file with a text in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_everything_is_as_usual(settings: Path) -> None:
    """No file, no settings, and none is made by looking."""
    assert read_config(settings) == Config()
    assert not settings.parent.exists()


def test_settings_are_read(settings: Path) -> None:
    """Every setting has its place."""
    text = 'theme = "nord"\nanimation = "full"\nmouse = false\nplain = true\nkeep = false\n'
    config = read_config(written(settings, text + '[keys]\n"app.help" = "f5"\n'))
    assert (config.theme, config.animation) == ("nord", "full")
    assert (config.mouse, config.plain, config.keep) == (False, True, False)
    assert config.keys == {"app.help": "f5"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("thme = 'nord'", "thme: no such setting; did you mean theme? permitted: theme,"),
        ("theme = 1", "theme: 1; permitted: the name of a theme"),
        ("animation = 'some'", "animation: 'some'; permitted: none, basic, full"),
        ("mouse = 1", "mouse: 1; permitted: true, false"),
        ("keys = 'x'", "keys: 'x'; permitted: a table"),
        ("[keys]\n'app.help' = 1", "keys.app.help: 1; permitted: keys as text"),
        ("[keys]\n'app.help' = ''", "keys.app.help: ''; permitted: keys as text"),
        ("theme = ", "not readable as TOML"),
        ("x = " + "[" * 5000, "not readable as TOML"),
        ("theme = '\u202e\x1b'", "not readable as TOML"),
    ],
)
def test_each_mistake_is_one_line(text: str, told: str, settings: Path) -> None:
    """The line names file, setting and what is permitted."""
    with pytest.raises(UserError) as caught:
        read_config(written(settings, text))
    assert len(caught.value.messages) == 1
    assert caught.value.messages[0].startswith(f"{settings}: {told}")
    assert not set("\x1b\u202e\n") & set(str(caught.value))


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"interview.wy": "w"}, "no such binding; did you mean interview.why?"),
        ({"interview.why": "ctrl+"}, "'ctrl+' is not a key"),
        ({"interview.why": "f1,,w"}, "'' is not a key"),
        ({"interview.why": "sideways"}, "'sideways' is not a key"),
        ({"interview.why": "hypr+w"}, "'hypr+w' is not a key"),
        ({"interview.why": "r"}, "r does interview.review already"),
        ({"interview.why": "v", "interview.note": "v"}, "v does interview.note already"),
    ],
)
def test_keys_that_cannot_be_are_told(keys: dict[str, str], told: str) -> None:
    """Unknown bindings, unknown keys, and one key for two things in the same place."""
    with pytest.raises(UserError) as caught:
        keymap_of(keys, "config.toml")
    assert told in str(caught.value)
    assert all(line.startswith("config.toml: keys.") for line in caught.value.messages)


def test_every_binding_can_be_named() -> None:
    """All bindings of ours have an id that says where and what; no id means two things."""
    known = every_binding()
    assert {"app.quit", "interview.back", "choices.digit-1", "confirm.stay"} <= known.keys()
    for id_, bindings in known.items():
        assert len({binding.action for binding in bindings}) == 1, id_


def test_keys_as_they_stand_are_accepted() -> None:
    """What `qiwizard config` prints can be put into the file as it is."""
    keys = {id_: ",".join(dict.fromkeys(b.key for b in bs)) for id_, bs in every_binding().items()}
    assert keymap_of(keys, "config.toml")


async def test_a_key_of_ones_own() -> None:
    """It works in place of the usual one, the footer shows it, and so does the manual."""
    config = Config(keys={"interview.review": "v", "interview.summary": "r", "app.help": "@"})
    app = QiWizard(five_opinions(), begun(*PENDING), config=config)
    async with app.run_test(size=(140, 40)) as pilot:
        app.show_interview()
        await pilot.pause()
        assert "v Review" in shown(app)
        await press(pilot, "r")
        assert type(app.screen).__name__ == "SummaryScreen"
        await press(pilot, "escape", "v")
        assert type(app.screen).__name__ == "ReviewScreen"
        await press(pilot, "@")
        assert type(app.screen).__name__ == "HelpScreen"


async def test_a_chosen_theme_is_remembered(settings: Path) -> None:
    """Choosing a theme writes it into the file and leaves the rest of the file alone."""
    written(settings, '# mine\nmouse = false\n\n[keys]\n"app.help" = "f5"\n')
    app = QiWizard(five_opinions(), config=read_config(settings), settings=settings)
    async with app.run_test() as pilot:
        app.theme = "high-contrast"
        await pilot.pause()
    text = settings.read_text(encoding="utf-8")
    assert "# mine\nmouse = false\n" in text
    assert read_config(settings) == Config(
        theme="high-contrast", mouse=False, keys={"app.help": "f5"}
    )
    again = QiWizard(five_opinions(), config=read_config(settings), settings=settings)
    assert again.theme == "high-contrast"


@pytest.mark.parametrize(
    "text",
    ["", "[keys]\n", 'theme = "nord"\n', "# theme = 1\n", '[keys]\ntheme = "x"\n', "\n[keys]"],
)
def test_remembering_a_theme_keeps_the_file_readable(text: str, settings: Path) -> None:
    """Whatever stands there, afterwards it is TOML with that theme."""
    remember_theme(written(settings, text), "gruvbox")
    assert tomllib.loads(settings.read_text(encoding="utf-8"))["theme"] == "gruvbox"


def test_a_file_that_cannot_be_changed_is_left(settings: Path) -> None:
    """A file that is no TOML is not made worse; the sentence says what to write."""
    written(settings, "theme = [\n1]\n")
    with pytest.raises(UserError, match="write theme = "):
        remember_theme(settings, "nord")
    assert settings.read_text() == "theme = [\n1]\n"


def test_settings_are_printed_and_can_be_read_back(settings: Path, tmp_path: Path) -> None:
    """`qiwizard config` prints a whole file; put in place, it is accepted as it is."""
    done = run_piped(tmp_path, "config")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"# {settings} (no such file")
    written(settings, done.out)
    again = run_piped(tmp_path, "config")
    assert (again.status, again.err) == (0, "")
    assert again.out.splitlines()[1:] == done.out.splitlines()[1:]


@unix
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('theme = "nordd"', "theme: 'nordd'; did you mean nord?"),
        ('[keys]\n"app.hlp" = "x"', "keys.app.hlp: no such binding"),
        ("mouse = 3", "mouse: 3; permitted"),
    ],
)
def test_mistakes_are_told_before_the_screen_is_taken(
    text: str, told: str, settings: Path, tmp_path: Path
) -> None:
    """One line on the ordinary screen, exit 2."""
    written(settings, text)
    ended = run_in_terminal(PROGRAM, (), folder=tmp_path)
    assert ended.status == 2
    assert told in " ".join(ended.output.split())
    assert "\x1b" not in ended.output


@unix
def test_line_mode_and_nothing_kept_by_choice(settings: Path, tmp_path: Path) -> None:
    """`plain` starts plain mode; with `keep = false` nothing of a session is written."""
    written(settings, "plain = true\nkeep = false\n")
    steps = (Wait("plain mode"), Wait("> "), Type("10\n"), Wait("What has"), Type("q\n"))
    assert run_in_terminal(PROGRAM, steps, folder=tmp_path).status == 0
    assert not (tmp_path / "state").exists()


def colors(ended: Ended) -> set[tuple[int, int, int]]:
    """The colors sent to the terminal that are no grays."""
    found = re.findall(r"[34]8;2;(\d+);(\d+);(\d+)", ended.output)
    return {(int(r), int(g), int(b)) for r, g, b in found if len({r, g, b}) > 1}


@unix
@pytest.mark.parametrize(("value", "colored"), [("1", False), ("", True)])
def test_no_color_on_request(value: str, colored: bool, settings: Path, tmp_path: Path) -> None:
    """With NO_COLOR there are grays alone, the marked answer has its caret; empty is not set."""
    ended = run_in_terminal(
        PROGRAM,
        (Wait("▸ 1 New case"), Type("q")),
        folder=tmp_path,
        env={"NO_COLOR": value, "COLORTERM": "truecolor"},
    )
    assert bool(colors(ended)) is colored


def test_both_faces_finish_a_session_alike(settings: Path, tmp_path: Path) -> None:
    """Begun line by line, finished in either face: the same export byte for byte."""
    if os.name == "nt":
        pytest.skip("these terminals are Unix")
    run_piped(tmp_path, "--plain", stdin="D.N.M.\n")
    said: Done = run_piped(tmp_path, "--plain", stdin="resume 1\n1\nt Doc. 38\ne plain.toml\n")
    assert "Written" in said.out
    run_piped(tmp_path, "--plain", stdin="D.N.M.\n")
    kept = next((tmp_path / "state" / "sessions").glob("*.toml"))
    begun = tomllib.loads((tmp_path / "plain.toml").read_text())["created"].isoformat(" ")
    kept.write_text(re.sub(r"(?m)^created = .*$", f"created = {begun}", kept.read_text()))
    question = Wait("To compel")
    steps = (
        *(Wait("Resume: D.N.M."), Type("\r"), question, Type("1\r"), Wait("What is the status")),
        *(Type("t"), Wait("Example: "), Type("Doc. 38\r"), Wait("Record cite: Doc. 38")),
        *(Type("e"), Wait("Session file"), Type("\x13"), Wait("Written"), Type("\x11")),
    )
    ended = run_in_terminal(PROGRAM, steps, folder=tmp_path, size=(120, 40))
    assert ended.status == 0
    assert (tmp_path / "case.toml").read_bytes() == (tmp_path / "plain.toml").read_bytes()
