"""Writing where a user says: every kind of file system, file and folder that there may be."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from commandline import CREATED, FIFTH, Here, refused
from terminal import run_piped

from qiwizard.config import remember_theme
from qiwizard.errors import UserError
from qiwizard.files import LONGEST_NAME, private_folder, put_file, read_text, typed_path, write_text

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes and links of Unix")


@pytest.fixture(params=[0o022, 0o002, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """Several masks, each in force while a test runs."""
    mask: int = request.param
    before = os.umask(mask)
    yield mask
    os.umask(before)


def mode(path: Path) -> int:
    """The permissions of a file."""
    return stat.S_IMODE(path.stat().st_mode)


def fails(number: int) -> Callable[..., Any]:
    """A system call that is always refused."""

    def call(*arguments: Any, **options: Any) -> Any:
        raise OSError(number, os.strerror(number))

    return call


# File systems without hard links


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK])
def test_a_file_system_without_hard_links(
    number: int, here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as a USB stick: a new file is written whole, and an old one is not replaced."""
    monkeypatch.setattr(os, "link", fails(number))
    path = tmp_path / "usb.md"
    assert here("rule", "-", "--output", path, stdin=FIFTH).status == 0
    written = path.read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(FileExistsError):
        put_file(path, b"new", force=False)
    assert path.read_text(encoding="utf-8") == written
    assert list(tmp_path.iterdir()) == [path]


def test_neither_links_nor_renames_leave_anything_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that was reserved in vain is free again."""
    monkeypatch.setattr(os, "link", fails(errno.EPERM))
    monkeypatch.setattr(os, "replace", fails(errno.EIO))
    with pytest.raises(UserError, match="cannot be written"):
        write_text(tmp_path / "a.md", "text")
    assert list(tmp_path.iterdir()) == []


# What is no file


def test_a_pipe_is_written_into(here: Here, tmp_path: Path) -> None:
    """With `--force` or without: it is a pipe afterwards, and the reader has all of it."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for force in ((), ("--force",)):
        # The reader is there before the program looks, as behind `>(…)` of a shell.
        kept_open, reading = os.open(pipe, os.O_RDWR), os.open(pipe, os.O_RDONLY)
        with os.fdopen(reading, "rb") as stream, ThreadPoolExecutor() as reader:
            read = reader.submit(stream.read)
            done = here("rule", "-", "--output", pipe, *force, stdin=CREATED + FIFTH)
            os.close(kept_open)
            assert read.result().startswith(b"schema = ")
        assert (done.status, done.err) == (0, "")
        assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_pipe_that_nobody_reads_is_refused(here: Here, tmp_path: Path) -> None:
    """The program does not wait for ever."""
    os.mkfifo(tmp_path / "pipe")
    [line] = refused(here("rule", "-", "--output", "pipe", "--force", stdin=FIFTH))
    assert "pipe: cannot be written" in line


@pytest.mark.parametrize("force", [(), ("--force",)], ids=["", "force"])
def test_a_device_is_written_into(force: tuple[str, ...], here: Here, tmp_path: Path) -> None:
    """Also by a link to it; nothing is put in its place."""
    link = tmp_path / "null"
    link.symlink_to("/dev/null")
    for path in (Path("/dev/null"), link):
        assert here("rule", "-", "--output", path, *force, stdin=FIFTH).status == 0
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    assert link.is_symlink()


def test_a_socket_is_refused(here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither replaced nor written into."""
    import socket

    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.md")
        [line] = refused(here("rule", "-", "--output", "s.md", "--force", stdin=FIFTH))
        assert "neither a file nor a pipe" in line
        assert stat.S_ISSOCK(Path("s.md").stat().st_mode)


# Modes


def test_a_new_file_has_the_usual_mode(umask: int, here: Here, tmp_path: Path) -> None:
    """Whatever is exported can be read by whom the mask lets read."""
    made = {
        "memo.md": ("rule", "-", "--output", "memo.md"),
        "set.toml": ("practice", "--make-set", "--number", "1", "--output", "set.toml"),
        "done.csv": ("practice", "--export", "done.csv"),
    }
    for name, arguments in made.items():
        assert here(*arguments, stdin=FIFTH).status == 0
        assert mode(tmp_path / name) == 0o666 & ~umask


def test_a_file_that_is_replaced_keeps_its_mode(umask: int, tmp_path: Path) -> None:
    """Private stays private, shared stays shared."""
    path = tmp_path / "memo.md"
    for wanted in (0o600, 0o664, 0o644, 0o640):
        path.write_text("old")
        path.chmod(wanted)
        write_text(path, "new", force=True)
        assert (path.read_text(), mode(path)) == ("new", wanted)


def test_results_of_a_set_and_settings_are_files_of_the_users(
    umask: int, tmp_path: Path, home: Path
) -> None:
    """The one passes from hand to hand, the other may be under version control."""
    run_piped(
        tmp_path, "practice", "--make-set", "--number", "1", "--output", "set.toml", stdin=FIFTH
    )
    run_piped(tmp_path, "practice", "--plain", "--set", "set.toml", stdin="1\n" * 9)
    [results] = tmp_path.glob("*.results.toml")
    assert mode(results) == 0o666 & ~umask
    settings = home / "config.toml"
    settings.write_text("mouse = false\n")
    settings.chmod(0o644)
    remember_theme(settings, "nord")
    assert mode(settings) == 0o644


def test_a_folder_of_the_users_keeps_its_mode(tmp_path: Path) -> None:
    """Only a folder that was made here is closed to others."""
    shared = tmp_path / "shared"
    shared.mkdir(0o755)
    shared.chmod(0o755)
    private_folder(shared / "own")
    private_folder(shared)
    assert (mode(shared), mode(shared / "own")) == (0o755, 0o700)
    remember_theme(shared / "config.toml", "nord")
    assert mode(shared) == 0o755


# Links


@pytest.mark.parametrize("there", [True, False], ids=["", "to nothing yet"])
def test_a_link_is_followed(there: bool, here: Here, tmp_path: Path) -> None:
    """What it leads to is replaced when that was permitted, and the link stays a link."""
    target, link = tmp_path / "dot" / "memo.md", tmp_path / "link.md"
    target.parent.mkdir()
    if there:
        target.write_text("old")
    link.symlink_to(Path("dot") / "memo.md")
    [line] = refused(here("rule", "-", "--output", link, stdin=FIFTH))
    assert "--force" in line
    assert here("rule", "-", "--output", link, "--force", stdin=FIFTH).status == 0
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("# ")
    assert list(target.parent.iterdir()) == [target]


def test_settings_behind_a_link_are_written_where_they_are(tmp_path: Path) -> None:
    """A file under version control, linked into place."""
    (tmp_path / "dot").mkdir()
    kept, link = tmp_path / "dot" / "config.toml", tmp_path / "config.toml"
    kept.write_text("mouse = false\n")
    kept.chmod(0o644)
    link.symlink_to(kept)
    remember_theme(link, "nord")
    assert link.is_symlink()
    assert kept.read_text() == 'theme = "nord"\nmouse = false\n'
    assert mode(kept) == 0o644


def test_links_in_a_circle_are_refused(here: Here, tmp_path: Path) -> None:
    """In a line, as whatever else cannot be written."""
    (tmp_path / "a.md").symlink_to("b.md")
    (tmp_path / "b.md").symlink_to("a.md")
    [line] = refused(here("rule", "-", "--output", "a.md", "--force", stdin=FIFTH))
    assert "a.md: cannot be written" in line


# Folders and names


def test_a_folder_that_cannot_be_read_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A drop box: what was written is told as written."""
    real = os.open

    def closed(path: Any, flags: int, *rest: Any, **named: Any) -> int:
        if flags & os.O_DIRECTORY:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path, flags, *rest, **named)

    monkeypatch.setattr(os, "open", closed)
    write_text(tmp_path / "memo.md", "text")
    private_folder(tmp_path / "own")
    assert (tmp_path / "memo.md").read_text() == "text"


@pytest.mark.parametrize("number", [errno.EIO, errno.EINVAL, errno.ENOSPC])
def test_a_folder_that_cannot_be_synced_is_no_failure(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is there by then, whole."""
    real = os.fsync

    def folders_not(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(number, os.strerror(number))
        real(handle)

    monkeypatch.setattr(os, "fsync", folders_not)
    write_text(tmp_path / "memo.md", "text")
    assert (tmp_path / "memo.md").read_text() == "text"


@pytest.mark.parametrize("length", [245, 246, LONGEST_NAME])
@pytest.mark.parametrize("letter", ["a", "é"])
def test_names_as_long_as_the_system_takes(length: int, letter: str, tmp_path: Path) -> None:
    """The name of what is written first is no longer."""
    name = letter * ((length - 3) // len(letter.encode()))
    name = f"{name}{'x' * (length - 3 - len(name.encode()))}.md"
    assert len(name.encode()) == length
    for force in (False, True):
        write_text(tmp_path / name, "text", force=force)
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("use", [typed_path, read_text, lambda n: write_text(Path(n), "")])
@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("Doe – Roe.toml", "ascii"),
        ("Doe – Roe.toml", "latin-1"),
        ("~Doe – Roe/a.toml", "ascii"),
        ("\ud83d.toml", "utf-8"),
        ("a\0b", "utf-8"),
    ],
)
def test_a_name_that_the_system_cannot_be_given(
    name: str,
    encoding: str,
    use: Callable[[str], object],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Wherever it comes from, it is refused in a line."""

    def encoded(path: str | Path) -> bytes:
        return str(path).encode(encoding, "surrogateescape")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "fsencode", encoded)
    with pytest.raises(UserError) as refusal:
        use(name)
    [line] = refusal.value.messages
    assert "null" in line or f"this locale ({encoding})" in line


def test_a_name_that_the_locale_lacks_line_by_line(tmp_path: Path) -> None:
    """The export is refused in a line, and the interview goes on."""
    locale = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run_piped(tmp_path, "--plain", stdin="export Doe – Roe.toml\nr\n", env=locale)
    assert (done.status, done.err) == (0, "")
    assert "cannot be part of a file name under this locale (ascii)" in " ".join(done.out.split())
    assert "No question has been answered yet" in done.out
