"""Every answer of a drill is on disk before anything else is shown, however the program ends."""

from __future__ import annotations

import json
import signal
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from endings import EVERY_END
from terminal import PROGRAM, Ended, Signal, Step, Type, Wait, run_in_terminal, run_piped

from qiwizard.errors import UserError
from qiwizard.law.library import Library
from qiwizard.practice.drills import make
from qiwizard.practice.progress import PRACTICE, SET, Half, Round
from qiwizard.practice.sets import ResultsFile, Wanted, made_set, read_results, read_set
from qiwizard.practice.sitting import Sitting
from qiwizard.practice.store import Store

WALK = "walk/lucero-v-clovis"
CALIBRATE = "calibrate/lucero-v-clovis"
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="these terminals are Unix")


def practice(folder: Path, *steps: Step, arguments: tuple[str, ...] = ()) -> Ended:
    """Practice in a terminal large enough for a text and its question."""
    command = [*PROGRAM, "practice", *arguments]
    return run_in_terminal(command, steps, folder=folder, size=(120, 60))


def given(state: Path) -> dict[str, tuple[str, ...]]:
    """The answers to drills that are not done."""
    halves = Store(folder=state / "practice").load().progress.halves
    return {item: half.given for item, half in halves.items()}


def asked(library: Library, number: int) -> str:
    """The beginning of a question of the walk."""
    return " ".join(make(library, WALK).parts[number].asks.split()[:3])


@UNIX
@EVERY_END
def test_full_screen_resumes_in_the_drill(
    end: Step, status: int, state: Path, tmp_path: Path, library: Library
) -> None:
    """However it ends in the middle of a drill: the menu offers it, at the same question."""
    first, second = (make(library, WALK).parts[n] for n in (0, 1))
    steps = (Wait("question 1 of"), Type("1\r"), Wait("orrect: "), Type("n"), Wait("question 2"))
    again = (Type("2\r"), Wait("orrect: "), end)
    ended = practice(tmp_path, *steps, *again, arguments=("--walk", "lucero-v-clovis"))
    assert ended.status == status
    assert "Traceback" not in ended.text
    answers = (first.options[0].id, second.options[1].id)
    assert given(state) == {WALK: answers}
    go_on = (Wait("Resume: Walk an opinion, question 3"), Type("1\r"), Wait("question 3 of"))
    said = practice(tmp_path, *go_on, Type("\x11"))
    assert "offers to resume this drill" in said.text
    assert given(state) == {WALK: answers}


@UNIX
@EVERY_END
def test_plain_mode_resumes_in_the_drill(
    end: Step, status: int, state: Path, tmp_path: Path, library: Library
) -> None:
    """The same line by line."""
    if end == Type("\x11"):
        end = Type("q\n")
    steps = (Wait("> "), Type("1\n"), Wait("orrect: "), Wait("> "), end)
    arguments = ("--plain", "--walk", "lucero-v-clovis")
    ended = practice(tmp_path, *steps, arguments=arguments)
    assert ended.status == status
    assert "Traceback" not in ended.text
    kept = {WALK: (make(library, WALK).parts[0].options[0].id,)}
    assert given(state) == kept
    if status == 0:
        assert "offers to resume this drill" in ended.text
    go_on = (Wait("Resume: Walk an opinion, question 2"), Wait("> "), Type("1\n"))
    seen = (Wait("Resumed at question 2"), Wait("> "), Type("q\n"))
    assert practice(tmp_path, *go_on, *seen, arguments=("--plain",)).status == 0
    assert given(state) == kept


@UNIX
def test_what_one_face_left_the_other_takes_up(
    state: Path, tmp_path: Path, library: Library
) -> None:
    """Killed in full screen, finished from a pipe by the same command."""
    steps = (Wait("question 1 of"), Type("1\r"), Wait("orrect: "), Signal(signal.SIGKILL))
    practice(tmp_path, *steps, arguments=("--walk", "lucero-v-clovis"))
    parts = len(make(library, WALK).parts)
    done = run_piped(
        tmp_path, "practice", "--plain", "--walk", "lucero-v-clovis", stdin="1\n" * (parts - 1)
    )
    assert "End of the round" in done.out
    assert given(state) == {}
    answers = Store(folder=state / "practice").load().progress.answers
    assert [a.part for a in answers] == [p.id for p in make(library, WALK).parts]


@UNIX
def test_a_set_killed_in_the_middle_goes_on_there(
    state: Path, tmp_path: Path, library: Library
) -> None:
    """The same command, the same results file: the next question, and every answer in the end."""
    text = made_set(library, Wanted(drills=("argue",), number=2))
    (tmp_path / "set.toml").write_text(text, encoding="utf-8")
    arguments = ("--plain", "--set", "set.toml", "--results", "r.toml")
    steps = (*(Wait("> "), Type("1\n")) * 3, Wait("> "), Signal(signal.SIGKILL))
    practice(tmp_path, *steps, arguments=arguments)
    assert len(read_results(tmp_path / "r.toml", library).answers) == 2
    again = run_piped(tmp_path, "practice", *arguments, stdin="2\n")
    assert "Resumed at question 2 of 2." in again.out
    found = read_results(tmp_path / "r.toml", library)
    assert len(found.answers) == 4
    kept = Store(folder=state / "practice").load().progress
    assert {a.mode for a in kept.answers} == {SET}
    assert len(kept.answers) == 4


def test_a_round_begins_with_the_drill_half_done(library: Library, tmp_path: Path) -> None:
    """The same round asked for again comes to the same question; another kind does not."""
    sitting = Sitting(library, Store("Anna", tmp_path))
    begun = sitting.taking_up(sitting.mixed(2, ("calibrate",)))
    assert begun.given == ()
    part = begun.part(library)
    assert part is not None
    sitting.keep(begun.answering(part.options[0].id))
    again = sitting.taking_up(sitting.mixed(2, ("calibrate",)))
    assert again.items[0] == begun.items[0]
    assert again.given == (part.options[0].id,)
    assert begun.items[0] not in sitting.mixed(2, ("find",)).items


def test_a_drill_that_has_changed_is_begun_anew(library: Library, tmp_path: Path) -> None:
    """Answers to other questions, to too many or to none of the options are not taken over."""
    store = Store("Anna", tmp_path)
    sitting, item = Sitting(library, store), make(library, CALIBRATE)
    first = item.parts[0].options[0].id
    good = Half((first,), item.fingerprint, PRACTICE)
    bad = (
        replace(good, fingerprint="0"),
        replace(good, given=("nonsense",)),
        replace(good, given=(first,) * 9),
        replace(good, given=(first,) * len(item.parts)),
    )
    for half in (*bad, good):
        store.update(lambda p, h=half: p.halving(CALIBRATE, h))  # type: ignore[misc]
        taken = sitting.taking_up(Round((CALIBRATE,)))
        assert taken.given == ((first,) if half is good else ())


def test_answers_not_kept_are_kept_with_the_next_ones(library: Library, tmp_path: Path) -> None:
    """The disk is full for a while: nothing of the round is missing afterwards, nor there twice."""
    folder = tmp_path / "practice"
    folder.write_text("in the way", encoding="utf-8")
    sitting = Sitting(library, Store("Anna", folder))
    round_ = Round(("predict/lucero-v-clovis", "predict/jones-v-kansas"))
    for number in (0, 1):
        for part in round_.item(library).parts:
            round_ = round_.answering(part.options[0].id)
        round_, said = sitting.keep(round_)
        assert said.startswith("Not saved: ") is (number == 0)
        assert bool(sitting.lacking(round_)) is (number == 0)
        if number == 0:
            folder.unlink()
    progress = sitting.store.load().progress
    assert progress.answers == round_.done
    assert set(progress.cards) == set(round_.items)


def test_answers_removed_under_the_program_are_kept_again(library: Library, tmp_path: Path) -> None:
    """The folder vanishes: what the round holds is put back before anybody is asked."""
    sitting = Sitting(library, Store("Anna", tmp_path / "p"))
    round_ = Round(("predict/lucero-v-clovis", "predict/jones-v-kansas"))
    for part in round_.item(library).parts:
        round_ = round_.answering(part.options[0].id)
    round_, _ = sitting.keep(round_)
    round_ = round_.answering("stay")
    sitting.keep(round_)
    for path in (sitting.store.path, *tmp_path.rglob("*.lock")):
        path.unlink()
    sitting.store.path.parent.rmdir()
    assert sitting.lacking(round_) == ""
    progress = sitting.store.load().progress
    assert progress.answers == round_.done
    assert {item: half.given for item, half in progress.halves.items()} == {
        "predict/jones-v-kansas": ("stay",)
    }


def test_results_outlast_lost_progress(library: Library, tmp_path: Path) -> None:
    """Progress that is gone comes back from the results of a set, once that is gone on with."""
    path = tmp_path / "set.toml"
    path.write_text(made_set(library, Wanted(drills=("predict",), number=2)), encoding="utf-8")
    practice_set = read_set(path, library)
    results = ResultsFile(tmp_path / "r.toml", practice_set, "Anna", library)
    sitting = Sitting(library, Store("Anna", tmp_path / "p"), results=results)
    for _ in range(2):
        round_ = Round(practice_set.items, SET, done=results.begun())
        for part in round_.item(library).parts:
            round_ = round_.answering(part.options[0].id)
        sitting.store.path.unlink(missing_ok=True)
        sitting.keep(round_)
    assert len(sitting.store.load().progress.answers) == len(results.begun()) == 2


HALF = {"given": ["a"], "fingerprint": "0", "mode": "practice", "read_first": False}
BAD_HALVES: list[dict[str, object]] = [
    {"given": []},
    {"given": "a"},
    {"given": [1]},
    {"mode": "x"},
    {"mode": []},
    {"read_first": 1},
    {"fingerprint": None},
    {"more": 1},
]


@pytest.mark.parametrize(
    "halves",
    [[], {CALIBRATE: 1}, {CALIBRATE: {}}, *({CALIBRATE: {**HALF, **bad}} for bad in BAD_HALVES)],
)
def test_a_damaged_half_is_set_aside(halves: object, tmp_path: Path) -> None:
    """As every damaged file is: it stays there under another name, and that is said."""
    store = Store("Anna", tmp_path)
    table = {"schema": "qiwizard/practice/1", "clerk": "Anna", "answers": [], "cards": {}}
    store.path.write_text(json.dumps({**table, "halves": halves}), encoding="utf-8")
    assert "set aside" in store.load().said


def test_progress_without_halves_is_whole(tmp_path: Path) -> None:
    """As it was written before drills were kept by the answer."""
    store = Store("Anna", tmp_path)
    table = {"schema": "qiwizard/practice/1", "clerk": "Anna", "answers": [], "cards": {}}
    store.path.write_text(json.dumps(table), encoding="utf-8")
    assert store.load().said == ""


@pytest.mark.parametrize("content", [b"\xff\xfe", b" " * 4_000_001], ids=["no text", "too long"])
def test_what_is_wrong_with_a_file_is_said_without_its_folder(
    content: bytes, tmp_path: Path
) -> None:
    """A folder with a colon in its name changes nothing."""
    folder = tmp_path / "cannot be read: a"
    folder.mkdir()
    store = Store("Anna", folder)
    store.path.write_bytes(content)
    said = store.load().said
    assert said.count(str(folder)) == 1
    assert "set aside" in said


def test_a_file_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    """It may be whole: it is not set aside, and the reason is said."""
    store = Store("Anna", tmp_path)
    store.path.mkdir()
    with pytest.raises(UserError, match="cannot be read"):
        store.load()
    assert store.path.is_dir()
