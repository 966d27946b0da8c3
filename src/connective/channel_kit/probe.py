"""The probe: a small convention by which a partner shows the kit what its user sees and does.

`GET probe?chat_id=..` answers `{"messages": [...]}` in the order in which the user sees them;
`POST probe {"chat_id", "do", ...}` lets the user do something. The guide has the fields.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import msgspec

from connective.channel_kit.caller import Caller
from connective.channel_kit.checks import not_seen
from connective.channel_kit.options import Options

EVERY_S = 0.05


class ShownFile(msgspec.Struct):
    """`size` is how much of it the partner has; None while it has not looked."""

    name: str = ""
    size: int | None = None


class Shown(msgspec.Struct):
    """A message before the user's eyes; `id` is ours for what we sent."""

    id: str = ""
    sender: str = msgspec.field(name="from", default="bot")
    text: str = ""
    deleted: bool = False
    attachments: list[ShownFile] = []
    buttons: list[str] | None = None


class Transcript(msgspec.Struct):
    messages: list[Shown]


class Done(msgspec.Struct):
    """What the partner says to something that its user did: the message's id, if any."""

    id: str | int = ""


class Probe:
    """Reads and acts at the partner's probe."""

    def __init__(self, options: Options, caller: Caller) -> None:
        self._options = options
        self._caller = caller
        token = {"x-access-token": options.token} if options.token else {}
        self._headers = {"Content-Type": "application/json", **token}

    async def messages(self, chat: str) -> list[Shown]:
        """What the user of a chat sees now."""
        if not self._options.probe:
            not_seen("no_probe")
        came = await self._caller.get(
            self._options.probe, self._headers, timeout_s=self._options.patience_s, chat_id=chat
        )
        try:
            found = msgspec.json.decode(came.body, type=Transcript) if came.good else None
        except msgspec.DecodeError as failure:
            not_seen("probe_unreadable", what=str(failure))
        if found is None:
            not_seen("probe_unreadable", what=came.what)
        return found.messages

    async def until(
        self, chat: str, fits: Callable[[list[Shown]], bool], within_s: float
    ) -> tuple[bool, list[Shown]]:
        """Look again and again until it fits or the time is over; with what was seen last."""
        loop = asyncio.get_running_loop()
        end = loop.time() + within_s
        while True:
            seen = await self.messages(chat)
            if fits(seen) or loop.time() >= end:
                return fits(seen), seen
            await asyncio.sleep(EVERY_S)

    async def do(self, chat: str, what: str, **more: Any) -> str:
        """Let the user act; gives the partner's id of the message, if it says one."""
        if not self._options.probe:
            not_seen("no_probe")
        came = await self._caller.post(
            self._options.probe,
            msgspec.json.encode({"chat_id": chat, "do": what, **more}),
            self._headers,
            timeout_s=self._options.patience_s,
        )
        if not came.good:
            not_seen("probe_cannot", what=what, came=came.what)
        return str(came.object().get("id", ""))
