"""Precedents files of a person's own: read, added or refused, whatever is in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from precedent_files import (
    LEFT_OUT,
    LIBRARY,
    ROWS,
    TODAY,
    VALID,
    WORDS,
    changed,
    problems,
)

from qiwizard.checking.library_file import library_with, read_precedents
from qiwizard.errors import UserError
from qiwizard.files import MOST_BYTES
from qiwizard.law.build import build_library
from qiwizard.law.forum import law_of_forum
from qiwizard.law.posture import Posture
from qiwizard.law.shipped import shipped_library
from qiwizard.reasoning.ruling import rule
from qiwizard.text import one_line

ADDED = """
[[precedent]]
id = "poe-v-city-2024"
caption = "Poe v. City"
kind = "order"
court = "D. Wyo."
decided = 2024-05-06
source = { docket = "No. 2:23-cv-00001" }
verified = "full"

  [[precedent.holding]]
  key = "premature"
  question = "trigger"
  when = { motion = "none" }
  answer = "premature"
  says = "Without a motion it is premature."
  quote = "the request is premature"
"""


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "mine.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_file_without_a_library_is_added(tmp_path: Path) -> None:
    shipped = shipped_library()
    library = library_with(written(tmp_path, ADDED), TODAY)
    assert list(library.precedents) == [*shipped.precedents, "poe-v-city-2024"]
    assert library.about == shipped.about
    placed = law_of_forum(library, TODAY, "tenth", "D. Wyo.").on("trigger")
    assert "poe-v-city-2024/premature" in [p.holding.id for p in placed]


def test_a_file_with_a_library_stands_instead(tmp_path: Path) -> None:
    library = library_with(written(tmp_path, LIBRARY + ROWS), TODAY)
    assert list(library.precedents) == [row["id"] for row in VALID["precedent"]]
    assert library.about.version == "mine"
    ruling = rule(library, Posture(), library.about.begins)
    assert ruling.outcome == "no_stay"


def test_a_file_added_may_not_take_a_shipped_id(tmp_path: Path) -> None:
    taken = next(iter(shipped_library().precedents))
    with pytest.raises(UserError, match=f"mine.toml: precedent {taken}, id: a precedent of the"):
        library_with(written(tmp_path, ADDED.replace("poe-v-city-2024", taken)), TODAY)


def test_every_line_names_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, ADDED.replace('"full"', '"fool"').replace('"trigger"', '"x"'))
    with pytest.raises(UserError) as caught:
        read_precedents(path, WORDS, TODAY)
    assert len(caught.value.messages) == 2
    assert all(line.startswith(f"{path}: precedent poe-v-city") for line in caught.value.messages)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[[precedent]\n", "not readable as TOML"),
        ("a = " + "[" * 20_000, "nested too deeply"),
        ("a = " + "1" * 5_000, "not readable as TOML"),
        ("a = 2015-02-30", "not readable as TOML"),
        (b"a = '\xff'", "not UTF-8"),
        (b"#" * (MOST_BYTES + 1), "larger than"),
        ("", "precedent: is missing"),
        ("precedent = 0x" + "f" * 5_000, "a number of many digits"),
        ("precedent.when" + ".a" * 900 + " = 1", "double brackets"),
    ],
    ids=["broken", "deep", "digits", "day", "bytes", "large", "empty", "hex", "dotted"],
)
def test_a_file_that_is_no_precedents_file(
    tmp_path: Path, content: str | bytes, words: str
) -> None:
    with pytest.raises(UserError, match=words) as caught:
        read_precedents(written(tmp_path, content), WORDS, TODAY)
    assert all("mine.toml: " in line for line in caught.value.messages)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"none\.toml: cannot be read"):
        library_with(tmp_path / "none.toml", TODAY)


_KEYS = sorted(
    {key for row in VALID["precedent"] for key in row} | {"key", "question", "when", "by"}
)
_names = st.sampled_from([*_KEYS, "motion", "circuit", "from", "volume", "precedent"]) | st.text()
_plain = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=40)
    | st.dates()
    | st.datetimes()
    | st.sampled_from(
        ["order", "rule", "D.N.M.", "U.S.", "limited", "trigger", "enough", "pending"]
    )
    | st.sampled_from([row["id"] for row in VALID["precedent"]])
)
_junk = st.recursive(
    _plain,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_names, inner, max_size=5),
    max_leaves=30,
)
_rows = st.lists(st.dictionaries(_names, _junk, max_size=8) | _junk, max_size=4)


@settings(deadline=None)
@given(st.dictionaries(_names, _junk, max_size=5), _rows)
def test_junk_gives_problems_and_never_raises(table: dict[str, Any], rows: list[Any]) -> None:
    for given_table in (table, {**table, "precedent": rows}):
        found = problems(given_table)
        assert found
        assert all(line == one_line(line) for line in found)


def _paths(value: object, path: str = "") -> list[str]:
    pairs = list(value.items()) if isinstance(value, dict) else []
    if isinstance(value, list):
        pairs = [(str(n), item) for n, item in enumerate(value)]
    inner = [(f"{path}.{key}" if path else key, item) for key, item in pairs]
    return [deeper for here, item in inner for deeper in (here, *_paths(item, here))]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(_paths(VALID)), _junk | st.just(LEFT_OUT))
def test_one_change_is_told_or_the_library_can_be_built(path: str, value: object) -> None:
    table = changed({path: value})
    if not problems(table) and "library" in table:
        library = build_library(table)
        assert rule(library, Posture(), library.about.begins).outcome
