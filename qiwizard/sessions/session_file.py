"""Session files: what the user gave, written as a table; files read back and checked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from qiwizard.errors import LONGEST_VALUE, UserError, permitted, quoted, spelled, told, unreadable
from qiwizard.files import read_text
from qiwizard.law.courts import circuit_named, court_named
from qiwizard.law.facts import CIRCUIT, COURT
from qiwizard.law.posture import Posture
from qiwizard.sessions.session import Matter, Session
from qiwizard.text import shortened

if TYPE_CHECKING:
    from qiwizard.law.library import Library

SCHEMA = "qiwizard/session/1"
SINCE = "since"
"""The table of what changed since a recorded ruling; made again at each export."""
COMPUTED = (
    "ruling",
    "finding",
    "contrary",
    "alternative",
    "change",
    "similar",
    "step",
    "ahead",
    "forum",
    "authority",
)
"""The tables that follow from the rest and are never read back as facts."""

Document = dict[str, Any]
KEPT = "kept"
"""The table that an unfinished session has besides, while it is kept by the program."""
KEYS = ("schema", "created", KEPT, "matter", "posture", "session", "source", *COMPUTED, SINCE)
"""The top-level keys of a session file."""
NAMED = ("caption", "docket", "notes")
"""The keys of `[matter]` that are the program's own."""
MOST_NAMED = 5
"""Keys that are not read, of which so many are named."""


def given_tables(library: Library, session: Session) -> Document:
    """What the user gave: matter, posture, open facts and where the record says so."""
    posture = session.posture
    order = library.vocabulary.in_order
    named = {key: text for key in NAMED if (text := getattr(session.matter, key))}
    return {
        "schema": SCHEMA,
        "created": session.created,
        "matter": {**session.matter.other, **named},
        "posture": {name: posture.known[name] for name in order(posture.known)},
        "session": {**session.other, "open": _open(library, session)},
        "source": {name: session.sources[name] for name in order(session.sources)},
    }


def _open(library: Library, session: Session) -> list[str]:
    """The open facts: in the order of the file they came from while they are the same."""
    given = session.other.get("open", [])
    if len(given) == len(session.posture.open) and set(given) == session.posture.open:
        return list(given)
    return list(library.vocabulary.in_order(session.posture.open))


def read_session(path: Path | str, library: Library, today: date | None = None) -> Session:
    """The session in a file (`-`: standard input); UserError names every mistake in it.

    A file with a ruling keeps its day and its ruling until another is adopted; a bare
    posture is ruled on under the law of `today`.
    """
    name = "standard input" if str(path) == "-" else str(path)
    return session_from(parse(read_text(path), name), name, library, today)


def parse(text: str, name: str) -> dict[str, Any]:
    """The table in a TOML or, if it starts with a brace, JSON text."""
    import tomllib  # most starts have no file to read

    try:
        table = json_table(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (RecursionError, ValueError) as error:
        why = NO_OBJECT if _other_json(text) else unreadable(error)
        raise UserError(f"{name}: not readable: {why}") from None
    if mistakes := unfit(table):
        raise UserError(*(f"{name}: {mistake}" for mistake in mistakes))
    return table


NO_OBJECT = "JSON, but not an object; permitted: { … } with the tables of a session"


def _other_json(text: str) -> bool:
    """Whether a text is JSON other than an object."""
    try:
        return not isinstance(json.loads(text), dict)
    except (RecursionError, ValueError):
        return False


def json_table(text: str) -> dict[str, Any]:
    """The table in JSON text, its day and time as such; ValueError if it is not readable."""
    table: dict[str, Any] = json.loads(text, object_pairs_hook=_each_once)
    # What is no date stays a text, for the check to name it.
    with suppress(ValueError, TypeError, KeyError):
        table["created"] = datetime.fromisoformat(table["created"])
    with suppress(ValueError, TypeError, KeyError):
        table["ruling"]["as_of"] = date.fromisoformat(table["ruling"]["as_of"])
    return table


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; ValueError for a duplicate key."""
    table: dict[str, Any] = {}
    for key, value in pairs:
        if key in table:
            raise ValueError(f"the key {key!r} appears twice in one object")
        table[key] = value
    return table


def refuse_newer(table: Mapping[str, Any], name: str) -> None:
    """UserError if a later version wrote the table; one without a `schema` counts as current."""
    if mistake := newer_problem(table):
        raise UserError(f"{name}: {mistake}; the file is left as it is")


def newer_problem(table: Mapping[str, Any]) -> str:
    """That the table was written by a later version of the program; empty if it was not."""
    schema = table.get("schema")
    family, _, own = SCHEMA.rpartition("/")
    if not isinstance(schema, str) or not schema.startswith(f"{family}/"):
        return ""
    number = schema.removeprefix(f"{family}/")
    if number.isdecimal() and number.isascii() and int(number[:6]) > int(own):
        return (
            f"schema: {quoted(schema)} was written by a newer version of qiwizard; "
            f"permitted: {SCHEMA}"
        )
    return ""


def posture_of(
    library: Library, facts: Mapping[str, Any], still_open: Iterable[str] = ()
) -> Posture:
    """A posture from facts as a script has them; UserError names each that is not permitted.

    `still_open` names the facts that were asked and are not known.
    """
    asked = tuple(still_open)
    table = {"posture": dict(facts), "session": {"open": list(asked)}}
    if mistakes := session_problems(table, library):
        raise UserError(*mistakes)
    return Posture.of(facts, asked)


def unknown_keys(table: Mapping[str, Any]) -> tuple[str, ...]:
    """Top-level keys that are not read, for a note to the user."""
    return tuple(key for key in table if key not in KEYS)


def unread_note(keys: Sequence[str]) -> str:
    """A note to the user that some keys are not read, however many and long they are."""
    named = ", ".join(f"`{shortened(key, LONGEST_VALUE)}`" for key in keys[:MOST_NAMED])
    more = f" and {len(keys) - MOST_NAMED:,} more" if len(keys) > MOST_NAMED else ""
    return f"note: {named}{more} {'is' if len(keys) == 1 else 'are'} not read"


def session_from(
    table: Mapping[str, Any], name: str, library: Library, today: date | None = None
) -> Session:
    """The session in a table; UserError with one line per mistake, each naming the file."""
    refuse_newer(table, name)
    if isinstance(posture := table.get("posture"), dict):
        table = {**table, "posture": named_forum_facts(posture, library)}
    mistakes = session_problems(table, library)
    if mistakes:
        raise UserError(*(f"{name}: {mistake}" for mistake in mistakes))
    own, in_order = table.get("session", {}), library.vocabulary.in_order
    posture = Posture.of(table["posture"], own.get("open", ()))
    ruling, matter = table.get("ruling"), table.get("matter", {})
    named = {key: matter[key] for key in NAMED if key in matter}
    further = {key: value for key, value in matter.items() if key not in NAMED or not value}
    recorded = {key: table[key] for key in COMPUTED if key in table}
    # The order of `open` is carried along only where it is the file's own.
    carried = {k: v for k, v in own.items() if k != "open" or v != list(in_order(v))}
    return Session(
        as_of=ruling["as_of"] if ruling else (today or date.today()),
        created=table.get("created") or datetime.now(UTC).replace(microsecond=0),
        posture=posture,
        sources=MappingProxyType(dict(table.get("source", {}))),
        matter=Matter(**named, other=MappingProxyType(further)),
        trail=in_order((*posture.known, *posture.open)),
        recorded=MappingProxyType(recorded) if ruling else None,
        other=MappingProxyType(carried),
    )


def named_forum_facts(posture: Mapping[str, Any], library: Library) -> dict[str, Any]:
    """A posture as typed, its circuit and court under their ids where they are named otherwise."""
    facts = dict(posture)
    for name, find in ((CIRCUIT, circuit_named), (COURT, court_named)):
        typed = facts.get(name)
        if isinstance(typed, str) and not library.vocabulary.by_name[name].permits(typed):
            facts[name] = find(library.courts, typed) or typed
    return facts


def session_problems(table: Mapping[str, Any], library: Library) -> list[str]:
    """What is wrong with a session table, one line per mistake."""
    from qiwizard.sessions import schema  # which is slow to load

    if mistakes := unfit(table):
        return mistakes
    found = schema.session_shape_problems(dict(table))
    if isinstance(posture := table.get("posture"), dict):
        mistakes = schema.posture_problems(posture, library.vocabulary)
        found += mistakes or forum_problems(posture, library)
    return found or _naming_problems(table, library)


def forum_problems(posture: Mapping[str, Any], library: Library) -> list[str]:
    """Whether the court lies outside the circuit stated."""
    court, circuit = posture.get("court"), posture.get("circuit")
    if court is None or circuit is None or (home := library.courts.circuit_of(court)) == circuit:
        return []
    return [
        f"posture.court: {court} is in the circuit `{home}`, not in `{circuit}`; "
        f"{permitted(d.id for d in library.courts.of(circuit))}"
    ]


def _naming_problems(table: Mapping[str, Any], library: Library) -> list[str]:
    """Facts named outside the posture, and outcomes, that do not exist."""
    names = library.vocabulary.by_name
    still_open = table.get("session", {}).get("open", [])
    found = told(
        [name for name in still_open if name not in names],
        lambda name: f"session.open: {quoted(name)} is no fact; {permitted(names, name)}",
    )
    found += [
        f"session.open: {name} is known in [posture] and cannot be open too"
        for name in still_open
        if name in table["posture"]
    ]
    found += told(
        [name for name in table.get("source", {}) if name not in names],
        lambda name: f"source.{spelled(name)}: no such fact; {permitted(names, name)}",
    )
    if ruling := table.get("ruling"):
        as_of, outcome, begins = ruling["as_of"], ruling["outcome"], library.about.begins
        if as_of < begins:
            found.append(
                f"ruling.as_of: {as_of} is before the library; permitted: {begins} or later"
            )
        if outcome not in library.outcomes:
            known = permitted(library.outcomes, outcome)
            found.append(f"ruling.outcome: {quoted(outcome)}; {known}")
    return found


DEEPEST = 20
"""Tables and lists within one another; an export has six."""
LARGEST = 2**63
"""TOML promises whole numbers below this, on either side of zero."""
NULLS = frozenset({("created",), ("ruling",)})
"""Where JSON may say null, which TOML cannot; of a fact its own check says what is permitted."""

Place = tuple[str | int, ...]


def unfit(table: Mapping[str, Any]) -> list[str]:
    """What could not be written to a file again, one line for each place in a table."""
    found: list[str] = []
    # A list of what is left to look at, because depth is one of the things to find.
    left: list[tuple[Place, Any]] = [((), table)]
    while left:
        place, value = left.pop()
        if why := _mistake(place, value):
            found.append(f"{shortened('.'.join(map(str, place)), LONGEST_VALUE)}: {why}")
        elif isinstance(value, Mapping | list):
            parts = value.items() if isinstance(value, Mapping) else enumerate(value)
            left += [((*place, part), item) for part, item in reversed(list(parts))]
    return found


def _mistake(place: Place, value: object) -> str:
    """What is wrong with one value or with the key that leads to it; empty if nothing is."""
    if any(isinstance(part, str) and _halved(part) for part in (*place[-1:], value)):
        return "holds half a character (a lone surrogate)"
    if isinstance(value, int) and not -LARGEST <= value < LARGEST:
        return "is a whole number of too many digits; permitted: up to 18"
    if value is None and place not in NULLS and place[:-1] != ("posture",):
        return "is null; permitted: a value, or no such key"
    if isinstance(value, datetime) and value.strftime("%z")[5:]:
        return "is a time with seconds in its offset from UTC; permitted: hours and minutes"
    if isinstance(value, Mapping | list) and len(place) > DEEPEST:
        return "tables or lists nested too deeply"
    return ""


def _halved(text: str) -> bool:
    return not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text)
