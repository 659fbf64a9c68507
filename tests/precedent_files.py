"""A precedents file that is in order, and every way to spoil it."""

from __future__ import annotations

import copy
import tomllib
from datetime import date
from typing import Any

from qiwizard.checking.library_file import precedents_problems
from qiwizard.law.build import build_library
from qiwizard.law.library import Library

TODAY = date(2026, 11, 22)

RULE_ROW = """
[[precedent]]
id = "frcp-26-b-1"
caption = "Federal Rule of Civil Procedure 26(b)(1)"
short = "Rule 26(b)(1)"
kind = "rule"
decided = 1993-12-01
source = { rule = "Fed. R. Civ. P. 26(b)(1)" }
verified = "primary"

  [[precedent.holding]]
  key = "open"
  question = "baseline"
  when = {}
  answer = "open"
  capped = true
  says = "Discovery is open."
  quote = "Parties may obtain discovery"
"""
"""The rule by which discovery is open: the least that a library can hold."""
ROWS = (
    """
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
landmark = true
facts = { circuit = "tenth", court = "D.N.M.", qi_asserted = true, motion = "pending" }
outcome = "stay"
terms = ["All discovery is stayed."]
relies_on = ["doe-v-village"]
same_case = ["smith-v-town-2015"]

  [[precedent.holding]]
  key = "filed"
  question = "trigger"
  when = { qi_asserted = true, motion = ["pending", "promised"] }
  answer = "enough"
  says = "What is on file is enough."
  quote = "the motion now on file is enough"
  pin = "3"
  since = 2010-01-01

  [[precedent.holding]]
  key = "everyone"
  question = "reach"
  when = {}
  answer = "everyone"
  says = "The stay spares everyone."
  supports_only = true

  [[precedent.history]]
  treatment = "limited"
  by = "roe-v-county"
  from = 2016-06-01
  when = { motion = "pending", motion_kind = "dismiss" }
  holdings = ["filed"]
  note = "Limited by Roe."

  [[precedent.history]]
  treatment = "followed"
  from = 2017-01-01
  note = "Followed since."

[[precedent]]
id = "roe-v-county"
caption = "Roe v. County of Elm"
kind = "opinion"
court = "10th Cir."
decided = 2016-06-01
source = { volume = 800, reporter = "F.3d", page = 100 }
verified = "secondary"
history = [{ treatment = "questioned", from = 2020-01-01, note = "Questioned." }]

[[precedent]]
id = "doe-v-village"
caption = "Doe v. Village of Oak"
kind = "opinion"
court = "U.S."
decided = 1999-07-01
precision = "year"
source = { volume = 520, reporter = "U.S.", page = 1, note = "(plurality opinion)" }
verified = "primary"
"""
    + RULE_ROW
    + """
[[precedent]]
id = "local-rule"
caption = "A local rule of Texas"
kind = "local_rule"
court = ["N.D. Tex.", "S.D. Tex."]
decided = 2000-12-01
source = { rule = "Tex. L.R. 7.4" }
verified = "primary"
"""
)
LIBRARY = """
[library]
version = "mine"
begins = 1993-12-01
checked = 2026-11-01
fresh_days = 365
"""
VALID: dict[str, Any] = tomllib.loads(LIBRARY + ROWS)
WORDS: Library = build_library({**VALID, "precedent": []})
"""The shipped vocabulary, questions and courts, without the shipped precedents."""


class _Left:
    """Marks a key that is taken out."""


LEFT_OUT = _Left()
SMITH, ROE, DOE, RULE, LOCAL = (f"precedent.{n}." for n in range(5))
FILED = SMITH + "holding.0."
EVENT = SMITH + "history.0."

_ENDED = {"treatment": "overruled", "from": date(2020, 1, 1), "note": "Overruled."}

# name: what is changed, by path; words that one line has to contain
MISTAKES: dict[str, tuple[dict[str, object], tuple[str, ...]]] = {
    "no precedents": ({"precedent": LEFT_OUT}, ("precedent: is missing",)),
    "empty list of precedents": ({"precedent": []}, ("precedent: an empty list",)),
    "precedents not a list": (
        {"precedent": {"id": "x"}},
        ("precedent: a table", "double brackets"),
    ),
    "precedent not a table": ({"precedent.1": 5}, ("precedent 2: 5", "a table")),
    "unknown key of the file": ({"precedents": []}, ("precedents: no such key", "mean precedent?")),
    "library key missing": ({"library.begins": LEFT_OUT}, ("library, begins: is missing",)),
    "library key unknown": ({"library.fresh": 1}, ("library, fresh: no such key", "fresh_days")),
    "library number": ({"library.fresh_days": 0}, ("library, fresh_days: 0", "1 to")),
    "library begins before its law": (
        {"library.begins": date(1990, 1, 1)},
        (
            "library, begins: from 1990-01-01 on nothing rules on an empty posture",
            "open to baseline",
        ),
    ),
    "library without a floor": (
        {RULE + "holding": []},
        ("library, begins: from 1993-12-01 on nothing rules",),
    ),
    "library whose floor ends": (
        {RULE + "history": [_ENDED]},
        ("library, begins: from 1993-12-01 on nothing rules",),
    ),
    "unknown key": (
        {SMITH + "captoin": "Smith"},
        ("precedent smith-v-town, captoin: no such key", "did you mean caption?"),
    ),
    "missing key": ({SMITH + "verified": LEFT_OUT}, ("smith-v-town, verified: is missing",)),
    "missing id": ({SMITH + "id": LEFT_OUT}, ("precedent 1, id: is missing",)),
    "id no slug": (
        {SMITH + "id": "Smith v. Town"},
        ('id: "Smith v. Town" is no id', "small letters"),
    ),
    "id too long": ({SMITH + "id": "a" * 81}, ("id:", "80 at most")),
    "two of one id": ({ROE + "id": "smith-v-town"}, ("smith-v-town, id: 2 of them share it",)),
    "one is not true": ({SMITH + "landmark": 1}, ("landmark: 1 is not permitted", "true, false")),
    "true is not a page": ({ROE + "source.page": True}, ("source, page: true", "a whole number")),
    "text is not a date": (
        {SMITH + "decided": "2015-03-02"},
        ('smith-v-town, decided: "2015-03-02"', "a date such as 2026-01-31"),
    ),
    "number is not a text": ({SMITH + "caption": 3}, ("caption: 3", "a text in quotation marks")),
    "text is not a list": ({SMITH + "terms": "All."}, ('terms: "All."', "permitted: a list")),
    "list with a number": ({SMITH + "terms": ["a", 2]}, ("terms, item 2: 2", "a text")),
    "history not a list": ({SMITH + "history": {}}, ("history: an empty table", "double brackets")),
    "event not a table": ({SMITH + "history.1": "x"}, ('history 2: "x"', "permitted: a table")),
    "holding not a table": ({SMITH + "holding.1": 1.5}, ("holding 2: 1.5", "permitted: a table")),
    "source not a table": ({SMITH + "source": "392 F.3d 410"}, ("source:", "permitted: a table")),
    "facts not a table": ({SMITH + "facts": 1}, ("facts: 1", "permitted: a table")),
    "kind": ({SMITH + "kind": "odrer"}, ('kind: "odrer"', "did you mean order?", "local_rule")),
    "verified": ({SMITH + "verified": "fully"}, ("verified:", "full, primary, secondary")),
    "precision": ({SMITH + "precision": "week"}, ("precision:", "permitted: day, month, year")),
    "caption blank": ({SMITH + "caption": "  "}, ("caption: is blank",)),
    "caption control": ({SMITH + "caption": "Smith\x1b[2J"}, ("caption:", "<U+001B>", "control")),
    "caption on two lines": ({SMITH + "caption": "Smith\nv. T"}, ("caption:", "control character")),
    "caption too long": ({SMITH + "caption": "x" * 301}, ("caption: has 301 characters", "300")),
    "citation control": ({SMITH + "source.docket": "No.\x001"}, ("source, docket:", "control")),
    "judge turned round": ({SMITH + "judge": "Poe\u202e"}, ("judge:", "<U+202E>", "control")),
    "url": ({SMITH + "url": "ftp://example.org"}, ("url:", "is no link", "https://")),
    "url of a holding": ({FILED + "url": "javascript:x"}, ("holding filed, url:", "is no link")),
    "url with a blank": ({SMITH + "url": "https://a.b/c d"}, ("url:", "is no link")),
    "court missing": ({SMITH + "court": LEFT_OUT}, ("court: is missing", "order: one district")),
    "court unknown": ({SMITH + "court": "D.N.M"}, ('court: "D.N.M" is no court', "mean D.N.M.?")),
    "court not a text": ({SMITH + "court": [3]}, ("court: a list", "D.N.M.")),
    "court list empty": ({LOCAL + "court": []}, ("local-rule, court: an empty list",)),
    "district opinion": ({ROE + "court": "D.N.M."}, ("court: D.N.M.", "for opinion", "appeals")),
    "appellate order": (
        {SMITH + "court": "10th Cir."},
        ("court: 10th Cir. is not permitted for order", "one district"),
    ),
    "unpublished Supreme Court": (
        {DOE + "kind": "unpublished"},
        ("court: U.S. is not permitted for unpublished", "one court of appeals"),
    ),
    "two courts of appeals": (
        {ROE + "court": ["5th Cir.", "10th Cir."]},
        ("court: 5th Cir., 10th Cir. is not permitted for opinion",),
    ),
    "local rule of two circuits": (
        {LOCAL + "court": ["N.D. Tex.", "D.N.M."]},
        ("court: N.D. Tex., D.N.M.", "districts of one circuit"),
    ),
    "rule with a court": ({RULE + "court": "U.S."}, ("frcp-26-b-1, court: a federal rule",)),
    "source without a part": ({SMITH + "source": {"note": "x"}}, ("source: has no part", "docket")),
    "volume alone": (
        {ROE + "source": {"volume": 800}},
        ("source, reporter: is missing beside volume",),
    ),
    "page without volume": (
        {ROE + "source.volume": LEFT_OUT},
        ("source, volume: is missing beside reporter and page",),
    ),
    "volume zero": ({ROE + "source.volume": 0}, ("source, volume: 0", "1 to 99999")),
    "volume of many digits": ({ROE + "source.volume": 1 << 99999}, ("volume: a number of many",)),
    "source key unknown": ({ROE + "source.pages": 1}, ("source, pages: no such key", "mean page?")),
    "rule without its name": ({RULE + "source": {}}, ("source, rule: is missing",)),
    "local rule without its name": (
        {LOCAL + "source": {"docket": "No. 1"}},
        ("local-rule, source, rule: is missing",),
    ),
    "opinion cited as a rule": ({ROE + "source.rule": "R. 1"}, ("source, rule:", "for opinion")),
    "decided in the future": (
        {SMITH + "decided": date(2026, 11, 23)},
        ("decided: 2026-11-23 is in the future", "2026-11-22 or earlier"),
    ),
    "decided before 1700": ({SMITH + "decided": date(1699, 12, 31)}, ("decided:", "too early")),
    "checked in the future": ({SMITH + "checked": date(2027, 1, 1)}, ("checked:", "future")),
    "event in the future": ({EVENT + "from": date(2027, 1, 1)}, ("history 1, from:", "future")),
    "since in the future": ({FILED + "since": date(2027, 1, 1)}, ("filed, since:", "future")),
    "since after the decision": (
        {FILED + "since": date(2015, 3, 3)},
        ("holding filed, since: 2015-03-03 is after the decision", "2015-03-02 or earlier"),
    ),
    "landmark without facts": ({SMITH + "facts": LEFT_OUT}, ("smith-v-town, facts: is missing",)),
    "landmark without outcome": ({SMITH + "outcome": LEFT_OUT}, ("outcome: is missing",)),
    "outcome": ({SMITH + "outcome": "stays"}, ('outcome: "stays"', "mean stay?", "partial_stay")),
    "facts: unknown fact": (
        {SMITH + "facts.motoin": "x"},
        ("facts, motoin: no such fact", "motion?"),
    ),
    "facts: unknown value": (
        {SMITH + "facts.motion": "pendng"},
        ('facts, motion: "pendng" is not a value', "did you mean pending?"),
    ),
    "facts: one is not true": ({SMITH + "facts.qi_asserted": 1}, ("qi_asserted: 1", "true, false")),
    "facts: list": ({SMITH + "facts.motion": ["pending"]}, ("facts, motion: a list",)),
    "facts: court outside circuit": (
        {SMITH + "facts.circuit": "ninth"},
        ('facts, circuit: "ninth" is not the circuit of D.N.M.', "permitted: tenth"),
    ),
    "facts: another court": (
        {SMITH + "facts.court": "D. Utah"},
        ('facts, court: "D. Utah" is not the court of the order', "permitted: D.N.M."),
    ),
    "relies on nothing known": (
        {SMITH + "relies_on": ["doe-v-vilage"]},
        ('relies_on: no such precedent "doe-v-vilage"', "did you mean doe-v-village?"),
    ),
    "relies on itself": ({SMITH + "relies_on": ["smith-v-town"]}, ("relies_on: names the",)),
    "same_case no slug": ({SMITH + "same_case": ["A B"]}, ('same_case, item 1: "A B" is no id',)),
    "treatment": ({EVENT + "treatment": "limits"}, ("history 1, treatment:", "mean limited?")),
    "event key unknown": ({EVENT + "since": TODAY}, ("history 1, since: no such key", "from")),
    "event key missing": ({EVENT + "note": LEFT_OUT}, ("history 1, note: is missing",)),
    "limited without when": ({EVENT + "when": LEFT_OUT}, ("history 1, when: is missing",)),
    "limited by no fact": ({EVENT + "when": {}}, ("history 1, when: is missing",)),
    "when on another treatment": (
        {EVENT + "treatment": "overruled"},
        ("history 1, when: is not permitted for overruled",),
    ),
    "event: unknown fact": ({EVENT + "when.motions": "x"}, ("history 1, when, motions: no such",)),
    "event: unknown holding": (
        {EVENT + "holdings": ["fild"]},
        ('history 1, holdings: no such holding "fild"', "did you mean filed?", "everyone"),
    ),
    "by an unknown precedent": (
        {EVENT + "by": "row-v-county"},
        ('history 1, by: no such precedent "row-v-county"', "did you mean roe-v-county?"),
    ),
    "by itself": ({EVENT + "by": "smith-v-town"}, ("history 1, by: names the precedent itself",)),
    "by an older one": (
        {EVENT + "by": "doe-v-village"},
        ("history 1, by: doe-v-village is older than smith-v-town",),
    ),
    "event before the decision": (
        {SMITH + "history.1.from": date(2015, 3, 1)},
        ("history 2, from: 2015-03-01 is before the decision",),
    ),
    "event before the later decision": (
        {EVENT + "from": date(2016, 5, 31)},
        ("history 1, from: 2016-05-31 is before roe-v-county was decided",),
    ),
    "circular history": (
        {ROE + "history": [{**_ENDED, "by": "smith-v-town"}]},
        ("history: circular: smith-v-town by roe-v-county, roe-v-county by smith-v-town",),
    ),
    "two holdings of one key": (
        {SMITH + "holding.1.key": "filed"},
        ("precedent smith-v-town, holding filed, key: 2 of them share it",),
    ),
    "holding key missing": (
        {FILED + "key": LEFT_OUT},
        ("smith-v-town, holding 1, key: is missing",),
    ),
    "holding without when": ({FILED + "when": LEFT_OUT}, ("holding filed, when: is missing",)),
    "holding without says": ({FILED + "says": LEFT_OUT}, ("holding filed, says: is missing",)),
    "holding key unknown": ({FILED + "awnser": "x"}, ("awnser: no such key", "mean answer?")),
    "question": (
        {FILED + "question": "triger"},
        ('holding filed, question: no such question "triger"', "did you mean trigger?"),
    ),
    "answer": (
        {FILED + "answer": "enouhg"},
        ('holding filed, answer: "enouhg" does not answer trigger', "did you mean enough?"),
    ),
    "answer to another question": ({FILED + "answer": "everyone"}, ("does not answer trigger",)),
    "condition: unknown fact": (
        {FILED + "when.qi_aserted": True},
        ("holding filed, when, qi_aserted: no such fact", "did you mean qi_asserted?"),
    ),
    "condition: unknown value": (
        {FILED + "when.motion": ["pending", "filed"]},
        ('when, motion: "filed" is not a value of this fact', "permitted: pending, promised"),
    ),
    "condition: one is not true": ({FILED + "when.qi_asserted": 1}, ("qi_asserted: 1 is not",)),
    "condition: text is not true": (
        {FILED + "when.qi_asserted": "true"},
        ('"true" is not a value',),
    ),
    "exception: no fact": ({FILED + "unless": [{}]}, ("unless: an empty table is always met",)),
    "condition: empty list": ({FILED + "when.motion": []}, ("when, motion: an empty list",)),
    "condition on the circuit": ({FILED + "when.circuit": "tenth"}, ("when, circuit: the forum",)),
    "condition on the court": ({FILED + "when.court": "D.N.M."}, ("when, court: the forum",)),
    "holding without a quotation": (
        {FILED + "quote": LEFT_OUT},
        ("holding filed, quote: is missing", "supports_only = true"),
    ),
    "quotation empty": ({FILED + "quote": ""}, ("holding filed, quote: is missing",)),
    "quotation blank": ({FILED + "quote": " \n"}, ("holding filed, quote: is blank",)),
    "quotation too long": ({FILED + "quote": "no " * 31}, ("filed, quote: has 31 words", "30")),
    "supports_only not true": (
        {SMITH + "holding.1.supports_only": False},
        ("holding everyone, quote: is missing",),
    ),
}


def problems(table: dict[str, Any], **known: Any) -> list[str]:
    return precedents_problems(
        table, WORDS.vocabulary, WORDS.questions, WORDS.courts, today=TODAY, **known
    )


def changed(*changes: dict[str, object]) -> dict[str, Any]:
    """The valid table with values put at paths, or taken out."""
    table = copy.deepcopy(VALID)
    for path, value in (item for change in changes for item in change.items()):
        *outer, last = path.split(".")
        place: Any = table
        for step in outer:
            place = place[int(step) if isinstance(place, list) else step]
        key: Any = int(last) if isinstance(place, list) else last
        if value is LEFT_OUT:
            del place[key]
        else:
            place[key] = value
    return table
