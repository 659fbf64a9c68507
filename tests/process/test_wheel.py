"""What is handed out: the sdist and the wheel, built, installed elsewhere and run there."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest
from terminal import PROGRAM, Done, Type, Wait, run_in_terminal, run_piped

CHECKOUT = Path(__file__).parents[2]
MINUTES = 10
_OUT_OF_REACH = (
    "No matching distribution",
    "Could not find a version",
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
    "ConnectionError",
    "ProxyError",
)
POSTURE = """
[posture]
circuit = "tenth"
court = "D.N.M."
qi_asserted = true
motion = "pending"
motion_kind = "summary_judgment"
"""
LURE = "from pathlib import Path\nPath('lured.txt').write_text('imported')\n"


@dataclass(frozen=True, slots=True)
class Built:
    """The two files that a release consists of."""

    sdist: Path
    wheel: Path

    @property
    def in_sdist(self) -> set[str]:
        """The files of the sdist, below its one folder."""
        with tarfile.open(self.sdist) as archive:
            names = [m.name for m in archive.getmembers() if m.isfile()]
        assert len({name.partition("/")[0] for name in names}) == 1
        return {name.partition("/")[2] for name in names}

    @property
    def in_wheel(self) -> set[str]:
        """The files of the wheel."""
        with zipfile.ZipFile(self.wheel) as archive:
            return set(archive.namelist())


def run_python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run this interpreter on a module."""
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
        timeout=60 * MINUTES,
        check=False,
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """An sdist from the checkout, and a wheel from that sdist."""
    if not (CHECKOUT / "pyproject.toml").is_file():
        pytest.skip("the tests do not stand in a checkout")
    if find_spec("build") is None and not os.environ.get("CI"):
        pytest.skip("the package `build` is not installed")
    folder = tmp_path_factory.mktemp("dist")
    here = ("--no-isolation",) if find_spec("hatchling") else ()
    done = run_python("-m", "build", *here, "--outdir", str(folder), str(CHECKOUT))
    said = done.stdout + done.stderr
    if done.returncode and not os.environ.get("CI"):
        reason = next((words for words in _OUT_OF_REACH if words in said), None)
        if reason:
            pytest.skip(f"the build backend is out of reach: {reason}")
    assert done.returncode == 0, said[-3000:]
    [sdist], [wheel] = folder.glob("*.tar.gz"), folder.glob("*.whl")
    return Built(sdist, wheel)


@pytest.fixture(scope="module")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel was installed, without what it depends on."""
    target = tmp_path_factory.mktemp("installed")
    if find_spec("pip") is None:
        with zipfile.ZipFile(built.wheel) as archive:
            archive.extractall(target)
        return target
    done = run_python(
        *("-m", "pip", "install", "--no-deps", "--no-index", "--no-compile"),
        *("--target", str(target), str(built.wheel)),
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return target


def run_installed(
    installed: Path,
    folder: Path,
    *arguments: str,
    stdin: str = "",
    program: Sequence[str] = PROGRAM,
) -> Done:
    """Run the installed program in a folder that has nothing to do with it."""
    env = {"PYTHONPATH": str(installed)}
    return run_piped(folder, *arguments, stdin=stdin, env=env, program=program)


def sources(folder: str, *suffixes: str) -> set[str]:
    """The files of the checkout under a folder that have one of some suffixes."""
    return {
        path.relative_to(CHECKOUT).as_posix()
        for suffix in suffixes
        for path in (CHECKOUT / folder).rglob(f"*{suffix}")
    }


def test_sdist_holds_the_five_entries(built: Built) -> None:
    """The sdist holds pyproject.toml, the two packages, the data and the tests."""
    tops = {name.partition("/")[0] for name in built.in_sdist}
    assert {"pyproject.toml", "qiwizard", "screens", "data", "tests"} <= tops
    assert tops <= {
        *("pyproject.toml", "qiwizard", "screens", "data", "tests"),
        *("README.md", "CHANGELOG.md", "LICENSE", "PKG-INFO", ".gitignore"),
    }
    assert "data/precedents.toml" in built.in_sdist
    assert not [name for name in built.in_sdist if "__pycache__" in name or name.endswith(".pyc")]


def test_sdist_holds_every_source(built: Built) -> None:
    """Nothing that the program or its tests need is left out."""
    wanted = sources("qiwizard", ".py", "py.typed") | sources("screens", ".py", ".tcss", "py.typed")
    wanted |= sources("data", ".toml") | sources("tests", ".py")
    assert wanted <= built.in_sdist


def test_wheel_holds_packages_styles_data_and_types(built: Built) -> None:
    """The wheel holds every module, every style sheet, the data below qiwizard, and py.typed."""
    wanted = sources("qiwizard", ".py") | sources("screens", ".py", ".tcss")
    wanted |= {f"qiwizard/{name}" for name in sources("data", ".toml")}
    wanted |= {"qiwizard/py.typed", "screens/py.typed"}
    assert wanted <= built.in_wheel
    assert any(name.endswith("screens/home.tcss") for name in built.in_wheel)


def test_wheel_holds_nothing_else(built: Built) -> None:
    """Neither tests nor data litter the folder of the other packages."""
    tops = {name.partition("/")[0] for name in built.in_wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"qiwizard", "screens"}
    assert not [name for name in built.in_wheel if "__pycache__" in name]


def test_installed_program_is_the_one_that_runs(installed: Path, tmp_path: Path) -> None:
    """The tests below look at what was installed, not at the checkout."""
    script = "import qiwizard, screens; print(qiwizard.__file__); print(screens.__file__)"
    done = run_installed(installed, tmp_path, program=(sys.executable, "-c", script))
    files = [Path(line).resolve() for line in done.out.splitlines()]
    assert [file.parents[1] for file in files] == [installed.resolve()] * 2


def test_installed_program_rules(installed: Path, tmp_path: Path) -> None:
    """`rule -` works from any folder, with the data of the wheel."""
    done = run_installed(installed, tmp_path, "rule", "-", stdin=POSTURE)
    assert (done.status, done.err) == (0, "")
    assert tomllib.loads(done.out)["ruling"]["outcome"] == "stay"


def test_installed_program_replays_the_five_opinions(installed: Path, tmp_path: Path) -> None:
    """`replay` agrees with all five, in the wheel as in the checkout."""
    done = run_installed(installed, tmp_path, "replay")
    assert (done.status, done.err) == (0, "")
    assert [line.split()[0] for line in done.out.splitlines()] == ["agrees"] * 5


def test_installed_program_lists_what_the_checkout_does(installed: Path, tmp_path: Path) -> None:
    """The library in the wheel is that of the checkout."""
    theirs = run_installed(installed, tmp_path, "precedents")
    ours = run_installed(CHECKOUT, tmp_path, "precedents")
    assert theirs == ours


@pytest.mark.skipif(find_spec("pip") is None, reason="without pip no command is installed")
@pytest.mark.skipif(sys.platform == "win32", reason="commands are files of their own kind there")
def test_installed_command_runs(installed: Path, tmp_path: Path) -> None:
    """The command `qiwizard` is there and starts the program."""
    command = str(installed / "bin" / "qiwizard")
    done = run_installed(installed, tmp_path, "--version", program=(command,))
    assert done.status == 0
    assert done.out.startswith("qiwizard ")


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of this kind are Unix")
@pytest.mark.parametrize("besides", [(), ("qiwizard",)], ids=["screens", "screens and qiwizard"])
def test_screens_of_the_working_folder_are_not_imported(
    installed: Path, tmp_path: Path, besides: tuple[str, ...]
) -> None:
    """`python -m qiwizard` in a folder with a package `screens` of its own starts our screens."""
    (tmp_path / "screens").mkdir()
    for module in ("__init__", "app", "home"):
        (tmp_path / "screens" / f"{module}.py").write_text(LURE, encoding="utf-8")
    for name in besides:
        (tmp_path / name).mkdir()
    for module in ("tomli_w", "textual", "rich", "qiwizard_data"):
        (tmp_path / f"{module}.py").write_text(LURE, encoding="utf-8")
    ended = run_in_terminal(
        PROGRAM,
        (Wait("New case"), Type("q")),
        folder=tmp_path,
        env={"PYTHONPATH": str(installed)},
    )
    assert ended.status == 0
    assert not (tmp_path / "lured.txt").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of this kind are Unix")
def test_checkout_runs_without_being_installed(tmp_path: Path) -> None:
    """In the checkout itself `python -m qiwizard` finds its screens."""
    ended = run_in_terminal(
        PROGRAM, (Wait("New case"), Type("q")), folder=CHECKOUT, env={"PYTHONPATH": ""}
    )
    assert ended.status == 0
