"""What a user does beside writing: reads, corrects, takes back, presses, sends a file."""

from connective.channel_kit.checks import fail
from connective.channel_kit.from_partner.looking import Item, came_with, object_of, sound
from connective.channel_kit.to_partner.stage import CHECKS, PartnerStage

FILE_BYTES = 3_000_000


@CHECKS.check("updates.status", "listener", "probe")
async def status(stage: PartnerStage) -> None:
    chat = stage.chat()
    first, later = stage.message(chat), stage.message(chat)
    await stage.accepted(first, later)
    names = [stage_id["message"]["id"] for stage_id in (later, first)]
    for name in names:
        await stage.probe.do(chat, "read", message_id=name)
        sound(await object_of(stage, "status", message_id=name, status="read"))


@CHECKS.check("updates.edited", "listener", "probe")
async def edited(stage: PartnerStage) -> None:
    chat, name, known = await _written(stage)
    text = f"Corrected {stage.number()}"
    await stage.probe.do(chat, "edit", id=name, text=text)
    item = await object_of(stage, "edited_message", text=text)
    sound(item)
    if str(item["edited_message"]["message_id"]) != known:
        fail("other_message", came=str(item["edited_message"]["message_id"]), wanted=known)


@CHECKS.check("updates.deleted", "listener", "probe")
async def deleted(stage: PartnerStage) -> None:
    chat, name, known = await _written(stage)
    await stage.probe.do(chat, "delete", id=name)
    found = await stage.listener.until(
        lambda: next(
            (
                item
                for received in stage.listener.received
                for item in received.items()
                if str((item.get("deleted_message") or {}).get("message_id")) == known
            ),
            None,
        ),
        stage.patience_s,
    )
    sound(found or fail("no_object", name="deleted_message", seconds=round(stage.patience_s)))


async def _written(stage: PartnerStage) -> tuple[str, str, str]:
    """The user has written: the chat, the partner's id for its probe, and the one we were told."""
    chat, text = stage.chat(), f"Hello {stage.number()}"
    name = await stage.probe.do(chat, "say", text=text)
    _, item = await came_with(stage, text)
    known = item["message"].get("message_id") or item["update_id"]
    return chat, name, str(known)


@CHECKS.check("updates.press", "listener", "probe")
async def press(stage: PartnerStage) -> None:
    chat = stage.chat()
    data = f"7.{stage.number()}"
    button = {"id": data, "text": "Choose", "type": "callback", "data": data}
    envelope = stage.message(chat, keyboard={"inline": True, "one_time": False, "rows": [[button]]})
    await stage.accepted(envelope)
    await stage.probe.do(chat, "press", data=data, message_id=envelope["message"]["id"])
    sound(await object_of(stage, "callback_query", data=data))


@CHECKS.check("updates.file", "listener", "probe")
async def file(stage: PartnerStage) -> None:
    name = f"photo-{stage.number()}.png"
    await stage.probe.do(stage.chat(), "send_file", name=name, mime="image/png", size=FILE_BYTES)

    def look() -> Item | None:
        for received in stage.listener.received:
            for item in received.items():
                if ((item.get("message") or {}).get("media") or {}).get("name") == name:
                    return item
        return None

    item = await stage.listener.until(look, stage.patience_s)
    item = item or fail("no_object", name="media", seconds=round(stage.patience_s))
    sound(item)
    url = item["message"]["media"].get("url")
    if url:
        size = await stage.caller.size(url, timeout_s=stage.patience_s)
        if size != FILE_BYTES:
            fail("file_differs", shown=str(size), sent=FILE_BYTES)
