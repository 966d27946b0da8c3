"""Connective as the kit plays it: chats, envelopes, signed posts, and a look at what is shown."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from typing import Any

import msgspec

from connective.channel_kit import signatures
from connective.channel_kit.caller import Caller, Came
from connective.channel_kit.checks import Checks, fail
from connective.channel_kit.listener import Listener, Received, Reply
from connective.channel_kit.options import Options
from connective.channel_kit.probe import Probe, Shown
from connective.kit import clock

Envelope = dict[str, Any]
BOT: dict[str, Any] = {"kind": "bot", "id": 1, "name": "Channel kit"}
BOT_ID = 1
CUT_AFTER_S = 0.2


class Cut(ValueError):
    """Raised inside a body to break the connection off."""


class PartnerStage:
    """What the checks towards a partner work with."""

    def __init__(self, options: Options, caller: Caller, listener: Listener | None) -> None:
        self.options = options
        self.probe = Probe(options, caller)
        self.caller = caller
        self._listener = listener
        self._ids = itertools.count(clock.epoch_ms(clock.now()))
        self._sequences: dict[str, int] = {}
        self._known: set[str] = set()
        if listener is not None:
            listener.usual = self.taken

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
        return self.options.chat or f"kit-{self.number()}"

    def message(
        self,
        chat: str,
        text: str | None = None,
        kind: str = "text",
        author: dict[str, Any] = BOT,
        **parts: Any,
    ) -> Envelope:
        """The next message of a chat."""
        number = self.number()
        content: dict[str, Any] = {
            "id": f"m_{number}",
            "type": kind,
            "text": f"Channel kit, message {number}" if text is None else text,
            "parse_mode": None,
            "from": author,
            "reply_to": None,
            "attachments": [],
            "meta": {"node_id": None, "run_id": None},
        }
        return self.event(chat, "message", message=content | parts)

    def event(self, chat: str, name: str, *, ordered: bool = True, **data: Any) -> Envelope:
        """The next event of a chat; an unordered one has no sequence."""
        # in a chat of the partner's own, later runs go on where earlier ones have ended
        first = int(clock.now().timestamp()) if self.options.chat else 1
        sequence = self._sequences.get(chat, first - 1) + 1 if ordered else None
        if sequence is not None:
            self._sequences[chat] = sequence
        return {
            "delivery_id": f"d_{self.number()}",
            "sequence": sequence,
            "event": name,
            "bot_id": BOT_ID,
            "channel": "custom_channel",
            "chat_id": chat,
            "user_id": chat,
            "date": clock.epoch_ms(clock.now()),
            **data,
        }

    async def send(
        self,
        envelope: Envelope,
        *,
        timeout_s: float | None = None,
        secret: str | None = None,
        token: str | None = None,
        age_s: int = 0,
        changed: bool = False,
        cut: bool = False,
        more_signatures: str = "",
    ) -> Came:
        """Post it signed; `changed` alters it after signing, `cut` breaks off in its middle."""
        body = msgspec.json.encode(envelope)
        key = self.options.secret if secret is None else secret
        headers = signatures.headers(key, envelope["delivery_id"], body, age_s=age_s)
        headers["Content-Type"] = "application/json"
        if more_signatures:
            headers["webhook-signature"] = f"{more_signatures} {headers['webhook-signature']}"
        if given := self.options.token if token is None else token:
            headers["x-access-token"] = given
        if changed:
            body = body.replace(b'"bot_id":1', b'"bot_id":2')
        return await self.caller.post(
            self.options.url,
            _broken_off(body) if cut else body,
            headers,
            timeout_s=timeout_s or self.patience_s,
        )

    async def accepted(self, *envelopes: Envelope) -> None:
        """Send them one after the other; each has to be taken."""
        for envelope in envelopes:
            came = await self.send(envelope)
            if not came.good:
                fail("not_accepted", what=came.what, event=_name(envelope))

    async def caught_up(self, chat: str) -> None:
        """One message more, seen by the user: all before it has been worked off."""
        last = self.message(chat)
        await self.accepted(last)
        name = last["message"]["id"]
        shown, _ = await self.probe.until(
            chat, lambda seen: any(one.id == name for one in seen), self.patience_s
        )
        if not shown:
            fail("not_shown", seconds=round(self.patience_s))

    async def sees(self, chat: str, fits: Callable[[list[Shown]], bool]) -> list[Shown]:
        """Caught up and settled: what the user sees now, in which it should fit."""
        await self.caught_up(chat)
        _, seen = await self.probe.until(chat, fits, self.options.settle_s)
        return seen

    async def sees_exactly(self, envelope: Envelope) -> None:
        """The text before the user's eyes is the one that was sent."""
        name, text = envelope["message"]["id"], envelope["message"]["text"]
        seen = await self.sees(
            envelope["chat_id"], lambda all_: any((o.id, o.text) == (name, text) for o in all_)
        )
        shown = next((one for one in seen if one.id == name), None)
        if shown is None:
            fail("lost", count=1)
        if shown.text != text:
            fail("text_differs", shown=ascii(shown.text[:80]), sent=ascii(text[:80]))

    async def sees_once(self, chat: str, *names: str) -> None:
        """Each of these messages is there, and there once; a second one is waited for."""
        await self.caught_up(chat)
        _, seen = await self.probe.until(
            chat,
            lambda all_: any([o.id for o in all_].count(name) > 1 for name in names),
            self.options.settle_s,
        )
        counts = [[one.id for one in seen].count(name) for name in names]
        if lost := counts.count(0):
            fail("lost", count=lost)
        if max(counts) > 1:
            fail("shown_times", count=max(counts))

    async def never_sees(self, chat: str, *names: str) -> None:
        """None of these is shown; where there is no probe, the answers have to do."""
        if self.options.probe:
            seen = await self.sees(chat, lambda all_: any(one.id in names for one in all_))
            if any(one.id in names for one in seen):
                fail("shown_refused")

    def taken(self, received: Received) -> Reply:
        """What Connective answers to updates."""
        results = [self._stored(item) for item in received.items()]
        if isinstance(received.json, list):
            return Reply(body={"status": "success", "results": results})
        if not results:
            return Reply(status=400, body={"status": "error", "code": "bad_json"})
        return Reply(body=results[0])

    def _stored(self, item: dict[str, Any]) -> dict[str, Any]:
        name = item.get("update_id")
        duplicate = str(name) in self._known
        self._known.add(str(name))
        return {"status": "success", "update_id": name, "duplicate": duplicate}


def _name(envelope: Envelope) -> str:
    kind = envelope.get("message", {}).get("type")
    return f"{envelope['event']} {kind}" if kind else str(envelope["event"])


async def _broken_off(body: bytes) -> AsyncIterator[bytes]:
    yield body[: len(body) // 2]
    await asyncio.sleep(CUT_AFTER_S)  # so that this half has left
    raise Cut("broken off by the kit")


CHECKS: Checks[PartnerStage] = Checks()
