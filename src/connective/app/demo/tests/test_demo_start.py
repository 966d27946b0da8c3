"""The demo as a person meets it: a start tells where to go, a second one changes nothing."""

import asyncio
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from connective.app.demo import people
from connective.kit.testing.app_client import AppClient

PATIENCE_S = 60


class Instance:
    """`connective serve` with the demo, in a process and a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        kept = {k: v for k, v in os.environ.items() if not k.startswith("CONNECTIVE_")}
        self._environment = kept | {
            "CONNECTIVE_DATA_DIR": str(folder / "var"),
            "CONNECTIVE_PORT": str(self.port),
            "CONNECTIVE_DEMO": "1",
        }
        self.log = folder / "log"
        self._program = [sys.executable, "-m", "connective.app.cli"]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def started(self) -> Iterator["subprocess.Popen[str]"]:
        """A running `serve`; told to stop at the end of the block."""
        with (
            self.log.open("w") as log,
            subprocess.Popen(
                [*self._program, "serve"],
                env=self._environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            ) as process,
        ):
            try:
                yield process
            finally:
                process.terminate()
                process.wait(30)

    def command(self, *words: str) -> str:
        return subprocess.run(
            [*self._program, *words],
            env=self._environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout


def told(process: "subprocess.Popen[str]") -> str:
    """What a start prints, up to its last line."""
    lines: list[str] = []
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line)
        if "/docs/" in line:
            return "".join(lines)
    raise AssertionError("".join(lines))


async def sign_in(client: AppClient, role: str) -> None:
    login = {"email": people.email_of(role), "password": people.PASSWORD}
    answer = await client.post("/api/v1/auth/login", login)
    client.headers["Authorization"] = f"Bearer {answer.json['access_token']}"


async def messages(client: AppClient, chat: str) -> list[str]:
    dialogs: dict[str, Any] = (await client.get("/api/v1/dialogs")).json
    number = next(d["id"] for d in dialogs["items"] if d["chat_id"] == chat)
    found = (await client.get(f"/api/v1/dialogs/{number}/messages")).json
    return [message["text"] for message in found["items"]]


@pytest.mark.proves("P-02", part="demo")
async def test_a_start_fills_the_demo_tells_the_logins_and_answers_what_waited(
    tmp_path: Path,
) -> None:
    instance = Instance(tmp_path)
    with instance.started() as process:
        said = told(process)
        assert f"serves {instance.url} " in said
        assert all(people.email_of(role) in said for role, *_ in people.PEOPLE)
        assert re.findall(r"^  (\d)\. ", said, re.MULTILINE) == ["1", "2", "3"]
        async with AppClient(instance.url) as client:
            await sign_in(client, "analyst")
            until = time.monotonic() + PATIENCE_S
            while "Order 1001" not in (texts := await messages(client, "demo-ann"))[-1]:
                assert time.monotonic() < until, texts
    assert process.returncode == 0
    assert instance.command("demo") == "The demo is there already.\n"
    with instance.started() as process:
        assert told(process).splitlines()[1:] == said.splitlines()[1:]


@pytest.mark.proves("P-02", part="stop")
async def test_a_stop_answers_the_page_that_waits_and_ends_quietly(tmp_path: Path) -> None:
    instance = Instance(tmp_path)
    with instance.started() as process:
        told(process)
        async with AppClient(instance.url) as client:
            await sign_in(client, "integrator")
            catcher = await client.post("/api/v1/messenger/catchers", {"name": "Quiet"})
            path = f"/api/v1/messenger/catchers/{catcher.json['code']}/requests"
            waiting = asyncio.create_task(client.get(path, params={"wait": 25}))
            for _ in range(3):  # answered after the page began to wait
                assert (await client.get(path)).json["items"] == []
            process.terminate()
            answer = await waiting
            assert (answer.status, answer.json["items"]) == (200, [])
    assert process.returncode == 0
    assert "Exception" not in instance.log.read_text()
