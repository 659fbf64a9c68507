"""Any text in a session comes through export and opening as it is, and is shown harmless."""

from __future__ import annotations

import json
import tomllib
import unicodedata
from datetime import date, datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from session_files import (
    BEFORE_CARSWELL,
    DAY,
    FIFTH,
    NASTY,
    named,
    opened,
    session_of,
)

from qiwizard.law.facts import FORUM, Value
from qiwizard.law.posture import Posture
from qiwizard.law.shipped import shipped_library
from qiwizard.reports.formats import render
from qiwizard.reports.report import Report
from qiwizard.reports.tables import document
from qiwizard.sessions.session import Matter, Session
from qiwizard.toml_json import to_json, to_toml

# Random sessions

_PARTS = st.one_of(st.sampled_from(NASTY), st.text(max_size=20))
TEXTS = st.lists(_PARTS, max_size=3).map("".join)
_KEYS = TEXTS.filter(lambda key: key not in {"caption", "docket", "notes", "open"})
_PLAIN: st.SearchStrategy[Any] = st.one_of(
    TEXTS,
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
)
EXTRAS: st.SearchStrategy[Any] = st.recursive(
    _PLAIN,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(TEXTS, below, max_size=3),
    max_leaves=6,
)
DAYS = (date(1993, 12, 1), BEFORE_CARSWELL, DAY)


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """Any session: facts, open facts, sources, free text, and keys from elsewhere."""
    library = shipped_library()
    known: dict[str, Value] = {}
    for fact in library.vocabulary.facts:
        if fact.name not in FORUM and draw(st.booleans()):
            known[fact.name] = draw(st.sampled_from(fact.values))
    circuit = draw(st.sampled_from([None, "fifth", "tenth", "dc"]))
    if circuit is not None:
        known["circuit"] = circuit
        if draw(st.booleans()):
            known["court"] = draw(st.sampled_from(library.courts.of(circuit))).id
    names = [fact.name for fact in library.vocabulary.facts]
    still_open = [n for n in names if n not in known and n not in FORUM and draw(st.booleans())]
    offset = timezone(timedelta(minutes=draw(st.sampled_from([0, -420, 330]))))
    return Session(
        as_of=draw(st.sampled_from(DAYS)),
        created=draw(
            st.datetimes(datetime(1994, 1, 1), datetime(2099, 1, 1), timezones=st.just(offset))
        ),
        posture=Posture.of(known, still_open),
        sources=MappingProxyType(draw(st.dictionaries(st.sampled_from(names), TEXTS, max_size=4))),
        matter=Matter(
            draw(TEXTS),
            draw(TEXTS),
            draw(TEXTS),
            MappingProxyType(draw(st.dictionaries(_KEYS, EXTRAS, max_size=2))),
        ),
        other=MappingProxyType(draw(st.dictionaries(_KEYS, EXTRAS, max_size=2))),
    )


def everywhere(text: str) -> Session:
    """A session that has one text in every place where a person may write."""
    return session_of(
        FIFTH,
        ("own_records",),
        sources={"motion": text, "own_records": text},
        matter=Matter(text, text, text, MappingProxyType({text or "x": [text, {text: text}]})),
    )


@settings(max_examples=25)
@given(session=sessions())
@example(session=everywhere("".join(NASTY)))
@example(session=everywhere(""))
@example(session=everywhere(" "))
def test_export_read_and_exported_again_is_the_same(session: Session) -> None:
    """Export, open, export gives the same bytes in TOML and in JSON, and the same session."""
    library = shipped_library()
    table = document(Report(library, session))
    text, in_json = to_toml(table), to_json(table)
    back = opened(text)
    assert (back.posture, back.sources, back.matter) == (
        session.posture,
        session.sources,
        session.matter,
    )
    assert (back.created, back.as_of, back.other) == (session.created, session.as_of, session.other)
    assert render(Report(library, back), "toml") == text
    assert render(Report(library, opened(in_json)), "json") == in_json
    assert json.loads(render(Report(library, back), "json")) == json.loads(in_json)
    assert json.loads(in_json)["matter"] == tomllib.loads(text)["matter"]


@settings(max_examples=15)
@given(session=sessions())
def test_export_never_names_an_authority_without_its_row(session: Session) -> None:
    """Whatever the posture, findings are cited and every id named has a row of its own."""
    table = document(Report(shipped_library(), session))
    ids = [row["id"] for row in table["authority"]]
    assert all(finding["for"] for finding in table["finding"])
    assert len(ids) == len(set(ids))
    assert named(table) <= set(ids)


def raw(text: str) -> set[str]:
    """The control and bidirectional characters that stand in a text as they are."""
    return {
        c
        for c in text
        if c != "\n"
        and (
            unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}
            or unicodedata.bidirectional(c) in {"LRE", "LRO", "RLE", "RLO", "PDF"}
            or c in "\u061c\u200e\u200f\u2066\u2067\u2068\u2069"
        )
    }


@pytest.mark.parametrize("form", ["toml", "json", "markdown", "text"])
@pytest.mark.parametrize("text", NASTY)
def test_no_control_character_leaves_as_it_is(form: str, text: str) -> None:
    """In no format does a control or bidirectional character of a user reach the terminal raw."""
    assert raw(render(Report(shipped_library(), everywhere(text)), form)) <= {"\t"}


@pytest.mark.parametrize("form", ["toml", "json"])
@pytest.mark.parametrize("text", NASTY)
def test_control_characters_are_kept_in_the_data(form: str, text: str) -> None:
    """What a person wrote is read back character by character."""
    back = opened(render(Report(shipped_library(), everywhere(text)), form))
    assert (back.matter.caption, back.matter.notes, back.sources["motion"]) == (text, text, text)


@pytest.mark.parametrize("form", ["markdown", "text"])
def test_control_characters_are_shown_visibly(form: str) -> None:
    """In what people read, a control or bidirectional character is shown by its number."""
    shown = render(Report(shipped_library(), everywhere("A\x1bB\x9bC\u202eD\u2066E")), form)
    shown = shown.replace("\\", "")
    for number in ("U+001B", "U+009B", "U+202E", "U+2066"):
        assert number in shown
