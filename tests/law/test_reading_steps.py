"""Next steps are read like every data file: each mistake is one line."""

from __future__ import annotations

from typing import Any

import pytest

from qiwizard.law.shipped import shipped_library
from qiwizard.reasoning.next_steps import read_steps

FACTS, COURTS, DOCTRINES = "facts.toml", "courts.toml", "doctrines.toml"

STEP: dict[str, Any] = {
    "id": "x",
    "role": "movant",
    "text": "File the motion.",
    "when": {"outcome": ["stay"], "answers": {"trigger": ["by_date"]}},
    "rule": "Fed. R. Civ. P. 72(a)",
}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"role": "judge"}, "role: 'judge'; permitted: movant, plaintiff, chambers"),
        ({"text": ""}, "text: ''; permitted: text"),
        ({"wenn": 1}, "wenn: no such key; did you mean when?"),
        ({"rule": "", "of": []}, "authority: is missing; permitted: authority, of or rule"),
        ({"authority": ["no-such-case"]}, "authority: 'no-such-case'; permitted: "),
        ({"of": ["reach"]}, "of: 'reach'; permitted: trigger"),
        ({"rule": "", "of": ["trigger"], "after_days": 14}, "after_days: only a rule sets a per"),
        ({"after_days": 0}, "after_days: 0; permitted: a whole number from 1"),
        ({"since": "2009"}, "since: '2009'; permitted: a date"),
        ({"when": {"outcome": ["stayed"]}}, "when, outcome: 'stayed'; did you mean stay?"),
        ({"when": {"answers": {"triggers": ["filed"]}}}, "triggers: is not known; did you mean tr"),
        ({"when": {"answers": {"trigger": ["fild"]}}}, "answers, trigger: 'fild'; did you mean"),
        ({"when": {"facts": {"motions": ["none"]}}}, "motions: is not known; did you mean motion?"),
        ({"when": {"facts": {"circuit": ["tenth"]}}}, "circuit: is not known; permitted: request"),
        ({"when": {"facts": {"pro_se": [1]}}}, "facts, pro_se: 1; permitted: true, false"),
        ({"when": {"open": ["motions"]}}, "open: 'motions'; did you mean motion?"),
        ({"when": {"if": []}}, "when, if: no such key; permitted: answers, facts, open, outcome"),
        ({"when": 3}, "when: 3; permitted: a table"),
    ],
)
def test_each_mistake_in_a_step_is_one_line(change: dict[str, Any], words: str) -> None:
    lines: list[str] = []
    read_steps({"step": [{**STEP, **change}]}, shipped_library(), lines)
    assert [line for line in lines if line.startswith("step x, ") and words in line], lines
    assert len(lines) == 1


def test_a_step_in_order_has_no_mistake_and_an_id_is_used_once() -> None:
    lines: list[str] = []
    assert len(read_steps({"step": [STEP]}, shipped_library(), lines)) == 1
    assert lines == []
    read_steps({"step": [STEP, STEP]}, shipped_library(), lines)
    assert lines == ["step x, id: another step has it; permitted: each once"]
