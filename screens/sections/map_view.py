"""The map drawn in text: the forums as a strip, the doctrines ahead as branches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from textual.content import Content

from qiwizard.documents.outlook import forum_name, forum_sentences, values_words
from qiwizard.law.library import Library
from qiwizard.reasoning.canons import Strength
from qiwizard.reasoning.compare import Column
from qiwizard.reasoning.outlook import Ahead, Limb, Outlook, Strip
from screens.drawing.literal import literal
from screens.drawing.styles import HEADING, MUTED, STRONG
from screens.sections.case import Asks, heading, prose
from screens.widgets.page import Block

MARKS = {Strength.SETTLED: "●", Strength.LEANING: "◐", Strength.CONTESTED: "○"}
NOW, OWN, LATER, NEVER = "◆", "◇", "·", " "
MOVED = "*"
STRIP_KEY = "● settled  ◐ leaning  ○ contested"
TREE_KEY = f"{NOW} leads there  {OWN} its answers together can  {LATER} only with later answers"
WIDE_ENOUGH = 72
"""Columns from which outcomes are named in full above the branches."""
HERE = "here"
LIMB, LAST_LIMB, TRUNK, NO_TRUNK = "  ├─ ", "  └─ ", "  │  ", "     "
TWIG, LAST_TWIG = "├ ", "└ "
_GOES_ON = str.maketrans("├└─", "│  ")
"""What stands at the left of a name's second line."""


def map_blocks(library: Library, map_: Outlook, width: int) -> list[Block]:
    """The strip of forums, then the branches, for a page of some width."""
    return [
        *strip_blocks(library, map_, width),
        *_branches(library, map_, width),
    ]


def strip_blocks(library: Library, map_: Outlook, width: int) -> list[Block]:
    """A column for each forum, a row for each outcome, a mark where the two meet."""
    columns = list(map_.strip.circuits)
    names = [_short(library, column) for column in columns]
    if map_.strip.here.forum.court is not None:
        columns, names = [map_.strip.here, *columns], [HERE, *names]
    labels = {id_: outcome.label.upper() for id_, outcome in library.outcomes.items()}
    side = max(map(len, labels.values())) + 1
    blocks = [heading("The forums on the facts so far", space=0)]
    if side + sum(len(name) + 1 for name in names) > width:
        blocks += [prose(sentence) for sentence in forum_sentences(library, map_)]
        return blocks
    key = STRIP_KEY + (f"  {MOVED} moved by the last answer" if map_.strip.moved else "")
    if map_.strip.here.forum.court is not None:
        key += f"; {HERE} is {forum_name(library, map_.strip.here)}"
    blocks.append(prose(key, style=MUTED, indent=0))
    blocks.append(_line(literal(" " * side) + _names(names, map_, columns)))
    for id_, label in labels.items():
        cells = [
            _cell(map_, column, id_).ljust(len(name))
            for name, column in zip(names, columns, strict=True)
        ]
        own = STRONG if id_ == map_.ruling.outcome else ""
        blocks.append(_line(literal(label.ljust(side), own) + literal(" ".join(cells))))
    return blocks


def strip_line(library: Library, strip: Strip, width: int) -> Content:
    """The circuits on one line: the initial of the outcome and, where it fits, how sure it is.

    Where there is room at its end, what the initials stand for.
    """
    full = _strip(library, strip, sure=True)
    if full.cell_length > width:
        return _strip(library, strip, sure=False)
    labels = (outcome.label for outcome in library.outcomes.values())
    legend = literal("   " + " ".join(f"{label[0]} {label.lower()}" for label in labels), MUTED)
    return full + legend if full.cell_length + legend.cell_length <= width else full


def _strip(library: Library, strip: Strip, *, sure: bool) -> Content:
    parts = []
    for column in strip.circuits:
        initial = library.outcomes[column.ruling.outcome].label[0].upper()
        strength = MARKS[column.ruling.strength] if sure else ""
        star = MOVED if column.forum.circuit in strip.moved else ""
        own = column.forum.circuit == strip.here.forum.circuit
        marked = literal(f"{initial}{strength}{star}", STRONG if own or star else "")
        parts.append(literal(f"{_short(library, column)} ", MUTED) + marked)
    return Content(" ").join(parts)


def _short(library: Library, column: Column) -> str:
    return forum_name(library, column).removesuffix(" Cir.")


def _names(names: Sequence[str], map_: Outlook, columns: Sequence[Column]) -> Content:
    """The forums by name, the one stated standing out."""
    parts = [
        literal(name, STRONG if column is map_.strip.here else MUTED)
        for name, column in zip(names, columns, strict=True)
    ]
    return Content(" ").join(parts)


def _cell(map_: Outlook, column: Column, outcome: str) -> str:
    if column.ruling.outcome != outcome:
        return ""
    key = None if column.forum.stated else column.forum.circuit
    return MARKS[column.ruling.strength] + (MOVED if key in map_.strip.moved else "")


def _line(text: Content, *, mark: str = "", leads: object | None = None) -> Block:
    """A line drawn as it stands; a column is kept free for the caret where it is a stop."""
    return Block(text, indent=len(mark), mark=mark, leads=leads)


def _branches(library: Library, map_: Outlook, width: int) -> list[Block]:
    """Where the questions lead: a branch for each doctrine ahead."""
    if not map_.limbs:
        return [heading("Where the questions lead"), prose("No question is left that can matter.")]
    drawn = _Drawing(library, map_, width)
    key = prose(TREE_KEY, style=MUTED, indent=0)
    blocks = [heading("Where the questions lead"), key, drawn.head(), *drawn.present()]
    for number, limb in enumerate(map_.limbs):
        blocks += drawn.limb(limb, last=number == len(map_.limbs) - 1)
    return blocks


class _Drawing:
    """Rows of one width: a name at the left, a mark for each outcome at the right."""

    def __init__(self, library: Library, map_: Outlook, width: int) -> None:
        self._library = library
        self._map = map_
        labels = [outcome.label.upper() for outcome in library.outcomes.values()]
        short = [label if len(label) <= len("NO STAY") else label.split()[0] for label in labels]
        self._heads = short if width >= WIDE_ENOUGH else [label[0] for label in short]
        self._width = width - sum(len(head) + 2 for head in self._heads)

    def head(self) -> Block:
        """The outcomes above their columns."""
        heads = "".join(f"  {head}" for head in self._heads)
        return _line(literal(" " * self._width + heads, MUTED))

    def present(self) -> list[Block]:
        """Where it stands, and what is within reach at all."""
        return self._row("", "Now", {self._map.ruling.outcome}, (), self._map.reach, style=STRONG)

    def limb(self, limb: Limb, *, last: bool) -> Iterable[Block]:
        """A doctrine with the facts it will ask."""
        now = {self._map.ruling.outcome}
        mark, trunk = (LAST_LIMB, NO_TRUNK) if last else (LIMB, TRUNK)
        later = self._map.reach
        yield from self._row(mark, limb.doctrine.title, now, limb.reach, later, style=HEADING)
        for ahead in limb.facts:
            yield from self._fact(ahead, trunk)

    def _fact(self, ahead: Ahead, trunk: str) -> Iterable[Block]:
        """A fact as a stop; its answers below it where they part."""
        short = self._library.vocabulary.by_name[ahead.fact].short
        led = {way.outcome for way in ahead.ways}
        reach = frozenset[str]().union(*(way.reach for way in ahead.ways))
        leads = Asks(ahead.fact)
        yield from self._row(trunk, short, led, (), reach, leads=leads)
        if len(ahead.ways) == 1:
            return
        for number, way in enumerate(ahead.ways):
            twig = LAST_TWIG if number == len(ahead.ways) - 1 else TWIG
            words = values_words(self._library, ahead.fact, way.values)
            yield from self._row(f"{trunk}{twig}", words, {way.outcome}, (), way.reach, style=MUTED)

    def _row(
        self,
        mark: str,
        name: str,
        now: Collection[str],
        own: Collection[str],
        later: Collection[str],
        *,
        style: str = "",
        leads: object | None = None,
    ) -> list[Block]:
        """A name and its marks; a name that is too long goes on below."""
        room = max(8, self._width - len(mark))
        first, *rest = literal(name, style).wrap(room)
        marks = []
        for id_, head in zip(self._library.outcomes, self._heads, strict=True):
            glyph = NOW if id_ in now else OWN if id_ in own else LATER if id_ in later else NEVER
            marks.append(f"  {glyph.center(len(head))}")
        text = first.pad_right(max(0, room - first.cell_length)) + literal("".join(marks))
        below = mark.translate(_GOES_ON)
        return [_line(text, mark=mark, leads=leads), *(_line(line, mark=below) for line in rest)]
