"""What a posture and a session must look like when they come in as files (pydantic)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, ValidationError, create_model
from pydantic_core import ErrorDetails

from qiwizard.errors import permitted, spelled
from qiwizard.law.facts import Fact, Vocabulary


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="allow")


class MatterTable(_Strict):
    """`[matter]`: free text."""

    caption: str = ""
    docket: str = ""
    notes: str = ""


class SessionTable(_Strict):
    """`[session]`: the facts asked and not known."""

    open: list[str] = Field(default_factory=list)


class RulingTable(_Strict):
    """`[ruling]` as an earlier run recorded it."""

    outcome: str
    strength: Literal["settled", "leaning", "contested"]
    headline: str = ""
    as_of: date
    terms: list[str] = Field(default_factory=list)


class SessionFile(_Strict):
    """A session file: only `[posture]` has to be there."""

    schema_: Literal["qiwizard/session/1"] = "qiwizard/session/1"
    created: datetime | None = None
    matter: MatterTable = Field(default_factory=MatterTable)
    posture: dict[str, Any]
    session: SessionTable = Field(default_factory=SessionTable)
    source: dict[str, str] = Field(default_factory=dict)
    ruling: RulingTable | None = None
    finding: list[dict[str, Any]] = Field(default_factory=list)
    alternative: list[dict[str, Any]] = Field(default_factory=list)
    change: list[dict[str, Any]] = Field(default_factory=list)
    similar: list[dict[str, Any]] = Field(default_factory=list)
    step: list[dict[str, Any]] = Field(default_factory=list)
    authority: list[dict[str, Any]] = Field(default_factory=list)


def problems(model: type[BaseModel], table: Mapping[str, Any]) -> list[str]:
    """What is wrong with a table, one line per mistake; empty if nothing is."""
    try:
        model.model_validate(table)
    except ValidationError as error:
        return [_line(detail) for detail in error.errors()]
    return []


def _line(detail: ErrorDetails) -> str:
    where = ".".join(str(part) for part in detail["loc"]).replace("schema_", "schema")
    if detail["type"] == "missing":
        return f"{where}: is missing"
    context = detail.get("ctx", {})
    if detail["type"] == "literal_error":
        return f"{where}: {detail['input']!r} is not permitted; permitted: {context['expected']}"
    wanted = detail["msg"].removeprefix("Input should be ")
    return f"{where}: {detail['input']!r} is not permitted; permitted: {wanted}"


def posture_problems(table: Mapping[str, Any], vocabulary: Vocabulary) -> list[str]:
    """What is wrong with a `[posture]` table, one line per fact."""
    try:
        _posture_model(vocabulary).model_validate(table)
    except ValidationError as error:
        return [_posture_line(detail, vocabulary) for detail in error.errors()]
    return []


def _posture_line(detail: ErrorDetails, vocabulary: Vocabulary) -> str:
    name = str(detail["loc"][0])
    if name not in vocabulary.by_name:
        return f"posture.{name}: no such fact; {permitted(vocabulary.by_name, name)}"
    given = detail["input"]
    shown = repr(given) if isinstance(given, str) else spelled(given)
    choices = permitted(vocabulary.by_name[name].values, given)
    return f"posture.{name}: {shown} is not a value of this fact; {choices}"


@lru_cache(maxsize=4)
def _posture_model(vocabulary: Vocabulary) -> type[BaseModel]:
    fields: dict[str, Any] = {f.name: (_type_of(f), None) for f in vocabulary.facts}
    config = ConfigDict(strict=True, extra="forbid")
    return create_model("PostureTable", __config__=config, **fields)


def _type_of(fact: Fact) -> object:
    if all(isinstance(value, bool) for value in fact.values):
        return StrictBool
    return Literal[fact.values]
