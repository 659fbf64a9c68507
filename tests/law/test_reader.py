"""Every data file: each mistake is one line that names file, entry, key and what is permitted."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from data_files import MINE, MISSING, ORDERS_FILE, VALID, mistakes, spoiled

from qiwizard.law.shipped import shipped_library
from qiwizard.reasoning.next_steps import shipped_step_mistakes
from qiwizard.text import one_line

FACTS, COURTS, DOCTRINES = "facts.toml", "courts.toml", "doctrines.toml"
OPPOSED = "fact/opposed/"
TRIGGER = "doctrine/motion/question/trigger/"
PROTECTION = "doctrine/motion/question/protection/"
DISFAVORED = PROTECTION + "answer/disfavored/"
SMITH, ROE, RULE = "precedent/smith-v-town/", "precedent/roe-v-county/", "local_rule/dnm-silence/"
PASSAGE = SMITH + "passage/0/"
FILED = PASSAGE + "holding/filed/"
DISCRETION = ROE + "holding/discretion/"
EVENT = SMITH + "history/0/"

Change = dict[str, object]
Case = tuple[str, Change, str]

FACT_CASES: list[Case] = [
    (FACTS, {"fact/motion/doctrine": "motoin"}, "fact motion, doctrine: 'motoin'; did you mean"),
    (FACTS, {"fact/motion/short": MISSING}, "fact motion, short: is missing"),
    (FACTS, {"fact/motion/question": ["?"]}, "fact motion, question: a list; permitted: text"),
    (FACTS, {"fact/motion/yess": "x"}, "fact motion, yess: no such key; permitted: asked_when"),
    (FACTS, {"fact/motion/choices/pending": ""}, "fact motion, choices, pending: ''; permitted"),
    (
        FACTS,
        {OPPOSED + "asked_when": [{"reqest": ["stay"]}]},
        "fact opposed, asked_when: 'reqest' is no fact; did you mean request?",
    ),
    (
        FACTS,
        {OPPOSED + "asked_when": [{"request": ["stya"]}]},
        "fact opposed, asked_when.request: 'stya'; did you mean stay? permitted: stay, compel",
    ),
    (FACTS, {OPPOSED + "asked_when": [{}]}, "fact opposed, asked_when: an empty table"),
    (FACTS, {OPPOSED + "asked_when": "x"}, "asked_when: 'x'; permitted: a list of tables"),
    (FACTS, {OPPOSED + "can_become": [1]}, "can_become: 1; permitted: true, false"),
    (FACTS, {OPPOSED + "can_become": True}, "can_become: true; permitted: a list"),
    (FACTS, {OPPOSED + "name": "request"}, "fact request, name: another fact has it"),
    (FACTS, {"fact/4": 7}, "fact 5: 7; permitted: a table"),
    (FACTS, {"fact": 7}, "fact: 7; permitted: a list of tables"),
    (
        FACTS,
        {"defense/0/facts": {"motion": "pendig"}},
        "defense Motion to dismiss pending, facts.motion: 'pendig'; did you mean pending?",
    ),
    (FACTS, {"defense/0/facts": {"motions": "x"}}, "facts: 'motions' is no fact; did you mean"),
    (FACTS, {"term/0/text": 3}, "term alternative, text: 3; permitted: text"),
    (FACTS, {"glossary": []}, "glossary: no such key; permitted: defense, fact, term"),
]
COURT_CASES: list[Case] = [
    (COURTS, {"circuit/first/abbreviation": MISSING}, "circuit first, abbreviation: is missing"),
    (COURTS, {"circuit/first/nmae": "x"}, "circuit first, nmae: no such key; did you mean name?"),
    (COURTS, {"circuit/second/id": "first"}, "circuit first, id: another circuit has it"),
    (COURTS, {"circuit/first/districts": []}, "circuit first, districts: a list; permitted: a tab"),
    (COURTS, {"circuit/first/districts/D. Me.": 4}, "districts, D. Me.: 4; permitted: text"),
    (COURTS, {"circuit/first/districts/D. Vt.": "x"}, "districts, D. Vt.: another circuit has it"),
    (COURTS, {"circuit": {}}, "circuit: a table; permitted: a list of tables"),
]
DOCTRINE_CASES: list[Case] = [
    (
        DOCTRINES,
        {TRIGGER + "not_after": {"raisd": ["yes"]}},
        "doctrine motion, question trigger, not_after: 'raisd' is no earlier question; did you "
        "mean raised?",
    ),
    (DOCTRINES, {TRIGGER + "not_after": {"raised": ["yess"]}}, "not_after.raised: 'yess'; did you"),
    (DOCTRINES, {TRIGGER + "not_after": {"reach": ["movants"]}}, "'reach' is no earlier question"),
    (DOCTRINES, {TRIGGER + "after": {}}, "question trigger, after: no such key; did you mean"),
    (DOCTRINES, {TRIGGER + "settles": True}, "question trigger, settles: no such key; permitted"),
    (DOCTRINES, {TRIGGER + "id": "raised"}, "question raised, id: another question has it"),
    (DOCTRINES, {TRIGGER + "terms_only": "no"}, "terms_only: 'no'; permitted: true, false"),
    (DOCTRINES, {TRIGGER + "answer": []}, "question trigger, answer: is missing"),
    (DOCTRINES, {TRIGGER + "answer": 4}, "question trigger, answer: 4; permitted: a list of"),
    (DOCTRINES, {TRIGGER + "answer/filed/id": "granted"}, "answer granted, id: another answer"),
    (
        DOCTRINES,
        {TRIGGER + "answer/by_date/favors": {"protecton": "good_cause"}},
        "answer by_date, favors: 'protecton' is no question; did you mean protection?",
    ),
    (
        DOCTRINES,
        {TRIGGER + "answer/by_date/favors": {"protection": "goodcause"}},
        "favors.protection: 'goodcause'; did you mean good_cause?",
    ),
    (DOCTRINES, {DISFAVORED + "outcome": "no_sty"}, "outcome: 'no_sty'; did you mean no_stay?"),
    (DOCTRINES, {DISFAVORED + "side": "maybe"}, "disfavored, side: 'maybe'; permitted: yes, no"),
    (DOCTRINES, {DISFAVORED + "side": MISSING}, "answer disfavored, side: is missing"),
    (DOCTRINES, {DISFAVORED + "conclusion": MISSING}, "answer disfavored, conclusion: is missing"),
    (DOCTRINES, {DISFAVORED + "terms_under": ["stayed"]}, "terms_under: 'stayed'; did you mean"),
    (DOCTRINES, {PROTECTION + "default": "entitld"}, "default: 'entitld'; did you mean entitled?"),
    (DOCTRINES, {PROTECTION + "default": MISSING}, "question protection, default: is missing"),
    (
        DOCTRINES,
        {PROTECTION + "counted": {"yes": ["stay"], "no": ["stay"]}},
        "counted, no: stay answers yes as well",
    ),
    (DOCTRINES, {PROTECTION + "counted": {"yes": ["sty"]}}, "counted, yes: 'sty'; did you mean"),
    (DOCTRINES, {PROTECTION + "counted": 4}, "question protection, counted: 4; permitted: a tab"),
    (
        DOCTRINES,
        {PROTECTION + "considerations/0/toward": "up"},
        "considerations 1, toward: 'up'; permitted: yes, no, either",
    ),
    (DOCTRINES, {PROTECTION + "considerations/0/when": {}}, "considerations 1, when: is missing"),
    (
        DOCTRINES,
        {PROTECTION + "considerations/0/when": {"motoin": "x"}},
        "considerations 1, when: 'motoin' is no fact; did you mean motion?",
    ),
    (
        DOCTRINES,
        {PROTECTION + "counted": {"yes": ["stay"], "no": ["no_stay"], "comparable": ["motoin"]}},
        "counted, comparable: 'motoin'; did you mean motion?",
    ),
    (
        DOCTRINES,
        {PROTECTION + "counted": {"yes": ["stay"], "no": ["no_stay"], "enough": -1}},
        "counted, enough: -1; permitted: a whole number from 0",
    ),
    (DOCTRINES, {"weights/floor": 0.5}, "weights, floor: 0.5; permitted: a number from 0 to 0.2"),
    (DOCTRINES, {"weights/permits": 1}, "weights, permits: 1; permitted: a number from 0.5 to 0.9"),
    (DOCTRINES, {"weights/local": float("nan")}, "weights, local: nan; permitted: a number"),
    (DOCTRINES, {"weights/requires": True}, "weights, requires: true; permitted: a number"),
    (DOCTRINES, {"weights/fact_variance": 0}, "weights, fact_variance: 0; permitted: a number"),
    (DOCTRINES, {"weights/default": 0.2}, "weights, default: 0.2; permitted: a number from 0.5"),
    (DOCTRINES, {"weights/fewest": 0}, "weights, fewest: 0; permitted: a whole number from 1"),
    (DOCTRINES, {"weights/lokal": 0.5}, "weights, lokal: no such key; did you mean local?"),
    (DOCTRINES, {"doctrine/1/id": MISSING}, "doctrine 2, id: is missing"),
    (DOCTRINES, {"doctrine/1": 4}, "doctrine 2: 4; permitted: a table"),
    (DOCTRINES, {"doctrine": {}}, "doctrine: a table; permitted: a list of tables"),
    (DOCTRINES, {"outcome": 3}, "outcome: 3; permitted: a list of tables"),
    (
        DOCTRINES,
        {"silence/0/holdings/0/answer": "as_askd"},
        "silence consent, holding unopposed-stay, answer: 'as_askd'; did you mean as_asked?",
    ),
    (DOCTRINES, {"silence/0/holdings/0/force": "may"}, "unopposed-stay, force: 'may'; permitted"),
    (DOCTRINES, {"silence/0/holdings": 5}, "silence consent, holdings: 5; permitted: a list of"),
]
ORDER_CASES: list[Case] = [
    (ORDERS_FILE, {"order/0/outcome": "stayed"}, "order smith-v-town-2015, outcome: 'stayed'; did"),
    (ORDERS_FILE, {"order/0/case": MISSING}, "order smith-v-town-2015, case: is missing"),
    (ORDERS_FILE, {"order/0/facts/court": "D. Me."}, "facts: D. Me. is in the first circuit"),
    (ORDERS_FILE, {"order/0/facts/court": "D. Mee"}, "facts.court: 'D. Mee'; did you mean D. Me.?"),
    (ORDERS_FILE, {"order/0/facts/motoin": "x"}, "facts: 'motoin' is no fact; did you mean motion"),
    (ORDERS_FILE, {"order/0/facts/motion": ["none"]}, "facts.motion: a list; permitted: pending"),
    (ORDERS_FILE, {"order/0/facts/circuit": MISSING}, "facts: circuit is missing"),
    (ORDERS_FILE, {"order/0/read": "all"}, "read: 'all'; permitted: whole, most, opening, summary"),
    (ORDERS_FILE, {"order/0/confidence": "?"}, "confidence: '?'; permitted: high, medium, low"),
    (ORDERS_FILE, {"order/0/decided": "2015-03-02"}, "decided: '2015-03-02'; permitted: a date"),
    (ORDERS_FILE, {"order/0/decided": datetime(2015, 1, 1)}, "2015-01-01T00:00:00; permitted: a d"),
    (ORDERS_FILE, {"order/0/url": "javascript:x"}, "url: 'javascript:x'; permitted: an address"),
    (ORDERS_FILE, {"order/0/sumary": "x"}, "sumary: no such key; did you mean summary?"),
    (ORDERS_FILE, {"order/1/id": "smith-v-town-2015"}, "smith-v-town-2015, id: another order has"),
    (ORDERS_FILE, {"order/0": "x"}, "order 1: 'x'; permitted: a table"),
    (ORDERS_FILE, {"orders": []}, "orders: no such key; did you mean order?"),
]
_IN_PRECEDENTS: list[tuple[Change, str]] = [
    ({"library": MISSING}, "library: is missing"),
    ({"library/begins": MISSING}, "library, begins: is missing"),
    ({"library/fresh": 1}, "library, fresh: no such key; did you mean fresh_days?"),
    ({"library/fresh_days": 0}, "library, fresh_days: 0; permitted: a whole number from 1"),
    ({"library": [1]}, "library: a list; permitted: a table"),
    ({"precedents": []}, "precedents: no such key; did you mean precedent?"),
    ({"precedent": {}}, "precedent: a table; permitted: a list of tables"),
    ({"precedent/1": 5}, "precedent 2: 5; permitted: a table"),
    ({SMITH + "captoin": "x"}, "smith-v-town, captoin: no such key; did you mean caption?"),
    ({SMITH + "verified": MISSING}, "precedent smith-v-town, verified: is missing"),
    ({SMITH + "verified": "fully"}, "verified: 'fully'; did you mean full? permitted: full"),
    ({SMITH + "id": MISSING}, "precedent 1, id: is missing"),
    ({ROE + "id": "smith-v-town"}, "smith-v-town, id: another precedent has it"),
    ({SMITH + "landmark": 1}, "landmark: 1; permitted: true, false"),
    ({SMITH + "decided": "2015-03-02"}, "decided: '2015-03-02'; permitted: a date, such as"),
    (
        {SMITH + "decided": date(2027, 1, 1)},
        "decided: 2027-01-01 is in the future; permitted: up to",
    ),
    ({SMITH + "precision": "week"}, "precision: 'week'; permitted: day, month, year"),
    ({SMITH + "caption": 3}, "caption: 3; permitted: text"),
    ({SMITH + "caption": "  "}, "caption: ' '; permitted: text"),
    ({SMITH + "terms": 4}, "terms: 4; permitted: a list"),
    ({SMITH + "terms": ["a", 2]}, "terms: 2; permitted: text"),
    ({SMITH + "source": "x"}, "smith-v-town, source: 'x'; permitted: a table"),
    ({SMITH + "source": {}}, "source, docket: is missing; permitted: volume with reporter"),
    ({ROE + "source/page": True}, "source, page: true; permitted: a whole number from 1"),
    ({ROE + "source/page": MISSING}, "source, volume: volume, reporter and page belong"),
    ({SMITH + "source/reporter": "F.3d"}, "source, volume: volume, reporter and page belong"),
    ({SMITH + "facts": 1}, "facts: 1; permitted: a table"),
    ({SMITH + "facts": {"motion": "x"}}, "facts.motion: 'x'; permitted: pending, promised"),
    ({SMITH + "kind": "odrer"}, "kind: 'odrer'; did you mean order? permitted: rule, opinion"),
    ({SMITH + "kind": "rule"}, "court: 'D.N.M.'; a federal rule belongs to no court"),
    ({SMITH + "court": MISSING}, "precedent smith-v-town, court: is missing"),
    ({SMITH + "court": "D.N.M"}, "court: 'D.N.M'; did you mean D.N.M.?"),
    ({SMITH + "court": "10th Cir."}, "court: '10th Cir.'; permitted: D. Me., D. Mass."),
    ({ROE + "court": "D.N.M."}, "court: 'D.N.M.'; permitted: U.S., 1st Cir., 2d Cir."),
    ({SMITH + "outcome": "stayed"}, "outcome: 'stayed'; did you mean stay? permitted: stay"),
    ({SMITH + "url": "ftp://x"}, "url: 'ftp://x'; permitted: an address that begins with ht"),
    ({SMITH + "url": "https://x y"}, "url: 'https://x y'; permitted: an address"),
    ({SMITH + "relies_on": ["doe-v-vilage"]}, "relies_on: 'doe-v-vilage'; did you mean doe-v"),
    ({SMITH + "history": {}}, "history: a table; permitted: a list of tables"),
    ({SMITH + "history/0": "x"}, "history 1: 'x'; permitted: a table"),
    ({EVENT + "by": "roe-v-couny"}, "history, by: 'roe-v-couny'; did you mean roe-v-county?"),
    ({EVENT + "treatment": "limitd"}, "treatment: 'limitd'; did you mean limited? permitted"),
    ({EVENT + "when": MISSING}, "history limited, when: is missing; a limit states the post"),
    ({EVENT + "treatment": "overruled"}, "history overruled, when: is permitted only for a limit"),
    ({EVENT + "from": date(2014, 1, 1)}, "from: 2014-01-01 is before the decision of 2015-03"),
    ({EVENT + "from": MISSING}, "history limited, from: is missing"),
    ({EVENT + "holdings": ["fild"]}, "history, holdings: 'fild'; did you mean filed?"),
    ({EVENT + "note": MISSING}, "history limited, note: is missing"),
    # The new form: passages with holdings
    ({FILED + "question": "triger"}, "passage 1, holding filed, question: 'triger'; did you"),
    ({FILED + "answer": "fild"}, "holding filed, answer: 'fild'; did you mean filed?"),
    ({FILED + "force": "binds"}, "force: 'binds'; permitted: requires, permits, supports"),
    ({FILED + "force": MISSING}, "holding filed, force: is missing"),
    ({FILED + "when": {"qi_aserted": True}}, "when: 'qi_aserted' is no fact; did you mean qi"),
    ({FILED + "when": {"qi_asserted": 1}}, "when.qi_asserted: 1; permitted: true, false"),
    ({FILED + "when": {"motion": []}}, "when.motion: an empty list is never met"),
    ({FILED + "when": {"circuit": "tenth"}}, "when: 'circuit' is no fact; permitted: request"),
    ({FILED + "when": 5}, "holding filed, when: 5; permitted: a table"),
    ({FILED + "unless": [{}]}, "holding filed, unless: an empty table is always met"),
    ({FILED + "unless": [{"opposd": True}]}, "unless: 'opposd' is no fact; did you mean op"),
    ({FILED + "says": MISSING}, "holding filed, says: is missing"),
    ({FILED + "since": date(2030, 1, 1)}, "since: 2030-01-01 is in the future; permitted: up to"),
    ({FILED + "quote": "x"}, "holding filed, quote: no such key; permitted: answer"),
    ({FILED + "discretion": True}, "holding filed, discretion: no such key; permitted: answer"),
    ({PASSAGE + "pni": "3"}, "passage 1, pni: no such key; did you mean pin?"),
    ({PASSAGE + "quote": 5}, "passage 1, quote: 5; permitted: text"),
    ({PASSAGE + "verified": "secondary"}, "passage 1, quoted_in: is missing; words not read"),
    ({PASSAGE + "quote": "", FILED + "force": "permits"}, "'permits' without a quotation"),
    ({SMITH + "passage/0": 4}, "passage 1: 4; permitted: a table"),
    ({PASSAGE + "holding": 4}, "passage 1, holding: 4; permitted: a list of tables"),
    # The old form: holdings that quote for themselves
    ({DISCRETION + "quoted_in": MISSING}, "holding discretion, quoted_in: is missing; words"),
    ({DISCRETION + "quote": MISSING}, "'permits' without a quotation; permitted: supports"),
    ({DISCRETION + "capped": True}, "holding discretion, capped: no such key; permitted"),
    ({DISCRETION + "url": "x"}, "holding discretion, url: 'x'; permitted: an address"),
    # Local rules
    ({RULE + "silence": "assent"}, "silence: 'assent'; did you mean consent? permitted: con"),
    ({RULE + "silence": MISSING}, "local_rule dnm-silence, silence: is missing"),
    ({RULE + "court": "10th Cir."}, "dnm-silence, court: '10th Cir.'; permitted: D. Me."),
    ({RULE + "court": MISSING}, "local_rule dnm-silence, court: is missing"),
    ({RULE + "quote": MISSING}, "local_rule dnm-silence, quote: is missing"),
    ({RULE + "id": "smith-v-town"}, "local_rule smith-v-town, id: another precedent has it"),
    ({RULE + "kind": "rule"}, "local_rule dnm-silence, kind: no such key"),
    ({"local_rule": 5}, "local_rule: 5; permitted: a list of tables"),
    # Values of any size
    ({SMITH + "caption": 10**4000}, "caption: a number of very many digits; permitted: text"),
    ({SMITH + "caption": 16**5000}, "caption: a number of very many digits; permitted: text"),
    ({SMITH + "kind": "y" * 9000}, "kind: 'yyyyyyyy"),
    ({SMITH + "z" * 3000: 1}, "smith-v-town, zzzzzzzz"),
    ({SMITH + "court": "x\x1b[2J"}, "court: 'x<U+001B>[2J'; permitted: D. Me."),
]
PRECEDENT_CASES: list[Case] = [(MINE, change, line) for change, line in _IN_PRECEDENTS]
CASES = [*FACT_CASES, *COURT_CASES, *DOCTRINE_CASES, *ORDER_CASES, *PRECEDENT_CASES]


def named(case: Case) -> str:
    """The file and the keys that are changed."""
    file, change, _ = case
    return f"{file} {' '.join(change)}"[:80]


def test_the_shipped_files_have_no_mistake() -> None:
    assert mistakes(VALID) == []
    library = shipped_library()
    assert library.orders
    assert shipped_step_mistakes(library) == ()


@pytest.mark.parametrize("case", CASES, ids=named)
def test_each_mistake_is_one_line_with_what_is_permitted(case: Case) -> None:
    file, change, words = case
    found = mistakes(spoiled(file, change))
    told = [line for line in found if line.startswith(f"{file}: ") and words in line]
    assert len(told) == 1, found
    assert len(told[0]) < 500
    assert all(line == one_line(line) for line in found)


@pytest.mark.parametrize(
    "case",
    [case for case in PRECEDENT_CASES if set(case[1]) & {SMITH + "kind", FILED + "question"}]
    + [(MINE, {EVENT + "from": MISSING}, ""), (MINE, {SMITH + "source": 3}, "")]
    + [(MINE, {SMITH + "history/0": 3}, ""), (ORDERS_FILE, {"order/0": 3}, "")],
    ids=named,
)
def test_one_mistake_makes_no_others(case: Case) -> None:
    file, change, _ = case
    assert len(mistakes(spoiled(file, change))) == 1


def test_all_mistakes_of_a_file_are_told_together() -> None:
    change: Change = {
        SMITH + "verified": "fully",
        EVENT + "treatment": "limitd",
        FILED + "answer": "fild",
        DISCRETION + "quoted_in": MISSING,
        RULE + "silence": "assent",
        ROE + "outcome": "stayed",
    }
    assert len(mistakes(spoiled(MINE, change))) == len(change)
