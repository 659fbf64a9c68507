"""The export dialog: every format, and no file replaced unasked."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from frames import (
    press,
    shown,
    text_of,
)
from summaries import (
    CAPTION,
    Reading,
)

from qiwizard.documents.document import document
from qiwizard.documents.draft import order_draft
from qiwizard.documents.memo import memo
from qiwizard.documents.summary import summary
from qiwizard.sessions.session_file import read_session
from qiwizard.toml_json import to_toml
from screens.dialogs.export import ExportScreen, file_stem
from screens.summary import SummaryScreen


@pytest.mark.parametrize(
    ("digit", "suffix"),
    [("1", "toml"), ("2", "md"), ("3", "json"), ("4", "txt"), ("5", "order.txt")],
)
async def test_each_format_is_exported(
    digit: str, suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The digit of a format, then Enter: the file has the name of the case."""
    monkeypatch.chdir(tmp_path)
    async with Reading() as (app, pilot):
        await press(pilot, "e", digit)
        assert f"lucero-v-city-of-clovis-police-department.{suffix}" in shown(app)
        assert " lines, " in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, SummaryScreen)
        (path,) = tmp_path.iterdir()
        assert path.name == f"lucero-v-city-of-clovis-police-department.{suffix}"
        written = path.read_text(encoding="utf-8")
        wanted = {
            "toml": to_toml(document(app.library, app.session)),
            "md": memo(app.library, app.session),
            "txt": summary(app.library, app.session),
            "order.txt": order_draft(app.library, app.session),
        }
        if suffix == "json":
            posture = json.loads(written)["posture"]
            assert posture == dict(app.session.posture.known)
        else:
            assert written == wanted[suffix]
        if suffix == "toml":
            assert tomllib.loads(written)["matter"]["caption"] == CAPTION
            assert read_session(path, app.library).posture == app.session.posture


async def test_a_file_is_replaced_only_when_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enter twice does not overwrite; choosing to replace does."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / f"{file_stem(CAPTION)}.toml"
    path.write_text("precious")
    async with Reading() as (app, pilot):
        await press(pilot, "e", "1", "enter")
        assert "there is such a file already" in text_of(app, "#wrong")
        assert "Replace the file" in shown(app)
        await press(pilot, "enter")
        assert path.read_text() == "precious"
        assert "Replace the file" not in shown(app)
        assert isinstance(app.screen, ExportScreen)
        await press(pilot, "enter", "1")
        assert path.read_text(encoding="utf-8") == to_toml(document(app.library, app.session))
        assert isinstance(app.screen, SummaryScreen)


async def test_another_name_is_written_beside_the_file_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keeping the file and typing another name writes that one."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / f"{file_stem(CAPTION)}.toml"
    path.write_text("precious")
    async with Reading() as (app, pilot):
        await press(pilot, "e", "1", "enter", "0", "home", *"my-")
        await press(pilot, "enter")
        assert isinstance(app.screen, SummaryScreen)
        assert path.read_text() == "precious"
        assert (tmp_path / f"my-{path.name}").exists()


async def test_what_cannot_be_written_is_said_in_the_dialog(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No folder is made, an empty name is refused, Esc writes nothing."""
    monkeypatch.chdir(tmp_path)
    async with Reading() as (app, pilot):
        await press(pilot, "e", "1", "home", *"no", "slash", "enter")
        assert isinstance(app.screen, ExportScreen)
        assert "written: No such file" in shown(app)
        await press(pilot, "ctrl+u", "end", "ctrl+u", "enter")
        assert "Type a name for the file." in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, SummaryScreen)
        assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("caption", "stem"),
    [
        (CAPTION, "lucero-v-city-of-clovis-police-department"),
        ("", "session"),
        ("../../[T]he Ünder\x1b", "t-he-under"),
        ("訴訟", "session"),
        ("x" * 200, "x" * 60),
    ],
)
def test_file_names_are_plain(caption: str, stem: str) -> None:
    """A caption of any kind gives a name without folders or strange characters."""
    assert file_stem(caption) == stem
