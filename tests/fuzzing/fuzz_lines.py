"""Random command lines, with random lines on standard input."""

from __future__ import annotations

import random
from pathlib import Path

from fuzz_given import NASTY, FuzzError, Streams

from qiwizard.cli import run

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
    "e no/such/folder.toml", "why", "w all", "resume 1", "discard 1", "discard 1 yes",
    "resume 1 anyway", "summary",
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
    with Streams(typed.encode("utf-8", "replace")) as streams:
        code = run(words)
    said, told = streams.said, streams.told
    if code not in (0, 1, 2):
        raise FuzzError(f"exit code {code} of {words}: {told}")
    if "Traceback" in told + said:
        raise FuzzError(f"a traceback from {words}: {told}")
    if set(said + told) & set("\x1b\x9b\x07\u202e\u2066"):
        raise FuzzError(f"control characters from {words}, lines {typed!r}")
    if code == 2 and not told:
        raise FuzzError(f"exit 2 without a word: {words}")
