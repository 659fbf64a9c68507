"""No string that a person can read uses a phrase that American lawyers do not write."""

from __future__ import annotations

import io
import re
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from docx import Document
from pages import IN_CHECKOUT, PAGES
from postures import SHIPPED
from rulings import session_on
from wording import ROOT, comments, python_strings, retired, toml_strings

from qiwizard.reports.formats import FORMATS, WORD, content
from qiwizard.reports.report import Report
from qiwizard.sessions.session import Session

TODAY = date(2026, 11, 30)
DATA = sorted((ROOT / "data").rglob("*.toml"))
MODULES = sorted([*(ROOT / "qiwizard").rglob("*.py"), *(ROOT / "screens").rglob("*.py")])
LINE_BREAKS = re.compile(r"(\s|\\n|^> ?|[│*_])+", re.MULTILINE)


def relative(path: Path) -> str:
    """A path as it is named in the checkout."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", DATA, ids=relative)
def test_data_files_use_no_retired_phrase(path: Path) -> None:
    """The words of courts and the names of cases are not ours, and not looked at."""
    assert [(words, text) for text in toml_strings(path) if (words := retired(text))] == []


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_strings_of_the_program_use_no_retired_phrase(path: Path) -> None:
    """Screens, messages, help and errors."""
    assert [(words, text) for text in python_strings(path) if (words := retired(text))] == []


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_docstrings_and_comments_use_no_retired_phrase(path: Path) -> None:
    """The same words for those who read the code."""
    assert [(words, text) for text in comments(path) if (words := retired(text))] == []


@pytest.mark.skipif(not IN_CHECKOUT, reason="the documents stand in a checkout only")
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_documents_use_no_retired_phrase(path: Path) -> None:
    """README, changelog and docs."""
    assert retired(path.read_text(encoding="utf-8")) == []


@lru_cache(maxsize=1)
def samples() -> dict[str, Session]:
    """Ten sessions: the five opinions, and a decided order of each outcome and one more."""
    found = {p.id: session_on(p.facts, p.decided, p.caption) for p in SHIPPED.landmarks}
    for outcome in SHIPPED.outcomes:
        order = next(o for o in SHIPPED.orders if o.outcome == outcome and o.id not in found)
        found[order.id] = session_on(order.facts, TODAY, order.caption)
    appeal = next(o for o in SHIPPED.orders if dict(o.facts).get("motion") == "appeal")
    found[f"{appeal.id}-again"] = session_on(appeal.facts, TODAY, appeal.caption)
    return found


@lru_cache(maxsize=1)
def court_words() -> tuple[str, ...]:
    """Every quotation, as it stands in a text without line breaks."""
    quotes = {h.quote for h in SHIPPED.holdings} | {o.quote for o in SHIPPED.orders}
    folded = {LINE_BREAKS.sub(" ", quote).strip() for quote in quotes if retired(quote)}
    return tuple(sorted(folded, key=len, reverse=True))


def text_of(data: bytes, form: str) -> str:
    """The words of an exported file, line breaks folded, the courts' own left out."""
    if form in WORD:
        document = Document(io.BytesIO(data))
        cells = [cell.text for table in document.tables for cell in table._cells]
        text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    else:
        text = data.decode("utf-8")
    text = LINE_BREAKS.sub(" ", text)
    for quote in court_words():
        text = text.replace(quote, "…").replace(quote.replace('"', '\\"'), "…")
    return text


def test_the_samples_have_every_outcome() -> None:
    """Ten of them, so that every kind of order is written."""
    assert len(samples()) == 10
    assert len({s.posture.get("motion") for s in samples().values()}) > 2


@pytest.mark.parametrize("form", FORMATS)
def test_rulings_use_no_retired_phrase(form: str) -> None:
    """Ten rulings in full, in every format."""
    found = {}
    for name, session in samples().items():
        data = content(Report(SHIPPED, session, TODAY), form, full=True)
        if words := retired(text_of(data, form)):
            found[name] = words
    assert found == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Discovery goes\nahead.", ["goes ahead"]),
        ("The appeal divests it of the claims, AND NO MORE.", ["AND NO MORE"]),
        ("A favourable ruling", ["favourable"]),
        ("Discovery proceeds.", []),
        ("Favorable authority", []),
    ],
)
def test_what_is_retired(text: str, found: list[str]) -> None:
    """Whatever the case of letters, and across line breaks."""
    assert retired(text) == found
