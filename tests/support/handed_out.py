"""Sets handed out by an instructor, and the results that clerks return."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from qiwizard.law.library import Library
from qiwizard.practice.progress import SET, Answered, Round
from qiwizard.practice.sets import (
    PracticeSet,
    ResultsFile,
    Wanted,
    made_set,
    read_set,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SMALL = Wanted(drills=("predict", "argue"), number=4, seed=7)


def written(folder: Path, library: Library, wanted: Wanted = SMALL) -> Path:
    """A set in a file."""
    path = folder / "set.toml"
    path.write_text(made_set(library, wanted), encoding="utf-8")
    return path


def worked(
    library: Library, practice_set: PracticeSet, *, wrong: str = "", drills: int = 99
) -> tuple[Answered, ...]:
    """The answers to a set: right but for one question, as far as so many drills."""
    round_ = Round(practice_set.items, SET)
    while not round_.over and round_.at < drills:
        for part in round_.item(library).parts:
            right = part.id != wrong
            chosen = next(o.id for o in part.options if (o.id in part.accepted) is right)
            round_ = round_.answering(chosen)
        round_ = round_.advancing(library, NOW)
    return round_.done


def returned(
    folder: Path, library: Library, clerk: str, *, wrong: str = "", drills: int = 99
) -> Path:
    """The results of a clerk in a file."""
    practice_set = read_set(folder / "set.toml", library)
    path = folder / f"{clerk}.toml"
    answers = worked(library, practice_set, wrong=wrong, drills=drills)
    ResultsFile(path, practice_set, clerk, library).write(answers)
    return path
