"""Random but meaningful keys for the programs that `fuzz_kills.py` kills."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

LANDMARK = "lucero-v-clovis"
FORUMS = ("10th", "9th", "D.N.M.", "D. Colo.", "zz", "")
TEXTS = ("Doe v. Roe", "Doc. 38 at 2", "é “x”", "a\tb", "line", "")
FILES = ("case.toml", "memo.md", "out.toml", "out.json", "no/such.toml")
SCREEN, PROMPT = b"\x1b[?2004h", b"> "
ESCAPE, KEEP, CLEAR = "\x1b", "\x13", "\x15"


@dataclass(frozen=True, slots=True)
class Moves:
    """How a program is started, and what is typed."""

    name: str
    words: tuple[str, ...]
    ready: bytes
    """What is written to the terminal once keys are taken."""
    keys: tuple[str, ...]


def moves(rng: random.Random) -> Moves:
    """Some way of using the program."""
    return rng.choice(_WAYS)(rng)


def _full_screen(rng: random.Random) -> Moves:
    keys = [*rng.choice((("1\r",), ("1\r",), ("1\r",), ("\r",), ("2\r", "case.toml\r")))]
    if keys == ["1\r"]:
        keys.append(f"{rng.choice(FORUMS)}\r")
    keys += _of(rng, _case_move, 40)
    return Moves("full screen", (), SCREEN, tuple(keys))


def _opened(rng: random.Random) -> Moves:
    keys = _of(rng, _case_move, 40)
    return Moves("full screen, opened", ("open", "case.toml"), SCREEN, tuple(keys))


def _drills(rng: random.Random) -> Moves:
    words = rng.choice(
        (
            ("practice", "--walk", LANDMARK),
            ("practice", "--set", "set.toml", "--results", "results.toml"),
            ("practice", "--number", "4"),
        )
    )
    return Moves("drills", words, SCREEN, tuple(_of(rng, _drill_move, 40)))


def _line_by_line(rng: random.Random) -> Moves:
    keys = (f"{rng.choice(FORUMS)}\n", *_of(rng, _line, 40))
    return Moves("plain", ("--plain",), PROMPT, keys)


def _drills_line_by_line(rng: random.Random) -> Moves:
    words = rng.choice(
        (
            ("practice", "--plain", "--walk", LANDMARK),
            ("practice", "--plain", "--set", "set.toml", "--results", "results.toml"),
            ("practice", "--plain"),
        )
    )
    return Moves("drills, plain", words, PROMPT, tuple(_of(rng, _drill_line, 40)))


_WAYS: tuple[Callable[[random.Random], Moves], ...] = (
    *(_full_screen, _full_screen, _full_screen, _opened, _drills, _drills),
    *(_line_by_line, _line_by_line, _drills_line_by_line),
)


def _of(rng: random.Random, move: Callable[[random.Random], str], most: int) -> list[str]:
    return [move(rng) for _ in range(rng.randrange(1, most))]


def _case_move(rng: random.Random) -> str:
    chance = rng.random()
    if chance < 0.55:
        return f"{rng.randrange(5)}\r"
    if chance < 0.63:
        return "b"
    if chance < 0.69:
        return f"c{rng.choice(TEXTS)}\r{rng.choice(TEXTS)}{rng.choice((KEEP, KEEP, ESCAPE, ''))}"
    if chance < 0.75:
        return f"t{rng.choice(TEXTS)}{rng.choice((chr(13), ESCAPE))}"
    if chance < 0.82:
        down = "\x1b[B" * rng.randrange(5)
        return f"e{down}\t{CLEAR}{rng.choice(FILES)}{rng.choice((KEEP, chr(13)))}"
    if chance < 0.85:
        return rng.choice(("h", "h\r", "h1\r10th\r", "hx", "hx1\r"))
    if chance < 0.9:
        return "resize"
    return rng.choice(
        (ESCAPE, ESCAPE, "r", "r\r", "s", "sw", "sx", "l", "m", "d", "i", "\x10", "?")
    )


def _drill_move(rng: random.Random) -> str:
    chance = rng.random()
    if chance < 0.5:
        return f"{rng.randrange(6)}\r"
    if chance < 0.8:
        return "n"
    return rng.choice((ESCAPE, "t", "m", "resize", "\r", "b"))


def _line(rng: random.Random) -> str:
    chance = rng.random()
    if chance < 0.7:
        return f"{rng.randrange(5)}\n"
    return rng.choice(
        (
            *("b\n", "b\n", "r\n", "change 1\n", "change 3\n", "s\n", "w\n", "t Doc. 38 at 2\n"),
            *("e case.json\n", "e out.toml\n", "e memo.md\n", "note é\n", "\n", "q", "more\n"),
            *("resume 1\n", "discard 1\n", "discard 1 yes\n"),
        )
    )


def _drill_line(rng: random.Random) -> str:
    chance = rng.random()
    if chance < 0.8:
        return f"{rng.randrange(6)}\n"
    return rng.choice(("b\n", "change 1\n", "\n", "m\n", "h\n", "t\n"))
