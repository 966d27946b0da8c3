"""The page of a link: a visit is counted and led on to the messenger, and nowhere else."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import delete, insert

from connective.kit.context import Ctx
from connective.kit.db.storable import storable
from connective.modules.links import codes, forms, params, queries, utm
from connective.modules.links.models import link_clicks
from connective.modules.links.service import addressing, counting
from connective.modules.links.service.opening import EXTERNAL, LONGEST_ID

KEPT: Final = timedelta(days=90)
LONGEST_TEXT: Final = 500


class Visit(Struct, frozen=True, kw_only=True):
    """Where a visitor is sent. Without `url` there is only the text to write to the bot."""

    channel: str
    name: str
    url: str | None
    start_text: str
    needs_application: bool
    qr_svg: str


async def visit(
    ctx: Ctx, code: str, *, query: str, asked: Mapping[str, str], address: str | None
) -> Visit | None:
    """Count a click and tell where it leads; None for what leads nowhere (any more)."""
    row = await queries.by_code(ctx.db, code)
    if row is None or row.entry or (row.expires_at is not None and row.expires_at <= ctx.now):
        return None
    public = (await addressing.publics(ctx, [row.bot_id])).get((row.bot_id, row.channel))
    if public is None:
        return None
    click = codes.new()
    tags = utm.kept(utm.pairs_of(query))
    made = insert(link_clicks).values(
        id=click,
        code=code,
        at=ctx.now,
        address=address,
        payload=_brought(asked),
        utm=tags,
        text=_short(asked.get("text", ""), LONGEST_TEXT),
    )
    await ctx.db.execute(made)
    await counting.count_click(ctx, code)
    text_only = row.channel in forms.TEXT_ONLY
    found = addressing.target(row.channel, public, code, click, text=row.text)
    if found is None:
        return None
    start = f"/start {params.of_code(code, click)}"
    return Visit(
        channel=row.channel,
        name=str(public.get("title") or public.get("name") or public["bot"]),
        url=None if text_only else found,
        start_text=start,
        needs_application=row.channel in forms.NEEDS_APPLICATION,
        qr_svg=addressing.svg(found),
    )


def _brought(asked: Mapping[str, str]) -> dict[str, Any]:
    """Only who the visitor is: everything else is the link's own to say."""
    given = {name: _short(asked.get(name, ""), LONGEST_ID) for name in EXTERNAL}
    return {name: value for name, value in given.items() if value}


def _short(value: str, longest: int) -> str:
    return value[:longest] if storable(value) else ""


async def forget_old(ctx: Ctx) -> None:
    """Drop clicks that nobody will follow any more."""
    await ctx.db.execute(delete(link_clicks).where(link_clicks.c.at < ctx.now - KEPT))
