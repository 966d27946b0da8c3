"""Repeats, interruptions, order and crowds: every message shown, once, in its place."""

import asyncio

from connective.channel_kit.checks import fail
from connective.channel_kit.probe import Shown
from connective.channel_kit.to_partner.stage import CHECKS, PartnerStage

REPEATS = 6
CUTS = 2
CHATS, EACH = 3, 20
AGAIN = frozenset({408, 425, 429})


@CHECKS.check("delivery.duplicate")
async def duplicate(stage: PartnerStage) -> None:
    chat = stage.chat()
    after, beside = stage.message(chat), stage.message(chat)
    await stage.accepted(after, after, after)
    every = await asyncio.gather(*(stage.send(beside) for _ in range(REPEATS)))
    if not any(came.good for came in every):
        fail("not_accepted", what=every[0].what, event="message text")
    if refused := next((c for c in every if c.refused and c.status not in AGAIN), None):
        fail("repeat_refused", what=refused.what)
    await stage.sees_once(chat, after["message"]["id"], beside["message"]["id"])


@CHECKS.check("delivery.retry")
async def retry(stage: PartnerStage) -> None:
    chat = stage.chat()
    envelope = stage.message(chat)
    for _ in range(CUTS):
        await stage.send(envelope, cut=True)
    await stage.accepted(envelope)
    await stage.sees_once(chat, envelope["message"]["id"])


@CHECKS.check("delivery.order")
async def order(stage: PartnerStage) -> None:
    chat = stage.chat()
    first, second, third = (stage.message(chat) for _ in range(3))
    names = [envelope["message"]["id"] for envelope in (first, second, third)]
    await stage.accepted(first, third, second)

    def shown(seen: list[Shown]) -> list[str]:
        return [one.id for one in seen if one.id in names]

    seen = shown(await stage.sees(chat, lambda all_: shown(all_) == names))
    if len(seen) < len(names):
        fail("lost", count=len(names) - len(seen))
    if seen != names:
        fail("order_broken", order=", ".join(str(names.index(name) + 1) for name in seen))


@CHECKS.check("delivery.gap")
async def gap(stage: PartnerStage) -> None:
    chat = stage.chat()
    first = stage.message(chat)
    for _ in range(3):  # they have failed for good and never come
        stage.message(chat)
    later = stage.message(chat)
    await stage.accepted(first, later)
    await stage.sees_once(chat, first["message"]["id"], later["message"]["id"])


@CHECKS.check("delivery.burst")
async def burst(stage: PartnerStage) -> None:
    chats = [stage.chat() for _ in range(CHATS)]
    crowd = {chat: [stage.message(chat) for _ in range(EACH)] for chat in chats}
    every = await asyncio.gather(
        *(stage.send(envelope) for group in zip(*crowd.values(), strict=True) for envelope in group)
    )
    if bad := next((came for came in every if not came.good), None):
        fail("not_accepted", what=bad.what, event="message text")
    for chat, envelopes in crowd.items():
        await stage.sees_once(chat, *(envelope["message"]["id"] for envelope in envelopes))
