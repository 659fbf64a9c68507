"""A session that has come to its result, and the ways about it."""

from __future__ import annotations

import tomllib
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import date
from functools import lru_cache

from frames import NOW, TODAY, press
from postures import decided_order, with_orders
from textual.pilot import Pilot

from qiwizard.law.library import Library
from qiwizard.law.shipped import library_of
from qiwizard.sessions.session import Matter, Session
from screens.app import QiWizard
from screens.summary import SummaryScreen
from screens.widgets.page import Page

CAPTION = "Lucero v. City of Clovis Police Department"
SIZES = [(80, 24), (140, 40), (60, 20), (40, 12)]
GOLDEN = [(80, 24), (140, 40)]

ANSWERS: tuple[tuple[str, bool | str | None], ...] = (
    ("circuit", "tenth"),
    ("court", "D.N.M."),
    ("request", "both"),
    ("opposed", True),
    ("stay_scope", "blanket"),
    ("discovery_target", "all"),
    ("stay_in_effect", False),
    ("rule_26f_held", True),
    ("individual_capacity", True),
    ("qi_asserted", True),
    ("motion", "pending"),
    ("motion_kind", "summary_judgment"),
    ("motion_delayed", True),
    ("other_defendants", True),
    ("rule_56d", "none"),
    ("facts_needed", None),
)

LAW = """
[library]
version = "steady"
begins = 1993-12-01
checked = 2026-11-01
fresh_days = 365

[[precedent]]
id = "vance"
caption = "Featherley v. Vance"
short = "Featherley"
kind = "opinion"
court = "10th Cir."
decided = 2014-07-21
source = { volume = 999, reporter = "F.3d", page = 1134 }
verified = "full"
  [[precedent.holding]]
  key = "may-stay"
  question = "protection"
  when = { motion = "pending" }
  answer = "good_cause"
  force = "permits"
  says = "A court may stay discovery on a filed motion."
  quote = "a district court may stay discovery upon the filing of a dispositive motion"
  pin = "1148"
  [[precedent.holding]]
  key = "limited"
  question = "limits"
  when = { facts_needed = true }
  answer = "limited"
  force = "requires"
  says = "Discovery is limited to facts needed for the ruling."
  quote = "discovery must be tailored to the immunity question"
  pin = "1149"

[[precedent]]
id = "lucero"
caption = "Lucero v. City of Clovis Police Department"
short = "Lucero"
kind = "order"
court = "D.N.M."
decided = 2019-12-10
source = { docket = "No. 2:19-cv-00445" }
verified = "full"
  [[precedent.holding]]
  key = "everyone"
  question = "reach"
  when = { other_defendants = true }
  answer = "everyone"
  force = "supports"
  says = "All defendants benefit from the stay."
  quote = "all Defendants are beneficiaries of the stay"
  [[precedent.holding]]
  key = "refile"
  question = "motions"
  when = { motion = "pending" }
  answer = "denied_without_prejudice"
  force = "supports"
  says = "Motions to compel may be refiled."
  quote = "free to refile their motions to compel"

[[precedent]]
id = "rand"
caption = "Rand v. Ruiz"
short = "Rand"
kind = "order"
court = "D. Colo."
decided = 2004-10-22
source = { volume = 999, reporter = "F.R.D.", page = 640 }
verified = "full"
  [[precedent.holding]]
  key = "movants"
  question = "reach"
  when = { other_defendants = true }
  answer = "movants"
  force = "supports"
  says = "Only officials who may assert immunity are protected."
  quote = "limited to particular claims against particular individuals"
  pin = "643"
  distinguish = "Judges of this district ordinarily stay discovery as to all defendants."

[[precedent]]
id = "sister"
caption = "Doe v. Roe"
short = "Doe"
kind = "opinion"
court = "9th Cir."
decided = 2010-03-01
source = { volume = 999, reporter = "F.3d", page = 1 }
verified = "full"
  [[precedent.holding]]
  key = "exception"
  question = "protection"
  when = { motion = "pending" }
  answer = "disfavored"
  force = "permits"
  says = "Stays are disfavored."
  quote = "a stay is the exception"

[[precedent]]
id = "raised"
caption = "Poe v. Ash"
short = "Poe"
kind = "opinion"
court = "U.S."
decided = 1998-05-04
source = { volume = 999, reporter = "U.S.", page = 574 }
verified = "full"
  [[precedent.holding]]
  key = "asserted"
  question = "raised"
  when = { qi_asserted = true }
  answer = "yes"
  force = "requires"
  says = "Immunity is before the court once it is asserted."
  quote = "threshold question"
  pin = "598"
"""
"""A small law with authority on every side, which no change of the shipped law moves.

Lucero is the one real authority, in its own words; the others are fictitious, volume 999.
"""
OUTCOMES = ("stay",) * 6 + ("limited_discovery", "partial_stay")


@lru_cache(maxsize=1)
def steady() -> Library:
    """That law, with eight made-up orders of the district and two of another."""
    pending = {"motion": "pending", "motion_kind": "summary_judgment"}
    here = [decided_order(n, outcome, facts=pending) for n, outcome in enumerate(OUTCOMES)]
    there = [decided_order(n, "no_stay", "D. Kan.", pending) for n in (20, 21)]
    named = [
        replace(o, caption=f"Case {o.id[6:]} v. City", citation=f"No. {o.id[6:]} ({o.court} 2015)")
        for o in (*here, *there)
    ]
    return with_orders(library_of({"steady.toml": tomllib.loads(LAW)}), named)


def session_on(day: date = TODAY) -> Session:
    """A session like the case of the caption, one of its facts left open."""
    session = Session.new(day, NOW).naming(Matter(caption=CAPTION))
    for name, value in ANSWERS:
        session = session.answering(steady(), name, value)
    return session.sourcing("motion", "Doc. 38")


class Reading:
    """The application on the result of a session."""

    def __init__(self, session: Session | None = None, size: tuple[int, int] = (80, 24)) -> None:
        self.app = QiWizard(steady(), session or session_on(), TODAY)
        self._run: AbstractAsyncContextManager[Pilot[int]] = self.app.run_test(size=size)

    async def __aenter__(self) -> tuple[QiWizard, Pilot[int]]:
        pilot = await self._run.__aenter__()
        await pilot.pause()
        if not isinstance(self.app.screen, SummaryScreen):
            await press(pilot, "s")
        assert isinstance(self.app.screen, SummaryScreen)
        await press(pilot)
        return self.app, pilot

    async def __aexit__(self, *error: object) -> None:
        await self._run.__aexit__(*error)  # type: ignore[arg-type]


def reader(app: QiWizard) -> Page:
    """The page that is read: the part of the report beside the card, or the one in sight."""
    return [page for page in app.screen.query(Page) if page.display][-1]


def page_text(app: QiWizard) -> str:
    """The whole text of that page, on one line."""
    return " ".join(reader(app).text.split())
