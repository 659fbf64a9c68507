"""How the answers that several questions can still come to can come together.

Every combination is composed at once, question by question, over the states in which the
composition can stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from qiwizard.law.doctrine import Question
from qiwizard.reasoning.composition import arises
from qiwizard.reasoning.nodes import NO_ANSWER, Answers, Hearing, Moves, Notice, notice

Answered = tuple[str, str]
"""A question and an answer to it."""


@dataclass(frozen=True, slots=True, eq=False)
class Courses:
    """The ways in which what each question can come to can come together."""

    carried: bool
    """Whether authority of the forum is sure to carry an outcome by itself.

    Then it alone counts towards the outcome, of the ruling and of what follows a rival answer.
    """
    of_forum: tuple[Stage, ...]
    """What the forum answers, without its defaults."""
    ruling: tuple[Stage, ...]
    """What can count in the ruling."""
    heard: tuple[Stage, ...]
    """What can count in the ruling or in an alternative to it."""
    notices: tuple[tuple[str, Notice | None], ...]
    """What can be noticed of each question that can still arise; None if all of it can."""


@lru_cache(maxsize=65536)
def courses_of(questions: tuple[Question, ...], hearings: tuple[Hearing, ...]) -> Courses:
    """The courses that the composition can take, given what each question can come to."""
    # Lists and not generators: a proof composes half a million of these.
    each = list(zip(questions, hearings, strict=True))
    of_forum = _course(questions, tuple([NO_ANSWER if q.default else h.own for q, h in each]))
    carried = all(state.outcome is not None for state in of_forum[-1].after)
    if carried:
        ruling = _course(questions, tuple([h.own for h in hearings]))
        # What courts elsewhere answer does not count, and is heard where the ruling raises it.
        found = zip(hearings, ruling, strict=True)
        heard = _course(questions, tuple([h.heard if s.arises else h.own_heard for h, s in found]))
    else:
        ruling = _course(questions, tuple([h.answers for h in hearings]))
        heard = _course(questions, tuple([h.heard for h in hearings]))
    return Courses(carried, of_forum, ruling, heard, _notices(ruling, heard, carried=carried))


@lru_cache(maxsize=65536)
def _notices(
    ruling: tuple[Stage, ...], heard: tuple[Stage, ...], *, carried: bool
) -> tuple[tuple[str, Notice | None], ...]:
    return tuple(
        (alternative.question.id, _notice(ruled, alternative, carried=carried))
        for ruled, alternative in zip(ruling, heard, strict=True)
        if alternative.arises
    )


def _notice(ruled: Stage, heard: Stage, *, carried: bool) -> Notice | None:
    if ruled.arises and not carried:
        return None
    added = ruled.moves if carried else None
    return notice(in_ruling=ruled.arises, moves=heard.moves, added=added)


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """One question in the composition: the states before and after it."""

    question: Question
    before: frozenset[Standing]
    arises: bool
    """Whether it arises in some of them."""
    after: frozenset[Standing]
    moves: Moves
    """The answers that change where it leads, each with the first that leads to the same."""


@lru_cache(maxsize=65536)
def _course(questions: tuple[Question, ...], answers: tuple[Answers, ...]) -> tuple[Stage, ...]:
    """Compose every combination of the answers given, question by question."""
    states = frozenset({Standing(None, settled=False, taken=frozenset())})
    stages = []
    for turn, possible in zip(_turns(questions), answers, strict=True):
        stages.append(_stage(turn, states, possible))
        states = stages[-1].after
    return tuple(stages)


@dataclass(frozen=True, slots=True, eq=False)
class _Turn:
    """A question in its place among the others."""

    question: Question
    kept: Mapping[Answered, Answered]
    """The answers so far on which a later question depends, each as one that counts alike there."""


@lru_cache(maxsize=65536)
def _stage(turn: _Turn, states: frozenset[Standing], possible: Answers) -> Stage:
    question = turn.question
    raising = [s for s in states if _raises(question, s)]
    reached = {_idle(turn, state) for state in states.difference(raising)}
    for answer in possible:
        reached.update(_after(turn, answer, state) for state in raising)
    return Stage(question, states, bool(raising), frozenset(reached), _moves(turn, raising))


def _raises(question: Question, state: Standing) -> bool:
    return arises(question, dict(state.taken), state.outcome, settled=state.settled)


def _moves(turn: _Turn, raising: Iterable[Standing]) -> Moves:
    """The answers that lead elsewhere than none, each with the first that leads to the same."""
    states = tuple(raising)
    first: dict[tuple[Standing, ...], str] = {}
    nowhere = tuple(_idle(turn, state) for state in states)
    moves = set()
    for answer in turn.question.answers:
        there = tuple(_after(turn, answer, state) for state in states)
        if there != nowhere:
            moves.add((answer, first.setdefault(there, answer)))
    return frozenset(moves)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a composition stands after some questions."""

    outcome: str | None
    settled: bool
    taken: frozenset[Answered]
    """The answers taken on which some later question depends."""


def _idle(turn: _Turn, state: Standing) -> Standing:
    """Where a state stands after a question that is left without an answer."""
    return _standing(turn, state.outcome, settled=state.settled, taken=state.taken)


def _after(turn: _Turn, answer_id: str | None, state: Standing) -> Standing:
    if answer_id is None:
        return _idle(turn, state)
    answer = turn.question.answers[answer_id]
    return _standing(
        turn,
        answer.becomes(state.outcome),
        settled=state.settled or answer.settles,
        taken=state.taken | {(turn.question.id, answer_id)},
    )


def _standing(
    turn: _Turn, outcome: str | None, *, settled: bool, taken: frozenset[Answered]
) -> Standing:
    kept = frozenset(turn.kept[pair] for pair in taken if pair in turn.kept)
    return Standing(outcome, settled=settled, taken=kept)


@lru_cache(maxsize=8)
def _turns(questions: tuple[Question, ...]) -> tuple[_Turn, ...]:
    return tuple(
        _Turn(question, _kept(questions[: n + 1], questions[n + 1 :]))
        for n, question in enumerate(questions)
    )


def _kept(
    earlier: tuple[Question, ...], later: tuple[Question, ...]
) -> Mapping[Answered, Answered]:
    """Which answers to earlier questions later ones depend on; the first stands for its equals."""
    kept: dict[Answered, Answered] = {}
    first: dict[object, Answered] = {}
    for question in earlier:
        for answer in question.answers:
            uses = tuple(
                (asked.id, needed)
                for asked in later
                for needed, guard in ((True, asked.after), (False, asked.unless))
                if answer in guard.get(question.id, ())
            )
            if uses:
                given = (question.id, answer)
                kept[given] = first.setdefault((question.id, uses), given)
    return kept
