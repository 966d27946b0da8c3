"""The panel's list: 25 requests through the rule table, by an operator of one of two skill groups.

The baseline is a bare ASGI application on asyncpg that runs the very same statement and encodes its
rows: what the list would cost without sessions, rules, units of work and conventions. The second
figure is how p99 grows with the number of messages.
"""

import contextlib
import json
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec

from bench import fill, instance, load, peers
from bench.turn import Nowhere
from connective.app.asgi import fill_points
from connective.kit.auth_policy import Actor
from connective.kit.db.statement import compiled
from connective.kit.embedded_postgres import Server
from connective.kit.paging import PageQuery
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.shop import Shop
from connective.modules.accounts.permissions import ROLES
from connective.modules.requests.reading import queries
from connective.modules.requests.reading.asked import Asked

BARE = Path(__file__).with_name("bare_list.py")
PATH = "/api/v1/requests?limit=25"
CONNECTIONS = 32
OPERATORS = 50
# Of twenty requests one is open; every other one belongs to the operator's group.
_REQUESTS = """
INSERT INTO skill_groups (name, created_at) VALUES ('First', now()), ('Second', now());
INSERT INTO users (first_name, email, role_id, created_at)
SELECT 'Operator', 'o' || n || '@example.com', r.id, now()
FROM generate_series(1, {operators}) n, roles r WHERE r.alias = 'operator';
INSERT INTO requests (id, state, bot_id, channel, account_id, dialog_id, contact_id, client_id,
                      group_ids, assignee_id, participants, last_text, last_author, last_seq,
                      created_at, last_message_at, closed_at)
SELECT d.id, CASE d.id % 20 WHEN 0 THEN CASE d.id % 40 WHEN 0 THEN 'new' ELSE 'open' END
             ELSE 'closed' END,
       d.bot_id, d.channel, d.account_id, d.id, d.contact_id, d.client_id,
       CASE d.id % 2 WHEN 0 THEN '{{1}}' ELSE '{{2}}' END::bigint[],
       CASE WHEN d.id % 40 <> 0 THEN u.id END,
       CASE WHEN d.id % 40 <> 0 THEN ARRAY[u.id] ELSE '{{}}' END,
       'What stands in the last message', 'client', d.seq, d.last_message_at, d.last_message_at,
       CASE WHEN d.id % 20 <> 0 THEN d.last_message_at END
FROM dialogs d JOIN users u ON u.email = 'o' || (d.id / 2 % {operators} + 1) || '@example.com';
SELECT setval('request_ids', {dialogs} + 1)
"""


class Found(msgspec.Struct):
    """Rounds of ours and of the bare list, pair by pair; p99 (ms) with few messages and many."""

    ours: list[load.Round] = msgspec.field(default_factory=list)
    bare: list[load.Round] = msgspec.field(default_factory=list)
    few: list[load.Round] = msgspec.field(default_factory=list)

    def ratio(self) -> float:
        pairs = zip(self.ours, self.bare, strict=True)
        return statistics.median(ours.per_s / bare.per_s for ours, bare in pairs)

    def growth(self) -> float:
        """p99 with all messages over p99 with a hundredth of them."""
        many, few = ([each.p99 for each in rounds] for rounds in (self.ours, self.few))
        return statistics.median(many) / statistics.median(few)


class Place(msgspec.Struct):
    """A running server with requests, its database, and the operator who reads the list."""

    port: int
    pid: int
    dsn: str
    person: Person
    hook: str  # where the bot's custom channel takes messages

    def round(self, seconds: float) -> load.Round:
        lines = {"Cookie": self.person.client.headers["Cookie"]}
        return load.run(_wanted(self.port, PATH, seconds, self.pid, lines))


def _wanted(port: int, path: str, seconds: float, pid: int, headers: dict[str, str]) -> load.Wanted:
    return load.Wanted(
        port, path, 0, seconds, CONNECTIONS, watched=[pid], method="GET", headers=headers
    )


@asynccontextmanager
async def place(*, dialogs: int, messages: int) -> AsyncIterator[Place]:
    """So many requests, one for each dialog, and so many messages in all."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(Path(folder)) as server,
        instance.serving(Path(folder), role="web") as serving,
    ):
        async with (
            instance.sql(server.dsn) as db,
            instance.administrator(serving.url, db) as admin,
            AppClient(serving.url) as client,
        ):
            shop = await Shop.open(admin, admin, Nowhere())  # type: ignore[arg-type]
            account = await db.value("SELECT id FROM channel_accounts")
            await fill.fill(db, bot=shop.id, account=account, dialogs=dialogs, messages=messages)
            await db.execute(_REQUESTS.format(operators=OPERATORS, dialogs=dialogs))
            person = await sign_in(db, client, "operator")  # type: ignore[arg-type]
            await db.execute("UPDATE users SET group_ids = '{1}' WHERE id = $1", person.id)
            await fill.settle(db)
            yield Place(serving.port, serving.pid, server.dsn, person, shop.hook)


def statement(user_id: int) -> tuple[str, list[Any]]:
    """The list's own statement for this operator, as the driver gets it, and its values."""
    permissions = frozenset(ROLES["operator"][1])
    actor = Actor("user", user_id, "", permissions, group_ids=frozenset({1}))
    fill_points()
    page, asked = PageQuery(limit=25), Asked()
    query = queries.list_statement(actor, page, asked, near=queries.may_be_near(actor, page, asked))
    made = compiled(query)
    return made.text, made.arguments()


@contextlib.contextmanager
def bare_list(place: Place) -> Iterator[peers.Peer]:
    port = peers.free_port()
    text, values = statement(place.person.id)
    command = [sys.executable, str(BARE), str(port), place.dsn, text, json.dumps(values)]
    with peers.running(command, port) as peer:
        yield peer


async def measure(*, pairs: int, seconds: float, dialogs: int, messages: int) -> Found:
    """Alternating rounds; then the same list beside a hundredth of the messages."""
    found = Found()
    async with place(dialogs=dialogs, messages=messages) as ours:
        with bare_list(ours) as bare:
            for _ in range(pairs):
                found.bare.append(load.run(_wanted(bare.port, "/", seconds, bare.pid, {})))
                found.ours.append(ours.round(seconds))
    async with place(dialogs=dialogs // 100, messages=messages // 100) as small:
        for _ in range(pairs):
            found.few.append(small.round(seconds))
    refused = sum(each.refused for each in (*found.ours, *found.bare, *found.few))
    if refused:
        raise RuntimeError(f"{refused} requests were refused: the figures say nothing")
    return found
