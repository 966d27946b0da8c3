"""A partner as the kit plays it: updates to the hook, and what comes to our listener."""

import itertools
from typing import Any

import msgspec

from connective.channel_kit import signatures
from connective.channel_kit.caller import Caller, Came
from connective.channel_kit.checks import Checks, fail
from connective.channel_kit.listener import Listener, Received
from connective.channel_kit.options import Options
from connective.kit import clock

Update = dict[str, Any]


class ConnectiveStage:
    """What the checks towards Connective work with."""

    def __init__(self, options: Options, caller: Caller, listener: Listener | None) -> None:
        self.options = options
        self.caller = caller
        self._listener = listener
        self._ids = itertools.count(clock.epoch_ms(clock.now()))

    @property
    def listener(self) -> Listener:
        """Only for checks that need it."""
        if self._listener is None:
            raise RuntimeError("this check does not say that it needs the listener")
        return self._listener

    @property
    def patience_s(self) -> float:
        return max(self.options.timeout_s, self.options.patience_s)

    def number(self) -> int:
        """Never the same twice, in later runs neither."""
        return next(self._ids)

    def chat(self) -> str:
        return f"kit-{self.number()}"

    def update(self, **parts: Any) -> Update:
        """An update with its object beside its id."""
        return {"update_id": self.number(), **parts}

    def message(self, chat: Any, text: str = "/start", **parts: Any) -> Update:
        """The client writes."""
        content = {"text": text, "type": "text"} | parts
        return self.update(
            message={
                "from": {"id": chat, "first_name": "Channel", "last_name": "Kit"},
                "chat": {"id": chat},
                "date": clock.epoch_ms(clock.now()),
                "message_id": f"k-{self.number()}",
                **content,
            }
        )

    async def post(
        self,
        update: Any,
        *,
        url: str = "",
        token: str | None = None,
        signed: dict[str, str] | None = None,
        timeout_s: float | None = None,
    ) -> Came:
        """To the hook; bytes go as they are, `signed` are headers beside the token."""
        body = update if isinstance(update, bytes) else msgspec.json.encode(update)
        headers = {"Content-Type": "application/json", **(signed or {})}
        if given := self.options.input_token if token is None else token:
            headers["x-access-token"] = given
        return await self.caller.post(
            url or self.options.url, body, headers, timeout_s=timeout_s or self.patience_s
        )

    async def taken(self, *updates: Update) -> list[Came]:
        """Post them one after the other; each has to be stored."""
        every = []
        for update in updates:
            came = await self.post(update)
            if came.status != 200 or came.object().get("status") != "success":
                fail("update_not_taken", what=came.what, kind=_kind(update))
            every.append(came)
        return every

    async def refused(self, update: Any, status: int, **how: Any) -> Came:
        """Post what must be answered with this status and the documented body of an error."""
        came = await self.post(update, **how)
        if came.status != status:
            fail("not_refused", what=came.what, wanted=status)
        if came.object().get("status") != "error" or not came.object().get("code"):
            fail("bad_problem")
        return came

    def signed(self, body: bytes, **how: Any) -> dict[str, str]:
        """Signature headers with our secret or another one."""
        secret = how.pop("secret", self.options.secret)
        return signatures.headers(secret, f"kit-{self.number()}", body, **how)

    def calls(self, chat: str) -> list[Received]:
        """What came to our listener about a chat, in the order of coming."""
        return [
            received
            for received in self.listener.received
            if any(str(item.get("chat_id")) == chat for item in received.items())
        ]

    async def called(self, chat: str, count: int = 1) -> list[Received]:
        """The same, once so many have come."""
        found = await self.listener.until(
            lambda: each if len(each := self.calls(chat)) >= count else None, self.patience_s
        )
        return found or fail("no_call", seconds=round(self.patience_s))

    async def settle(self) -> None:
        """Watch for a while for what should not come."""
        await self.listener.until(lambda: None, self.options.settle_s)


def _kind(update: Update) -> str:
    name = next((key for key in update if key != "update_id"), "")
    part = update.get(name)
    kind = part.get("type") if isinstance(part, dict) else None
    return f"{name} {kind}" if kind else name


CHECKS: Checks[ConnectiveStage] = Checks()
