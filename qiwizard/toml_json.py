"""Tables written as TOML or JSON, so that a terminal shows only what is in them."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from qiwizard.text import escaped_controls


def to_toml(table: Mapping[str, Any]) -> str:
    """The document as TOML, control and bidirectional characters escaped.

    Half a character, as a broken paste may bring, cannot stand in TOML; it becomes `?`.
    """
    import tomli_w  # only an export needs it

    text = tomli_w.dumps(table, multiline_strings=False)
    return escaped_controls(text.encode("utf-8", "replace").decode("utf-8"))


def to_json(table: Mapping[str, Any]) -> str:
    """The document as JSON, dates and times in ISO form, endless numbers as words."""
    text = json.dumps(_plain(table), ensure_ascii=False, indent=2)
    return escaped_controls(text) + "\n"


def _plain(value: Any) -> Any:
    """A TOML value as its JSON equivalent."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date | time):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value
