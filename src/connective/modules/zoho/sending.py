"""The loop that sends notes about closed chats to Zoho, one at a time."""

import asyncio
import logging
from typing import Any

from connective.kit import i18n, instance
from connective.kit.context import unit_of_work
from connective.kit.db.rows import AnyRow
from connective.kit.loops import SWEEP_S, idle
from connective.kit.wake import waiter
from connective.modules.zoho import fields, naming, queries, service, session
from connective.modules.zoho.crm import records
from connective.modules.zoho.crm.call import Line
from connective.modules.zoho.crm.problems import Absent, Unreachable, ZohoProblem
from connective.modules.zoho.service.connecting import TOPIC

log = logging.getLogger(__name__)


async def run(stop: asyncio.Event) -> None:
    """Look when a chat was closed, and when a note is due again."""
    with waiter(TOPIC) as woken:
        while not stop.is_set():
            if not await send_next():
                await idle(stop, woken, SWEEP_S)


async def send_next() -> bool:
    """Send the note that is due; False when none is."""
    async with unit_of_work() as ctx:
        row = await service.hold(ctx)
    if row is None:
        return False
    problem: ZohoProblem | None = None
    try:
        await _send(row)
    except ZohoProblem as refused:
        problem = refused
    except Exception as failure:
        log.exception("the note about request %s failed", row.request_id)
        problem = Unreachable(repr(failure))
    if problem is not None:
        async with unit_of_work() as ctx:
            await service.put_off(ctx, row.id, problem)
    return True


async def _send(row: AnyRow) -> None:
    async with unit_of_work() as ctx:
        chat = await queries.chat(ctx.db, row.request_id)
    if chat is None:
        raise ZohoProblem("the chat is not there any more")
    async with session.line() as line:
        account = await line.account()
        module = row.module or account.module
        title = naming.note_title(account.product_name, row.request_id)
        link = link_to(row.request_id)
        number: str | None = None
        if row.tried_note and row.record_id:
            number = await records.has_note(line, module, row.record_id, mark=link)
        if number is None:
            number = await _note(line, row, chat, module=module, title=title, link=link)
    async with unit_of_work() as ctx:
        await service.settle(ctx, row.id, title=title, number=number)


async def _note(
    line: Line, row: AnyRow, chat: AnyRow, *, module: str, title: str, link: str
) -> str:
    """Find or make the record of the client and give it the note."""
    record_id = row.record_id or await _record(line, row, chat, module)
    text = content(chat, link)
    try:
        return await records.add_note(line, module, record_id, title=title, text=text)
    except Absent:
        # the record that was known is gone: as if it had never been there
        record_id = await _record(line, row, chat, module, anew=True)
        return await records.add_note(line, module, record_id, title=title, text=text)


async def _record(line: Line, row: AnyRow, chat: AnyRow, module: str, *, anew: bool = False) -> str:
    """The client's record, written; one without phone and e-mail is known by its last note."""
    account = await line.account()
    person = fields.person_of(chat, topic=chat.topic or "", operator=chat.operator or "")
    record = fields.usual(account, person)
    checks = fields.checks(record)
    known = None
    if not checks and not anew:
        async with unit_of_work() as ctx:
            known = await queries.known_record(ctx.db, row.client_id, module)
    missing: list[str] = []
    if known is None:
        more, missing = await fields.mapped(
            line, account.mapping, person, fields.variables_of(chat)
        )
        done = await records.upsert_one(line, module, record | more, checks=checks)
        known, missing = done.id, [*missing, *done.missing]
    progress: dict[str, Any] = {"module": module, "record_id": known, "missing": missing}
    async with unit_of_work() as ctx:
        await service.keep_progress(ctx, row.id, tried_note=True, **progress)
    return known


def link_to(request_id: int) -> str:
    """The conversation in the panel."""
    return f"{instance.settings().base_url}/operator_panel/requests/{request_id}"


def content(chat: AnyRow, link: str) -> str:
    """Where the conversation is read, who had it, what it was about, how it was rated."""
    language = next((name for name in chat.languages if name in i18n.LANGUAGES), "en")
    score = fields.variables_of(chat).get("csat")
    told = {
        "transcript": link,
        "operator": chat.operator,
        "topic": chat.topic,
        "rating": score if isinstance(score, str | int | float) else None,
    }
    lines = [
        i18n.text(language, f"zoho.note.{name}", value=value)
        for name, value in told.items()
        if value not in (None, "")
    ]
    return "\n".join(lines)
