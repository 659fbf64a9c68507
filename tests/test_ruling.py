"""What every ruling keeps, on any posture in any forum on any day, and what its diagrams say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from postures import (
    COURTS,
    DAYS,
    PLAIN_FACTS,
    SHIPPED,
    TODAY,
    VOCABULARY,
    a_district,
    days,
    library_of,
    noticeable,
    plain_facts,
    postures,
    values_of,
)

from qiwizard.law.doctrine import Question
from qiwizard.law.facts import Value
from qiwizard.law.forum import Law, Placed, law_of_forum
from qiwizard.law.posture import Posture
from qiwizard.law.precedent import Kind
from qiwizard.reasoning.canons import Strength, Weighing
from qiwizard.reasoning.composition import answering, compose
from qiwizard.reasoning.interview import idle_facts
from qiwizard.reasoning.nodes import Branch, Leaf, Node
from qiwizard.reasoning.prospect import prospects_of
from qiwizard.reasoning.ruling import Ruling, rule, rule_under, weigh_all

OUTCOMES = {"stay", "partial_stay", "limited_discovery", "no_stay"}


def answers(ruling: Ruling) -> list[tuple[str, str]]:
    """What a ruling finds, question by question."""
    return [(finding.question.id, finding.answer) for finding in ruling.findings]


def cited(ruling: Ruling) -> set[Placed]:
    """Every holding a ruling names: for it, against it, or for an alternative."""
    found = {p for f in ruling.findings for p in (*f.authority_for, *f.authority_against)}
    return found | {p for alternative in ruling.alternatives for p in alternative.authority}


def states(posture: Posture, condition: Mapping[str, frozenset[Value]]) -> bool:
    """Whether a posture states each fact of a condition with one of its values."""
    return all(posture.get(name) in values for name, values in condition.items())


def in_force(placed: Placed, posture: Posture, day: date) -> bool:
    """Whether a holding is good law for a posture on a day, told from the data alone."""
    holding, precedent = placed.holding, placed.holding.precedent
    if holding.since > day or not states(posture, holding.when.facts):
        return False
    if precedent.kind is Kind.LOCAL_RULE and posture.get("court") not in precedent.courts:
        return False
    return not any(
        event.since <= day
        and event.treatment.ends_force
        and event.touches(holding.key)
        and (event.when is None or states(posture, event.when.facts))
        for event in precedent.history
    )


@given(posture=postures(), day=days())
def test_every_posture_gets_a_cited_ruling_with_one_of_four_outcomes(
    posture: Posture, day: date
) -> None:
    """There is an outcome, a sentence for it, and authority for every answer on the way."""
    ruling = rule(SHIPPED, posture, day)
    assert ruling.outcome in OUTCOMES
    assert ruling.headline.startswith(SHIPPED.outcomes[ruling.outcome].sentence)
    assert ruling.findings
    for finding in ruling.findings:
        assert finding.authority_for, finding.question.id
        assert finding.weighing.leading, finding.question.id
        assert all(p.holding.grounded for p in finding.weighing.leading)
        assert finding.answer in finding.question.answers


@given(posture=postures(), day=days())
def test_every_holding_cited_applies_to_the_posture_and_is_in_force(
    posture: Posture, day: date
) -> None:
    """What is cited speaks to facts that are known and is good law on the day."""
    ruling = rule(SHIPPED, posture, day)
    for placed in cited(ruling):
        assert in_force(placed, posture, day), placed.holding.id
    for finding in ruling.findings:
        assert set(finding.because) <= posture.known.keys()
        assert {p.holding.answer for p in finding.authority_for} == {finding.answer}
        assert finding.answer not in {p.holding.answer for p in finding.authority_against}


@given(posture=postures(), day=days())
def test_ruling_is_no_surer_than_a_finding_that_carries_it(posture: Posture, day: date) -> None:
    """The weakest deciding answer bounds it, save where all its equals come to one outcome."""
    ruling = rule(SHIPPED, posture, day)
    given_ = {finding.question.id: finding.answer for finding in ruling.findings}
    for finding in ruling.decisive:
        rank = finding.weighing.leading[0].rank
        equals = {p.holding.answer for p in finding.authority_against if p.rank is rank}
        there = [answering(given_, finding.question.id, answer) for answer in equals]
        divided = any(compose(SHIPPED.questions, a).outcome != ruling.outcome for a in there)
        if divided or not equals:
            assert ruling.strength <= finding.strength, finding.question.id
        assert ruling.strength <= max(finding.strength, Strength.LEANING), finding.question.id


def test_settled_answers_further_on_do_not_lift_a_leaning_one_that_decides() -> None:
    """A ruling that a leaning answer saves from another outcome is leaning itself.

    Here a habit of the district grants an unopposed request for discovery. Without it the
    outcome would be limited discovery, so that it decides, although the answers that are
    settled happen to end on the same outcome by themselves.
    """
    library = library_of(
        '{ id = "rule", kind = "rule", question = "baseline", answer = "open" }',
        '{ id = "habit", question = "opposition", answer = "compel_as_asked" }',
        '{ id = "appeals", court = "10th Cir.", holding = ['
        '{ key = "a", question = "available", answer = "yes" }, '
        '{ key = "b", question = "raised", answer = "yes" }, '
        '{ key = "c", question = "trigger", answer = "rejected" }] }',
        '{ id = "order", question = "facts", answer = "limited" }',
    )
    ruling = rule(library, Posture.of({"circuit": "tenth", "court": "D.N.M."}), TODAY)
    assert (ruling.outcome, answers(ruling)[-1]) == ("no_stay", ("opposition", "compel_as_asked"))
    assert [finding.question.id for finding in ruling.decisive] == ["opposition"]
    assert ruling.strength is Strength.LEANING


REACH_ELSEWHERE = library_of(
    '{ id = "rule", kind = "rule", holding = ['
    '{ key = "a", question = "baseline", answer = "open" }, '
    '{ key = "b", question = "available", answer = "yes" }, '
    '{ key = "c", question = "raised", answer = "yes" }] }',
    '{ id = "appeals", court = "10th Cir.", holding = ['
    '{ key = "a", question = "trigger", answer = "enough" }, '
    '{ key = "b", question = "measure", answer = "of_right" }] }',
    '{ id = "elsewhere", court = "D. Alaska", question = "reach", answer = "movants" }',
)
"""A law in which the Tenth Circuit brings a stay and only Alaska says whom it covers."""


def test_authority_elsewhere_does_not_turn_what_the_forum_carries() -> None:
    """It shows as an alternative with its source, and leaves the ruling leaning."""
    ruling = rule(REACH_ELSEWHERE, Posture.of({"circuit": "tenth"}), TODAY)
    assert (ruling.outcome, ruling.strength) == ("stay", Strength.LEANING)
    assert ruling.finding("reach") is None
    (other,) = ruling.alternatives
    assert (other.outcome, other.question) == ("partial_stay", "reach")
    assert [placed.holding.precedent.id for placed in other.authority] == ["elsewhere"]


def test_authority_elsewhere_decides_contested_where_the_forum_is_silent() -> None:
    """With nothing but the general rules of its own a forum hears the others."""
    ruling = rule(REACH_ELSEWHERE, Posture.of({"circuit": "third"}), TODAY)
    assert (ruling.outcome, ruling.strength) == ("partial_stay", Strength.CONTESTED)
    assert {alternative.outcome for alternative in ruling.alternatives} >= {"stay", "no_stay"}


@settings(max_examples=60)
@given(posture=postures(), day=days())
def test_idle_fact_can_be_taken_out(posture: Posture, day: date) -> None:
    """A fact said to have no effect leaves the same ruling behind when it is forgotten."""
    ruling = rule(SHIPPED, posture, day)
    for name in idle_facts(SHIPPED, posture, day):
        without = rule(SHIPPED, posture.forgetting(name), day)
        assert without.signature == ruling.signature, name
        assert noticeable(without) == noticeable(ruling), name


@given(posture=postures(), day=days(), name=st.sampled_from(PLAIN_FACTS))
def test_fact_not_known_rules_like_a_fact_not_asked(posture: Posture, day: date, name: str) -> None:
    """Asked and not known is not an answer: it moves nothing that silence would not."""
    asked = rule(SHIPPED, posture.leaving_open(name), day)
    silent = rule(SHIPPED, posture.forgetting(name), day)
    assert (asked.signature, answers(asked)) == (silent.signature, answers(silent))
    assert not any(name in p.holding.when.facts for p in cited(asked))


@pytest.mark.parametrize("circuit", [None, *COURTS.circuits])
def test_empty_posture_leaves_discovery_open_and_never_more_than_leaning(
    circuit: str | None,
) -> None:
    """Where nothing is known but the forum, the rule that discovery is open has to do."""
    forums: list[dict[str, Value]] = [{}]
    if circuit is not None:
        forums = [{"circuit": circuit}]
        forums += [{"circuit": circuit, "court": d.id} for d in COURTS.of(circuit)]
    for forum in forums:
        for day in DAYS:
            ruling = rule(SHIPPED, Posture.of(forum), day)
            assert ruling.outcome == "no_stay"
            assert ruling.strength <= Strength.LEANING


def test_ruling_follows_the_law_of_its_day() -> None:
    """The same posture comes out differently from the day on which a rule begins."""
    library = library_of(
        '{ id = "rule", kind = "rule", question = "baseline", answer = "open" }',
        '{ id = "late", court = "10th Cir.", decided = 2020-03-02, question = "opposition", '
        'answer = "as_asked" }',
    )
    posture = Posture.of({"circuit": "tenth"})
    assert rule(library, posture, date(2020, 3, 1)).outcome == "no_stay"
    assert rule(library, posture, date(2020, 3, 2)).outcome == "stay"
    assert rule(library, Posture.of({"circuit": "ninth"}), date(2020, 3, 2)).strength is (
        Strength.CONTESTED
    )


@given(posture=postures(), day=st.dates(SHIPPED.about.begins, TODAY))
def test_law_stands_still_between_the_days_on_which_something_happens(
    posture: Posture, day: date
) -> None:
    """A ruling is the one of the last day on which a holding began or was treated."""
    turning = {holding.since for holding in SHIPPED.holdings}
    turning |= {event.since for p in SHIPPED.precedents.values() for event in p.history}
    last = max(d for d in turning if d <= day)
    now, then = rule(SHIPPED, posture, day), rule(SHIPPED, posture, last)
    assert (now.signature, answers(now)) == (then.signature, answers(then))


Place = tuple[str | None, str | None, date]
"""A circuit, a district of it, and the day whose law is asked."""


def places() -> Iterator[Place]:
    """No circuit and each one, with and without one of its districts, on three days."""
    yield None, None, TODAY
    for circuit in COURTS.circuits:
        yield circuit, None, TODAY
        yield circuit, a_district(circuit), date(2022, 11, 29)
        yield circuit, None, date(2012, 11, 26)


everywhere = pytest.mark.parametrize("place", list(places()), ids=str)


def law_of(place: Place) -> Law:
    """The law of a place, the same object each time."""
    circuit, court, day = place
    return law_of_forum(SHIPPED, day, circuit, court)


def reached(node: Node, known: Mapping[str, Value]) -> Leaf:
    """The leaf at the end of the path that known facts take, what is not known left open."""
    while isinstance(node, Branch):
        node = node.to[known.get(node.fact)]
    return node


GUARDS = [guard for q in SHIPPED.questions for guard in (q.after, q.unless)]


def opens_or_turns(question: Question, answer: str) -> bool:
    """Whether an answer can change the outcome or whether another question arises."""
    given_ = question.answers[answer]
    watched = any(answer in guard.get(question.id, ()) for guard in GUARDS)
    return bool(given_.outcome or given_.settles or watched)


def agrees(leaf: Leaf, question: Question, weighing: Weighing | None) -> bool:
    """Whether a leaf says what weighing comes to, as far as a reader of the ruling could notice.

    An answer that moves nothing and adds no term may stand as none; how sure an answer is counts
    only on a question with some answer that moves something.
    """
    if weighing is None or leaf.answer is None:
        own = weighing and question.answers[weighing.answer]
        silent = not own or not (opens_or_turns(question, own.id) or own.terms or own.instead_of)
        return leaf.answer is None and silent
    wordy = not any(opens_or_turns(question, answer) for answer in question.answers)
    return leaf.answer == weighing.answer and (
        wordy or leaf.strength is weighing.strength_of_outcome
    )


@everywhere
@settings(max_examples=20)
@given(known=plain_facts())
def test_diagrams_agree_with_the_canons(place: Place, known: dict[str, Value]) -> None:
    """On any facts every diagram ends in the answer and strength that weighing gives."""
    law = law_of(place)
    prospects = prospects_of(law)
    weighings = weigh_all(law, VOCABULARY.bits(known))
    whole, left = prospects.given(Posture()), prospects.given(Posture.of(known))
    for question in law.library.questions:
        weighing = weighings.get(question.id)
        for diagrams in (whole.diagrams, left.diagrams):
            assert agrees(reached(diagrams[question.id], known), question, weighing), question.id


@everywhere
@settings(max_examples=20)
@given(
    known=plain_facts(),
    name=st.sampled_from(PLAIN_FACTS),
)
def test_postures_that_end_at_the_same_leaves_have_the_same_ruling(
    place: Place, known: dict[str, Value], name: str
) -> None:
    """What tells two rulings apart, alternatives included, tells two leaves apart."""
    law = law_of(place)
    diagrams = prospects_of(law).given(Posture()).diagrams.values()
    ruling = rule_under(law, VOCABULARY.bits(known))
    for value in values_of(name):
        other = {**known, name: value}
        if all(reached(node, known) is reached(node, other) for node in diagrams):
            same = rule_under(law, VOCABULARY.bits(other))
            assert same.signature == ruling.signature, value
            assert noticeable(same) == noticeable(ruling), value


@everywhere
@settings(max_examples=20)
@given(chance=st.randoms(use_true_random=False))
def test_every_path_of_a_diagram_ends_where_the_canons_do(place: Place, chance: Random) -> None:
    """Branch by branch, also to leaves that no random posture would find."""
    law = law_of(place)
    diagrams = prospects_of(law).given(Posture()).diagrams
    for question in law.library.questions:
        known: dict[str, Value] = {}
        node = diagrams[question.id]
        while isinstance(node, Branch):
            value = chance.choice(list(node.to))
            if value is not None:
                known[node.fact] = value
            node = node.to[value]
        weighing = weigh_all(law, VOCABULARY.bits(known)).get(question.id)
        assert agrees(node, question, weighing), (question.id, known)


@everywhere
@settings(max_examples=20)
@given(known=plain_facts())
def test_outcome_by_the_diagrams_is_the_outcome_of_the_ruling(
    place: Place, known: dict[str, Value]
) -> None:
    """The short way to an outcome and the ruling never differ."""
    law = law_of(place)
    assert prospects_of(law).outcome(known) == rule_under(law, VOCABULARY.bits(known)).outcome


def branches(node: Node) -> set[Branch]:
    """Every branch of a diagram."""
    found: set[Branch] = set()
    stack = [node]
    while stack:
        at = stack.pop()
        if isinstance(at, Branch) and at not in found:
            found.add(at)
            stack.extend(at.to.values())
    return found


@everywhere
def test_branches_follow_the_interview_and_always_part(place: Place) -> None:
    """In all of a diagram facts come later and later, and no branch leads one way only."""
    for diagram in prospects_of(law_of(place)).given(Posture()).diagrams.values():
        for branch in branches(diagram):
            ways = set(branch.to.values())
            assert len(ways) > 1
            assert branch.to.keys() == {*values_of(branch.fact), None}
            further = [way.fact for way in ways if isinstance(way, Branch)]
            assert VOCABULARY.in_order([branch.fact, *further])[0] == branch.fact
            assert branch.fact not in further
