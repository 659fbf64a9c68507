"""Where the program runs: without a home, beside a package of the same name, inside a file."""

from __future__ import annotations

import os
import shutil
import sys
import zipfile
from pathlib import Path

import pytest
from commandline import FIFTH, Here, refused
from terminal import ROOT, Done, Type, Wait, run_in_terminal, run_piped

from qiwizard.fault import fault_lines

FOREIGN = {"__init__": "x = 1\n", "app": "y = 1\n", "home": "raise SystemExit('lured')\n"}
SAFE = (sys.executable, "-P", "-m", "qiwizard")
unix = pytest.mark.skipif(sys.platform == "win32", reason="homes and terminals of Unix")


@pytest.fixture
def no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """A user that the system does not know, as in some containers."""
    import pwd

    def unknown(number: int) -> None:
        raise KeyError(number)

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    for name in list(os.environ):
        if name == "HOME" or name.startswith(("XDG_", "QIWIZARD_")):
            monkeypatch.delenv(name)


@unix
@pytest.mark.parametrize(
    "command", [("config",), ("open", "--plain", "-"), ("practice", "--progress")]
)
def test_without_a_home_one_line_says_what_to_set(
    command: tuple[str, ...], here: Here, no_home: None
) -> None:
    """What needs no folder of its own works all the same."""
    [line] = refused(here(*command, stdin=FIFTH))
    assert "HOME" in line
    assert "QIWIZARD_STATE_DIR" in line
    assert here("rule", "-", stdin=FIFTH).status == 0


@unix
def test_a_fault_is_told_where_no_log_can_be_written(no_home: None) -> None:
    """In its own sentence, and in no other."""
    [line] = fault_lines(ValueError("Doe v. Roe"))
    assert "an internal error (ValueError)" in line


# Another package of the same name


def put_package(folder: Path) -> Path:
    """A folder with a package `screens` that is not ours."""
    package = folder / "screens"
    package.mkdir(parents=True, exist_ok=True)
    for name, text in FOREIGN.items():
        (package / f"{name}.py").write_text(text, encoding="utf-8")
    return folder


@unix
def test_another_screens_on_the_path_is_passed_over(tmp_path: Path) -> None:
    """By `config` and by the full screen: ours is beside the rest of the program."""
    env = {"PYTHONPATH": f"{put_package(tmp_path / 'other')}{os.pathsep}{ROOT}"}
    done = run_piped(tmp_path, "config", env=env, program=SAFE)
    assert (done.status, done.err) == (0, "")
    steps = (Wait("New case"), Type("q"))
    assert run_in_terminal(SAFE, steps, folder=tmp_path, env=env).status == 0


@pytest.mark.parametrize("gone", [False, True], ids=["overwritten", "removed"])
def test_a_package_that_was_written_over_is_named(gone: bool, tmp_path: Path) -> None:
    """As happens where two wheels bring one: in a line, and with a way out."""
    for package in ("qiwizard", "screens", "data"):
        shutil.copytree(ROOT / package, tmp_path / package)
    put_package(tmp_path)
    if gone:
        (tmp_path / "screens" / "app.py").unlink()
    done = run_piped(tmp_path, "config", env={"PYTHONPATH": str(tmp_path)}, program=SAFE)
    [line] = refused(done)
    assert "another package has replaced its `screens`" in line


# Inside a file


def zipped(folder: Path, *arguments: str) -> Done:
    """The program run out of a zip application."""
    with zipfile.ZipFile(folder / "q.pyz", "w") as archive:
        for package in ("qiwizard", "screens"):
            for path in sorted((ROOT / package).rglob("*.py")):
                archive.write(path, path.relative_to(ROOT))
    env = {"PYTHONPATH": str(folder / "q.pyz")}
    return run_piped(folder, *arguments, env=env, program=SAFE)


@pytest.mark.parametrize("command", [("replay",), ("config",), ("--plain",), ("practice",)])
def test_a_zip_application_says_what_to_do(command: tuple[str, ...], tmp_path: Path) -> None:
    """In one line, whatever is asked."""
    [line] = refused(zipped(tmp_path, *command))
    assert "cannot run from inside a file" in line
    assert "install it" in line
