"""`precedents` and `facts`: what the library holds, and what a posture may state."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable

import pytest
from postures import SHIPPED

from qiwizard.cli import run
from qiwizard.law.posture import Posture

Says = Callable[..., tuple[int, str, str]]


@pytest.fixture
def says(capsys: pytest.CaptureFixture[str]) -> Says:
    """Runs a command in this process: exit code, standard output, standard error."""

    def command(*options: str) -> tuple[int, str, str]:
        return run(list(options)), *capsys.readouterr()

    return command


def test_precedents_searches_and_filters(says: Says) -> None:
    """Text, TOML and JSON have the same rows; without a word the precedents alone."""
    status, out, err = says("precedents")
    assert (status, err) == (0, "")
    assert [line.split("  ")[0] for line in out.splitlines()] == list(SHIPPED.precedents)
    options = ("precedents", "stay", "--circuit", "tenth", "--treatment", "good law")
    ids = [line.split("  ")[0] for line in says(*options)[1].splitlines()]
    assert ids
    assert [row["id"] for row in json.loads(says(*options, "--format=json")[1])["entry"]] == ids
    assert [row["id"] for row in tomllib.loads(says(*options, "--format=toml")[1])["entry"]] == ids


def test_nothing_found_is_said_beside_an_empty_list(says: Says) -> None:
    """One line on standard error; finding nothing is no failure."""
    said = 'precedents: nothing found for "shoe shine"'
    assert says("precedents", "shoe", "shine") == (0, "", f"{said}\n")


@pytest.mark.parametrize("id_", ["carswell-v-camp", SHIPPED.orders[0].id])
def test_precedents_reads_one(says: Says, id_: str) -> None:
    """Citation, holdings with quotations, facts, who cites it; at most 78 columns."""
    status, out, _ = says("precedents", "--read", id_)
    assert status == 0
    assert max(len(line) for line in out.splitlines() if "http" not in line) <= 78
    for form, read in (("json", json.loads), ("toml", tomllib.loads)):
        assert read(says("precedents", "--read", id_, "--format", form)[1])["id"] == id_


@pytest.mark.parametrize(
    "options",
    [
        ("precedents", "--circuit", "tent"),
        ("precedents", "--doctrine", "x"),
        ("precedents", "--treatment", "bad"),
        ("precedents", "--read", "x"),
        ("facts", "motoin"),
        ("facts", "motion", "--template"),
    ],
)
def test_what_is_not_known_is_one_line(says: Says, options: tuple[str, ...]) -> None:
    """With what is permitted, and exit code 2."""
    status, out, err = says(*options)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "permitted:" in err


def test_facts_lists_every_fact_with_its_values(says: Says) -> None:
    """One line a fact, and one fact in full with the reason why it matters."""
    status, out, _ = says("facts")
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()] == list(SHIPPED.vocabulary.by_name)
    in_full = says("facts", "rule_56d")[1]
    assert all(value in in_full for value in ("none", "adequate", "inadequate", "Why it matters:"))


def test_the_template_is_a_posture_once_it_is_uncommented(says: Says) -> None:
    """Every line of it states a permitted value of its fact."""
    lines = says("facts", "--template")[1].splitlines()
    stated = [line.removeprefix("# ") if " = " in line else line for line in lines]
    posture = Posture.of(tomllib.loads("\n".join(stated))["posture"])
    by_name = SHIPPED.vocabulary.by_name
    assert set(posture.known) == set(by_name)
    assert all(by_name[name].permits(value) for name, value in posture.known.items())
