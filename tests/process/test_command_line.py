"""`rule`: results in every format, on a day, into a file."""

from __future__ import annotations

import json
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest
from commandline import CREATED, FIFTH, Here, put, refused, ruling_of
from terminal import run_piped

from qiwizard.law.shipped import shipped_library

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
        ("2022-02-30", "Nov. 22, 2026 or 2026-11-22"),
        ("30.11.2022", "Nov. 22, 2026 or 2026-11-22"),
        ("20221130", "Nov. 22, 2026 or 2026-11-22"),
        ("2022-W48-3", "Nov. 22, 2026 or 2026-11-22"),
        ("yesterday", "Nov. 22, 2026 or 2026-11-22"),
        ("", "Nov. 22, 2026 or 2026-11-22"),
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
    """Further tables are no mistake, but one note on standard error says they are not read."""
    done = here("rule", "-", stdin=FIFTH + '[mine]\nx = 1\n["\\u001b[31m"]\n')
    assert done.status == 0
    assert tomllib.loads(done.out)["ruling"]["outcome"] == "stay"
    assert len(done.complaints) == 1
    assert "`mine`" in done.err
    assert "\x1b" not in done.err
    assert "<U+001B>" in done.err
