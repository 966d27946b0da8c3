"""A call and what it may use: a client that may reach loopback, and memory for the rest."""

import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio

from connective.contracts.action import (
    ActionCall,
    ActionResult,
    ActionServices,
    FileContent,
)
from connective.kit.egress import Egress, Policy
from connective.modules.actions.actions import SEND_ME, SEND_REQUEST
from connective.modules.actions.corezoid.send_task import SEND_TASK


@dataclass
class World:
    """What the actions did to the world around them."""

    egress: Egress
    secrets: dict[str, str] = field(default_factory=dict)
    saved: list[FileContent] = field(default_factory=list)
    own_files: dict[str, FileContent] = field(default_factory=dict)
    queued: list[ActionCall] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)

    async def secret(self, name: str) -> str | None:
        return self.secrets.get(name)

    async def save(self, file: FileContent) -> str:
        self.saved.append(file)
        return f"https://bot.example/files/{len(self.saved)}"

    async def load(self, reference: Any) -> FileContent | None:
        return self.own_files.get(reference) if isinstance(reference, str) else None

    async def queue(self, call: ActionCall) -> None:
        self.queued.append(call)

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)

    def services(self) -> ActionServices:
        return ActionServices(
            egress=self.egress,
            secrets=self.secret,
            files=self,
            queue=self.queue,
            sleep=self.sleep,
        )


Send = Callable[..., Awaitable[ActionResult]]


@pytest_asyncio.fixture
async def world() -> AsyncIterator[World]:
    async with Egress(Policy.build(allow_private=True)) as egress:
        yield World(egress)


def call_with(values: dict[str, Any], **more: Any) -> ActionCall:
    return ActionCall(
        call_id="1:1",
        bot_id=18,
        dialog_id=5,
        run_id=1,
        node_id=7,
        chat_id="313145",
        channel="telegram",
        language="en",
        values=values,
        **more,
    )


@pytest.fixture
def send(world: World) -> Send:
    """Runs send_request with these values."""

    async def run(variables: dict[str, Any] | None = None, **values: Any) -> ActionResult:
        return await SEND_REQUEST.run(
            call_with(values, variables=variables or {}), world.services()
        )

    return run


@pytest.fixture
def send_me(world: World) -> Send:
    """Runs send_me with these values."""

    async def run(**values: Any) -> ActionResult:
        return await SEND_ME.run(call_with(values), world.services())

    return run


@pytest.fixture
def send_task(world: World) -> Send:
    """Runs corezoid__send_task with these values."""

    async def run(**values: Any) -> ActionResult:
        return await SEND_TASK.run(call_with(values), world.services())

    return run


@pytest.fixture
def basic() -> Callable[[str], str]:
    """The header of basic authorization."""
    return lambda pair: "Basic " + base64.b64encode(pair.encode()).decode()
