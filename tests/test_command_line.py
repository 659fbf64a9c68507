"""The command line: results, messages, exit codes, and one clear line for each mistake."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from terminal import PATIENCE, PROGRAM, Done, run_piped, surroundings

from qiwizard import __version__
from qiwizard.cli import run
from qiwizard.law.citation import full_citation
from qiwizard.law.library import shipped_library
from qiwizard.reasoning.replay import cases, replay

CREATED = "created = 2026-01-31T12:00:00Z\n"
FIFTH = """
[posture]
circuit = "fifth"
court = "S.D. Tex."
request = "stay"
qi_asserted = true
motion = "pending"
motion_kind = "dismiss"
specific_facts = true
facts_needed = true
"""
"""A motion to dismiss in the Fifth Circuit, before and after the careful procedure went."""
FIVE = (
    "maday-v-dooley",
    "butler-v-hernandez",
    "lucero-v-clovis",
    "jones-v-kansas",
    "bakalar-v-dunleavy",
)


def put(folder: Path, text: str | bytes, name: str = "case.toml") -> Path:
    """A file in a folder."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


Here = Callable[..., Done]


@pytest.fixture
def here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Here:
    """Runs the command line in this process, in `tmp_path`: the long tables take their time."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str | Path, stdin: str | bytes = "") -> Done:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
        capsys.readouterr()
        status = run([str(argument) for argument in arguments])
        return Done(status, *capsys.readouterr())

    return command


def refused(done: Done) -> list[str]:
    """The lines of a refusal: exit 2, nothing on standard output, no traceback."""
    assert done.status == 2
    assert done.out == ""
    assert "Traceback" not in done.err
    return done.complaints


def ruling_of(done: Done) -> dict[str, Any]:
    """The ruling in what was printed as TOML."""
    assert (done.status, done.err) == (0, "")
    ruling: dict[str, Any] = tomllib.loads(done.out)["ruling"]
    return ruling


# Rule


def test_rule_reads_a_file_or_standard_input_alike(tmp_path: Path) -> None:
    """A posture from a file and the same from `-` give the same bytes."""
    path = put(tmp_path, CREATED + FIFTH)
    from_file = run_piped(tmp_path, "rule", path)
    from_input = run_piped(tmp_path, "rule", "-", stdin=CREATED + FIFTH)
    assert (from_file.status, from_file.err) == (0, "")
    assert from_input == from_file


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ufeff" + FIFTH, id="byte-order mark"),
        pytest.param(FIFTH.replace("\n", "\r\n"), id="line ends of Windows"),
        pytest.param(json.dumps(tomllib.loads(FIFTH)), id="JSON"),
        pytest.param("\n " + json.dumps(tomllib.loads(FIFTH)), id="JSON after white space"),
    ],
)
def test_rule_reads_what_editors_write(here: Here, tmp_path: Path, text: str) -> None:
    """Byte-order marks, line ends of Windows and JSON make no difference to the ruling."""
    put(tmp_path, text)
    assert ruling_of(here("rule", "case.toml"))["outcome"] == "stay"


def test_rule_prints_toml_unless_told_otherwise(tmp_path: Path) -> None:
    """Without `--format` the summary is TOML, under today's law."""
    before = date.today()
    done = run_piped(tmp_path, "rule", "-", stdin=FIFTH)
    ruling = ruling_of(done)
    assert before <= ruling["as_of"] <= date.today()
    assert tomllib.loads(done.out)["schema"] == "qiwizard/session/1"


def test_formats_tell_the_same(tmp_path: Path) -> None:
    """TOML and JSON hold the same keys; Markdown and text name the same outcome and authority."""
    shown = {}
    for form in ("toml", "json", "markdown", "text"):
        done = run_piped(tmp_path, "rule", "-", "--format", form, stdin=CREATED + FIFTH)
        assert (done.status, done.err) == (0, "")
        assert done.out.endswith("\n")
        shown[form] = done.out
    table, from_json = tomllib.loads(shown["toml"]), json.loads(shown["json"])
    assert from_json.keys() == table.keys()
    assert from_json["finding"] == table["finding"]
    assert from_json["created"] == "2026-01-31T12:00:00Z"
    assert shown["markdown"].startswith("# ")
    label = shipped_library().outcomes[table["ruling"]["outcome"]].label
    assert label in shown["markdown"]
    assert label.upper() in shown["text"]


@pytest.mark.parametrize(
    ("day", "outcome"),
    [("2022-11-29", "limited_discovery"), ("2022-11-30", "stay"), ("2026-01-31", "stay")],
)
def test_rule_as_of_a_day(here: Here, day: str, outcome: str) -> None:
    """The careful procedure gives way on the very day of *Carswell v. Camp*, not before."""
    ruling = ruling_of(here("rule", "-", "--as-of", day, stdin=FIFTH))
    assert (ruling["outcome"], ruling["as_of"].isoformat()) == (outcome, day)


def test_rule_on_the_first_day_of_the_library(here: Here) -> None:
    """The first day that the library speaks to is permitted."""
    first = shipped_library().about.begins.isoformat()
    done = here("rule", "-", "--as-of", first, stdin="[posture]\n")
    assert ruling_of(done)["as_of"].isoformat() == first


@pytest.mark.parametrize(
    ("day", "permitted"),
    [
        ("1993-11-30", "1993-12-01 or later"),
        ("2022-02-30", "YYYY-MM-DD"),
        ("30.11.2022", "YYYY-MM-DD"),
        ("20221130", "YYYY-MM-DD"),
        ("2022-W48-3", "YYYY-MM-DD"),
        ("yesterday", "YYYY-MM-DD"),
        ("", "YYYY-MM-DD"),
    ],
)
def test_rule_refuses_other_days(here: Here, day: str, permitted: str) -> None:
    """What is no day, or one before the library begins, is refused with what is permitted."""
    [line] = refused(here("rule", "-", f"--as-of={day}", stdin=FIFTH))
    assert "--as-of" in line
    assert permitted in line


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("out.toml", "toml"),
        ("out.json", "json"),
        ("out.JSON", "json"),
        ("out.md", "markdown"),
        ("out.markdown", "markdown"),
        ("out.txt", "text"),
        ("out", "toml"),
        ("[red]out.toml", "toml"),
    ],
)
def test_output_takes_its_format_from_the_suffix(
    here: Here, tmp_path: Path, name: str, form: str
) -> None:
    """`--output` writes what the suffix says, and nothing to standard output."""
    printed = here("rule", "-", "--format", form, stdin=CREATED + FIFTH)
    done = here("rule", "-", "--output", name, stdin=CREATED + FIFTH)
    assert (done.status, done.out) == (0, "")
    assert (tmp_path / name).read_text(encoding="utf-8") == printed.out
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_format_prevails_over_the_suffix(here: Here, tmp_path: Path) -> None:
    """A format that is asked for is written whatever the file is called."""
    done = here("rule", "-", "--format", "json", "--output", "out.toml", stdin=FIFTH)
    assert done.status == 0
    assert json.loads((tmp_path / "out.toml").read_text(encoding="utf-8"))["ruling"]


def test_output_refuses_a_file_that_exists(tmp_path: Path) -> None:
    """A file is left as it was unless `--force` is given."""
    old = put(tmp_path, "mine", "out.toml")
    [line] = refused(run_piped(tmp_path, "rule", "-", "--output", old, stdin=FIFTH))
    assert str(old) in line
    assert "--force" in line
    assert old.read_text(encoding="utf-8") == "mine"
    done = run_piped(tmp_path, "rule", "-", "--output", old, "--force", stdin=FIFTH)
    assert done.status == 0
    assert tomllib.loads(old.read_text(encoding="utf-8"))["ruling"]["outcome"] == "stay"
    assert list(tmp_path.iterdir()) == [old]


def test_output_leaves_the_old_file_when_the_input_is_wrong(here: Here, tmp_path: Path) -> None:
    """A posture with a mistake in it replaces nothing, `--force` or not."""
    old = put(tmp_path, "mine", "out.toml")
    refused(here("rule", "-", "--output", old, "--force", stdin="posture = 1"))
    assert old.read_text(encoding="utf-8") == "mine"


def test_output_may_be_the_file_that_was_read(here: Here, tmp_path: Path) -> None:
    """With `--force` a session is ruled on in place."""
    path = put(tmp_path, CREATED + FIFTH)
    assert here("rule", path, "--output", path, "--force").status == 0
    assert tomllib.loads(path.read_text(encoding="utf-8"))["ruling"]["outcome"] == "stay"


@pytest.mark.parametrize("name", ["no/such/folder/out.toml", ".", "case.toml/out.toml"])
def test_output_where_none_can_be_written(here: Here, tmp_path: Path, name: str) -> None:
    """A place that cannot hold the file is refused in a line that names it."""
    put(tmp_path, FIFTH)
    [line] = refused(here("rule", "case.toml", "--output", name))
    assert name in line


@pytest.mark.skipif(sys.platform == "win32", reason="has no links without privilege")
def test_output_refuses_a_link_to_nowhere(here: Here, tmp_path: Path) -> None:
    """A link counts as a file that exists, even if what it points to does not."""
    (tmp_path / "out.toml").symlink_to(tmp_path / "elsewhere.toml")
    [line] = refused(here("rule", "-", "--output", "out.toml", stdin=FIFTH))
    assert "out.toml" in line
    assert not (tmp_path / "elsewhere.toml").exists()


def test_keys_that_are_not_read_are_named(here: Here) -> None:
    """A further table is no mistake, but a note on standard error says that it is not read."""
    done = here("rule", "-", stdin=FIFTH + '[mine]\nx = 1\n["\\u001b[31m"]\n')
    assert done.status == 0
    assert tomllib.loads(done.out)["ruling"]["outcome"] == "stay"
    assert len(done.complaints) == 2
    assert "`mine`" in done.err
    assert "\x1b" not in done.err
    assert "<U+001B>" in done.err


# Mistakes in a posture or session: what the file holds; words of each line about it

POSTURE = "[posture]\n"
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
    "value in capitals": (
        POSTURE + 'circuit = "Tenth"',
        (("posture.circuit", "Tenth", "did you mean tenth?"),),
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
        POSTURE + 'court = "D.N.M"',
        (("posture.court", "'D.N.M'", "did you mean D.N.M.?", "permitted: "),),
    ),
    "court of appeals for a court": (
        POSTURE + 'court = "10th Cir."',
        (("posture.court", "10th Cir.", "permitted: "),),
    ),
    "empty court": (POSTURE + 'court = ""', (("posture.court", "permitted: "),)),
    "open fact that is known": (
        POSTURE + 'motion = "none"\n[session]\nopen = ["motion"]',
        (("session.open", "motion", "cannot be open"),),
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
        POSTURE + 'motoin = "x"\nopposed = 1\ncircuit = "tent"\n[source]\nmotion = 1\n',
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


# Usage

USAGE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "unknown command": (("rul", "x.toml"), ("rul", "rule", "replay", "precedents")),
    "unknown option": (("rule", "x.toml", "--frmat", "json"), ("--frmat",)),
    "no file": (("rule",), ("FILE.toml",)),
    "two files": (("rule", "a.toml", "b.toml"), ("b.toml",)),
    "no session": (("open",), ("SESSION.toml",)),
    "unknown format": (
        ("rule", "-", "--format", "yaml"),
        ("--format", "yaml", "toml", "markdown", "json"),
    ),
    "no format": (("rule", "-", "--format"), ("--format",)),
    "no day": (("rule", "-", "--as-of"), ("--as-of",)),
    "no output": (("rule", "-", "--output"), ("--output",)),
    "no folder": (("check", "--opinions"), ("--opinions",)),
    "file of precedents absent": (("rule", "-", "--precedents", "none.toml"), ("none.toml",)),
    "escapes": (("\x1b[31m\n",), ("invalid choice",)),
}


@pytest.mark.parametrize("name", USAGE)
def test_wrong_usage_is_one_line(here: Here, name: str) -> None:
    """A command that is put wrongly is refused in one line that names the problem."""
    arguments, wanted = USAGE[name]
    [line] = refused(here(*arguments, stdin=FIFTH))
    assert all(word in line for word in wanted)
    assert "\x1b" not in line


COMMANDS = ("open", "rule", "compare", "replay", "check", "precedents", "practice")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(tmp_path: Path, command: str) -> None:
    """Every command stands in the general help and has a help of its own."""
    assert re.search(rf"^ +{command} ", run_piped(tmp_path, "--help").out, re.MULTILINE)
    done = run_piped(tmp_path, command, "--help")
    assert (done.status, done.err) == (0, "")
    assert f"qiwizard {command}" in done.out


def test_version(tmp_path: Path) -> None:
    """`--version` names the program and its version."""
    assert run_piped(tmp_path, "--version") == Done(0, f"qiwizard {__version__}\n", "")


# Replay


def test_replay_without_ids_agrees_with_the_five_opinions(tmp_path: Path) -> None:
    """All five landmarks are ruled on as their courts did."""
    done = run_piped(tmp_path, "replay")
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert len(lines) == 5
    assert {line.split()[1].rstrip(":") for line in lines} == set(FIVE)
    assert all(line.startswith("agrees ") for line in lines)


def test_replay_of_named_cases_prints_those(here: Here) -> None:
    """The cases named are replayed, in the order in which they are named."""
    done = here("replay", "jones-v-kansas", "maday-v-dooley")
    assert done.status == 0
    ids = [line.split()[1] for line in done.out.splitlines()]
    assert ids == ["jones-v-kansas:", "maday-v-dooley:"]


def test_replay_fails_if_a_named_case_disagrees(tmp_path: Path) -> None:
    """An order that the engine decides otherwise is exit 1 if it is named."""
    library = shipped_library()
    other = next(c for c in (replay(library, case) for case in cases(library)) if not c.exact)
    done = run_piped(tmp_path, "replay", "jones-v-kansas", other.case.id)
    assert done.status == 1
    line = done.out.splitlines()[1]
    assert other.case.id in line
    assert not line.startswith("agrees")
    assert f"court {other.case.outcome}, ruling {other.ruling.outcome}" in line


@pytest.mark.parametrize(
    ("name", "near"), [("jones-v-kansa", "jones-v-kansas"), ("lucero_v_clovis", "lucero-v-clovis")]
)
def test_replay_of_an_unknown_case_names_the_near_one(here: Here, name: str, near: str) -> None:
    """An unknown id is refused, with the id that was probably meant."""
    [line] = refused(here("replay", "jones-v-kansas", name))
    assert f"`{name}`" in line
    assert f"did you mean {near}?" in line
    assert "permitted: " in line


def test_replay_of_all_prints_every_case_and_the_tables(tmp_path: Path) -> None:
    """`--all` compares every decided order, and tells the agreement by circuit and strength."""
    library = shipped_library()
    every = cases(library)
    done = run_piped(tmp_path, "replay", "--all")
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert [line.split()[1].rstrip(":") for line in lines[: len(every)]] == [c.id for c in every]
    rows = {line.split()[0]: line.split()[1:] for line in lines[len(every) + 1 :] if line.strip()}
    exact = sum(line.startswith("agrees") for line in lines)
    assert rows["all"][:2] == [str(len(every)), str(exact)]
    circuits = {case.circuit for case in every}
    assert circuits <= rows.keys()
    assert sum(int(rows[c][0]) for c in circuits) == len(every)
    strengths = rows.keys() & {"settled", "leaning", "contested"}
    assert sum(int(rows[s][0]) for s in strengths) == len(every)


# Precedents, check


def test_precedents_lists_each_with_its_citation(tmp_path: Path) -> None:
    """One line a precedent: its id and its full citation, in the order of the library."""
    done = run_piped(tmp_path, "precedents")
    assert (done.status, done.err) == (0, "")
    library = shipped_library().precedents
    lines = done.out.splitlines()
    assert [line.split("  ")[0] for line in lines] == list(library)
    assert all(full_citation(p) in line for p, line in zip(library.values(), lines, strict=True))


def test_precedents_flags_what_is_no_longer_good_law(here: Here) -> None:
    """A precedent whose force was taken is flagged with what was done to it."""
    lines = here("precedents").out.splitlines()
    flagged = {line.split("  ")[0]: line.rpartition("  [")[2] for line in lines if "  [" in line}
    assert flagged["backe-v-leblanc"] == "limited]"
    assert "harlow-v-fitzgerald" not in flagged


def test_check_refuses_a_folder_that_is_none(here: Here) -> None:
    """A folder of opinions that cannot be read is a mistake of usage, not a failed check."""
    [line] = refused(here("check", "--opinions", "none"))
    assert line.startswith("none: ")


SMALL = """
[library]
version = "small"
begins = 1993-12-01
checked = 2026-11-01
fresh_days = 365

[[precedent]]
id = "frcp-26-b-1"
caption = "Federal Rule of Civil Procedure 26(b)(1)"
kind = "rule"
decided = 1993-12-01
source = { rule = "Fed. R. Civ. P. 26(b)(1)" }
verified = "primary"

  [[precedent.holding]]
  key = "open"
  question = "baseline"
  when = {}
  answer = "open"
  says = "Discovery is open."
  quote = "Parties may obtain discovery"
"""
"""A library of one rule, whose proof is soon done."""


@pytest.mark.parametrize(
    ("text", "status"), [("Parties may\n obtain discovery.", 0), ("Parties may not.", 1)]
)
def test_check_holds_quotations_against_opinions(
    here: Here, tmp_path: Path, text: str, status: int
) -> None:
    """A check counts what it looked at; a quotation that is not in its text fails it."""
    put(tmp_path, SMALL, "small.toml")
    (tmp_path / "texts").mkdir()
    put(tmp_path / "texts", text, "frcp-26-b-1.txt")
    done = here("check", "--precedents", "small.toml", "--opinions", "texts")
    assert done.status == status
    assert re.search(r"\b1 precedents?, 1 holdings?\b", done.out)
    assert re.search(rf"^problems: {status}$", done.out, re.MULTILINE)
    assert len(done.complaints) == status
    assert all(line.startswith("frcp-26-b-1/open: ") for line in done.complaints)


def test_own_precedents_are_used_wherever_the_option_stands(here: Here, tmp_path: Path) -> None:
    """`--precedents FILE` counts before the command and after it."""
    row = """
[[precedent]]
id = "smith-v-town"
caption = "Smith v. Town of Ash"
kind = "order"
court = "D.N.M."
decided = 2015-03-02
source = { docket = "No. 1:14-cv-00001" }
verified = "full"
"""
    put(tmp_path, row, "mine.toml")
    after = here("precedents", "--precedents", "mine.toml")
    before = here("--precedents", "mine.toml", "precedents")
    assert after.status == 0
    line = "smith-v-town  Smith v. Town of Ash, No. 1:14-cv-00001 (D.N.M. Mar. 2, 2015)"
    assert line in after.out.splitlines()
    assert before == after


# Without a terminal


@pytest.mark.parametrize("env", [{}, {"ACCESSIBLE": "1"}, {"TERM": "dumb"}])
@pytest.mark.parametrize("arguments", [(), ("open", "case.toml"), ("--no-mouse",)])
def test_wizard_without_a_terminal_says_so(
    tmp_path: Path, arguments: tuple[str, ...], env: dict[str, str]
) -> None:
    """Without a terminal the wizard refuses in one sentence, and names the way that works."""
    put(tmp_path, FIFTH)
    [line] = refused(run_piped(tmp_path, *arguments, env=env))
    assert "no terminal" in line
    assert "--plain" in line


@pytest.mark.parametrize(
    "arguments", [("--plain",), ("--plain", "open", "case.toml"), ("open", "--plain", "case.toml")]
)
def test_plain_reads_a_pipe(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """With `--plain`, before or after the command, answers are read from a pipe."""
    put(tmp_path, FIFTH)
    done = run_piped(tmp_path, *arguments, stdin="q\n")
    assert (done.status, done.err) == (0, "")
    assert "line mode" in done.out


# Where output goes


@pytest.mark.parametrize("buffered", [{}, {"PYTHONUNBUFFERED": "1"}], ids=["buffered", "not"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("precedents",),
        ("replay",),
        ("replay", "--all"),
        ("rule", "case.toml"),
        ("rule", "case.toml", "--format", "text"),
        ("--help",),
        ("--version",),
        ("--plain",),
    ],
    ids=" ".join,
)
@pytest.mark.skipif(sys.platform == "win32", reason="pipes break otherwise there")
def test_reader_that_has_gone_is_no_error(
    tmp_path: Path, arguments: tuple[str, ...], buffered: dict[str, str]
) -> None:
    """Where nobody reads the output any more, nothing is said about it."""
    put(tmp_path, FIFTH)
    reading, writing = os.pipe()
    os.close(reading)
    try:
        process = subprocess.run(
            [*PROGRAM, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=writing,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            env=surroundings(buffered),
            timeout=PATIENCE,
            check=False,
        )
    finally:
        os.close(writing)
    assert (process.returncode, process.stderr) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="has no such shell")
def test_first_line_of_a_long_list(tmp_path: Path) -> None:
    """`| head -1` gets its line, and the rest is dropped quietly."""
    line = " ".join(f"'{word}'" for word in (*PROGRAM, "precedents")) + " | head -1"
    process = subprocess.run(
        ["/bin/sh", "-c", line],
        capture_output=True,
        cwd=tmp_path,
        env=surroundings(),
        timeout=PATIENCE,
        check=False,
    )
    first = next(iter(shipped_library().precedents))
    assert process.stdout.decode().startswith(first + "  ")
    assert process.stdout.count(b"\n") == 1
    assert process.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no /dev/full")
@pytest.mark.parametrize(
    "arguments", [("replay",), ("rule", "case.toml"), ("--plain",)], ids=" ".join
)
def test_full_disk_is_told_in_one_line(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Output that cannot be written is an error of one line, never exit 0."""
    put(tmp_path, FIFTH)
    with Path("/dev/full").open("wb") as full:
        process = subprocess.run(
            [*PROGRAM, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            env=surroundings(),
            timeout=PATIENCE,
            check=False,
        )
    assert process.returncode == 2
    assert process.stderr.count(b"\n") == 1
    assert b"No space left" in process.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="has no such shell")
@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ("0<&-", 2),
        ("--plain 0<&-", 0),
        ("rule - 0<&-", 2),
        ("rule case.toml 0<&-", 0),
        ("rule case.toml 1>&-", 2),
        ("replay 1>&-", 2),
        ("replay 2>&-", 0),
        ("rule - 2>&-", 2),
    ],
)
def test_stream_that_is_closed(tmp_path: Path, arguments: str, status: int) -> None:
    """Without one of its streams the program ends in good order, and says what it lacks."""
    put(tmp_path, FIFTH)
    line = " ".join(f"'{word}'" for word in PROGRAM) + " " + arguments
    done = run_piped(tmp_path, "-c", line, program=["/bin/sh"])
    assert done.status == status
    assert "Traceback" not in done.err
    if status and "2>&-" not in arguments:
        assert len(done.complaints) == 1


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
@pytest.mark.parametrize("form", ["toml", "json", "markdown"])
def test_results_are_utf8_whatever_the_code_page(tmp_path: Path, form: str, encoding: str) -> None:
    """What is redirected into a file can be read back, on Windows too."""
    arguments = ("rule", "-", "--format", form, "--as-of", "2026-01-31")
    usual = run_piped(tmp_path, *arguments, stdin=CREATED + FIFTH)
    env = {"PYTHONIOENCODING": encoding}
    assert run_piped(tmp_path, *arguments, stdin=CREATED + FIFTH, env=env) == usual


@pytest.mark.parametrize(
    "arguments", [("precedents",), ("rule", "case.toml", "--format", "text"), ("--plain",)]
)
def test_terminal_of_few_characters(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Text for people is shown as well as the terminal can, never with a traceback."""
    put(tmp_path, FIFTH)
    done = run_piped(tmp_path, *arguments, env={"PYTHONIOENCODING": "ascii"})
    assert (done.status, done.err) == (0, "")


@pytest.mark.parametrize("arguments", [["replay"], ["precedents"], ["rule", "case.toml"]])
def test_commands_load_no_screens(tmp_path: Path, arguments: list[str]) -> None:
    """The commands without screens load neither the toolkit nor the screens."""
    put(tmp_path, FIFTH)
    script = (
        "import sys\n"
        "from qiwizard.cli import run\n"
        f"status = run({arguments!r})\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "sys.exit(status or sorted(loaded & {'textual', 'rich', 'screens'}) or 0)\n"
    )
    process = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        cwd=tmp_path,
        env=surroundings(),
        timeout=PATIENCE,
        check=False,
    )
    assert (process.returncode, process.stderr) == (0, b"")
