"""Files that pass from hand to hand: TOML with a checksum, so that an edit shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qiwizard.documents.forms import to_json, to_toml
from qiwizard.documents.session_file import parse
from qiwizard.errors import UserError, quoted
from qiwizard.files import read_text
from qiwizard.law.library import Library

Table = Mapping[str, Any]


def checksum(table: Table) -> str:
    """A digest of everything in a table but its checksum."""
    rest = {key: value for key, value in table.items() if key != "checksum"}
    text = json.dumps(json.loads(to_json(rest)), sort_keys=True)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def sealed(table: Table) -> str:
    """A table as TOML with its checksum."""
    return to_toml({"checksum": checksum(table), **table})


def unsealed(path: Path | str, schema: str, what: str, library: Library) -> dict[str, Any]:
    """The table in a file; UserError if it is of another version, of another library, or edited."""
    name = "standard input" if str(path) == "-" else str(path)
    table = parse(read_text(path), name)
    given = table.get("schema")
    family = schema.rpartition("/")[0]
    if given != schema:
        if isinstance(given, str) and given.startswith(f"{family}/"):
            raise UserError(f"{name}: {what} of another version ({given}); permitted: {schema}")
        says = "the key schema is missing" if given is None else f"schema is {quoted(given)}"
        raise UserError(f"{name}: no {what}: {says}; permitted: schema = {schema!r}")
    if table.get("checksum") != checksum(table):
        raise UserError(f"{name}: edited after it was written: checksum does not fit the rest")
    if table.get("library") != library.about.version:
        raise UserError(
            f"{name}: made with library {quoted(table.get('library'))}; "
            f"permitted: the library at hand, {library.about.version}"
        )
    return table
