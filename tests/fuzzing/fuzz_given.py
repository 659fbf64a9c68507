"""Random texts and sessions, for the kinds of random input in `fuzz.py`."""

from __future__ import annotations

import io
import random
import sys
from datetime import date
from typing import Any

from qiwizard.law.library import Library
from qiwizard.sessions.session import Matter, Session

TODAY = date(2027, 1, 4)
"""After the last review of the shipped law."""
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


class Streams:
    """While it lasts, the three streams of a command: given bytes, and what is written."""

    def __init__(self, given: bytes) -> None:
        self._streams = [_stream(given), _stream(b""), _stream(b"")]
        self._before: list[Any] = []
        self.said = ""
        """What was written to standard output, once it is over."""
        self.told = ""
        """What was written to standard error."""

    def __enter__(self) -> Streams:
        self._before = [sys.stdin, sys.stdout, sys.stderr]
        sys.stdin, sys.stdout, sys.stderr = self._streams
        return self

    def __exit__(self, *_: object) -> None:
        sys.stdin, sys.stdout, sys.stderr = self._before
        self.said, self.told = (_written(stream) for stream in self._streams[1:])


def _stream(content: bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", errors="replace", newline="")


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8", "replace")
