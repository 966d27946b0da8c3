"""A fresh demo instance with the stand-in of Telegram beside it, and somebody signed in there."""

import os
import re
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from playwright.sync_api import Browser, Page, ViewportSize

from connective.app.demo import people
from connective.kit.testing.ports import free_port
from tools.bootstrap.places import BIN

SIZE = ViewportSize(width=1440, height=900)
PATIENCE_MS = 30_000
PATIENCE_S = 120


class Demo(NamedTuple):
    """Where the instance answers, and where the stand-in does."""

    base: str
    telegram: str


@contextmanager
def demo() -> Iterator[Demo]:
    """In a folder that goes away with it."""
    port, beside = free_port(), free_port()
    with tempfile.TemporaryDirectory() as folder:
        own = {
            "DATA_DIR": f"{folder}/var",
            "PORT": str(port),
            "DEMO": "1",
            "OUTBOUND_ALLOW_PRIVATE": "1",
        }
        given = {f"CONNECTIVE_{name}": value for name, value in own.items()}
        with (
            _running("serve", env=given) as server,
            _running("stand-in", "telegram", "--port", str(beside)),
        ):
            _wait_for(port, server)
            yield Demo(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{beside}")


@contextmanager
def _running(
    *command: str, env: dict[str, str] | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(
        [BIN / "connective", *command], env={**os.environ, **(env or {})}, stdout=subprocess.PIPE
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    """The end of what the start prints, then a connection that is taken."""
    until = time.monotonic() + PATIENCE_S
    for line in server.stdout or ():
        if b"/docs/" in line:
            break
    with socket.create_connection(("127.0.0.1", port), timeout=max(1, until - time.monotonic())):
        return


def signed_in(
    browser: Browser,
    base: str,
    role: str = "administrator",
    *,
    width: int = SIZE["width"],
    height: int = SIZE["height"],
) -> Page:
    """A page of somebody of the demo, in English and in light colours."""
    context = browser.new_context(
        viewport=ViewportSize(width=width, height=height),
        locale="en-GB",
        color_scheme="light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{base}/login")
    page.get_by_label("E-mail").fill(people.email_of(role))
    page.get_by_label("Password", exact=True).fill(people.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(r"^(?!.*/login)"))
    return page
