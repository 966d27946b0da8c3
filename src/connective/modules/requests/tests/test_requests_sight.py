"""Lists, counts, searches and counters of requests show each person exactly what he may see."""

import random
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, text

from connective.app.asgi import fill_points
from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.errors import NotFound
from connective.kit.paging import PageQuery
from connective.modules.requests.models import requests
from connective.modules.requests.reading import service
from connective.modules.requests.reading.asked import Asked
from connective.modules.requests.reading.queries import lists
from connective.modules.requests.schemas.fields import Folder

VIEW = "requests.view"
FOLDERS: tuple[Folder | None, ...] = (None, "my", "unassigned", "queue", "closed", "all")
RIGHTS = (VIEW, "requests.view_all", "requests.view_groups", "dialogs.view")
REQUESTS = 60
ACTORS = 20
# Bots 901-903, topics 901-903, users 901-905, and a client with a dialog for every request.
SEED = (
    """
    INSERT INTO bots (id, name, alias, languages, created_at, updated_at) OVERRIDING SYSTEM VALUE
    SELECT 900 + n, 'Bot', 'bot' || n, '{en}', now(), now() FROM generate_series(1, 3) n
    """,
    """
    INSERT INTO channel_accounts (id, bot_id, channel, enabled, created_at, updated_at)
    OVERRIDING SYSTEM VALUE
    SELECT 900 + n, 900 + n, 'custom_channel', true, now(), now() FROM generate_series(1, 3) n
    """,
    """
    INSERT INTO users (id, first_name, email, role_id, created_at) OVERRIDING SYSTEM VALUE
    SELECT 900 + n, 'User', n || '@example.com', (SELECT min(id) FROM roles), now()
    FROM generate_series(1, 5) n
    """,
    """
    INSERT INTO topics (id, name, alias, created_at) OVERRIDING SYSTEM VALUE
    SELECT 900 + n, 'Topic', 'topic' || n, now() FROM generate_series(1, 3) n
    """,
    """
    INSERT INTO clients (id, first_name, phone, created_at, updated_at)
    SELECT 900 + n, CASE n % 2 WHEN 0 THEN 'Olena' ELSE 'Taras' END, '+38050000' || (1000 + n),
           now(), now()
    FROM generate_series(1, 60) n
    """,
    """
    INSERT INTO contacts (id, client_id, account_id, chat_id, created_at)
    SELECT 900 + n, 900 + n, 901 + n % 3, 'c' || n, now() FROM generate_series(1, 60) n
    """,
    """
    INSERT INTO dialogs (id, contact_id, client_id, account_id, bot_id, channel, chat_id,
                         created_at)
    SELECT 900 + n, 900 + n, 900 + n, 901 + n % 3, 901 + n % 3, 'custom_channel', 'c' || n, now()
    FROM generate_series(1, 60) n
    """,
    """
    INSERT INTO messages (id, dialog_id, request_id, seq, direction, kind, author_kind, text,
                          status, created_at)
    SELECT 900 + n, 900 + n, 900 + n, 1, 'in', 'text', 'client', 'refund number ' || n, 'sent',
           now()
    FROM generate_series(1, 60) n
    """,
)


@pytest.fixture(autouse=True)
def _rules() -> None:
    fill_points()


@pytest.fixture
def chance() -> random.Random:
    return random.Random(20_261_122)


@pytest.fixture
async def world(ctx: Ctx, chance: random.Random) -> list[AnyRow]:
    """Requests that mix bots, topics, groups, people and states."""
    for statement in SEED:
        await ctx.db.execute(text(statement))
    for number in range(901, 901 + REQUESTS):
        await ctx.db.execute(insert(requests).values(_request(ctx, number, chance)))
    found = await ctx.db.execute(text("SELECT * FROM requests"))
    return list(found.all())


def _request(ctx: Ctx, number: int, chance: random.Random) -> dict[str, Any]:
    some = (901, 902, 903, 904, 905)
    assignee = chance.choice((None, *some))
    waits, has = ("new", "queue"), ("open", "in_progress", "on_pause", "resolved", "closed")

    def ago(most: int) -> datetime:
        return ctx.now - timedelta(minutes=chance.randrange(most))

    bot_id = 901 + (number - 900) % 3
    return {
        **dict.fromkeys(("id", "dialog_id", "contact_id", "client_id"), number),
        "bot_id": bot_id,
        "account_id": bot_id,
        "channel": "custom_channel",
        "state": chance.choice(waits if assignee is None else has),
        "subject_id": chance.choice((None, 901, 902, 903)),
        "group_ids": chance.sample((1, 2, 3), chance.randrange(3)),
        "assignee_id": assignee,
        "participants": chance.sample(some, chance.randrange(3)),
        "shown_to": chance.choice(("own", "own", "group", "all")),
        "unread": chance.randrange(3),
        "first_seq": 1,
        "created_at": ago(1000),
        "last_client_at": ago(100),
        "last_reply_at": ago(100) if chance.random() < 0.5 else None,
        "last_message_at": ago(100),
    }


def anybody(chance: random.Random) -> Actor:
    """A user or a key with some rights and bounds."""
    if chance.random() < 0.1:
        return Actor("key", 1, "key", scopes=frozenset({"chats:read"}), bot_ids=frozenset({901}))
    return Actor(
        "user",
        chance.choice((901, 902, 903, 904, 905)),
        "somebody",
        permissions=frozenset(right for right in RIGHTS if chance.random() < 0.6),
        bot_ids=frozenset(chance.sample((901, 902, 903), chance.randrange(3))),
        topic_ids=frozenset(chance.sample((901, 902, 903), chance.randrange(3))),
        group_ids=frozenset(chance.sample((1, 2, 3), chance.randrange(3))),
        is_root=chance.random() < 0.1,
    )


def of_folder(folder: Folder | None, row: AnyRow, actor: Actor) -> bool:
    mine: bool = actor.kind == "user" and row.assignee_id == actor.id
    held: dict[Folder | None, bool] = {
        None: True,
        "all": True,
        "my": mine and row.state != "closed",
        "unassigned": row.assignee_id is None and row.state not in ("queue", "closed"),
        "queue": row.state == "queue",
        "closed": row.state == "closed",
    }
    return held[folder]


async def pages(ctx: Ctx, asked: Asked, *, sort: str | None = None) -> tuple[list[int], int]:
    """The ids of all pages in their order, and the total that the first of them told."""
    found: list[int] = []
    cursor, total = None, -1
    while True:
        query = PageQuery(limit=7, cursor=cursor, sort=sort, count=cursor is None)
        page = await service.listed(ctx, query, asked)
        total = total if page.total is None else page.total
        found += [request.id for request in page.items]
        if (cursor := page.next_cursor) is None:
            return found, total


@pytest.mark.proves("OP-23", part="chat")
@pytest.mark.parametrize("near", [12, 2000])
async def test_lists_counts_and_searches_agree_with_the_rule_row_by_row(
    ctx: Ctx,
    world: list[AnyRow],
    chance: random.Random,
    monkeypatch: pytest.MonkeyPatch,
    near: int,
) -> None:
    monkeypatch.setattr(lists, "NEAR", near)
    for _ in range(ACTORS):
        actor = ctx.actor = anybody(chance)
        visible = [row for row in world if auth_policy.can(actor, VIEW, row)]
        for folder in FOLDERS:
            wanted = {row.id for row in visible if of_folder(folder, row, actor)}
            found, total = await pages(ctx, Asked(folder=folder))
            assert (set(found), len(found), total) == (wanted, len(wanted), len(wanted))
        by_name, _ = await pages(ctx, Asked(search="olen"))
        assert set(by_name) == {row.id for row in visible if row.id % 2 == 0}
        by_words, _ = await pages(ctx, Asked(search="refund NUMBER 1"))
        tens = {901, *range(910, 920)}
        assert set(by_words) == {row.id for row in visible if row.id in tens}
        by_number, _ = await pages(ctx, Asked(search="#917"))
        assert set(by_number) == {row.id for row in visible if row.id == 917}
        by_phone, _ = await pages(ctx, Asked(search="0000 10-17"))
        assert set(by_phone) == {row.id for row in visible if row.id == 917}


async def test_counters_and_single_requests_agree_with_the_rule(
    ctx: Ctx, world: list[AnyRow], chance: random.Random
) -> None:
    for _ in range(ACTORS):
        actor = ctx.actor = anybody(chance)
        seen = [row for row in world if auth_policy.can(actor, VIEW, row)]
        unclosed = [row for row in seen if row.state != "closed"]
        counters = await service.counters(ctx)
        assert counters.all == len(unclosed)
        assert counters.queue == (sum(row.state == "queue" for row in unclosed) or None)
        assert counters.my == sum(of_folder("my", row, actor) for row in unclosed)
        for row in chance.sample(world, 10):
            if row in seen:
                assert (await service.details(ctx, row.id)).request.id == row.id
                said = await service.messages_of(ctx, row.id)
                assert [message.request_id for message in said.items] == [row.id]
            elif auth_policy.holds(actor, VIEW):
                for ask in (service.details, service.messages_of):
                    with pytest.raises(NotFound):
                        await ask(ctx, row.id)


@pytest.mark.proves("OP-23", part="chat")
async def test_each_order_is_kept_over_pages(ctx: Ctx, world: list[AnyRow]) -> None:
    rows = {row.id: row for row in world}
    found, _ = await pages(ctx, Asked())
    assert found == sorted(rows, key=lambda n: (rows[n].last_message_at, n), reverse=True)
    found, _ = await pages(ctx, Asked(), sort="created_at")
    assert found == sorted(rows, reverse=True)
    found, _ = await pages(ctx, Asked(), sort="waiting")
    assert {rows[n].state for n in found}.isdisjoint({"closed"})
    assert len(found) == sum(row.state != "closed" for row in world)

    def since(number: int) -> Any:
        row = rows[number]
        if row.last_reply_at is None:
            return (0, row.created_at, number)
        if row.last_client_at > row.last_reply_at:
            return (0, row.last_client_at, number)
        return (1, number)

    assert found == sorted(found, key=since)


async def test_a_search_takes_wildcards_as_they_are_written(ctx: Ctx, world: list[AnyRow]) -> None:
    for words in ("%%", "__", "o%na", "\\\\"):
        assert await pages(ctx, Asked(search=words)) == ([], 0)


async def test_words_of_deleted_messages_are_not_found(ctx: Ctx, world: list[AnyRow]) -> None:
    await ctx.db.execute(text("UPDATE messages SET deleted_at = now() WHERE id = 917"))
    assert await pages(ctx, Asked(search="refund number 17")) == ([], 0)


@pytest.mark.proves("OP-23", part="names of files")
async def test_a_name_of_a_file_finds_its_request_and_its_place(
    ctx: Ctx, world: list[AnyRow]
) -> None:
    files = {
        917: '{"attachments": [{"name": "Invoice (100%).pdf"}, {"name": "scan.png"}]}',
        918: '{"media": {"name": "Рахунок.PDF"}}',
        919: '{"attachments": [{"name": "other.txt"}], "reply_to": "invoice"}',
    }
    for number, content in files.items():
        change = text("UPDATE messages SET content = CAST(:content AS jsonb) WHERE id = :id")
        await ctx.db.execute(change, {"content": content, "id": number})
    for words, number in (("invoice (100%)", 917), ("рахунок", 918), ("SCAN.png", 917)):
        assert await pages(ctx, Asked(search=words)) == ([number], 1)
        (hit,) = (await service.found_in(ctx, number, words)).items
        assert words.casefold() in hit.excerpt.casefold()
    for words in ('pdf" flag', "inv.ice", "\\\\"):
        assert await pages(ctx, Asked(search=words)) == ([], 0)
    await ctx.db.execute(text("UPDATE messages SET deleted_at = now() WHERE id = 917"))
    assert await pages(ctx, Asked(search="invoice")) == ([], 0)
