"""The promise of a channel that speaks to a provider's API: how it connects, sends and fetches.

The next channel is one folder, `adapters/<key>/`, whose package offers CHANNEL. What the settings
page shows is drawn from its `declaration`; its words stand in the folder's `locale/`, below
`channel_types.<key>`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, Protocol, runtime_checkable

from msgspec import Struct

from connective.contracts.channel import Channel, HookCall, Parsed, Refused, Shown
from connective.contracts.inbound import Media
from connective.contracts.outbound import OutEvent, OutMessage, ProviderCall
from connective.kit.egress import Egress
from connective.kit.senders.delivery import Delivery, Outcome

FieldKind = Literal["text", "secret", "number", "switch", "choice", "long_text"]
Mode = Literal["webhook", "polling"]
# A pause after each failed try, in seconds; one try more than there are pauses.
RETRIES_S = (1, 5, 30, 120, 600)


class Field(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A field of the channel's card; label and help are `channel_types.<channel>.fields.<key>`.

    `credential`: kept sealed and never shown again; else it is a setting. `pattern` is held
    against the whole text.
    """

    key: str
    kind: FieldKind = "text"
    credential: bool = False
    required: bool = False
    pattern: str = ""
    max_length: int = 500
    choices: Sequence[str] = ()
    default: Any = None
    placeholder: str = ""


class Rate(Struct, frozen=True):
    """So many calls in so many seconds, of which `burst` may come at once (all, when 0)."""

    count: int
    seconds: float = 1.0
    burst: int = 0


class Declaration(Struct, frozen=True, kw_only=True):
    """What an adapter says of itself besides the features and limits of its Channel.

    `env`: the variable that replaces the address of the API for the whole installation.
    `needs_https`: the provider takes only a public https address for its calls to us.
    """

    api_base: str
    fields: Sequence[Field]
    env: str
    modes: Sequence[Mode] = ("webhook",)
    rate: Rate
    retries_s: Sequence[int] = RETRIES_S
    needs_https: bool = True


class Identity(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Whom the credentials belong to, as the provider tells it. `id` is one for all its accounts.

    `more`: what only this channel's own code reads.
    """

    id: str
    name: str = ""
    username: str = ""
    uri: str = ""
    phone: str = ""
    picture: str = ""
    more: Mapping[str, Any] = {}


class Connection(Struct, frozen=True, kw_only=True):
    """A bot's account at a provider, its credentials opened.

    `hook_url` is where the provider calls us, `secret` what it may prove itself with.
    """

    account_id: int
    bot_id: int
    channel: str
    api_base: str
    credentials: Mapping[str, str]
    settings: Mapping[str, Any] = {}
    identity: Identity | None = None
    mode: Mode = "webhook"
    hook_url: str = ""
    secret: str = ""


class Located(Struct, frozen=True, kw_only=True):
    """Where a file of a client lies now. The address may hold a token: it is never kept."""

    url: str
    headers: Mapping[str, str] = {}
    name: str = ""
    mime: str = ""
    size: int = 0


class FileContent(Struct, frozen=True, kw_only=True):
    """A file of ours that goes out."""

    content: bytes
    name: str
    mime: str


class HookReply(Struct, frozen=True, kw_only=True):
    """What stands in the answer to a call of the provider, where it reads it."""

    body: bytes
    media_type: str = "application/json"
    status: int = 200


class Polled(Struct, frozen=True, kw_only=True):
    """What waited at the provider: bodies as a hook would get them, and where to go on.

    `cursor` is kept once every body is stored for good.
    """

    bodies: Sequence[bytes]
    cursor: str


class CredentialsRefused(Exception):
    """The provider does not take what was entered; `text` is its own word for it."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field, self.text = field, text


class ProviderFailed(Exception):
    """A call of the connection failed: the provider's code and text.

    `lasting`: it will not pass by itself, somebody has to look at the settings.
    """

    def __init__(self, code: str, text: str, *, lasting: bool = False) -> None:
        super().__init__(f"{code}: {text}")
        self.code, self.text, self.lasting = code, text, lasting


class SentPart(Struct, frozen=True):
    """A call that brought a message of ours, as it was frozen, and the provider's ids of it."""

    body: bytes
    ids: Sequence[str]


class Tools(Protocol):
    """What sending may use."""

    @property
    def egress(self) -> Egress:
        """The one way out: calls, downloads and uploads go through it."""

    async def provider_ids(self, message: str) -> Sequence[str]:
        """The ids that the provider gave to a message of ours (`m_12`) or to its parts.

        Any other name is the provider's own and comes back as it is.
        """

    async def parts(self, message: str) -> Sequence[SentPart]:
        """The calls that brought a message of ours (`m_12`), in their order."""

    async def file(self, url: str) -> FileContent | None:
        """The file behind one of our own links; None for an address of somebody else."""


@runtime_checkable
class Provider(Protocol):
    """A Channel that speaks to a provider. `verify`, `parse` and `render` stay pure."""

    key: ClassVar[str]
    title: ClassVar[str]
    features: ClassVar[frozenset[str]]
    limits: ClassVar[Mapping[str, int]]
    shows: ClassVar[Sequence[Shown]]
    marks: ClassVar[Sequence[str]]
    declaration: ClassVar[Declaration]

    def verify(self, account: Connection, call: HookCall) -> None:
        """See Channel.verify."""

    def parse(
        self, account: Connection, call: HookCall, *, now: int
    ) -> tuple[list[Parsed | Refused], bool]:
        """See Channel.parse."""

    def render(self, message: OutMessage) -> list[ProviderCall]:
        """See Channel.render."""

    def render_event(self, event: OutEvent) -> list[ProviderCall]:
        """See Channel.render_event."""

    def reply(self, account: Connection, call: HookCall) -> HookReply | None:
        """The answer that the provider reads out of our 200; None for a plain one.

        A GET that it answers is a check of the address and brings no events.
        """

    def chat_rate(self, chat_id: str) -> Rate | None:
        """How fast one chat may be written to."""

    async def connect(self, connection: Connection, egress: Egress) -> Identity:
        """Ask who we are and have events sent to `hook_url` (nowhere, in mode polling).

        Raises CredentialsRefused or ProviderFailed, and has then changed nothing.
        """

    async def check(self, connection: Connection, egress: Egress) -> Identity:
        """Whether it still works; raises CredentialsRefused or ProviderFailed.

        Before it is connected the connection has no `identity`: only who we are is asked then.
        """

    async def disconnect(self, connection: Connection, egress: Egress) -> None:
        """Have no more events sent; raises ProviderFailed."""

    async def send(self, connection: Connection, delivery: Delivery, tools: Tools) -> Outcome:
        """Make the one call that `delivery.body` holds, as `render` froze it.

        Verdicts: `delivered` with the provider's id (of several: joined by commas), `again`,
        `failed` with its code and text, `later` with `retry_after_s` where it asks for patience
        (no try is spent). `news` tells what else it said, see Outcome.
        """

    async def locate(self, connection: Connection, media: Media, egress: Egress) -> Located:
        """Where the file that `media.ref` names can be read; raises ProviderFailed."""


@runtime_checkable
class Polling(Protocol):
    """A Provider that can be asked for its events as well (mode `polling`)."""

    async def poll(self, connection: Connection, cursor: str, egress: Egress) -> Polled:
        """Wait for events for a while; raises CredentialsRefused or ProviderFailed."""


def provider(channel: Channel) -> Provider | None:
    """The channel as a provider's; None for one that speaks to no API."""
    return channel if isinstance(channel, Provider) else None
