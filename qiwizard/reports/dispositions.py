"""What the order does: the motions by name, the disposition of each, and its other paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from qiwizard.files import read_shipped
from qiwizard.law.facts import FORUM, MOTION, QI_ASSERTED, REQUEST, Value
from qiwizard.law.library import Library
from qiwizard.reasoning.explanation import why
from qiwizard.reasoning.next_steps import StepCondition
from qiwizard.reasoning.ruling import Ruling
from qiwizard.reasoning.what_if import Change, Turn
from qiwizard.reports.words import fact_words, value_words
from qiwizard.sessions.session import Session
from qiwizard.text import one_line

Row = Mapping[str, Any]
BEFORE = {"stay": ("stay",), "compel": ("compel",), "both": ("stay", "compel")}
"""The motions before the court, by request."""


@dataclass(frozen=True, slots=True)
class Motion:
    """A motion before the court and its disposition."""

    name: str
    """Such as `Defendants' Motion to Stay Discovery`."""
    document: str
    """Such as `Doc. 38`, or a blank."""
    word: str
    """Such as `GRANTED`."""
    how: str
    """What follows the word; empty for nothing."""

    @property
    def cited(self) -> str:
        """The motion with its document number."""
        return f"{self.name} ({self.document})"

    def worded(self, granted: str, denied: str) -> str:
        """What the court does in other forms, such as `GRANTING IN PART AND DENYING IN PART`."""
        return self.word.replace("GRANTED", granted).replace("DENIED", denied)


@dataclass(frozen=True, slots=True)
class Disposition:
    """What the court does with the request before it."""

    headline: str
    """Such as `GRANT: STAY ALL DISCOVERY`."""
    motions: tuple[Motion, ...]
    paragraphs: tuple[tuple[str, str], ...]
    """The other paragraphs, each in full and in short."""

    @property
    def short(self) -> tuple[str, ...]:
        """The order in single lines, motions without their party; the first is in the headline."""
        first, *rest = [short for _, short in self.paragraphs] or [""]
        further = [f"{one_line(m.name.partition(' ')[2])} {m.word}" for m in self.motions[1:]]
        return tuple(line for line in (first, *further, *rest) if line)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The order in full: each motion by name, then the other paragraphs."""
        motions = (f"{m.cited} is {m.word}{m.how}." for m in self.motions)
        return (*motions, *(text for text, _ in self.paragraphs))


@lru_cache(maxsize=1)
def shipped_words() -> dict[str, Any]:
    """The words of the card, the memo and the draft order."""
    return read_shipped("reports.toml")


class Wording:
    """Wording for one session and ruling, with names and blanks filled in."""

    def __init__(self, library: Library, session: Session, ruling: Ruling) -> None:
        self.library, self.session, self.ruling = library, session, ruling
        self.words = shipped_words()
        self.plaintiff, self.defendant = parties(session.matter.caption)
        self._names = self._immunity()
        self._names["motion_document"] = self.document(MOTION)
        resolution = self.first("resolution")
        self._names["resolution"] = self.filled(resolution["text"])
        self._names["resolution_short"] = self.filled(resolution["short"])

    def first(self, kind: str, motion: str = "") -> Row:
        """The first row of a kind, or of a motion, that applies."""
        return next(row for row in self.rows(kind) if row.get("motion", "") == motion)

    def rows(self, kind: str) -> Iterator[Row]:
        """The rows of a kind that apply."""
        return filter(self._met, self.words[kind])

    def _met(self, row: Row) -> bool:
        when = row["when"]
        condition = StepCondition(
            outcome=frozenset(when.get("outcome", ())),
            answers={q: frozenset(given) for q, given in when.get("answers", {}).items()},
            facts={name: frozenset(values) for name, values in when.get("facts", {}).items()},
        )
        return condition.met(self.session.posture, self.ruling)

    def gives_reason(self, finding: str) -> bool:
        """Whether a finding, as question/answer, is a reason on this posture."""
        rows = [row for row in self.words["reason"] if row["finding"] == finding]
        return not rows or any(map(self._met, rows))

    def filled(self, text: str, **more: str) -> str:
        """A text with its names filled in, in the number of the parties."""
        found = text.format_map({**self._names, **more})
        if not self.defendant.several:
            found = _replaced(found, self.words["one_defendant"])
        if self.plaintiff.several:
            found = _replaced(found, self.words["several_plaintiffs"])
        return found

    def document(self, fact: str, place: int = 0) -> str:
        """The document number noted for a fact, or a blank."""
        noted = documents(self.session.sources.get(fact, ""))
        return noted[place] if place < len(noted) else str(self.words["names"]["document"])

    def _immunity(self) -> dict[str, str]:
        """The immunity on which the motion rests, and the one asserted beside or instead of it."""
        posture, names = self.session.posture, self.words["names"]
        kind = self.words["immunities"].get(str(posture.get("other_immunity_kind")))
        qualified = posture.known.get(QI_ASSERTED, posture.get("other_immunity") is not True)
        return {
            "immunity": "qualified immunity" if qualified else kind or names["immunity"],
            "other_immunity": kind or names["other_immunity"],
        }

    def background(self) -> dict[str, tuple[str, ...]]:
        """The facts as sentences, each with the facts it states."""
        known = self.session.posture.known
        told: set[str] = set()
        found: dict[str, tuple[str, ...]] = {}
        for row in self.words["background"]:
            facts = row["when"]
            met = all(known.get(name) == value for name, value in facts.items())
            if met and not told.issuperset(facts):
                states = [name for name in row.get("states", ()) if known.get(name) is not False]
                found[self.filled(row["text"])] = (*facts, *states)
                told.update(facts, states)
        for name in self.library.vocabulary.in_order(known.keys() - told - set(FORUM)):
            found[f"{fact_words(self.library, name, known[name])}."] = (name,)
        return found

    def cited_background(self, without: frozenset[str] = frozenset()) -> str:
        """The facts as sentences, each with its record cite; sentences on some facts left out."""
        sentences = []
        for sentence, facts in self.background().items():
            if not without.issuperset(facts):
                notes = dict.fromkeys(one_line(self.session.sources.get(n, "")) for n in facts)
                cite = "; ".join(filter(None, notes))
                sentences.append(f"{sentence.removesuffix('.')} ({cite})." if cite else sentence)
        return " ".join(sentences)

    def state_of_defense(self) -> str:
        """The state of the immunity defense in a sentence; empty if it is not known."""
        stating = (MOTION, QI_ASSERTED)
        told = self.background().items()
        return next((sentence for sentence, facts in told if facts[0] in stating), "")


def fact_row(fact: str, value: Value) -> Row | None:
    """The row that states one fact alone."""
    return next((r for r in shipped_words()["background"] if r["when"] == {fact: value}), None)


def change_short(library: Library, change: Change) -> str:
    """A change in a few words, such as `adequate Rule 56(d) showing`."""
    return " and ".join(
        row["short"] if (row := fact_row(t.fact, t.after)) else fact_words(library, t.fact, t.after)
        for t in change.turns
    )


def change_words(library: Library, change: Change, *, now: bool = True) -> str:
    """A change as a clause: what would be the case and, with `now`, what is stated."""
    return " and ".join(_turn_words(library, turn, now=now) for turn in change.turns)


def _turn_words(library: Library, turn: Turn, *, now: bool) -> str:
    row = fact_row(turn.fact, turn.after)
    said = fact_words(library, turn.fact, turn.after)
    if row is not None:
        said = uncapitalized(row["text"]).rstrip(".").format_map(shipped_words()["plain_names"])
    before = _YES_OR_NO.sub("", uncapitalized(value_words(library, turn.fact, turn.before)))
    return f"{said} (now: {before})" if now else said


_YES_OR_NO = re.compile(r"^(?:yes|no), (?:but )?")


def uncapitalized(sentence: str) -> str:
    """A sentence to follow other words; names of parties and rules keep their capital."""
    kept = ("Defend", "Plaintiff", "Rule ", "Federal ", "Eleventh ", "United ")
    return sentence if sentence.startswith(kept) else sentence[:1].lower() + sentence[1:]


def disposition(wording: Wording) -> Disposition:
    """What the order does, on one session and ruling."""
    owed: dict[str, list[str]] = {}
    for term, finding in why(wording.library, wording.ruling).terms:
        owed.setdefault(f"{finding.question.id}/{finding.answer}", []).append(term)
    motions = tuple(_motions(wording, owed))
    paragraphs = tuple(_paragraphs(wording, owed))
    phrase = wording.first("headline")["text"]
    if motions:
        verb = motions[0].worded("GRANT", "DENY").partition(" AND ")[0]
        phrase = f"{verb}: {phrase}"
    return Disposition(phrase, motions, paragraphs)


def _motions(wording: Wording, owed: dict[str, list[str]]) -> Iterator[Motion]:
    """The motions; the terms that their dispositions state are taken from what the order owes."""
    request = wording.session.posture.get(REQUEST)
    for place, kind in enumerate(BEFORE.get(str(request), ())):
        row = wording.first("motion", kind)
        for covered in row.get("covers", ()):
            owed.pop(covered, None)
        yield Motion(
            name=wording.filled(wording.first("name", kind)["text"]),
            document=wording.document(REQUEST, place),
            word=row["word"],
            how=wording.filled(row.get("how", "")),
        )


def _paragraphs(wording: Wording, owed: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """The paragraphs that state the required terms; a term without a paragraph is used verbatim."""
    for row in wording.rows("paragraph"):
        covers: Sequence[str] = row.get("covers", ())
        if covers and not row.get("always") and owed.keys().isdisjoint(covers):
            continue
        for covered in covers:
            owed.pop(covered, None)
        if row["text"]:
            yield wording.filled(row["text"]), wording.filled(row["short"])
    for terms in owed.values():
        yield from ((term, term) for term in terms)


def _replaced(text: str, words: Mapping[str, str]) -> str:
    for old, new in words.items():
        text = text.replace(old, new)
    return text


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
