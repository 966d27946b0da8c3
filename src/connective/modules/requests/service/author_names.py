"""What clients see as the author of an operator's message, and how it is chosen."""

from typing import Any

import msgspec

from connective.contracts.channel import CHANNELS
from connective.contracts.outbound import Author
from connective.kit import errors
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.errors import FieldError
from connective.kit.stored_settings import store
from connective.modules.files import service as files
from connective.modules.requests import name_template
from connective.modules.requests.authors import rules
from connective.modules.requests.authors.schemas import (
    ChannelNames,
    NamePreview,
    NamePreviewOf,
    OperatorNames,
    OperatorNamesOut,
)
from connective.modules.requests.conversation import queries
from connective.modules.requests.service import sharing


async def choose(ctx: Ctx, wanted: OperatorNames) -> OperatorNamesOut:
    """Other names from the next message on."""
    _checked(wanted)
    stored = await rules.current(ctx)
    if wanted.outbound_visibility != stored.outbound_visibility:
        await sharing.show_to(ctx, wanted.outbound_visibility)
    before = msgspec.to_builtins(stored)
    await store.write(ctx, rules.KEY, before=before, after=wanted.model_dump())
    return msgspec.convert(wanted.model_dump(), OperatorNamesOut)


def _checked(wanted: OperatorNames) -> None:
    name_template.check(wanted.template, "template")
    for channel, own in wanted.channels.items():
        if channel not in _channels():
            raise errors.invalid(
                FieldError(f"channels.{channel}", "unknown_channel", {"channel": channel})
            )
        if own.template is not None:
            name_template.check(own.template, f"channels.{channel}.template")


async def author(ctx: Ctx, channel: str, bot_id: int) -> Author:
    """The actor as the author of a message to a client of a bot."""
    if ctx.actor.kind != "user" or ctx.actor.id is None:
        return Author(kind="operator", name=await queries.bot_name(ctx.db, bot_id))
    return await of(ctx, ctx.actor.id, channel=channel, bot_id=bot_id)


async def of(ctx: Ctx, user_id: int, *, channel: str, bot_id: int) -> Author:
    """An operator as clients of a bot see him in a channel."""
    person = await queries.author(ctx.db, user_id)
    if person is None:
        return Author(kind="operator", id=user_id, name=await queries.bot_name(ctx.db, bot_id))
    chosen = await rules.current(ctx)
    name = _named(chosen, channel, person) or await queries.bot_name(ctx.db, bot_id)
    picture = _picture(chosen, channel, person)
    return Author(kind="operator", id=user_id, name=name, avatar=picture)


async def preview(ctx: Ctx, asked: NamePreviewOf) -> NamePreview:
    """How an operator would be named in each channel; empty where the bot's name stands instead."""
    wanted = asked.settings
    _checked(wanted)
    person = await queries.author(ctx.db, asked.operator_id)
    if person is None or not person.active:
        raise errors.Invalid("unknown_operator", field="operator_id")
    chosen = msgspec.convert(wanted.model_dump(), OperatorNamesOut)
    return NamePreview(
        names={key: _named(chosen, key, person) for key in _channels()},
        pictures={key: _picture(chosen, key, person) for key in _channels()},
    )


def _channels() -> list[str]:
    return sorted(key for key, _ in CHANNELS.items())


def _named(chosen: OperatorNamesOut, channel: str, person: AnyRow) -> str:
    own = chosen.channels.get(channel, ChannelNames())
    displayed = chosen.display_name if own.display_name is None else own.display_name
    if not displayed:
        return ""
    values: dict[str, Any] = {name: getattr(person, name) for name in name_template.VARIABLES}
    template = chosen.template if own.template is None else own.template
    name = person.public_name or name_template.filled(template, values)
    limits = [limit for limit in (own.limit, _limit_of(channel)) if limit is not None]
    return name_template.shortened(name, min(limits, default=None))


def _picture(chosen: OperatorNamesOut, channel: str, person: AnyRow) -> str | None:
    own = chosen.channels.get(channel, ChannelNames()).display_picture
    displayed = chosen.display_picture if own is None else own
    if not displayed or person.picture is None:
        return None
    return files.lasting(person.picture, files.PICTURE)


def _limit_of(channel: str) -> int | None:
    return CHANNELS[channel].limits.get("author_name")
