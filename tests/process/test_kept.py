"""The running session on disk: nothing is lost, nobody else's is touched, nobody else reads it."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from kept_sessions import NOW, ONE, THREE, TWO, unix
from postures import SHIPPED, TODAY, days, postures
from power import Disk, PowerCutError
from terminal import surroundings

from qiwizard.errors import UserError
from qiwizard.files import config_folder, state_folder
from qiwizard.keeping.keeper import MOST_SHOWN, Keeper, discard, unfinished
from qiwizard.keeping.kept import kept_session, kept_text
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.law.shipped import shipped_library
from qiwizard.reports.formats import render
from qiwizard.reports.report import Report
from qiwizard.sessions.questions import answer, question
from qiwizard.sessions.session import Matter, Session
from qiwizard.sessions.session_file import read_session

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """Sessions with answers in any order, open facts, sources and free text."""
    posture: Posture = draw(postures())
    names = sorted([*posture.known, *posture.open])
    noted = st.dictionaries(st.sampled_from(names or ["motion"]), TEXTS, max_size=2)
    return Session(
        as_of=draw(days()),
        created=NOW,
        posture=posture,
        sources=MappingProxyType(draw(noted)),
        matter=Matter(draw(TEXTS), draw(TEXTS), draw(TEXTS)),
        trail=tuple(draw(st.permutations(names))),
    )


# What is kept is the session


@settings(max_examples=40)
@given(session=sessions())
@example(session=THREE)
def test_a_kept_session_comes_back_exactly(
    session: Session, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Answers, their order, open facts, sources, texts, the day of the law: all as they were."""
    library = shipped_library()
    path = tmp_path_factory.mktemp("kept") / "kept.toml"
    path.write_text(kept_text(library, session, None), encoding="utf-8", newline="")
    assert kept_session(path, library, date(2030, 1, 1)) == session


@pytest.mark.parametrize("state", [*(s.label for s in SHIPPED.vocabulary.states), None])
def test_the_state_of_the_defense_is_kept_as_one_answer(
    state: str | None, keeper: Keeper, library: Library
) -> None:
    """However many facts it states: resumed, no answer is counted or asked again beside it."""
    session = TWO
    for name, value in (("defense", state), ("opposed", True)):
        session = answer(library, session, question(library, session.posture, name), value)
    assert keeper.save(session)
    keeper.leave()
    (kept,) = unfinished(keeper.folder)
    resumed = keeper.resume(kept, TODAY)
    assert resumed.trail == session.trail == ("circuit", "court", "motion", "opposed")
    assert kept.answers == len(resumed.trail)


def test_a_recorded_ruling_is_kept(tmp_path: Path, keeper: Keeper, library: Library) -> None:
    """A session opened from a file keeps the ruling of that file through a crash."""
    file = tmp_path / "case.toml"
    file.write_text(render(Report(library, replace(TWO, as_of=date(2020, 1, 2))), "toml"))
    session = read_session(file, library).sourcing("circuit", "Doc. 1")
    assert keeper.save(session)
    keeper.leave()
    kept = unfinished(keeper.folder)
    assert render(Report(library, keeper.resume(kept[0], TODAY)), "toml") == render(
        Report(library, session), "toml"
    )


def test_a_kept_file_opens_like_an_export(keeper: Keeper, library: Library) -> None:
    """Whoever finds the file can open it: facts and texts are where an export has them."""
    keeper.save(THREE)
    assert keeper.path is not None
    session = read_session(keeper.path, library, TODAY)
    assert (session.posture, session.matter) == (THREE.posture, THREE.matter)


def test_half_a_character_does_not_keep_answers_from_the_disk(keeper: Keeper) -> None:
    """What a broken paste leaves in a caption becomes a question mark; the rest is kept."""
    assert keeper.save(replace(TWO, matter=Matter("Doe \ud800 v. Roe")))
    keeper.leave()
    assert unfinished(keeper.folder)[0].title == "Doe ? v. Roe"


@unix
def test_only_the_user_can_read_it(keeper: Keeper) -> None:
    """Folder 0700 and file 0600, whatever the mask of the process."""
    before = os.umask(0)
    try:
        assert keeper.save(TWO)
    finally:
        os.umask(before)
    assert stat.S_IMODE(keeper.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(keeper.folder.parent.stat().st_mode) == 0o700
    modes = {file.suffix: stat.S_IMODE(file.stat().st_mode) for file in keeper.folder.iterdir()}
    assert modes == {".toml": 0o600, ".lock": 0o600}


def test_nothing_is_written_for_nothing(keeper: Keeper) -> None:
    """A session without an answer or a text leaves no folder behind."""
    assert keeper.save(Session.new(TODAY, NOW))
    assert not keeper.folder.exists()


def test_taking_the_last_answer_back_is_kept_too(keeper: Keeper, library: Library) -> None:
    """Once there is a file, it follows the session down to no answer."""
    keeper.save(ONE)
    bare = ONE.clearing("circuit")
    keeper.save(bare)
    assert keeper.path is not None
    assert kept_session(keeper.path, library, TODAY).posture == bare.posture


# Power cuts, kills, full disks


def kept_in(folder: Path) -> list[Session]:
    """The unfinished sessions of a folder, each read whole."""
    return [kept_session(k.path, shipped_library(), TODAY) for k in unfinished(folder)]


@unix
@pytest.mark.parametrize("before", [None, TWO], ids=["first save", "later save"])
def test_power_cut_at_every_system_call(
    before: Session | None, tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whenever the power goes, the old session or the new one is there, whole; at the end the new.

    What was not waited for may be lost: content not synced, renames in a folder not synced.
    """
    stop, done = 0, False
    while not done:
        stop += 1
        state = tmp_path / str(stop) / "state"
        keeper = Keeper(state / "sessions", library)
        state.mkdir(parents=True)
        if before is not None:
            keeper.save(before)
        disk = Disk(state, stop)
        with disk.watched(monkeypatch), suppress(PowerCutError):
            done = keeper.save(THREE)
        keeper.leave()
        expected = [[THREE]] if done else [[THREE], [before] if before else []]
        for copy in disk.states(tmp_path / f"{stop}-after"):
            assert kept_in(copy / "sessions") in expected
            assert not list((copy / "sessions").glob("*.new"))
    assert stop > 6


@unix
@pytest.mark.parametrize("name", ["open", "write", "fsync", "replace"])
@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EROFS, errno.EIO, errno.EDQUOT])
def test_a_save_that_fails_leaves_the_last_one_whole(
    name: str, fault: int, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full, worn out or read-only disk: a sentence, the old session whole; then on as before."""

    def fails(*arguments: Any, **options: Any) -> Any:
        raise OSError(fault, os.strerror(fault))

    assert keeper.save(TWO)
    with monkeypatch.context() as patch:
        patch.setattr(os, name, fails)
        assert not keeper.save(THREE)
    assert os.strerror(fault) in keeper.trouble
    assert str(keeper.path) in keeper.trouble
    assert "\n" not in keeper.trouble
    assert keeper.path is not None
    assert kept_session(keeper.path, shipped_library(), TODAY) in (TWO, THREE)
    assert keeper.save(THREE)
    assert not keeper.trouble
    keeper.leave()
    assert kept_in(keeper.folder) == [THREE]


@unix
def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, library: Library) -> None:
    """With nowhere to keep anything the sentence says that none of it is on disk."""
    (tmp_path / "file").write_text("in the way")
    keeper = Keeper(tmp_path / "file" / "sessions", library)
    assert not keeper.save(TWO)
    assert "none are on disk" in keeper.trouble


def test_a_folder_that_vanished_is_made_again(keeper: Keeper) -> None:
    """Whoever clears the folder away meanwhile: the next answer brings the session back."""
    keeper.save(TWO)
    shutil.rmtree(keeper.folder.parent)
    assert keeper.save(TWO)
    assert keeper.save(THREE)
    assert unfinished(keeper.folder) == ()
    keeper.leave()
    assert kept_in(keeper.folder) == [THREE]


def test_a_session_too_large_to_be_read_again_is_not_said_to_be_kept(keeper: Keeper) -> None:
    """What could not be opened later is told at once; the last good state stays."""
    keeper.save(TWO)
    assert not keeper.save(replace(TWO, matter=Matter(notes="x" * 4_000_001)))
    assert "larger than" in keeper.trouble
    keeper.leave()
    assert kept_in(keeper.folder) == [TWO]


# Several wizards


def test_two_wizards_do_not_share_a_file(folder: Path, library: Library) -> None:
    """Two at once, begun in the same second, keep a file each; neither is offered the other's."""
    first, second = Keeper(folder, library), Keeper(folder, library)
    first.save(TWO)
    second.save(replace(TWO, matter=Matter("Another")))
    assert first.path != second.path
    assert unfinished(folder) == ()
    first.leave()
    assert [kept.title for kept in unfinished(folder)] == ["Doe v. Roe"]


def test_an_unfinished_session_is_taken_over_once(folder: Path, library: Library) -> None:
    """Of two wizards that were offered the same session, one gets it and the other is told."""
    keeper, first, second = (Keeper(folder, library) for _ in range(3))
    keeper.save(TWO)
    keeper.leave()
    (kept,) = unfinished(folder)
    assert first.resume(kept, TODAY) == TWO
    with pytest.raises(UserError, match="this session is open in another wizard"):
        second.resume(kept, TODAY)
    with pytest.raises(UserError, match="this session is open in another wizard"):
        discard(kept)
    first.save(THREE)
    first.leave()
    assert kept_in(folder) == [THREE]


SAVING = """
import sys
from pathlib import Path
from datetime import UTC, date, datetime
from qiwizard.keeping.keeper import Keeper, unfinished
from qiwizard.law.shipped import shipped_library
from qiwizard.sessions.questions import answer, question
from qiwizard.sessions.session import Matter, Session

folder, name = Path(sys.argv[1]), sys.argv[2]
library = shipped_library()
now = datetime(2026, 11, 22, 12, tzinfo=UTC)
session = Session.new(date(2026, 11, 22), now).answering(library, "circuit", "tenth")
keeper = Keeper(folder, library)
for number in range(25):
    assert keeper.save(session.naming(Matter(name, docket=str(number))))
    unfinished(folder)
"""


@unix
def test_many_wizards_at_once(folder: Path) -> None:
    """Processes that save and look around at the same time lose nothing of each other's."""
    names = [f"Case {number}" for number in range(3)]
    workers = [
        subprocess.Popen([sys.executable, "-c", SAVING, folder, name], env=surroundings())
        for name in names
    ]
    assert [worker.wait() for worker in workers] == [0, 0, 0]
    assert sorted(s.matter.caption for s in kept_in(folder)) == names
    assert {s.matter.docket for s in kept_in(folder)} == {"24"}


def test_discarded_and_exported_sessions_leave_nothing(keeper: Keeper) -> None:
    """What is in a file of the user's, or given up, is removed with its lock."""
    keeper.save(TWO)
    keeper.discard()
    assert list(keeper.folder.iterdir()) == []
    keeper.save(THREE)
    keeper.leave()
    discard(unfinished(keeper.folder)[0])
    assert list(keeper.folder.iterdir()) == []


def test_remains_of_killed_wizards_are_cleared_away(keeper: Keeper) -> None:
    """Half-written files and locks without a session go; a running wizard's stay."""
    keeper.save(TWO)
    (keeper.folder / "20260101-000000-aaaaaaaa.toml.new").write_text("half")
    (keeper.folder / "20260101-000000-bbbbbbbb.lock").write_text("")
    (keeper.folder / "notes.txt").write_text("not ours")
    mine = {file.name for file in keeper.folder.iterdir() if file.stem == keeper.path.stem}  # type: ignore[union-attr]
    assert unfinished(keeper.folder) == ()
    assert {file.name for file in keeper.folder.iterdir()} == {*mine, "notes.txt"}


def test_the_latest_come_first_and_not_without_end(folder: Path, library: Library) -> None:
    """Of very many unfinished sessions the latest are looked into."""
    for number in range(MOST_SHOWN + 3):
        keeper = Keeper(folder, library)
        keeper.save(replace(TWO, matter=Matter(f"Case {number}")))
        assert keeper.path is not None
        os.utime(keeper.path, (number, number))
        keeper.leave()
    titles = [kept.title for kept in unfinished(folder)]
    assert titles == [f"Case {n}" for n in range(MOST_SHOWN + 2, 2, -1)]


# Where


def test_folders_are_those_of_the_platform_or_of_the_environment(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below the home folder by default; a variable each names another."""
    assert home in state_folder().parents
    assert home in config_folder().parents
    monkeypatch.setenv("QIWIZARD_STATE_DIR", str(tmp_path / "s"))
    monkeypatch.setenv("QIWIZARD_CONFIG_DIR", str(tmp_path / "c"))
    assert state_folder() == tmp_path / "s"
    assert config_folder() == tmp_path / "c"
