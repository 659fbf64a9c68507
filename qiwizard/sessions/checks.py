"""What is wrong with a session that comes in as a file: its shape, its facts, its names.

The shape is told by data, and keys that it does not name are let pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from qiwizard.errors import LONGEST_VALUE, permitted, quoted, spelled, told
from qiwizard.law.facts import Vocabulary
from qiwizard.reasoning.weighing import Strength
from qiwizard.sessions.session_file import COMPUTED, SCHEMA, SINCE
from qiwizard.text import shortened

if TYPE_CHECKING:
    from qiwizard.law.library import Library

ROWS = (*COMPUTED[1:], SINCE)
"""The tables of which there can be several."""
STRENGTHS = [repr(strength.word) for strength in Strength]
STRENGTH, VERSION = f"{', '.join(STRENGTHS[:-1])} or {STRENGTHS[-1]}", repr(SCHEMA)
TEXT, LIST, TABLE, DAY, MOMENT = "a string", "a list", "a table", "a day", "a day and time"
_FITS: Mapping[str, Callable[[object], bool]] = {
    TEXT: lambda value: isinstance(value, str),
    LIST: lambda value: isinstance(value, list),
    TABLE: lambda value: isinstance(value, Mapping),
    DAY: lambda value: isinstance(value, date) and not isinstance(value, datetime),
    MOMENT: lambda value: isinstance(value, datetime),
    STRENGTH: lambda value: repr(value) in STRENGTHS,
    VERSION: lambda value: value == SCHEMA,
}
SHAPE = {
    "posture": TABLE,
    "schema": VERSION,
    "created": MOMENT,
    "matter": TABLE,
    **dict.fromkeys(("matter.caption", "matter.docket", "matter.notes"), TEXT),
    "session": TABLE,
    "session.open": LIST,
    "session.open.*": TEXT,
    "source": TABLE,
    "source.*": TEXT,
    **dict.fromkeys(ROWS, LIST),
    **{f"{name}.*": TABLE for name in ROWS},
    "ruling": TABLE,
    **dict.fromkeys(("ruling.outcome", "ruling.headline"), TEXT),
    "ruling.strength": STRENGTH,
    "ruling.as_of": DAY,
    "ruling.terms": LIST,
    "ruling.terms.*": TEXT,
}
"""By place in a session file: what is permitted there. Every other key is let pass."""
NEEDED = {"": ("posture",), "ruling": ("outcome", "strength", "as_of")}
"""The keys that a table must have."""


def _misshapen(value: object, place: str = "", pattern: str = "") -> Iterator[str]:
    """Where a session table has not its shape, one line per mistake."""
    if pattern in SHAPE and not _FITS[SHAPE[pattern]](value):
        yield f"{_clipped(place)}: {quoted(value)} is not permitted; permitted: {SHAPE[pattern]}"
    elif isinstance(value, Mapping | list) and (pattern in SHAPE or not pattern):
        for key in NEEDED.get(pattern, ()):
            if key not in value:
                yield f"{f'{place}.{key}' if place else key}: is missing"
        for part, item in value.items() if isinstance(value, Mapping) else enumerate(value):
            named, within = (f"{lead}.{part}" if lead else str(part) for lead in (place, pattern))
            if item is not None or named not in MAY_BE_NULL:
                yield from _misshapen(item, named, within if within in SHAPE else f"{pattern}.*")


def _clipped(text: str) -> str:
    return shortened(text, LONGEST_VALUE)


def session_problems(table: Mapping[str, Any], library: Library) -> list[str]:
    """What is wrong with a session table, one line per mistake."""
    if mistakes := unfit(table):
        return mistakes
    found = [*_misshapen(table)]
    if isinstance(posture := table.get("posture"), dict):
        mistakes = _posture_problems(posture, library.vocabulary)
        found += mistakes or forum_problems(posture, library)
    return found or _naming_problems(table, library)


def forum_problems(posture: Mapping[str, Any], library: Library) -> list[str]:
    """Whether the court lies outside the circuit stated."""
    court, circuit = posture.get("court"), posture.get("circuit")
    if court is None or circuit is None:
        return []
    home = library.courts.circuit_of(court)
    if home == circuit:
        return []
    return [
        f"posture.court: {court} lies in the circuit `{home}`, not in `{circuit}`; "
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
    ruling = table.get("ruling") or {}
    as_of = ruling.get("as_of")
    if as_of is not None and as_of < library.about.begins:
        begins = library.about.begins.isoformat()
        found.append(f"ruling.as_of: {as_of} is before the library; permitted: {begins} or later")
    outcome = ruling.get("outcome")
    if outcome is not None and outcome not in library.outcomes:
        found.append(f"ruling.outcome: {quoted(outcome)}; {permitted(library.outcomes, outcome)}")
    return found


def _posture_problems(table: Mapping[str, Any], vocabulary: Vocabulary) -> list[str]:
    """What is wrong with a `[posture]` table, one line per fact."""
    names = vocabulary.by_name

    def line(name: str) -> str:
        if name not in names:
            return f"posture.{_clipped(name)}: no such fact; {permitted(names, name)}"
        given = table[name]
        choices = permitted(names[name].values, given)
        return f"posture.{name}: {quoted(given)} is not a value of this fact; {choices}"

    return told([n for n in table if n not in names or not names[n].permits(table[n])], line)


DEEPEST = 20
"""Tables and lists within one another; an export has six."""
LARGEST = 2**63
"""TOML promises whole numbers below this, on either side of zero."""
MAY_BE_NULL = ("created", "ruling")
"""Where JSON may say null, which TOML cannot; of a fact its own check says what is permitted."""

Place = tuple[str | int, ...]


def unfit(table: Mapping[str, Any]) -> list[str]:
    """What could not be written to a file again, one line for each place in a table."""
    return [f"{_clipped('.'.join(map(str, place)))}: {why}" for place, why in _unwritable(table)]


def _unwritable(table: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    # A list of what is left to look at, because depth is one of the things to find.
    left: list[tuple[Place, Any]] = [((), table)]
    while left:
        place, value = left.pop()
        if why := _why_unwritable(place, value):
            yield place, why
        elif isinstance(value, Mapping | list):
            parts = value.items() if isinstance(value, Mapping) else enumerate(value)
            left += [((*place, part), item) for part, item in reversed(list(parts))]


def _why_unwritable(place: Place, value: object) -> str:
    """What is wrong with one value or with the key that leads to it; empty if nothing is."""
    if any(isinstance(part, str) and _halved(part) for part in (*place[-1:], value)):
        return "holds half a character (a lone surrogate)"
    if isinstance(value, int) and not -LARGEST <= value < LARGEST:
        return "is a whole number of too many digits; permitted: up to 18"
    if (
        value is None
        and ".".join(map(str, place)) not in MAY_BE_NULL
        and place[:-1] != ("posture",)
    ):
        return "is null; permitted: a value, or no such key"
    if isinstance(value, datetime) and value.strftime("%z")[5:]:
        return "is a time with seconds in its offset from UTC; permitted: hours and minutes"
    if isinstance(value, Mapping | list) and len(place) > DEEPEST:
        return "tables or lists nested too deeply"
    return ""


def _halved(text: str) -> bool:
    return not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text)
