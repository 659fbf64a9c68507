"""Rule engines on the stand-in, where they are installed (`pip install -e .[bench]`)."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from bench.standin import FACTS, FLAGS, NAMED, RULES, Value, decided, drawn

Engine = Callable[[dict[str, Value]], str]


def engines() -> dict[str, Engine]:
    """The engines that are installed, by name and version, each checked against the table."""
    found: dict[str, Engine] = {}
    for package, label, make in (
        ("zen-engine", "with its trace", zen_with_trace),
        ("business-rules", "", business_rules),
    ):
        try:
            name = f"{package} {version(package)} {label}".strip()
        except PackageNotFoundError:
            continue
        found[name] = engine = make()
        for facts in drawn(200, seed=1):
            if engine(facts) != decided(facts):
                raise AssertionError(f"{name} answers otherwise than the table: {facts}")
    return found


def zen_with_trace() -> Engine:
    """A decision table of hit policy `first`, compiled beforehand: its fastest way."""
    import zen

    content = zen.ZenDecisionContent(json.dumps(_decision_table()))
    engine = zen.ZenEngine({"loader": lambda _key: content})

    def evaluate(facts: dict[str, Value]) -> str:
        answer = engine.evaluate("table", facts, {"trace": True})
        assert answer["trace"]  # noqa: S101 - without it the comparison would be another
        return str(answer["result"]["outcome"])

    return evaluate


def _decision_table() -> dict[str, Any]:
    inputs = [{"id": name, "name": name, "field": name} for name in FACTS]
    rules = [
        {"_id": f"rule_{n}", **{name: _cell(conditions.get(name, ())) for name in FACTS}}
        | {"result": json.dumps(outcome)}
        for n, (conditions, outcome) in enumerate(RULES)
    ]
    table = {
        "hitPolicy": "first",
        "inputs": inputs,
        "outputs": [{"id": "result", "name": "outcome", "field": "outcome"}],
        "rules": rules,
    }
    nodes = [_node("in", "inputNode"), _node("table", "decisionTableNode", table)]
    edges = [("in", "table"), ("table", "out")]
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [*nodes, _node("out", "outputNode")],
        "edges": [
            {"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"} for a, b in edges
        ],
    }


def _node(name: str, kind: str, content: dict[str, Any] | None = None) -> dict[str, Any]:
    node = {"id": name, "type": kind, "name": name, "position": {"x": 0, "y": 0}}
    return node if content is None else {**node, "content": content}


def _cell(values: tuple[Value, ...]) -> str:
    return ", ".join(json.dumps(value) for value in values)


def business_rules() -> Engine:
    """The same rules as nested conditions, stopping at the first that fits."""
    from business_rules import run_all
    from business_rules.actions import BaseActions, rule_action
    from business_rules.variables import (
        BaseVariables,
        boolean_rule_variable,
        string_rule_variable,
    )

    def reader(name: str) -> Any:
        def read(self: Any) -> Any:
            return self.facts[name]

        read.__name__ = name
        return read

    members: dict[str, Any] = {n: boolean_rule_variable(label=n)(reader(n)) for n in FLAGS}
    members |= {n: string_rule_variable(label=n)(reader(n)) for n in NAMED}
    variables = type("Variables", (BaseVariables,), members)

    def conclude(self: Any, outcome: str) -> None:
        self.outcome = outcome

    acting = rule_action(params={"outcome": "text"})(conclude)
    actions = type("Actions", (BaseActions,), {"conclude": acting})
    rules = [_nested(conditions, outcome) for conditions, outcome in RULES]

    def evaluate(facts: dict[str, Value]) -> str:
        given, result = variables(), actions()
        given.facts = facts
        run_all(
            rule_list=rules,
            defined_variables=given,
            defined_actions=result,
            stop_on_first_trigger=True,
        )
        return str(result.outcome)

    return evaluate


def _nested(conditions: dict[str, tuple[Value, ...]], outcome: str) -> dict[str, Any]:
    tests: list[dict[str, Any]] = [
        {"any": [_test(name, value) for value in values]} for name, values in conditions.items()
    ]
    always = {"any": [_test(FLAGS[0], value) for value in (True, False)]}
    return {
        "conditions": {"all": tests or [always]},
        "actions": [{"name": "conclude", "params": {"outcome": outcome}}],
    }


def _test(name: str, value: Value) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"name": name, "operator": "is_true" if value else "is_false", "value": ""}
    return {"name": name, "operator": "equal_to", "value": value}
