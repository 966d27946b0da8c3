"""An instance connected to the stand-in of Zoho, and a shop whose clients chat with operators."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest_asyncio

from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.chats import Chats
from connective.kit.testing.databases import Database
from connective.kit.testing.loopback import serving
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.polling import polled
from connective.kit.testing.shop import Shop
from connective.kit.wake import wake
from connective.modules.zoho.service.connecting import TOPIC
from connective.stand_ins.zoho import Zoho

PATH = "/api/v1/integrations/zoho"
_PASSED = """
SELECT position >= (SELECT max(id) FROM events WHERE kind = 'request.closed')
FROM event_cursors WHERE listener = 'zoho.closed'
"""


class Crm:
    """The connection, and the other side."""

    def __init__(self, db: Database, app: AppClient, admin: Person, other: Zoho) -> None:
        self.db, self.app, self.admin, self.other = db, app, admin, other
        self.url = ""

    async def days_later(self, moving_clock: MovingClock, days: int) -> None:
        """The administrator's session is over by then, so somebody else has signed in."""
        moving_clock.advance(days * 86_400)
        self.admin = await sign_in(self.db, self.app, is_root=True)

    async def put(self, **given: Any) -> Answer:
        """Store settings; what is not given leads to the stand-in."""
        usual = {"client_id": "demo", "client_secret": "demo"}
        bases = {"api_base": self.url, "accounts_base": self.url}
        return await self.admin.client.put(PATH, {**usual, **bases, **given})

    async def changed(self, **given: Any) -> dict[str, Any]:
        """Change settings of a connection that stands, without its secret."""
        answer = await self.put(**{"client_secret": None, **given})
        assert answer.status == 200, answer.text
        stored: dict[str, Any] = answer.json
        return stored

    async def shown(self) -> dict[str, Any]:
        found: dict[str, Any] = (await self.admin.client.get(PATH)).json
        return found

    async def consent(self) -> tuple[str, str]:
        """Go to the consent page and accept; (code, state) as they come back."""
        start = await self.admin.client.get(f"{PATH}/oauth/start")
        assert start.status == 302, start.text
        asked = parse_qs(urlsplit(start.headers["Location"]).query)
        state = asked["state"][0]
        return self.other.grant(asked["redirect_uri"][0]), state

    async def back(self, **query: str) -> Answer:
        """Come back as Zoho sends people back: with news of where the account lives."""
        query |= {"location": "us", "accounts-server": self.url}
        return await self.admin.client.get(f"{PATH}/oauth/callback", params=query)

    async def connect(self, **given: Any) -> None:
        """Settings, then the grant."""
        stored = await self.put(**given)
        assert stored.status == 200, stored.text
        await self.grant()

    async def grant(self) -> None:
        code, state = await self.consent()
        done = await self.back(code=code, state=state)
        assert done.headers["Location"] == "/integrations/zoho?grant=ok", done.text

    async def heard(self) -> None:
        """The listener has passed what was closed so far."""

        async def passed() -> bool:
            return bool(await self.db.value(_PASSED))

        await polled(passed)

    async def notes(self, count: int = 1, **expected: Any) -> list[dict[str, Any]]:
        """The notes of the connection, once there are so many and each of them is so."""
        found: list[dict[str, Any]] = []

        async def there() -> bool:
            wake(TOPIC)
            found[:] = (await self.admin.client.get(f"{PATH}/notes")).json["items"]
            return len(found) == count and all(
                note[name] == value for note in found for name, value in expected.items()
            )

        await polled(there)
        return found


@pytest_asyncio.fixture
async def crm(db: Database, app: AppClient, admin: Person) -> AsyncIterator[Crm]:
    found = Crm(db, app, admin, Zoho())

    async def listens() -> bool:
        cursors = "SELECT count(*) FROM event_cursors WHERE listener = 'zoho.closed'"
        return bool(await db.value(cursors))

    await polled(listens)  # a new listener begins with the next event
    async with serving(found.other.app()) as found.url:
        yield found


class Talks:
    """Clients who chat with an operator; each chat ends as the test says."""

    def __init__(self, chats: Chats, operator: Person) -> None:
        self.chats, self.operator = chats, operator

    async def closed(self, chat: str = "c1", phone: str | None = "380501112233") -> int:
        """A client of that phone has written, was answered and the chat is closed."""
        sender: dict[str, Any] = {"id": chat, "first_name": "Ann", "last_name": "Lee"}
        sender |= {"phone": phone} if phone else {}
        update = self.chats.shop.update(chat)
        update["message"] = {"from": sender, "chat": {"id": chat}, "text": "/start"}
        taken = await self.chats.shop.post(update)
        assert taken.status == 200, taken.text
        number = int((await self.chats.unclosed(chat))["id"])
        await self.chats.done(self.operator, number, "take")
        await self.chats.done(self.operator, number, "close")
        return number


@pytest_asyncio.fixture
async def talks(db: Database, shop: Shop) -> Talks:
    chats = await Chats.open(db, shop.partner, shop)
    await chats.publish()
    return Talks(chats, await chats.operator("Olena"))
