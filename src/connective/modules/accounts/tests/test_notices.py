"""What administrators are told by mail."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.polling import polled

RED: dict[str, Any] = {
    "check": "mail",
    "code": "refused",
    "facts": {"host": "mail.example", "error": "down"},
    "since": datetime(2026, 5, 4, 9, 0, tzinfo=UTC),
}
FAILING = {"endpoint_id": 1, "name": "CRM", "reason": "failures", "failing_since": None}


async def say(kind: str, data: dict[str, Any]) -> None:
    async with unit_of_work() as ctx:
        ctx.emit(kind, data)


async def mails(db: Database, count: int) -> list[dict[str, Any]]:
    async def posted() -> bool:
        return bool(await db.value("SELECT count(*) FROM mails") >= count)

    async with asyncio.timeout(20):
        await polled(posted)
    return await db.fetch('SELECT "to", subject, text FROM mails ORDER BY "to"')


async def reader_stands(db: Database) -> None:
    """The reader begins with what happens after it was first seen."""

    async def known() -> bool:
        found = await db.value("SELECT count(*) FROM event_cursors WHERE listener = 'notices'")
        return bool(found)

    async with asyncio.timeout(20):
        await polled(known)


@pytest.mark.proves("SE-21", part="alerts")
async def test_every_active_administrator_is_told_in_his_language_what_to_do(
    admin: Person, app: AppClient, db: Database
) -> None:
    await sign_in(db, app, "operator", email="c-operator@example.com")
    await sign_in(db, app, "administrator", email="b-olena@example.com", language="uk")
    await db.execute("UPDATE users SET email = 'a-ann@example.com' WHERE id = $1", admin.id)
    await reader_stands(db)
    await say("status.alerted", RED)
    english, ukrainian = await mails(db, 2)
    assert (english["to"], english["subject"]) == ("a-ann@example.com", "Mail does not work")
    assert "mail.example" in english["text"]
    assert "CONNECTIVE_SMTP_URL" in english["text"]
    assert ukrainian["subject"] == "Пошта: не працює"


@pytest.mark.proves("INT-14", part="notice to administrators")
async def test_a_webhook_that_was_disabled_is_told_with_what_to_do(
    admin: Person, db: Database
) -> None:
    await reader_stands(db)
    await say("webhook.disabled", FAILING)
    (mail,) = await mails(db, 1)
    assert mail["subject"] == "The webhook CRM is disabled"
    assert "/webhooks" in mail["text"]
