"""Edits, deletions, and everything else that is told without a message."""

from connective.channel_kit.checks import fail
from connective.channel_kit.probe import Shown
from connective.channel_kit.to_partner.stage import CHECKS, PartnerStage

OPERATOR = {"id": 12, "name": "Olena"}


@CHECKS.check("events.edited")
async def edited(stage: PartnerStage) -> None:
    chat = stage.chat()
    envelope = stage.message(chat)
    name, text = envelope["message"]["id"], f"Corrected {stage.number()}"
    await stage.accepted(envelope, stage.event(chat, "message_edited", message_id=name, text=text))
    seen = await stage.sees(chat, lambda all_: any((o.id, o.text) == (name, text) for o in all_))
    if not any((one.id, one.text) == (name, text) for one in seen):
        fail("not_edited")


@CHECKS.check("events.deleted")
async def deleted(stage: PartnerStage) -> None:
    chat = stage.chat()
    envelope = stage.message(chat)
    name = envelope["message"]["id"]
    await stage.accepted(envelope, stage.event(chat, "message_deleted", message_id=name))

    def gone(seen: list[Shown]) -> bool:
        return all(one.deleted for one in seen if one.id == name)

    if not gone(await stage.sees(chat, gone)):
        fail("not_deleted")


@CHECKS.check("events.late")
async def late(stage: PartnerStage) -> None:
    chat = stage.chat()
    await stage.accepted(
        stage.event(chat, "message_edited", message_id="m_0", text="Of a message never seen"),
        stage.event(chat, "message_deleted", message_id="m_0"),
    )


@CHECKS.check("events.every")
async def every(stage: PartnerStage) -> None:
    chat = stage.chat()
    await stage.accepted(
        stage.event(chat, "chat_created", chat_room_id=9021),
        stage.event(chat, "operator_connected", operator=OPERATOR),
        stage.event(chat, "typing", ordered=False, on=True) | {"from": OPERATOR},
        stage.event(chat, "typing", ordered=False, on=False) | {"from": OPERATOR},
        stage.event(chat, "thinking", ordered=False, text="Looking it up"),
        stage.event(chat, "chat_transferred", to="topic"),
        stage.event(chat, "operator_disconnected", operator=OPERATOR),
        stage.event(chat, "csat_request", scale=5, question="How was it?"),
        stage.event(chat, "subscription_changed", subscribed=True),
        stage.event(chat, "chat_closed", by="operator"),
        stage.event(chat, "test", ordered=False, text="Test"),
    )
