"""The demo as a person meets it: a start tells where to go, a second one changes nothing."""

import os
import re
import socket
import subprocess
import sys
import time
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
        self._program = [sys.executable, "-m", "connective.app.cli"]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [*self._program, "serve"],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

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
    process = instance.start()
    try:
        said = told(process)
        assert f"serves {instance.url} " in said
        assert all(people.email_of(role) in said for role, *_ in people.PEOPLE)
        assert re.findall(r"^  (\d)\. ", said, re.MULTILINE) == ["1", "2", "3"]
        async with AppClient(instance.url) as client:
            login = {"email": people.email_of("analyst"), "password": people.PASSWORD}
            answer = await client.post("/api/v1/auth/login", login)
            client.headers["Authorization"] = f"Bearer {answer.json['access_token']}"
            until = time.monotonic() + PATIENCE_S
            while "Order 1001" not in (texts := await messages(client, "demo-ann"))[-1]:
                assert time.monotonic() < until, texts
    finally:
        process.terminate()
        process.wait(30)
    assert process.returncode == 0
    assert instance.command("demo") == "The demo is there already.\n"
    again = instance.start()
    try:
        assert told(again).splitlines()[1:] == said.splitlines()[1:]
    finally:
        again.terminate()
        again.wait(30)
