"""Files of the client: in the body, by address, and one that is too large."""

import base64

from connective.channel_kit.checks import fail, not_seen
from connective.channel_kit.to_connective.stage import CHECKS, ConnectiveStage

IN_BODY = 3 * 1024 * 1024
TOO_LARGE = 6 * 1024 * 1024
BY_ADDRESS = 16 * 1024 * 1024


@CHECKS.check("hook.file")
async def file(stage: ConnectiveStage) -> None:
    chat = stage.chat()
    content = base64.b64encode(b"%PDF-1.4\n".ljust(IN_BODY, b"0")).decode()
    media = {"base64": content, "mime": "application/pdf", "name": "large.pdf", "size": IN_BODY}
    await stage.taken(stage.message(chat), stage.message(chat, "", type="document", media=media))


@CHECKS.check("hook.too_large")
async def too_large(stage: ConnectiveStage) -> None:
    media = {"base64": "A" * TOO_LARGE, "mime": "application/pdf", "name": "huge.pdf"}
    await stage.refused(stage.message(stage.chat(), "", type="document", media=media), 413)


@CHECKS.check("hook.file_by_url", "listener")
async def file_by_url(stage: ConnectiveStage) -> None:
    """Its bytes are held back until the update is answered: nobody waits for a file."""
    chat, name = stage.chat(), f"large-{stage.number()}.bin"
    url = stage.listener.file(name, BY_ADDRESS, "application/octet-stream", held=True)
    media = {"url": url, "mime": "application/octet-stream", "name": name, "size": BY_ADDRESS}
    offered = stage.listener.files[name]
    try:
        await stage.taken(stage.message(chat))
        update = stage.message(chat, "", type="document", media=media)
        came = await stage.post(update, timeout_s=stage.options.timeout_s)
    finally:
        offered.gate.set()
    if came.status != 200:
        fail("update_not_taken", what=came.what, kind="message document")
    if not await stage.listener.until(lambda: offered.asked or None, stage.patience_s):
        not_seen("file_not_fetched", url=url)
