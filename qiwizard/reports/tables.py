"""The exported session: one table for TOML and JSON, with the keys outside readers rely on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice
from typing import Any

from qiwizard.law.citation import captioned, full_citation
from qiwizard.law.forum import Authority, Rank
from qiwizard.law.library import Library
from qiwizard.law.precedent import DecidedOrder, Holding, Kind, history_sentences
from qiwizard.reasoning.decided_orders import Near
from qiwizard.reasoning.explanation import contrary, distinguished, prevailed, why
from qiwizard.reasoning.next_steps import Step
from qiwizard.reasoning.outlook import Outlook, outlook
from qiwizard.reasoning.practice_counts import Counts
from qiwizard.reasoning.ruling import Finding, Ruling
from qiwizard.reasoning.what_if import Change
from qiwizard.reports.authority import orders_for
from qiwizard.reports.report import Report
from qiwizard.sessions.session_file import SINCE, Document, given_tables

PLACES = 4
"""Digits after the point of a share."""


def document(report: Report) -> Document:
    """The session of a report as a table.

    A session opened from a file keeps the computed tables of that file until an answer is
    changed or another day's law is adopted; then the table says what changed since.
    """
    given = given_tables(report.library, report.session)
    computed = report.session.recorded or computed_tables(report)
    changed = _since(report) if report.earlier else []
    return {**given, **computed, **({SINCE: changed} if changed else {})}


def _since(report: Report) -> list[Document]:
    """What the law of today says, then what changed it; empty where nothing did."""
    rows = [known({"because": r.text, "precedent": r.precedent}) for r in report.since]
    if rows and report.changed:
        now = report.changed.now.ruling
        rows[0] |= {"as_of": now.as_of, "outcome": now.outcome, "strength": now.strength.word}
    return rows


def computed_tables(report: Report) -> Document:
    """What follows from a session: the ruling and everything under it."""
    library, session, ruling = report.library, report.session, report.ruling
    posture, as_of = session.posture, session.as_of
    return {
        "ruling": ruling_table(library, ruling),
        "finding": _findings(report),
        "contrary": [
            {
                "question": finding.question.id,
                "authority": authority.holding.id,
                "answer": authority.holding.answer,
                "distinguish": distinguished(library, posture, authority),
            }
            for finding in ruling.decisive
            for authority in contrary(finding)
        ],
        "alternative": [
            {
                "outcome": alternative.outcome,
                "share": round(alternative.share, PLACES),
                "because": alternative.because,
                "authorities": ids(alternative.authority),
            }
            for alternative in ruling.alternatives
        ],
        "change": [_change(change) for change in report.changes],
        "similar": [_similar(near) for near in report.near],
        "step": [_step(step) for step in report.steps],
        **_map(library, outlook(library, posture, as_of)),
        "authority": _authorities(report),
    }


def known(row: Mapping[str, Any]) -> Document:
    """A row without the keys that have no value, which TOML cannot say."""
    return {key: value for key, value in row.items() if value is not None}


def ids(authorities: Iterable[Authority]) -> list[str]:
    """The ids of some holdings, each once."""
    return list(dict.fromkeys(authority.holding.id for authority in authorities))


def ruling_table(library: Library, ruling: Ruling) -> Document:
    """The ruling itself, with the likelihood of every outcome."""
    row = {
        "outcome": ruling.outcome,
        "strength": ruling.strength.word,
        "basis": ruling.basis.value,
        "headline": ruling.headline,
        "as_of": ruling.as_of,
        "library": library.about.version,
        "missing": list(ruling.missing) or None,
        "terms": list(ruling.terms),
        "likelihood": rounded(ruling.likelihood, ruling.outcome),
    }
    return known(row)


def rounded(likelihood: Mapping[str, float], outcome: str) -> dict[str, float]:
    """The shares rounded; what rounding leaves over goes to the outcome, so that they sum to 1."""
    shares = {name: round(share, PLACES) for name, share in likelihood.items()}
    rest = 1 - sum(share for name, share in shares.items() if name != outcome)
    return {**shares, outcome: round(rest, PLACES)}


def _findings(report: Report) -> list[Document]:
    terms = why(report.library, report.ruling).terms
    return [
        _finding(report, finding, [term for term, giving in terms if giving is finding])
        for finding in report.ruling.findings
    ]


def _finding(report: Report, finding: Finding, terms: list[str]) -> Document:
    row = {
        "doctrine": finding.question.doctrine,
        "question": finding.question.id,
        "answer": finding.answer,
        "conclusion": finding.conclusion,
        "strength": finding.strength.word,
        "basis": finding.basis.value,
        "decisive": finding.decisive,
        "terms": terms,
        "because": list(finding.because),
        "prevailed": prevailed(report.library, finding),
        "leading": ids(finding.leading),
        "for": _for(report, finding),
        "other_standard": ids(finding.other_standard),
        "against": ids(finding.against),
        "canon": finding.canon and finding.canon.value,
        "share": None if finding.share is None else round(finding.share, PLACES),
        "practice": finding.counts and _counts(finding.counts),
    }
    return known(row)


def _for(report: Report, finding: Finding) -> list[str]:
    """What supports a finding, by id: holdings, else decided orders, else the burden rule."""
    if holdings := ids((*finding.authority_for, *finding.other_standard)):
        return holdings
    orders = orders_for(finding)
    return [order.id for order in orders] or [h.id for h in _burden_rule(report.library)]


def _burden_rule(library: Library) -> tuple[Holding, ...]:
    """The first federal rule that states the default answer to a counted question."""
    stating = (
        holding
        for holding in library.holdings
        if holding.precedent.kind is Kind.RULE
        and holding.answer == library.question[holding.question].default
    )
    return tuple(islice(stating, 1))


def _counts(counts: Counts) -> Document:
    """By place: the orders for the answer, and the orders that answered."""
    groups = {"here": counts.here, "circuit": counts.circuit, "all": counts.all}
    return {name: list(count.pair) for name, count in groups.items()}


def _change(change: Change) -> Document:
    outcome = change.ruling.outcome
    return {
        "facts": [
            known({"fact": turn.fact, "from": turn.before, "to": turn.after})
            for turn in change.turns
        ],
        "outcome": outcome,
        "likelihood_before": round(change.likelihood_before, PLACES),
        "likelihood_after": round(change.ruling.likelihood[outcome], PLACES),
        "authorities": ids(leading(change.ruling)),
    }


def leading(ruling: Ruling) -> tuple[Authority, ...]:
    """The leading holdings of the findings on which the outcome rests."""
    return tuple(a for finding in ruling.decisive for a in finding.leading)


def _similar(near: Near) -> Document:
    return {
        "id": near.case.id,
        "caption": near.case.caption,
        "citation": near.case.citation,
        "outcome": near.case.outcome,
        "agrees": near.agrees,
        "shared": list(near.shared),
        "differs": list(near.differs),
        "url": near.case.url,
    }


def _step(step: Step) -> Document:
    row = {"id": step.id, "role": step.role, "text": step.text, "authorities": ids(step.authority)}
    return known({**row, "rule": step.rule, "after_days": step.after_days})


def _map(library: Library, found: Outlook) -> Document:
    """What is left to ask, a row for each way an answer can go, and the ruling of each forum."""
    return {
        "ahead": [
            {
                "doctrine": doctrine.id,
                "fact": fact.fact,
                "asks": library.vocabulary.by_name[fact.fact].question,
                "values": list(way.values),
                "outcome": way.outcome,
            }
            for doctrine, facts in found.ahead
            for fact in facts
            for way in fact.ways
        ],
        "forum": [
            {
                "circuit": column.forum.circuit,
                "outcome": column.ruling.outcome,
                "strength": column.ruling.strength.word,
                "headline": column.ruling.headline,
            }
            for column in found.circuits
        ],
    }


def _authorities(report: Report) -> list[Document]:
    """Every holding and order that the document names, each once."""
    library, as_of = report.library, report.session.as_of
    every = (
        *report.ruling.cited,
        *(a for change in report.changes for a in leading(change.ruling)),
        *(a for step in report.steps for a in step.authority),
    )
    rows = {a.holding.id: authority_row(library, a, as_of) for a in every}
    for finding in report.ruling.findings:
        for id_ in _for(report, finding):
            if id_ not in rows and id_ in library.holding:
                rule = Authority(library.holding[id_], Rank.SUPREME, binding=True, limits=())
                rows[id_] = authority_row(library, rule, as_of)
        rows |= {o.id: _order_row(o) for o in orders_for(finding) if o.id in _for(report, finding)}
    return list(rows.values())


def _order_row(order: DecidedOrder) -> Document:
    """A decided order on which practice rests, with the keys of a holding."""
    return {
        "id": order.id,
        "precedent": order.id,
        "citation": captioned(order.caption, order.citation),
        "pin": "",
        "weight": "persuasive",
        "force": "supports",
        "says": order.summary,
        "quote": order.quote,
        "verified": "primary",
        "url": order.url,
        "history": [],
    }


def authority_row(library: Library, authority: Authority, as_of: date) -> dict[str, Any]:
    """One holding as a row: citation, weight, what it says, how that was verified."""
    holding = authority.holding
    return {
        "id": holding.id,
        "precedent": holding.precedent.id,
        "citation": full_citation(holding.precedent),
        "pin": holding.pin,
        "weight": authority.weight,
        "force": holding.force.value,
        "says": holding.says,
        "quote": holding.quote,
        "verified": holding.verified.value,
        "url": holding.url,
        "history": list(history_sentences(holding.precedent, holding.key, as_of, library)),
    }
