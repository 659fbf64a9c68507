"""Figures: what was measured in each round, beside what it stands against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Series:
    """One measurement a round, in seconds, megabytes or as a share."""

    label: str
    values: tuple[float, ...]
    unit: str = "s"

    @property
    def median(self) -> float:
        """The middle value."""
        return median(self.values)

    @property
    def text(self) -> str:
        """The median, with the least and the greatest value."""
        least, most = spelled(min(self.values), self.unit), spelled(max(self.values), self.unit)
        middle = spelled(self.median, self.unit)
        return middle if least == most else f"{middle} ({least}–{most})"


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of the table: ours, a peer measured in the same rounds, and the goal."""

    name: str
    ours: Series
    peer: Series | None
    """None where the goal is absolute, or where the peer is not installed."""
    most: float
    """The greatest ratio to the peer, or the greatest value, that meets the goal."""
    goal: str
    least: bool = False
    """Whether `most` is the least value that meets the goal instead."""

    @property
    def ratio(self) -> float | None:
        """Ours to the peer's, round by round, the middle one of them."""
        if self.peer is None:
            return None
        return median(a / b for a, b in zip(self.ours.values, self.peer.values, strict=True))

    @property
    def met(self) -> bool:
        """Whether the goal is met."""
        reached = self.ours.median if self.ratio is None else self.ratio
        return reached >= self.most if self.least else reached <= self.most


def spelled(value: float, unit: str) -> str:
    """A value with its unit, three digits of it."""
    if unit == "%":
        return f"{value * 100:.0f} %"
    if unit != "s":
        return f"{value:,.0f} {unit}"
    scales = ((1.0, "s"), (1e3, "ms"), (1e6, "µs"))
    factor, name = next((scale for scale in scales if value * scale[0] >= 1), scales[-1])
    digits = 0 if value * factor >= 100 else 1
    return f"{value * factor:.{digits}f} {name}"


def as_table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table."""
    lines = [
        "| figure | goal | ours: median (least–most) | beside it | ratio | met |",
        "|---|---|---|---|---|---|",
    ]
    for figure in figures:
        peer = f"{figure.peer.label}: {figure.peer.text}" if figure.peer else "–"
        ratio = "–" if figure.ratio is None else f"{figure.ratio:.2f}"
        met = "yes" if figure.met else "**no**"
        cells = (figure.name, figure.goal, figure.ours.text, peer, ratio, met)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)
