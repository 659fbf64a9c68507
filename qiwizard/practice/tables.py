"""Progress as tables: for the eye, as TOML and as CSV; and the count of all drills."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from qiwizard.documents.forms import to_toml
from qiwizard.errors import UserError
from qiwizard.law.library import Library
from qiwizard.practice.choose import level_reached
from qiwizard.practice.drills import DRILLS, every_item
from qiwizard.practice.placement import learning
from qiwizard.practice.progress import Answered, Progress, Tally, streak, tallies
from qiwizard.practice.schedule import due, due_times
from qiwizard.practice.waiting import local_day
from qiwizard.text import fitted

BYTE_ORDER_MARK = "\ufeff"
"""Begins a file of CSV; without it a spreadsheet may take the text for another encoding."""
_RISKY = ("=", "+", "-", "@", "\t", "\r")


Cell: TypeAlias = str | int | bool | datetime


def csv_row(*cells: Cell) -> list[str]:
    """Cells as CSV writes them; a text that a spreadsheet would take for a formula is quoted."""
    return [_cell(cell) for cell in cells]


def _cell(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat()
    if isinstance(cell, bool):
        return str(cell).lower()
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(_RISKY) else text


def groups(library: Library, progress: Progress) -> dict[str, tuple[Tally, ...]]:
    """The answers by drill, doctrine, circuit and level, under names for the eye."""
    names: dict[str, tuple[Callable[[Answered], str], dict[str, str]]] = {
        "Drill": (lambda a: a.drill, {d.id: d.title for d in DRILLS.values()}),
        "Doctrine": (lambda a: a.doctrine, {d.id: d.title for d in library.doctrines}),
        "Circuit": (lambda a: a.circuit, {c.id: c.name for c in library.courts.circuits.values()}),
        "Level": (lambda a: a.level, {}),
    }
    return {
        title: tuple(
            Tally(shown.get(t.name, t.name), t.asked, t.right)
            for t in sorted(tallies(progress.answers, of), key=lambda t: _place(t.name, shown))
        )
        for title, (of, shown) in names.items()
    }


def _place(name: str, shown: dict[str, str]) -> int:
    return list(shown).index(name) if name in shown else len(shown)


def progress_lines(library: Library, progress: Progress, now: datetime) -> list[str]:
    """The progress of a clerk in lines: figures, levels reached, reviews, placements."""
    if not progress.answers:
        return ["Nothing has been practised yet."]
    waiting = len(due(progress, now))
    run = streak(progress.answers)
    lines = [
        f"{_many(len(progress.answers), 'question')} answered"
        f"{f', the last {run} of them right' if run > 1 else ''}; "
        f"{_many(waiting, 'drill')} due for review."
    ]
    days = [local_day(moment) for moment in due_times(progress).values()]
    if days and not waiting:
        lines.append(f"The next review is due on {min(days).isoformat()}.")
    if said := learning(progress):
        lines.append(said)
    for title, rows in groups(library, progress).items():
        lines += ["", f"{title:<40}{'asked':>7}{'right':>7}{'share':>8}"]
        lines += [f"{fitted(t.name, 39)} {t.asked:>7}{t.right:>7}{t.share:>8.0%}" for t in rows]
    lines += ["", "Level reached:"]
    lines += [
        f"  {drill.title}: {level_reached(progress.answers, drill.id).word}"
        for drill in DRILLS.values()
        if drill.mixed
    ]
    return lines


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def as_toml(library: Library, progress: Progress) -> str:
    """The progress as TOML: figures by group, every answer, every review that is due."""
    table: dict[str, Any] = {
        "schema": "qiwizard/practice-progress/1",
        "clerk": progress.clerk,
        "learning": learning(progress),
    }
    for title, rows in groups(library, progress).items():
        table[title.lower()] = [asdict(tally) for tally in rows]
    table["answer"] = [asdict(answer) for answer in progress.answers]
    table["review"] = [{"item": i, "due": day} for i, day in due_times(progress).items()]
    return to_toml(table)


def as_csv(progress: Progress) -> str:
    """Every answer as a row of CSV."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    names = [f.name for f in fields(Answered)]
    writer.writerow(["clerk", *names])
    for answer in progress.answers:
        writer.writerow(csv_row(progress.clerk, *(getattr(answer, name) for name in names)))
    return stream.getvalue()


def exported(library: Library, progress: Progress, path: Path) -> str:
    """The progress in the format that a file's suffix names; UserError for another suffix."""
    if path.suffix.lower() == ".csv":
        return BYTE_ORDER_MARK + as_csv(progress)
    if path.suffix.lower() == ".toml":
        return as_toml(library, progress)
    raise UserError(f"{path}: no format for {path.suffix!r}; permitted: .toml, .csv")


def count_lines(library: Library) -> list[str]:
    """How many drills the library gives, by kind, level, circuit and doctrine."""
    items = list(every_item(library))
    lines = []
    for drill in DRILLS.values():
        own = [i for i in items if i.drill == drill.id]
        lines.append(
            f"{drill.title}: {len(own)} drills, {sum(len(i.parts) for i in own)} questions"
        )
        lines.append(f"  level: {_counted(i.level.word for i in own)}")
        lines.append(f"  circuit: {_counted(i.circuit for i in own)}")
        lines.append(f"  doctrine: {_counted(p.doctrine for i in own for p in i.parts)}")
    total = sum(len(i.parts) for i in items)
    return [*lines, f"All: {len(items)} drills, {total} questions"]


def _counted(names: Any) -> str:
    return ", ".join(f"{name} {n}" for name, n in Counter(names).most_common())
