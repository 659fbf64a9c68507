"""Progress of a clerk, and the results of several clerks, as text, CSV and TOML."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from qiwizard.errors import UserError
from qiwizard.law.citation import abbreviated
from qiwizard.law.library import Library
from qiwizard.practice.cases import subjects
from qiwizard.practice.drills import MIXED, TITLES, make
from qiwizard.practice.items import CALIBRATE, Item, Part, case_of, grouped
from qiwizard.practice.progress import (
    Answered,
    Progress,
    Tally,
    due,
    due_times,
    local_day,
    streak,
    tally,
)
from qiwizard.practice.selection import advice, calibration, learning, level_reached, rates
from qiwizard.practice.sets import Results
from qiwizard.reports.words import wrapped
from qiwizard.text import one_line, spell_date
from qiwizard.toml_json import to_toml

MISTAKES = 3
"""Wrong answers named for a question."""
NAME, NUMBER = 48, 8
"""The widths of a table: of its first column and of the others."""
_RISKY = ("=", "+", "-", "@", "\t", "\r")


# Cells and columns


def _as_csv(head: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV, with the byte order mark by which spreadsheets know the encoding."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(map(_cell, row) for row in rows)
    return f"\ufeff{stream.getvalue()}"


def _cell(cell: object) -> str:
    """A cell as text; one that a spreadsheet would take for a formula is quoted."""
    if isinstance(cell, datetime):
        return cell.isoformat()
    if isinstance(cell, bool):
        return str(cell).lower()
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(_RISKY) else text


def cells_wide(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def _column(text: str, width: int) -> str:
    """Text in a column so many cells wide, cut in the middle: the end tells like names apart."""
    shown = one_line(text)
    while cells_wide(shown) >= width:
        middle = len(shown) * 3 // 5
        shown = shown[: middle - 1] + "…" + shown[middle:].lstrip("…")[1:]
    return shown + " " * (width - cells_wide(shown))


def _head(title: str) -> str:
    return f"{title:<{NAME}}{'asked':>{NUMBER}}{'correct':>{NUMBER}}{'rate':>{NUMBER}}"


def _line(row: Tally) -> str:
    rate = f"{row.share:.0%}"
    return f"{_column(row.name, NAME)}{row.asked:>{NUMBER}}{row.right:>{NUMBER}}{rate:>{NUMBER}}"


def _table(title: str, rows: Sequence[Tally]) -> list[str]:
    return [_head(title), *map(_line, rows)]


# The progress of one clerk


def progress_lines(library: Library, progress: Progress, now: datetime) -> list[str]:
    """The progress of a clerk in lines of at most 78 columns."""
    paragraphs = progress_paragraphs(library, progress, now)
    return [line for text in paragraphs for line in wrapped(text) or [""]]


def progress_paragraphs(library: Library, progress: Progress, now: datetime) -> list[str]:
    """The same for a page that wraps: the rate, reviews, placements, what to practice next.

    A row of a table is a paragraph, and so is a blank line.
    """
    if not progress.answers:
        return ["Nothing has been practiced yet."]
    marked = progress.marked()
    whole, run = tally("", marked), streak(marked)
    lines = [
        whole.words + (f", the last {run} of them in a row." if run > 1 else "."),
        review_words(progress, now),
        *filter(None, (learning(progress), calibration(library, progress))),
        advice(library, progress),
    ]
    for title, rows in rates(library, marked).items():
        if rows:
            lines += ["", *_table(title, rows)]
    lines += ["", "Level of the drills you get (the higher, the more facts to sort out):"]
    lines += [
        f"  {TITLES[drill]}: {level_reached(progress.answers, drill).word}" for drill in MIXED
    ]
    return lines


def review_words(progress: Progress, now: datetime) -> str:
    """How many drills are due for review today, or when the next one is."""
    waiting = len(due(progress, now))
    if waiting:
        return f"{waiting} {'drill is' if waiting == 1 else 'drills are'} due for review today."
    moments = due_times(progress).values()
    if not moments:
        return "No drill is scheduled for review."
    return f"The next review is due on {spell_date(local_day(min(moments)))}."


def as_toml(library: Library, progress: Progress) -> str:
    """The progress as TOML: rates by group, every answer, every review that is due."""
    table: dict[str, Any] = {
        "schema": "qiwizard/practice-progress/1",
        "clerk": progress.clerk,
        "learning": learning(progress),
        "next": advice(library, progress),
    }
    for title, rows in rates(library, progress.marked()).items():
        table[title.lower()] = [asdict(row) for row in rows]
    table["answer"] = [asdict(answer) for answer in progress.answers]
    table["review"] = [{"item": i, "due": day} for i, day in due_times(progress).items()]
    return to_toml(table)


def as_csv(progress: Progress) -> str:
    """Every answer as a row of CSV."""
    names = [f.name for f in fields(Answered)]
    rows = ((progress.clerk, *(getattr(a, n) for n in names)) for a in progress.answers)
    return _as_csv(["clerk", *names], rows)


def exported(library: Library, progress: Progress, path: Path) -> str:
    """The progress in the format that a file's suffix names; UserError for another suffix."""
    if path.suffix.lower() == ".csv":
        return as_csv(progress)
    if path.suffix.lower() == ".toml":
        return as_toml(library, progress)
    raise UserError(f"{path}: no format for {path.suffix!r}; permitted: .toml, .csv")


# The results of several clerks


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong answer and how many clerks gave it."""

    label: str
    clerks: int


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a set: how it went, and what went wrong."""

    drill: str
    item: str
    part: str
    doctrine: str
    asks: str
    tally: Tally
    mistakes: tuple[Mistake, ...]
    """The commonest first."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that the results of some clerks show."""

    by_clerk: tuple[Tally, ...]
    by_doctrine: tuple[Tally, ...]
    questions: tuple[Asked, ...]
    """The hardest first."""
    hints: tuple[str, ...] = ()
    """Clerks whose names differ only in case."""


def report(library: Library, files: Sequence[Results]) -> Report:
    """Put results together; UserError if a clerk's results of one set come twice."""
    seen: dict[tuple[str, str], str] = {}
    for file in files:
        key = file.clerk, file.set
        if key in seen:
            raise UserError(f"{file.name}: same clerk and set as {seen[key]}; permitted: each once")
        seen[key] = file.name
    answers = [a for file in files for a in file.answers if a.drill != CALIBRATE]
    asked = grouped(answers, lambda a: (a.item, a.part))
    questions = [_asked(library, group) for group in asked.values()]
    clerks = grouped(dict.fromkeys(file.clerk for file in files), str.casefold).values()
    return Report(
        by_clerk=tuple(_of_clerk(file) for file in files),
        by_doctrine=rates(library, answers)["Doctrine"],
        questions=tuple(sorted(questions, key=lambda row: (row.tally.share, row.item))),
        hints=tuple(
            f"Perhaps one clerk: {', '.join(map(one_line, names))} differ only in case."
            for names in clerks
            if len(names) > 1
        ),
    )


def _of_clerk(file: Results) -> Tally:
    done = len({a.item for a in file.answers})
    left = "" if done == file.number else f" ({done} of {file.number} drills)"
    return tally(f"{file.clerk}{left}", (a for a in file.answers if a.drill != CALIBRATE))


def _asked(library: Library, group: Sequence[Answered]) -> Asked:
    item = make(library, group[0].item)
    part = next(part for part in item.parts if part.id == group[0].part)
    wrong = Counter(a.given for a in group if not a.right).most_common(MISTAKES)
    return Asked(
        drill=TITLES[item.drill],
        item=item.id,
        part=part.id,
        doctrine=part.doctrine,
        asks=part.asks,
        tally=tally(_question_name(library, item, part), group),
        mistakes=tuple(Mistake(part.by_id[id_].label, n) for id_, n in wrong),
    )


def _question_name(library: Library, item: Item, part: Part) -> str:
    """A question by its drill and the case, with its number where there are several."""
    subject, circuit = subjects(library)[case_of(item.id)], library.courts.circuits[item.circuit]
    number = f" {item.parts.index(part) + 1}" if len(item.parts) > 1 else ""
    moved = "" if item.circuit == subject.case.circuit else f", in {circuit.name}"
    return f"{TITLES[item.drill]}{number}: {abbreviated(subject.case.caption)}{moved}"


def text(found: Report) -> str:
    """The report in plain text, lines of at most 78 cells."""
    lines = [*found.hints, ""] if found.hints else []
    lines += [*_table("Clerk", found.by_clerk), "", *_table("Doctrine", found.by_doctrine), ""]
    lines.append(_head("Question, the hardest first"))
    for row in found.questions:
        lines += [_line(row.tally), *wrapped(one_line(row.asks), "    ", "    ")]
        for mistake in row.mistakes:
            lines += wrapped(one_line(f"{mistake.clerks} x {mistake.label}"), "    - ", "      ")
    return "\n".join(lines) + "\n"


def report_csv(found: Report) -> str:
    """The questions as CSV, a row for each wrong answer given, or one where there was none."""
    head = ["drill", "item", "question", "doctrine", "asked", "correct", "usual_mistake", "clerks"]
    rows = (
        (q.drill, q.item, q.part, q.doctrine, q.tally.asked, q.tally.right, one.label, one.clerks)
        for q in found.questions
        for one in q.mistakes or (Mistake("", 0),)
    )
    return _as_csv(head, rows)


def report_toml(found: Report) -> str:
    """The whole report as TOML."""
    return to_toml(
        {
            "schema": "qiwizard/practice-report/1",
            "clerk": [asdict(row) for row in found.by_clerk],
            "doctrine": [asdict(row) for row in found.by_doctrine],
            "question": [asdict(row) for row in found.questions],
        }
    )


REPORTS: dict[str, Callable[[Report], str]] = {"text": text, "csv": report_csv, "toml": report_toml}
"""The formats of a report, the default first."""
