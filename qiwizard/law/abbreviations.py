"""Party names in citations, abbreviated after Tables T6 and T10 of the Bluebook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from qiwizard.files import read_shipped

_BETWEEN_PARTIES = re.compile(r"( v\. | ex rel\. )")


@lru_cache(maxsize=4096)
def abbreviated(caption: str) -> str:
    """A caption as a citation prints it; a place or a surname that is the whole party is kept."""
    return "".join(map(_party, _BETWEEN_PARTIES.split(caption)))


def _party(name: str) -> str:
    table, word = _table()
    return name if name in table else word.sub(lambda found: table[found[0]], name)


@lru_cache(maxsize=1)
def _table() -> tuple[Mapping[str, str], re.Pattern[str]]:
    """The abbreviations, and a pattern for the words that have one."""
    shipped = read_shipped("abbreviations.toml")
    table: dict[str, str] = {**shipped["places"], **shipped["words"]}
    longest_first = "|".join(sorted(map(re.escape, table), key=len, reverse=True))
    return table, re.compile(rf"\b(?:{longest_first})\b(?! City\b|-)")
