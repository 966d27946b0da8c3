"""Who may open a socket, how long it may stay, and what ends it."""

import aiohttp
import pytest

from connective.kit import instance
from connective.kit.settings import Settings
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.polling import polled
from connective.kit.testing.server import RunningApp
from connective.kit.testing.wire import PATH, Wire
from connective.modules.accounts.service import tokens

pytestmark = pytest.mark.proves("P-05", part="sockets")
LESS_ROLE = """
UPDATE users SET role_id = (SELECT id FROM roles WHERE alias = 'qa_lead') WHERE id = $1
"""


async def refused(client: AppClient, path: str = PATH, **headers: str) -> int:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refusal:
        await client.ws(path, headers=headers)
    return refusal.value.status


async def live(wire: Wire, admin: Person) -> None:
    """The socket hears of what happens now."""
    bot = await admin.client.post("/api/v1/bots", {"name": "Seen"})
    while (await wire.until(kind="bot.created"))[-1]["data"]["id"] != bot.json["id"]:
        pass


async def session_of(db: Database, person: Person) -> int:
    found = await db.value("SELECT id FROM sessions WHERE user_id = $1", person.id)
    return int(found)


async def test_there_is_one_path_for_sockets(admin: Person) -> None:
    assert await refused(admin.client, "/api/v1/bots") == 404
    assert await refused(admin.client, PATH + "/more") == 404


async def test_a_page_of_another_site_is_refused(admin: Person, app: AppClient) -> None:
    assert await refused(admin.client, Origin="https://elsewhere.example") == 403
    assert await refused(app.another(), Origin="https://elsewhere.example") == 403


async def test_a_plain_call_of_the_path_is_no_socket(admin: Person) -> None:
    assert (await admin.client.get(PATH)).status == 404


async def test_the_session_cookie_of_our_own_page_lets_in(admin: Person) -> None:
    await live(await Wire.open(admin.client, "bots"), admin)


async def test_a_cookie_without_an_origin_lets_nobody_in(admin: Person, app: AppClient) -> None:
    lone = app.another(Cookie=admin.client.headers["Cookie"])
    assert await (await Wire.open(lone, "bots")).code() == 4401


async def test_an_access_token_lets_in(admin: Person, app: AppClient, db: Database) -> None:
    wire = await Wire.open(app.another())
    await wire.say(type="auth", token=tokens.make(admin.id, await session_of(db, admin)))
    await wire.subscribe("bots")
    await live(wire, admin)


async def test_an_api_key_lets_in(admin: Person, app: AppClient) -> None:
    key = await admin.client.post("/api/v1/keys", {"name": "Ears", "scopes": ["bots:read"]})
    wire = await Wire.open(app.another())
    await wire.say(type="auth", token=key.json["secret"])
    await wire.subscribe("bots")
    await live(wire, admin)
    await wire.subscribe("dialogs")
    assert await wire.code() == 4403


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c", "cnv_0000000000000000000000"])
async def test_a_bad_token_is_refused_with_4401(app: AppClient, token: str) -> None:
    wire = await Wire.open(app)
    await wire.say(type="auth", token=token)
    assert await wire.code() == 4401


async def test_whoever_listens_before_he_has_come_in_is_refused(app: AppClient) -> None:
    assert await (await Wire.open(app, "bots")).code() == 4401


async def test_whoever_says_nothing_has_ten_seconds(
    moving_clock: MovingClock, app: AppClient
) -> None:
    wire = await Wire.open(app)
    moving_clock.advance(9)
    await wire.say(type="pong")
    moving_clock.advance(2)
    assert await wire.code() == 4401


async def test_a_token_that_ends_ends_the_socket(
    moving_clock: MovingClock, admin: Person, app: AppClient, db: Database
) -> None:
    wire = await Wire.open(app.another())
    await wire.say(type="auth", token=tokens.make(admin.id, await session_of(db, admin)))
    await wire.subscribe("bots")
    await live(wire, admin)
    moving_clock.advance(15 * 60)
    assert await wire.code() == 4401


async def test_a_fresh_token_keeps_the_socket_open(
    moving_clock: MovingClock, admin: Person, app: AppClient, db: Database, server: RunningApp
) -> None:
    session = await session_of(db, admin)
    token = tokens.make(admin.id, session)
    wire, other = await Wire.open(app.another()), await Wire.open(app.another())
    for one in (wire, other):
        await one.say(type="auth", token=token)
        await one.subscribe("bots")
        await live(one, admin)
    moving_clock.advance(14 * 60)
    while (await wire.next(but=()))["type"] != "ping":  # what is said now answers it
        pass
    await wire.say(type="auth", token=tokens.make(admin.id, session))

    async def let_in_anew() -> bool:
        held = server.asgi.state.realtime.protocol.open
        return len({each.guest.entry for each in held if each.guest}) == 2

    await polled(let_in_anew)
    moving_clock.advance(2 * 60)
    assert await other.code() == 4401
    await live(wire, admin)


async def test_a_session_that_was_ended_ends_its_sockets(
    moving_clock: MovingClock, admin: Person
) -> None:
    wire = await Wire.open(admin.client, "bots")
    await live(wire, admin)
    assert (await admin.client.post("/api/v1/auth/logout")).status == 204
    moving_clock.advance(4)
    assert await wire.code() == 4401


async def test_a_revoked_key_ends_its_sockets(
    moving_clock: MovingClock, admin: Person, app: AppClient
) -> None:
    key = (await admin.client.post("/api/v1/keys", {"name": "Ears", "scopes": ["bots:read"]})).json
    wire = await Wire.open(app.another())
    await wire.say(type="auth", token=key["secret"])
    await wire.subscribe("bots")
    await live(wire, admin)
    assert (await admin.client.delete(f"/api/v1/keys/{key['id']}")).status == 204
    moving_clock.advance(4)
    assert await wire.code() == 4401


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("UPDATE users SET active = false WHERE id = $1", 4401),
        ("UPDATE users SET bot_ids = '{7}' WHERE id = $1", 4403),
        (LESS_ROLE, 4403),
    ],
)
async def test_lost_and_changed_rights_end_a_socket(
    moving_clock: MovingClock, admin: Person, app: AppClient, db: Database, change: str, code: int
) -> None:
    person = await sign_in(db, app, "supervisor")
    wire = await Wire.open(person.client, "bots")
    await live(wire, admin)
    await db.execute(change, person.id)
    moving_clock.advance(4)
    assert await wire.code() == code


@pytest.mark.parametrize(
    "topic",
    ["bots", "nothing", "dialog", "dialog:0", "dialog:x", "dialogs:1", "dialog:" + "9" * 30],
)
async def test_a_topic_that_is_not_ones_own_is_refused_with_4403(
    app: AppClient, db: Database, topic: str
) -> None:
    person = await sign_in(db, app, "operator")
    assert await (await Wire.open(person.client, topic)).code() == 4403


async def test_pages_of_a_listed_origin_come_in_with_a_token_only(
    admin: Person, app: AppClient, db: Database, settings: Settings
) -> None:
    listed = "https://crm.example"
    instance.configure(settings.model_copy(update={"cors_origins": (listed,)}), instance.vault())
    cookie = app.another(Cookie=admin.client.headers["Cookie"], Origin=listed)
    assert await (await Wire.open(cookie, "bots")).code() == 4401
    wire = await Wire.open(app.another(Origin=listed))
    await wire.say(type="auth", token=tokens.make(admin.id, await session_of(db, admin)))
    await wire.subscribe("bots")
    await live(wire, admin)
