"""Secrets of every integration over a whole conversation: in no row, in no line of the log."""

import asyncio
import base64
import io
import logging
import zipfile
from collections.abc import AsyncIterator, Iterator
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import asyncpg
import pytest
import pytest_asyncio
import structlog
from standardwebhooks import Webhook as PublicVerifier

from connective.kit import logs
from connective.kit.crypto import Vault
from connective.kit.db import sealed
from connective.kit.settings import Settings
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.loopback import serving
from connective.kit.testing.people import Person
from connective.kit.testing.polling import polled
from connective.kit.testing.receiver import Received
from connective.kit.testing.shop import Node, Shop
from connective.kit.testing.telegram_shop import TelegramShop
from connective.stand_ins.esputnik import APP
from connective.stand_ins.telegram import TelegramServer
from connective.stand_ins.viber import TOKEN, Viber
from connective.stand_ins.zoho import Zoho

pytestmark = pytest.mark.proves("P-03", part="secrets at rest")
PASSWORD = "a password nobody else has"
PLAIN = {
    name: f"plain-{name}-Zm9vYmFy"
    for name in (
        *("vault", "constant", "access", "input", "header", "zoho", "esputnik"),
        *("client", "granted"),
    )
}
SAID = ("my card is 4111 1111 1111 1111", "and the code on it is 737")
ANSWER = "Thank you for the card"
OLD, NEW = "an older key", "the newest key"
MANY = 30
# Libraries whose lines are not wanted in production; the names of their logs begin so.
TALKATIVE = ("uvicorn", "uvicorn.error", "pgqueuer", "asyncio", "aiohttp", "websockets")
LOUD = "what is logged only to look for faults"
CONSTANT = {"key": "code", "values": {"en": PLAIN["constant"]}, "secret": True}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """In the midst of a rotation: both keys open, the first one seals."""
    return settings.model_copy(update={"secret_key": (NEW, OLD)})


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that the process logs, and more than it would in production."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    out = io.StringIO()
    logs.set_up("json", out=out)
    root.setLevel(logging.DEBUG)
    others = [logging.getLogger(name) for name in TALKATIVE]
    levels = [other.level for other in others]
    for other in others:
        other.setLevel(logging.DEBUG)
    others[0].debug(LOUD)
    yield out
    for other, before in zip(others, levels, strict=True):
        other.setLevel(before)
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


class Walk:
    """Sets everything up that has a secret, and remembers each of them in plain."""

    def __init__(self, admin: Person, app: AppClient, shop: Shop) -> None:
        self.admin, self.app, self.shop = admin.client, app, shop
        self.secrets: dict[str, str] = {**PLAIN, "shop": shop.secret, "bot": shop.key}
        pair = f"connective:{PLAIN['esputnik']}"
        self.secrets["basic"] = base64.b64encode(pair.encode()).decode()

    async def done(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        answer = await self.admin.request(method, path, json=body)
        assert answer.status == status, answer.text
        return answer.json if answer.body else None

    async def people(self) -> None:
        """A password, a second factor, sessions, a reset link, a key, a frame."""
        user = {"first_name": "Eve", "email": "eve@example.com", "role": "operator"}
        given = user | {"password": PASSWORD, "must_change_password": False}
        made = await self.done("POST", "/api/v1/users", given, 201)
        credentials = {"email": user["email"], "password": PASSWORD}
        opened = (await self.app.post("/api/v1/auth/login", credentials)).json
        eve = self.app.another(Authorization=f"Bearer {opened['access_token']}")
        totp = (await eve.post("/api/v1/auth/totp")).json["secret"]
        link = await self.done("POST", f"/api/v1/users/{made['id']}/reset-link", None, 201)
        scopes = {"name": "CRM", "scopes": ["embed:create", "chats:read"]}
        key = (await self.done("POST", "/api/v1/keys", scopes, 201))["secret"]
        await self.done("PUT", "/api/v1/embed/origins", {"origins": ["https://crm.example"]})
        crm = self.app.another(Authorization=f"Api-Key {key}")
        wish = {"user_id": made["id"], "origin": "https://crm.example"}
        framed = (await crm.post("/api/v1/embed/tokens", wish)).json["token"]
        self.secrets |= {"password": PASSWORD, "totp": totp, "key": key, "frame": framed}
        self.secrets |= {name: opened[name] for name in ("access_token", "refresh_token")}
        self.secrets["reset"] = link["url"].rsplit("/", 1)[1]

    async def connections(self, zoho: Zoho, zoho_url: str) -> None:
        """The custom channel, a webhook, the vault, Zoho, eSputnik."""
        bot = f"/api/v1/bots/{self.shop.id}"
        await self.shop.channel(x_access_token=PLAIN["access"], input_token=PLAIN["input"])
        self.shop.partner.headers["x-access-token"] = PLAIN["input"]
        url = f"{self.shop.receiver.url}/webhook"
        hook = {"name": "All", "url": url, "events": ["*"], "headers": {"X-Key": PLAIN["header"]}}
        told = await self.done("POST", "/api/v1/webhooks", hook, 201)
        self.secrets["webhook"] = told["secret"]
        for name, secret in (("CRM", "vault"), ("CLIENT", "client")):
            await self.done("PUT", f"/api/v1/secrets/{name}", {"value": PLAIN[secret]}, 201)
        esputnik = {"api_key": PLAIN["esputnik"], "app_uuid": APP, "base_url": zoho_url}
        await self.done("PUT", f"{bot}/esputnik", esputnik)
        await self.admin.post(f"{bot}/esputnik/check")
        path = "/api/v1/integrations/zoho"
        zoho.client_secret = PLAIN["zoho"]
        application = {"client_id": "demo", "client_secret": PLAIN["zoho"]}
        bases = {"api_base": zoho_url, "accounts_base": zoho_url}
        await self.done("PUT", path, application | bases)
        start = await self.admin.get(f"{path}/oauth/start")
        asked = parse_qs(urlsplit(start.headers["Location"]).query)
        query = {"code": zoho.grant(asked["redirect_uri"][0]), "state": asked["state"][0]}
        await self.admin.get(f"{path}/oauth/callback", params=query)
        assert (await self.done("POST", f"{path}/check"))["ok"] is True
        self.secrets |= {f"zoho {n}": token for n, token in enumerate(zoho.issued)}

    async def viber(self, url: str) -> None:
        """An account of Viber, whose token signs what Viber tells."""
        given = {"bot_id": self.shop.id, "type": "viber", "credentials": {"token": TOKEN}}
        await self.done("POST", "/api/v1/channels", given | {"api_base": f"{url}/pa"}, 201)
        self.secrets["viber"] = TOKEN

    async def scenario(self) -> None:
        """Asks the partner with a secret, whose answer is a failure, and answers the client."""
        request = {
            "url": f"{self.shop.receiver.url}/ask",
            "method": "POST",
            "headers": {"X-Token": "{{secret.CRM}}"},
            "oauth2": {
                "token_url": f"{self.shop.receiver.url}/token",
                "client_id": "me",
                "client_secret": "{{secret.CLIENT}}",
            },
            "data": {"text": "{{message_text}}"},
        }
        granted = {"access_token": PLAIN["granted"], "expires_in": 3600}
        self.shop.receiver.answer(200, granted, path="/token", times=9)
        self.shop.receiver.answer(404, {"error": SAID[0]}, path="/ask", times=9)
        await self.shop.publish(
            [
                (1, "start", {}),
                (2, "action", {"template_id": "action_send_request", "values": request}),
                (3, "message", {"text": ANSWER}),
            ],
            [(1, "next", 2), (2, "ok", 3), (2, "not_ok", 3)],
            constants=[CONSTANT],
        )


async def rows_of(db: Database) -> list[tuple[str, str]]:
    """Every row of every table, as a dump would have it."""
    tables = await db.fetch("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'")
    found = []
    for table in tables:
        name = table["name"]
        rows = await db.fetch(f'SELECT t::text AS row FROM "{name}" t')  # noqa: S608
        found += [(name, row["row"]) for row in rows]
    return found


async def conversation(walk: Walk, telegram: TelegramShop) -> None:
    """In two channels, with calls that fail and bodies that nobody can read."""
    walk.shop.receiver.answer(503, {"text": SAID[1]}, path="/webhook", times=2)
    for words in ("/start", *SAID):
        await walk.shop.say(words)
        await telegram.server.says(words)
    garbled = await walk.shop.partner.request("POST", walk.shop.hook, data=f"{{{SAID[0]}")
    assert garbled.status == 400
    logging.getLogger("connective.turns").error("told", exc_info=ValueError(SAID[0]))

    async def answered() -> bool:
        asked = [r for r in walk.shop.receiver.requests if PLAIN["vault"] in str(r.headers)]
        told = [r for r in walk.shop.receiver.requests if SAID[1] in r.body.decode()]
        return bool(asked and told)

    await polled(answered)


async def away(admin: Person, settings: Settings) -> dict[str, str]:
    """What leaves the database: the archive for those who help, the files, the measures."""
    answer = await admin.client.get("/api/v1/system/diagnostics")
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        told = {name: archive.read(name).decode() for name in archive.namelist()}
    assert len(told) > 4
    told |= {
        str(path): path.read_bytes().decode("latin-1")
        for path in settings.data_dir.rglob("*")
        if path.is_file()
    }
    told["metrics"] = (await admin.client.get("/metrics")).text
    return told


async def test_a_whole_conversation_leaves_no_secret_behind(
    log: io.StringIO, db: Database, app: AppClient, admin: Person, shop: Shop, settings: Settings
) -> None:
    walk, zoho = Walk(admin, app, shop), Zoho()
    async with TelegramServer() as server, serving(server.app()) as url, serving(zoho.app()) as crm:
        telegram = TelegramShop(admin.client, app, server, url)
        await telegram.connect()
        walk.secrets |= {"telegram": telegram.bot.token, "hook": telegram.bot.hook["secret_token"]}
        await walk.people()
        await walk.connections(zoho, crm)
        async with Viber() as viber, serving(viber.app()) as viber_url:
            await walk.viber(viber_url)
        await walk.scenario()
        await conversation(walk, telegram)
        rows = await rows_of(db)
    told = await away(admin, settings)
    lines = told["log"] = log.getvalue()
    assert LOUD in lines
    assert any(SAID[1] in row for _, row in rows)
    assert all(len(value) >= 8 for value in walk.secrets.values()), walk.secrets
    for name, value in walk.secrets.items():
        assert [table for table, row in rows if value in row] == [], name
        assert [place for place, text in told.items() if value in text] == [], name
    for words in (*SAID, ANSWER):
        assert [place for place, text in told.items() if words in text] == [], words
    marked = {column.table.name for column in sealed.columns()}
    assert {table for table, row in rows if "gAAAAA" in row} <= marked


class Busy:
    """Writes secrets, and has the bot answer clients, until it is left."""

    def __init__(self, walk: Walk) -> None:
        self.walk, self.clients = walk, 0
        self._over = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._work = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._over.set()
        await self._work

    async def _run(self) -> None:
        while not self._over.is_set():
            mine = self.clients % MANY
            await self.walk.done("PUT", f"/api/v1/secrets/S{mine}", {"value": f"value {mine}"})
            await self.walk.shop.say("/start", f"u-{self.clients}")
            self.clients += 1


@pytest_asyncio.fixture
async def raw(db: Database) -> AsyncIterator[Any]:
    """A connection of the driver, as commands have it."""
    connection = await asyncpg.connect(db.dsn)
    yield connection
    await connection.close()


async def test_everything_is_sealed_anew_while_it_is_written_and_used(
    db: Database, shop: Shop, admin: Person, raw: Any
) -> None:
    walk = Walk(admin, shop.partner, shop)
    for number in range(MANY):
        await walk.done("PUT", f"/api/v1/secrets/S{number}", {"value": f"value {number}"}, 201)
    answering: list[Node] = [(1, "start", {}), (2, "message", {"text": ANSWER})]
    await shop.publish(answering, [(1, "next", 2)], constants=[CONSTANT])
    before = await sealed.renew(raw, Vault([OLD, NEW]))  # as it stood before the rotation
    assert before.rows > MANY
    async with Busy(walk) as busy:
        renewed = await sealed.renew(raw, Vault([NEW, OLD]))
    assert renewed.rows > 0
    newest = Vault([NEW])
    stored = await db.fetch("SELECT name, value FROM secrets")
    opened = {row["name"]: newest.open(row["value"]) for row in stored}
    assert opened == {f"S{number}": f"value {number}" for number in range(MANY)}
    assert await sealed.renew(raw, newest) == sealed.Renewed()
    # whoever has the old key alone is told where he can read nothing
    lost = (await sealed.renew(raw, Vault([OLD]))).unreadable
    assert lost["secrets.value"] == MANY
    assert {"endpoints.secret", "scenarios.draft", "scenario_versions.graph"} <= set(lost)
    # each client was answered, under the secret that was sealed anew meanwhile
    verifier = PublicVerifier(shop.secret)
    answers = [verifier.verify(r.body, dict(r.headers)) for r in await said(shop, busy.clients)]
    assert {answer["message"]["text"] for answer in answers} == {ANSWER}


async def said(shop: Shop, count: int) -> list[Received]:
    """So many answers of the bot, as they came."""
    found: list[Received] = []

    async def there() -> bool:
        found[:] = [r for r in shop.receiver.requests if ANSWER in r.body.decode()]
        return len(found) >= count

    await polled(there)
    return found
