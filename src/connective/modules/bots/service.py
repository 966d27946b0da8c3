"""Makes, changes, switches and archives bots; the only writer of their table."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Row, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import IntegrityError

from connective.kit import auth_policy, errors, i18n, latin
from connective.kit.context import Ctx
from connective.kit.http.reply import moment
from connective.kit.paging import Page, PageQuery, page
from connective.kit.plugins import Point
from connective.modules.accounts import service as accounts
from connective.modules.bots import queries
from connective.modules.bots.events import BotChanged
from connective.modules.bots.groups import service as groups
from connective.modules.bots.models import bots
from connective.modules.bots.schemas import (
    Activity,
    ApiKey,
    Bot,
    BotActivated,
    BotCreated,
    BotListed,
    BotPatch,
    ChannelSummary,
    Chosen,
    NewBot,
    Notice,
)

ALIAS_LONGEST = 40
DAY = timedelta(hours=24)
QUIET = Activity()
ALL = Chosen()
AUDITED = (
    "name",
    "alias",
    "group_id",
    "languages",
    "timezone",
    "active",
    "test_mode",
    "error_text",
    "unsubscribe_words",
)

# What higher features know of bots. They offer it when they are imported.
channel_summaries: Point[
    Callable[[Ctx, Sequence[int]], Awaitable[dict[int, list[ChannelSummary]]]]
] = Point()
# What was said in the bots' dialogs since a moment; a silent bot may be left out.
activities: Point[Callable[[Ctx, Sequence[int], datetime], Awaitable[dict[int, Activity]]]] = (
    Point()
)
# The names by which a bot's scenario can be entered.
entry_aliases: Point[Callable[[Ctx, int], Awaitable[list[str]]]] = Point()
# Codes (sentences under `errors`) of what a bot lacks to answer its clients.
missing_parts: Point[Callable[[Ctx, int], Awaitable[list[str]]]] = Point()
# Where languages of a bot are in use: names that the administrator recognises.
language_uses: Point[Callable[[Ctx, int, set[str]], Awaitable[list[str]]]] = Point()


async def get(ctx: Ctx, bot_id: int, *, action: str = "bots.view") -> Bot:
    """The bot, when the actor may do the action to it; else 404."""
    return _shown(auth_policy.find(ctx.actor, action, await queries.by_id(ctx.db, bot_id)))


async def find(ctx: Ctx, bot_id: int) -> Bot:
    """The bot, for features that have checked the actor by a rule of their own; else 404."""
    row = await queries.by_id(ctx.db, bot_id)
    if row is None:
        raise errors.NotFound("not_found")
    return _shown(row)


async def listed(ctx: Ctx, asked: PageQuery, wanted: Chosen = ALL) -> Page[BotListed]:
    """Bots that the actor sees, each with the health of its channels."""
    rows = await queries.listed(ctx.db, ctx.actor, asked, wanted)
    total = await queries.count(ctx.db, ctx.actor, wanted) if asked.count else None
    cut = page(rows, asked.limit, "sort_key", "id", total=total)
    return Page(await _as_listed(ctx, cut.items), cut.next_cursor, cut.total)


async def as_listed(ctx: Ctx, bot_ids: Sequence[int]) -> dict[int, BotListed]:
    """Bots that are not archived as rows of the list, for whoever has decided who sees them."""
    rows = await queries.by_ids(ctx.db, bot_ids)
    return {bot.id: bot for bot in await _as_listed(ctx, rows)}


async def _as_listed(ctx: Ctx, rows: Sequence[Row[Any]]) -> list[BotListed]:
    ids = [row.id for row in rows]
    channels = await _channels(ctx, ids)
    said = await _activity(ctx, ids)
    return [
        BotListed(
            **msgspec.structs.asdict(_shown(row)),
            channels=channels.get(row.id, []),
            active_dialogs=said.get(row.id, QUIET).dialogs,
            messages_24h=said.get(row.id, QUIET).messages,
        )
        for row in rows
    ]


async def _activity(ctx: Ctx, bot_ids: Sequence[int]) -> dict[int, Activity]:
    found: dict[int, Activity] = {}
    for activity in activities if bot_ids else ():
        found |= await activity(ctx, bot_ids, ctx.now - DAY)
    return found


async def _channels(ctx: Ctx, bot_ids: Sequence[int]) -> dict[int, list[ChannelSummary]]:
    found: dict[int, list[ChannelSummary]] = {}
    for summary in channel_summaries if bot_ids else ():
        for bot_id, channels in (await summary(ctx, bot_ids)).items():
            found.setdefault(bot_id, []).extend(channels)
    return found


async def create(ctx: Ctx, new: NewBot) -> BotCreated:
    """A new inactive bot with its own API key; an alias left out is made from the name."""
    if ctx.actor.bot_ids:
        raise errors.Forbidden("bots_limited")
    await groups.check(ctx, new.group_id)
    alias = new.alias or await free_alias(ctx, new.name)
    values = new.model_dump() | {
        "alias": alias,
        "active": False,
        "created_at": ctx.now,
        "updated_at": ctx.now,
    }
    added = upsert(bots).values(values).on_conflict_do_nothing().returning(bots)
    row = (await ctx.db.execute(added)).one_or_none()
    if row is None:
        raise await _taken(ctx, alias)
    key = await accounts.create_bot_key(ctx, row.id, name=new.name)
    _note(ctx, "bot.created", row, before=None)
    return BotCreated(**msgspec.structs.asdict(_shown(row)), api_key=key)


async def free_alias(ctx: Ctx, name: str) -> str:
    """An unused alias that resembles the name: `my_shop`, else `my_shop_2` ..."""
    start = latin.code(name, longest=ALIAS_LONGEST - 6)
    if len(start) < 2:
        start = f"bot_{start}".rstrip("_")
    used = await queries.aliases_like(ctx.db, start)
    number = 2
    alias = start
    while alias in used:
        alias, number = f"{start}_{number}", number + 1
    return alias


async def _taken(ctx: Ctx, alias: str) -> errors.Conflict:
    suggestion = await free_alias(ctx, alias)
    return errors.Conflict("alias_taken", field="alias", alias=alias, suggestion=suggestion)


async def change(ctx: Ctx, bot_id: int, patch: BotPatch) -> Bot:
    """Change what the patch names; a language that the live scenario uses cannot go."""
    row = await _locked(ctx, bot_id, "bots.edit")
    sent = patch.model_dump(exclude_unset=True)
    values = {k: v for k, v in sent.items() if v is not None or k == "group_id"}
    if values.get("group_id") != row.group_id:
        await groups.check(ctx, values.get("group_id"))
    alias = values.get("alias", row.alias)
    if alias != row.alias and alias in await queries.aliases_like(ctx.db, alias):
        raise await _taken(ctx, alias)
    if gone := set(row.languages) - set(values.get("languages", row.languages)):
        await _may_go(ctx, bot_id, gone)
    return await _write(ctx, row, "bot.updated", values)


async def aliases(ctx: Ctx, bot_id: int) -> list[str]:
    """Where a bot's scenario can be sent by name, in the order of the alphabet."""
    return sorted({alias for names in entry_aliases for alias in await names(ctx, bot_id)})


async def _may_go(ctx: Ctx, bot_id: int, languages: set[str]) -> None:
    places = [place for uses in language_uses for place in await uses(ctx, bot_id, languages)]
    if places:
        shown = ", ".join(places[:10])
        raise errors.Conflict(
            "language_in_use",
            field="languages",
            languages=", ".join(sorted(languages)),
            places=shown,
        )


async def activate(ctx: Ctx, bot_id: int) -> BotActivated:
    """Let the bot answer; what it lacks for that comes back as warnings."""
    bot = await _switch(ctx, bot_id, active=True)
    codes = [code for missing in missing_parts for code in await missing(ctx, bot_id)]
    notices = [Notice(code, i18n.text(ctx.actor.language, f"errors.{code}")) for code in codes]
    return BotActivated(**msgspec.structs.asdict(bot), warnings=notices)


async def deactivate(ctx: Ctx, bot_id: int) -> BotActivated:
    """Messages of clients are still stored, but nothing is run and nothing answered."""
    bot = await _switch(ctx, bot_id, active=False)
    return BotActivated(**msgspec.structs.asdict(bot), warnings=[])


async def _switch(ctx: Ctx, bot_id: int, *, active: bool) -> Bot:
    row = await _locked(ctx, bot_id, "bots.activate")
    if row.active == active:
        return _shown(row)
    kind = "bot.activated" if active else "bot.deactivated"
    return await _write(ctx, row, kind, {"active": active})


async def rotate_key(ctx: Ctx, bot_id: int, *, overlap_h: int) -> ApiKey:
    """A new API key; the one before works for some more hours."""
    await _locked(ctx, bot_id, "bots.edit")
    key = await accounts.rotate_bot_key(ctx, bot_id, overlap_h=overlap_h)
    return ApiKey(key, ctx.now + timedelta(hours=overlap_h))


async def archive(ctx: Ctx, bot_id: int) -> None:
    """Put the bot away: inactive, out of every list, its history kept, its alias free."""
    row = await _locked(ctx, bot_id, "bots.delete")
    await accounts.revoke_bot_key(ctx, bot_id)
    await _write(ctx, row, "bot.archived", {"active": False, "archived_at": ctx.now})


async def _locked(ctx: Ctx, bot_id: int, action: str) -> Row[Any]:
    row = await queries.by_id(ctx.db, bot_id, lock=True)
    found: Row[Any] = auth_policy.find(ctx.actor, action, row)
    return found


async def _write(ctx: Ctx, before: Row[Any], kind: str, values: dict[str, Any]) -> Bot:
    changed = update(bots).where(bots.c.id == before.id).values(updated_at=ctx.now, **values)
    try:
        row = (await ctx.db.execute(changed.returning(bots))).one()
    except IntegrityError:  # the alias was taken in this very moment
        alias = values["alias"]
        raise errors.Conflict(
            "alias_taken", field="alias", alias=alias, suggestion=f"{alias[:37]}_2"
        ) from None
    _note(ctx, kind, row, before=before)
    return _shown(row)


def _note(ctx: Ctx, kind: str, row: Row[Any], *, before: Row[Any] | None) -> None:
    old = {name: getattr(before, name) for name in AUDITED} if before is not None else None
    ctx.audit(kind, "bot", row.id, old, {name: getattr(row, name) for name in AUDITED})
    told = BotChanged(**{name: getattr(row, name) for name in BotChanged.__struct_fields__})
    ctx.emit(kind, told, bot_id=row.id)


def _shown(row: Row[Any]) -> Bot:
    fields = {name: getattr(row, name) for name in Bot.__struct_fields__}
    times = {name: moment(fields[name]) for name in ("created_at", "updated_at")}
    return Bot(**fields | times)
