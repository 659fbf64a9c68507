"""Precedents files read: precedents with passages and holdings, and local rules on silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from qiwizard.errors import permitted
from qiwizard.law.courts import SUPREME_COURT, Courts
from qiwizard.law.facts import Vocabulary
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
from qiwizard.law.reading_questions import Doctrines
from qiwizard.law.tables import Table, read_condition, read_conditions, read_facts, shown, twice

PRECISION = ("day", "month", "year")


@dataclass(frozen=True, slots=True)
class Silence:
    """The effect of a local rule on an unopposed request: holdings in standard words."""

    id: str
    holdings: tuple[Mapping[str, Any], ...]


def read_silences(table: Table, doctrines: Doctrines, vocabulary: Vocabulary) -> dict[str, Silence]:
    """The kinds of rules on silence; their holdings are checked here once."""
    found = {}
    for row in table.tables("silence"):
        id_ = row.text("id")
        rows = list(row.tables("holdings", "key", as_called="holding"))
        for holding in rows:
            _read_question(holding, doctrines)
            read_condition(holding, "when", vocabulary)
            read_conditions(holding, "unless", vocabulary)
            for key in ("key", "says"):
                holding.text(key)
            holding.one_of("force", list(Force))
            holding.close()
        found[id_] = Silence(id_, tuple(holding.content for holding in rows))
        row.close()
    return found


def _read_question(row: Table, doctrines: Doctrines) -> tuple[str, str]:
    """The question a holding answers, and its answer."""
    questions = doctrines.question
    question = row.one_of("question", questions)
    if row.content.get("question") != question:
        return question, row.text("answer")
    return question, row.one_of("answer", questions[question].answers)


class PrecedentReader:
    """Reads one file after the other; what refers to other precedents is checked at the end."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        doctrines: Doctrines,
        courts: Courts,
        silences: Mapping[str, Silence],
        today: date | None,
    ) -> None:
        self.vocabulary = vocabulary
        self.doctrines = doctrines
        self.courts = courts
        self.silences = silences
        self.today = today
        self.precedents: dict[str, Precedent] = {}
        self.holdings: list[Holding] = []
        self._files: list[list[tuple[Table, Precedent]]] = []

    def read(self, table: Table) -> None:
        """The precedents and local rules of one file."""
        here: list[tuple[Table, Precedent]] = []
        rows = [*table.tables("precedent"), *table.tables("local_rule")]
        for row in rows:
            rule = row.place.startswith("local_rule")
            precedent = self._local_rule(row) if rule else self._precedent(row)
            if precedent.id in self.precedents:
                row.says("id", "another precedent has it; permitted: each once")
            self.precedents[precedent.id] = precedent
            here.append((row, precedent))
            row.close()
        self._files.append(here)

    def crossed(self) -> Iterator[list[str]]:
        """File by file, the mistakes in what precedents say of each other."""
        for rows in self._files:
            lines: list[str] = []
            for row, precedent in rows:
                checked = Table(row.content, row.place, lines)
                self._check_references(checked, precedent)
            yield lines

    def _check_references(self, row: Table, precedent: Precedent) -> None:
        for other in precedent.relies_on:
            if other not in self.precedents:
                row.says("relies_on", f"{shown(other)}; {permitted(self.precedents, other)}")
        for event in precedent.history:
            if event.by is not None and event.by not in self.precedents:
                row.says(
                    "history, by", f"{shown(event.by)}; {permitted(self.precedents, event.by)}"
                )

    def _precedent(self, row: Table) -> Precedent:
        courts = row.some_of("court")
        kind = row.member("kind", Kind)
        if row.content.get("kind") == kind:
            self._check_court(row, kind, courts)
        common = self._common(row, courts)
        decided = common["decided"]
        precedent = Precedent(
            **common,
            short=row.text("short", "") or str(row.content.get("caption", "")),
            kind=kind,
            source=_read_source(row.table("source")),
            judge=row.text("judge", ""),
            landmark=row.flag("landmark"),
            facts=read_facts(row, "facts", self.vocabulary),
            outcome=row.one_of("outcome", self.doctrines.outcomes) if row.has("outcome") else None,
            terms=row.some_of("terms"),
            relies_on=row.some_of("relies_on"),
            history=tuple(self._event(e, decided) for e in row.tables("history", "treatment")),
            same_case=frozenset(row.some_of("same_case")),
        )
        keys = self._passages(row, precedent)
        for event in precedent.history:
            for key in event.holdings - keys:
                row.says("history, holdings", f"{shown(key)}; {permitted(sorted(keys), key)}")
        return precedent

    def _common(self, row: Table, courts: tuple[str, ...]) -> dict[str, Any]:
        """What every precedent has, a local rule too."""
        return {
            "id": row.text("id"),
            "caption": row.text("caption"),
            "courts": courts,
            "circuit": self.courts.circuit_of(courts[0]) if courts else None,
            "decided": self._past(row, "decided"),
            "precision": row.one_of("precision", PRECISION, "day"),
            "note": row.text("note", ""),
            "verified": row.member("verified", Verified),
            "url": row.link("url"),
            "checked": self._past(row, "checked") if row.has("checked") else None,
        }

    def _local_rule(self, row: Table) -> Precedent:
        """A local rule on silence: its holdings are those its kind of rule has in common."""
        courts = row.some_of("court", self.courts.districts)
        if not row.has("court"):
            row.says("court", "is missing")
        precedent = Precedent(
            **self._common(row, courts),
            short=row.text("short"),
            kind=Kind.LOCAL_RULE,
            source=Source(rule=str(row.content.get("short", ""))),
        )
        passage = _Passage(
            row.text("quote"), "", precedent.verified, row.text("quoted_in", ""), precedent.url
        )
        silence = self.silences.get(row.one_of("silence", self.silences))
        for content in silence.holdings if silence else ():
            table = Table(content, row.place, row.mistakes)
            self.holdings.append(self._holding(table, precedent, passage))
        return precedent

    def _passages(self, row: Table, precedent: Precedent) -> set[str]:
        """The holdings of all passages, and of old-form holdings that quote for themselves."""
        rows: list[tuple[Table, _Passage]] = []
        for number, passage in enumerate(row.tables("passage"), start=1):
            passage.place = f"{row.place}, passage {number}"
            found = _read_passage(passage, precedent)
            rows += [(holding, found) for holding in passage.tables("holding", "key")]
            passage.close()
        for holding in row.tables("holding", "key"):
            rows.append((holding, _read_passage(holding, precedent)))
        twice([holding for holding, _ in rows], "key", "holding")
        for holding, found in rows:
            self.holdings.append(self._holding(holding, precedent, found))
            holding.close()
        keys = (holding.content.get("key") for holding, _ in rows)
        return {key for key in keys if isinstance(key, str)}

    def _holding(self, row: Table, precedent: Precedent, passage: _Passage) -> Holding:
        question, answer = _read_question(row, self.doctrines)
        key = row.text("key")
        force = row.member("force", Force)
        if not passage.quote and force is not Force.SUPPORTS:
            row.says("force", f"{shown(str(force))} without a quotation; permitted: supports")
        since = self._past(row, "since") if row.has("since") else None
        return Holding(
            id=f"{precedent.id}/{key}",
            key=key,
            precedent=precedent,
            question=question,
            when=read_condition(row, "when", self.vocabulary),
            unless=read_conditions(row, "unless", self.vocabulary),
            answer=answer,
            force=force,
            says=row.text("says"),
            quote=passage.quote,
            pin=passage.pin,
            since=since or surely_decided(precedent.decided, precedent.precision),
            verified=passage.verified,
            quoted_in=passage.quoted_in,
            url=passage.url,
            distinguish=row.text("distinguish", ""),
        )

    def _event(self, row: Table, decided: date) -> LaterHistory:
        treatment = row.member("treatment", Treatment)
        since = self._past(row, "from")
        if date.min < since < decided:
            row.says("from", f"{since} is before the decision of {decided}")
        if treatment is Treatment.LIMITED and not row.has("when"):
            row.says("when", "is missing; a limit states the postures it excludes")
        if treatment is not Treatment.LIMITED and row.has("when"):
            row.says("when", "is permitted only for a limit")
        event = LaterHistory(
            treatment=treatment,
            since=since,
            note=row.text("note"),
            by=row.text("by") if row.has("by") else None,
            when=read_condition(row, "when", self.vocabulary) if row.has("when") else None,
            holdings=frozenset(row.some_of("holdings")),
        )
        row.close()
        return event

    def _past(self, row: Table, key: str) -> date:
        """A day that is not ahead of today."""
        day = row.day(key) or date.min
        if self.today is not None and day > self.today:
            row.says(key, f"{day} is in the future; permitted: up to {self.today}")
        return day

    def _check_court(self, row: Table, kind: Kind, courts: tuple[str, ...]) -> None:
        """Each kind of authority has a court of its own kind."""
        appeals = [circuit.abbreviation for circuit in self.courts.circuits.values()]
        known: dict[Kind, list[str]] = {
            Kind.OPINION: [SUPREME_COURT, *appeals],
            Kind.UNPUBLISHED: appeals,
            Kind.ORDER: list(self.courts.districts),
            Kind.LOCAL_RULE: list(self.courts.districts),
        }
        if kind is not Kind.RULE and not courts:
            row.says("court", "is missing")
        if kind is Kind.RULE and courts:
            row.says("court", f"{shown(courts[0])}; a federal rule belongs to no court")
        for court in courts:
            if court not in known.get(kind, courts):
                row.says("court", f"{shown(court)}; {permitted(known[kind], court)}")


@dataclass(frozen=True, slots=True)
class _Passage:
    """Words of an authority, and where they were read."""

    quote: str
    pin: str
    verified: Verified
    quoted_in: str
    url: str


def _read_passage(row: Table, precedent: Precedent) -> _Passage:
    passage = _Passage(
        quote=row.text("quote", ""),
        pin=row.text("pin", ""),
        verified=row.member("verified", Verified, precedent.verified),
        quoted_in=row.text("quoted_in", ""),
        url=row.link("url") or precedent.url,
    )
    if passage.quote and passage.verified is Verified.SECONDARY and not passage.quoted_in:
        row.says("quoted_in", "is missing; words not read in the opinion name who quotes them")
    return passage


def _read_source(table: Table) -> Source:
    source = Source(
        volume=table.number("volume"),
        reporter=table.text("reporter", ""),
        page=table.number("page"),
        docket=table.text("docket", ""),
        database=table.text("database", ""),
        rule=table.text("rule", ""),
        note=table.text("note", ""),
    )
    reported = [source.volume is not None, bool(source.reporter), source.page is not None]
    if any(reported) and not all(reported):
        table.says("volume", "volume, reporter and page belong together")
    if not (source.volume or source.docket or source.database or source.rule):
        table.says("docket", "is missing; permitted: volume with reporter and page, docket, rule")
    table.close()
    return source
