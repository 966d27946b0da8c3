"""Mail: kept without a server, sent by a job with one."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from connective.kit import health, instance
from connective.kit.context import unit_of_work
from connective.kit.crypto import Vault
from connective.kit.mail import post
from connective.kit.settings import Settings
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person
from connective.modules.settings.service import checks


class Sink:
    """A small SMTP server that takes everything."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.port = 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 sink\r\n")
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                writer.write(b"354 go\r\n")
                self.taken.append((await reader.readuntil(b"\r\n.\r\n")).decode())
            elif verb == b"QUIT":
                writer.write(b"221 bye\r\n")
                break
            writer.write(b"250 ok\r\n")
        await writer.drain()
        writer.close()


@pytest.fixture
async def sink(db: Database) -> AsyncIterator[Sink]:
    listening = Sink()
    server = await asyncio.start_server(listening.talk, "127.0.0.1", 0)
    listening.port = server.sockets[0].getsockname()[1]
    given = Settings(smtp_url=f"smtp://127.0.0.1:{listening.port}", mail_from="bot@shop.example")
    instance.configure(given, Vault(["test key"]))
    yield listening
    server.close()


async def test_without_a_server_a_mail_is_kept_and_shown(admin: Person) -> None:
    async with unit_of_work() as ctx:
        await post.post(ctx, "ann@example.com", subject="Hello", text="Good day")
    (mail,) = (await admin.client.get("/api/v1/system/mails")).json["items"]
    assert (mail["to"], mail["state"], mail["text"]) == ("ann@example.com", "kept", "Good day")


async def test_with_a_server_it_is_sent_once(db: Database, sink: Sink) -> None:
    async with unit_of_work() as ctx:
        mail_id = await post.post(ctx, "ann@example.com", subject="Вітаємо", text="Добрий день")
    assert await db.value("SELECT entrypoint FROM pgqueuer") == "mail.send"
    for _ in range(2):
        async with unit_of_work() as ctx:
            await post.send(ctx, mail_id=mail_id)
    (mail,) = sink.taken
    assert "From: bot@shop.example" in mail
    assert "To: ann@example.com" in mail
    assert await db.value("SELECT state FROM mails") == "sent"


@pytest.mark.proves("SE-21", part="mail")
async def test_the_check_is_red_as_soon_as_the_server_is_gone(sink: Sink) -> None:
    mail = next(check for check in checks.CHECKS if check.name == "mail")
    assert (await health.run_all([mail]))[0].finding.state == "ok"
    given = Settings(smtp_url="smtp://127.0.0.1:1", mail_from="bot@shop.example")
    instance.configure(given, Vault(["test key"]))
    assert (await health.run_all([mail]))[0].finding.code == "refused"
