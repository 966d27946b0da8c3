"""The actions that may be asked for many requests, each done to one of them."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from connective.kit import auth_policy, errors
from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx
from connective.kit.errors import FieldError
from connective.modules.requests.bulk.schemas import Bulk
from connective.modules.requests.schemas.changes import RequestPatch
from connective.modules.requests.service import changing, closing, describing, seeing, taking
from connective.modules.requests.service.chat import Chat
from connective.modules.requests.service.holding import hold, save

Act = Callable[[Ctx, int, Bulk], Awaitable[Chat | None]]


async def _take(ctx: Ctx, request_id: int, _: Bulk) -> Chat | None:
    return await taking.take(ctx, request_id)


async def _assign(ctx: Ctx, request_id: int, asked: Bulk) -> Chat | None:
    return await taking.assign(ctx, request_id, asked.assign) if asked.assign else None


async def _topic(ctx: Ctx, request_id: int, asked: Bulk) -> Chat | None:
    if asked.topic is None:
        return None
    patch = RequestPatch(subject_id=asked.topic.subject_id)
    return await changing.change(ctx, request_id, patch)


async def _tags(ctx: Ctx, request_id: int, asked: Bulk) -> Chat | None:
    if asked.tags is None:
        return None
    chat = await hold(ctx, request_id, action="requests.edit")
    kept = set(chat.row.tag_ids) - set(asked.tags.remove)
    await describing.set_tags(ctx, chat, [*kept, *asked.tags.add])
    await save(ctx, chat)
    return chat


async def _close(ctx: Ctx, request_id: int, asked: Bulk) -> Chat | None:
    return await closing.close(ctx, request_id, asked.close) if asked.close else None


async def _read(ctx: Ctx, request_id: int, _: Bulk) -> Chat | None:
    return await seeing.read_all(ctx, request_id)


async def _unread(ctx: Ctx, request_id: int, asked: Bulk) -> Chat | None:
    return await seeing.unread(ctx, request_id, asked.unread.count) if asked.unread else None


# By the name of the field that asks for it: the permission, and what is done.
_ACTS: Final[Mapping[str, tuple[str, Act]]] = {
    "take": ("requests.take", _take),
    "assign": (taking.ASSIGN, _assign),
    "topic": ("requests.edit", _topic),
    "tags": ("requests.edit", _tags),
    "close": ("requests.close", _close),
    "read": (seeing.VIEW, _read),
    "unread": (seeing.VIEW, _unread),
}


def wanted(actor: Actor, asked: Bulk) -> str:
    """The one action that is asked for, which the actor may do at all."""
    names = [name for name in _ACTS if getattr(asked, name) is not None]
    if len(names) != 1:
        found = FieldError(names[1] if names else "ids", "one_action", {"known": ", ".join(_ACTS)})
        raise errors.invalid(found)
    auth_policy.allow(actor, _ACTS[names[0]][0])
    return names[0]


async def do_one(ctx: Ctx, request_id: int, asked: Bulk, name: str) -> bool:
    """The action as if it were asked for this request alone; whether something changed."""
    chat = await _ACTS[name][1](ctx, request_id, asked)
    return chat is not None and chat.is_changed
