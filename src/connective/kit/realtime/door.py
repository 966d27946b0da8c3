"""Who may come in and what he may hear: checked at the start, and again every few seconds."""

import asyncio
import contextlib
from collections import Counter

import msgspec

from connective.kit import auth_policy, errors
from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx, unit_of_work
from connective.kit.realtime.projection import Admission, Pass, Topic

# After a restart all come back at once: they may not take every connection of the process.
AT_ONCE = 4
# Sockets of one user or key in this process.
OF_ONE_AT_MOST = 200


class Guest(msgspec.Struct, frozen=True):
    """Someone let in."""

    entry: Pass
    actor: Actor


class Door:
    """Asks the feature that knows the users; topics are named `name` or `name:ID`."""

    def __init__(self, admission: Admission, topics: dict[str, Topic]) -> None:
        self._admission = admission
        self._topics = topics
        self._few = asyncio.Semaphore(AT_ONCE)
        self._inside: Counter[tuple[str, int | None]] = Counter()

    @property
    def cookie(self) -> str:
        """The name of the session's cookie."""
        return self._admission.cookie

    def enter(self, actor: Actor) -> bool:
        """Whether there is room for another socket of his; `leave` gives it back."""
        if self._inside[actor.kind, actor.id] >= OF_ONE_AT_MOST:
            return False
        self._inside[actor.kind, actor.id] += 1
        return True

    def leave(self, actor: Actor) -> None:
        """One connection less of this person."""
        self._inside.subtract([(actor.kind, actor.id)])
        if self._inside[actor.kind, actor.id] <= 0:
            del self._inside[actor.kind, actor.id]

    async def by_cookie(self, cookie: str, address: str) -> Guest | None:
        """Who a browser's session is; None when it is over."""
        async with self._few, unit_of_work() as ctx:
            return await self._guest(ctx, await self._admission.by_cookie(ctx, cookie, address))

    async def by_token(self, token: str, address: str) -> Guest | None:
        """Who an access token is; None when it is over or forged."""
        async with self._few, unit_of_work() as ctx:
            return await self._guest(ctx, await self._admission.by_token(ctx, token, address))

    async def _guest(self, ctx: Ctx, entry: Pass | None) -> Guest | None:
        if entry is None:
            return None
        actor = (await self._admission.standing(ctx, [entry])).get(entry)
        return Guest(entry, actor) if actor else None

    async def standing(self, entries: list[Pass]) -> dict[Pass, Actor]:
        """Those of the passes that are still good, and for whom."""
        async with unit_of_work() as ctx:
            return dict(await self._admission.standing(ctx, entries))

    async def opens(self, actor: Actor, topics: list[str]) -> dict[str, list[str]] | None:
        """The rooms beside each topic; None unless all of the topics exist for the actor."""
        named: dict[str, tuple[Topic, int]] = {}
        for name in topics:
            kind, has_id, number = name.partition(":")
            topic = self._topics.get(kind)
            if topic is None or not auth_policy.holds(actor, topic.action):
                return None
            if (topic.row is None) == bool(has_id):
                return None
            if has_id:
                if not (number.isascii() and number.isdecimal() and len(number) < 19):
                    return None
                named[name] = (topic, int(number))
        return await self._rows_open(actor, named) if named else {}

    async def _rows_open(
        self, actor: Actor, named: dict[str, tuple[Topic, int]]
    ) -> dict[str, list[str]] | None:
        beside: dict[str, list[str]] = {}
        async with self._few, unit_of_work(actor) as ctx:
            for name, (topic, number) in named.items():
                row = await topic.row(ctx, number) if topic.row else None
                if row is None or not auth_policy.can(actor, topic.action, row):
                    return None
                beside[name] = list(topic.beside(row)) if topic.beside else []
        return beside

    def meets(self, name: str) -> bool:
        """Whether those who look at a topic show each other that they are there."""
        topic = self._topics.get(name.partition(":")[0])
        return topic is not None and topic.meets

    async def typed(self, actor: Actor, name: str, *, on: bool) -> None:
        """Tell the feature of a topic that somebody writes there; not everyone may be heard."""
        kind, _, number = name.partition(":")
        typed = self._topics[kind].typed
        if typed is not None:
            with contextlib.suppress(errors.Problem):
                async with self._few, unit_of_work(actor) as ctx:
                    await typed(ctx, int(number), on)
