"""Spoilt sessions, kept sessions and precedents files."""

from __future__ import annotations

import random
from pathlib import Path

from fuzz_given import TODAY, FuzzError, any_session, spoilt

from qiwizard.errors import UserError
from qiwizard.files import shipped
from qiwizard.keeping.kept import kept_text
from qiwizard.law.shipped import library_with, shipped_library
from qiwizard.reports.formats import render
from qiwizard.reports.report import Report
from qiwizard.sessions.session_file import parse, session_from


def files(seed: int, folder: Path) -> None:
    """A spoilt session, posture, kept session or precedents file: read, or refused in lines."""
    rng, library = random.Random(seed), shipped_library()
    kind = rng.randrange(8)
    try:
        if kind == 0:
            precedents_file(rng, folder)
            return
        session = any_session(rng, library)
        if kind == 1:
            text = kept_text(library, session, None)
        elif kind == 2:
            text = render(Report(library, session), rng.choice(("toml", "json")))
        else:
            text = kept_text(library, session, None).replace("[kept]", "[other]")
        taken = session_from(parse(spoilt(rng, text), "case.toml"), "case.toml", library, TODAY)
        if rng.random() < 0.1:
            again = render(Report(library, taken), "toml")
            back = session_from(parse(again, "again.toml"), "again.toml", library, TODAY)
            if render(Report(library, back), "toml") != again:
                raise FuzzError("export, open, export is not the same")
    except UserError as error:
        for line in error.messages:
            if "\n" in line or "\x1b" in line or not line:
                raise FuzzError(f"a message of several lines or with controls: {line!r}") from None


def precedents_file(rng: random.Random, folder: Path) -> None:
    """A part of the shipped precedents, spoilt, as a file of the user's own."""
    parts = shipped("precedents.toml").read_text(encoding="utf-8").split("\n[[precedent]]")
    chosen = rng.sample(parts[1:], 2)
    text = "\n[[precedent]]".join([parts[0] if rng.random() < 0.5 else "", *chosen])
    path = folder / "own.toml"
    path.write_text(spoilt(rng, text), encoding="utf-8", errors="replace", newline="")
    library_with(path, TODAY)
