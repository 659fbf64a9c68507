"""The program's own folders: where unfinished sessions are kept, and where settings are read."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from qiwizard.errors import UserError

STATE = "QIWIZARD_STATE_DIR"
"""The environment variable that names another state folder."""
CONFIG = "QIWIZARD_CONFIG_DIR"
"""The environment variable that names another folder for settings."""


def state_folder(environment: Mapping[str, str] | None = None) -> Path:
    """The folder for unfinished sessions and the fault log; it need not exist yet."""
    env = os.environ if environment is None else environment
    if named := env.get(STATE):
        return Path(named).absolute()
    from platformdirs import user_state_path  # slower to load than all the rest here

    return _of_user(user_state_path)


def config_folder(environment: Mapping[str, str] | None = None) -> Path:
    """The folder in which `config.toml` is looked for; it need not exist."""
    env = os.environ if environment is None else environment
    if named := env.get(CONFIG):
        return Path(named).absolute()
    from platformdirs import user_config_path

    return _of_user(user_config_path)


def _of_user(folder: Callable[..., Path]) -> Path:
    try:
        path = folder("qiwizard", appauthor=False)
        if not path.is_absolute():  # `~` stood for nothing
            raise RuntimeError(path)
        return path
    except RuntimeError:
        raise UserError(
            f"qiwizard: there is no home folder; set HOME, or name folders by {STATE} and {CONFIG}"
        ) from None
