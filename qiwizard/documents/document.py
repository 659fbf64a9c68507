"""The exported session: one table for TOML and JSON, with the keys outside readers rely on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from qiwizard.reasoning.changes import Change, changes
from qiwizard.reasoning.contrary import contrary, distinguished
from qiwizard.reasoning.nextsteps import NextStep, next_steps
from qiwizard.reasoning.similar import Near, closest
from qiwizard.reasoning.why import prevailed, why

from qiwizard.documents.outlook import map_tables
from qiwizard.law.citation import full_citation
from qiwizard.law.forum import Placed
from qiwizard.law.history import history_sentences
from qiwizard.law.library import Library
from qiwizard.reasoning.outlook import outlook
from qiwizard.reasoning.ruling import Finding, Ruling, rule
from qiwizard.sessions.session import Session
from qiwizard.sessions.session_file import SINCE, Document, given_tables


def document(
    library: Library, session: Session, today: date | None = None, earlier: Session | None = None
) -> Document:
    """The session as a table.

    A session opened from a file keeps the computed tables of that file until an answer is
    changed or another day's law is adopted. Where it is ruled on anew, `earlier` is the session
    as it was in the file, and the table says what changed since, up to `today`.
    """
    computed = session.recorded or computed_tables(library, session)
    moved = _since(library, earlier, today) if today and earlier else []
    return {
        **given_tables(library, session),
        **computed,
        **({SINCE: moved} if moved else {}),
    }


def _since(library: Library, session: Session, today: date) -> list[Document]:
    """What the law of today says, then what moved it; empty where nothing did."""
    from qiwizard.sessions.since import opening, reasons, since

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


def computed_tables(library: Library, session: Session) -> Document:
    """What follows from it: the ruling and everything under it."""
    posture, as_of = session.posture, session.as_of
    ruling = rule(library, posture, as_of)
    turned = changes(library, posture, as_of)
    steps = next_steps(library, posture, ruling)
    return {
        "ruling": _ruling(library, ruling),
        "finding": _findings(library, ruling),
        "contrary": [
            {
                "question": finding.question.id,
                "authority": placed.holding.id,
                "answer": placed.holding.answer,
                "distinguish": distinguished(library, posture, placed),
            }
            for finding in ruling.decisive
            for placed in contrary(finding)
        ],
        "alternative": [
            {
                "outcome": alternative.outcome,
                "because": alternative.because,
                "authorities": ids(alternative.authority),
            }
            for alternative in ruling.alternatives
        ],
        "change": [_change(change) for change in turned],
        "similar": [_similar(near) for near in closest(library, posture, as_of)],
        "step": [_step(step) for step in steps],
        **map_tables(library, outlook(library, posture, as_of)),
        "authority": [
            authority_row(library, placed, as_of) for placed in _cited(ruling, turned, steps)
        ],
    }


def ids(authority: Iterable[Placed]) -> list[str]:
    """The ids of some holdings, each once."""
    return list(dict.fromkeys(placed.holding.id for placed in authority))


def _ruling(library: Library, ruling: Ruling) -> Document:
    return {
        "outcome": ruling.outcome,
        "strength": ruling.strength.word,
        "headline": ruling.headline,
        "as_of": ruling.as_of,
        "library": library.about.version,
        "terms": list(ruling.terms),
    }


def _findings(library: Library, ruling: Ruling) -> list[Document]:
    tree = why(library, ruling)
    branches = (*tree.deciding, *tree.rest)
    terms = {r.finding.question.id: r.terms for branch in branches for r in branch.reasons}
    return [_finding(finding, terms[finding.question.id]) for finding in ruling.findings]


def _finding(finding: Finding, terms: Iterable[str]) -> Document:
    return {
        "doctrine": finding.question.doctrine,
        "question": finding.question.id,
        "answer": finding.answer,
        "conclusion": finding.conclusion,
        "strength": finding.strength.word,
        "canon": finding.weighing.canon.value,
        "decisive": finding.decisive,
        "terms": list(terms),
        "because": list(finding.because),
        "prevailed": prevailed(finding),
        "leading": ids(finding.weighing.leading),
        "for": ids(finding.authority_for),
        "against": ids(finding.authority_against),
    }


def _change(change: Change) -> Document:
    return {
        "facts": [
            {"fact": turn.fact}
            | ({} if turn.before is None else {"from": turn.before})
            | {"to": turn.after}
            for turn in change.turns
        ],
        "outcome": change.ruling.outcome,
        "authorities": ids(carrying(change.ruling)),
    }


def carrying(ruling: Ruling) -> tuple[Placed, ...]:
    """The leading holdings of the findings that carry the outcome."""
    findings = ruling.decisive or ruling.findings
    return tuple(placed for finding in findings for placed in finding.weighing.leading)


def _similar(near: Near) -> Document:
    return {
        "id": near.id,
        "caption": near.caption,
        "citation": near.citation,
        "outcome": near.outcome,
        "agrees": near.agrees,
        "shared": list(near.shared),
        "differs": list(near.differs),
        "url": near.url,
    }


def _step(step: NextStep) -> Document:
    row: Document = {"id": step.id, "role": step.role, "text": step.text}
    row |= {"authorities": ids(step.authority), "rule": step.rule}
    return row if step.after_days is None else {**row, "after_days": step.after_days}


def _cited(ruling: Ruling, turned: Iterable[Change], steps: Iterable[NextStep]) -> list[Placed]:
    """Every holding that the document names, each once."""
    named: dict[str, Placed] = {}
    for placed in ruling.cited:
        named.setdefault(placed.holding.id, placed)
    for change in turned:
        for placed in carrying(change.ruling):
            named.setdefault(placed.holding.id, placed)
    for step in steps:
        for placed in step.authority:
            named.setdefault(placed.holding.id, placed)
    return list(named.values())


def authority_row(library: Library, placed: Placed, as_of: date) -> Document:
    """One holding as a row: where it stands, what it says, how that was verified."""
    holding = placed.holding
    return {
        "id": holding.id,
        "precedent": holding.precedent.id,
        "citation": full_citation(holding.precedent),
        "pin": holding.pin,
        "weight": placed.weight,
        "says": holding.says,
        "quote": holding.quote,
        "verified": holding.verified.value,
        "url": holding.url,
        "history": list(history_sentences(holding.precedent, holding.key, as_of, library)),
    }
