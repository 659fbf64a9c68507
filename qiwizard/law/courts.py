"""Federal courts: districts, their circuits, and the names by which people type them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter

SUPREME_COURT = "U.S."


@dataclass(frozen=True, slots=True)
class Circuit:
    """A federal circuit: its id, its name, and the abbreviation of its court of appeals."""

    id: str
    name: str
    abbreviation: str


@dataclass(frozen=True, slots=True)
class District:
    """A federal district court by its Bluebook abbreviation."""

    id: str
    name: str
    circuit: str


@dataclass(frozen=True, slots=True)
class Courts:
    """All circuits and districts."""

    circuits: Mapping[str, Circuit]
    districts: Mapping[str, District]

    def circuit_of(self, court: str) -> str | None:
        """The circuit in which a district or court of appeals sits; None for others."""
        if court in self.districts:
            return self.districts[court].circuit
        return next((c.id for c in self.circuits.values() if c.abbreviation == court), None)

    def of(self, circuit: str) -> tuple[District, ...]:
        """The districts of one circuit, by name."""
        return tuple(d for d in self.districts.values() if d.circuit == circuit)


_LOOSE, NO_MATCH = 3, 9
"""Grades of a forum matched inside a word, and of none; a lower grade is a closer match."""


@dataclass(frozen=True, slots=True)
class NamedForum:
    """A circuit, or a district and its circuit."""

    circuit: str
    court: str | None
    label: str


def all_forums(courts: Courts) -> tuple[NamedForum, ...]:
    """The circuits, then the districts."""
    circuits = [
        NamedForum(c.id, None, f"{c.name} ({c.abbreviation})") for c in courts.circuits.values()
    ]
    districts = [
        NamedForum(d.circuit, d.id, f"{d.id}, {d.name} ({courts.circuits[d.circuit].abbreviation})")
        for d in courts.districts.values()
    ]
    return (*circuits, *districts)


def matching_forums(courts: Courts, typed: str) -> tuple[NamedForum, ...]:
    """Forums that match the text, closest first; without text, the circuits."""
    if not _words(typed):
        return tuple(forum for forum in all_forums(courts) if forum.court is None)
    return tuple(forum for grade, forum in _graded(courts, typed) if grade < NO_MATCH)


def named_forum(courts: Courts, typed: str) -> NamedForum | None:
    """The one forum that is the closest match; None where several are, or none is close."""
    (best, forum), (second, _) = _graded(courts, typed)[:2]
    return forum if best < _LOOSE and best != second else None


def circuit_named(courts: Courts, typed: str) -> str | None:
    """The id of the circuit that is named exactly, such as `10th` or `Tenth Circuit`."""
    found = named_forum(courts, typed)
    return found.circuit if found is not None and found.court is None else None


def court_named(courts: Courts, typed: str) -> str | None:
    """The id of the district that is named, however its periods and blanks are set."""
    found = named_forum(courts, typed)
    return found.court if found is not None else None


def _graded(courts: Courts, typed: str) -> list[tuple[int, NamedForum]]:
    """Every forum with the grade of its match, closest first."""
    words = _words(typed)
    graded = [(_grade(courts, forum, words), forum) for forum in all_forums(courts)]
    return sorted(graded, key=itemgetter(0))


def _grade(courts: Courts, forum: NamedForum, words: tuple[str, ...]) -> int:
    """Grade of a match: exact, prefix of the name, prefixes of its words."""
    names = _names(courts, forum)
    joined = "".join(words)
    if not words:
        return NO_MATCH
    if joined in names:
        return 0
    if any(name.startswith(joined) for name in names):
        return 1
    parts = _parts(courts, forum)
    if all(any(part.startswith(word) for part in parts) for word in words):
        return 2
    long = all(len(word) > 2 and any(word in part for part in parts) for word in words)
    return _LOOSE if long else NO_MATCH


def _names(courts: Courts, forum: NamedForum) -> frozenset[str]:
    """Every way to write the whole name, run together."""
    if forum.court is not None:
        district = courts.districts[forum.court]
        return frozenset({_joined(district.id), _joined(district.name)})
    circuit = courts.circuits[forum.circuit]
    short = _joined(circuit.abbreviation).removesuffix("cir")
    number = "".join(filter(str.isdecimal, short))
    stems = {circuit.id, short, f"ca{number or short}"}
    if number:
        stems |= {number, _ordinal(int(number))}
    return frozenset(stem + end for stem in stems for end in ("", "cir", "circuit"))


def _parts(courts: Courts, forum: NamedForum) -> tuple[str, ...]:
    """The words by which a forum can be found: of a district also those of its circuit."""
    circuit = courts.circuits[forum.circuit]
    own = _words(forum.label)
    return own if forum.court is None else (*own, *_words(circuit.name))


def _ordinal(number: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{endings.get(number, 'th')}"


def _words(text: str) -> tuple[str, ...]:
    """The words of a text: letters and digits in lower case, periods dropped inside them."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace(".", "")
    return tuple("".join(c if c.isalnum() else " " for c in plain).split())


def _joined(text: str) -> str:
    return "".join(_words(text))
