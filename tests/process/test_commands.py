"""The other commands: usage, replay, precedents, check, a library of one's own."""

from __future__ import annotations

import re
from itertools import takewhile
from pathlib import Path

import pytest
from commandline import FIFTH, FIVE, Here, put, refused
from data_files import LIBRARY
from terminal import Done, run_piped

from qiwizard import __version__
from qiwizard.law.citation import full_citation
from qiwizard.law.shipped import shipped_library
from qiwizard.reasoning.replay import cases, chosen, replay

RULE_ROW = """
[[precedent]]
id = "frcp-26-b-1"
caption = "Federal Rule of Civil Procedure 26(b)(1)"
short = "Rule 26(b)(1)"
kind = "rule"
decided = 1993-12-01
source = { rule = "Fed. R. Civ. P. 26(b)(1)" }
verified = "primary"

  [[precedent.holding]]
  key = "open"
  question = "protection"
  when = {}
  answer = "disfavored"
  force = "permits"
  says = "Discovery is open."
  quote = "Parties may obtain discovery"
"""
"""The least that a library of one's own can hold."""

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


@pytest.mark.parametrize(
    "command", [("rule", "case.toml"), ("practice", "--make-set")], ids=lambda c: c[0]
)
def test_a_dash_is_standard_output(here: Here, tmp_path: Path, command: tuple[str, ...]) -> None:
    """As it is standard input where a file is read; no file of that name is made."""
    put(tmp_path, FIFTH)
    done = here(*command, "--output", "-")
    assert (done.status, done.err) == (0, "")
    assert done.out
    assert not (tmp_path / "-").exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(tmp_path: Path, command: str) -> None:
    """Every command is in the general help and has its own help."""
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
    every = chosen(shipped_library(), (), everything=True)
    done = run_piped(tmp_path, "replay", "--all")
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert [line.split()[1].rstrip(":") for line in lines[: len(every)]] == [c.id for c in every]
    table = list(takewhile(str.strip, lines[len(every) + 1 :]))
    rows = {line.split()[0]: line.split()[1:] for line in table}
    exact = sum(line.startswith("agrees") for line in lines)
    assert rows["all"][:2] == [str(len(every)), f"{exact / len(every):.0%}"]
    circuits = {case.circuit for case in every}
    assert circuits <= rows.keys()
    assert sum(int(rows[c][0]) for c in circuits) == len(every)
    strengths = rows.keys() & {"settled", "leaning", "contested"}
    assert sum(int(rows[s][0]) for s in strengths) == len(every)
    assert any(line.startswith("always stay: ") for line in lines)


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


@pytest.mark.parametrize(
    ("text", "status"), [("Parties may\n obtain discovery.", 0), ("Parties may not.", 1)]
)
def test_check_holds_quotations_against_opinions(
    here: Here, tmp_path: Path, text: str, status: int
) -> None:
    """A check counts what it looked at; a quotation that is not in its text fails it."""
    put(tmp_path, LIBRARY + RULE_ROW, "small.toml")
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
