"""The command `qiwizard practice`: a sitting, or a table for clerks and instructors."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from qiwizard.errors import UserError, permitted
from qiwizard.exits import Exit
from qiwizard.files import write_text
from qiwizard.law.library import Library
from qiwizard.libraries import library_from
from qiwizard.options import known, listed, put, whole
from qiwizard.start import start_practice

if TYPE_CHECKING:
    from qiwizard.practice.sitting import Sitting

MOST = 100
"""Drills in one round at the most."""


def practice_command(options: Namespace) -> int:
    """Practise, or print what was asked for instead."""
    library = library_from(options.precedents)
    if options.count:
        from qiwizard.practice.tables import count_lines

        print("\n".join(count_lines(library)))
        return Exit.DONE
    if options.make_set:
        return _make_set(library, options)
    if options.report is not None:
        return _report(library, options)
    if options.progress or options.export is not None:
        return _progress(library, options)
    return start_practice(
        lambda: _sitting(library, options),
        plain=options.plain,
        mouse=not options.no_mouse,
        precedents=options.precedents,
    )


def _make_set(library: Library, options: Namespace) -> int:
    from qiwizard.practice.sets import NUMBER, Wanted, made_set

    wanted = Wanted(
        drills=tuple(listed("--drills", options.drills)),
        orders=tuple(listed("--orders", options.orders)),
        doctrines=tuple(listed("--doctrines", options.doctrines)),
        circuits=tuple(listed("--circuits", options.circuits)),
        number=whole("--number", options.number, NUMBER),
        seed=whole("--seed", options.seed, 1),
    )
    put(made_set(library, wanted), options)
    return Exit.DONE


def _report(library: Library, options: Namespace) -> int:
    from qiwizard.practice.report import REPORTS, report
    from qiwizard.practice.results import read_results
    from qiwizard.practice.tables import BYTE_ORDER_MARK

    found = report(library, [read_results(path, library) for path in options.report])
    form = options.format or "text"
    if form not in REPORTS:
        raise UserError(f"--format: {form!r} is not known; {permitted(REPORTS, form)}")
    mark = BYTE_ORDER_MARK if form == "csv" and options.output else ""
    put(mark + REPORTS[form](found), options)
    return Exit.DONE


def _progress(library: Library, options: Namespace) -> int:
    from qiwizard.practice.sitting import now
    from qiwizard.practice.store import Store, other_spelling
    from qiwizard.practice.tables import exported, progress_lines

    kept = Store(options.clerk).load()
    said = kept.said or ("" if kept.progress.answers else other_spelling(kept.progress.clerk))
    if said:
        print(said, file=sys.stderr)
    if options.export is None:
        print("\n".join(progress_lines(library, kept.progress, now())))
    else:
        path = Path(options.export)
        write_text(path, exported(library, kept.progress, path), force=options.force)
    return Exit.DONE


def _sitting(library: Library, options: Namespace) -> Sitting:
    from qiwizard.practice.choose import IN_A_ROUND
    from qiwizard.practice.sitting import Sitting
    from qiwizard.practice.store import Store

    plain = Sitting(library, Store(options.clerk), read_first=options.read_first)
    plain.store.check()
    if options.set is not None:
        return _of_set(library, options, plain.store.clerk)
    if options.placement:
        return Sitting(library, plain.store, first=plain.placement())
    if options.walk is not None:
        first = plain.walk(options.walk)
        return Sitting(library, plain.store, first=first, read_first=options.read_first)
    if options.drills is None and options.circuits is None and options.number is None:
        return plain
    from qiwizard.practice.drills import drill_named

    drills = [drill_named(name) for name in listed("--drills", options.drills)]
    circuits = known("--circuits", options.circuits, library.courts.circuits)
    number = whole("--number", options.number, IN_A_ROUND)
    if not 1 <= number <= MOST:
        raise UserError(f"--number: {number} will not do; permitted: 1 to {MOST}")
    first = plain.mixed(number, drills, circuits)
    if first.over:
        raise UserError("practice: no drill of these kinds and circuits is left")
    return Sitting(library, plain.store, first=first, read_first=options.read_first)


def _of_set(library: Library, options: Namespace, clerk: str) -> Sitting:
    from qiwizard.practice.results import ResultsFile
    from qiwizard.practice.sets import read_set
    from qiwizard.practice.sitting import Sitting, of_set
    from qiwizard.practice.store import Store

    practice_set = read_set(options.set, library)
    store = Store(clerk)
    stem = "set" if options.set == "-" else Path(options.set).stem
    path = Path(options.results or f"{stem}.{store.path.stem}.results.toml")
    results = ResultsFile(path, practice_set, clerk, library)
    return Sitting(library, store, first=of_set(practice_set, results.begun()), results=results)
