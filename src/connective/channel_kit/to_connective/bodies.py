"""Every type of message and any text."""

import base64

from connective.channel_kit.checks import fail
from connective.channel_kit.to_connective.stage import CHECKS, ConnectiveStage
from connective.channel_kit.to_partner.content import EMOJI, EXACT

LIMIT = 10_000
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
MEDIA = ("image", "video", "audio", "voice", "document", "sticker")


@CHECKS.check("hook.types")
async def types(stage: ConnectiveStage) -> None:
    chat = stage.chat()
    picture = {"base64": base64.b64encode(PNG).decode(), "mime": "image/png", "name": "dot.png"}
    await stage.taken(
        stage.message(chat),
        stage.message(chat, "/start promo5", type="command"),
        *(stage.message(chat, "", type=kind, media=picture, caption="A dot") for kind in MEDIA),
        stage.message(chat, "", type="location", location={"latitude": 50.45, "longitude": 30.52}),
        stage.message(chat, "", type="contact", contact={"phone": "380501112233", "name": "Ann"}),
    )


@CHECKS.check("hook.emoji")
async def emoji(stage: ConnectiveStage) -> None:
    chat = stage.chat()
    await stage.taken(stage.message(chat), stage.message(chat, EMOJI), stage.message(chat, EXACT))


@CHECKS.check("hook.long_text")
async def long_text(stage: ConnectiveStage) -> None:
    chat = stage.chat()
    await stage.taken(stage.message(chat), stage.message(chat, "ї" * LIMIT))
    came = await stage.refused(stage.message(chat, "ї" * (LIMIT + 1)), 422)
    if not came.object().get("errors"):
        fail("no_fields")
