"""Reads and changes hot keys: everybody's, and one's own."""

from collections.abc import Mapping
from typing import Final

import msgspec
from sqlalchemy.dialects.postgresql import insert

from connective.kit import errors, i18n
from connective.kit.context import Ctx
from connective.kit.stored_settings import store
from connective.modules.hot_keys import choosing, queries
from connective.modules.hot_keys.catalogue import ACTIONS
from connective.modules.hot_keys.models import own_hot_keys
from connective.modules.hot_keys.schemas import HotKey, HotKeys, HotKeysIn, OwnHotKeysIn, Stored

KEY: Final = "op.hot_keys"


async def everyone(ctx: Ctx) -> HotKeys:
    """The keys of the instance."""
    stored = await _stored(ctx)
    standing = choosing.for_everyone(stored.keys)
    return _shown(ctx, stored, standing, standing)


async def change_everyone(ctx: Ctx, wanted: HotKeysIn) -> HotKeys:
    """Other keys for everybody who has none of his own for the same."""
    defaults = choosing.for_everyone({})
    _refuse(choosing.faults(wanted.keys, defaults, _labels(ctx)))
    after = Stored(choosing.differing(wanted.keys, defaults), wanted.own_allowed)
    before = msgspec.to_builtins(await _stored(ctx))
    await store.write(ctx, KEY, before=before, after=msgspec.to_builtins(after))
    return await everyone(ctx)


async def own(ctx: Ctx) -> HotKeys:
    """The keys of whoever asks."""
    stored = await _stored(ctx)
    standing = choosing.for_everyone(stored.keys)
    chosen = await queries.own(ctx.db, _person(ctx)) or {} if stored.own_allowed else {}
    return _shown(ctx, stored, standing, choosing.for_one(standing, chosen))


async def change_own(ctx: Ctx, wanted: OwnHotKeysIn) -> HotKeys:
    """Other keys for whoever asks, on every device he works at."""
    stored = await _stored(ctx)
    if not stored.own_allowed:
        raise errors.Forbidden("own_hot_keys_off")
    standing = choosing.for_everyone(stored.keys)
    _refuse(choosing.faults(wanted.keys, standing, _labels(ctx)))
    given = {"chosen": choosing.differing(wanted.keys, standing), "updated_at": ctx.now}
    stored_own = insert(own_hot_keys).values(user_id=_person(ctx), **given)
    await ctx.db.execute(stored_own.on_conflict_do_update(index_elements=["user_id"], set_=given))
    return await own(ctx)


async def _stored(ctx: Ctx) -> Stored:
    return msgspec.convert(await store.read(ctx, KEY) or {}, Stored)


def _refuse(wrong: list[errors.FieldError]) -> None:
    if wrong:
        raise errors.invalid(*wrong)


def _person(ctx: Ctx) -> int:
    """Keys of the API have no keyboard."""
    if ctx.actor.kind != "user" or ctx.actor.id is None:
        raise errors.Forbidden("people_only")
    return ctx.actor.id


def _labels(ctx: Ctx) -> dict[str, str]:
    language = ctx.actor.language
    return {action.name: _label(language, action.name) for action in ACTIONS}


def _label(language: str, name: str) -> str:
    folder = name.removeprefix("folder_")
    if folder != name:
        return i18n.text(language, "hot_keys.folder", number=folder)
    return i18n.text(language, f"hot_keys.{name}")


def _shown(ctx: Ctx, stored: Stored, all_: Mapping[str, str], his: Mapping[str, str]) -> HotKeys:
    labels = _labels(ctx)
    items = [
        HotKey(
            action=action.name,
            label=labels[action.name],
            group=action.group,
            default=action.default,
            everyone=all_[action.name],
            key=his[action.name],
            while_typing=action.while_typing,
        )
        for action in ACTIONS
    ]
    return HotKeys(stored.own_allowed, items)
