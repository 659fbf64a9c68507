"""The table of authorities: cases by court, then rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qiwizard.law.citation import cite_holding
from qiwizard.law.courts import SUPREME_COURT
from qiwizard.law.forum import Authority
from qiwizard.law.library import Library
from qiwizard.law.precedent import Kind, Precedent, Verified

SUPREME, APPEALS, DISTRICTS = "Supreme Court", "Courts of appeals", "District courts"
RULES, LOCAL_RULES = "Rules", "Local rules"
GROUPS = (SUPREME, APPEALS, DISTRICTS, RULES, LOCAL_RULES)


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage cited, and the holdings that rest on it."""

    citation: str
    authorities: tuple[Authority, ...]

    @property
    def precedent(self) -> Precedent:
        """What is cited."""
        return self.authorities[0].holding.precedent

    @property
    def pinned(self) -> bool:
        """Whether the passage is known; a rule is cited by its name alone."""
        return bool(self.authorities[0].holding.pin or self.precedent.source.rule)

    @property
    def verified(self) -> tuple[Verified, ...]:
        """How its quotations were checked, each way once."""
        return tuple(dict.fromkeys(p.holding.verified for p in self.authorities))


def table_of_authorities(
    library: Library, cited: Iterable[Authority]
) -> dict[str, tuple[Entry, ...]]:
    """The passages by group: cases by court, then rules; within a court by name."""
    passages: dict[tuple[str, str], dict[str, Authority]] = {}
    for one in cited:
        passage = (cite_holding(one.holding), one.holding.url)
        passages.setdefault(passage, {}).setdefault(one.holding.id, one)
    entries = [Entry(name, tuple(holdings.values())) for (name, _), holdings in passages.items()]
    entries.sort(key=lambda entry: (_order(library, entry.precedent), entry.citation))
    groups = {
        group: tuple(e for e in entries if group_of(e.precedent) == group) for group in GROUPS
    }
    return {group: found for group, found in groups.items() if found}


def group_of(precedent: Precedent) -> str:
    """The group of the table to which a precedent belongs."""
    if precedent.kind is Kind.RULE:
        return RULES
    if precedent.kind is Kind.LOCAL_RULE:
        return LOCAL_RULES
    if SUPREME_COURT in precedent.courts:
        return SUPREME
    return APPEALS if precedent.kind in (Kind.OPINION, Kind.UNPUBLISHED) else DISTRICTS


def _order(library: Library, precedent: Precedent) -> tuple[int, int, str, str, str]:
    """Courts of appeals by circuit; district courts by State and district; then by caption."""
    group = group_of(precedent)
    circuits = list(library.courts.circuits)
    of_appeals = group == APPEALS and precedent.circuit in circuits
    circuit = circuits.index(str(precedent.circuit)) if of_appeals else -1
    state, district = _district(library, precedent)
    name = sortable(precedent.source.rule or precedent.caption)
    return GROUPS.index(group), circuit, state, district, name


def _district(library: Library, precedent: Precedent) -> tuple[str, str]:
    """The State of a district court and its full name; blanks for other courts."""
    district = library.courts.districts.get(precedent.courts[0]) if precedent.courts else None
    if district is None:
        return "", ""
    state = district.name.partition(" of ")[2].removeprefix("the ")
    return state, district.name


def sortable(text: str) -> str:
    """A key under which Rule 6 comes before Rule 26."""
    words = text.casefold().replace("(", " (").split()
    return " ".join(word.zfill(6) if word.isdigit() else word for word in words)
