"""Bindings of the commands in the one table of commands."""

from __future__ import annotations

from textual.binding import Binding

from qiwizard.command_table import BY_ID


def command(
    id_: str, where: str, action: str = "", *, title: str = "", show: bool = False
) -> Binding:
    """The binding of a command on a screen; its action is the application's unless one is given."""
    known = BY_ID[id_]
    keys = known.all_keys
    return Binding(
        keys,
        action or f"app.command('{id_}')",
        title or known.title,
        show=show,
        key_display=_displayed(keys),
        id=f"{where}.{id_}",
    )


def _displayed(keys: str) -> str:
    """The key that stands for all of them at the foot."""
    several = keys.split(",")
    if "escape" in several:
        return "esc"
    return "?" if several[0] == "question_mark" else several[0]


def case_commands(where: str, *, shown: tuple[str, ...]) -> list[Binding]:
    """The commands that work on every screen of a case; those in `shown` stand at the foot."""
    ids = ("review", "summary", "compare", "library", "case", "export", "home")
    return [command(id_, where, show=id_ in shown) for id_ in ids]
