"""Updates that had to wait: in their order, and in batches whose items are judged one by one."""

from connective.channel_kit.checks import fail, not_seen
from connective.channel_kit.from_partner.looking import text_of
from connective.channel_kit.from_partner.posting import BUSY
from connective.channel_kit.listener import Received, Reply
from connective.channel_kit.to_partner.stage import CHECKS, PartnerStage

MAX_BATCH = 100


@CHECKS.check("updates.order", "listener", "probe")
async def order(stage: PartnerStage) -> None:
    chat, accepted = stage.chat(), list[str]()
    texts = [f"Hello {stage.number()}" for _ in range(3)]
    busy = True

    def answer(received: Received) -> Reply:
        if busy:
            return BUSY
        accepted.extend(text for item in received.items() if (text := text_of(item)) in texts)
        return stage.taken(received)

    with stage.listener.answering(answer):
        for text in texts:
            await stage.probe.do(chat, "say", text=text)
        busy = False
        await stage.listener.until(lambda: accepted[2:] or None, stage.patience_s)
    if set(accepted) != set(texts):
        fail("updates_lost", count=len(set(texts) - set(accepted)))
    if list(dict.fromkeys(accepted)) != texts:
        places = ", ".join(str(texts.index(text) + 1) for text in accepted)
        fail("updates_order", order=places)


@CHECKS.check("updates.batch", "listener", "probe")
async def batch(stage: PartnerStage) -> None:
    """While nothing is taken, users of three chats write: then one of a batch is put off."""
    texts = [f"Hello {stage.number()}" for _ in range(3)]
    taken: list[str] = []
    told: list[str] = []
    again: list[str] = []
    busy = True

    def answer(received: Received) -> Reply:
        mine = [text for item in received.items() if (text := text_of(item)) in texts]
        if busy:
            return BUSY
        taken.extend(mine)
        reply = stage.taken(received)
        if told:
            again.extend(mine)
        elif isinstance(received.json, list) and len(mine) > 1:
            told.extend(mine)
            put_off = next(i for i, item in enumerate(received.items()) if text_of(item) == told[1])
            reply.body["results"][put_off] = BUSY.body
        return reply

    with stage.listener.answering(answer):
        for text in texts:
            await stage.probe.do(stage.chat(), "say", text=text)
        busy = False
        await stage.listener.until(lambda: set(taken) >= set(texts) or None, stage.patience_s)
        if missing := set(texts) - set(taken):
            fail("updates_lost", count=len(missing))
        if not told:
            not_seen("no_batch")
        await _judge_batch(stage, told, again)
    if any(len(received.items()) > MAX_BATCH for received in stage.listener.received):
        fail("batch_too_long")


async def _judge_batch(stage: PartnerStage, told: list[str], again: list[str]) -> None:
    put_off, fine = told[1], {told[0], *told[2:]}
    if not await stage.listener.until(lambda: put_off in again or None, stage.patience_s):
        fail("batch_item_lost", seconds=round(stage.patience_s))
    if await stage.listener.until(lambda: fine & set(again) or None, stage.options.settle_s):
        fail("batch_item_twice")
