"""Random input for the whole program: files, command lines, and keys through the full screen.

    python tests/fuzz.py files 2000 --seed 1

Every case follows from its seed alone; a failure is printed with the seed that repeats it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import io
import os
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]
sys.path[:] = list(dict.fromkeys(sys.path))

from qiwizard.cli import run  # noqa: E402
from qiwizard.documents.export import render  # noqa: E402
from qiwizard.documents.session_file import parse, session_from  # noqa: E402
from qiwizard.errors import UserError  # noqa: E402
from qiwizard.keeping.kept import kept_text  # noqa: E402
from qiwizard.law.library import Library, shipped_library  # noqa: E402
from qiwizard.resources import shipped  # noqa: E402
from qiwizard.sessions.session import Matter, Session  # noqa: E402

TODAY = date(2026, 11, 22)
PATIENCE = 120.0
"""Seconds after which a case counts as hung."""
NASTY = (
    *(
        "[T]he",
        "[/]",
        "[red]",
        "[$x]",
        "\\",
        '"',
        "'''",
        '"""',
        "#",
        "\x1b[31m",
        "\x9b",
        "\x07",
        "\0",
    ),
    *("\u202e", "\u2066", "\ud800", "\ufeff", "é", "𝒳", "\r", "\n", "\t", "💣", "ﷺ", "a" * 300),
)
TOKENS = (
    *("true", "false", "1", "-1", "1.5", "inf", "nan", "[]", "{}", '""', '"tenth"', "2026-11-22"),
    *(
        "9999-12-31",
        "0001-01-01",
        "2026-11-22T00:00:00Z",
        "[[",
        "]]",
        "=",
        ".",
        ",",
        "0x1",
        "1e999",
    ),
    *("[posture]", "[kept]", "[[precedent]]", "[ruling]", "circuit", "court", "motion", "when"),
)


class FuzzError(AssertionError):
    """What must never happen, happened."""


# Files


def spoilt(rng: random.Random, text: str) -> str:
    """A text with a few places changed: characters, tokens, lines, values."""
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        at = rng.randrange(len(text) + 1)
        end = min(len(text), at + rng.choice((0, 0, 1, 2, 5, 20)))
        lines = text.split("\n")
        row = rng.randrange(len(lines))
        match rng.randrange(6):
            case 0:
                text = text[:at] + rng.choice(NASTY) + text[end:]
            case 1:
                text = text[:at] + rng.choice(TOKENS) + text[end:]
            case 2:
                text = text[:at] + text[end:]
            case 3:
                lines.insert(rng.randrange(len(lines)), lines[row])
                text = "\n".join(lines)
            case 4:
                key, equals, _ = lines[row].partition("=")
                if equals:
                    lines[row] = f"{key}= {rng.choice((*TOKENS, repr(rng.choice(NASTY))))}"
                text = "\n".join(lines)
            case _:
                del lines[row]
                text = "\n".join(lines)
    return text


def any_session(rng: random.Random, library: Library) -> Session:
    """A session with random answers, sources and texts."""
    texts = tuple(text for text in NASTY if text != "\ud800")  # a file cannot hold half of one
    session = Session.new(TODAY)
    facts = list(library.vocabulary.facts)
    for fact in rng.sample(facts, rng.randrange(len(facts))):
        values = fact.values
        if fact.name == "court" and (circuit := session.posture.get("circuit")):
            values = tuple(district.id for district in library.courts.of(str(circuit)))
        session = session.answering(library, fact.name, rng.choice((*values, None)))
        if rng.random() < 0.2:
            session = session.sourcing(fact.name, rng.choice(texts))
    caption, docket, notes = (rng.choice(("", "Doe v. Roe", *texts)) for _ in range(3))
    return session.naming(Matter(caption, docket, notes))


def files(seed: int, folder: Path) -> None:
    """A spoilt session, posture, kept session or precedents file: read, or refused in lines."""
    rng, library = random.Random(seed), shipped_library()
    kind = rng.randrange(8)
    try:
        if kind == 0:
            precedents_file(rng, folder, library)
            return
        session = any_session(rng, library)
        if kind == 1:
            text = kept_text(library, session, None)
        elif kind == 2:
            text = render(library, session, rng.choice(("toml", "json")))
        else:
            text = kept_text(library, session, None).replace("[kept]", "[other]")
        taken = session_from(parse(spoilt(rng, text), "case.toml"), "case.toml", library, TODAY)
        if rng.random() < 0.1:
            again = render(library, taken, "toml")
            back = session_from(parse(again, "again.toml"), "again.toml", library, TODAY)
            if render(library, back, "toml") != again:
                raise FuzzError("export, open, export is not the same")
    except UserError as error:
        for line in error.messages:
            if "\n" in line or "\x1b" in line or not line:
                raise FuzzError(f"a message of several lines or with controls: {line!r}") from None


def precedents_file(rng: random.Random, folder: Path, library: Library) -> None:
    """A part of the shipped precedents, spoilt, as a file of the user's own."""
    from qiwizard.checking.library_file import read_precedents

    parts = shipped("precedents.toml").read_text(encoding="utf-8").split("\n[[precedent]]")
    chosen = rng.sample(parts[1:], 2)
    text = "\n[[precedent]]".join([parts[0] if rng.random() < 0.5 else "", *chosen])
    path = folder / "own.toml"
    path.write_text(spoilt(rng, text), encoding="utf-8", errors="replace", newline="")
    read_precedents(path, library, TODAY)


# Command lines and line mode

WORDS = (
    *("rule", "compare", "replay", "precedents", "open", "practice", "--plain", "--help"),
    *("--version", "--format", "toml", "json", "markdown", "text", "order", "--as-of"),
    *(
        "2022-11-30",
        "2022-02-30",
        "0001-01-01",
        "--output",
        "out.toml",
        "--force",
        "-",
        "case.toml",
    ),
    *(
        "case.toml",
        "broken.toml",
        "none.toml",
        ".",
        "/dev/null",
        "--circuits",
        "tenth",
        "tenth,fifth",
        ",",
    ),
    *("--courts", "D.N.M.", "--precedents", "--no-mouse", "lucero-v-clovis", "--", "--batch"),
    *("--progress", "--count", "--walk", "--number", "3", "--make-set", "--seed", "--drills"),
)
LINES = (
    *"0123456789", *"b?nrswceaq", "10", "b", "yes", "no", "tenth", "n Doc. 3", "e out.md", "e .",
    "e no/such/folder.toml", "why", "w all", "resume 1", "discard 1", "resume 1 anyway", "summary",
    "999999999999", "-1", "", " ", "e", "p", "practice",
)  # fmt: skip


def lines(seed: int, folder: Path) -> None:
    """A random command line, with random lines on standard input."""
    rng = random.Random(seed)
    (folder / "case.toml").write_text('[posture]\ncircuit = "tenth"\nqi_asserted = true\n')
    (folder / "broken.toml").write_text("[posture")
    words = [rng.choice((*WORDS, *WORDS, *NASTY)) for _ in range(rng.choice((0, 1, 2, 2, 3, 4, 6)))]
    if rng.random() < 0.4:
        words.insert(0, "--plain")
    typed = "\n".join(rng.choice((*LINES, *LINES, *NASTY)) for _ in range(rng.randrange(40)))
    out, err = _Stream(b""), _Stream(b"")
    given = _Stream(typed.encode("utf-8", "replace"))
    before = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = given, out, err
    try:
        code = run(words)
    finally:
        sys.stdin, sys.stdout, sys.stderr = before
    said, told = out.text(), err.text()
    if code not in (0, 1, 2):
        raise FuzzError(f"exit code {code} of {words}: {told}")
    if "Traceback" in told + said:
        raise FuzzError(f"a traceback from {words}: {told}")
    if set(said + told) & set("\x1b\x9b\x07\u202e\u2066"):
        raise FuzzError(f"control characters from {words}, lines {typed!r}")
    if code == 2 and not told:
        raise FuzzError(f"exit 2 without a word: {words}")


class _Stream(io.TextIOWrapper):
    def __init__(self, content: bytes) -> None:
        super().__init__(io.BytesIO(content), encoding="utf-8", errors="replace", newline="")

    def text(self) -> str:
        """What was written."""
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode("utf-8", "replace")


# Keys

KEYS = (
    *"0123456789", *"bnrsweclmqxjkaotpvhd?/[]", *"123456789",
    *("enter", "enter", "enter", "escape", "escape", "up", "down", "left", "right", "tab"),
    *("shift+tab", "f1", "f2", "ctrl+s", "ctrl+p", "ctrl+q", "ctrl+c", "ctrl+z", "pageup"),
    *("pagedown", "home", "end", "space", "backspace", "delete", "ctrl+v", "ctrl+a", "f10"),
)  # fmt: skip
SIZES = ((1, 1), (5, 3), (20, 6), (40, 12), (60, 20), (80, 24), (100, 30), (140, 40), (250, 70))


def keys(seed: int, folder: Path) -> None:
    """Random keys, pastes and resizes through the full screen; what is kept is the session."""
    asyncio.run(asyncio.wait_for(_keys(random.Random(seed), folder), PATIENCE))


async def _keys(rng: random.Random, folder: Path) -> None:
    from textual import events

    from qiwizard.keeping.keeper import Keeper, unfinished
    from qiwizard.keeping.kept import kept_session, worth_keeping
    from screens.app import QiWizard

    library = shipped_library()
    began = any_session(rng, library) if rng.random() < 0.5 else None
    app = QiWizard(library, began, TODAY, Keeper(folder / "sessions", library))
    app.open_url = lambda *_, **__: None  # type: ignore[method-assign]
    pressed: list[str] = []
    try:
        async with app.run_test(size=rng.choice(SIZES)) as pilot:
            for _ in range(rng.choice((5, 20, 40))):
                if not app.is_running or app.return_code is not None:
                    break
                chance = rng.random()
                if chance < 0.06:
                    size = rng.choice(SIZES)
                    pressed.append(f"size {size}")
                    await pilot.resize_terminal(*size)
                elif chance < 0.12 and app.focused is not None:
                    text = rng.choice(NASTY)
                    pressed.append(f"paste {text!r}")
                    app.focused.post_message(events.Paste(text))
                else:
                    key = rng.choice(KEYS)
                    pressed.append(key)
                    await pilot.press(key)
            await pilot.pause()
            session = app.session
            safe = session is app._holding.safe or not worth_keeping(session)
    except Exception as error:
        raise FuzzError(f"after {pressed}") from error
    app._holding.end(session)
    if not safe:
        stands = [k for k in unfinished(folder / "sessions") if not k.trouble]
        kept = [kept_session(k.path, library, TODAY) for k in stands]
        if session not in kept:
            raise FuzzError(f"the session is not what is kept, after {pressed}")


KINDS: dict[str, Callable[[int, Path], None]] = {"files": files, "lines": lines, "keys": keys}


@contextlib.contextmanager
def own_folder() -> Iterator[Path]:
    """An empty working folder, with the program's own folders inside it."""
    before = Path.cwd()
    changed = {"QIWIZARD_STATE_DIR": "state", "QIWIZARD_CONFIG_DIR": "config", "HOME": "."}
    old = {name: os.environ.get(name) for name in changed}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.chdir(folder)
        os.environ.update({key: str(folder / below) for key, below in changed.items()})
        try:
            yield folder
        finally:
            os.chdir(before)
            for key, value in old.items():
                os.environ.pop(key) if value is None else os.environ.update({key: value})


def one(kind: str, seed: int) -> str:
    """Run one case; what went wrong, or an empty text."""
    with own_folder() as folder:
        try:
            KINDS[kind](seed, folder)
        except (Exception, SystemExit):
            return traceback.format_exc()
    return ""


def main() -> int:
    """Run many cases and count."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=0, help="the first of the seeds")
    options = parser.parse_args()
    began, failures = time.monotonic(), 0
    for seed in range(options.seed, options.seed + options.count):
        if wrong := one(options.kind, seed):
            failures += 1
            print(f"--- {options.kind} 1 --seed {seed}\n{wrong[-3000:]}", flush=True)
    seconds = time.monotonic() - began
    print(f"{options.kind}: {options.count} cases, {failures} failures, {seconds:.0f} seconds")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
