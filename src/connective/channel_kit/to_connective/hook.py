"""Updates that have to be taken: once each, in every kind, alone and in batches, in any order."""

import asyncio

from connective.channel_kit.checks import fail
from connective.channel_kit.to_connective.stage import CHECKS, ConnectiveStage
from connective.kit import clock

PARALLEL = 10
DAY_MS = 86_400_000


@CHECKS.check("hook.success")
async def success(stage: ConnectiveStage) -> None:
    update = stage.message(stage.chat())
    came = await stage.post(update, timeout_s=stage.options.timeout_s)
    if came.status != 200:
        fail("update_not_taken", what=came.what, kind="message text")
    wanted = {"status": "success", "update_id": update["update_id"], "duplicate": False}
    if not wanted.items() <= came.object().items():
        fail("other_answer", wanted=str(wanted))


@CHECKS.check("hook.duplicate")
async def duplicate(stage: ConnectiveStage) -> None:
    update = stage.message(stage.chat())
    first, *repeats = await stage.taken(update, update, update)
    if first.object().get("duplicate") is not False:
        fail("first_is_duplicate")
    if not all(came.object().get("duplicate") is True for came in repeats):
        fail("repeat_no_duplicate")


@CHECKS.check("hook.parallel")
async def parallel(stage: ConnectiveStage) -> None:
    update = stage.message(stage.chat())
    every = await asyncio.gather(*(stage.post(update) for _ in range(PARALLEL)))
    if bad := next((came for came in every if came.status != 200), None):
        fail("update_not_taken", what=bad.what, kind="message text")
    first = sum(came.object().get("duplicate") is False for came in every)
    if first != 1:
        fail("taken_times", count=first)


@CHECKS.check("hook.ids")
async def ids(stage: ConnectiveStage) -> None:
    number = stage.number()
    by_number = stage.message(number)
    by_name = stage.message(f"kit {number} ".ljust(128, "я"))
    by_name["update_id"] = f"{number}-".ljust(64, "x")
    for update in (by_number, by_name):
        (came,) = await stage.taken(update)
        if came.object().get("update_id") != update["update_id"]:
            fail("other_answer", wanted=str(update["update_id"]))


@CHECKS.check("hook.objects")
async def objects(stage: ConnectiveStage) -> None:
    chat = stage.chat()
    written = stage.message(chat, "Hello")
    name = written["message"]["message_id"]
    place = {"from": {"id": chat}, "chat": {"id": chat}}
    await stage.taken(
        stage.message(chat),
        written,
        stage.update(callback_query={**place, "id": "q1", "data": "0.none", "message_id": name}),
        stage.update(edited_message={"message_id": name, "text": "Hello!"}),
        stage.update(deleted_message={"message_id": name}),
        stage.update(typing={**place, "on": True}),
        stage.update(user={"id": chat, "phone": "380501112233", "chat": {"id": chat}}),
        stage.update(chat_closed={**place, "reason": "left"}),
    )


@CHECKS.check("hook.dates")
async def dates(stage: ConnectiveStage) -> None:
    chat, now = stage.chat(), clock.epoch_ms(clock.now())
    await stage.taken(
        stage.message(chat),
        stage.message(chat, "of now", date=now),
        stage.message(chat, "a day late", date=now - DAY_MS),
        stage.message(chat, "in seconds", date=now // 1000),
        stage.message(chat, "without a date", date=None),
    )


@CHECKS.check("hook.batch")
async def batch(stage: ConnectiveStage) -> None:
    chat = stage.chat()
    start = stage.message(chat)
    bad = {"update_id": stage.number(), "message": {"text": "no chat"}}
    came = await stage.post([start, bad, stage.message(chat, "Hello"), start])
    results = came.object().get("results")
    if came.status != 200 or not isinstance(results, list) or len(results) != 4:
        fail("no_results", what=came.what)
    said = [(one.get("status"), one.get("duplicate")) for one in results]
    wanted = [("success", False), ("error", None), ("success", False), ("success", True)]
    if said != wanted:
        fail("other_answer", wanted=str(wanted))


@CHECKS.check("hook.late_status", "listener")
async def late_status(stage: ConnectiveStage) -> None:
    chat = stage.chat()
    await stage.taken(stage.message(chat))
    (call, *_) = await stage.called(chat)
    name = call.json.get("message", {}).get("id")
    if name is None:
        fail("no_message_first", event=str(call.json.get("event")))
    place = {"chat": {"id": chat}, "message_id": name}
    await stage.taken(
        stage.update(status={**place, "status": "read"}),
        stage.message(chat, "Hello"),
        stage.update(status={**place, "status": "delivered"}),
        stage.update(status={**place, "status": "read"}),
    )
