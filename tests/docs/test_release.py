"""What a release depends on: versions, their lock, the changelog, the types."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pages import IN_CHECKOUT, ROOT

import qiwizard

if not IN_CHECKOUT:
    pytest.skip("these files exist only in a checkout", allow_module_level=True)

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOCKED = ("test", "word", "browser", "browser-test")
"""The extras that CI installs."""
NEEDED = [
    needed
    for needed in (*PROJECT["dependencies"], *(n for extra in LOCKED for n in EXTRAS[extra]))
    if Requirement(needed).name != PROJECT["name"]
]


def locked() -> dict[str, str]:
    """The exact version of each package that CI installs."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("==") for line in lines)
    return {str(canonicalize_name(name)): version for name, version in pairs}


@pytest.mark.parametrize("needed", NEEDED)
def test_the_lock_names_a_version_that_the_ranges_permit(needed: str) -> None:
    """CI installs only what a user could have, and always the same."""
    wanted = Requirement(needed)
    assert wanted.specifier.contains(locked()[str(canonicalize_name(wanted.name))])


@pytest.mark.parametrize("needed", PROJECT["dependencies"])
def test_users_have_a_range_from_a_version_that_was_tried(needed: str) -> None:
    """From a lowest version, which CI installs too, to below the next major one."""
    assert re.fullmatch(r"[\w-]+>=[\d.]+,<\d+", needed)


def test_ci_installs_what_is_locked_and_runs_the_command_of_the_readme() -> None:
    """The command is what users type; the lock comes from the environment."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert 'export PIP_CONSTRAINT="$PWD/constraints.txt"' in script
    assert "/^## Test it/" in script
    assert "constraints" not in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_changelog_begins_with_this_version() -> None:
    """A release says what is new in it."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE)[0] == qiwizard.__version__


def test_python_versions_agree() -> None:
    """The lowest Python of the classifiers is the one required, in pyproject and README."""
    named = [c.rpartition(" ")[2] for c in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", c)]
    lowest = min(named, key=lambda version: int(version.partition(".")[2]))
    assert PROJECT["requires-python"] == f">={lowest}"
    assert f"You need Python {lowest} or newer" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("package", ["qiwizard", "screens"])
def test_packages_are_marked_as_typed(package: str) -> None:
    """Both packages ship `py.typed`."""
    assert (ROOT / package / "py.typed").is_file()
