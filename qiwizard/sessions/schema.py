"""The schema of session files, and of the posture in them.

It is checked by pydantic's core alone: its models take longer to load than a ruling takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic_core import CoreSchema, ErrorDetails, SchemaValidator, ValidationError
from pydantic_core import core_schema as shape

from qiwizard.errors import LONGEST_VALUE, permitted, quoted, told
from qiwizard.law.facts import Vocabulary
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
SESSION = SchemaValidator(
    _table(
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
)
"""A session file: only `[posture]` has to be there."""


def session_shape_problems(table: Mapping[str, Any]) -> list[str]:
    """What is wrong with the shape of a session file, one line per mistake; empty if nothing is."""
    try:
        SESSION.validate_python(table, strict=True)
    except ValidationError as error:
        return told(error.errors(), _line)
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
    "date_from_datetime_inexact": "a day",
    "date_type": "a day",
    "datetime_type": "a day and time",
    "dict_type": "a table",
    "list_type": "a list",
    "string_type": "a string",
    "typed_dict_type": "a table",
}
"""By kind of mistake: what is permitted, in the words of the formats and not of Python."""


def posture_problems(posture: Mapping[str, Any], vocabulary: Vocabulary) -> list[str]:
    """What is wrong with a `[posture]` table, one line per fact."""
    given = [fact for fact in vocabulary.facts if fact.name in posture]
    wrong = [fact.name for fact in given if not fact.permits(posture[fact.name])]
    unknown = [name for name in posture if name not in vocabulary.by_name]

    def line(name: str) -> str:
        if name not in vocabulary.by_name:
            near = permitted(vocabulary.by_name, name)
            return f"posture.{shortened(str(name), LONGEST_VALUE)}: no such fact; {near}"
        choices = permitted(vocabulary.by_name[name].values, posture[name])
        return f"posture.{name}: {quoted(posture[name])} is not a value of this fact; {choices}"

    return told([*wrong, *unknown], line)
