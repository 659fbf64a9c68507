"""The interview: one question at a time, with the law it turns on beside it."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Static

from qiwizard.law.facts import Fact, Value
from qiwizard.reasoning.interview import Agenda, agenda
from qiwizard.reasoning.outlook import strip_of
from qiwizard.sessions.session import Session
from qiwizard.sessions.steps import Step, shift, steps
from screens.dialogs.source import ask_source
from screens.drawing.literal import literal
from screens.drawing.styles import HEADING, MUTED, STRONG
from screens.host import Host, host, is_open
from screens.sections.case import Case
from screens.sections.map_view import strip_line
from screens.sections.panels import authority_blocks, heading_for, left_words, reach_words
from screens.why import WhyScreen
from screens.widgets.caseline import CaseLine
from screens.widgets.choices import Choices
from screens.widgets.key_line import KeyLine
from screens.widgets.moved import moved_words
from screens.widgets.offers import can_be_narrowed, offers_of
from screens.widgets.page import Page
from screens.widgets.room import fits, lines_of
from screens.widgets.settled import Scroll, Told
from screens.widgets.steps import StepList

WIDTHS = [(0, "-slim"), (70, "-narrow"), (100, "-wide")]
MOST_NOTICED = 3
"""Lines that a notice can take."""
LONGEST = 20
"""Answers beyond which a list is narrowed by letters and not seen as a whole."""
HEIGHTS = [(0, "-short"), (18, "-medium"), (24, "-tall"), (30, "-roomy")]


class InterviewScreen(Screen[None]):
    """Shows the doctrine of the current question, the question, and what hangs on it."""

    CSS_PATH = "interview.tcss"
    HELP = """\
# The interview

Choose an answer by its number, or with **↑ ↓** and **Enter**; *Not stated* is an answer too.
**?** (or **F1**) says what a question means, what each answer leads to and which authorities
speak to it.
**Esc** steps back over what was answered, **→** forward; **h** goes to the start, which offers
to go on with the session. **Tab** goes to the authorities and back.
"""
    AUTO_FOCUS = "Choices"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        # Some terminals keep F1 for a help of their own.
        Binding("f1,question_mark", "why", "Why", key_display="?", id="interview.why"),
        Binding("escape,b,left", "back", "Back", key_display="esc", id="interview.back"),
        Binding("right", "forward", "Forward", show=False, id="interview.forward"),
        Binding("n", "note", "Note", id="interview.note"),
        Binding("w", "app.map", "Map", id="interview.map"),
        Binding("c", "app.matter", "Case", show=False, id="interview.matter"),
        Binding("r", "app.review", "Review", id="interview.review"),
        Binding("s", "app.summary", "Summary", id="interview.summary"),
        Binding("e", "app.export", "Export", id="interview.export"),
        Binding("l", "app.library", "Library", show=False, id="interview.library"),
        Binding("m", "app.compare", "Compare", show=False, id="interview.compare"),
        Binding("h", "app.start", "Start", show=False, id="interview.start"),
    ]

    choices = query_one(Choices)
    side = query_one("#authority", Page)

    def __init__(self, fact: str | None = None) -> None:
        super().__init__()
        self._start = fact
        self._fact: Fact | None = None
        self._notice = Content("")
        self._drawn: Session | None = None
        self._asked: tuple[tuple[Content, ...], tuple[str, ...]] = (), ()

    def compose(self) -> ComposeResult:
        """The case, the steps, the question, and the law beside it."""
        yield CaseLine()
        yield Told("", id="notice", markup=False)
        with Horizontal(id="columns"):
            yield StepList(id="steps")
            with Container(id="middle"):
                with Vertical(id="centre"):
                    with Scroll(id="asking", can_focus=False):
                        yield Told("", id="step", markup=False)
                        yield Told("", id="doctrine", markup=False)
                        yield Told("", id="question", markup=False)
                        yield Told("", id="narrow", markup=False)
                    yield Choices(self._answer)
                    yield Told("", id="note", markup=False)
                with Vertical(id="side"):
                    with Container(id="heading"):
                        yield Told("Where this is heading", id="whither", markup=False)
                        yield Told("", id="verdict", markup=False)
                    yield Told("", id="reach", markup=False)
                    yield Page(id="authority")
        yield Told("", id="strip", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin where the screen was told to, or at the next question."""
        self._go(self._start)
        self.call_after_refresh(self._leave_room)

    def on_screen_resume(self) -> None:
        """Take up what other screens did to the session."""
        session = self._host.session
        if self._drawn is None or session is self._drawn:
            return
        anew = session.created != self._drawn.created or not session.trail
        self.go(None if anew or self._fact is None else self._fact.name)

    def go(self, name: str | None = None, notice: Content | None = None) -> None:
        """Ask a fact, or the next one that can matter; begin there if nothing is drawn yet."""
        if self.is_mounted:
            self._go(name, notice)
        else:
            self._start = name

    def _go(self, name: str | None = None, notice: Content | None = None) -> None:
        session = self._host.session
        left = self._agenda(session)
        name = (
            name or left.next or (session.trail or tuple(self._host.library.vocabulary.by_name))[-1]
        )
        self._fact = self._host.library.vocabulary.by_name[name]
        self._notice = notice or Content("")
        self._draw(session, left)
        self.choices.focus()

    @property
    def fact(self) -> str:
        """The name of the fact that is asked."""
        return self._fact.name if self._fact else ""

    @property
    def _host(self) -> Host:
        return host(self)

    def _agenda(self, session: Session) -> Agenda:
        return agenda(self._host.library, session.posture, session.as_of)

    def _draw(self, session: Session, left: Agenda) -> None:
        fact, library = self._fact, self._host.library
        if fact is None:
            return
        first, self._drawn = self._drawn is None, session
        walk = steps(library, session)
        self.query_one(CaseLine).show(library, session)
        self._say("#notice", self._notice)
        self.query_one(StepList).show(library, walk, fact.doctrine, left_words(left))
        self._ask(fact, session, walk, left)
        case = Case(library, session, self._host.ruling, self._host.today)
        self._say("#verdict", heading_for(case))
        self._say("#reach", reach_words(case, left))
        self.side.show(authority_blocks(case, fact))
        if first:
            self.call_after_refresh(self._rule_elsewhere)
        else:
            self._rule_elsewhere()

    def _rule_elsewhere(self) -> None:
        """Say what every circuit makes of the answers so far, where there is room for it.

        The law of all forums is new to the first question, which does not wait for it.
        """
        session, library = self._drawn, self._host.library
        if session is None or not is_open(self) or not self.has_class("-roomy"):
            return
        posture, trail = session.posture, session.trail
        before = posture.forgetting(trail[-1]) if trail else None
        strip = strip_of(library, posture, session.as_of, before)
        self._say("#strip", strip_line(library, strip, self.size.width - 2))

    def on_resize(self) -> None:
        """Use the room there is now."""
        if self._drawn is not None:
            self.call_after_refresh(self._leave_room)
            self.call_after_refresh(self._rule_elsewhere)
            self.call_after_refresh(self._keep_focus)

    def _keep_focus(self) -> None:
        """Let the keys go to the answers where what they went to has no room any more."""
        if is_open(self) and self.focused is None:
            self.choices.focus()

    def _ask(self, fact: Fact, session: Session, walk: tuple[Step, ...], left: Agenda) -> None:
        doctrine = self._host.library.doctrine(fact.doctrine)
        number = next(n for n, step in enumerate(walk, 1) if step.doctrine == fact.doctrine)
        place = f"▸ Step {number} of {len(walk)}: {doctrine.title} · {left_words(left)}"
        self._say("#step", literal(place, MUTED))
        introduced = literal(doctrine.title, HEADING) + literal(f"\n{doctrine.intro}")
        question = literal(fact.question, STRONG)
        self._say("#doctrine", introduced)
        self._say("#question", question)
        self._say_narrowing(fact, "")
        offers, chosen = offers_of(self._host.library, session.posture, fact)
        self._asked = (introduced, question), tuple(offer.label for offer in offers)
        self._leave_room()
        self.choices.offer(offers, chosen, narrowing=can_be_narrowed(fact))
        self._say("#note", _note_line(session, fact, idle=fact.name in left.idle))

    def _leave_room(self) -> None:
        """Leave the introduction out where it would push answers out of sight.

        A list that letters narrow is longer than any room, with or without it.
        """
        if not is_open(self):
            return
        notice = self.query_one("#notice").region.height
        more = min(MOST_NOTICED, lines_of(self._notice, self.size.width - 2)) - notice
        centre = self.query_one("#centre").content_size
        texts, answers = self._asked
        tight = len(answers) <= LONGEST and not fits(
            centre.height - more, centre.width, texts, answers
        )
        self.set_class(tight and centre.height > 0, "-crowded")

    def _say(self, where: str, text: Content) -> None:
        line = self.query_one(where, Static)
        if isinstance(line.content, Content) and line.content.is_same(text):
            return
        line.update(text)
        line.set_class(not text.plain, "-empty")

    def _say_narrowing(self, fact: Fact, letters: str, *, fits: bool = True) -> None:
        typed = f"Narrowed to: {letters}" if letters else "Type letters to narrow the list."
        typed += "" if fits else " (nothing fits)"
        self._say("#narrow", literal(typed, MUTED) if can_be_narrowed(fact) else Content(""))

    @on(Choices.Narrowed)
    def _narrowed(self, event: Choices.Narrowed) -> None:
        if self._fact is not None:
            self._say_narrowing(self._fact, event.text, fits=event.fits)

    def _answer(self, value: Value | None) -> None:
        if self._fact is None:
            return
        before = self._host.session
        after = self._answered(before, self._fact.name, value)
        library = self._host.library
        moved = moved_words(library, shift(library, before, after))
        following = self._agenda(after).next
        if following is not None:
            self.go(following, moved)
            return
        self.go(self._fact.name, moved)
        if moved.plain:
            self.app.notify(moved.plain, markup=False)
        self._host.show_summary()

    def _answered(self, before: Session, name: str, value: Value | None) -> Session:
        posture = before.posture
        if posture.asked(name) and posture.get(name) == value:
            return before
        after = before.answering(self._host.library, name, value)
        self._host.keep(after)
        return after

    @on(StepList.Wanted)
    def _to_doctrine(self, event: StepList.Wanted) -> None:
        for step in steps(self._host.library, self._host.session):
            if step.doctrine == event.doctrine and step.arises:
                self.go((*step.left, *step.asked)[0])

    def on_key(self, event: events.Key) -> None:
        """A digit answers wherever the focus is: the answers keep their mark."""
        self.choices.hear(event)

    def action_back(self) -> None:
        """Widen a narrowed list, or step back, or leave for the start."""
        if self.choices.widen():
            return
        position = self._position()
        if position > 0:
            self.go(self._host.session.trail[position - 1])
        else:
            self.app.pop_screen()

    def action_forward(self) -> None:
        """Step forward over what was answered, to the next open question."""
        trail, position = self._host.session.trail, self._position() + 1
        if position < len(trail):
            self.go(trail[position])
        elif following := self._agenda(self._host.session).next:
            self.go(following)

    def _position(self) -> int:
        trail = self._host.session.trail
        name = self._fact.name if self._fact else ""
        return trail.index(name) if name in trail else len(trail)

    def action_why(self) -> None:
        """Say what the question means and what hangs on it."""
        if self._fact is not None:
            self.app.push_screen(WhyScreen(self._fact), self._after_why)

    def _after_why(self, precedent: str | None) -> None:
        if precedent is not None:
            self._host.show_library(precedent)

    def action_note(self) -> None:
        """Note where the record says so."""
        if (fact := self._fact) is not None:
            ask_source(self, fact, lambda: self.go(fact.name))


def _note_line(session: Session, fact: Fact, *, idle: bool) -> Content:
    lines = []
    if note := session.sources.get(fact.name, "").strip():
        lines.append(literal(f"Source: {note}"))
    if idle:
        lines.append(literal("This answer has no effect as things stand.", MUTED))
    return Content("\n").join(lines)
