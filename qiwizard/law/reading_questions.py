"""`doctrines.toml` read: outcomes, doctrines, questions with their answers, weights."""

from __future__ import annotations

from collections.abc import Mapping

from qiwizard.errors import permitted
from qiwizard.law.courts import Courts
from qiwizard.law.facts import Vocabulary
from qiwizard.law.library import Frame
from qiwizard.law.questions import (
    Answer,
    Consideration,
    Counted,
    Doctrine,
    Outcome,
    Question,
    Toward,
    Weights,
)
from qiwizard.law.tables import Table, read_condition, shown, twice

SIDES = {"yes": True, "no": False}


def read_doctrines(table: Table, vocabulary: Vocabulary, courts: Courts) -> Frame:
    """Everything in the file but what local rules say of silence."""
    outcomes = {o.id: o for o in map(_read_outcome, table.each("outcome"))}
    weights = _read_weights(table.table("weights"))
    doctrines, rows = [], []
    for row in table.each("doctrine"):
        doctrine = Doctrine(row.text("id"), row.text("title"), row.text("intro"))
        doctrines.append(doctrine)
        rows += [(doctrine, question) for question in row.tables("question")]
    twice([row for _, row in rows], "id", "question")
    answers = {str(row.content.get("id")): _answer_ids(row) for _, row in rows}
    reader = _QuestionReader(vocabulary, outcomes, answers)
    questions = tuple(reader.read(row, doctrine.id) for doctrine, row in rows)
    return Frame(vocabulary, outcomes, tuple(doctrines), questions, weights, courts)


def _read_outcome(row: Table) -> Outcome:
    return Outcome(row.text("id"), row.text("label"), row.text("sentence"))


def _read_weights(table: Table) -> Weights:
    weights = Weights(
        fact_variance=table.share("fact_variance", 0.01, 10),
        circuit_variance=table.share("circuit_variance", 0.01, 10),
        district_variance=table.share("district_variance", 0.01, 10),
        practice_on_law=table.share("practice_on_law", 0, 1),
        floor=table.share("floor", 0, 0.2),
        requires=table.share("requires", 0.5, 1),
        permits=table.share("permits", 0.5, 0.99),
        default=table.share("default", 0.5, 0.99),
        fewest=table.number("fewest") or 1,
        answered=table.share("answered", 0.5, 0.99),
        local=table.share("local", 0.5, 0.99),
    )
    table.close()
    return weights


def _answer_ids(row: Table) -> list[str]:
    answers = row.content.get("answer")
    listed = answers if isinstance(answers, list) else []
    return [str(a.get("id")) for a in listed if isinstance(a, dict)]


class _QuestionReader:
    """Reads questions; what they name has to be there."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        outcomes: Mapping[str, Outcome],
        answers: Mapping[str, list[str]],
    ) -> None:
        self.vocabulary = vocabulary
        self.outcomes = outcomes
        self.answers = answers
        self.earlier: dict[str, list[str]] = {}
        """The questions read so far, with their answers."""

    def read(self, row: Table, doctrine: str) -> Question:
        """One question."""
        id_ = row.text("id")
        counted = self._counted(row) if row.has("counted") else None
        answers = [self._answer(answer, counted) for answer in row.each("answer")]
        if not answers:
            row.says("answer", "is missing")
        question = Question(
            id=id_,
            doctrine=doctrine,
            asks=row.text("asks"),
            answers={answer.id: answer for answer in answers},
            when=read_condition(row, "when", self.vocabulary),
            arises_after=self._guard(row, "arises_after"),
            not_after=self._guard(row, "not_after"),
            arises_under=frozenset(row.some_of("arises_under", self.outcomes)),
            terms_only=row.flag("terms_only"),
            counted=counted,
            default=row.one_of("default", self.answers.get(id_, [])) if counted else "",
            expected_in_each_circuit=row.flag("expected_in_each_circuit"),
        )
        row.close()
        self.earlier[id_] = list(question.answers)
        return question

    def _answer(self, row: Table, counted: Counted | None) -> Answer:
        return Answer(
            id=row.text("id"),
            conclusion=row.text("conclusion"),
            outcome=row.one_of("outcome", self.outcomes) if row.has("outcome") else None,
            side=SIDES.get(row.one_of("side", SIDES)) if counted else None,
            favors=self._favors(row),
            terms=row.some_of("terms"),
            terms_under=frozenset(row.some_of("terms_under", self.outcomes)),
            displaces=row.flag("displaces"),
        )

    def _favors(self, row: Table) -> dict[str, str]:
        """Answers to counted questions by question, whatever their place in the file."""
        return {
            question: answer
            for question, answer in row.mapping("favors").items()
            if self._known(row, "favors", question, answer, self.answers)
        }

    def _guard(self, row: Table, key: str) -> dict[str, frozenset[str]]:
        """Answers to earlier questions by question."""
        found = {}
        for question, answers in row.mapping(key).items():
            listed = answers if isinstance(answers, list) else [answers]
            kept = [a for a in listed if self._known(row, key, question, a, self.earlier)]
            found[question] = frozenset(kept)
        return found

    def _known(
        self, row: Table, key: str, question: str, answer: object, known: Mapping[str, list[str]]
    ) -> bool:
        if question not in known:
            where = "no earlier question" if known is self.earlier else "no question"
            row.says(key, f"{shown(question)} is {where}; {permitted(known, question)}")
            return False
        if answer not in known[question]:
            row.says(f"{key}.{question}", f"{shown(answer)}; {permitted(known[question], answer)}")
            return False
        return True

    def _counted(self, row: Table) -> Counted:
        table = row.table("counted")
        yes = frozenset(table.some_of("yes", self.outcomes))
        no = frozenset(table.some_of("no", self.outcomes))
        if both := yes & no:
            table.says("no", f"{min(both)} answers yes as well; permitted: one of them")
        comparable = table.some_of("comparable", self.vocabulary.by_name)
        enough = table.number("enough", least=0) or 0
        table.close()
        considerations = map(self._consideration, row.each("considerations", "when"))
        return Counted(yes, no, comparable, enough, tuple(considerations))

    def _consideration(self, item: Table) -> Consideration:
        when = read_condition(item, "when", self.vocabulary)
        if not item.mapping("when"):
            item.says("when", "is missing")
        return Consideration(when, item.member("toward", Toward), item.flag("distinct"))
