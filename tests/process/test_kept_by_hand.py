"""Files in the folder of kept sessions that somebody else wrote."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from kept_sessions import THREE, TWO, unix
from postures import TODAY

from qiwizard.errors import UserError
from qiwizard.keeping.keeper import Keeper, unfinished
from qiwizard.keeping.kept import Kept, glimpse, kept_text
from qiwizard.law.library import Library
from qiwizard.law.shipped import shipped_library


def kept_file(folder: Path, text: str) -> Kept:
    """A file among the kept ones with this text."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "20260101-000000-00000000.toml"
    path.write_text(text, encoding="utf-8")
    return glimpse(path)


GOOD = kept_text(shipped_library(), TWO, None)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("format = 1", "format = 2", "kept by a newer version of qiwizard, and left unchanged"),
        ("session/1", "session/2", "newer version of qiwizard"),
        ("format = 1", "format = true", "permitted: 1"),
        ("format = 1", 'format = "1"', "permitted: 1"),
        ("[kept]", "[keep]", "[kept] is missing"),
        ("[kept]", "kept = 5\n[keep]", "[kept] is missing"),
        ("[kept]", "[kept", "not readable"),
    ],
)
def test_what_is_no_kept_session_is_refused_and_left_alone(
    old: str, new: str, told: str, keeper: Keeper
) -> None:
    """A newer or damaged file is named in one line, offered as such, and not touched."""
    kept = kept_file(keeper.folder, GOOD.replace(old, new))
    before = kept.path.read_bytes(), kept.path.stat().st_mtime_ns
    assert told in kept.trouble
    assert str(kept.path) in kept.trouble
    assert "\n" not in kept.trouble
    with pytest.raises(UserError, match=re.escape(told)):
        keeper.resume(kept, TODAY)
    assert (kept.path.read_bytes(), kept.path.stat().st_mtime_ns) == before
    assert [k.path for k in unfinished(keeper.folder)] == [kept.path]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('trail = [\n    "circuit",\n    "court",\n]', 'trail = "circuit"'),
        ('trail = [\n    "circuit",\n    "court",\n]', "trail = [1, 2]"),
        ('trail = [\n    "circuit",\n    "court",\n]', 'trail = ["motion", "court", "court"]'),
        ('title = "Doe v. Roe"', "title = 7"),
        ("as_of = 2026-11-30", 'as_of = "today"'),
        ("as_of = 2026-11-30", "as_of = 1066-10-14"),
    ],
)
def test_edits_by_hand_that_do_not_matter_are_mended(
    old: str, new: str, keeper: Keeper, library: Library
) -> None:
    """An order of answers or a day that cannot be falls back; no answer is lost by it."""
    assert old in GOOD
    kept = kept_file(keeper.folder, GOOD.replace(old, new))
    assert not kept.trouble
    session = keeper.resume(kept, TODAY)
    assert session.posture == TWO.posture
    assert set(session.trail) in ({"circuit", "court"}, {"court"})
    assert session.as_of == TODAY


def test_edits_by_hand_are_checked_like_any_input(keeper: Keeper) -> None:
    """A fact of the posture that cannot be is an error that names file, key and values."""
    kept = kept_file(keeper.folder, GOOD.replace('"tenth"', '"twelfth"'))
    with pytest.raises(UserError, match=r"posture\.circuit.*permitted: first"):
        keeper.resume(kept, TODAY)
    assert keeper.path is None


@unix
def test_a_link_among_the_kept_files_is_never_written_through(
    keeper: Keeper, tmp_path: Path
) -> None:
    """A link laid in the folder is replaced by the session, not followed."""
    keeper.save(TWO)
    assert keeper.path is not None
    victim = tmp_path / "victim"
    victim.write_text("mine")
    keeper.path.unlink()
    keeper.path.symlink_to(victim)
    keeper.path.with_name(f"{keeper.path.name}.new").symlink_to(victim)
    assert keeper.save(THREE)
    assert victim.read_text() == "mine"
    assert not keeper.path.is_symlink()


@unix
def test_only_plain_files_count_as_kept(keeper: Keeper, tmp_path: Path) -> None:
    """A link out of the folder, a pipe that never ends, a folder: none is opened or offered."""
    keeper.save(TWO)
    outside = tmp_path / "outside.toml"
    outside.write_text(GOOD)
    (keeper.folder / "link.toml").symlink_to(outside)
    os.mkfifo(keeper.folder / "pipe.toml")
    (keeper.folder / "folder.toml").mkdir()
    keeper.leave()
    assert [kept.path.name for kept in unfinished(keeper.folder)] == [
        file.name for file in keeper.folder.glob("2*.toml")
    ]


def test_precedents_in_use_are_kept_by_their_whole_path(
    folder: Path, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later start can tell that a session was begun with a precedents file of the user's own."""
    monkeypatch.chdir(tmp_path)
    keeper = Keeper(folder, library, "own.toml")
    keeper.save(TWO)
    keeper.leave()
    assert unfinished(folder)[0].precedents == str(tmp_path / "own.toml")
