"""The findings that a memo or an order states as its reasons."""

from __future__ import annotations

from qiwizard.reasoning.composition import Basis
from qiwizard.reasoning.explanation import why
from qiwizard.reasoning.ruling import Finding
from qiwizard.reports.card import deciding
from qiwizard.reports.report import Report


def reasons(report: Report) -> tuple[Finding, ...]:
    """What decides the outcome and what gives terms, each with support of its own.

    A conclusion that only follows from another one is left out, and so is one whose row among
    `[[reason]]` does not apply.
    """
    ruling = report.ruling
    main = deciding(ruling)
    giving = [finding for _, finding in why(report.library, ruling).terms]
    found = [
        finding
        for finding in ruling.findings
        if finding is main or (not _follows(finding) and _stated(report, finding, giving))
    ]
    return tuple(sorted(found, key=lambda f: f is not main or bool(f.question.counted)))


def _stated(report: Report, finding: Finding, giving: list[Finding]) -> bool:
    """Whether a finding decides the outcome or gives a term, and is a reason on these facts."""
    if not finding.decisive and not _gives(report, finding, giving):
        return False
    return report.wording.gives_reason(f"{finding.question.id}/{finding.answer}")


def _gives(report: Report, finding: Finding, giving: list[Finding]) -> bool:
    """Whether a question that is not counted, answered on authority, gives a term of the order."""
    if finding not in giving or finding.question.counted:
        return False
    return bool(finding.question.terms_only or report.authority_on(finding).supports)


def _follows(finding: Finding) -> bool:
    """Whether a conclusion rests on the answer to another question alone."""
    if finding.basis is not Basis.LAW or finding.canon is not None:
        return False
    return all(a.holding.question != finding.question.id for a in finding.leading)
