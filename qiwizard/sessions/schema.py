"""The schema of posture and session files.

They are checked by pydantic's core alone: its models take longer to load than a ruling takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic_core import CoreSchema, ErrorDetails, SchemaValidator, ValidationError
from pydantic_core import core_schema as shape

from qiwizard.errors import LONGEST_VALUE, permitted, quoted, told
from qiwizard.law.facts import Fact, Vocabulary
from qiwizard.reasoning.weighing import Strength
from qiwizard.sessions.session_file import COMPUTED, SCHEMA, SINCE
from qiwizard.text import shortened

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
    return told(_mistakes(SESSION, table), _line)


def _mistakes(schema: CoreSchema, table: Mapping[str, Any]) -> list[ErrorDetails]:
    try:
        SchemaValidator(schema).validate_python(table, strict=True)
    except ValidationError as error:
        return error.errors()
    return []


def _line(detail: ErrorDetails) -> str:
    where = shortened(".".join(str(part) for part in detail["loc"]), LONGEST_VALUE)
    if detail["type"] == "missing":
        return f"{where}: is missing"
    if detail["type"] == "literal_error":
        wanted = detail["ctx"]["expected"]
    else:
        wanted = _WANTED.get(detail["type"]) or detail["msg"].removeprefix("Input should be ")
    return f"{where}: {quoted(detail['input'])} is not permitted; permitted: {wanted}"


_WANTED = {
    "bool_type": "true or false",
    "date_from_datetime_inexact": "a day",
    "date_type": "a day",
    "datetime_type": "a day and time",
    "dict_type": "a table",
    "list_type": "a list",
    "string_type": "a string",
    "typed_dict_type": "a table",
}
"""By kind of mistake: what is permitted, in the words of the formats and not of Python."""


def posture_problems(table: Mapping[str, Any], vocabulary: Vocabulary) -> list[str]:
    """What is wrong with a `[posture]` table, one line per fact."""
    return told(_mistakes(_posture(vocabulary), table), lambda one: _posture_line(one, vocabulary))


def _posture_line(detail: ErrorDetails, vocabulary: Vocabulary) -> str:
    name = str(detail["loc"][0])
    if name not in vocabulary.by_name:
        near = permitted(vocabulary.by_name, name)
        return f"posture.{shortened(name, LONGEST_VALUE)}: no such fact; {near}"
    given = detail["input"]
    choices = permitted(vocabulary.by_name[name].values, given)
    return f"posture.{name}: {quoted(given)} is not a value of this fact; {choices}"


@lru_cache(maxsize=4)
def _posture(vocabulary: Vocabulary) -> CoreSchema:
    fields = {f.name: shape.typed_dict_field(_value(f), required=False) for f in vocabulary.facts}
    return shape.typed_dict_schema(fields, extra_behavior="forbid")


def _value(fact: Fact) -> CoreSchema:
    if all(isinstance(value, bool) for value in fact.values):
        return shape.bool_schema()
    return shape.literal_schema(list(fact.values))
