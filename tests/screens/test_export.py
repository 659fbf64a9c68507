"""The export dialog: every format, and no file replaced unasked."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from frames import check_frame, press, shown, text_of
from summaries import CAPTION, Reading, session_on

from qiwizard.reports.as_word import NEEDED
from qiwizard.reports.formats import content
from qiwizard.reports.report import Report
from qiwizard.sessions.session_file import read_session
from screens.dialogs.export import LABELS, ExportScreen, file_stem
from screens.summary import SummaryScreen

STEM = "lucero-v-city-of-clovis-police-department"
SUFFIXES = ("md", "order.txt", "toml", "json", "docx", "order.docx")


@pytest.mark.parametrize(("place", "suffix"), list(enumerate(SUFFIXES)))
async def test_each_format_is_exported(
    place: int, suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The digit of a format marks it, Enter takes it; the file has the name of the case."""
    monkeypatch.chdir(tmp_path)
    form = tuple(LABELS)[place]
    if form.endswith("docx"):
        pytest.importorskip("docx")
    async with Reading() as (app, pilot):
        await press(pilot, "e", str(place + 1))
        assert f"{STEM}.{suffix}" in shown(app)
        await press(pilot, "enter", "enter")
        assert isinstance(app.screen, SummaryScreen)
        (path,) = tmp_path.iterdir()
        assert path.name == f"{STEM}.{suffix}"
        written = path.read_bytes()
        if form.endswith("docx"):
            assert written[:2] == b"PK"
        else:
            assert written == content(Report(app.library, app.session, app.today), form)
        if form == "toml":
            assert tomllib.loads(written.decode())["matter"]["caption"] == CAPTION
            assert read_session(path, app.library).posture == app.session.posture


async def test_the_draft_order_is_what_its_screen_exports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`e` on it marks the draft order, and Enter writes it; the result still offers the memo."""
    monkeypatch.chdir(tmp_path)
    async with Reading() as (app, pilot):
        await press(pilot, "d", "e")
        assert isinstance(app.screen, ExportScreen)
        assert app.screen.formats.highlighted == tuple(LABELS).index("order")
        await press(pilot, "enter", "enter")
        (path,) = tmp_path.iterdir()
        assert path.name == f"{STEM}.order.txt"
        assert path.read_bytes() == content(Report(app.library, app.session, app.today), "order")
        await press(pilot, "escape", "e")
        assert isinstance(app.screen, ExportScreen)
        assert app.screen.formats.highlighted == tuple(LABELS).index("markdown")


async def test_digits_choose_a_format_and_never_name_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many are typed before Enter."""
    monkeypatch.chdir(tmp_path)
    async with Reading() as (app, pilot):
        await press(pilot, "e", "2", "4", "1", "3")
        assert isinstance(app.screen, ExportScreen)
        assert app.screen.path.value == f"{STEM}.toml"
        await press(pilot, "ctrl+s")
        assert [path.name for path in tmp_path.iterdir()] == [f"{STEM}.toml"]


async def test_only_a_session_can_be_exported_while_there_is_no_result(tmp_path: Path) -> None:
    """No memo and no order on a case of which nothing is known."""
    async with Reading() as (app, pilot):
        app.keep(session_on().clearing("request"))
        await press(pilot, "e")
        text = shown(app)
        assert "Session file" in text
        assert "Draft order" not in text
        assert "Memo" not in text


async def test_without_python_docx_the_dialog_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line, and no file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    async with Reading() as (app, pilot):
        await press(pilot, "e", "5")
        assert NEEDED in text_of(app, "#export-size")
        await press(pilot, "enter", "enter")
        assert NEEDED in text_of(app, "#wrong")
        assert isinstance(app.screen, ExportScreen)
        assert not list(tmp_path.iterdir())


async def test_a_file_is_replaced_only_when_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enter again does not overwrite; choosing to replace does."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / f"{STEM}.toml"
    path.write_text("precious")
    async with Reading() as (app, pilot):
        await press(pilot, "e", "3", "enter", "enter")
        assert "this file exists" in text_of(app, "#wrong")
        assert "Replace the file" in shown(app)
        await press(pilot, "enter")
        assert path.read_text() == "precious"
        assert isinstance(app.screen, ExportScreen)
        await press(pilot, "enter", "1", "enter")
        assert path.read_bytes() == content(Report(app.library, app.session, app.today), "toml")
        assert isinstance(app.screen, SummaryScreen)


async def test_what_cannot_be_written_is_said_in_the_dialog(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No folder is made, an empty name is refused, Esc writes nothing."""
    monkeypatch.chdir(tmp_path)
    async with Reading() as (app, pilot):
        await press(pilot, "e", "enter", "home", *"no", "slash", "enter")
        assert isinstance(app.screen, ExportScreen)
        assert "cannot be written" in shown(app)
        await press(pilot, "ctrl+u", "end", "ctrl+u", "enter")
        assert "Type a name for the file." in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, SummaryScreen)
        assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("caption", "stem"),
    [
        (CAPTION, STEM),
        ("Lucero v. City of Clovis, et al.", "lucero-v-city-of-clovis"),
        ("", "case"),
        ("../../[T]he Ünder\x1b", "t-he-under"),
        ("訴訟", "case"),
        ("x" * 200, "x" * 60),
    ],
)
def test_file_names_are_plain(caption: str, stem: str) -> None:
    """A caption of any kind gives a name without folders or strange characters."""
    assert file_stem(caption) == stem


async def test_the_export_dialog_looks_as_it_should(monkeypatch: pytest.MonkeyPatch) -> None:
    """A golden frame."""
    monkeypatch.chdir("/")
    async with Reading() as (app, pilot):
        await press(pilot, "e")
        check_frame(app, "export-80x24")
