"""Postures and sessions that cannot be ruled on: one clear line for each mistake."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from commandline import FIFTH, Here, put, refused

from qiwizard.sessions.session_file import COMPUTED, SINCE

# Mistakes in a posture or session: what the file holds; words of each line about it

POSTURE = "[posture]\n"
TABLES = (*COMPUTED, SINCE)
MISTAKES: dict[str, tuple[str | bytes, tuple[tuple[str, ...], ...]]] = {
    "unknown fact": (
        POSTURE + 'motoin = "pending"',
        (("posture.motoin", "no such fact", "did you mean motion?", "permitted: circuit, court"),),
    ),
    "unknown fact without a near one": (
        POSTURE + "zzz = true",
        (("posture.zzz", "no such fact", "permitted:"),),
    ),
    "unknown value": (
        POSTURE + 'motion = "pendng"',
        (
            (
                "posture.motion",
                "pendng",
                "did you mean pending?",
                "promised",
                "none",
                "denied",
                "granted",
                "appeal",
            ),
        ),
    ),
    "value of another fact": (
        POSTURE + 'request = "dismiss"',
        (("posture.request", "dismiss", "stay", "compel", "both", "none"),),
    ),
    "circuit misspelled": (
        POSTURE + 'circuit = "Tenht"',
        (("posture.circuit", "Tenht", "did you mean tenth?"),),
    ),
    "one is not true": (
        POSTURE + "opposed = 1",
        (("posture.opposed", ": 1 ", "permitted: true, false"),),
    ),
    "naught is not false": (
        POSTURE + "opposed = 0",
        (("posture.opposed", ": 0 ", "permitted: true, false"),),
    ),
    "one point naught is not true": (
        POSTURE + "opposed = 1.0",
        (("posture.opposed", "1.0", "permitted: true, false"),),
    ),
    "a word is not true": (
        POSTURE + 'opposed = "true"',
        (("posture.opposed", "'true'", "permitted: true, false"),),
    ),
    "true is not a word": (
        POSTURE + "motion = true",
        (("posture.motion", "true", "pending", "none"),),
    ),
    "number for a word": (POSTURE + "circuit = 10", (("posture.circuit", "10", "tenth"),)),
    "list for a value": (
        POSTURE + 'motion = ["pending"]',
        (("posture.motion", "pending", "permitted: "),),
    ),
    "table for a value": (
        POSTURE + 'motion = { is = "pending" }',
        (("posture.motion", "permitted: "),),
    ),
    "date for a value": (
        POSTURE + "motion = 2026-01-31",
        (("posture.motion", "2026-01-31", "permitted: "),),
    ),
    "court outside the circuit": (
        POSTURE + 'circuit = "ninth"\ncourt = "D.N.M."',
        (("posture.court", "D.N.M.", "`tenth`", "`ninth`", "permitted: D. Alaska, D. Ariz."),),
    ),
    "unknown court": (
        POSTURE + 'court = "D.N.Q."',
        (("posture.court", "'D.N.Q.'", "did you mean D.N.M.?", "permitted: "),),
    ),
    "court of appeals for a court": (
        POSTURE + 'court = "10th Cir."',
        (("posture.court", "10th Cir.", "permitted: "),),
    ),
    "empty court": (POSTURE + 'court = ""', (("posture.court", "permitted: "),)),
    "open fact that is known": (
        POSTURE + 'motion = "none"\n[session]\nopen = ["motion"]',
        (("session.open", "motion", "cannot be open too"),),
    ),
    "unknown open fact": (
        POSTURE + '[session]\nopen = ["answer"]',
        (("session.open", "'answer'", "answer_filed", "permitted: "),),
    ),
    "open is no list": (
        POSTURE + '[session]\nopen = "motion"',
        (("session.open", "'motion'", "permitted: ", "list"),),
    ),
    "open holds a number": (
        POSTURE + "[session]\nopen = [1]",
        (("session.open", "1", "permitted: "),),
    ),
    "source of an unknown fact": (
        POSTURE + '[source]\nmotions = "Doc. 38"',
        (("source.motions", "no such fact", "did you mean motion?", "permitted: "),),
    ),
    "source is no text": (POSTURE + "[source]\nmotion = 38", (("source.motion", "38", "string"),)),
    "matter is no text": (
        POSTURE + "[matter]\ncaption = 1",
        (("matter.caption", "1", "permitted: "),),
    ),
    "matter is no table": ('matter = "x"\n' + POSTURE, (("matter", "'x'", "permitted: "),)),
    "created is no time": (
        'created = "today"\n' + POSTURE,
        (("created", "'today'", "permitted: "),),
    ),
    "created in JSON is no time": (
        '{"created": "today", "posture": {}}',
        (("created", "today", "permitted: "),),
    ),
    "another schema": (
        'schema = "qiwizard/session/2"\n' + POSTURE,
        (("schema", "qiwizard/session/2", "permitted: ", "qiwizard/session/1"),),
    ),
    "unknown outcome": (
        POSTURE + '[ruling]\noutcome = "stays"\nstrength = "settled"\nas_of = 2026-01-31',
        (("ruling.outcome", "stays", "did you mean stay?", "partial_stay"),),
    ),
    "unknown strength": (
        POSTURE + '[ruling]\noutcome = "stay"\nstrength = "sure"\nas_of = 2026-01-31',
        (("ruling.strength", "sure", "settled", "leaning", "contested"),),
    ),
    "ruling of no day": (
        POSTURE + '[ruling]\noutcome = "stay"\nstrength = "settled"',
        (("ruling.as_of", "is missing"),),
    ),
    "ruling of a day before the library": (
        POSTURE + '[ruling]\noutcome = "stay"\nstrength = "settled"\nas_of = 1900-01-01',
        (("ruling.as_of", "1900-01-01", "1993-12-01"),),
    ),
    "ruling in JSON of no day": (
        '{"posture": {}, "ruling": {"outcome": "stay", "strength": "settled", "as_of": "x"}}',
        (("ruling.as_of", "x", "permitted: "),),
    ),
    "computed tables are none": (
        "".join(f"{table} = 5\n" for table in TABLES) + POSTURE,
        tuple((table, "5", "permitted: ") for table in TABLES),
    ),
    "no posture": ("", (("posture", "is missing"),)),
    "posture misspelled": ("[postur]\n", (("posture", "is missing"),)),
    "posture is no table": ('posture = "tenth"', (("posture", "'tenth'", "permitted: "),)),
    "posture is a list of tables": ("[[posture]]\n", (("posture", "permitted: "),)),
    "no TOML": (POSTURE + "motion = pending", (("not readable", "line 2"),)),
    "the same key twice": (POSTURE + "opposed = true\nopposed = false", (("not readable",),)),
    "the same key twice in JSON": (
        '{"posture": {"opposed": true, "opposed": false}}',
        (("opposed",),),
    ),
    "no JSON": ('{"posture": ', (("not readable", "line 1"),)),
    "not a table": ("[1, 2]", (("not readable",),)),
    "not UTF-8": (b'[posture]\ncourt = "\xff"', (("not UTF-8", "byte 19"),)),
    "half a character in JSON": (
        '{"posture": {}, "matter": {"caption": "\\ud800"}}',
        (("matter.caption",),),
    ),
    "nested without end": (POSTURE + "a = " + "[" * 5000, (("not readable",),)),
    "nested without end in JSON": ('{"a": ' + "[" * 100000, (("not readable",),)),
    "a number of many digits": (POSTURE + "motion = " + "9" * 5000, (("not readable",),)),
    "several at once": (
        POSTURE + 'motoin = "x"\nopposed = 1\ncircuit = "tenht"\n[source]\nmotion = 1\n',
        (("posture.motoin",), ("posture.opposed",), ("posture.circuit",), ("source.motion",)),
    ),
    "escapes in a key": (POSTURE + '"\\u001b[31m\\n" = 1', (("<U+001B>", "no such fact"),)),
    "escapes in a value": (
        POSTURE + 'motion = "\\u009b31m\\u202e\\n"',
        (("posture.motion", "permitted: "),),
    ),
}
_RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_is_one_line(here: Here, tmp_path: Path, name: str) -> None:
    """Each mistake is one line that names the file, the key and what is permitted."""
    text, wanted = MISTAKES[name]
    path = put(tmp_path, text)
    lines = refused(here("rule", path))
    assert len(lines) == len(wanted)
    assert all(line.startswith(f"{path}: ") for line in lines)
    assert not any(_RAW.search(line) for line in lines)
    for words in wanted:
        assert any(all(word in line for word in words) for line in lines), words


@pytest.mark.parametrize("name", ["unknown value", "court outside the circuit", "not UTF-8"])
def test_mistakes_on_standard_input_name_it(here: Here, name: str) -> None:
    """What comes through a pipe is called standard input."""
    [line] = refused(here("rule", "-", stdin=MISTAKES[name][0]))
    assert line.startswith("standard input: ")


def test_open_refuses_the_same_mistakes(here: Here, tmp_path: Path) -> None:
    """`open` reads sessions as strictly as `rule`."""
    path = put(tmp_path, MISTAKES["unknown value"][0])
    [line] = refused(here("open", "--plain", path))
    assert line.startswith(f"{path}: posture.motion: ")


@pytest.mark.parametrize("command", [("rule",), ("open", "--plain")])
@pytest.mark.parametrize(
    ("name", "why"), [("absent.toml", "No such file"), (".", "directory"), ("a/b.toml", "No such")]
)
def test_files_that_cannot_be_read(
    here: Here, command: tuple[str, ...], name: str, why: str
) -> None:
    """A file that is absent, or is a folder, is named with the reason."""
    [line] = refused(here(*command, name))
    assert line.startswith(f"{name}: ")
    if sys.platform != "win32":
        assert why in line


def test_file_name_with_escapes_is_shown_harmless(here: Here) -> None:
    """A file name reaches the terminal without control characters."""
    [line] = refused(here("rule", "\x1b[2J\n.toml"))
    assert "\x1b" not in line
    assert "<U+001B>" in line


def test_file_of_enormous_size_is_refused(here: Here, tmp_path: Path) -> None:
    """A file larger than any session is refused before it is read whole."""
    path = put(tmp_path, POSTURE + "#" * 5_000_000)
    [line] = refused(here("rule", path))
    assert "larger than" in line


def test_any_extra_of_toml_is_written_in_every_format(here: Here) -> None:
    """Times, dates, endless numbers and nested tables beside the caption do not stop an export."""
    extra = "[matter]\nat = 07:32:00\non = 2020-01-01\nlimit = inf\nno = nan\nmore = { x = [1] }\n"
    for form in ("toml", "json", "markdown", "text"):
        done = here("rule", "-", "--format", form, stdin=extra + FIFTH)
        assert (done.status, done.err) == (0, ""), form
        if form == "json":
            json.loads(done.out, parse_constant=pytest.fail)
