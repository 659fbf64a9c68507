"""The documents as tests read them: their fences, and the commands in these."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = (
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").glob("*.md")),
)
IN_CHECKOUT = all(page.is_file() for page in PAGES) and len(PAGES) > 3
"""Whether the documents are here: they stand in a checkout only."""

_FENCE = re.compile(r"^```(\w*) ?(\S*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Fence:
    """A stretch of code in a page: its language, the file it names, its text."""

    language: str
    name: str
    text: str


def fences(page: Path, language: str | None = None) -> Iterator[Fence]:
    """The fences of a page, or those in one language."""
    for found in _FENCE.finditer(page.read_text(encoding="utf-8")):
        if language in (None, found[1]):
            yield Fence(*found.groups())


def prose(page: Path) -> str:
    """A page without its fences."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def in_ticks(text: str) -> list[str]:
    """What stands in single backticks, line breaks folded."""
    return [" ".join(found.split()) for found in re.findall(r"`([^`]+)`", text)]


def commands(page: Path) -> Iterator[list[str]]:
    """The words of each `qiwizard` command in the shell fences of a page."""
    for fence in fences(page, "sh"):
        for line in fence.text.splitlines():
            words = shlex.split(line, comments=True)
            if words[:1] == ["qiwizard"]:
                yield words[1:]


def put(page: Path, folder: Path, *languages: str) -> list[str]:
    """Do to the files in a folder what the named fences of a page say; the names of the files.

    A `diff` replaces lines of a file, anything else is added at its end, or is a new file.
    """
    done = []
    for fence in fences(page):
        if not fence.name or (languages and fence.language not in languages):
            continue
        path = folder / fence.name
        if fence.language == "diff":
            _change(path, fence.text)
        else:
            before = f"{path.read_text(encoding='utf-8')}\n" if path.exists() else ""
            path.write_text(before + fence.text, encoding="utf-8")
        done.append(fence.name)
    return done


def _change(path: Path, diff: str) -> None:
    lines = diff.splitlines(keepends=True)
    old, new = ("".join(line[1:] for line in lines if line[0] in " " + sign) for sign in "-+")
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path.name} is no longer as the page has it:\n{old}"
    path.write_text(text.replace(old, new), encoding="utf-8")
