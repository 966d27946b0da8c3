"""Takes dialogs under lock, making client, contact and dialog where they are new."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from connective.kit.context import Ctx
from connective.modules.clients import service as clients
from connective.modules.clients.service import Person
from connective.modules.dialogs.models import dialog_ids
from connective.modules.dialogs.queries import threads
from connective.modules.dialogs.thread import Key, Thread

_INSERT = """
INSERT INTO dialogs (id, contact_id, client_id, account_id, bot_id, channel, chat_id, created_at)
SELECT d.*, $8
FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[],
            $7::text[]) AS d(id, contact_id, client_id, account_id, bot_id, channel, chat_id)
"""


class Newcomer(Struct, frozen=True):
    """What is known of whoever writes in a chat, should the chat be new."""

    told: Mapping[str, str]


async def hold(
    ctx: Ctx, wanted: Mapping[Key, Newcomer | None], *, wait: bool = False
) -> dict[Key, Thread | None]:
    """Lock the dialogs of the keys; make those of newcomers that do not exist.

    None stands for a dialog that another transaction holds (only without `wait`); a key without
    a newcomer and without a dialog is absent.
    """
    driver = await ctx.driver()
    keys = sorted(wanted)
    held = await threads.locked(driver, keys, wait=wait)
    missing = {k: w for k in keys if k not in held and (w := wanted[k]) is not None}
    if missing:
        held |= await _make(ctx, driver, missing)
        late = [key for key in missing if held[key] is None]
        if late and wait:
            held |= await threads.locked(driver, late, wait=True)
    return held


async def glance(ctx: Ctx, key: Key) -> Thread | None:
    """A dialog without a lock, so that the channel can be told something of it."""
    return await threads.read(await ctx.driver(), key)


async def _make(ctx: Ctx, driver: Any, missing: Mapping[Key, Newcomer]) -> dict[Key, Thread | None]:
    people = []
    for (account_id, chat_id), newcomer in missing.items():
        person = Person(0, 0)
        person.learn(newcomer.told)
        people.append((account_id, chat_id, person))
    made = await clients.create(ctx, people)
    accounts = await threads.accounts(driver, sorted({key[0] for key in missing}))
    found: dict[Key, Thread | None] = {}
    new: list[Thread] = []
    for account_id, chat_id, person in people:
        found[(account_id, chat_id)] = None
        if person.contact_id in made:
            thread = _thread(accounts[account_id], chat_id, person)
            found[thread.key] = thread
            new.append(thread)
    if new:
        await _insert(ctx, driver, new)
    return found


def _thread(account: Any, chat_id: str, person: Person) -> Thread:
    return Thread(
        id=0,
        account_id=account["id"],
        bot_id=account["bot_id"],
        channel=account["channel"],
        chat_id=chat_id,
        endpoint_id=account["endpoint_id"],
        person=person,
        is_new=True,
    )


async def _insert(ctx: Ctx, driver: Any, threads: list[Thread]) -> None:
    for thread, dialog_id in zip(threads, await dialog_ids.take(ctx.db, len(threads)), strict=True):
        thread.id = dialog_id
    await driver.execute(
        _INSERT,
        [t.id for t in threads],
        [t.person.contact_id for t in threads],
        [t.person.client_id for t in threads],
        [t.account_id for t in threads],
        [t.bot_id for t in threads],
        [t.channel for t in threads],
        [t.chat_id for t in threads],
        ctx.now,
    )
