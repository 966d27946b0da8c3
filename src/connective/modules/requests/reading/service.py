"""Requests as the panel asks for them; nothing here changes anything."""

from collections.abc import Sequence

import msgspec

from connective.contracts.channel import CHANNELS, text_limit
from connective.kit import auth_policy, errors
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.http.reply import told
from connective.kit.paging import Page, PageQuery, page
from connective.modules.bots import service as bots
from connective.modules.dialogs import service as dialogs
from connective.modules.files import service as files
from connective.modules.requests.authors import rules as authors
from connective.modules.requests.conversation import queries as said
from connective.modules.requests.conversation import window
from connective.modules.requests.conversation.place import LAST, Place
from connective.modules.requests.conversation.quoting import hit_excerpt, quoted
from connective.modules.requests.counting import queue_shown
from connective.modules.requests.distribution import rules
from connective.modules.requests.reading import queries, shown
from connective.modules.requests.reading.asked import Asked
from connective.modules.requests.reading.rights import may
from connective.modules.requests.schemas.shown import Counters, Named, RequestDetails, RequestOut
from connective.modules.requests.schemas.talk import (
    LogLine,
    MessageHits,
    RequestMessage,
    RequestMessages,
)

MOST_HITS = 200
# What operators do to messages, by the names of the channels' features.
CHANGES = ("reply", "edit", "delete")


async def listed(
    ctx: Ctx, asked_page: PageQuery, asked: Asked, kind: str | None = None
) -> Page[RequestOut]:
    """Requests that the actor sees, all of them or those of a kind (`chat`)."""
    asked = msgspec.structs.replace(asked, type=kind)
    if asked.search is not None and len(asked.search.strip()) < 2:
        raise errors.Invalid("search_too_short", field="q")
    rows = await queries.listed(ctx.db, ctx.actor, asked_page, asked)
    total = await queries.count(ctx.db, ctx.actor, asked_page, asked) if asked_page.count else None
    sort = queries.sort_of(asked_page)
    key = "waiting_since" if sort == "waiting" else sort
    cut = page(rows, asked_page.limit, key, "id", total=total)
    return Page(
        [shown.request(row._asdict(), ctx.now) for row in cut.items], cut.next_cursor, total
    )


async def counters(ctx: Ctx) -> Counters:
    """How many unclosed requests, and dialogs with the bot, the actor sees."""
    row = await queries.counts(ctx.db, ctx.actor)
    held = await rules.current(ctx)
    return Counters(
        my=row.my,
        my_unread=row.my_unread,
        unassigned=row.unassigned,
        queue=queue_shown(row.queue, distributes=held.auto_connect),
        with_bot=await dialogs.count_with_bot(ctx),
        all=row.all,
    )


async def request(ctx: Ctx, request_id: int, kind: str | None = None) -> RequestOut:
    """One request as lists show it; 404 for what the actor may not see."""
    return shown.request((await _seen(ctx, request_id, kind))._asdict(), ctx.now)


async def changed(ctx: Ctx, request_id: int) -> RequestOut:
    """A request as it is now, for whoever has just changed it: it may be out of his sight."""
    found = await queries.one(ctx.db, request_id)
    assert found is not None  # noqa: S101 - it was held in this transaction
    return shown.request(found._asdict(), ctx.now)


async def details(ctx: Ctx, request_id: int, kind: str | None = None) -> RequestDetails:
    """One request, opened."""
    row = await _seen(ctx, request_id, kind)
    earlier = await queries.earlier(ctx.db, ctx.actor, row)
    people = await queries.people(ctx.db, row.participants)
    return RequestDetails(
        request=shown.request(row._asdict(), ctx.now),
        client=shown.card(row, [shown.earlier_request(other) for other in earlier]),
        participants=[
            Named(id=person.id, name=shown.person_name(person.first_name, person.last_name))
            for person in people
        ],
        aliases=await bots.aliases(ctx, row.bot_id),
        may=may(ctx.actor, row),
        text_limit=text_limit(row.channel),
        window_until=told(await window.until(ctx, row.channel, row.dialog_id)),
        channel_shows=CHANNELS[row.channel].shows,
        channel_marks=CHANNELS[row.channel].marks,
        channel_can=[one for one in CHANGES if one in CHANNELS[row.channel].features],
        send_delay_s=(await authors.current(ctx)).send_delay_s,
    )


async def messages_of(
    ctx: Ctx, request_id: int, place: Place = LAST, *, limit: int = 50, kind: str | None = None
) -> RequestMessages:
    """A piece of the whole conversation that the request is a part of."""
    row = await _seen(ctx, request_id, kind)
    found = await said.conversation(ctx.db, ctx.actor, row.dialog_id, place, limit=limit)
    return RequestMessages(await shown_messages(ctx, found.rows), found.older, found.newer)


async def message(
    ctx: Ctx, request_id: int, message_id: int, *, kind: str | None = None
) -> RequestMessage:
    """One message or note of a request."""
    await _seen(ctx, request_id, kind)
    row = await said.message(ctx.db, message_id)
    if row is None or row.request_id != request_id:
        raise errors.NotFound("not_found")
    return (await shown_messages(ctx, [row]))[0]


async def found_in(
    ctx: Ctx, request_id: int, search: str, *, kind: str | None = None
) -> MessageHits:
    """Where in the same conversation the words stand, the latest place first."""
    words = search.strip()
    if len(words) < 2:
        raise errors.Invalid("search_too_short", field="q")
    row = await _seen(ctx, request_id, kind)
    found = await said.hits(ctx.db, ctx.actor, row.dialog_id, words, limit=MOST_HITS + 1)
    shown_hits = [shown.hit(one, hit_excerpt(one, words)) for one in found[:MOST_HITS]]
    return MessageHits(shown_hits, len(found) > MOST_HITS)


async def shown_messages(ctx: Ctx, rows: Sequence[AnyRow]) -> list[RequestMessage]:
    """Messages with addresses of their files that work now, and with what they answer."""
    names = [name for row in rows for name in shown.file_names(row)]
    links = await files.addresses(ctx, names) if names else {}
    answered = await quoted(ctx, rows)
    return [shown.message(row, links, answered.get(row.id)) for row in rows]


async def log(
    ctx: Ctx, request_id: int, asked_page: PageQuery, kind: str | None = None
) -> Page[LogLine]:
    """What was done to a request, the latest first."""
    await _seen(ctx, request_id, kind)
    rows = await queries.log(ctx.db, request_id, asked_page)
    cut = page(rows, asked_page.limit, "id")
    return Page([shown.log_line(row) for row in cut.items], cut.next_cursor)


async def need(ctx: Ctx, request_id: int, action: str) -> AnyRow:
    """The row of a request; 404 for what the actor may not do this action to."""
    row: AnyRow = auth_policy.find(ctx.actor, action, await queries.one(ctx.db, request_id))
    return row


async def _seen(ctx: Ctx, request_id: int, kind: str | None) -> AnyRow:
    found = await queries.one(ctx.db, request_id)
    if found is not None and kind not in (None, found.type):
        found = None
    row: AnyRow = auth_policy.find(ctx.actor, queries.VIEW, found)
    return row
