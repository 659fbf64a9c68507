"""The draft of an order: a skeleton in plain text with the terms of the ruling filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from qiwizard.reasoning.canons import Strength
from qiwizard.reasoning.conditional import conditional

from qiwizard.law.citation import full_citation
from qiwizard.law.forum import Placed
from qiwizard.law.library import FORUM, Library
from qiwizard.reasoning.ruling import Finding, Ruling, rule
from qiwizard.reports.words import WIDTH, fact_words, wrapped
from qiwizard.resources import read_shipped
from qiwizard.sessions.session import Session
from qiwizard.text import one_line

_VERSUS = re.compile(r"\s+vs?\.\s+")

Words = Mapping[str, Any]


def order_draft(library: Library, session: Session) -> str:
    """An order on the session as plain text of 78 columns, marked as a draft at both ends."""
    words = read_shipped("draft.toml")
    ruling = rule(library, session.posture, session.as_of)
    parts = (
        _centred(words["mark"]),
        _caption(words, library, session),
        _centred(_by_request(words["title"][ruling.outcome], session).upper()),
        _filled(_before(words, session)),
        _posture(words, library, session),
        _findings(words, ruling),
        _ordered(words, ruling),
        _signed(words),
        [*_centred(words["mark"]), *_centred(words["foot"])],
    )
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _caption(words: Words, library: Library, session: Session) -> list[str]:
    """Court, parties and docket; blanks for what the session does not say."""
    sides = _VERSUS.split(one_line(session.matter.caption), maxsplit=1)
    named = one_line(session.matter.caption)
    plaintiff, defendant = sides if len(sides) == 2 else (words["plaintiff"], words["defendant"])
    docket = one_line(session.matter.docket) or words["docket"]
    court = session.posture.get("court")
    place = library.courts.districts[str(court)].name if court else words["district"]
    return [
        *_centred(words["court"].replace("{}", place)),
        "",
        *(_filled(named) if named and len(sides) != 2 else []),
        *_filled(f"{plaintiff},"),
        *_filled("Plaintiff,", indent=8),
        *_filled("v.", indent=4),
        *_filled(f"{defendant},"),
        *_filled("Defendant.", indent=8),
        "",
        *_filled(docket),
    ]


def _by_request(table: Words, session: Session) -> str:
    return str(table[str(session.posture.get("request") or "open")])


def _before(words: Words, session: Session) -> str:
    """What is before the court, by whom, and whether it is opposed."""
    record = one_line(session.sources.get("request", "")) or words["record"]
    sentence = _by_request(words["before"], session).replace("{record}", record)
    opposed = session.posture.get("opposed")
    if opposed is None or session.posture.get("request") in (None, "none"):
        return sentence
    return f"{sentence} {words['opposed']['yes' if opposed else 'no']}"


def _posture(words: Words, library: Library, session: Session) -> list[str]:
    """The facts with the place in the record where each stands, or a blank for it.

    Of the facts not known only those that matter are left to be found.
    """
    posture = session.posture
    idle = conditional(library, posture, session.as_of).idle
    lines = [*_filled(words["posture"]), ""]
    for name in library.vocabulary.in_order(posture.known.keys() - FORUM):
        record = one_line(session.sources.get(name, "")) or words["record"]
        lines += _item(f"{fact_words(library, name, posture.get(name))} ({record})", "-")
    for name in library.vocabulary.in_order(posture.open.difference(idle, FORUM)):
        short = library.vocabulary.by_name[name].short
        lines += _item(words["not_known"].replace("{}", short), "-")
    return lines if len(lines) > 2 else [*lines, *_filled(words["nothing_stated"])]


def _findings(words: Words, ruling: Ruling) -> list[str]:
    lines = _filled(words["findings"])
    for number, finding in enumerate(found_by_the_court(ruling), start=1):
        lines += ["", *_item(_finding(words, finding), f"{number}.")]
    return lines


def found_by_the_court(ruling: Ruling) -> tuple[Finding, ...]:
    """The findings that belong in an order.

    Not what only tells the parties what they may do, nor the rule for where nothing else applies,
    once something else does.
    """
    return tuple(
        finding
        for finding in ruling.findings
        if (finding.decisive or not finding.question.default)
        and (not finding.question.on_terms or finding.question.answers[finding.answer].terms)
    )


def _finding(words: Words, finding: Finding) -> str:
    """A conclusion with the authority that leads, and a blank for reasons where it divides."""
    cited = words["see"].replace("{}", cite_leading(finding.weighing.leading[0], words["pin"]))
    reasons = f" {words['contested']}" if finding.strength is Strength.CONTESTED else ""
    return f"{finding.conclusion} {cited}{reasons}"


def cite_leading(placed: Placed, blank: str) -> str:
    """The citation of a holding, with a blank where no pin cite is known."""
    return full_citation(placed.holding.precedent, placed.holding.pin or blank)


def _ordered(words: Words, ruling: Ruling) -> list[str]:
    lines = _filled(words["ordered"])
    for number, term in enumerate(ruling.terms or (words["no_terms"],), start=1):
        lines += ["", *_item(_with_blanks(words["blanks"], term), f"{number}.")]
    return lines


def _with_blanks(blanks: Mapping[str, str], term: str) -> str:
    for named, blank in blanks.items():
        term = term.replace(named, blank)
    return term


def _signed(words: Words) -> list[str]:
    return [*_filled(words["dated"]), "", "", *words["signature"]]


def _filled(text: str, *, indent: int = 0) -> list[str]:
    return wrapped(text, " " * indent, " " * indent)


def _item(text: str, mark: str) -> list[str]:
    return wrapped(text, f"{mark:<4}", " " * 4)


def _centred(text: str) -> list[str]:
    return [line.center(WIDTH).rstrip() for line in wrapped(text)]
