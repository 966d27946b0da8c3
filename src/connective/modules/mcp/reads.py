"""The tools that look: bots, chats and their messages, the team, runs, deliveries."""

from typing import Annotated, Any, Literal

from pydantic import Field

from connective.kit.context import Ctx
from connective.kit.http.params import BIGINT
from connective.kit.paging import Page, PageQuery
from connective.modules.bots import service as bots
from connective.modules.bots.schemas import Chosen
from connective.modules.clients import service as clients
from connective.modules.integrations import service as integrations
from connective.modules.mcp.arguments import Arguments
from connective.modules.mcp.tools import read
from connective.modules.operators import service as operators
from connective.modules.operators.schemas import Team
from connective.modules.requests import service as requests
from connective.modules.requests.schemas.fields import Folder, State
from connective.modules.scenarios import service as scenarios
from connective.modules.topics import service as topics
from connective.modules.turns import service as turns

Id = Annotated[int, Field(ge=1, le=BIGINT)]
Word = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]


class Paged(Arguments):
    """Lists come in portions: `cursor` is the `next_cursor` of the portion before."""

    limit: Annotated[int, Field(ge=1, le=100)] = 20
    cursor: Annotated[str, Field(max_length=2000)] | None = None

    def page(self, sort: str | None = None) -> PageQuery:
        return PageQuery(self.limit, self.cursor, sort)


class Bots(Paged):
    search: Word | None = None
    active: bool | None = None


class Chats(Paged):
    folder: Folder | None = None
    state: State | None = None
    bot_id: Id | None = None
    subject_id: Id | None = None
    operator_id: Id | None = None
    client_id: Id | None = None
    channel: Annotated[str, Field(max_length=64)] | None = None
    search: Annotated[str, Field(min_length=2, max_length=100)] | None = None
    sort: Literal["newest", "waiting_longest"] = "newest"


class Clients(Paged):
    search: Word | None = None
    phone: Annotated[str, Field(max_length=40)] | None = None
    external_id: Annotated[Word, Field(max_length=128)] | None = None


class Client(Arguments):
    client_id: Id


class Chat(Arguments):
    chat_id: Id


class Messages(Chat):
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    before: Annotated[int, Field(ge=0, le=BIGINT)] | None = None


class Named(Paged):
    search: Word | None = None


class Runs(Paged):
    bot_id: Id | None = None
    dialog_id: Id | None = None
    status: Annotated[str, Field(max_length=20)] | None = None


class Run(Arguments):
    run_id: Id


class OfBot(Arguments):
    bot_id: Id


class Deliveries(Paged):
    status: Literal["pending", "delivered", "retrying", "failed", "cancelled"] | None = None
    event: Word | None = None
    bot_id: Id | None = None
    search: Annotated[Word, Field(min_length=2)] | None = None


class Delivery(Arguments):
    delivery_id: Annotated[str, Field(max_length=64, pattern=r"^[^\x00]*$")]


async def _bots(ctx: Ctx, given: Bots) -> Any:
    return await bots.listed(ctx, given.page("name"), Chosen(given.search, given.active))


async def _chats(ctx: Ctx, given: Chats) -> Any:
    wanted = requests.Asked(
        folder=given.folder,
        state=given.state,
        subject_id=given.subject_id,
        assignee_id=given.operator_id,
        bot_id=given.bot_id,
        client_id=given.client_id,
        channel=given.channel,
        search=given.search,
    )
    sort = "waiting" if given.sort == "waiting_longest" else None
    return await requests.listed(ctx, given.page(sort), wanted, "chat")


async def _chat(ctx: Ctx, given: Chat) -> Any:
    return await requests.details(ctx, given.chat_id, "chat")


async def _messages(ctx: Ctx, given: Messages) -> Any:
    place = requests.Place(before=given.before)
    return await requests.messages_of(ctx, given.chat_id, place, limit=given.limit, kind="chat")


async def _clients(ctx: Ctx, given: Clients) -> Any:
    found = {"search": given.search, "phone": given.phone, "external_id": given.external_id}
    return await clients.listed(ctx, given.page(), **found, utm_source=None, utm_campaign=None)


async def _client(ctx: Ctx, given: Client) -> Any:
    return await clients.one(ctx, given.client_id)


async def _operators(ctx: Ctx, _: Arguments) -> Any:
    return Team(await operators.team(ctx))


async def _topics(ctx: Ctx, given: Named) -> Any:
    return await topics.list_topics(ctx, given.page("name"), search=given.search, active=True)


async def _tags(ctx: Ctx, given: Named) -> Any:
    return await topics.list_tags(ctx, given.page("name"), search=given.search, active=True)


async def _runs(ctx: Ctx, given: Runs) -> Any:
    chosen = given.model_dump(include={"bot_id", "dialog_id", "status"})
    return await turns.runs(ctx, given.page(), **chosen)


async def _run(ctx: Ctx, given: Run) -> Any:
    return await turns.run(ctx, given.run_id)


async def _entry_points(ctx: Ctx, given: OfBot) -> Any:
    return Page(await scenarios.entry_points.listed(ctx, given.bot_id), None)


async def _deliveries(ctx: Ctx, given: Deliveries) -> Any:
    wanted = integrations.DeliveriesAsked(
        status=given.status, event_name=given.event, bot_id=given.bot_id, text=given.search
    )
    return await integrations.deliveries(ctx, given.page(), wanted)


async def _delivery(ctx: Ctx, given: Delivery) -> Any:
    return await integrations.delivery(ctx, given.delivery_id)


TOOLS = [
    read("list_bots", "bots.view", Bots, _bots),
    read("list_chats", "requests.view", Chats, _chats),
    read("get_chat", "requests.view", Chat, _chat),
    read("list_chat_messages", "requests.view", Messages, _messages),
    read("list_clients", "clients.view", Clients, _clients),
    read("get_client", "clients.view", Client, _client),
    read("list_operators", "operators.view", Arguments, _operators),
    read("list_topics", "topics.view", Named, _topics),
    read("list_tags", "tags.view", Named, _tags),
    read("list_runs", "runs.view", Runs, _runs),
    read("get_run", "runs.view", Run, _run),
    read("list_entry_points", "scenarios.view", OfBot, _entry_points),
    read("list_deliveries", "deliveries.view", Deliveries, _deliveries),
    read("get_delivery", "deliveries.view", Delivery, _delivery),
]
