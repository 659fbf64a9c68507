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
from qiwizard.reports.report import Report
from qiwizard.sessions.session import Session
from qiwizard.sessions.session_file import SINCE, Document, given_tables

PLACES = 4
"""Digits after the point of a share."""


def document(
    library: Library, session: Session, today: date | None = None, earlier: Session | None = None
) -> Document:
    """The session as a table.

    A session opened from a file keeps the computed tables of that file until an answer is
    changed or another day's law is adopted. If it is ruled on again, `earlier` is the session
    as it was in the file, and the table says what changed since, up to `today`.
    """
    computed = session.recorded or computed_tables(Report(library, session))
    changed = _since(library, earlier, today) if today and earlier else []
    return {
        **given_tables(library, session),
        **computed,
        **({SINCE: changed} if changed else {}),
    }


def _since(library: Library, session: Session, today: date) -> list[Document]:
    """What the law of today says, then what changed it; empty where nothing did."""
    from qiwizard.sessions.since import opening, reasons, since  # only an opened session needs it

    changed = since(library, session, today)
    told = reasons(library, changed) if changed else ()
    if changed is None or not told:
        return []
    now = changed.now.ruling
    ruled = {"as_of": now.as_of, "outcome": now.outcome, "strength": now.strength.word}
    return [
        {"because": opening(library, changed), **ruled},
        *(
            {"because": reason.text}
            | ({} if reason.precedent is None else {"precedent": reason.precedent})
            for reason in told
        ),
    ]


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


def ids(authorities: Iterable[Authority]) -> list[str]:
    """The ids of some holdings, each once."""
    return list(dict.fromkeys(authority.holding.id for authority in authorities))


def ruling_table(library: Library, ruling: Ruling) -> Document:
    """The ruling itself, with the likelihood of every outcome."""
    missing = {"missing": list(ruling.missing)} if ruling.missing else {}
    return {
        "outcome": ruling.outcome,
        "strength": ruling.strength.word,
        "basis": ruling.basis.value,
        "headline": ruling.headline,
        "as_of": ruling.as_of,
        "library": library.about.version,
        **missing,
        "terms": list(ruling.terms),
        "likelihood": rounded(ruling.likelihood, ruling.outcome),
    }


def rounded(likelihood: Mapping[str, float], outcome: str) -> dict[str, float]:
    """The shares rounded; what rounding leaves over goes to the outcome, so that they sum to 1."""
    shares = {name: round(share, PLACES) for name, share in likelihood.items()}
    rest = 1 - sum(share for name, share in shares.items() if name != outcome)
    return {**shares, outcome: round(rest, PLACES)}


def _findings(report: Report) -> list[Document]:
    tree = why(report.library, report.ruling)
    groups = (*tree.deciding, *tree.rest)
    terms = {r.finding.question.id: r.terms for group in groups for r in group.reasons}
    return [_finding(report, f, terms[f.question.id]) for f in report.ruling.findings]


def _finding(report: Report, finding: Finding, terms: Iterable[str]) -> Document:
    row: Document = {
        "doctrine": finding.question.doctrine,
        "question": finding.question.id,
        "answer": finding.answer,
        "conclusion": finding.conclusion,
        "strength": finding.strength.word,
        "basis": finding.basis.value,
        "decisive": finding.decisive,
        "terms": list(terms),
        "because": list(finding.because),
        "prevailed": prevailed(report.library, finding),
        "leading": ids(finding.leading),
        "for": _for(report, finding),
        "other_standard": ids(finding.other_standard),
        "against": ids(finding.against),
    }
    row |= {"canon": finding.canon.value} if finding.canon else {}
    row |= {"share": round(finding.share, PLACES)} if finding.share is not None else {}
    return row | ({"practice": _counts(finding.counts)} if finding.counts else {})


def _for(report: Report, finding: Finding) -> list[str]:
    """What supports a finding, by id: holdings, else decided orders, else the burden rule."""
    if holdings := ids((*finding.authority_for, *finding.other_standard)):
        return holdings
    orders = orders_for(finding)
    return [order.id for order in orders] or [h.id for h in _burden_rule(report.library)]


def orders_for(finding: Finding) -> tuple[DecidedOrder, ...]:
    """The nearest decided orders that gave the answer of a counted finding."""
    counts = finding.counts
    groups = (counts.here, counts.circuit, counts.all) if counts else ()
    return next((count.gave for count in groups if count.gave), ())


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
            {"fact": turn.fact}
            | ({} if turn.before is None else {"from": turn.before})
            | {"to": turn.after}
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
    row: Document = {"id": step.id, "role": step.role, "text": step.text}
    row |= {"authorities": ids(step.authority), "rule": step.rule}
    return row if step.after_days is None else {**row, "after_days": step.after_days}


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
