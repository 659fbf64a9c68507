"""`qiwizard check`: the state of the library, the proof of the reasoning, and what fails it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import process_time

import pytest
from postures import SHIPPED, TODAY, library_of

from qiwizard.checking.check import Report, check, circuits_without_authority, state_lines
from qiwizard.checking.proof import laws, path_problems, prove, turning_days
from qiwizard.errors import UserError
from qiwizard.law.precedent import Force


@pytest.fixture(scope="module")
def shipped() -> tuple[Report, float]:
    """The report on the shipped library, and the processor time it took."""
    began = process_time()
    report = check(SHIPPED, None, TODAY)
    return report, process_time() - began


def test_the_shipped_library_has_no_problems(shipped: tuple[Report, float]) -> None:
    report, _ = shipped
    assert report.problems == ()
    assert report.lines[-1] == "problems: 0"


def test_the_lines(shipped: tuple[Report, float]) -> None:
    """What is in the library, what is not verified, and what was proved."""
    lines = shipped[0].lines
    forms = (
        r"library [\d.]+: \d+ precedents, \d+ holdings \(\d+ with a quotation\), \d+ questions, "
        r"\d+ facts, 94 districts, \d+ decided orders",
        r"secondary: of \d+ appellate opinions: \d+.*",
        r"without a pin: holdings of published opinions: \d+.*",
        r"of \d+ holdings that require an answer, without a pin: \d+.*",
        r"paraphrases, which only support: \d+.*",
        r"day of decision unknown: \d+.*",
        r"due for review: \d+.*",
        r"proof: \d+ laws .*, \d+ postures, every answer cited, every path to one outcome",
        r"conflicts of equal rank, all marked: \d+",
        r"never leading, cited only: holdings: \d+.*",
        r"problems: \d+",
    )
    rest = list(lines)
    for form in forms:
        assert any(re.fullmatch(form, line) for line in lines), form
        rest = [line for line in rest if not re.fullmatch(form, line)]
    assert all("no authority of its own on" in line for line in rest), rest


def test_it_takes_less_than_half_a_minute(shipped: tuple[Report, float]) -> None:
    assert shipped[1] < 30


def test_every_holding_that_requires_an_answer_prevails_somewhere(
    shipped: tuple[Report, float],
) -> None:
    (line,) = (line for line in shipped[0].lines if line.startswith("never leading"))
    required = [h.id for h in SHIPPED.holdings if h.force is Force.REQUIRES]
    assert not [id_ for id_ in required if id_ in line]


def test_a_library_of_the_users_own_need_not_have_what_the_steps_cite() -> None:
    """The shipped next steps are checked against the shipped library."""
    assert check(library_of('{ id = "one", answer = "entitled" }'), None, TODAY).problems == ()


def test_the_laws_are_each_circuit_in_each_period() -> None:
    found = list(laws(SHIPPED, TODAY))
    circuits = {law.circuit for law in found if law.court is None}
    assert circuits == set(SHIPPED.courts.circuits)
    assert {law.as_of for law in found if law.court is not None} == {TODAY}
    days = turning_days(SHIPPED, "fifth", TODAY)
    assert date(2022, 11, 30) in days
    assert min(days) == SHIPPED.about.begins
    assert list(days) == sorted(set(days))


def test_equal_holdings_in_conflict_are_found_and_marked() -> None:
    library = library_of(
        '{ id = "one", court = "10th Cir.", answer = "entitled", when = { opposed = true } }',
        '{ id = "two", court = "10th Cir.", answer = "disfavored", when = { pro_se = true } }',
    )
    proof = prove(library, TODAY)
    assert proof.conflicts == {("one/h1", "two/h1")} or proof.conflicts == {("two/h1", "one/h1")}
    assert proof.problems == []
    assert proof.leading == {"one/h1", "two/h1"}


def test_a_holding_that_never_prevails_is_named() -> None:
    library = library_of(
        '{ id = "rule", kind = "rule", answer = "entitled", force = "requires" }',
        '{ id = "order", court = "D.N.M.", answer = "disfavored" }',
    )
    (line,) = (x for x in check(library, None, TODAY).lines if x.startswith("never leading"))
    assert line == "never leading, cited only: holdings: 1: order/h1"


@pytest.mark.parametrize(
    ("outcome", "words"),
    [(None, "leaves a path without an outcome"), ("no_stay", "no path leads to stay")],
)
def test_a_path_without_its_outcome_is_a_problem(outcome: str | None, words: str) -> None:
    reach = SHIPPED.question["reach"]
    answers = {**reach.answers, "everyone": replace(reach.answers["everyone"], outcome=outcome)}
    changed = replace(reach, answers=answers)
    questions = tuple(changed if q is reach else q for q in SHIPPED.questions)
    found = list(path_problems(questions, frozenset(SHIPPED.outcomes)))
    assert any(words in problem for problem in found), found


def test_the_shipped_paths_have_no_problem() -> None:
    assert list(path_problems(SHIPPED.questions, frozenset(SHIPPED.outcomes))) == []


# The state of the library


def test_what_is_due_is_named_with_its_number() -> None:
    later = date(TODAY.year + 3, 1, 1)
    (line,) = (line for line in state_lines(SHIPPED, later) if line.startswith("due for review"))
    assert line.startswith(f"due for review: {len(SHIPPED.precedents)}: ")
    assert line.endswith(f"and {len(SHIPPED.precedents) - 12} more")
    first = next(iter(SHIPPED.precedents))
    assert first in line


def test_circuits_without_authority_of_their_own_are_named() -> None:
    library = library_of(
        *(
            f'{{ id = "{q.id}", court = "10th Cir.", question = "{q.id}", '
            f'answer = "{next(iter(q.answers))}" }}'
            for q in SHIPPED.questions
            if q.expected_in_each_circuit
        )
    )
    found = list(circuits_without_authority(library))
    assert len(found) == 11
    assert not any(line.startswith("Tenth Circuit") for line in found)
    assert all("protection" in line for line in found)


# Quotations


def test_a_quotation_that_is_not_in_its_opinion_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "lucero-v-clovis.txt"
    library = library_of('{ id = "lucero-v-clovis", answer = "entitled", quote = "quoted words" }')
    file.write_text("Not these.", encoding="utf-8")
    report = check(library, tmp_path, TODAY)
    assert report.problems == ("lucero-v-clovis/h1: the quotation is not in lucero-v-clovis.txt",)
    file.write_text("There are quoted  words in it.", encoding="utf-8")
    report = check(library, tmp_path, TODAY)
    assert report.problems == ()
    assert ("quotations: 1 compared with the texts of 1 opinions, 0 not found") in report.lines


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not a folder of opinions"):
        check(library_of(), tmp_path / "none", TODAY)
