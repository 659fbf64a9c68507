"""The commands without screens: rule, compare, replay, check, precedents, facts."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from textwrap import wrap

from qiwizard.errors import Exit, UserError, permitted, spelled
from qiwizard.files import check_name, read_text, would_replace, write_bytes
from qiwizard.law.courts import circuit_named, court_named
from qiwizard.law.facts import COURT, Fact
from qiwizard.law.library import Library, refusal, today_under
from qiwizard.law.shipped import library_from
from qiwizard.reports.formats import WHOLE, WORD, content, format_for, render
from qiwizard.sessions.session import Session
from qiwizard.text import one_line
from qiwizard.typed import DATES, MOST_DIGITS, typed_dates, typed_number


def put(text: str, options: Namespace) -> None:
    """Write a result where `--output` says, or to standard output."""
    if options.output is None:
        sys.stdout.write(text)
    else:
        to_file(Path(options.output), text.encode("utf-8", "replace"), options)


def put_bytes(data: bytes, options: Namespace) -> None:
    """Write a binary result; UserError if standard output is a terminal."""
    if options.output is not None:
        to_file(Path(options.output), data, options)
    elif sys.stdout.isatty():
        raise UserError("--format: a Word document needs a file: add --output FILE.docx")
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)


def to_file(path: Path, data: bytes, options: Namespace) -> None:
    """Write a file; UserError if it exists, without `--force`, or cannot be written."""
    check_name(path)
    if would_replace(path) and not options.force:
        raise UserError(f"{path}: exists already; choose another name, or replace it with --force")
    write_bytes(path, data, force=options.force)


def listed(option: str, text: str | None) -> list[str]:
    """The values between commas, each once; UserError for an empty entry."""
    if text is None:
        return []
    parts = list(dict.fromkeys(part.strip() for part in text.split(",")))
    if "" in parts:
        raise UserError(f"{option}: {text!r} has an empty place; permitted: values between commas")
    return parts


def known(
    option: str,
    text: str | None,
    values: Iterable[str],
    find: Callable[[str], str | None] | None = None,
) -> list[str]:
    """The values between the commas, found by other names with `find`; UserError for any other."""
    may_be = tuple(values)
    found = []
    for given in listed(option, text):
        value = find(given) if find else given if given in may_be else None
        if value is None:
            raise UserError(f"{option}: {given!r} is not known; {permitted(may_be, given)}")
        found.append(value)
    return list(dict.fromkeys(found))


def whole(option: str, text: str | None, default: int) -> int:
    """A whole number; UserError for anything else."""
    if text is None:
        return default
    number = typed_number(text)
    if number is None or number >= 10**MOST_DIGITS:
        raise UserError(f"{option}: {text!r} is not a number; permitted: a whole number")
    return number


def rule_command(options: Namespace) -> int:
    """Rule on a posture or session file and print or write the summary."""
    from qiwizard.reports.report import Report

    library = library_from(options.precedents)
    if options.batch:
        return _batch(options, library, _day_wanted(options.as_of, library))
    session = _session(options.file, library)
    as_of = _day_wanted(options.as_of, library, session.as_of)
    form, sections = _form(options)
    report = Report(library, session.adopting(as_of), as_of, session)
    if form in WORD:
        put_bytes(content(report, form, full=options.full), options)
    else:
        put(render(report, form, full=options.full, sections=sections), options)
    return Exit.DONE


def _form(options: Namespace) -> tuple[str, list[str]]:
    """The format, and the sections of a summary; UserError if they cannot be combined."""
    from qiwizard.reports.sections import SECTIONS

    sections = known("--section", options.section, SECTIONS)
    form = options.format or ("text" if sections else format_for(options.output))
    if sections and form != "text":
        raise UserError(f"--section: not with --format {form}; permitted: text")
    if options.full and form in WHOLE:
        raise UserError(f"--full: not with --format {form}, which is always full")
    return form, sections


def _batch(options: Namespace, library: Library, as_of: date) -> int:
    """Rule on one posture per line; the exit code says whether any line was bad."""
    from qiwizard.batch import rule_on_lines, source_of

    if options.format or options.section or options.full or options.output or options.force:
        raise UserError(
            "--batch: writes a JSON object a line to standard output; "
            "permitted beside it: --as-of, --precedents"
        )
    name = "standard input" if options.file == "-" else options.file
    with source_of(options.file) as source:
        bad = rule_on_lines(library, source, sys.stdout, as_of, name)
    return Exit.DISAGREES if bad else Exit.DONE


def _day_wanted(text: str | None, library: Library, at_hand: date | None = None) -> date:
    """The one date named, or today; UserError if its law cannot be applied."""
    days = _days(text, library, at_hand)
    if len(days) > 1:
        raise UserError(f"--as-of: {text!r} is not one date; permitted: {DATES}")
    return days[0]


def _session(file: str, library: Library) -> Session:
    """The session in a file or on standard input; keys that are not read are named."""
    from qiwizard.sessions.session_file import parse, session_from, unknown_keys, unread_note

    name = "standard input" if file == "-" else file
    table = parse(read_text(file), name)
    session = session_from(table, name, library)
    if unread := unknown_keys(table):
        print(one_line(f"{name}: {unread_note(unread)}"), file=sys.stderr)
    return session


def compare_command(options: Namespace) -> int:
    """Rule on one posture under several forums or dates, and print where the rulings differ."""
    from qiwizard.reasoning.forums import compare, forums_named
    from qiwizard.reports.comparison import RENDERERS

    library = library_from(options.precedents)
    courts = library.courts
    find_circuit, find_court = partial(circuit_named, courts), partial(court_named, courts)
    circuits = known("--circuits", options.circuits, courts.circuits, find_circuit)
    districts = known("--courts", options.courts, courts.districts, find_court)
    session = _session(options.file, library)
    days = _days(options.as_of, library, session.as_of)
    forums = forums_named(library, session.posture, days, circuits, districts)
    form = options.format or format_for(options.output, RENDERERS)
    put(RENDERERS[form](compare(library, session.posture, forums)), options)
    return Exit.DONE


def _days(text: str | None, library: Library, at_hand: date | None = None) -> list[date]:
    """The dates between commas, each one whose law can be applied; today if none is named."""
    if text is None:
        return [today_under(library)]
    try:
        days = typed_dates(text)
    except UserError as error:
        raise UserError(f"--as-of: {error}") from None
    for day in days:
        if why_not := refusal(library, day, date.today(), at_hand):
            raise UserError(f"--as-of: {why_not}")
    return days


def replay_command(options: Namespace) -> int:
    """Replay decided cases; fails only if one of the five opinions or a named case disagrees."""
    from qiwizard.reasoning.replay import chosen, lines, replay, report

    library = library_from(options.precedents)
    cases = chosen(library, options.id, everything=options.all)
    comparisons = [replay(library, case) for case in cases]
    print("\n".join(lines(comparisons)))
    if options.all:
        filled = [replay(library, case, fill=True) for case in cases]
        print("\n" + "\n".join(report(library, comparisons)))
        print("\nthe same with every unstated yes-or-no fact answered No:")
        print("\n".join(report(library, filled)[:2]))
    bound = [c for c in comparisons if c.case.landmark or c.case.id in options.id]
    return Exit.DONE if all(c.exact for c in bound) else Exit.DISAGREES


def check_command(options: Namespace) -> int:
    """Validate the library and the interview; fails if anything is wrong."""
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
    from qiwizard.reports.precedents import listing, nothing_found, reading, selected

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


def facts_command(options: Namespace) -> int:
    """List the facts of a posture, one of them in full, or a posture to fill in."""
    library = library_from(None)
    if options.template:
        if options.name is not None:
            raise UserError("facts: --template lists every fact; permitted: no NAME beside it")
        print("\n".join(template_lines(library)))
    else:
        print("\n".join(fact_lines(library, options.name)))
    return Exit.DONE


WIDTH = 88


def fact_lines(library: Library, name: str | None) -> list[str]:
    """All facts, one line each, or one fact in full; UserError for an unknown name."""
    facts = library.vocabulary.by_name
    if name is None:
        return [f"{fact.name:<22}{_values(fact)}" for fact in facts.values()]
    if name not in facts:
        raise UserError(f"facts: no fact `{name}`; {permitted(facts, name)}")
    return list(_in_full(library, facts[name]))


def template_lines(library: Library) -> list[str]:
    """A posture in TOML with every fact commented out; uncommented, each line is valid."""
    lines = [
        "# A posture for qiwizard: uncomment what is known. Leave the rest out.",
        "",
        "[posture]",
    ]
    doctrine = ""
    for fact in library.vocabulary.facts:
        if fact.doctrine != doctrine:
            doctrine = fact.doctrine
            lines += ["", f"# {library.doctrine(doctrine).title}"]
        first = fact.values[0]
        value = f'"{first}"' if isinstance(first, str) else spelled(first)
        stated = f"# {fact.name} = {value}"
        lines.append(f"{stated:<44}# {_values(fact)}")
    return lines


def _in_full(library: Library, fact: Fact) -> Iterator[str]:
    yield f"{fact.name} ({library.doctrine(fact.doctrine).title})"
    yield from wrap(fact.question, WIDTH)
    for choice in fact.choices:
        yield f"  {spelled(choice.value):<22}{choice.label}"
    yield from wrap(fact.help, WIDTH)
    yield from wrap(f"Why it matters: {fact.why}", WIDTH)


def _values(fact: Fact) -> str:
    if fact.name == COURT:
        return "a federal district in Bluebook form, such as D.N.M."
    return " | ".join(spelled(value) for value in fact.values)
