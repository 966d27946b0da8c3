"""The first page of the panel's list, as pages ask for it all day."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from connective.kit import clock
from connective.kit.auth_policy import Actor
from connective.kit.http.params import BIGINT
from connective.kit.paging import Page, PageQuery, cursor
from connective.modules.requests.reading import queries, shown
from connective.modules.requests.reading.asked import Asked
from connective.modules.requests.schemas.fields import Folder, State
from connective.modules.requests.schemas.shown import RequestOut

Number = Annotated[int, Meta(ge=1, le=BIGINT)]


class FirstPage(Struct, frozen=True, forbid_unknown_fields=True):
    """What a page asks without searching, counting or turning over."""

    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    sort: Literal["last_message_at", "waiting", "created_at"] | None = None
    folder: Folder | None = None
    state: State | None = None
    subject_id: Number | None = None
    assignee_id: Number | None = None
    bot_id: Number | None = None
    client_id: Number | None = None
    channel: Annotated[str, Meta(max_length=64)] | None = None


async def listed(driver: Any, actor: Actor, first: FirstPage) -> Page[RequestOut]:
    """Requests that the actor sees, from the beginning."""
    return await _listed(driver, actor, first, kind=None)


async def chats(driver: Any, actor: Actor, first: FirstPage) -> Page[RequestOut]:
    """The same of chats alone."""
    return await _listed(driver, actor, first, kind="chat")


async def _listed(
    driver: Any, actor: Actor, first: FirstPage, *, kind: str | None
) -> Page[RequestOut]:
    given = msgspec.structs.asdict(first)
    page = PageQuery(given.pop("limit"), sort=given.pop("sort"))
    rows = await queries.first_page(driver, actor, page, Asked(type=kind, **given))
    now, items = clock.now(), rows[: page.limit]
    sort = queries.sort_of(page)
    key = "waiting_since" if sort == "waiting" else sort
    more = cursor(items[-1][key], items[-1]["id"]) if len(rows) > page.limit else None
    return Page([shown.request(row, now) for row in items], more)
