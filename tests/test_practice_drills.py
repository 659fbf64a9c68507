"""Every drill that the shipped library gives: fair, grounded, and silent about its answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from qiwizard.law.library import FORUM, Library
from qiwizard.practice import code, find, flip, predict, walk
from qiwizard.practice.argue import defensible
from qiwizard.practice.cases import Subject, passages, subjects
from qiwizard.practice.drills import DRILLS, catalogue, every_item, make, serves
from qiwizard.practice.items import UNSTATED, Item, Part, Point, case_of
from qiwizard.practice.marking import mark
from qiwizard.reasoning.canons import Strength
from qiwizard.reasoning.changes import changes
from qiwizard.reasoning.replay import cases, replay
from qiwizard.resources import read_shipped


@pytest.fixture(scope="module")
def items(library: Library) -> tuple[Item, ...]:
    """All drills, made."""
    return tuple(every_item(library))


def parts(items: tuple[Item, ...]) -> Iterator[tuple[Item, Part]]:
    """Every question of every drill."""
    return ((item, part) for item in items for part in item.parts)


def of(items: tuple[Item, ...], drill: str) -> list[Item]:
    """The drills of one kind."""
    return [item for item in items if item.drill == drill]


def can_be_missed(library: Library, subject: Subject) -> bool:
    """Whether some outcome is neither the court's nor to be defended."""
    return {subject.case.outcome, *defensible(subject.ruling)} < set(library.outcomes)


def test_every_kind_is_plentiful_and_every_circuit_and_doctrine_is_trained(
    items: tuple[Item, ...], library: Library
) -> None:
    """Numbers a clerk can practise on: none below, whatever becomes of the library."""
    kinds = Counter(item.drill for item in items)
    assert kinds[code.DRILL] == len(cases(library))
    to_predict = [s for s in subjects(library).values() if can_be_missed(library, s)]
    assert kinds[predict.DRILL] == len(to_predict) > 70
    assert kinds[find.DRILL] >= 200
    assert kinds[flip.DRILL] >= 60
    assert kinds[walk.DRILL] == len(library.landmarks)
    assert {item.circuit for item in items} == set(library.courts.circuits)
    assert {part.doctrine for _, part in parts(items)} == {d.id for d in library.doctrines}
    for drill in DRILLS.values():
        if drill.mixed:
            assert {item.level for item in of(items, drill.id)} == set(Strength)


def test_an_id_makes_the_same_drill_again(items: tuple[Item, ...], library: Library) -> None:
    """Fingerprints depend on the id and the library, and tell drills apart."""
    assert len({item.id for item in items}) == len(items)
    assert len({item.fingerprint for item in items}) == len(items)
    for item in items[:: len(items) // 12]:
        drill, _, key = item.id.partition("/")
        assert DRILLS[drill].make(library, key).fingerprint == item.fingerprint


def test_the_catalogue_knows_circuit_and_level_beforehand(
    items: tuple[Item, ...], library: Library
) -> None:
    """What is told of a drill before it is made is what it turns out to be."""
    for item in items:
        seed = catalogue(library)[item.id]
        assert (seed.drill, seed.circuit, seed.level) == (item.drill, item.circuit, item.level)


def test_options_are_few_and_tell_apart(items: tuple[Item, ...]) -> None:
    """Every question offers at least two answers, no two alike, and accepts some of them."""
    for item, part in parts(items):
        ids = [option.id for option in part.options]
        labels = [option.label.casefold() for option in part.options]
        assert len(ids) >= 2, item.id
        assert len(set(ids)) == len(ids) == len(set(labels)), item.id
        assert part.accepted, item.id
        assert part.accepted < set(ids), item.id


def test_no_drill_gives_its_answer_away(items: tuple[Item, ...], library: Library) -> None:
    """Neither outcome, nor name of the case, nor the words of the right answer are in the text."""
    ruled = re.compile(r"\b(stay\w*|grant\w*|deni\w*|deny|protected|limited discovery)\b", re.I)
    for item in items:
        subject = subjects(library)[case_of(item.id)]
        shown = item.text if not item.stepwise else " ".join(p.setting for p in item.parts)
        assert not ruled.search(item.text), item.id
        for name in (subject.source.text, subject.source.text.partition(",")[0]):
            assert name not in shown, item.id
        for part in item.parts:
            posed = f"{shown} {part.asks} {part.note}".casefold()
            for option in part.options:
                if option.id in part.accepted and len(option.label) > len("Not stated"):
                    assert option.label.casefold() not in posed, (item.id, part.id)


def test_several_right_answers_are_announced(items: tuple[Item, ...]) -> None:
    """A question that accepts more than one says so, and shows the line of each."""
    several = [(item, part) for item, part in parts(items) if len(part.accepted) > 1]
    assert several
    for item, part in several:
        assert re.search(r"\b(accepted|count as right|either line)\b", part.note), item.id
        cited = [c.text for p in part.argument for c in p.cites]
        assert len(set(cited)) > 1, item.id


def test_every_explanation_cites(items: tuple[Item, ...], library: Library) -> None:
    """Each step of each argument, for right and for wrong answers, names what can be opened."""
    known = {*library.precedents, *(order.id for order in library.orders)}
    for item, part in parts(items):
        assert part.argument, item.id
        for option in part.options:
            marked = mark(part, option.id)
            assert marked.right == (option.id in part.accepted)
            points: tuple[Point, ...] = (*option.why, *marked.why, *marked.argument)
            assert option.why, item.id
            assert all(point.text and point.cites for point in points), (item.id, part.id)
            assert {c.id for point in points for c in point.cites} <= known, item.id


def test_every_value_can_be_told(library: Library) -> None:
    """Words for every fact, each of which tells one value of it only."""
    for fact in library.vocabulary.facts:
        if fact.name not in FORUM:
            assert all(passages({fact.name: value}) for value in fact.values), fact.name
            told = [passages({fact.name: value})[0].text for value in fact.values]
            assert len(set(told)) == len(told)


def test_the_words_for_drills_name_known_facts_and_values(library: Library) -> None:
    """Nothing in the data is there in vain for want of a letter."""
    table = read_shipped("practice.toml")
    by_name = library.vocabulary.by_name
    for row in table["told"]:
        assert all(by_name[name].permits(value) for name, value in row["when"].items())
    for row in table["together"]:
        for name, values in row["never"].items():
            assert all(value == "*" or by_name[name].permits(value) for value in values)
    for row in table["silent"]:
        assert {row["fact"], *row.get("unless", ())} <= by_name.keys()


def test_the_text_of_an_order_tells_every_fact_of_it_once(library: Library) -> None:
    """No coded fact is left out, and none is told twice."""
    for subject in subjects(library).values():
        told = [name for passage in passages(subject.case.facts) for name in passage.facts]
        assert sorted(told) == sorted(n for n in subject.case.facts if n not in FORUM)


def test_coding_asks_also_what_the_order_leaves_open(
    items: tuple[Item, ...], library: Library
) -> None:
    """What is right is what is coded; each order has a question to which it gives no answer."""
    for item in of(items, code.DRILL):
        facts = subjects(library)[case_of(item.id)].case.facts
        for part in item.parts:
            value = facts.get(part.id)
            right = UNSTATED if value is None else code.option_id(value)
            assert part.accepted == {right}
        assert any(part.id not in facts for part in item.parts), item.id
        assert len(item.parts) >= 4, item.id


def test_predictions_are_marked_by_court_and_engine(
    items: tuple[Item, ...], library: Library
) -> None:
    """Both count, and where the law is contested so does every line that can be defended."""
    by_id = {case.id: case for case in cases(library)}
    parted = 0
    for item in of(items, predict.DRILL):
        comparison = replay(library, by_id[case_of(item.id)])
        outcome, strength = item.parts
        wanted = {comparison.case.outcome, *defensible(comparison.ruling)}
        assert outcome.accepted == wanted
        assert strength.accepted == {comparison.ruling.strength.word}
        if not comparison.exact:
            parted += 1
            said = [p.text for o in outcome.options for p in o.why if o.id in wanted]
            assert any("part on one question" in s or "carries the court's way" in s for s in said)
    assert parted


def test_an_authority_that_does_not_apply_is_told_why(items: tuple[Item, ...]) -> None:
    """Another circuit, later history, a date, a condition: each is met with somewhere."""
    said = Counter[str]()
    reasons = ("outside this circuit", "lost its force", "condition is not met", "not yet decided")
    for item in of(items, find.DRILL):
        controls = item.parts[0]
        for option in controls.options:
            if option.id not in controls.accepted:
                text = option.why[0].text
                said.update(reason for reason in reasons if reason in text)
    assert set(said) == set(reasons)


def test_just_one_of_the_authorities_controls(items: tuple[Item, ...], library: Library) -> None:
    """Of those side by side one leads, or one on each line where the lines are of equal weight."""
    for item in of(items, find.DRILL):
        controls, contrary = item.parts
        assert len(controls.accepted) == (2 if len(contrary.accepted) == 2 else 1), item.id
        assert [o.id for o in contrary.options[:-1]] == [o.id for o in controls.options]
        asked = item.id.rpartition("/")[2]
        assert {library.holding[o.id].question for o in controls.options} == {asked}


def test_where_the_right_answer_stands_does_not_tell(items: tuple[Item, ...]) -> None:
    """Neither its place in the list nor its length gives a single choice away."""
    for drill in (find.DRILL, flip.DRILL):
        single = [i.parts[0] for i in of(items, drill) if len(i.parts[0].accepted) == 1]
        places = Counter(n for p in single for n, o in enumerate(p.options) if o.id in p.accepted)
        longest = sum(max(p.options, key=lambda o: len(o.label)).id in p.accepted for p in single)
        assert max(places.values()) < 0.5 * len(single)
        assert longest < 0.5 * len(single)


def test_the_engine_turns_on_the_one_change(items: tuple[Item, ...], library: Library) -> None:
    """The accepted change is among those that turn the outcome; no other on offer is."""
    for item in of(items, flip.DRILL):
        subject = subjects(library)[case_of(item.id)]
        found = changes(library, subject.posture, subject.case.decided, 400, subject.case.without)
        turning = {
            f"{c.turns[0].fact}={code.option_id(c.turns[0].after)}"
            for c in found
            if len(c.turns) == 1
        }
        part = item.parts[0]
        assert {o.id for o in part.options} & turning == part.accepted
        assert len(part.accepted) == 1


def test_no_change_on_offer_makes_nonsense(items: tuple[Item, ...], library: Library) -> None:
    """Such as a motion on immunity that nobody raised, or an appeal where none was taken."""
    for item in of(items, flip.DRILL):
        facts = subjects(library)[case_of(item.id)].case.facts
        offered = {o.id for o in item.parts[0].options}
        if facts.get("motion") not in (None, "none"):
            assert "qi_asserted=false" not in offered, item.id
        if facts.get("motion") != "appeal":
            assert not offered & {"appeal_on_law=true", "appeal_on_law=false"}, item.id
        if "appeal_on_law" in facts:
            assert not any(change.startswith("motion=") for change in offered), item.id


def test_a_walk_goes_through_the_doctrines_in_the_courts_words(
    items: tuple[Item, ...], library: Library
) -> None:
    """The steps are in the order of the interview, with quotations; the outcome comes last."""
    order = [d.id for d in library.doctrines]
    for item in of(items, walk.DRILL):
        places = [order.index(part.doctrine) for part in item.parts]
        assert places == sorted(places)
        assert len(item.parts) >= 3, item.id
        for part in item.parts[:-1]:
            assert part.words
            assert all(cite.id == case_of(item.id) and cite.quote for cite in part.words)


def test_unknown_ids_make_nothing(library: Library) -> None:
    """An id of another library, a hostile one, or none."""
    for id_ in ("", "code", "code/", "nothing/x", "find/x/y", "walk/ginorio-v-contreras-2006"):
        assert not serves(library, id_)
    with pytest.raises(KeyError):
        make(library, "predict/nobody")
