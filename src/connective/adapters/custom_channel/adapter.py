"""The custom channel as a plug-in: verification, parsing and rendering put together."""

from typing import Any, ClassVar, Protocol

from connective.adapters.custom_channel import inbound, outbound, signature
from connective.contracts.channel import MARKS, HookCall, Limits, Parsed, Refused, Shown, Unverified
from connective.contracts.outbound import OutEvent, OutMessage, ProviderCall
from connective.kit import crypto


class InboundSettings(Protocol):
    """How inbound calls prove themselves; no token: anyone who knows the address may post."""

    @property
    def input_token(self) -> str: ...

    @property
    def signing_secrets(self) -> tuple[str, ...]: ...


class CustomChannel:
    """See contracts.channel.Channel."""

    key: ClassVar[str] = "custom_channel"
    title: ClassVar[str] = "Custom Channel"
    features: ClassVar[frozenset[str]] = frozenset(
        {"keyboard", "inline_keyboard", "media", "location", "contact", "cards", "edit", "delete",
         "typing", "status", "parse_mode", "reply"}
    )  # fmt: skip
    # how a file is shown is the partner's affair
    shows: ClassVar[tuple[Shown, ...]] = tuple(
        Shown(kind=kind) for kind in ("image", "video", "audio", "voice", "sticker")
    )
    marks: ClassVar[tuple[str, ...]] = MARKS
    limits: ClassVar[Limits] = {"text": 10_000, "batch": 100, "cards": 10}

    def verify(self, account: Any, call: HookCall) -> None:
        """The token when one is set; a signature whenever one is sent."""
        given: InboundSettings = account
        token = call.headers.get("x-access-token", "")
        if given.input_token and not crypto.same(token, given.input_token):
            raise Unverified("x-access-token")
        if "webhook-signature" in call.headers:
            signature.verify(given.signing_secrets, call.headers, call.body)

    def parse(
        self, account: Any, call: HookCall, *, now: int
    ) -> tuple[list[Parsed | Refused], bool]:
        return inbound.parse(call.body, now=now)

    def render(self, message: OutMessage) -> list[ProviderCall]:
        return outbound.message(message)

    def render_event(self, event: OutEvent) -> list[ProviderCall]:
        return outbound.event(event)


CHANNEL = CustomChannel()
