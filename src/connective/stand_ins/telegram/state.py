"""What the stand-in knows: bots by token, their chats, what was sent, what waits."""

import asyncio
import itertools
from typing import Any, Final

from msgspec import Struct, field

TOKEN: Final = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
# In the order of the documentation: what is not asked for is not sent.
DEFAULT_UPDATES: Final = (
    "message", "edited_message", "callback_query", "my_chat_member",
)  # fmt: skip


class Person(Struct, frozen=True):
    """Somebody who uses Telegram."""

    id: int = 77
    first_name: str = "Ann"
    last_name: str = ""
    username: str = "ann"
    language_code: str = "en"

    def shown(self) -> dict[str, Any]:
        given = {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        return {name: value for name, value in given.items() if value != ""}


class Failure(Struct):
    """How the next calls of a method are answered."""

    code: int
    description: str
    times: int = 1
    parameters: dict[str, Any] = {}


class Call(Struct, frozen=True):
    """A call as it came; `files` are the contents of uploaded parts by their names."""

    method: str
    params: dict[str, Any]
    files: dict[str, bytes]
    at: float


class Bot(Struct):
    """One bot; `sent` are messages by (chat, number), `calls` all that was asked, in order.

    Calls of a method wait at its gate in `gates` until that is set.
    """

    token: str
    id: int
    username: str
    first_name: str
    hook: dict[str, Any] = field(default_factory=dict)
    commands: list[dict[str, str]] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    sent: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    chats: dict[int, dict[str, Any]] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    moved: dict[int, int] = field(default_factory=dict)
    failures: dict[str, list[Failure]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    revoked: bool = False
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    polls: int = 0
    numbers: Any = field(default_factory=lambda: itertools.count(1001))
    update_ids: Any = field(default_factory=lambda: itertools.count(870_000_001))

    def me(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.first_name,
            "username": self.username,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    def fail(
        self, method: str, code: int, description: str, *, times: int = 1, **parameters: Any
    ) -> None:
        """Answer the next calls of a method with an error."""
        failure = Failure(code, description, times, parameters)
        self.failures.setdefault(method, []).append(failure)

    def failing(self, method: str) -> Failure | None:
        """The error that is due for a call of this method."""
        waiting = self.failures.get(method, [])
        if not waiting:
            return None
        first = waiting[0]
        first.times -= 1
        if first.times <= 0:
            waiting.pop(0)
        return first

    def of(self, method: str) -> list[dict[str, Any]]:
        """The parameters of each call of a method."""
        return [call.params for call in self.calls if call.method == method]

    async def wait_for(self, method: str, count: int, *, within_s: float = 10.0) -> list[Any]:
        """The parameters of the first so many calls of a method, once they have come."""
        async with asyncio.timeout(within_s), self.changed:
            await self.changed.wait_for(lambda: len(self.of(method)) >= count)
        return self.of(method)


def made(token: str) -> Bot:
    """The bot of a token; its number is the token's beginning."""
    number = int(token.partition(":")[0])
    return Bot(token, number, f"stand_in_{number}_bot", f"Stand-in {number}")
