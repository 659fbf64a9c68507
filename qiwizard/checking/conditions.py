"""What must hold in a precedents file beyond its shape: references, dates, citations, law."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qiwizard.checking.parts import DayKnown, Part, Row
from qiwizard.checking.shape import choices, clipped, shown
from qiwizard.law.courts import SUPREME_COURT, Courts
from qiwizard.law.doctrine import Question
from qiwizard.law.facts import Vocabulary
from qiwizard.law.precedent import Kind

_RULES = (Kind.RULE, Kind.LOCAL_RULE)
_REPORTED = ("volume", "reporter", "page")
_SITS = {
    Kind.OPINION: "the Supreme Court (U.S.) or one court of appeals",
    Kind.UNPUBLISHED: "one court of appeals",
    Kind.ORDER: "one district",
    Kind.LOCAL_RULE: "one or more districts of one circuit",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """What a precedents file may speak of."""

    vocabulary: Vocabulary
    questions: Mapping[str, Question]
    courts: Courts
    days: Mapping[str, DayKnown]
    """The precedents that may be named, those of the file included, with their days."""

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Every outcome that some answer leads to."""
        found: dict[str, None] = {}
        for question in self.questions.values():
            for answer in question.answers.values():
                effect = answer.outcome or ()
                named = (effect,) if isinstance(effect, str) else tuple(effect)
                found.update(dict.fromkeys(named))
        return tuple(found)

    @property
    def court_names(self) -> tuple[str, ...]:
        """The Supreme Court, the courts of appeals and the districts."""
        appeals = (circuit.abbreviation for circuit in self.courts.circuits.values())
        return (SUPREME_COURT, *appeals, *self.courts.districts)


def row_problems(row: Row, reference: Reference) -> Iterator[str]:
    """The mistakes in one precedent, beyond its shape."""
    yield from _court_problems(row.part, reference)
    yield from _source_problems(row)
    yield from _decision_problems(row.part, reference)
    yield from _reliance_problems(row.part, reference)
    for holding in row.holdings:
        yield from _holding_problems(holding, row.part, reference)
    yield from twice(row.holdings, "key", "holding")


def _court_problems(part: Part, reference: Reference) -> Iterator[str]:
    kind = Kind(part.get("kind")) if part.get("kind") else None
    if kind is Kind.RULE:
        if part.given("court"):
            yield part.says("court", "a federal rule has no court of its own; leave it out")
    elif not part.given("court"):
        if kind is not None:
            yield part.says("court", f"is missing; permitted for {kind}: {_SITS[kind]}")
    else:
        yield from _seat_problems(part, kind, reference)


def _seat_problems(part: Part, kind: Kind | None, reference: Reference) -> Iterator[str]:
    given = part.get("court", [])
    names = [given] if isinstance(given, str) else given
    unknown = [name for name in names if not reference.courts.knows(name)]
    for name in unknown:
        listed = choices(reference.court_names, name)
        yield part.says("court", f"{shown(name)} is no court; {listed}")
    if kind is not None and names and not unknown and not _sits(kind, names, reference.courts):
        listed = clipped(", ".join(names))
        yield part.says("court", f"{listed} is not permitted for {kind}; permitted: {_SITS[kind]}")


def _sits(kind: Kind, names: Sequence[str], courts: Courts) -> bool:
    """Whether authority of that kind can come from these courts."""
    districts = all(name in courts.districts for name in names)
    if kind is Kind.LOCAL_RULE:
        return districts and len({courts.circuit_of(name) for name in names}) == 1
    if len(names) != 1:
        return False
    if kind is Kind.ORDER:
        return districts
    return not districts and (kind is Kind.OPINION or names[0] != SUPREME_COURT)


def _source_problems(row: Row) -> Iterator[str]:
    source, kind = row.source, row.part.get("kind")
    if source is None:
        return
    if kind in _RULES:
        if not source.given("rule"):
            yield source.says("rule", f"is missing; a {kind} is cited by its name")
        return
    if source.given("rule") and kind is not None:
        yield source.says("rule", f"is not permitted for {kind}; permitted for rule, local_rule")
    reported = [key for key in _REPORTED if source.given(key)]
    if not reported and not source.given("docket") and not source.given("database"):
        yield row.part.says(
            "source", "has no part; permitted: volume with reporter and page, docket, database"
        )
    for key in _REPORTED:
        if reported and key not in reported:
            yield source.says(key, f"is missing beside {' and '.join(reported)}")


def _decision_problems(part: Part, reference: Reference) -> Iterator[str]:
    """The facts on which an order was decided, and its outcome."""
    if part.get("landmark"):
        for key in ("facts", "outcome"):
            if part.raw.get(key) in (None, "", {}):
                yield part.says(key, "is missing; a landmark is replayed on it")
    outcome = part.get("outcome", "")
    if outcome and outcome not in reference.outcomes:
        listed = choices(reference.outcomes, outcome)
        yield part.says("outcome", f"{shown(outcome)} is not permitted; {listed}")
    facts = part.get("facts", {})
    for name, value in facts.items():
        yield from _value_problems(part, f"facts, {clipped(name)}", name, [value], reference)
    yield from _forum_problems(part, facts, reference.courts)


def _forum_problems(part: Part, facts: Mapping[str, Any], courts: Courts) -> Iterator[str]:
    court, circuit = facts.get("court"), facts.get("circuit")
    if not isinstance(court, str) or court not in courts.districts:
        return
    own = courts.districts[court].circuit
    if isinstance(circuit, str) and circuit in courts.circuits and circuit != own:
        told = f"{shown(circuit)} is not the circuit of {court}; permitted: {own}"
        yield part.says("facts, circuit", told)
    sits = part.get("court")
    elsewhere = isinstance(sits, str) and sits in courts.districts and sits != court
    if part.get("kind") == Kind.ORDER and elsewhere:
        told = f"{shown(court)} is not the court of the order; permitted: {sits}"
        yield part.says("facts, court", told)


def _reliance_problems(part: Part, reference: Reference) -> Iterator[str]:
    for name in part.get("relies_on", []):
        yield from naming_problems(part, "relies_on", name, part.raw.get("id"), reference)


def naming_problems(
    part: Part, field: str, name: str, own: object, reference: Reference
) -> Iterator[str]:
    """The mistakes in naming another precedent."""
    if name == own:
        yield part.says(field, "names the precedent itself; permitted: another one")
    elif name not in reference.days:
        others = [known for known in reference.days if known != own]
        yield part.says(field, f"no such precedent {shown(name)}; {choices(others, name)}")


def _holding_problems(holding: Part, part: Part, reference: Reference) -> Iterator[str]:
    yield from _answer_problems(holding, reference.questions)
    yield from condition_problems(holding, reference)
    yield from _quotation_problems(holding)
    since, decided = holding.get("since"), part.get("decided")
    if since and decided and since > decided and part.get("kind") not in _RULES:
        yield holding.says(
            "since", f"{since} is after the decision; permitted: {decided} or earlier"
        )


def _answer_problems(holding: Part, questions: Mapping[str, Question]) -> Iterator[str]:
    name, answer = holding.get("question"), holding.get("answer")
    if name is None:
        return
    if name not in questions:
        yield holding.says(
            "question", f"no such question {shown(name)}; {choices(questions, name)}"
        )
    elif answer is not None and answer not in questions[name].answers:
        listed = choices(questions[name].answers, answer)
        yield holding.says("answer", f"{shown(answer)} does not answer {name}; {listed}")


def _quotation_problems(holding: Part) -> Iterator[str]:
    if not holding.given("quote") and not holding.raw.get("supports_only"):
        yield holding.says(
            "quote",
            "is missing; permitted: the words of the source, "
            "or supports_only = true for a holding that is never to decide",
        )


def condition_problems(part: Part, reference: Reference) -> Iterator[str]:
    """The mistakes in `when` and `unless` tables: unknown facts, values they cannot have."""
    tables = [("when", part.get("when", {})), *(("unless", t) for t in part.get("unless", []))]
    for key, table in tables:
        if key == "unless" and not table:
            yield part.says(key, "an empty table is always met; permitted: at least one fact")
        for name, value in table.items():
            yield from _demand_problems(part, f"{key}, {clipped(name)}", name, value, reference)


def _demand_problems(
    part: Part, field: str, name: str, value: object, reference: Reference
) -> Iterator[str]:
    vocabulary = reference.vocabulary
    if name in vocabulary.forum:
        yield part.says(
            field, "the forum is no condition; the court of the precedent gives it its weight"
        )
    elif value == [] and name in vocabulary.by_name:
        listed = choices(vocabulary.by_name[name].values, None)
        yield part.says(field, f"an empty list is never met; {listed}")
    else:
        values = value if isinstance(value, list) else [value]
        yield from _value_problems(part, field, name, values, reference)


def _value_problems(
    part: Part, field: str, name: str, values: Sequence[object], reference: Reference
) -> Iterator[str]:
    fact = reference.vocabulary.by_name.get(name)
    if fact is None:
        names = reference.vocabulary.by_name
        yield part.says(field, f"no such fact; {choices(names, name)}")
        return
    for value in values:
        if not fact.permits(value):
            listed = choices(fact.values, value)
            yield part.says(field, f"{shown(value)} is not a value of this fact; {listed}")


def twice(parts: Sequence[Part], key: str, what: str) -> Iterator[str]:
    """Tables that share what has to be their own, each name once."""
    named = [part for part in parts if isinstance(part.raw.get(key), str)]
    count = Counter(part.raw[key] for part in named)
    first = {part.raw[key]: part for part in reversed(named)}
    for name, part in first.items():
        if count[name] > 1:
            yield part.says(key, f"{count[name]} of them share it; permitted: one {what} a {key}")
