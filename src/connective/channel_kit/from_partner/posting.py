"""Updates that come: their shape and proof, again when they were not taken, none lost."""

import asyncio

from connective.channel_kit import signatures
from connective.channel_kit.checks import fail, not_seen
from connective.channel_kit.from_partner.looking import Item, came_with, said, sound, text_of
from connective.channel_kit.listener import Received, Reply
from connective.channel_kit.to_partner.stage import CHECKS, PartnerStage

BUSY = Reply(status=503, body={"status": "error", "code": "unavailable"})
REFUSED = Reply(status=422, body={"status": "error", "code": "validation", "errors": []})


@CHECKS.check("updates.shape", "listener", "probe")
async def shape(stage: PartnerStage) -> None:
    chat = stage.chat()
    names = []
    for _ in range(2):
        received, item = await came_with(stage, await said(stage, chat))
        sound(item)
        if str(item["message"]["chat"]["id"]) != chat:
            fail("other_chat", came=str(item["message"]["chat"]["id"]), chat=chat)
        if "json" not in received.headers.get("content-type", ""):
            fail("update_kind", kind=received.headers.get("content-type", "-"))
        names.append(str(item["update_id"]))
    if names[0] == names[1]:
        fail("same_update_id", name=names[0])


@CHECKS.check("updates.token", "listener", "probe", "input_token")
async def token(stage: PartnerStage) -> None:
    received, _ = await came_with(stage, await said(stage, stage.chat()))
    if received.headers.get("x-access-token") != stage.options.input_token:
        fail("no_input_token")


@CHECKS.check("updates.signature", "listener", "probe", "secret")
async def signature(stage: PartnerStage) -> None:
    received, _ = await came_with(stage, await said(stage, stage.chat()))
    if "webhook-signature" not in received.headers:
        not_seen("updates_unsigned")
    if fault := signatures.fault(stage.options.secret, received.headers, received.body):
        fail("bad_signature", fault=fault)


@CHECKS.check("updates.retry", "listener", "probe")
async def retry(stage: PartnerStage) -> None:
    tries: list[Item] = []
    text = f"Hello {stage.number()}"

    def answer(received: Received) -> Reply:
        found = [item for item in received.items() if text_of(item) == text]
        tries.extend(found)
        return BUSY if found and len(tries) == 1 else stage.taken(received)

    with stage.listener.answering(answer):
        await stage.probe.do(stage.chat(), "say", text=text)
        if not await stage.listener.until(lambda: tries[1:] or None, stage.patience_s):
            fail("not_repeated", seconds=round(stage.patience_s))
    if tries[0].get("update_id") != tries[1].get("update_id"):
        fail("repeated_otherwise", first=tries[0].get("update_id"), then=tries[1].get("update_id"))
    if tries[0] != tries[1]:
        fail("repeated_changed")


@CHECKS.check("updates.refused", "listener", "probe")
async def refused(stage: PartnerStage) -> None:
    chat, tries = stage.chat(), list[Item]()
    text = f"Hello {stage.number()}"

    def answer(received: Received) -> Reply:
        found = [item for item in received.items() if text_of(item) == text]
        tries.extend(found)
        return REFUSED if found else stage.taken(received)

    with stage.listener.answering(answer):
        await stage.probe.do(chat, "say", text=text)
        await came_with(stage, text)
        await came_with(stage, await said(stage, chat))
        again = await stage.listener.until(lambda: tries[1:] or None, stage.options.settle_s)
    if again:
        fail("refused_repeated")


@CHECKS.check("updates.many", "listener", "probe")
async def many(stage: PartnerStage) -> None:
    """Users of several chats write at once: each word comes, once, from its chat."""
    chats = [stage.chat() for _ in range(5)]
    texts = await asyncio.gather(*(said(stage, chat) for chat in chats for _ in range(4)))
    for text in texts:
        await came_with(stage, text)
