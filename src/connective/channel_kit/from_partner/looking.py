"""Finds in what has come the update that a check waits for."""

from typing import Any

from connective.channel_kit import shapes
from connective.channel_kit.checks import fail
from connective.channel_kit.listener import Received
from connective.channel_kit.to_partner.stage import PartnerStage

Item = dict[str, Any]


def text_of(item: Item) -> str:
    message = item.get("message")
    return str(message.get("text")) if isinstance(message, dict) else ""


async def came_with(stage: PartnerStage, text: str) -> tuple[Received, Item]:
    """The first post that brings this text."""

    def look() -> tuple[Received, Item] | None:
        for received in stage.listener.received:
            for item in received.items():
                if text_of(item) == text:
                    return received, item
        return None

    found = await stage.listener.until(look, stage.patience_s)
    return found or fail("no_update", seconds=round(stage.patience_s))


async def said(stage: PartnerStage, chat: str) -> str:
    """The user writes something that was never written before."""
    text = f"Hello {stage.number()}"
    await stage.probe.do(chat, "say", text=text)
    return text


async def object_of(stage: PartnerStage, name: str, **fields: Any) -> Item:
    """The first update that has such an object with these fields."""

    def look() -> Item | None:
        for received in stage.listener.received:
            for item in received.items():
                part = item.get(name)
                if isinstance(part, dict) and fields.items() <= part.items():
                    return item
        return None

    found = await stage.listener.until(look, stage.patience_s)
    return found or fail("no_object", name=name, seconds=round(stage.patience_s))


def sound(item: Item) -> None:
    if fault := shapes.update_fault(item):
        fail("bad_update", fault=fault)
