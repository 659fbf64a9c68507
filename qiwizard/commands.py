"""The commands without screens: rule, compare, replay, check, precedents."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path

from qiwizard.documents.export import format_for, render
from qiwizard.errors import UserError
from qiwizard.exits import Exit
from qiwizard.files import read_text
from qiwizard.law.library import Library
from qiwizard.libraries import library_from
from qiwizard.options import known, listed, put
from qiwizard.sessions.days import read_day, refusal, today_under
from qiwizard.sessions.session import Session
from qiwizard.text import one_line


def rule_command(options: Namespace) -> int:
    """Rule on a posture or session file and print or write the summary."""
    library = library_from(options.precedents)
    if options.batch:
        return _batch(options, library, _day_wanted(options.as_of, library))
    session = _session(options.file, library)
    as_of = _day_wanted(options.as_of, library, session.as_of)
    form = options.format or format_for(options.output)
    text = render(library, session.adopting(as_of), form, as_of, session)
    put(text, options)
    return Exit.DONE


def _batch(options: Namespace, library: Library, as_of: date) -> int:
    """Rule on a posture a line; the exit code tells whether some line was bad."""
    from qiwizard.batch import rule_on_lines, source_of

    if options.format or options.output or options.force:
        raise UserError(
            "--batch: writes a JSON object a line to standard output; "
            "permitted beside it: --as-of, --precedents"
        )
    name = "standard input" if options.file == "-" else options.file
    with source_of(options.file) as source:
        bad = rule_on_lines(library, source, sys.stdout, as_of, name)
    return Exit.DISAGREES if bad else Exit.DONE


def _day_wanted(text: str | None, library: Library, at_hand: date | None = None) -> date:
    return today_under(library) if text is None else parse_day(text, library, at_hand)


def _session(file: str, library: Library) -> Session:
    """The session in a file or on standard input; keys that are not read are named."""
    from qiwizard.documents.session_file import (
        parse,
        session_from,
        unknown_keys,
        unread_note,
    )

    name = "standard input" if file == "-" else file
    table = parse(read_text(file), name)
    session = session_from(table, name, library)
    if unread := unknown_keys(table):
        print(one_line(f"{name}: {unread_note(unread)}"), file=sys.stderr)
    return session


def compare_command(options: Namespace) -> int:
    """Rule on one posture under several forums or days, and print where they part."""
    from qiwizard.documents.compared import RENDERERS
    from qiwizard.reasoning.compare import compare, forums_named

    library = library_from(options.precedents)
    courts = library.courts
    circuits = known("--circuits", options.circuits, courts.circuits)
    districts = known("--courts", options.courts, courts.districts)
    session = _session(options.file, library)
    days = [parse_day(day, library, session.as_of) for day in listed("--as-of", options.as_of)]
    days = days or [today_under(library)]
    forums = forums_named(library, session.posture, days, circuits, districts)
    form = options.format or format_for(options.output, RENDERERS)
    put(RENDERERS[form](compare(library, session.posture, forums)), options)
    return Exit.DONE


def parse_day(text: str, library: Library, at_hand: date | None = None) -> date:
    """A day whose law can be applied; UserError for any other, and for no date."""
    day = read_day(text)
    if day is None:
        raise UserError(f"--as-of: {text!r} is no date; permitted: YYYY-MM-DD")
    if why_not := refusal(library, day, date.today(), at_hand):
        raise UserError(f"--as-of: {why_not}")
    return day


def replay_command(options: Namespace) -> int:
    """Replay decided cases; fails only if a landmark or a named case disagrees."""
    from qiwizard.reasoning.replay import chosen, lines, replay, table

    library = library_from(options.precedents)
    cases = chosen(library, options.id, everything=options.all)
    comparisons = [replay(library, case) for case in cases]
    print("\n".join(lines(comparisons)))
    if options.all:
        print("\n" + "\n".join(table(library, comparisons)))
        print(
            "The five opinions are ruled on with their own holdings in the library; "
            "every other order without any holding taken from it or its appeal."
        )
    bound = [c for c in comparisons if c.case.landmark or c.case.id in options.id]
    return Exit.DONE if all(c.exact for c in bound) else Exit.DISAGREES


def check_command(options: Namespace) -> int:
    """Validate the library and prove the interview; fails if anything is wrong."""
    from qiwizard.checking.check import check

    library = library_from(options.precedents)
    opinions = Path(options.opinions) if options.opinions else None
    report = check(library, opinions, today_under(library))
    print("\n".join(report.lines))
    for problem in report.problems:
        print(problem, file=sys.stderr)
    return Exit.DISAGREES if report.problems else Exit.DONE


def precedents_command(options: Namespace) -> int:
    """List the precedents, one line each; or what is searched for, or read one."""
    from qiwizard.documents.reading import listing, nothing_found, reading, selected

    library = library_from(options.precedents)
    today = today_under(library)
    if options.read is not None:
        sys.stdout.write(reading(library, options.read, today, options.format))
        return Exit.DONE
    found = selected(library, options, today)
    sys.stdout.write(listing(found, options.format))
    if not found:
        print(nothing_found(options), file=sys.stderr)
    return Exit.DONE


COMMANDS: dict[str, Callable[[Namespace], int]] = {
    "rule": rule_command,
    "compare": compare_command,
    "replay": replay_command,
    "check": check_command,
    "precedents": precedents_command,
}
"""The commands by the word that calls them."""
