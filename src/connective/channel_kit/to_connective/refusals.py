"""What has to be refused, with which status, and storing nothing."""

import re

import msgspec

from connective.channel_kit import signatures
from connective.channel_kit.checks import fail, not_seen
from connective.channel_kit.to_connective.stage import CHECKS, ConnectiveStage
from connective.kit import crypto

NO_SUCH_BOT = "999999999"
MAX_BATCH = 100


@CHECKS.check("refused.json")
async def json(stage: ConnectiveStage) -> None:
    for body in (b"", b"{", b"update_id=1", b"\xff\xfe"):
        await stage.refused(body, 400)


@CHECKS.check("refused.shape")
async def shape(stage: ConnectiveStage) -> None:
    whole = stage.message(stage.chat())
    message = whole["message"]
    without_id = {"message": message}
    without_chat = stage.update(message={k: v for k, v in message.items() if k != "chat"})
    for update in (without_id, without_chat, stage.update(), stage.update(hologram={})):
        came = await stage.refused(update, 422)
        errors = came.object().get("errors")
        if not isinstance(errors, list) or not all(isinstance(e, dict) for e in errors):
            fail("no_fields")
        if not errors or not all("field" in e and e.get("message") for e in errors):
            fail("no_fields")


@CHECKS.check("refused.long_batch")
async def long_batch(stage: ConnectiveStage) -> None:
    chat = stage.chat()
    await stage.refused([stage.message(chat) for _ in range(MAX_BATCH + 1)], 422)


@CHECKS.check("refused.token", "input_token")
async def token(stage: ConnectiveStage) -> None:
    update = stage.message(stage.chat())
    for given in ("", "not-the-token"):
        await stage.refused(update, 401, token=given)
    await _nothing_was_stored(stage, update)


@CHECKS.check("refused.signature", "secret")
async def signature(stage: ConnectiveStage) -> None:
    update = stage.message(stage.chat())
    body = msgspec.json.encode(update)
    foreign = stage.signed(body, secret=crypto.webhook_secret())
    changed = stage.signed(body + b" ")
    stale = stage.signed(body, age_s=signatures.STALE_S)
    for headers in (foreign, changed, stale):
        await stage.refused(body, 401, signed=headers)
    await _nothing_was_stored(stage, update)


@CHECKS.check("hook.signature", "secret")
async def signed(stage: ConnectiveStage) -> None:
    body = msgspec.json.encode(stage.message(stage.chat()))
    came = await stage.post(body, signed=stage.signed(body))
    if came.status != 200:
        fail("update_not_taken", what=came.what, kind="message text")


@CHECKS.check("refused.bot")
async def bot(stage: ConnectiveStage) -> None:
    url, replaced = re.subn(
        r"/messengers_host/\d+/", f"/messengers_host/{NO_SUCH_BOT}/", stage.options.url
    )
    if not replaced:
        not_seen("no_bot_in_url")
    await stage.refused(stage.message(stage.chat()), 404, url=url)


async def _nothing_was_stored(stage: ConnectiveStage, update: dict[str, object]) -> None:
    """What was refused is new when it comes rightly."""
    (came,) = await stage.taken(update)
    if came.object().get("duplicate") is not False:
        fail("stored_refused")
