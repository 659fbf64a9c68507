"""The command `qiwizard practice`: drills, or what an instructor asks for."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

from qiwizard.commands import known, listed, put, put_bytes, to_file, whole
from qiwizard.errors import Exit, UserError, permitted
from qiwizard.law.library import Library
from qiwizard.law.shipped import library_from
from qiwizard.practice.drills import audit_lines, drill_named
from qiwizard.practice.progress import SET, Round
from qiwizard.practice.report import REPORTS, exported, progress_lines, report
from qiwizard.practice.selection import IN_A_ROUND
from qiwizard.practice.sets import (
    NUMBER,
    ResultsFile,
    Wanted,
    answer_key,
    made_set,
    read_results,
    read_set,
)
from qiwizard.practice.sitting import Sitting, now
from qiwizard.practice.store import Store, like_named
from qiwizard.reports import as_markdown, as_word
from qiwizard.reports.blocks import Paper
from qiwizard.reports.formats import format_for
from qiwizard.start import start_practice

MOST = 100
"""Drills in one round at the most."""


def practice_command(options: Namespace) -> int:
    """Practice, or print what was asked for instead."""
    library = library_from(options.precedents)
    if options.count:
        print("\n".join(audit_lines(library)))
    elif options.make_set:
        _hand_out(made_set(library, _wanted(options)), options)
    elif options.key is not None:
        writers: dict[str, Callable[[Paper], str | bytes]]
        writers = {"markdown": as_markdown.paper, "docx": as_word.paper}
        write = writers[_form(options, writers)]
        _hand_out(write(answer_key(library, read_set(options.key, library))), options)
    elif options.report is not None:
        found = report(library, [read_results(path, library) for path in options.report])
        put(REPORTS[_form(options, REPORTS)](found), options)
    elif options.progress or options.export is not None:
        _progress(library, options)
    else:
        return start_practice(lambda: _sitting(library, options), options)
    return Exit.DONE


def _wanted(options: Namespace) -> Wanted:
    return Wanted(
        drills=tuple(listed("--drills", options.drills)),
        orders=tuple(listed("--orders", options.orders)),
        doctrines=tuple(listed("--doctrines", options.doctrines)),
        circuits=tuple(listed("--circuits", options.circuits)),
        number=whole("--number", options.number, NUMBER),
        seed=whole("--seed", options.seed, 1),
    )


def _form(options: Namespace, formats: Collection[str]) -> str:
    """The format that is named, else that of the output file; UserError for an unknown one."""
    form: str = options.format or format_for(options.output, formats)
    if form not in formats:
        raise UserError(f"--format: {form!r} is not known; {permitted(formats, form)}")
    return form


def _hand_out(content: str | bytes, options: Namespace) -> None:
    """Write what others are to read, and say where."""
    if isinstance(content, bytes):
        put_bytes(content, options)
    else:
        put(content, options)
    if options.output is not None:
        print(f"Written: {Path(options.output)}", file=sys.stderr)


def _progress(library: Library, options: Namespace) -> None:
    store = Store(options.clerk)
    progress, trouble = store.load()
    for said in filter(None, (trouble, like_named(store.clerk))):
        print(said, file=sys.stderr)
    if options.export is None:
        print("\n".join(progress_lines(library, progress, now())))
    else:
        path = Path(options.export)
        to_file(path, exported(library, progress, path).encode("utf-8", "replace"), options)


def _sitting(library: Library, options: Namespace) -> Sitting:
    sitting = Sitting(library, Store(options.clerk))
    sitting.store.check()
    if options.set is not None:
        return _of_set(sitting, options)
    if options.placement:
        first = sitting.placement()
    elif options.walk is not None:
        first = sitting.walk(options.walk)
    elif (options.drills, options.circuits, options.number) != (None, None, None):
        first = _round(sitting, options)
    else:
        return sitting
    return replace(sitting, first=replace(first, read_first=options.read_first))


def _round(sitting: Sitting, options: Namespace) -> Round:
    """The round of the kinds, the circuits and the number asked for; UserError if it is empty."""
    drills = [drill_named(name) for name in listed("--drills", options.drills)]
    circuits = known("--circuits", options.circuits, sitting.library.courts.circuits)
    number = whole("--number", options.number, IN_A_ROUND)
    if not 1 <= number <= MOST:
        raise UserError(f"--number: {number} is out of range; permitted: 1 to {MOST}")
    first = sitting.mixed(number, drills, circuits)
    if first.over:
        raise UserError("practice: no drill of these kinds and circuits is left")
    return first


def _of_set(sitting: Sitting, options: Namespace) -> Sitting:
    practice_set = read_set(options.set, sitting.library)
    stem = "set" if options.set == "-" else Path(options.set).stem
    path = Path(options.results or f"{stem}.{sitting.store.path.stem}.results.toml")
    results = ResultsFile(path, practice_set, sitting.store.clerk, sitting.library)
    first = Round(practice_set.items, SET, done=results.begun())
    return replace(sitting, first=first, results=results, comments=practice_set.comments)
