"""How the partner answers: in time, in JSON, and without calling a good message an error."""

from connective.channel_kit.checks import fail, not_seen
from connective.channel_kit.to_partner.stage import CHECKS, PartnerStage

HELD_BYTES = 64 * 1024


@CHECKS.check("answers.in_time")
async def in_time(stage: PartnerStage) -> None:
    came = await stage.send(stage.message(stage.chat()), timeout_s=stage.options.timeout_s)
    if not came.good:
        fail("not_accepted", what=came.what, event="message text")


@CHECKS.check("answers.json")
async def json(stage: PartnerStage) -> None:
    came = await stage.send(stage.message(stage.chat()))
    if not came.good:
        fail("not_accepted", what=came.what, event="message text")
    kind = came.headers.get("content-type", "")
    if came.body and (not came.object() and came.body.strip() != b"{}"):
        fail("answer_no_json", kind=kind or "-")
    if came.body and "json" not in kind:
        fail("answer_kind", kind=kind or "-")


@CHECKS.check("answers.success")
async def success(stage: PartnerStage) -> None:
    came = await stage.send(stage.message(stage.chat()))
    if not came.good:
        fail("not_accepted", what=came.what, event="message text")
    if came.object().get("status") == "error":
        fail("error_in_success", message=str(came.object().get("message", "")))


@CHECKS.check("answers.message_id")
async def message_id(stage: PartnerStage) -> None:
    chat = stage.chat()
    first, second = [await stage.send(stage.message(chat)) for _ in range(2)]
    names = [came.object().get("message_id") for came in (first, second)]
    if None in names:
        not_seen("no_message_id")
    if not all(isinstance(name, str | int) and 0 < len(str(name)) <= 200 for name in names):
        fail("bad_message_id", name=str(names[0])[:100])
    if names[0] == names[1]:
        fail("same_message_id", name=str(names[0]))


@CHECKS.check("answers.slow_file", "listener")
async def slow_file(stage: PartnerStage) -> None:
    name = f"slow-{stage.number()}.png"
    url = stage.listener.file(name, HELD_BYTES, "image/png", held=True)
    held = {"url": url, "mime": "image/png", "name": name, "size": HELD_BYTES}
    try:
        came = await stage.send(
            stage.message(stage.chat(), kind="image", attachments=[held]),
            timeout_s=stage.options.timeout_s,
        )
    finally:
        stage.listener.files[name].gate.set()
    if not came.good:
        fail("not_accepted", what=came.what, event="message image")
