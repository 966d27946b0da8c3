"""Telegram as a plug-in: see contracts.provider.Provider."""

from collections.abc import Mapping
from typing import ClassVar

from connective.adapters.telegram import account, inbound, outbound, sending
from connective.contracts.channel import MARKS, HookCall, Parsed, Refused, Shown, Unverified
from connective.contracts.inbound import Media
from connective.contracts.outbound import OutEvent, OutMessage, ProviderCall
from connective.contracts.provider import (
    Connection,
    Declaration,
    Field,
    HookReply,
    Identity,
    Located,
    Polled,
    Rate,
    Tools,
)
from connective.kit import crypto
from connective.kit.egress import Egress
from connective.kit.senders.delivery import Delivery, Outcome

SECRET = "x-telegram-bot-api-secret-token"
# https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
IN_ALL = Rate(30, 1.0)
IN_A_CHAT = Rate(1, 1.0, burst=3)
IN_A_GROUP = Rate(20, 60.0, burst=20)


class Telegram:
    """A bot of the Bot API."""

    key: ClassVar[str] = "telegram"
    title: ClassVar[str] = "Telegram"
    features: ClassVar[frozenset[str]] = frozenset(
        {"keyboard", "inline_keyboard", "media", "albums", "location", "contact", "cards", "edit",
         "delete", "typing", "parse_mode", "reply", "reactions", "groups", "web_app"}
    )  # fmt: skip
    marks: ClassVar[tuple[str, ...]] = MARKS
    limits: ClassVar[Mapping[str, int]] = {
        "text": outbound.TEXT,
        "text_in_parts": 16 * 1024,
        "caption": outbound.CAPTION,
        "photo_bytes": outbound.PHOTO_BYTES,
        "file_bytes": outbound.FILE_BYTES,
        "inbound_file_bytes": account.MOST_FILE,
        "button_data_bytes": 64,
        "delete_hours": 48,
    }
    shows: ClassVar[tuple[Shown, ...]] = outbound.SHOWN
    declaration: ClassVar[Declaration] = Declaration(
        api_base="https://api.telegram.org",
        env="TELEGRAM_API_BASE",
        modes=("webhook", "polling"),
        rate=IN_ALL,
        fields=(
            Field(
                key="token",
                kind="secret",
                credential=True,
                required=True,
                pattern=r"\d{3,20}:[A-Za-z0-9_-]{10,100}",
                max_length=130,
                placeholder="123456789:AAE-…",
            ),
            Field(
                key="commands",
                kind="long_text",
                max_length=4000,
                placeholder="start - …",
            ),
            Field(key="messages_per_second", kind="number", default=IN_ALL.count),
        ),
    )

    def verify(self, account: Connection, call: HookCall) -> None:
        """The secret that was agreed on with setWebhook."""
        given = call.headers.get(SECRET, "")
        if not account.secret or not crypto.same(given, account.secret):
            raise Unverified(SECRET)

    def parse(
        self, account: Connection, call: HookCall, *, now: int
    ) -> tuple[list[Parsed | Refused], bool]:
        items = inbound.parse(account.identity, call.body)
        for item in items:
            if isinstance(item, Parsed):
                item.event.at = item.event.at or now
        return items, False

    def render(self, message: OutMessage) -> list[ProviderCall]:
        return outbound.message(message)

    def render_event(self, event: OutEvent) -> list[ProviderCall]:
        return outbound.event(event)

    def reply(self, account: Connection, call: HookCall) -> HookReply | None:
        return None

    def chat_rate(self, chat_id: str) -> Rate | None:
        """Groups have negative ids."""
        return IN_A_GROUP if chat_id.startswith("-") else IN_A_CHAT

    async def connect(self, connection: Connection, egress: Egress) -> Identity:
        return await account.connect(connection, egress)

    async def check(self, connection: Connection, egress: Egress) -> Identity:
        return await account.known_as(connection, egress)

    async def disconnect(self, connection: Connection, egress: Egress) -> None:
        await account.disconnect(connection, egress)

    async def send(self, connection: Connection, delivery: Delivery, tools: Tools) -> Outcome:
        return await sending.send(connection, delivery, tools)

    async def locate(self, connection: Connection, media: Media, egress: Egress) -> Located:
        return await account.located(connection, media.ref, egress)

    async def poll(self, connection: Connection, cursor: str, egress: Egress) -> Polled:
        return await account.poll(connection, cursor, egress)


CHANNEL = Telegram()
