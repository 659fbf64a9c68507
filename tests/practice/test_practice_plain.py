"""Practice line by line, as a clerk at a slow link or with a screen reader does it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import pytest
from practiced import NOW

from qiwizard.law.library import Library
from qiwizard.practice.drills import DRILLS, catalogue, make, serves
from qiwizard.practice.items import Item
from qiwizard.practice.lessons import feedback_lines
from qiwizard.practice.plain import PlainPractice
from qiwizard.practice.progress import Round
from qiwizard.practice.report import progress_lines
from qiwizard.practice.sitting import Sitting
from qiwizard.practice.store import Store


@dataclass(frozen=True)
class Line:
    """Practice at a line: what is typed, and what is said to it."""

    library: Library
    folder: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def practice(
        self,
        lines: Iterable[str],
        first: Round | None = None,
        comments: Mapping[str, str] = MappingProxyType({}),
    ) -> Sitting:
        """A sitting with the lines typed; then the input ends."""
        typed = iter(lines)

        def read(prompt: str) -> str:
            print(prompt)
            try:
                return next(typed)
            except StopIteration:
                raise EOFError from None

        self.monkeypatch.setattr("builtins.input", read)
        sitting = Sitting(self.library, Store("Anna", self.folder), first=first, comments=comments)
        assert PlainPractice(sitting).run() == 0
        return sitting

    def said(self) -> str:
        """What was said since the last call."""
        return self.capsys.readouterr().out


@pytest.fixture
def line(
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Line:
    """A line with the shipped library, and progress in a folder of its own."""
    return Line(library, tmp_path, monkeypatch, capsys)


def numbers(item: Item, *, right: bool = True) -> list[str]:
    """What to type to answer a drill."""
    return [
        next(str(p.number(o)) for o in p.options if (o.id in p.accepted) is right)
        for p in item.parts
    ]


def one_line(text: str) -> str:
    """Text with line breaks folded."""
    return " ".join(text.split())


def named(library: Library, drill: str) -> Item:
    """A drill of a kind."""
    return make(
        library,
        next(i for i in catalogue(library) if i.startswith(f"{drill}/") and serves(library, i)),
    )


@pytest.mark.parametrize("right", [True, False])
@pytest.mark.parametrize("drill", [d for d in DRILLS if d != "calibrate"])
def test_a_drill_is_posed_answered_and_marked(
    library: Library, line: Line, drill: str, right: bool
) -> None:
    """The text, the questions, and of each answer at most ten lines."""
    item = named(library, drill)
    first = Round((item.id,))
    sitting = line.practice(numbers(item, right=right), first)
    said = line.said()
    folded = one_line(said)
    assert all(len(line) <= 78 for line in said.splitlines())
    assert folded.count("Incorrect: ") == (0 if right else len(item.parts))
    for number, part in enumerate(item.parts, start=1):
        assert one_line(part.asks) in folded
        several = len(item.parts) > 1
        assert (f"Question {number} of {len(item.parts)}." in folded) is several
    given = [next(o.id for o in p.options if (o.id in p.accepted) is right) for p in item.parts]
    assert "\n".join(feedback_lines(item, [(item.parts[-1], given[-1])])) in said
    progress, _ = sitting.progress()
    assert [a.right for a in progress.answers] == [right] * len(item.parts)
    assert set(progress.cards) == {item.id}


def test_likelihoods_are_scored_and_bring_no_review(library: Library, line: Line) -> None:
    """The three scores stand side by side, and the mean is in the progress."""
    item = make(library, "calibrate/lucero-v-clovis")
    sitting = line.practice(["6", "1", "1", "1"], Round((item.id,)))
    said = line.said()
    assert re.search(r"Score \(0 best, 2 worst\) +0\.0\d +\d\.\d\d +0\.00", said)
    progress, _ = sitting.progress()
    assert not progress.cards
    assert not progress.marked()
    told = one_line(" ".join(progress_lines(library, progress, NOW)))
    assert "average score 0.0" in told
    assert "over 1 order" in told


def test_the_rest_is_told_on_request(library: Library, line: Line) -> None:
    """`more` shows the nearest orders and the shares; before an answer there is nothing to show."""
    item = make(library, "predict/lucero-v-clovis")
    lines = ["more", *numbers(item), "more"]
    line.practice(lines, Round((item.id,)))
    said = one_line(line.said())
    before, _, after = said.partition("Correct: ")
    assert "Nothing has been marked yet." in before
    assert "Shares from the law and the other orders" not in before
    assert "Shares from the law and the other orders" in after
    assert "A near order: " in after


def test_back_change_repeat_and_help_work_as_in_the_interview(library: Library, line: Line) -> None:
    """Answers that were not marked can be taken back; what was marked cannot."""
    item = make(library, "calibrate/lucero-v-clovis")
    lines = ["back", "1", "2", "change 9", "back", "3", "change 1", "6", "1"]
    lines += ["repeat", "help", "", "q"]
    sitting = line.practice(lines, Round((item.id,)))
    said = one_line(line.said())
    assert "This is the first question of the drill." in said
    assert "Answers that can be changed: change 1 to change 2." in said
    assert "change N: answer question N" in said
    assert said.count(one_line(item.text)) == 3
    assert sitting.progress()[0].halves[item.id].given == ("95", "2")
    walk = make(library, "walk/lucero-v-clovis")
    line.practice([*numbers(walk)[:1], "back", "q"], Round((walk.id,)))
    assert "That answer was marked already." in line.said()


def test_back_leads_out_of_a_menu(library: Library, line: Line) -> None:
    """From the five opinions to all choices, from there to where the clerk came from."""
    line.practice(["9", "back", "b"])
    said = line.said()
    assert said.count("9. Walk an opinion.") == 2
    assert "Type a number" not in said


def test_no_answer_is_shown_before_it_is_given(library: Library, line: Line) -> None:
    """Up to the answer neither verdict nor case is named."""
    line.practice([], Round(("predict/lucero-v-clovis",)))
    said = line.said()
    assert "Lucero" not in said
    assert "orrect: " not in said


def test_an_instructors_comment_is_shown_after_the_answers(library: Library, line: Line) -> None:
    """And not before."""
    id_ = "predict/lucero-v-clovis"
    lines = [*numbers(make(library, id_)), ""]
    line.practice(lines, Round((id_,)), comments={id_: "Compare Stonecipher."})
    said = line.said()
    assert "Instructor" not in said.partition("Correct: ")[0]
    assert "Instructor: Compare Stonecipher." in said


def test_a_walk_shows_the_words_before_or_after(library: Library, line: Line) -> None:
    """With `--read-first` the court speaks before the question, otherwise after the answer."""
    item = make(library, "walk/lucero-v-clovis")
    words, asks = item.parts[0].words[0].quote, item.parts[0].asks
    for read_first in (True, False):
        line.practice(numbers(item), Round((item.id,), read_first=read_first))
        said = one_line(line.said())
        assert (said.index(one_line(words)) < said.index(one_line(asks))) is read_first


def test_from_the_menu_through_a_round_to_the_progress(library: Library, line: Line) -> None:
    """Any answers will do to get through; what is no answer is asked again."""
    lines = ["nonsense", "99", "2", "t", "0", "77777777", *["1"] * 40]
    line.practice(lines)
    said = line.said()
    assert "Type a number, 0 to" in said
    assert re.search(r"Type a number, [01] to \d+, or help\.", said)
    assert "End of the round." in said
    assert "Practice next: " in said
    assert Store("Anna", line.folder).load().progress.answers


def test_a_placement_tells_a_figure_and_no_answers(library: Library, line: Line) -> None:
    """Its orders stay unknown, so that they can be kept from practice."""
    line.practice(["1", *["1"] * 60])
    said = one_line(line.said())
    before = said.partition("End of the round")[0]
    assert "orrect: " not in before
    assert re.search(r"Placement 1: \d+ of \d+ questions correct \(\d+%\)\.", said)
    assert re.search(r"End of the round\.\s+\d+ of \d+ questions correct \(\d+%\)\.", said)
    assert "Placement 2: as hard as the first" in said


def test_a_drill_left_in_the_middle_resumes(library: Library, line: Line) -> None:
    """It does not count yet; the menu offers it first, at the question where it was left."""
    ids = ("predict/lucero-v-clovis", "calibrate/jones-v-kansas")
    lines = [*numbers(make(library, ids[0])), "1", "q"]
    sitting = line.practice(lines, Round(ids))
    assert sitting.progress()[0].seen() == {ids[0]}
    assert "offers to resume this drill" in one_line(line.said())
    sitting = line.practice(["1", "2", "2", "2"])
    said = one_line(line.said())
    assert "1. Resume: Calibrate, question 2" in said
    assert "Resumed at question 2 of 4." in said
    progress, _ = sitting.progress()
    assert progress.seen() == set(ids)
    assert len(progress.answers) == 5
    assert not progress.halves


def test_nothing_is_said_where_nothing_is_under_way(library: Library, line: Line) -> None:
    """At the menu, before the first answer, and after a drill."""
    id_ = "predict/lucero-v-clovis"
    all_ = numbers(make(library, id_))
    for lines in (["q"], all_):
        line.practice(lines, Round((id_, "predict/jones-v-kansas")))
        assert "answers are saved" not in line.said()


def test_answers_that_cannot_be_kept_are_told_once_and_at_the_end(
    library: Library, line: Line
) -> None:
    """A file stands where the folder should be."""
    folder = line.folder / "practice"
    folder.write_text("", encoding="utf-8")
    item = make(library, "walk/lucero-v-clovis")
    elsewhere = replace(line, folder=folder)
    elsewhere.practice([*numbers(item)[:3], "q"], Round((item.id,)))
    said = one_line(line.said())
    assert said.count("Not saved: ") == 1
    assert said.endswith("The latest answers are not saved.")
