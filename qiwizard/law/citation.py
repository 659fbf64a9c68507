"""Bluebook citations; the only module that formats them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from qiwizard.files import read_shipped
from qiwizard.law.courts import SUPREME_COURT
from qiwizard.law.precedent import Holding, Precedent
from qiwizard.text import spell_date

_SLIP = "slip op."
_OWN_PAGES = ("n.", "text at", _SLIP)
"""Prefixes of pin cites that are not reporter pages."""
_BETWEEN_PARTIES = re.compile(r"( v\. | ex rel\. )")


def citation(precedent: Precedent, pin: str = "") -> str:
    """The citation without the caption, with the pin cite where one is given.

    A page of the slip opinion follows the reporter citation, because it is not a reporter page.
    """
    source = precedent.source
    if source.rule:
        return source.rule
    reported = f"{source.volume} {source.reporter} {source.page}" if source.volume else ""
    body = reported or ", ".join(part for part in (source.docket, source.database) if part)
    of_slip = bool(reported) and pin.startswith(_SLIP)
    if pin and not of_slip:
        body += _pinned(pin, paged=bool(reported))
    text = f"{body} ({_court_and_date(precedent)})".lstrip()
    if source.note:
        text += f" {source.note}" if source.note.startswith("(") else f", {source.note}"
    return f"{text}, {pin}" if of_slip else text


def full_citation(precedent: Precedent, pin: str = "") -> str:
    """Caption and citation; a rule is cited by its name alone."""
    if precedent.source.rule:
        return precedent.source.rule
    return captioned(precedent.caption, citation(precedent, pin))


def captioned(caption: str, cited: str) -> str:
    """A caption before its citation; no comma before one that is court and date alone."""
    name = abbreviated(caption)
    return f"{name} {cited}" if cited.startswith("(") else f"{name}, {cited}"


def short_citation(precedent: Precedent, pin: str = "") -> str:
    """The short form for lists: `Jiron, 392 F.3d at 414`."""
    source = precedent.source
    if source.rule:
        return precedent.short
    if source.volume:
        place = f"at {pin}" if pin else str(source.page)
        if pin.startswith(_OWN_PAGES):
            place = f"{source.page}{_pinned(pin, paged=True)}"
        return f"{precedent.short}, {source.volume} {source.reporter} {place}"
    if pin:
        return f"{precedent.short}, {source.database or source.docket}{_pinned(pin, paged=False)}"
    return f"{precedent.short} ({_court_and_date(precedent)})"


def cite_holding(holding: Holding) -> str:
    """The full citation of the passage on which a holding rests."""
    return full_citation(holding.precedent, holding.pin)


def pin_label(holding: Holding) -> str:
    """The pin cite, or a statement that none is known."""
    if holding.precedent.source.rule:
        return holding.precedent.source.rule
    if holding.pin.startswith(_OWN_PAGES):
        return holding.pin
    return f"at {holding.pin}" if holding.pin else "pin not verified"


def _pinned(pin: str, *, paged: bool) -> str:
    if pin.startswith(_OWN_PAGES):
        return f", {pin}"
    return f", {pin}" if paged else f", at {pin}"


def _court_and_date(precedent: Precedent) -> str:
    source = precedent.source
    when = (
        str(precedent.decided.year)
        if source.volume
        else spell_date(precedent.decided, precedent.precision)
    )
    courts = " & ".join(c for c in precedent.courts if c != SUPREME_COURT)
    if courts == "" and not source.volume:
        courts = SUPREME_COURT
    return f"{courts} {when}".strip()


@lru_cache(maxsize=4096)
def abbreviated(caption: str) -> str:
    """A caption as a citation prints it, after Tables T6 and T10 of the Bluebook.

    A place or a surname that is the whole party is kept.
    """
    return "".join(map(_party, _BETWEEN_PARTIES.split(caption)))


def _party(name: str) -> str:
    table, word = _table()
    return name if name in table else word.sub(lambda found: table[found[0]], name)


@lru_cache(maxsize=1)
def _table() -> tuple[Mapping[str, str], re.Pattern[str]]:
    """The abbreviations, and a pattern for the words that have one."""
    shipped = read_shipped("abbreviations.toml")
    table: dict[str, str] = {**shipped["places"], **shipped["words"]}
    longest_first = "|".join(sorted(map(re.escape, table), key=len, reverse=True))
    return table, re.compile(rf"\b(?:{longest_first})\b(?! City\b|-)")
