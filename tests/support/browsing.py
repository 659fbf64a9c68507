"""Seeing the program in a real browser: the toolkit's server, and Chromium without a window."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from terminal import PATIENCE, PROGRAM, surroundings

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

HOST = "127.0.0.1"
NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
TEXTUAL = Path(sys.executable).with_name("textual")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PAUSE = 0.05
"""Seconds between two looks at what cannot be waited for."""

# The page's own script keeps its terminal in a field of this name, and shows it to nobody.
_SHOWN = """
Object.defineProperty(Object.prototype, "terminal", {configurable: true, set(value) {
    Object.defineProperty(this, "terminal", {value, writable: true});
    window.xterm = value;
}});
window.shown = () => {
    if (!window.xterm) return "";
    const lines = [], screen = window.xterm.buffer.active;
    for (let row = 0; row < window.xterm.rows; row++)
        lines.push(screen.getLine(row).translateToString(true, 0, window.xterm.cols));
    return lines.join(" ").replace(/[\\u2500-\\u257f\\s]+/g, " ");
};
"""


def missing() -> str:
    """What is not there to see the program in a browser; empty if nothing is."""
    there = {
        "Chromium": CHROMIUM is not None,
        "Playwright (pip install playwright)": importlib.util.find_spec("playwright") is not None,
        "textual serve (pip install textual-dev)": TEXTUAL.exists(),
    }
    return ", ".join(name for name, found in there.items() if not found)


class Server:
    """The toolkit's server, started as the documents say."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind((HOST, 0))
            self.port = int(free.getsockname()[1])
        self.url = f"http://{HOST}:{self.port}"
        self._log = folder / "server.log"
        command = [str(TEXTUAL), "serve", "-h", HOST, "-p", str(self.port), "-c", " ".join(PROGRAM)]
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                command,
                cwd=folder,
                env=surroundings(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    @property
    def said(self) -> str:
        """All that was printed where the server was started."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def answers(self) -> bool:
        """Whether it can be reached."""
        with suppress(OSError), socket.create_connection((HOST, self.port)):
            return True
        assert self.process.poll() is None, self.said
        return False


def until(so: Callable[[], object], what: str) -> None:
    """Look again and again until something is so that nobody tells of."""
    began = time.monotonic()
    while not so():
        assert time.monotonic() - began < PATIENCE, f"never came: {what}"
        time.sleep(PAUSE)


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    """A server that can be reached, and prints no traceback while it is wanted."""
    server = Server(folder)
    try:
        until(server.answers, "the server")
        yield server
        assert "Traceback" not in server.said, server.said
    finally:
        server.process.terminate()
        server.process.wait(PATIENCE)


@contextmanager
def browser(folder: Path) -> Iterator[BrowserContext]:
    """Chromium with nothing in it that was there before, and no network but this machine's."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            folder / "profile",
            executable_path=CHROMIUM,
            args=list(ARGUMENTS),
            ignore_default_args=["--disable-popup-blocking"],
            env=dict(os.environ),
            viewport={"width": 540, "height": 560},
        )
        context.set_default_timeout(PATIENCE * 1000)
        context.add_init_script(_SHOWN)
        context.route(
            lambda url: not url.startswith((f"http://{HOST}:", f"ws://{HOST}:")),
            lambda route: route.abort(),
        )
        try:
            yield context
        finally:
            context.close()


def open_page(context: BrowserContext, server: Server) -> Page:
    """The start in a tab of its own, ready for keys."""
    page = context.new_page()
    page.goto(server.url)
    see(page, "New case")
    page.keyboard.press("Tab")
    see(page, "⏎ Select")
    return page


def see(page: Page, text: str) -> str:
    """Wait until the terminal in the page shows a text; all that it shows then, on one line."""
    from playwright.sync_api import TimeoutError as TooLong

    try:
        page.wait_for_function("text => window.shown().includes(text)", arg=text)
    except TooLong:
        raise AssertionError(f"{text!r} was never shown: {page.evaluate('shown()')}") from None
    shown: str = page.evaluate("shown()")
    return shown


def press(page: Page, *keys: str) -> None:
    """Press keys, one after the other."""
    for key in keys:
        page.keyboard.press(key)
