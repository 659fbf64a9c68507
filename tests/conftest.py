"""What all tests share: a home folder of their own, the shipped library, steady examples."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from qiwizard.law.library import Library
from qiwizard.law.shipped import shipped_library
from qiwizard.practice.drills import every_item
from qiwizard.practice.items import Item

# Helpers can be imported by name.
sys.path[:0] = [str(Path(__file__).parent / "support"), str(Path(__file__).parent / "fuzzing")]

# Fixtures that several files use.
pytest_plugins = ["commandline", "interviews", "kept_sessions"]

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

_FOLDERS = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
}


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder, so that nothing of the person who runs the tests is read or changed."""
    folder = tmp_path_factory.mktemp("home")
    for variable, below in _FOLDERS.items():
        monkeypatch.setenv(variable, str(folder / below))
    return folder


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The state folder of the program under test."""
    folder = tmp_path / "state"
    monkeypatch.setenv("QIWIZARD_STATE_DIR", str(folder))
    return folder


@pytest.fixture(scope="session")
def library() -> Library:
    """The library that comes with the program."""
    return shipped_library()


@pytest.fixture(scope="session")
def items(library: Library) -> tuple[Item, ...]:
    """All drills of the shipped library, made."""
    return tuple(every_item(library))
