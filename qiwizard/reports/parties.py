"""Parse a caption into parties, and find document numbers in record cites."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qiwizard.text import one_line

_VERSUS = (re.compile(r"\s+vs?\.?\s+"), re.compile(r"\s+VS?\.?\s+"))
"""Lower case first: a capital V. may be an initial."""
_LABEL = re.compile(
    r"[,;]?\s*\b(?:plaintiff|defendant|petitioner|respondent)(s|\(s\))?(?=[,.;]|\s*$)[,.;]*", re.I
)
_SEVERAL = re.compile(r"\bet\.? al\b|&|;|\band\b", re.I)
_DOCUMENT = re.compile(
    r"\b(?:Docs?|Dkt|D\.E|DE|ECF|Docket)\.?(?: Nos?\.?)? ?#?\d+(?:-\d+)?(?:(?:, | & | and )\d+)*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a case."""

    name: str
    """Empty if the caption does not say."""
    several: bool

    def label(self, role: str) -> str:
        """`Defendant` or `Defendants`."""
        return f"{role}s" if self.several else role


def parties(caption: str) -> tuple[Party, Party]:
    """Plaintiff and defendant of a caption, without labels such as `Plaintiff,`.

    Where the caption does not divide, its whole text names the plaintiff's side. A short caption
    names one defendant of many, so defendants are several unless the caption says `Defendant.`
    """
    text = one_line(caption)
    plaintiff, defendant = _sides(text)
    labels = [_LABEL.search(side) for side in (plaintiff, defendant)]
    several = bool(labels[0][1]) if labels[0] else bool(_SEVERAL.search(plaintiff))
    one = labels[1] is not None and not labels[1][1]
    return Party(_named(plaintiff), several), Party(_named(defendant), several=not one)


def _sides(text: str) -> tuple[str, str]:
    for versus in _VERSUS:
        if breaks := list(versus.finditer(text)):
            at = breaks[0] if versus is _VERSUS[0] else breaks[-1]
            return text[: at.start()], text[at.end() :]
    return text, ""


def _named(text: str) -> str:
    return " ".join(_LABEL.sub("", text).split()).strip(" ,;")


def documents(noted: str) -> tuple[str, ...]:
    """The document numbers in a note of where the record says something, such as `Doc. 38`."""
    return tuple(match[0] for match in _DOCUMENT.finditer(one_line(noted)))
