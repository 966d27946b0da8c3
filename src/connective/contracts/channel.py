"""The promise of a channel: what an adapter takes from the outside and gives to it."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final, Protocol

from msgspec import Struct

from connective.contracts.inbound import AnyInbound, MediaKind
from connective.contracts.outbound import OutEvent, OutMessage, ProviderCall
from connective.kit.errors import FieldError
from connective.kit.plugins import Point

Limits = Mapping[str, int]


class HookCall(Struct, frozen=True, kw_only=True):
    """A call of a provider to our hook, as it came. Names of headers are in lower case."""

    method: str = "POST"
    headers: Mapping[str, str] = {}
    query: Mapping[str, str] = {}
    body: bytes = b""


class Refused(Struct, frozen=True):
    """An item of a batch that cannot be taken, field by field."""

    errors: list[FieldError]
    echo: Any = None


class Parsed(Struct, frozen=True):
    """An item of a batch that can be taken; `echo` is its id as it was sent."""

    event: AnyInbound
    echo: Any


class Shown(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Files that a channel shows for what they are; others of their kind go as plain files.

    `most`: up to so many bytes, 0 for any. `mimes`: of these types, empty for any.
    """

    kind: MediaKind
    most: int = 0
    mimes: Sequence[str] = ()

    def takes(self, mime: str | None, size: int | None) -> bool:
        """What nobody knows of a file counts for it."""
        fits = not self.most or (size or 0) <= self.most
        return fits and (not self.mimes or mime in self.mimes or mime in UNKNOWN)


# Types of files that say nothing.
UNKNOWN: Final = (None, "", "application/octet-stream")


# Bold, italic, underlined, struck through, code in a line and in a block, a link.
MARKS: Final = ("b", "i", "u", "s", "code", "pre", "a")


class Unverified(Exception):
    """The inbound call is not from whom it says: wrong or missing token or signature."""


class Channel(Protocol):
    """A channel adapter: pure translation, no network and no database.

    `shows`: which files it shows for what they are. `marks`: which tags of HTML it shows in a text
    whose `parse_mode` is HTML, of those in MARKS; none where it shows plain text. `limits` has
    `window_hours` where messages are taken only so long after the client's own words.

    One that speaks to a provider's API is a `contracts.provider.Provider` besides; its `account`
    is a `contracts.provider.Connection`.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    features: ClassVar[frozenset[str]]
    limits: ClassVar[Limits]
    shows: ClassVar[Sequence[Shown]]
    marks: ClassVar[Sequence[str]]

    def verify(self, account: Any, call: HookCall) -> None:
        """Raise Unverified unless the call is genuine."""

    def parse(
        self, account: Any, call: HookCall, *, now: int
    ) -> "tuple[list[Parsed | Refused], bool]":
        """The events of a call, and whether it was a batch. Raises BadRequest for no JSON."""

    def render(self, message: OutMessage) -> list[ProviderCall]:
        """One message as provider calls, in order."""

    def render_event(self, event: OutEvent) -> list[ProviderCall]:
        """An event as provider calls; none where the channel has no such thing."""


# Every channel there is, by its key; filled by the composition root from the adapters' folders.
CHANNELS: Point[Channel] = Point()


def text_limit(channel: str) -> int | None:
    """How much may be said at once; a channel that sends a long text in parts takes more.

    `limits`: `text` is what one of its messages holds, `text_in_parts` what it sends as several.
    """
    limits = CHANNELS[channel].limits
    return limits.get("text_in_parts", limits.get("text"))
