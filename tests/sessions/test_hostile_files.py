"""Session files from strangers: refused in a few lines that name the key, or taken whole."""

from __future__ import annotations

import copy
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from commandline import CREATED, FIFTH, Here, put, refused
from kept_sessions import TWO
from postures import TODAY

from qiwizard.errors import MOST_MESSAGES, UserError
from qiwizard.files import MOST_BYTES
from qiwizard.keeping.keeper import Keeper
from qiwizard.keeping.kept import glimpse, kept_session, kept_text, kept_words
from qiwizard.law.library import Library
from qiwizard.law.shipped import shipped_library
from qiwizard.reports.formats import FORMATS, WHOLE, render
from qiwizard.reports.report import Report
from qiwizard.reports.tables import document
from qiwizard.sessions.session_file import DEEPEST, parse, session_from
from qiwizard.toml_json import to_json

POSTURE = "[posture]\n"
HEX = f"0x{'f' * 5000}"
HALF = "\\ud800"
KEYS = ".".join("a" * 500)
REFUSED = {
    "a huge number in the matter": (f"{POSTURE}[matter]\nnotes = {HEX}", "matter.notes"),
    "a huge number as a fact": (f"{POSTURE}motion = {HEX}", "posture.motion"),
    "a huge number in JSON": (f'{{"posture": {{}}, "x": {{"y": {2**63}}}}}', "x.y"),
    "a huge number carried along": (f"{POSTURE}[matter]\nage = {HEX}", "matter.age"),
    "half a character in a key": (f'{{"posture": {{"{HALF}": 1}}}}', "posture.<U+D800>"),
    "half a character in a source": (
        f'{{"posture": {{}}, "source": {{"motion": "{HALF}"}}}}',
        "source.motion",
    ),
    "half a character deep down": (
        f'{{"posture": {{}}, "matter": {{"a": [{{"{HALF}": 1}}]}}}}',
        "matter.a.0.<U+D800>",
    ),
    "half a character beside the tables": (f'{{"posture": {{}}, "{HALF}": 1}}', "<U+D800>"),
    "a key with many dots": (f"{POSTURE}[matter]\n{KEYS} = 1", "matter.a.a.a"),
    "a fact with many dots": (f"{POSTURE}{KEYS} = 1", "posture.a.a.a"),
    "lists within lists": (f"{POSTURE}[matter]\na = {'[' * 90}{']' * 90}", "matter.a.0.0"),
    "lists within lists in JSON": (
        f'{{"posture": {{}}, "session": {{"a": {"[" * 90}{"]" * 90}}}}}',
        "session.a.0.0",
    ),
    "null as a fact": ('{"posture": {"motion": null}}', "posture.motion: null is not a value"),
    "null carried along": ('{"posture": {}, "matter": {"a": [null]}}', "matter.a.0: is null"),
    "a time that TOML has not": (
        '{"created": "2024-06-01T10:00:00+00:19:32", "posture": {}}',
        "created: is a time with seconds in its offset",
    ),
    "a time for a day": (
        f"{POSTURE}[ruling]\noutcome='stay'\nstrength='settled'\nas_of = 2024-01-01T00:00:00",
        "ruling.as_of: 2024-01-01T00:00:00 is not permitted; permitted: a day",
    ),
    "a list of tables": (f"[{POSTURE.strip()}]", "posture: a list is not permitted; permitted: a"),
    "a list of JSON": ('[{"posture": {}}]', "JSON, but not an object"),
    "null alone": ("null", "JSON, but not an object"),
    "a number of many digits": (f"{POSTURE}motion = {'9' * 5000}", "very many digits"),
    "brackets without end": (f"{POSTURE}a = {'[' * 5000}", "nested too deeply"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_one_line_names_the_key(name: str, here: Here, tmp_path: Path) -> None:
    """Whether it is used or only carried along; in the words of the formats, not of Python."""
    text, words = REFUSED[name]
    path = put(tmp_path, text)
    for command in (("rule",), ("compare",), ("open", "--plain")):
        [line] = refused(here(*command, path))
        assert line.startswith(f"{path}: ")
        assert words in line
        assert len(line) < 1000
        for python in ("datetime.", "None", "dictionary", "recursion", "set_int_max", "valid "):
            assert python not in line


@pytest.mark.parametrize("name", [n for n, (text, _) in REFUSED.items() if text[0] == "{"])
def test_a_line_of_a_batch_is_refused_alike(name: str, here: Here) -> None:
    """The other lines are answered."""
    done = here("rule", "-", "--batch", stdin=f'{REFUSED[name][0]}\n{{"posture": {{}}}}\n')
    bad, good = map(json.loads, done.out.splitlines())
    assert "error" in bad
    assert good["outcome"]


def test_what_is_deep_but_not_too_deep_goes_through(here: Here) -> None:
    """As far as a table may be nested it can be written again, in either format."""
    extra = f"[matter]\na = {'[' * (DEEPEST - 1)}{']' * (DEEPEST - 1)}\nn = {2**63 - 1}\n"
    for form in ("toml", "json"):
        done = here("rule", "-", "--format", form, stdin=CREATED + FIFTH + extra)
        assert (done.status, done.err) == (0, "")
        again = here("rule", "-", "--format", form, stdin=done.out)
        assert again.status == 0


# In proportion

ENDLESS = {
    "unknown facts": POSTURE + "".join(f"fact_{n} = 1\n" for n in range(20_000)),
    "unknown open facts": f"{POSTURE}[session]\nopen = {[f'f{n}' for n in range(20_000)]}",
    "unknown sources": f"{POSTURE}[source]\n" + "".join(f"f{n} = '1'\n" for n in range(20_000)),
    "wrong rows": f"finding = {[1] * 20_000}\n{POSTURE}",
    "huge numbers": f"{POSTURE}[matter]\na = [{f'{2**64}, ' * 20_000}]",
    "a long key": f"{POSTURE}{'x' * 1_000_000} = 1",
    "a long value": f"{POSTURE}motion = '{'x' * 1_000_000}'",
    "a long outcome": (
        f"{POSTURE}[ruling]\noutcome='{'x' * 900_000}'\nstrength='settled'\nas_of=2026-01-01"
    ),
    "a long key twice": f'{{"{"x" * 900_000}": 1, "{"x" * 900_000}": 2}}',
}


@pytest.mark.parametrize("name", ENDLESS)
def test_the_first_mistakes_are_named_and_the_rest_counted(
    name: str, here: Here, tmp_path: Path
) -> None:
    """A large file with nothing but mistakes is refused soon, and on one screen."""
    path = put(tmp_path, ENDLESS[name])
    began = time.process_time()
    lines = refused(here("rule", path))
    assert time.process_time() - began < 10
    assert len(lines) <= MOST_MESSAGES + 1
    assert all(len(line) <= 1000 for line in lines)
    if len(lines) > 1:
        assert lines[-1] == f"and {20_000 - MOST_MESSAGES:,} more mistakes"
    batch = json.dumps({"posture": {f"fact_{n}": 1 for n in range(20_000)}})
    assert len(here("rule", "-", "--batch", stdin=batch).out) < 10_000


def test_keys_that_are_not_read_are_told_in_one_note(here: Here, tmp_path: Path) -> None:
    """However many there are."""
    keys = "".join(f"key_{n} = 1\n" for n in range(20_000))
    done = here("rule", put(tmp_path, f"{'x' * 5000} = 1\n{keys}{POSTURE}"))
    [note] = done.complaints
    assert "and 19,996 more are not read" in note
    assert len(note) < 500


def test_a_kept_session_with_a_title_without_end(keeper: Keeper, library: Library) -> None:
    """The list of unfinished sessions stays a list."""
    keeper.save(TWO)
    assert keeper.path is not None
    text = keeper.path.read_text(encoding="utf-8")
    keeper.path.write_text(text.replace('title = "', f'title = "{"x" * 100_000}'))
    assert len(glimpse(keeper.path).title) <= 100


# Larger than can be read


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_written_can_be_read(form: str, here: Here, tmp_path: Path) -> None:
    """Of a session that is as large as a file may be, the whole cannot be written; a memo can."""
    notes = "x" * (MOST_BYTES - 1000)
    path = put(tmp_path, f'{FIFTH}\n[matter]\nnotes = "{notes}"\n')
    done = here("rule", path, "--format", form, "--output", "out")
    if form in WHOLE:
        [line] = refused(done)
        assert "could not be opened again" in line
        assert not (tmp_path / "out").exists()
    else:
        assert (done.status, done.err) == (0, "")


# Changed at random

VALUES: tuple[Any, ...] = (
    *(None, True, 0, -1, 1.5, float("inf"), 10**30, "", "x", "\ud800", [], {}, [None], [[]], [{}]),
    *({"a": None}, {"\ud800": 1}, [1, "a"], "2026-01-01", "0001-01-01T00:00:00+05:00"),
    *("9999-12-31T23:59:59-05:00", json.loads("[" * 40 + "]" * 40)),
)


def places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a table."""
    yield place
    if isinstance(value, dict | list):
        parts = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in parts:
            yield from places(item, (*place, key))


def changed(rng: random.Random, table: dict[str, Any]) -> dict[str, Any]:
    """The table with a value replaced, removed or added in a place, often one near the top."""
    spoilt = copy.deepcopy(table)
    *above, last = rng.choice([p for p in places(spoilt) if 0 < len(p) < rng.choice((3, 9))])
    inner: Any = spoilt
    for key in above:
        inner = inner[key]
    match rng.randrange(3):
        case 0:
            inner[last] = rng.choice(VALUES)
        case 1:
            del inner[last]
        case _ if isinstance(inner, dict):
            inner[rng.choice(("new", "\ud800", "x" * 5000))] = rng.choice(VALUES)
    return spoilt


@pytest.mark.parametrize("seed", range(60))
def test_a_session_changed_at_random(seed: int, tmp_path: Path) -> None:
    """It is refused, or every command goes through it; what is kept can be resumed."""
    rng, library = random.Random(seed), shipped_library()
    whole = json.loads(to_json(document(Report(library, TWO))))
    whole["matter"]["more"] = {"a": [1, {"b": "c"}], "at": "2026-01-01"}
    for _ in range(5):
        text = json.dumps(changed(rng, changed(rng, whole)))
        try:
            session = session_from(parse(text, "case.json"), "case.json", library, TODAY)
        except UserError:
            continue
        assert (session.recorded is None) <= (Report(library, session, TODAY).since == ())
        for form in ("toml", "json"):
            render(Report(library, session, TODAY), form)
        kept = tmp_path / "kept.toml"
        kept.write_text(kept_text(library, session, None), encoding="utf-8", newline="")
        assert kept_words(glimpse(kept))
        assert kept_session(kept, library, TODAY).posture == session.posture


def test_a_ruling_that_is_null_beside_findings(here: Here, tmp_path: Path) -> None:
    """Is none: the findings fall away with it."""
    path = put(tmp_path, '{"posture": {}, "ruling": null, "finding": [{"x": 1}]}')
    for form in FORMATS:
        out = ("--output", tmp_path / form)
        assert here("rule", path, "--format", form, *out).status == 0
    assert here("open", "--plain", path, stdin="q\n").status == 0
