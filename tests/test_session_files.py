"""Session files: the tables that outside readers rely on, read back without loss."""

from __future__ import annotations

import json
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qiwizard.cli import run
from qiwizard.documents.document import document
from qiwizard.documents.export import render
from qiwizard.documents.forms import to_json, to_toml
from qiwizard.documents.session_file import parse, session_from
from qiwizard.errors import UserError
from qiwizard.law.facts import Value
from qiwizard.law.library import FORUM, Library, shipped_library
from qiwizard.law.posture import Posture
from qiwizard.reasoning.ruling import rule
from qiwizard.sessions.session import Matter, Session

CREATED = datetime(2026, 1, 31, 12, tzinfo=UTC)
DAY = date(2026, 1, 31)
LATER = date(2026, 11, 22)
BEFORE_CARSWELL = date(2022, 11, 29)
NASTY = (
    "[red]x[/red] [b",
    "\x1b[2J\x07\x00\x7f\x9b31m",
    "\u202egnp.exe\u2066\u200f",
    "one\ntwo\r\nthree\rfour\u2028five\u0085six\ttabs  and  blanks ",
    '"quoted" \'and\' """three""" \\u0041 \\',
    "*em* _em_ `code` [a](b) <b> &amp; # h | ~~no~~",
    "é e\u0301 \U0001f3db \ufeff\u200b",
    "= 1\n[posture]\nmotion = 'none'",
)
"""Text that has done harm to programs before."""


def session_of(
    known: Mapping[str, Value],
    still_open: tuple[str, ...] = (),
    as_of: date = DAY,
    sources: Mapping[str, str] | None = None,
    matter: Matter | None = None,
) -> Session:
    """A session over some facts."""
    return Session(
        as_of=as_of,
        created=CREATED,
        posture=Posture.of(known, still_open),
        sources=MappingProxyType(dict(sources or {})),
        matter=matter or Matter(),
    )


FIFTH: Mapping[str, Value] = {
    "circuit": "fifth",
    "court": "S.D. Tex.",
    "request": "stay",
    "qi_asserted": True,
    "motion": "pending",
    "motion_kind": "dismiss",
    "specific_facts": True,
    "facts_needed": True,
}
POSTURES: Mapping[str, Session] = {
    "empty": session_of({}),
    "a circuit alone": session_of({"circuit": "ninth"}),
    "a court alone": session_of({"court": "D. Kan.", "qi_asserted": True}),
    "motion to dismiss": session_of(FIFTH),
    "motion to dismiss, earlier law": session_of(FIFTH, as_of=BEFORE_CARSWELL),
    "open facts": session_of(
        {"circuit": "tenth", "court": "D.N.M.", "qi_asserted": True, "motion": "pending"},
        ("motion_kind", "other_defendants", "answer_filed"),
        sources={"motion": "Doc. 38", "motion_kind": "nowhere"},
        matter=Matter("Lucero v. City of Clovis", "2:19-cv-00445", "Notes."),
    ),
    "claims for an injunction": session_of(
        {"qi_asserted": True, "narrow_request": True, "injunctive_claims": True}
    ),
    "appeal alone": session_of({"motion": "appeal"}),
    "no immunity": session_of({"circuit": "second", "qi_asserted": False, "request": "compel"}),
    "everything at once": session_of(
        {
            fact.name: fact.values[0]
            for fact in shipped_library().vocabulary.facts
            if fact.name != "court"
        }
    ),
}


def table_of(session: Session) -> dict[str, Any]:
    """A session's export, read as an outside reader of TOML would."""
    return tomllib.loads(render(shipped_library(), session, "toml"))


def opened(text: str, today: date = LATER) -> Session:
    """A session read back from its export."""
    return session_from(parse(text, "export"), "export", shipped_library(), today)


# The contract

KINDS: Mapping[str, Mapping[str, type]] = {
    "ruling": {"outcome": str, "strength": str, "headline": str, "as_of": date, "terms": list},
    "finding": {
        "doctrine": str,
        "question": str,
        "answer": str,
        "conclusion": str,
        "because": list,
        "for": list,
        "against": list,
    },
    "alternative": {"outcome": str, "because": str, "authorities": list},
    "change": {"facts": list, "outcome": str, "authorities": list},
    "similar": {"id": str, "outcome": str, "shared": list, "differs": list},
    "authority": {
        "id": str,
        "citation": str,
        "pin": str,
        "weight": str,
        "says": str,
        "quote": str,
        "verified": str,
        "url": str,
        "history": list,
    },
}
"""The keys that the contract names, table by table, and the kind of their values."""


@pytest.mark.parametrize("name", POSTURES)
def test_export_has_the_tables_and_keys_of_the_contract(name: str) -> None:
    """Every table and key is there, with the kind of value that readers rely on."""
    table = table_of(POSTURES[name])
    assert table["schema"] == "qiwizard/session/1"
    assert table["created"] == CREATED
    assert all(isinstance(table[key], dict) for key in ("matter", "posture", "session", "source"))
    assert isinstance(table["session"]["open"], list)
    for key, kinds in KINDS.items():
        rows = [table[key]] if key == "ruling" else table[key]
        for row in rows:
            assert kinds.keys() <= row.keys(), key
            assert all(type(row[k]) is kind for k, kind in kinds.items()), key
            lists = [row[k] for k, kind in kinds.items() if kind is list and k != "facts"]
            assert all(type(item) is str for items in lists for item in items)


@pytest.mark.parametrize("name", POSTURES)
def test_export_keeps_the_facts_and_leaves_open_ones_out(name: str, library: Library) -> None:
    """Facts stand with their values, open facts only in the list of open ones."""
    session = POSTURES[name]
    table = table_of(session)
    assert table["posture"] == dict(session.posture.known)
    assert all(library.vocabulary.by_name[n].permits(v) for n, v in table["posture"].items())
    assert set(table["session"]["open"]) == session.posture.open
    assert not table["posture"].keys() & set(table["session"]["open"])
    assert table["source"] == dict(session.sources)


@pytest.mark.parametrize("name", POSTURES)
def test_ruling_is_one_of_four_and_says_how_sure(name: str, library: Library) -> None:
    """The ruling names an outcome, a strength, the day, terms, and a sentence."""
    ruling = table_of(POSTURES[name])["ruling"]
    assert ruling["outcome"] in {"stay", "partial_stay", "limited_discovery", "no_stay"}
    assert ruling["outcome"] in library.outcomes
    assert ruling["strength"] in {"settled", "leaning", "contested"}
    assert ruling["as_of"] == POSTURES[name].as_of
    assert ruling["headline"].strip()
    assert all(term.strip() for term in ruling["terms"])


@pytest.mark.parametrize("name", POSTURES)
def test_every_finding_is_cited_and_rests_on_stated_facts(name: str, library: Library) -> None:
    """A finding names its question and answer, has authority for it, and rests on known facts."""
    table = table_of(POSTURES[name])
    assert table["finding"]
    for finding in table["finding"]:
        question = library.question[finding["question"]]
        assert finding["doctrine"] == question.doctrine
        assert finding["answer"] in question.answers
        assert finding["conclusion"].strip()
        assert finding["for"]
        assert not set(finding["for"]) & set(finding["against"])
        assert set(finding["because"]) <= table["posture"].keys()
    asked = [finding["question"] for finding in table["finding"]]
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("name", POSTURES)
def test_alternatives_differ_from_the_ruling_and_each_other(name: str, library: Library) -> None:
    """Each alternative is another outcome, named once, with a reason and an authority."""
    table = table_of(POSTURES[name])
    outcomes = [alternative["outcome"] for alternative in table["alternative"]]
    assert table["ruling"]["outcome"] not in outcomes
    assert len(outcomes) == len(set(outcomes))
    assert set(outcomes) <= library.outcomes.keys()
    assert all(a["because"].strip() and a["authorities"] for a in table["alternative"])


@pytest.mark.parametrize("name", POSTURES)
def test_changes_turn_the_outcome_as_they_say(name: str, library: Library) -> None:
    """A change states each fact from and to, forum aside, and leads to another outcome."""
    session = POSTURES[name]
    table = table_of(session)
    for change in table["change"]:
        posture = session.posture
        for turn in change["facts"]:
            assert turn.keys() <= {"fact", "from", "to"}
            assert turn["fact"] not in FORUM
            assert turn.get("from") == session.posture.get(turn["fact"])
            assert ("from" in turn) == (turn["fact"] in session.posture.known)
            assert library.vocabulary.by_name[turn["fact"]].permits(turn["to"])
            assert turn["to"] != turn.get("from")
            posture = posture.stating(turn["fact"], turn["to"])
        ruling = rule(library, posture, session.as_of)
        assert ruling.outcome == change["outcome"] != table["ruling"]["outcome"]
        assert change["authorities"]


@pytest.mark.parametrize("name", POSTURES)
def test_similar_orders_share_what_they_say(name: str, library: Library) -> None:
    """A near order is known to the library; what is shared and what differs is so."""
    session = POSTURES[name]
    facts = {p.id: (p.facts, p.outcome) for p in library.landmarks}
    facts |= {order.id: (order.facts, order.outcome) for order in library.orders}
    for near in table_of(session)["similar"]:
        theirs, outcome = facts[near["id"]]
        ours = session.posture.known
        assert near["outcome"] == outcome
        assert near["shared"]
        assert all(ours[fact] == theirs[fact] for fact in near["shared"])
        assert all(ours[fact] != theirs[fact] for fact in near["differs"])


def named(table: Mapping[str, Any]) -> set[str]:
    """Every authority that an export names under `for`, `against` or `authorities`."""
    rows = (row for group in table.values() if isinstance(group, list) for row in group)
    keys = ("for", "against", "authorities")
    return {name for row in rows for key in keys for name in row.get(key, ())}


@pytest.mark.parametrize("name", POSTURES)
def test_every_authority_named_has_one_row(name: str, library: Library) -> None:
    """The rows are unique by id and hold every id that the export names."""
    table = table_of(POSTURES[name])
    ids = [row["id"] for row in table["authority"]]
    assert len(ids) == len(set(ids))
    assert named(table) <= set(ids)
    for row in table["authority"]:
        assert row["weight"] in {"binding", "persuasive"}
        assert row["verified"] in {"full", "primary", "secondary"}
        assert row["citation"]
        assert row["says"]
        holding = library.holding[row["id"]]
        assert (row["says"], row["quote"], row["pin"]) == (
            holding.says,
            holding.quote,
            holding.pin,
        )


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
    table = document(library, session)
    text, in_json = to_toml(table), to_json(table)
    back = opened(text)
    assert (back.posture, back.sources, back.matter) == (
        session.posture,
        session.sources,
        session.matter,
    )
    assert (back.created, back.as_of, back.other) == (session.created, session.as_of, session.other)
    assert render(library, back, "toml") == text
    assert render(library, opened(in_json), "json") == in_json
    assert json.loads(render(library, back, "json")) == json.loads(in_json)
    assert json.loads(in_json)["matter"] == tomllib.loads(text)["matter"]


@settings(max_examples=15)
@given(session=sessions())
def test_export_never_names_an_authority_without_its_row(session: Session) -> None:
    """Whatever the posture, findings are cited and every id named has a row of its own."""
    table = document(shipped_library(), session)
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
    assert raw(render(shipped_library(), everywhere(text), form)) <= {"\t"}


@pytest.mark.parametrize("form", ["toml", "json"])
@pytest.mark.parametrize("text", NASTY)
def test_control_characters_are_kept_in_the_data(form: str, text: str) -> None:
    """What a person wrote is read back character by character."""
    back = opened(render(shipped_library(), everywhere(text), form))
    assert (back.matter.caption, back.matter.notes, back.sources["motion"]) == (text, text, text)


@pytest.mark.parametrize("form", ["markdown", "text"])
def test_control_characters_are_shown_visibly(form: str) -> None:
    """In what people read, a control or bidirectional character is shown by its number."""
    shown = render(shipped_library(), everywhere("A\x1bB\x9bC\u202eD\u2066E"), form)
    shown = shown.replace("\\", "")
    for number in ("U+001B", "U+009B", "U+202E", "U+2066"):
        assert number in shown


# Opening

OPENED = session_of(FIFTH, ("own_records",), BEFORE_CARSWELL, {"motion": "Doc. 38"})
ELSEWHERE: Mapping[str, Any] = {
    "ruling": {
        "outcome": "no_stay",
        "strength": "contested",
        "headline": "As another library had it.",
        "as_of": BEFORE_CARSWELL,
        "terms": ["Of its own."],
        "library": "2020.01",
    },
    "finding": [],
    "alternative": [],
    "change": [],
    "similar": [],
    "authority": [],
}
"""A ruling unlike today's, as a file from an older library may hold it."""


def recorded() -> Session:
    """A session opened from a file whose ruling today's library would not give."""
    table = {**table_of(OPENED), **ELSEWHERE}
    return session_from(table, "old.toml", shipped_library(), LATER)


def test_opened_session_keeps_its_day_and_its_ruling(library: Library) -> None:
    """What the file says stays, though the law and the library have moved on."""
    session = recorded()
    assert session.as_of == BEFORE_CARSWELL
    table = document(library, session)
    assert {key: table[key] for key in ELSEWHERE} == ELSEWHERE


@pytest.mark.parametrize("form", ["toml", "json"])
def test_recorded_ruling_survives_being_exported_again(library: Library, form: str) -> None:
    """Export and open leave a recorded ruling alone, however often."""
    once = render(library, recorded(), form)
    assert render(library, opened(once), form) == once
    assert opened(once).as_of == BEFORE_CARSWELL


def test_recorded_ruling_stays_while_no_answer_changes(library: Library) -> None:
    """A caption or a note of where the record says so is no answer: the ruling stays."""
    session = recorded().naming(Matter("Doe v. Roe")).sourcing("motion", "Doc. 40")
    table = document(library, session)
    assert table["ruling"] == ELSEWHERE["ruling"]
    assert table["matter"]["caption"] == "Doe v. Roe"
    assert table["source"]["motion"] == "Doc. 40"


@pytest.mark.parametrize("way", ["another answer", "not stated", "taken back"])
def test_changed_answer_gives_a_new_ruling_under_the_same_law(library: Library, way: str) -> None:
    """Once an answer changes the ruling is computed anew, still under the law of the file."""
    session = recorded()
    changed = {
        "another answer": lambda: session.answering(library, "facts_needed", value=False),
        "not stated": lambda: session.answering(library, "facts_needed", None),
        "taken back": lambda: session.clearing("facts_needed"),
    }[way]()
    ruling = document(library, changed)["ruling"]
    assert ruling["as_of"] == BEFORE_CARSWELL
    assert ruling["headline"] == rule(library, changed.posture, BEFORE_CARSWELL).headline


def test_adopting_gives_the_ruling_of_that_day(library: Library) -> None:
    """The law of another day is taken over only when it is adopted."""
    ruling = document(library, recorded().adopting(LATER))["ruling"]
    assert (ruling["as_of"], ruling["outcome"]) == (LATER, "stay")


def test_bare_posture_is_under_the_law_of_today() -> None:
    """A file without a ruling has no day to keep."""
    session = session_from({"posture": dict(FIFTH)}, "x", shipped_library(), LATER)
    assert session.as_of == LATER
    assert session.recorded is None


# Ruling on a session

GIVEN: Mapping[str, str] = {
    "another time zone": "created = 2026-01-31T05:00:00-07:00",
    "parts of a second": "created = 2026-01-31T12:00:00.25Z",
    "no time zone": "created = 2026-01-31T12:00:00",
    "matter": '[matter]\ncaption = "Doe v. Roe"\ndocket = "1:26-cv-1"\nnotes = "a\\nb"',
    "empty texts": '[matter]\ncaption = ""\ndocket = ""\nnotes = ""\n[source]\nmotion = ""',
    "further keys": (
        '[matter]\nclient = "Roe"\nfiled = 2026-01-30\nat = 07:32:00\n'
        "[matter.more]\nx = [1, 2.5, { y = true }]\n[session]\nstep = 3\nopen = []"
    ),
    "open in another order": '[session]\nopen = ["own_records", "motion", "circuit"]',
    "sources": (
        '[source]\nqi_asserted = "Doc. 5"\nmotion = "Doc. 38\\n at 2"\ncircuit = "\\u001b[31m"'
    ),
}


@pytest.mark.parametrize("name", GIVEN)
def test_rule_passes_on_what_was_given(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`created`, `[matter]`, `[session]` and `[source]` of a file come out as they went in."""
    path = tmp_path / "session.toml"
    path.write_text(f"{GIVEN[name]}\n[posture]\nopposed = true\n", encoding="utf-8")
    assert run(["rule", str(path)]) == 0
    before = tomllib.loads(path.read_text(encoding="utf-8"))
    after = tomllib.loads(capsys.readouterr().out)
    for key in ("created", "matter", "session", "source"):
        if key in before:
            assert after[key] == before[key]
    assert after["posture"] == {"opposed": True}


def test_rule_computes_the_rest_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A ruling recorded in a session is replaced, findings and authorities with it.

    What changed since it was recorded is told beside them.
    """
    path = tmp_path / "session.toml"
    path.write_text(render(shipped_library(), recorded(), "toml"), encoding="utf-8")
    assert run(["rule", str(path), "--as-of", LATER.isoformat()]) == 0
    table = tomllib.loads(capsys.readouterr().out)
    expected = table_of(replace(OPENED, as_of=LATER))
    assert table.pop("since")
    assert table == expected
    assert table["ruling"]["outcome"] == "stay"


# Reading

REFUSED: Mapping[str, Mapping[str, Any]] = {
    "finding is no list": {"finding": 1},
    "finding is a list of texts": {"finding": ["x"]},
    "authority is a table": {"authority": {"id": "x"}},
    "terms are no texts": {"ruling": {**ELSEWHERE["ruling"], "terms": [1]}},
    "headline is no text": {"ruling": {**ELSEWHERE["ruling"], "headline": 1}},
    "day is a time": {"ruling": {**ELSEWHERE["ruling"], "as_of": CREATED}},
}


@pytest.mark.parametrize("name", REFUSED)
def test_damaged_ruling_is_refused(library: Library, name: str) -> None:
    """A recorded ruling of another shape is refused, not carried on into the next export."""
    table = {**table_of(OPENED), **ELSEWHERE, **REFUSED[name]}
    with pytest.raises(UserError) as refusal:
        session_from(table, "old.toml", library, LATER)
    key = next(iter(REFUSED[name]))
    assert all(line.startswith(f"old.toml: {key}") for line in refusal.value.messages)


def test_trail_of_an_opened_session_follows_the_interview(library: Library) -> None:
    """Stepping back through an opened session goes from the last question to the first."""
    session = opened(render(library, OPENED, "toml"))
    asked = [f.name for f in library.vocabulary.facts if OPENED.posture.asked(f.name)]
    assert list(session.trail) == asked
