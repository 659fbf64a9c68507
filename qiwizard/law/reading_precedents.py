"""Precedents files read: precedents with passages and holdings, and local rules on silence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from qiwizard.errors import permitted
from qiwizard.law.courts import SUPREME_COURT
from qiwizard.law.library import Frame
from qiwizard.law.precedent import (
    Force,
    Holding,
    Kind,
    LaterHistory,
    Precedent,
    Source,
    Treatment,
    Verified,
    surely_decided,
)
from qiwizard.law.tables import Table, read_condition, read_conditions, read_facts, shown, twice

PRECISION = ("day", "month", "year")
Fields = dict[str, Any]
"""Some of the fields of a holding or a precedent."""
Silences = Mapping[str, list[Fields]]
"""The effect of local rules on an unopposed request, by id: holdings in standard words."""


def read_silences(table: Table, frame: Frame) -> Silences:
    """The kinds of rules on silence."""
    found = {}
    for row in table.each("silence"):
        holdings = row.each("holdings", "key", called="holding")
        found[row.text("id")] = [_read_rule(holding, frame) for holding in holdings]
    return found


def _read_rule(row: Table, frame: Frame) -> Fields:
    """What a holding decides, and when."""
    question = row.one_of("question", frame.question)
    if row.content.get("question") == question:
        answer = row.one_of("answer", frame.question[question].answers)
    else:
        answer = row.text("answer")
    return {
        "question": question,
        "answer": answer,
        "when": read_condition(row, "when", frame.vocabulary),
        "unless": read_conditions(row, "unless", frame.vocabulary),
        "key": row.text("key"),
        "says": row.text("says"),
        "force": row.member("force", Force),
        "distinguish": row.text("distinguish", ""),
    }


class PrecedentReader:
    """Reads one file after the other; what refers to other precedents is checked at the end."""

    def __init__(self, frame: Frame, silences: Silences, today: date | None) -> None:
        self.frame = frame
        self.silences = silences
        self.today = today
        self.precedents: dict[str, Precedent] = {}
        self.holdings: list[Holding] = []
        self._rows: list[tuple[Table, Precedent]] = []

    def read(self, table: Table) -> None:
        """The precedents and local rules of one file."""
        for row in table.each("precedent"):
            self._add(row, self._precedent(row))
        for row in table.each("local_rule"):
            self._add(row, self._local_rule(row))

    def _add(self, row: Table, precedent: Precedent) -> None:
        if precedent.id in self.precedents:
            row.says("id", "another precedent has it; permitted: each once")
        self.precedents[precedent.id] = precedent
        self._rows.append((row, precedent))

    def check_references(self) -> None:
        """Once every file is read: whether the precedents that others name are there."""
        for row, precedent in self._rows:
            named = [("relies_on", other) for other in precedent.relies_on]
            named += [("history, by", e.by) for e in precedent.history if e.by is not None]
            for key, other in named:
                if other not in self.precedents:
                    row.says(key, f"{shown(other)}; {permitted(self.precedents, other)}")

    def _precedent(self, row: Table) -> Precedent:
        courts = row.some_of("court")
        kind = row.member("kind", Kind)
        if row.content.get("kind") == kind:
            self._check_court(row, kind, courts)
        common = self._common(row, courts)
        outcomes = self.frame.outcomes
        history = row.each("history", "treatment", once=False)
        precedent = Precedent(
            **common,
            short=row.text("short", "") or str(row.content.get("caption", "")),
            kind=kind,
            source=_read_source(row.table("source")),
            judge=row.text("judge", ""),
            landmark=row.flag("landmark"),
            facts=read_facts(row, "facts", self.frame.vocabulary),
            outcome=row.one_of("outcome", outcomes) if row.has("outcome") else None,
            terms=row.some_of("terms"),
            relies_on=row.some_of("relies_on"),
            history=tuple(self._event(event, common["decided"]) for event in history),
            same_case=frozenset(row.some_of("same_case")),
        )
        keys = self._passages(row, precedent)
        for event in precedent.history:
            for key in event.holdings - keys:
                row.says("history, holdings", f"{shown(key)}; {permitted(sorted(keys), key)}")
        return precedent

    def _common(self, row: Table, courts: tuple[str, ...]) -> Fields:
        """What every precedent has, a local rule too."""
        return {
            "id": row.text("id"),
            "caption": row.text("caption"),
            "courts": courts,
            "circuit": self.frame.courts.circuit_of(courts[0]) if courts else None,
            "decided": self._past(row, "decided"),
            "precision": row.one_of("precision", PRECISION, "day"),
            "note": row.text("note", ""),
            "verified": row.member("verified", Verified),
            "url": row.link("url"),
            "checked": self._past(row, "checked") if row.has("checked") else None,
        }

    def _local_rule(self, row: Table) -> Precedent:
        """A local rule on silence: its holdings are those its kind of rule has in common."""
        courts = row.some_of("court", self.frame.courts.districts)
        if not row.has("court"):
            row.says("court", "is missing")
        short = row.text("short")
        source = Source(rule=short)
        precedent = Precedent(
            **self._common(row, courts), short=short, kind=Kind.LOCAL_RULE, source=source
        )
        passage = {
            "quote": row.text("quote"),
            "pin": "",
            "verified": precedent.verified,
            "quoted_in": row.text("quoted_in", ""),
            "url": precedent.url,
        }
        for rule in self.silences.get(row.one_of("silence", self.silences), ()):
            self._hold(precedent, passage | rule)
        return precedent

    def _passages(self, row: Table, precedent: Precedent) -> set[str]:
        """The holdings of all passages, and of old-form holdings that quote for themselves.

        Returns their keys.
        """
        rows: list[tuple[Table, Fields]] = []
        for number, passage in enumerate(row.each("passage"), start=1):
            passage.place = f"{row.place}, passage {number}"
            found = _read_passage(passage, precedent)
            rows += [(holding, found) for holding in passage.tables("holding", "key")]
        rows += [(h, _read_passage(h, precedent)) for h in row.tables("holding", "key")]
        twice([holding for holding, _ in rows], "key", "holding")
        for holding, found in rows:
            self._holding(holding, precedent, found)
            holding.close()
        keys = (holding.content.get("key") for holding, _ in rows)
        return {key for key in keys if isinstance(key, str)}

    def _holding(self, row: Table, precedent: Precedent, passage: Fields) -> None:
        rule = passage | _read_rule(row, self.frame)
        if not rule["quote"] and rule["force"] is not Force.SUPPORTS:
            force = shown(rule["force"].value)
            row.says("force", f"{force} without a quotation; permitted: supports")
        if row.has("since"):
            rule["since"] = self._past(row, "since")
        self._hold(precedent, rule)

    def _hold(self, precedent: Precedent, fields: Fields) -> None:
        """Add a holding; unless its fields say otherwise it is good since the decision."""
        fields.setdefault("since", surely_decided(precedent.decided, precedent.precision))
        id_ = f"{precedent.id}/{fields['key']}"
        self.holdings.append(Holding(id=id_, precedent=precedent, **fields))

    def _event(self, row: Table, decided: date) -> LaterHistory:
        treatment = row.member("treatment", Treatment)
        since = self._past(row, "from")
        if date.min < since < decided:
            row.says("from", f"{since} is before the decision of {decided}")
        if treatment is Treatment.LIMITED and not row.has("when"):
            row.says("when", "is missing; a limit states the postures it excludes")
        if treatment is not Treatment.LIMITED and row.has("when"):
            row.says("when", "is permitted only for a limit")
        vocabulary = self.frame.vocabulary
        return LaterHistory(
            treatment=treatment,
            since=since,
            note=row.text("note"),
            by=row.text("by") if row.has("by") else None,
            when=read_condition(row, "when", vocabulary) if row.has("when") else None,
            holdings=frozenset(row.some_of("holdings")),
        )

    def _past(self, row: Table, key: str) -> date:
        """A day that is not ahead of today."""
        day = row.day(key)
        if self.today is not None and day > self.today:
            row.says(key, f"{day} is in the future; permitted: up to {self.today}")
        return day

    def _check_court(self, row: Table, kind: Kind, courts: tuple[str, ...]) -> None:
        """Each kind of authority has a court of its own kind."""
        appeals = [circuit.abbreviation for circuit in self.frame.courts.circuits.values()]
        districts = list(self.frame.courts.districts)
        known = {
            Kind.OPINION: [SUPREME_COURT, *appeals],
            Kind.UNPUBLISHED: appeals,
            Kind.ORDER: districts,
            Kind.LOCAL_RULE: districts,
        }
        if kind is Kind.RULE:
            if courts:
                row.says("court", f"{shown(courts[0])}; a federal rule belongs to no court")
            return
        if not courts:
            row.says("court", "is missing")
        for court in courts:
            if court not in known[kind]:
                row.says("court", f"{shown(court)}; {permitted(known[kind], court)}")


def _read_passage(row: Table, precedent: Precedent) -> Fields:
    """Words of an authority, and where they were read."""
    passage = {
        "quote": row.text("quote", ""),
        "pin": row.text("pin", ""),
        "verified": row.member("verified", Verified, precedent.verified),
        "quoted_in": row.text("quoted_in", ""),
        "url": row.link("url") or precedent.url,
    }
    secondary = passage["verified"] is Verified.SECONDARY
    if passage["quote"] and secondary and not passage["quoted_in"]:
        row.says("quoted_in", "is missing; words not read in the opinion name who quotes them")
    return passage


def _read_source(table: Table) -> Source:
    texts = {key: table.text(key, "") for key in ("reporter", "docket", "database", "rule", "note")}
    source = Source(volume=table.number("volume"), page=table.number("page"), **texts)
    reported = {source.volume is not None, bool(source.reporter), source.page is not None}
    if len(reported) > 1:
        table.says("volume", "volume, reporter and page belong together")
    if not (source.volume or source.docket or source.database or source.rule):
        table.says("docket", "is missing; permitted: volume with reporter and page, docket, rule")
    table.close()
    return source
