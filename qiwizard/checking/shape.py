"""The shape of a precedents file (pydantic): which keys there are, and of what type."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo

from qiwizard.errors import permitted, spelled
from qiwizard.law.precedent import Kind, Treatment, Verified
from qiwizard.text import one_line, visible

FIRST_YEAR = 1700
MOST_WORDS = 30
"""A quotation is a phrase, no longer than this."""
_LINE, _PROSE, _SLUG, _NUMBER = 300, 2000, 80, 99_999
_SLUG_FORM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_URL_FORM = re.compile(r"https?://[^\s/?#]+\.[^\s]+")


def shown(value: object) -> str:
    """A value given in a file, short enough for a message."""
    if isinstance(value, str):
        return f'"{clipped(value)}"'
    if isinstance(value, list | dict):
        return ("a" if value else "an empty") + (" list" if isinstance(value, list) else " table")
    if isinstance(value, int) and abs(value) > 10**18:
        return "a number of many digits"
    return "nothing" if value is None else spelled(value)


def clipped(text: str, most: int = 60) -> str:
    """The beginning of a text, on one line."""
    return one_line(text[:most]) + ("…" if len(text) > most else "")


def choices(values: Iterable[object], given: object) -> str:
    """The permitted values; the near miss is looked for in the beginning of a long text."""
    return permitted(values, given[:_SLUG] if isinstance(given, str) else given)


def _one_of(values: Iterable[str]) -> AfterValidator:
    words = tuple(str(value) for value in values)

    def check(given: str) -> str:
        if given not in words:
            raise ValueError(f"{shown(given)} is not permitted; {choices(words, given)}")
        return given

    return AfterValidator(check)


def _text(*, most: int, keep: str = "", empty: bool = False) -> AfterValidator:
    def check(given: str) -> str:
        if not given.strip() and not (empty and given == ""):
            raise ValueError("is blank; permitted: a text that says something")
        if visible(given, keep=keep) != given:
            raise ValueError(f"{shown(given)} holds a control character; permitted: plain text")
        if len(given) > most:
            raise ValueError(f"has {len(given)} characters; permitted: {most} at most")
        return given

    return AfterValidator(check)


def _slug(given: str) -> str:
    if len(given) > _SLUG or not _SLUG_FORM.fullmatch(given):
        raise ValueError(
            f"{shown(given)} is no id; permitted: small letters, digits and single hyphens "
            f'such as "jiron-v-lakewood", {_SLUG} at most'
        )
    return given


def _quotation(given: str) -> str:
    if (words := len(given.split())) > MOST_WORDS:
        raise ValueError(f"has {words} words; permitted: {MOST_WORDS} at most")
    return given


def _link(given: str) -> str:
    if given and not _URL_FORM.fullmatch(given):
        raise ValueError(f"{shown(given)} is no link; permitted: http:// or https:// and a site")
    return given


def _day(given: date, info: ValidationInfo) -> date:
    today: date = info.context["today"] if info.context else date.max
    if given > today:
        raise ValueError(f"{given} is in the future; permitted: {today} or earlier")
    if given.year < FIRST_YEAR:
        raise ValueError(f"{given} is too early; permitted: {FIRST_YEAR}-01-01 or later")
    return given


def _number(given: int) -> int:
    if not 1 <= given <= _NUMBER:
        raise ValueError(f"{shown(given)} is not permitted; permitted: 1 to {_NUMBER}")
    return given


def _some(given: list[Any]) -> list[Any]:
    if not given:
        raise ValueError("an empty list; permitted: one precedent or more")
    return given


def _courts(given: object) -> object:
    names = given if isinstance(given, list) else [given]
    if not names or not all(isinstance(name, str) for name in names):
        raise ValueError(
            f"{shown(given)} is not permitted; "
            'permitted: a court such as "D.N.M.", or a list of districts'
        )
    return given


Line = Annotated[str, _text(most=_LINE)]
LineOrNone = Annotated[str, _text(most=_LINE, empty=True)]
Prose = Annotated[str, _text(most=_PROSE, keep="\n\t")]
ProseOrNone = Annotated[str, _text(most=_PROSE, keep="\n\t", empty=True)]
Quotation = Annotated[str, _text(most=_PROSE, keep="\n\t", empty=True), AfterValidator(_quotation)]
Slug = Annotated[str, AfterValidator(_slug)]
Link = Annotated[str, _text(most=_PROSE, empty=True), AfterValidator(_link)]
Day = Annotated[date, AfterValidator(_day)]
Number = Annotated[int, AfterValidator(_number)]
CourtNames = Annotated[Any, AfterValidator(_courts)]
Facts = dict[str, Any]
Precedents = Annotated[list[Any], AfterValidator(_some)]


class FormTable(BaseModel):
    """A table whose keys are all known."""

    model_config = ConfigDict(strict=True, extra="forbid")


class FileTable(FormTable):
    """The whole file."""

    library: dict[str, Any] = {}
    precedent: Precedents


class LibraryTable(FormTable):
    """`[library]`: what a library that stands alone says of itself."""

    version: Line
    begins: Day
    checked: Day
    fresh_days: Number


class SourceTable(FormTable):
    """`source`: the parts of a citation."""

    volume: Number | None = None
    reporter: LineOrNone = ""
    page: Number | None = None
    docket: LineOrNone = ""
    database: LineOrNone = ""
    rule: LineOrNone = ""
    note: LineOrNone = ""


class EventTable(FormTable):
    """One entry of `history`."""

    treatment: Annotated[str, _one_of(Treatment)]
    since: Day = Field(alias="from")
    note: Prose
    by: str = ""
    when: Facts = {}
    holdings: list[str] = []


class HoldingTable(FormTable):
    """One `[[precedent.holding]]`."""

    key: Slug
    question: str
    when: Facts
    unless: list[Facts] = []
    answer: str
    says: Prose
    quote: Quotation = ""
    pin: LineOrNone = ""
    supports_only: bool = False
    discretion: bool = False
    uniform: bool = False
    capped: bool = False
    since: Day | None = None
    verified: Annotated[str, _one_of(Verified)] = ""
    url: Link = ""
    distinguish: ProseOrNone = ""


class PrecedentTable(FormTable):
    """One `[[precedent]]`; the tables inside it are read by themselves."""

    id: Slug
    caption: Line
    short: Line = ""
    kind: Annotated[str, _one_of(Kind)]
    court: CourtNames = ""
    decided: Day
    precision: Annotated[str, _one_of(("day", "month", "year"))] = "day"
    source: dict[str, Any]
    judge: LineOrNone = ""
    note: ProseOrNone = ""
    verified: Annotated[str, _one_of(Verified)]
    url: Link = ""
    checked: Day | None = None
    landmark: bool = False
    facts: Facts = {}
    outcome: str = ""
    terms: list[Prose] = []
    relies_on: list[str] = []
    same_case: list[Slug] = []
    history: list[Any] = []
    holding: list[Any] = []
