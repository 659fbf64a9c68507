"""The library searched, narrowed, read, and asked who relies on whom."""

from __future__ import annotations

import io
import json
import tomllib
from collections.abc import Callable

import pytest
from postures import SHIPPED, TODAY

from qiwizard.cli import run
from qiwizard.law.citation import full_citation
from qiwizard.law.library import Library
from qiwizard.plain.interview import PlainWizard
from qiwizard.reasoning.shelf import (
    EXAMPLE,
    Narrowing,
    Relation,
    by_relation,
    relying_on,
    select,
    shelve,
)
from qiwizard.sessions.session import Session

ENTRIES = shelve(SHIPPED, TODAY)


def test_everything_stands_on_the_shelf_once() -> None:
    """Precedents first, then the decided orders, each by name."""
    ids = [entry.id for entry in ENTRIES]
    assert len(set(ids)) == len(ids) == len(SHIPPED.precedents) + len(SHIPPED.orders)
    assert [entry.treatment == EXAMPLE for entry in ENTRIES] == sorted(
        entry.treatment == EXAMPLE for entry in ENTRIES
    )


def test_words_are_sought_in_captions_courts_doctrines_and_text() -> None:
    """All of the words have to occur, in whatever order and case."""
    for precedent in SHIPPED.precedents.values():
        holding = SHIPPED.holdings_of(precedent)[:1]
        told = [precedent.caption, *precedent.courts, *(h.says for h in holding)]
        told += [SHIPPED.doctrine(SHIPPED.question[h.question].doctrine).title for h in holding]
        sought = " ".join(told).upper()
        assert precedent.id in {e.id for e in select(ENTRIES, sought, Narrowing())}
    assert select(ENTRIES, "no such words anywhere", Narrowing()) == ()


def test_filters_leave_what_they_say() -> None:
    """By circuit, doctrine and treatment, alone and together."""
    for circuit in SHIPPED.courts.circuits:
        assert all(
            SHIPPED.precedents[e.id].circuit == circuit
            for e in select(ENTRIES, "", Narrowing(circuit=circuit))
            if e.id in SHIPPED.precedents
        )
    limited = select(ENTRIES, "", Narrowing(treatment="limited"))
    assert limited
    for entry in limited:
        treated = {event.treatment.value for event in SHIPPED.precedents[entry.id].history}
        assert "limited" in treated
    both = select(ENTRIES, "", Narrowing(circuit="fifth", doctrine="motion", treatment="limited"))
    assert set(both) < set(limited)
    assert both


def test_reliance_is_read_off_the_data_from_both_sides() -> None:
    """Who names an authority is found from it; nobody is said to rely on itself."""
    for precedent in SHIPPED.precedents.values():
        assert precedent.id not in {each.id for each in relying_on(SHIPPED, precedent)}
        for id_ in precedent.relies_on:
            if id_ in SHIPPED.precedents and id_ != precedent.id:
                found = {each.id for each in relying_on(SHIPPED, SHIPPED.precedents[id_])}
                assert precedent.id in found
    backe = relying_on(SHIPPED, SHIPPED.precedents["backe-v-leblanc"])
    assert {"carswell-v-camp": "limited it"}.items() <= {
        each.id: each.how for each in backe
    }.items()


def test_only_those_that_rely_are_said_to_rely() -> None:
    """What an authority did to others, and what others did to it, stand apart."""
    for precedent in SHIPPED.precedents.values():
        for each in relying_on(SHIPPED, precedent):
            other = SHIPPED.precedents.get(each.id)
            relies = other is not None and precedent.id in other.relies_on
            assert (each.relation is not Relation.RELIES) or relies
            if each.relation is Relation.TREATED:
                assert other is not None
                assert precedent.id in {event.by for event in other.history}
    pearson = by_relation(relying_on(SHIPPED, SHIPPED.precedents["pearson-v-callahan"]))
    assert "saucier-v-katz" in {each.id for each in pearson[Relation.TREATED]}


Says = Callable[..., tuple[int, str, str]]


@pytest.fixture
def says(capsys: pytest.CaptureFixture[str]) -> Says:
    """Runs `precedents`."""

    def command(*options: str) -> tuple[int, str, str]:
        return run(["precedents", *options]), *capsys.readouterr()

    return command


def test_command_searches_and_filters(says: Says) -> None:
    """Text, TOML and JSON have the same rows; without a word the precedents alone."""
    status, out, err = says()
    assert (status, err) == (0, "")
    assert [line.split("  ")[0] for line in out.splitlines()] == list(SHIPPED.precedents)
    options = ("stay", "--circuit", "tenth", "--treatment", "good law")
    lines = says(*options)[1].splitlines()
    assert lines
    ids = [line.split("  ")[0] for line in lines]
    assert [row["id"] for row in json.loads(says(*options, "--format=json")[1])["entry"]] == ids
    assert [row["id"] for row in tomllib.loads(says(*options, "--format=toml")[1])["entry"]] == ids


def test_nothing_found_is_said_beside_an_empty_list(says: Says) -> None:
    """One line on standard error; the results are none, and that is no failure."""
    said = 'precedents: nothing found for "shoe shine"'
    assert says("shoe", "shine") == (0, "", f"{said}\n")
    status, out, err = says("shoe", "shine", "--circuit", "tenth", "--format", "json")
    assert (status, json.loads(out)) == (0, {"entry": []})
    assert err == f"{said} --circuit tenth\n"


@pytest.mark.parametrize("id_", ["carswell-v-camp", SHIPPED.orders[0].id])
def test_command_reads_one(says: Says, id_: str) -> None:
    """Citation, holdings with quotations, facts, who relies on it."""
    status, out, _ = says("--read", id_)
    assert status == 0
    assert max(len(line) for line in out.splitlines() if "http" not in line) <= 78
    for form, read in (("json", json.loads), ("toml", tomllib.loads)):
        assert read(says("--read", id_, "--format", form)[1])["id"] == id_


@pytest.mark.parametrize(
    "options", [("--circuit", "tent"), ("--doctrine", "x"), ("--treatment", "bad"), ("--read", "x")]
)
def test_what_is_not_known_is_one_line(says: Says, options: tuple[str, str]) -> None:
    """With what is permitted, and exit code 2."""
    status, out, err = says(*options)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "permitted:" in err


def test_line_mode_searches_and_reads(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """l with words lists, l with an id reads."""
    library: Library = SHIPPED
    monkeypatch.setattr("sys.stdin", io.StringIO("l carswell\nl carswell-v-camp\nl zzz\nq\n"))
    PlainWizard(library, Session.new(TODAY), TODAY).run()
    out = " ".join(capsys.readouterr().out.split())
    assert out.count(full_citation(library.precedents["carswell-v-camp"])) >= 2
    assert "Who relies on it:" in out
    assert "0 found." in out
