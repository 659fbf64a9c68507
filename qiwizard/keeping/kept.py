"""An unfinished session as it is kept on disk: a session file with a table of its own on top.

The table `[kept]` says what an export leaves out: the day of the law, the order of the answers,
the precedents file they were given under, what was typed and not confirmed, and what a change of
answer set aside. Everything else is as in an export, so that a kept file can be opened like one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from qiwizard.errors import UserError, quoted, spelled
from qiwizard.files import MOST_BYTES, read_text
from qiwizard.reports.words import forum_words
from qiwizard.sessions.session import DEFENSE, Session, SetAside, defense_state, question_of
from qiwizard.sessions.session_file import KEPT, given_tables, parse, refuse_newer, session_from
from qiwizard.text import one_line
from qiwizard.toml_json import to_toml

if TYPE_CHECKING:
    from qiwizard.law.library import Library

FORMAT = 1
"""The form of the table `[kept]`; files with a higher number are left alone."""


DRAFTED = ("caption", "docket", "day", "notes")
"""The fields of the case in which something can be typed and not confirmed yet."""
SOURCE = "source."
"""Prefix of the field for a record cite; the name of the fact follows."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Summary of a kept session, read without a full check."""

    path: Path
    title: str = ""
    """The caption, or the forum where there is none."""
    answers: int = 0
    saved: datetime | None = None
    precedents: str | None = None
    """The user's own precedents file that was in use; None for the shipped library alone."""
    trouble: str = ""
    """Why it cannot be resumed, as a sentence; empty if it can be."""


def worth_keeping(session: Session) -> bool:
    """Whether a session holds anything that a person entered."""
    matter = session.matter
    named = matter.caption or matter.docket or matter.notes
    return bool(session.trail or session.sources or named or session.draft or session.aside)


def kept_text(library: Library, session: Session, precedents: str | None) -> str:
    """The text of a kept session."""
    about: dict[str, Any] = {
        "format": FORMAT,
        "saved": datetime.now(UTC).replace(microsecond=0),
        "as_of": session.as_of,
        "trail": list(session.trail),
        "title": session.matter.caption or forum_words(library, session.posture),
    }
    if precedents is not None:
        about["precedents"] = precedents
    if session.draft:
        about["draft"] = dict(session.draft)
    if session.aside:
        about["aside"] = [_aside_row(one) for one in session.aside]
    given = given_tables(library, session)
    top = {"schema": given.pop("schema"), "created": given.pop("created")}
    return to_toml({**top, KEPT: about, **given, **(session.recorded or {})})


def glimpse(path: Path) -> Kept:
    """Read the summary of a kept file; problems are reported, never raised."""
    try:
        table = _table(path)
    except UserError as error:
        return Kept(path, trouble=str(error))
    about = table[KEPT]
    trail, saved, precedents = (about.get(key) for key in ("trail", "saved", "precedents"))
    return Kept(
        path,
        title=spelled(about.get("title", "")),
        answers=len(trail) if isinstance(trail, list) else 0,
        saved=saved if isinstance(saved, datetime) else None,
        precedents=precedents if isinstance(precedents, str) else None,
    )


def kept_session(path: Path, library: Library, today: date) -> Session:
    """The session in a kept file, exactly as it was; UserError names every mistake in it."""
    table = _table(path)
    about: Mapping[str, Any] = table.pop(KEPT)
    session = session_from(table, str(path), library, today)
    return replace(
        session,
        as_of=_day(about, library, session.as_of),
        trail=_trail(about, session, library),
        draft=_draft(about, library),
        aside=_aside(about, library),
    )


def _table(path: Path) -> dict[str, Any]:
    name = str(path)
    table = parse(read_text(path), name)
    refuse_newer(table, name)
    about = table.get(KEPT)
    if not isinstance(about, dict):
        raise UserError(f"{name}: is not a kept session; [{KEPT}] is missing")
    number = about.get("format")
    if number != FORMAT or isinstance(number, bool):
        newer = isinstance(number, int) and number > FORMAT
        raise UserError(
            f"{name}: kept by a newer version of qiwizard, and left unchanged"
            if newer
            else f"{name}: {KEPT}.format: {quoted(number)} is not known; permitted: {FORMAT}"
        )
    return table


def _day(about: Mapping[str, Any], library: Library, otherwise: date) -> date:
    day = about.get("as_of")
    if not isinstance(day, date) or isinstance(day, datetime):
        return otherwise
    return day if day >= library.about.begins else otherwise


def _trail(about: Mapping[str, Any], session: Session, library: Library) -> tuple[str, ...]:
    """The order of the answers, as far as it names every answer once.

    The state of the defense is one answer, whatever facts it states.
    """
    trail, posture = about.get("trail"), session.posture
    if isinstance(trail, list) and all(isinstance(name, str) for name in trail):
        named = tuple(dict.fromkeys(name for name in trail if posture.asked(name)))
        asked = {question_of(posture, name) for name in named}
        state = defense_state(library, posture) if DEFENSE in asked else None
        stated = () if state is None else state.facts
        rest = (
            n for n in session.trail if n not in stated and question_of(posture, n) not in asked
        )
        return (*named, *rest)
    return session.trail


def _draft(about: Mapping[str, Any], library: Library) -> Mapping[str, str]:
    """Unconfirmed input, for the fields that exist."""
    draft = about.get("draft")
    fields = {*DRAFTED, *(source_field(name) for name in library.vocabulary.by_name)}
    given = draft.items() if isinstance(draft, dict) else ()
    return MappingProxyType({k: v for k, v in given if k in fields and isinstance(v, str)})


def _aside_row(one: SetAside) -> dict[str, Any]:
    """An answer set aside as a table; `value` and `given` are left out for Unknown."""
    under, given = one.under
    row = {"fact": one.fact, "value": one.value, "source": one.source, "under": under}
    return {key: value for key, value in {**row, "given": given}.items() if value is not None}


def _aside(about: Mapping[str, Any], library: Library) -> tuple[SetAside, ...]:
    """The answers set aside, as far as the library has such facts and values."""
    rows, by_name = about.get("aside"), library.vocabulary.by_name
    found = []
    for row in rows if isinstance(rows, list) else ():
        if not isinstance(row, dict) or not isinstance(row.get("source"), str):
            continue
        fact, under = (by_name.get(str(row.get(key))) for key in ("fact", "under"))
        value, given = row.get("value"), row.get("given")
        if fact is None or under is None or not (value is None or fact.permits(value)):
            continue
        if given is None or under.permits(given):
            found.append(SetAside((under.name, given), fact.name, value, row["source"]))
    return tuple(found)


def source_field(fact: str) -> str:
    """The field for the record cite of a fact."""
    return f"{SOURCE}{fact}"


def kept_bytes(library: Library, session: Session, precedents: str | None) -> bytes:
    """The content of a kept file; UserError if it could not be read again."""
    data = kept_text(library, session, precedents).encode("utf-8")
    if len(data) > MOST_BYTES:
        raise UserError(f"the session is larger than {MOST_BYTES} bytes and cannot be kept")
    return data


def count_words(answers: int) -> str:
    """How many answers, in words."""
    return "1 answer" if answers == 1 else f"{answers} answers"


def kept_words(kept: Kept) -> str:
    """A note on an unfinished session: its number of answers and its date."""
    if kept.trouble:
        return one_line(kept.trouble)
    saved = "" if kept.saved is None else f", kept on {_local(kept.saved):%Y-%m-%d at %H:%M}"
    return f"{count_words(kept.answers)}{saved}"


def _local(moment: datetime) -> datetime:
    try:
        return moment.astimezone()
    except OverflowError:  # at the ends of the calendar
        return moment


def other_precedents(then: str | None, now: str | None) -> str:
    """A warning that a session was started with a different library."""
    alone = "the shipped library alone"
    was, present = (f"the precedents file {path}" if path else alone for path in (then, now))
    return (
        f"This session was started with {was}; now {present} applies, "
        "and questions and ruling may differ. The answers do not change."
    )


def resume_words(title: str) -> str:
    """The offer to resume a session of a title."""
    return f"Resume: {one_line(title) or 'a session that cannot be read'}"


def drafts(library: Library, session: Session) -> list[tuple[str, str]]:
    """What was typed in a dialog and not confirmed before the end: the field in words, the text."""
    by_name = library.vocabulary.by_name
    return [
        (f"record cite of {by_name[name.removeprefix(SOURCE)].short}", text)
        if name.startswith(SOURCE)
        else (name, text)
        for name, text in session.draft.items()
    ]
