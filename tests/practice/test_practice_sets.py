"""Sets that an instructor hands out, the results that come back, and the table of them all."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from handed_out import SMALL, returned, written
from terminal import run_piped

from qiwizard.cli import run
from qiwizard.errors import UserError
from qiwizard.law.library import Library
from qiwizard.practice.drills import make
from qiwizard.practice.items import case_of
from qiwizard.practice.progress import SET, Round
from qiwizard.practice.sets import (
    ResultsFile,
    Wanted,
    made_set,
    read_results,
    read_set,
    sealed,
)
from qiwizard.practice.sitting import Sitting
from qiwizard.practice.store import Store
from qiwizard.toml_json import to_toml

# Sets


def test_the_same_seed_gives_the_same_set_and_another_seed_another(library: Library) -> None:
    """To the letter."""
    assert made_set(library, SMALL) == made_set(library, SMALL)
    assert made_set(library, SMALL) != made_set(library, replace(SMALL, seed=8))


def test_a_set_is_the_same_on_every_machine(tmp_path: Path) -> None:
    """Whatever the order in which a machine happens to keep things."""
    arguments = ("practice", "--make-set", "--number", "6", "--seed", "11")
    one, other = (
        run_piped(tmp_path, *arguments, env={"PYTHONHASHSEED": seed}) for seed in ("1", "2")
    )
    assert one.status == 0
    assert one.out == other.out


def test_a_set_keeps_to_what_was_chosen(library: Library, tmp_path: Path) -> None:
    """Kinds, orders, doctrines, circuits and number."""
    orders = ("moral-v-hagen-2011", "cutright-v-jones-2017", "lucero-v-clovis")
    wanted = Wanted(orders=orders, doctrines=("motion",), number=5)
    items = read_set(written(tmp_path, library, wanted), library).items
    assert len(items) == 5
    for id_ in items:
        assert case_of(id_) in orders
        assert any(part.doctrine == "motion" for part in make(library, id_).parts)
    wanted = Wanted(circuits=("ninth",), number=6)
    items = read_set(written(tmp_path, library, wanted), library).items
    assert {make(library, id_).circuit for id_ in items} == {"ninth"}
    assert len({id_.partition("/")[0] for id_ in items}) == 5


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted(drills=("fnd",)), "did you mean find"),
        (Wanted(orders=("nobody-v-nobody",)), "--orders"),
        (Wanted(doctrines=("motionz",)), "did you mean motion"),
        (Wanted(circuits=("thirteenth",)), "--circuits"),
        (Wanted(number=0), "permitted: 1 to 200"),
        (Wanted(number=9, drills=("walk",)), "permitted: 1 to 5"),
    ],
)
def test_what_cannot_be_made_is_told_in_a_line(library: Library, wanted: Wanted, said: str) -> None:
    """What is wrong, and what is permitted."""
    with pytest.raises(UserError, match=re.escape(said)) as refused:
        made_set(library, wanted)
    assert len(str(refused.value).splitlines()) == 1


def spoiled_sets(library: Library) -> dict[str, str]:
    """Sets that will not do, by what is said of them."""
    table = tomllib.loads(made_set(library, SMALL))
    rest = {key: value for key, value in table.items() if key != "checksum"}
    unknown = [{"id": "predict/nobody", "fingerprint": "x"}]
    other = [{**rest["item"][0], "fingerprint": "0" * 16}]
    return {
        "edited after it was written": to_toml({**table, "seed": 8}),
        "checksum": to_toml(rest),
        "of another version": sealed({**rest, "schema": "qiwizard/practice-set/2"}),
        "not a practice set file": sealed({**rest, "schema": "qiwizard/session/1"}),
        "the key schema is missing; permitted: schema = 'qiwizard/practice-set/1'": "[posture]\n",
        "made with library": sealed({**rest, "library": "1999.01"}),
        "no drill 'predict/nobody'": sealed({**rest, "item": unknown}),
        "is not the same drill": sealed({**rest, "item": other}),
        "is in it twice": sealed({**rest, "item": [*rest["item"], rest["item"][0]]}),
        "no drills in it": sealed({**rest, "item": []}),
        "no drill null": sealed({**rest, "item": [3]}),
        "not readable": "schema = ",
    }


def test_a_set_that_was_spoiled_is_refused_in_a_line(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of another version, of another library, edited, or with what is not known: exit 2."""
    for said, content in spoiled_sets(library).items():
        path = tmp_path / "spoiled.toml"
        path.write_text(content, encoding="utf-8")
        assert run(["practice", "--plain", "--set", str(path)]) == 2
        complaint = capsys.readouterr().err
        assert said in complaint
        assert len(complaint.splitlines()) == 1
        assert complaint.startswith(str(path))


# Results


def test_results_are_read_back_and_marked_anew(library: Library, tmp_path: Path) -> None:
    """A file that claims to be right is not believed."""
    written(tmp_path, library)
    path = returned(tmp_path, library, "Anna", wrong="answer")
    found = read_results(path, library)
    assert found.clerk == "Anna"
    assert {a.right for a in found.answers if a.part == "answer"} == {False}
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    for row in table["answer"]:
        row["right"] = True
    path.write_text(sealed({k: v for k, v in table.items() if k != "checksum"}), encoding="utf-8")
    assert read_results(path, library).answers == found.answers


def test_a_set_is_taken_up_where_it_was_left(library: Library, tmp_path: Path) -> None:
    """Results begun are gone on with, by the same clerk on the same set only."""
    practice_set = read_set(written(tmp_path, library), library)
    path = returned(tmp_path, library, "Anna", drills=2)
    begun = ResultsFile(path, practice_set, "Anna", library).begun()
    assert Round(practice_set.items, SET, done=begun).at == 2
    with pytest.raises(UserError, match="holds other results"):
        ResultsFile(path, practice_set, "Bert", library).begun()
    other = read_set(written(tmp_path, library, replace(SMALL, seed=8)), library)
    with pytest.raises(UserError, match="holds other results"):
        ResultsFile(path, other, "Anna", library).begun()


def test_two_runs_of_a_set_lose_nothing_of_each_other(library: Library, tmp_path: Path) -> None:
    """The later one is told, and does not overwrite; its answers are in its progress."""
    practice_set = read_set(written(tmp_path, library), library)
    results = ResultsFile(tmp_path / "r.toml", practice_set, "Anna", library)
    first, second = (
        Sitting(library, Store("Anna", tmp_path / name), results=results) for name in "ab"
    )
    before = Round(practice_set.items, SET)
    for number, sitting in enumerate((first, second, first)):
        round_ = before
        for part in round_.item(library).parts:
            round_ = round_.answering(part.options[number].id)
        round_, said = sitting.keep(round_)
        assert ("another run wrote to it" in said) is (number > 0)
        assert bool(sitting.lacking(round_)) is (number > 0)
        if number == 0:
            there = results.begun()
    assert results.begun() == there == first.store.load().progress.answers[: len(there)]
    assert len(second.store.load().progress.answers) == len(there)


def test_results_that_cannot_be_written_are_not_left_unasked(
    library: Library, tmp_path: Path
) -> None:
    """Their folder vanishes for a while; once it is back, they are written before it is asked."""
    practice_set = read_set(written(tmp_path, library), library)
    folder = tmp_path / "there"
    results = ResultsFile(folder / "r.toml", practice_set, "Anna", library)
    sitting = Sitting(library, Store("Anna", tmp_path / "p"), results=results)
    round_ = Round(practice_set.items, SET)
    for part in round_.item(library).parts:
        round_ = round_.answering(part.options[0].id)
    round_, said = sitting.keep(round_)
    assert "cannot be written: no such folder" in said
    assert sitting.lacking(round_)
    folder.mkdir()
    assert sitting.lacking(round_) == ""
    assert results.begun() == round_.done


def test_spoiled_results_are_refused_in_a_line(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Edited, of another version, with unknown drills, questions, answers or moments."""
    written(tmp_path, library)
    table = tomllib.loads(returned(tmp_path, library, "Anna").read_text(encoding="utf-8"))
    rest = {key: value for key, value in table.items() if key != "checksum"}
    row = rest["answer"][0]
    cases = {
        "edited": to_toml({**table, "clerk": "Bert"}),
        "of another version": sealed({**rest, "schema": "qiwizard/practice-results/9"}),
        "no drill": sealed({**rest, "answer": [{**row, "item": "x"}]}),
        "no such question": sealed({**rest, "answer": [{**row, "part": "x"}]}),
        "or answer": sealed({**rest, "answer": [{**row, "given": "x"}]}),
        "not a time": sealed({**rest, "answer": [{**row, "when": "now"}]}),
        "incomplete": sealed({**rest, "clerk": 5}),
        "answer 1": sealed({**rest, "answer": [5]}),
    }
    for said, content in cases.items():
        path = tmp_path / "results.toml"
        path.write_text(content, encoding="utf-8")
        assert run(["practice", "--report", str(path)]) == 2
        complaint = capsys.readouterr().err
        assert said in complaint
        assert len(complaint.splitlines()) == 1
