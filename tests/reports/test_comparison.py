"""A comparison in words and tables: every format says the same."""

from __future__ import annotations

import io
import json
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from postures import SHIPPED, TODAY, decided_order, library_of, with_orders
from rulings import opinion

from qiwizard.cli import run
from qiwizard.law.posture import Posture
from qiwizard.reasoning.forums import Comparison, all_forums, compare, forums_named
from qiwizard.reports.comparison import (
    RENDERERS,
    glance,
    labels,
    markdown,
    reason,
    set_aside_sentence,
    table,
    text,
)
from qiwizard.reports.report import deciding
from qiwizard.toml_json import to_json, to_toml

FACTS = {"circuit": "tenth", "court": "D.N.M.", "request": "stay", "motion": "pending"}
POSTURE = Posture.of(FACTS)
SPLIT = with_orders(
    library_of(
        '{ id = "stays", court = "10th Cir.", answer = "entitled", force = "requires", pin = "2" }',
        '{ id = "limits", court = "10th Cir.", question = "limits", answer = "none", '
        'force = "requires" }',
        '{ id = "reach", court = "10th Cir.", question = "reach", answer = "everyone", '
        'force = "requires" }',
        '{ id = "refuses", court = "9th Cir.", answer = "disfavored", force = "requires" }',
    )
)
"""Two districts whose circuits differ."""


def two_districts() -> Comparison:
    """One posture in two districts."""
    forums = forums_named(SPLIT, POSTURE, [TODAY], courts=["D.N.M.", "D. Alaska"])
    return compare(SPLIT, POSTURE, forums)


def test_every_format_says_the_same() -> None:
    """Text, Markdown and tables name each forum, its outcome and the authority of each side."""
    comparison = two_districts()
    rows = table(comparison)
    assert [row["outcome"] for row in rows["forum"]] == ["stay", "no_stay"]
    assert tomllib.loads(to_toml(rows))["forum"][0]["label"] == "D.N.M."
    assert json.loads(to_json(rows))["schema"] == "qiwizard/comparison/1"
    for written in (text(comparison), markdown(comparison)):
        one = " ".join(written.split())
        assert "D.N.M.: STAY" in one
        assert "D. Alaska: NO STAY" in one
        assert "stays, No. 1, at 2 (10th Cir. Jan. 1, 2000) (binding)" in one
        assert "refuses, No. 1 (9th Cir. Jan. 1, 2000)† (binding)" in one
        assert one.count("† Pin cite not known.") == 1


def test_the_tables_have_the_likelihood_of_every_outcome() -> None:
    """As in an exported session."""
    for row in table(two_districts())["forum"]:
        assert set(row["likelihood"]) == set(SHIPPED.outcomes)
        assert sum(row["likelihood"].values()) == pytest.approx(1)
        assert row["basis"] in ("law", "practice", "default")


def test_the_reason_is_that_of_the_card() -> None:
    """The same finding explains a ruling wherever it is explained."""
    for column in two_districts().columns:
        finding = deciding(column.ruling)
        assert reason(column).startswith(finding.conclusion)


def test_a_reason_without_authority_is_the_conclusion() -> None:
    """Where practice alone decides, no authority is named for it."""
    orders = [decided_order(n, "stay", facts={"motion": "pending"}) for n in range(5)]
    library = with_orders(
        library_of('{ id = "a", question = "timeliness", answer = "no_forfeiture" }'), orders
    )
    [column, *_] = compare(library, POSTURE, all_forums(library, POSTURE, TODAY)).columns
    assert reason(column) == deciding(column.ruling).conclusion


def test_forums_are_named_with_their_date_where_dates_differ() -> None:
    """And the court stated is marked where others are compared with it."""
    days = [date(2022, 11, 29), date(2022, 11, 30)]
    comparison = compare(SHIPPED, POSTURE, forums_named(SHIPPED, POSTURE, days))
    assert labels(comparison) == ("D.N.M., Nov. 29, 2022", "D.N.M., Nov. 30, 2022")
    assert set_aside_sentence(comparison) == ""
    everywhere = compare(SHIPPED, POSTURE, all_forums(SHIPPED, POSTURE, TODAY))
    assert labels(everywhere)[0] == "D.N.M. (as stated)"
    assert set_aside_sentence(everywhere).startswith("D.N.M. is set aside")


def test_identical_rulings_are_said_to_be_alike() -> None:
    """Where nothing differs the comparison says so."""
    days = [TODAY, TODAY]
    comparison = compare(SHIPPED, POSTURE, forums_named(SHIPPED, POSTURE, days)[:1] * 2)
    assert "Every question is answered the same way." in text(comparison)


def test_a_glance_is_a_line_and_a_reason_for_each_forum() -> None:
    """What plain mode prints."""
    lines = glance(two_districts())
    assert sum(line.startswith("* ") for line in lines) == 2


Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Command:
    """Run `compare` on the facts of an opinion."""
    facts = opinion("lucero-v-clovis").posture.known
    file = tmp_path / "case.toml"
    file.write_text(to_toml({"posture": dict(facts)}), encoding="utf-8")

    def on(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO())
        code = run(["compare", str(file), *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return on


def test_the_command_compares_everything_unless_told_otherwise(command: Command) -> None:
    """The forum as stated and every circuit."""
    code, out, err = command("--format", "json")
    assert (code, err) == (0, "")
    assert len(json.loads(out)["forum"]) == 1 + len(SHIPPED.courts.circuits)


@pytest.mark.parametrize("form", RENDERERS)
def test_the_command_writes_every_format(command: Command, form: str, tmp_path: Path) -> None:
    """To standard output, or to a file that does not exist yet."""
    code, out, _ = command("--courts", "D.N.M.,D. Colo.", "--format", form)
    assert code == 0
    assert "D. Colo." in out
    path = tmp_path / "out"
    assert command("--courts", "D.N.M.,D. Colo.", "--format", form, "--output", str(path))[0] == 0
    assert path.read_text(encoding="utf-8") == out
    code, _, err = command("--format", form, "--output", str(path))
    assert code == 2
    assert "exists" in err
