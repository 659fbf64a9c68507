"""The library searched, narrowed, and asked who relies on whom."""

from __future__ import annotations

from datetime import date

import pytest
from postures import SHIPPED, TODAY

from qiwizard.law.citation import abbreviated, full_citation
from qiwizard.reasoning.catalogue import (
    EXAMPLE,
    Narrowing,
    Relation,
    find,
    relying_on,
    select,
    shelve,
)

ENTRIES = shelve(SHIPPED, TODAY)


def test_everything_is_listed_once() -> None:
    """Precedents first, then the decided orders, each by name."""
    ids = [entry.id for entry in ENTRIES]
    assert len(set(ids)) == len(ids) == len(SHIPPED.precedents) + len(SHIPPED.orders)
    examples = [entry.treatment == EXAMPLE for entry in ENTRIES]
    assert examples == sorted(examples)
    for group in (ENTRIES[: len(SHIPPED.precedents)], ENTRIES[len(SHIPPED.precedents) :]):
        titles = [entry.title.casefold() for entry in group]
        assert titles == sorted(titles)


def test_every_word_of_a_search_has_to_occur() -> None:
    """In captions, courts, doctrines and texts, in any order and case."""
    for precedent in SHIPPED.precedents.values():
        holding = SHIPPED.holdings_of(precedent)[:1]
        texts = [precedent.caption, *precedent.courts, *(h.says for h in holding)]
        texts += [SHIPPED.doctrine(SHIPPED.question[h.question].doctrine).title for h in holding]
        sought = " ".join(texts).upper()
        assert precedent.id in {e.id for e in select(ENTRIES, sought, Narrowing())}
    assert select(ENTRIES, "no such words anywhere", Narrowing()) == ()
    assert select(ENTRIES, "", Narrowing()) == ENTRIES


@pytest.mark.parametrize("circuit", SHIPPED.courts.circuits)
def test_narrowed_to_a_circuit(circuit: str) -> None:
    found = select(ENTRIES, "", Narrowing(circuit=circuit))
    known = {p.id: p.circuit for p in SHIPPED.precedents.values()}
    known |= {order.id: order.circuit for order in SHIPPED.orders}
    assert {e.id for e in found} == {id_ for id_, its in known.items() if its == circuit}


def test_narrowed_to_a_treatment_and_to_a_doctrine() -> None:
    limited = select(ENTRIES, "", Narrowing(treatment="limited"))
    assert limited
    for entry in limited:
        assert "limited" in {e.treatment.value for e in SHIPPED.precedents[entry.id].history}
    both = select(ENTRIES, "", Narrowing(circuit="fifth", doctrine="facts", treatment="limited"))
    assert {"backe-v-leblanc"} <= {entry.id for entry in both}
    assert {e.id for e in both} < {e.id for e in limited}


def test_an_earlier_day_knows_no_later_treatment() -> None:
    before = {e.id: e.treatment for e in shelve(SHIPPED, date(2022, 11, 29))}
    after = {e.id: e.treatment for e in ENTRIES}
    assert (before["backe-v-leblanc"], after["backe-v-leblanc"]) == ("good law", "limited")


def test_found_by_id() -> None:
    order = SHIPPED.orders[0]
    assert find(SHIPPED, order.id) is order
    assert find(SHIPPED, "backe-v-leblanc") is SHIPPED.precedents["backe-v-leblanc"]
    assert find(SHIPPED, "no-such-case") is None


def test_an_entry_is_cited_in_full() -> None:
    cited = {entry.id: entry.cited for entry in ENTRIES}
    for precedent in SHIPPED.precedents.values():
        assert cited[precedent.id] == full_citation(precedent)
    for order in SHIPPED.orders:
        assert cited[order.id].startswith(abbreviated(order.caption))


def discussing(id_: str) -> dict[str, str]:
    """What the library says discusses a precedent, and how, by id."""
    groups = relying_on(SHIPPED, SHIPPED.precedents[id_])
    return {each.id: each.how for group in groups.values() for each in group}


def test_reliance_is_read_off_the_data_from_both_sides() -> None:
    """Who relies on a precedent is found from it; nothing relies on itself."""
    for precedent in SHIPPED.precedents.values():
        assert precedent.id not in discussing(precedent.id)
        for id_ in precedent.relies_on:
            if id_ != precedent.id:
                assert precedent.id in discussing(id_)
    assert discussing("backe-v-leblanc")["carswell-v-camp"] == "limited it"


def test_relations_stand_apart() -> None:
    """Who cites a precedent, what it did to others, and who else discusses it."""
    for precedent in SHIPPED.precedents.values():
        groups = relying_on(SHIPPED, precedent)
        assert sum(map(len, groups.values())) == len(discussing(precedent.id))
        assert all(groups.values())
        for each in groups.get(Relation.RELIES, ()):
            assert precedent.id in SHIPPED.precedents[each.id].relies_on
        for each in groups.get(Relation.TREATED, ()):
            assert precedent.id in {event.by for event in SHIPPED.precedents[each.id].history}
