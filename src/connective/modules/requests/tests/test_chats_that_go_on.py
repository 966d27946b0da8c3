"""Several closed chats go on at once, in the turns of several groups of dialogs."""

import asyncio

from connective.kit import clock
from connective.kit.context import Ctx, unit_of_work
from connective.kit.testing.chats import Chats
from connective.kit.testing.polling import polled
from connective.modules.dialogs import service as dialogs
from connective.modules.dialogs.service import Key, Page, Thread
from connective.modules.requests import service

WAITING = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE wait_event_type = 'Lock' AND datname = current_database()"
)

SETTLED = (
    "SELECT position >= (SELECT max(id) FROM events WHERE kind = 'request.closed')"
    " FROM event_cursors WHERE listener = 'after requests'"
)


async def _keys(chats: Chats) -> dict[str, Key]:
    rows = await chats.db.fetch("SELECT DISTINCT account_id, chat_id FROM contacts")
    return {row["chat_id"]: (row["account_id"], row["chat_id"]) for row in rows}


async def _group(ctx: Ctx, *keys: Key) -> list[Thread]:
    held = await dialogs.hold(ctx, dict.fromkeys(keys), wait=True)
    return [thread for key in keys if (thread := held[key]) is not None]


async def _reopen(turn: service.Leaving, thread: Thread) -> None:
    request_id = service.reopens(thread, clock.epoch_ms(clock.now()))
    assert request_id is not None
    await turn.reopen(thread, request_id)


async def _settled(chats: Chats) -> bool:
    """What follows the closes has been done."""
    return bool(await chats.db.value(SETTLED))


async def test_two_groups_of_turns_that_reopen_chats_of_the_same_operators_never_block_each_other(
    chats: Chats,
) -> None:
    rules = {"reopen_window_h": 1}
    assert (await chats.shop.admin.put("/api/v1/settings/op/closing", rules)).status == 200
    await chats.publish()
    olena, petro = await chats.operator("Olena"), await chats.operator("Petro")
    had = {"c1": olena, "c2": petro, "c3": petro, "c4": olena}
    for name, who in had.items():
        await chats.shop.say("/start", name)
        row = await chats.unclosed(name)
        await chats.done(who, row["id"], "take")
        await chats.done(who, row["id"], "close")

    await polled(lambda: _settled(chats))
    keys = await _keys(chats)

    async def other() -> None:
        async with unit_of_work() as ctx:
            threads = await _group(ctx, keys["c3"], keys["c4"])
            page = Page([])
            turn = service.Leaving(ctx, page, threads)
            for thread in threads:
                await _reopen(turn, thread)
            await dialogs.write(ctx, page, threads)

    async def waits() -> bool:
        return second.done() or bool(await chats.db.value(WAITING))

    async with unit_of_work() as ctx:
        threads = await _group(ctx, keys["c1"], keys["c2"])
        page = Page([])
        turn = service.Leaving(ctx, page, threads)
        await _reopen(turn, threads[0])
        second = asyncio.create_task(other())
        await polled(waits)
        await _reopen(turn, threads[1])
        await dialogs.write(ctx, page, threads)
    await second
    rows = await chats.db.fetch("SELECT state, assignee_id FROM requests ORDER BY id")
    assert [row["assignee_id"] for row in rows] == [who.id for who in had.values()]
    assert {row["state"] for row in rows} == {"open"}
    loads = await chats.db.fetch("SELECT active FROM operators WHERE active > 0")
    assert [row["active"] for row in loads] == [2, 2]
