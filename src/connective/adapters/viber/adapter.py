"""Viber as a plug-in: what it declares, and its parts put together."""

import hmac
from collections.abc import Mapping
from typing import ClassVar

import msgspec

from connective.adapters.viber import api, inbound, outbound, sending, welcome
from connective.contracts.channel import HookCall, Parsed, Refused, Shown, Unverified
from connective.contracts.inbound import Media
from connective.contracts.outbound import OutEvent, OutMessage, ProviderCall
from connective.contracts.provider import (
    Connection,
    Declaration,
    Field,
    HookReply,
    Identity,
    Located,
    ProviderFailed,
    Rate,
    Tools,
)
from connective.kit.egress import Egress
from connective.kit.senders.delivery import Delivery, Outcome

SIGNATURE = "x-viber-content-signature"


class Viber:
    """See contracts.provider.Provider."""

    key: ClassVar[str] = "viber"
    title: ClassVar[str] = "Viber"
    features: ClassVar[frozenset[str]] = frozenset(
        {"keyboard", "inline_keyboard", "media", "location", "contact", "cards", "status",
         "link_opens", "waits_for_reply"}
    )  # fmt: skip
    marks: ClassVar[tuple[str, ...]] = ()
    limits: ClassVar[Mapping[str, int]] = {
        "text": outbound.TEXT,
        "image": outbound.PICTURE_BYTES,
        "video": outbound.VIDEO_BYTES,
        "file": outbound.FILE_BYTES,
        "cards": outbound.CARDS,
        "author_name": outbound.NAME,
    }
    shows: ClassVar[tuple[Shown, ...]] = (outbound.PICTURES, outbound.VIDEOS)
    declaration: ClassVar[Declaration] = Declaration(
        api_base="https://chatapi.viber.com/pa",
        env="VIBER_API_BASE",
        fields=(
            Field(
                key="token",
                kind="secret",
                credential=True,
                required=True,
                pattern=r"[0-9a-f]{16}-[0-9a-f]{16}-[0-9a-f]{16}",
                placeholder="445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9",
            ),
            Field(key="welcome_text", kind="long_text", max_length=outbound.TEXT),
            Field(key="welcome_image", pattern=r"https://\S+", placeholder="https://"),
            Field(key="welcome_button", max_length=30),
        ),
        rate=Rate(50),
    )

    def verify(self, account: Connection, call: HookCall) -> None:
        """The signature over the body, keyed with the account's token."""
        key = account.credentials["token"].encode()
        own = hmac.digest(key, call.body, "sha256").hex()
        if not hmac.compare_digest(call.headers.get(SIGNATURE, "").encode(), own.encode()):
            raise Unverified(SIGNATURE)

    def parse(
        self, account: Connection, call: HookCall, *, now: int
    ) -> tuple[list[Parsed | Refused], bool]:
        del account
        return inbound.parse(call.body, now=now), True

    def reply(self, account: Connection, call: HookCall) -> HookReply | None:
        """Whoever opens the chat is greeted by the answer itself: nothing else may be sent yet."""
        greeting = welcome.greeting(account, call.body)
        return HookReply(body=msgspec.json.encode(greeting)) if greeting else None

    def render(self, message: OutMessage) -> list[ProviderCall]:
        return outbound.message(message)

    def render_event(self, event: OutEvent) -> list[ProviderCall]:
        """Viber bots can neither type, nor edit, nor delete."""
        del event
        return []

    def chat_rate(self, chat_id: str) -> Rate | None:
        del chat_id
        return None

    async def connect(self, connection: Connection, egress: Egress) -> Identity:
        identity = await api.who(connection, egress)
        await api.set_webhook(connection, egress)
        return identity

    async def check(self, connection: Connection, egress: Egress) -> Identity:
        return await api.who(connection, egress)

    async def disconnect(self, connection: Connection, egress: Egress) -> None:
        await api.remove_webhook(connection, egress)

    async def send(self, connection: Connection, delivery: Delivery, tools: Tools) -> Outcome:
        return await sending.send(connection, delivery, tools.egress)

    async def locate(self, connection: Connection, media: Media, egress: Egress) -> Located:
        """Files of clients come with their address; there is none to ask for."""
        del connection, egress
        raise ProviderFailed("no_file", media.ref, lasting=True)


CHANNEL = Viber()
