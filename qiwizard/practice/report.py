"""The results of several clerks as one table: by doctrine, by question, with the usual mistakes."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from qiwizard.documents.forms import to_toml
from qiwizard.documents.words import wrapped
from qiwizard.errors import UserError
from qiwizard.law.library import Library
from qiwizard.practice.progress import Answered, Tally, tallies
from qiwizard.practice.results import Results, question_of
from qiwizard.practice.tables import csv_row
from qiwizard.text import fitted, one_line

MISTAKES = 3
"""Wrong answers named for a question, the commonest first."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong answer and how many clerks gave it."""

    label: str
    clerks: int


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a set: how it went, and what went wrong."""

    item: str
    part: str
    doctrine: str
    asks: str
    tally: Tally
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that the results of some clerks show."""

    files: tuple[Results, ...]
    by_clerk: tuple[Tally, ...]
    by_doctrine: tuple[Tally, ...]
    questions: tuple[Asked, ...]


def report(library: Library, files: Sequence[Results]) -> Report:
    """Put results together; UserError if a clerk's results of one set come twice."""
    seen: dict[tuple[str, str], str] = {}
    for file in files:
        key = file.clerk, file.set
        if key in seen:
            raise UserError(f"{file.name}: same clerk and set as {seen[key]}; permitted: each once")
        seen[key] = file.name
    answers = [a for file in files for a in file.answers]
    titles = {d.id: d.title for d in library.doctrines}
    order = list(titles)
    by_doctrine = tallies(sorted(answers, key=lambda a: order.index(a.doctrine)), _doctrine)
    return Report(
        files=tuple(files),
        by_clerk=tuple(_of_clerk(file) for file in files),
        by_doctrine=tuple(Tally(titles[t.name], t.asked, t.right) for t in by_doctrine),
        questions=tuple(_questions(library, answers)),
    )


def _doctrine(answer: Answered) -> str:
    return answer.doctrine


def _of_clerk(file: Results) -> Tally:
    done = len({a.item for a in file.answers})
    left = "" if done == file.number else f" ({done} of {file.number} drills)"
    right = sum(a.right for a in file.answers)
    return Tally(f"{file.clerk}{left}", len(file.answers), right)


def _questions(library: Library, answers: Sequence[Answered]) -> Iterator[Asked]:
    """Each question, those that went worst first."""
    groups: dict[tuple[str, str], list[Answered]] = {}
    for answer in answers:
        groups.setdefault((answer.item, answer.part), []).append(answer)
    rows = [_asked(library, group) for group in groups.values()]
    yield from sorted(rows, key=lambda row: (row.tally.share, row.item))


def _asked(library: Library, group: Sequence[Answered]) -> Asked:
    item, part = question_of(library, group[0])
    wrong = Counter(a.given for a in group if not a.right)
    labels = {option.id: option.label for option in part.options}
    return Asked(
        item=item.id,
        part=part.id,
        doctrine=part.doctrine,
        asks=part.asks,
        tally=Tally(f"{item.id} {part.id}", len(group), sum(a.right for a in group)),
        mistakes=tuple(Mistake(labels[id_], n) for id_, n in wrong.most_common(MISTAKES)),
    )


def text(found: Report) -> str:
    """The report in plain text, lines of at most 78 characters."""
    lines = [*_table("Clerk", found.by_clerk), "", *_table("Doctrine", found.by_doctrine), ""]
    lines.append(f"{'Question, the hardest first':<54}{'asked':>7}{'right':>7}{'share':>8}")
    for row in found.questions:
        lines += [_row(row.tally), *_wrapped(row.asks, "    ", "    ")]
        for mistake in row.mistakes:
            lines += _wrapped(f"{mistake.clerks} x {mistake.label}", "    - ", "      ")
    return "\n".join(lines) + "\n"


def _wrapped(words: str, first: str, rest: str) -> list[str]:
    return wrapped(one_line(words), first, rest)


def _table(title: str, rows: Sequence[Tally]) -> list[str]:
    head = f"{title:<54}{'asked':>7}{'right':>7}{'share':>8}"
    return [head, *map(_row, rows)]


def _row(tally: Tally) -> str:
    # The end tells the questions of one drill apart.
    shown = fitted(one_line(tally.name), 53, tail=20)
    return f"{shown} {tally.asked:>7}{tally.right:>7}{tally.share:>8.0%}"


def as_csv(found: Report) -> str:
    """The questions as CSV, a row for each wrong answer given, or one where there was none."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["drill", "question", "doctrine", "asked", "right", "usual_mistake", "clerks"])
    for row in found.questions:
        for mistake in row.mistakes or (Mistake("", 0),):
            cells = (row.item, row.part, row.doctrine, row.tally.asked, row.tally.right)
            writer.writerow(csv_row(*cells, mistake.label, mistake.clerks))
    return stream.getvalue()


def as_toml(found: Report) -> str:
    """The whole report as TOML."""
    return to_toml(
        {
            "schema": "qiwizard/practice-report/1",
            "clerk": [_plain(t) for t in found.by_clerk],
            "doctrine": [_plain(t) for t in found.by_doctrine],
            "question": [
                {
                    "item": row.item,
                    "part": row.part,
                    "doctrine": row.doctrine,
                    "asks": row.asks,
                    "asked": row.tally.asked,
                    "right": row.tally.right,
                    "mistake": [{"answer": m.label, "clerks": m.clerks} for m in row.mistakes],
                }
                for row in found.questions
            ],
        }
    )


def _plain(tally: Tally) -> dict[str, str | int]:
    return {"name": tally.name, "asked": tally.asked, "right": tally.right}


REPORTS: dict[str, Callable[[Report], str]] = {"text": text, "csv": as_csv, "toml": as_toml}
"""The formats of a report, the default first."""
