"""The content of every data file, small precedents and orders files, and ways to spoil them."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

from qiwizard.errors import UserError
from qiwizard.files import read_shipped
from qiwizard.law.reading import read_library
from qiwizard.law.shipped import FRAME_FILES

TODAY = date(2026, 11, 30)
LIBRARY = """
[library]
version = "mine"
begins = 1993-12-01
checked = 2026-11-01
fresh_days = 365
"""
ROWS = """
[[precedent]]
id = "smith-v-town"
caption = "Smith v. Town of Ash"
short = "Smith"
kind = "order"
court = "D.N.M."
decided = 2015-03-02
source = { docket = "No. 1:14-cv-00001", database = "2015 WL 12345" }
judge = "Poe, M.J."
verified = "full"
url = "https://example.org/smith"
checked = 2026-11-01
facts = { circuit = "tenth", court = "D.N.M.", qi_asserted = true, motion = "pending" }
outcome = "stay"
terms = ["All discovery is stayed."]
relies_on = ["doe-v-village"]
same_case = ["smith-v-town-2015"]

  [[precedent.passage]]
  quote = "the motion now on file is enough"
  pin = "3"

    [[precedent.passage.holding]]
    key = "filed"
    question = "trigger"
    when = { qi_asserted = true, motion = ["pending", "promised"] }
    unless = [{ opposed = false }]
    answer = "filed"
    force = "supports"
    says = "A motion on file is enough."
    since = 2010-01-01

  [[precedent.history]]
  treatment = "limited"
  by = "roe-v-county"
  from = 2016-06-01
  when = { motion = "pending", motion_kind = "dismiss" }
  holdings = ["filed"]
  note = "Limited by Roe."

[[precedent]]
id = "roe-v-county"
caption = "Roe v. County of Elm"
kind = "opinion"
court = "10th Cir."
decided = 2016-06-01
source = { volume = 800, reporter = "F.3d", page = 100 }
verified = "secondary"

  [[precedent.holding]]
  key = "discretion"
  question = "protection"
  when = { motion = "pending" }
  answer = "good_cause"
  force = "permits"
  says = "A stay is discretionary."
  quote = "the court may stay discovery"
  quoted_in = "Poe v. City, No. 1 (D.N.M. 2020)"

[[precedent]]
id = "doe-v-village"
caption = "Doe v. Village of Oak"
kind = "opinion"
court = "U.S."
decided = 1999-07-01
precision = "year"
source = { volume = 520, reporter = "U.S.", page = 1 }
verified = "primary"

[[local_rule]]
id = "dnm-silence"
short = "D.N.M.LR-Civ. 7.1(b)"
caption = "Local Rule 7.1(b) of the District of New Mexico"
court = "D.N.M."
decided = 2011-07-01
silence = "consent"
quote = "The failure to respond constitutes consent to grant the motion."
verified = "primary"
"""
"""Precedents in both forms, and a local rule."""
ORDERS = """
[[order]]
id = "smith-v-town-2015"
caption = "Smith v. Town of Ash"
citation = "No. 1:14-cv-00001 (D.N.M. Mar. 2, 2015)"
decided = 2015-03-02
case = "smith-v-town"
facts = { circuit = "tenth", court = "D.N.M.", request = "stay", motion = "pending" }
outcome = "stay"
quote = "The motion is GRANTED."
summary = "The court stayed all discovery."
url = "https://example.org/order"
read = "opening"
confidence = "high"

[[order]]
id = "roe-v-county-2014"
caption = "Roe v. County of Elm"
citation = "No. 1:13-cv-00002 (D. Kan. Jan. 2014)"
decided = 2014-01-01
precision = "month"
case = "roe-v-county"
facts = { circuit = "tenth", court = "D. Kan.", motion = "none" }
outcome = "no_stay"
summary = "The court denied a stay."
read = "whole"
query = "stay"
confidence = "low"
"""
MINE, ORDERS_FILE = "mine.toml", "orders.toml"
VALID: Mapping[str, dict[str, Any]] = {
    **{name: dict(read_shipped(name)) for name in FRAME_FILES},
    MINE: tomllib.loads(LIBRARY + ROWS),
    ORDERS_FILE: tomllib.loads(ORDERS),
}
"""Files without a mistake, by name."""


class _Missing:
    """Marks a key that is removed."""


MISSING = _Missing()
Files = Mapping[str, dict[str, Any]]


def mistakes(files: Files) -> list[str]:
    """The lines that reading some files gives; empty if all are read."""
    try:
        library = read_library(
            {name: files[name] for name in FRAME_FILES},
            {MINE: files[MINE]},
            files[ORDERS_FILE],
            TODAY,
        )
        assert library.orders is not None
    except UserError as error:
        return list(error.messages)
    return []


def spoiled(file: str, changes: Mapping[str, object]) -> dict[str, dict[str, Any]]:
    """The valid files with some values of one file changed, by path.

    A step of a path is a key, the place of a table in a list, or its id, name or key.
    """
    content = copy.deepcopy(VALID[file])
    for path, value in changes.items():
        *steps, last = path.split("/")
        parent: Any = content
        for step in steps:
            parent = _below(parent, step)
        if isinstance(parent, list):
            parent[_place(parent, last)] = value
        elif value is MISSING:
            del parent[last]
        else:
            parent[last] = value
    return {**VALID, file: content}


def _below(parent: Any, step: str) -> Any:
    return parent[_place(parent, step)] if isinstance(parent, list) else parent[step]


def _place(tables: list[Any], step: str) -> int:
    if step.isdigit():
        return int(step)
    return next(
        n for n, t in enumerate(tables) if step in (t.get("id"), t.get("name"), t.get("key"))
    )
