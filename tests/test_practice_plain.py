"""Practice line by line, as a clerk at a slow link or with a screen reader does it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from qiwizard.law.library import Library
from qiwizard.practice.drills import DRILLS, make
from qiwizard.practice.items import Item
from qiwizard.practice.plain import PlainPractice
from qiwizard.practice.round import Round
from qiwizard.practice.sitting import Sitting
from qiwizard.practice.store import Store


def practise(
    library: Library,
    folder: Path,
    lines: Iterable[str],
    monkeypatch: pytest.MonkeyPatch,
    first: Round | None = None,
    *,
    read_first: bool = False,
) -> Sitting:
    """A sitting with the lines typed; then the input ends."""
    typed = iter(lines)

    def read(prompt: str) -> str:
        print(prompt)
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", read)
    sitting = Sitting(library, Store("Anna", folder), first=first, read_first=read_first)
    assert PlainPractice(sitting).run() == 0
    return sitting


def numbers(item: Item, *, right: bool = True) -> list[str]:
    """What to type to answer a drill."""
    return [
        next(str(p.number(o)) for o in p.options if (o.id in p.accepted) is right)
        for p in item.parts
    ]


def one_line(text: str) -> str:
    """Text with line breaks folded."""
    return " ".join(text.split())


@pytest.mark.parametrize("right", [True, False])
@pytest.mark.parametrize("drill", [d for d in DRILLS if d != "find"])
def test_a_drill_is_posed_answered_and_argued(
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    drill: str,
    right: bool,
) -> None:
    """The text, the questions, the verdict on each, the argument with its sources."""
    item = make(library, f"{drill}/lucero-v-clovis")
    first = Round((item.id,))
    sitting = practise(library, tmp_path, numbers(item, right=right), monkeypatch, first)
    said = capsys.readouterr().out
    folded = one_line(said)
    assert all(len(line) <= 78 for line in said.splitlines())
    assert folded.count("Your answer:") == len(item.parts)
    assert ("Not right." in folded) is not right
    for part in item.parts:
        assert one_line(part.asks) in folded
        for point in part.argument:
            assert one_line(point.text) in folded
    assert item.source.text in folded.rpartition("The order:")[2]
    progress, _ = sitting.progress()
    assert [a.right for a in progress.answers] == [right] * len(item.parts)
    assert set(progress.cards) == {item.id}


def test_no_answer_is_shown_before_it_is_given(
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Up to the last question of a drill neither verdict nor case is named."""
    item = make(library, "predict/lucero-v-clovis")
    practise(library, tmp_path, numbers(item)[:1], monkeypatch, Round((item.id,)))
    said = capsys.readouterr().out
    assert "Lucero" not in said
    assert "Your answer" not in said
    assert item.level.word not in said.rpartition("How sure")[0]


def test_a_walk_shows_the_words_before_or_after(
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With `--read-first` the court speaks before the question, otherwise after the answer."""
    item = make(library, "walk/lucero-v-clovis")
    words, asks = item.parts[0].words[0].quote, item.parts[0].asks
    for read_first in (True, False):
        practise(
            library, tmp_path, numbers(item), monkeypatch, Round((item.id,)), read_first=read_first
        )
        said = one_line(capsys.readouterr().out)
        assert (said.index(one_line(words)) < said.index(one_line(asks))) is read_first


def test_from_the_menu_through_a_round_to_the_progress(
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Any answers will do to get through; what is no answer is asked again."""
    lines = ["nonsense", "99", "2", "t", "0", "77777777", *["1"] * 40]
    practise(library, tmp_path, lines, monkeypatch)
    said = capsys.readouterr().out
    assert "Permitted: 0 to" in said
    assert re.search(r"Permitted: [01] to \d+, t, q\.", said)
    assert "The round is done" in said
    assert Store("Anna", tmp_path).load().progress.answers


def test_a_placement_tells_a_figure_and_no_answers(
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Its orders stay unknown, so that they can be kept from practice."""
    practise(library, tmp_path, ["1", *["1"] * 60], monkeypatch)
    said = one_line(capsys.readouterr().out)
    before = said.partition("The round is done")[0]
    assert "Your answer:" not in before
    assert re.search(r"Placement 1: \d+%\.", said)
    assert "Placement 2: as hard as the first" in said


def test_a_drill_left_in_the_middle_is_gone_on_with(
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It does not count yet; the menu offers it first, at the question where it was left."""
    ids = ("predict/lucero-v-clovis", "predict/jones-v-kansas")
    lines = [*numbers(make(library, ids[0])), "1", "q"]
    sitting = practise(library, tmp_path, lines, monkeypatch, Round(ids))
    assert sitting.progress()[0].seen() == {ids[0]}
    assert "practice offers to go on with this drill" in one_line(capsys.readouterr().out)
    last = numbers(make(library, ids[1]))[-1]
    sitting = practise(library, tmp_path, ["1", last], monkeypatch)
    said = one_line(capsys.readouterr().out)
    assert "1. Go on: Predict the ruling, question 2" in said
    assert "Gone on with at question 2 of 2." in said
    assert "Question 1:" in said.partition("Gone on with")[2]
    progress, _ = sitting.progress()
    assert progress.seen() == set(ids)
    assert len(progress.answers) == 4
    assert not progress.halves


def test_nothing_is_said_where_nothing_is_under_way(
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """At the menu, before the first answer, and after a drill."""
    id_ = "predict/lucero-v-clovis"
    all_ = numbers(make(library, id_))
    for lines in (["q"], all_):
        practise(library, tmp_path, lines, monkeypatch, Round((id_, "predict/jones-v-kansas")))
        assert "answers are kept:" not in capsys.readouterr().out


def test_answers_that_cannot_be_kept_are_told_once_and_at_the_end(
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A file stands where the folder should be."""
    folder = tmp_path / "practice"
    folder.write_text("", encoding="utf-8")
    item = make(library, "walk/lucero-v-clovis")
    practise(library, folder, [*numbers(item)[:3], "q"], monkeypatch, Round((item.id,)))
    said = one_line(capsys.readouterr().out)
    assert said.count("Not kept: ") == 1
    assert said.endswith("The latest answers are not kept.")
