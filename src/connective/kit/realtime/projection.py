"""What features offer to sockets in their `live.py`: topics, and how events are shown in them."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx
from connective.kit.events.reader import LoggedEvent


class Item(msgspec.Struct, frozen=True):
    """One thing that an event shows: the row that decides who sees it, its values, its topics."""

    row: Any
    data: Any
    topics: frozenset[str]


Load = Callable[[Ctx, Sequence[LoggedEvent]], Awaitable[Mapping[int, Sequence[Item]]]]


class Projection(msgspec.Struct, frozen=True):
    """How events of a kind are shown.

    `load` gives the items of a batch by event id, with values as they are now; it is called once
    a batch for all kinds that share it. `action` decides over each item's row. `rooms` tells
    without a query which topics an event may reach, `name:*` for any of a name. `many` is the
    field that holds the items where there may be several; else the one item is the event's data.
    """

    action: str
    load: Load
    rooms: Callable[[LoggedEvent], Iterable[str]]
    many: str | None = None


class Topic(msgspec.Struct, frozen=True):
    """`action`: what it takes to subscribe. `row` finds the row of `name:ID`, None for none."""

    action: str
    row: Callable[[Ctx, int], Awaitable[Any]] | None = None


class Pass(msgspec.Struct, frozen=True):
    """What let a socket in: a session or a key, at the longest until the end of its token."""

    kind: str  # session | key
    id: int
    address: str
    until: datetime | None = None


class Admission(msgspec.Struct, frozen=True):
    """Who lets sockets in, offered by the feature that knows the users.

    `standing` tells of many passes at once on whose behalf they are, and leaves out those that
    are good no more.
    """

    cookie: str  # its name
    by_cookie: Callable[[Ctx, str, str], Awaitable[Pass | None]]
    by_token: Callable[[Ctx, str, str], Awaitable[Pass | None]]
    standing: Callable[[Ctx, Sequence[Pass]], Awaitable[Mapping[Pass, Actor]]]
