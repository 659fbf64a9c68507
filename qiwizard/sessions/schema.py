"""What a posture and a session must look like when they come in as files.

They are checked by pydantic's core alone: its models take longer to load than a ruling takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic_core import CoreSchema, ErrorDetails, SchemaValidator, ValidationError
from pydantic_core import core_schema as shape

from qiwizard.errors import permitted, spelled
from qiwizard.law.facts import Fact, Vocabulary
from qiwizard.reasoning.weighing import Strength
from qiwizard.sessions.session_file import COMPUTED, SCHEMA, SINCE

TEXT = shape.str_schema()
TEXTS = shape.list_schema(TEXT)
ROWS = shape.list_schema(shape.dict_schema(TEXT))


def _table(required: Mapping[str, CoreSchema], optional: Mapping[str, CoreSchema]) -> CoreSchema:
    """A table; keys not named here are let pass."""
    fields = {
        name: shape.typed_dict_field(value, required=name in required)
        for name, value in {**required, **optional}.items()
    }
    return shape.typed_dict_schema(fields, extra_behavior="allow")


MATTER = _table({}, {"caption": TEXT, "docket": TEXT, "notes": TEXT})
"""`[matter]`: free text."""
RULING = _table(
    {
        "outcome": TEXT,
        "strength": shape.literal_schema([strength.word for strength in Strength]),
        "as_of": shape.date_schema(),
    },
    {"headline": TEXT, "terms": TEXTS},
)
"""`[ruling]` as an earlier run recorded it."""
SESSION = _table(
    {"posture": shape.dict_schema(TEXT)},
    {
        "schema": shape.literal_schema([SCHEMA]),
        "created": shape.nullable_schema(shape.datetime_schema()),
        "matter": MATTER,
        "session": _table({}, {"open": TEXTS}),
        "source": shape.dict_schema(TEXT, TEXT),
        **dict.fromkeys((*COMPUTED, SINCE), ROWS),
        "ruling": shape.nullable_schema(RULING),
    },
)
"""A session file: only `[posture]` has to be there."""


def session_shape_problems(table: Mapping[str, Any]) -> list[str]:
    """What is wrong with the shape of a session file, one line per mistake; empty if nothing is."""
    return [_line(detail) for detail in _mistakes(SESSION, table)]


def _mistakes(schema: CoreSchema, table: Mapping[str, Any]) -> list[ErrorDetails]:
    try:
        SchemaValidator(schema).validate_python(table, strict=True)
    except ValidationError as error:
        return error.errors()
    return []


def _line(detail: ErrorDetails) -> str:
    where = ".".join(str(part) for part in detail["loc"])
    if detail["type"] == "missing":
        return f"{where}: is missing"
    context = detail.get("ctx", {})
    if detail["type"] == "literal_error":
        return f"{where}: {detail['input']!r} is not permitted; permitted: {context['expected']}"
    wanted = detail["msg"].removeprefix("Input should be ")
    return f"{where}: {detail['input']!r} is not permitted; permitted: {wanted}"


def posture_problems(table: Mapping[str, Any], vocabulary: Vocabulary) -> list[str]:
    """What is wrong with a `[posture]` table, one line per fact."""
    return [_posture_line(detail, vocabulary) for detail in _mistakes(_posture(vocabulary), table)]


def _posture_line(detail: ErrorDetails, vocabulary: Vocabulary) -> str:
    name = str(detail["loc"][0])
    if name not in vocabulary.by_name:
        return f"posture.{name}: no such fact; {permitted(vocabulary.by_name, name)}"
    given = detail["input"]
    shown = repr(given) if isinstance(given, str) else spelled(given)
    choices = permitted(vocabulary.by_name[name].values, given)
    return f"posture.{name}: {shown} is not a value of this fact; {choices}"


@lru_cache(maxsize=4)
def _posture(vocabulary: Vocabulary) -> CoreSchema:
    fields = {f.name: shape.typed_dict_field(_value(f), required=False) for f in vocabulary.facts}
    return shape.typed_dict_schema(fields, extra_behavior="forbid")


def _value(fact: Fact) -> CoreSchema:
    if all(isinstance(value, bool) for value in fact.values):
        return shape.bool_schema()
    return shape.literal_schema(list(fact.values))
