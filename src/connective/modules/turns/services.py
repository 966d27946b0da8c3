"""What the actions of scenarios may use of the rest: egress, secrets, files, the queue."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from connective.contracts.action import ActionCall, ActionServices, FileContent
from connective.kit import egress
from connective.kit.context import unit_of_work
from connective.modules.files import service as files
from connective.modules.scenarios.service import programs
from connective.modules.settings import service as settings
from connective.modules.turns.queries import present

_OWN = re.compile(r"/files/([A-Za-z0-9_-]+)/")
KEEP_LINK_S = 7 * 86400


def of(call: ActionCall, later: Callable[[ActionCall], Awaitable[None]]) -> ActionServices:
    """The services of one call; `later` queues a call that nobody waits for."""

    async def secret(name: str) -> str | None:
        return await secret_for(call, name)

    return ActionServices(egress=egress.default(), secrets=secret, files=Files(), queue=later)


async def secret_for(call: ActionCall, name: str) -> str | None:
    """A secret of the instance, else a secret constant of the bot's scenario."""
    async with unit_of_work() as ctx:
        found = await settings.secret(ctx, name)
        if found is not None:
            return found
        bot = (await present.bots_now(await ctx.driver(), [call.bot_id])).get(call.bot_id)
        if bot is None or bot.version is None:
            return None
        by_language = (await programs.secrets(ctx.db, bot.id, bot.version)).get(name, {})
    for language in (call.language, *bot.languages):
        if language in by_language:
            return str(by_language[language])
    return None


class Files:
    """See contracts.action.FileStore."""

    async def save(self, file: FileContent) -> str:
        async with unit_of_work() as ctx:
            stored = await files.store(ctx, file.content, name=file.name)
            return files.link(stored, now=ctx.now, ttl_s=KEEP_LINK_S).url

    async def load(self, reference: Any) -> FileContent | None:
        name = _name(reference)
        if name is None:
            return None
        async with unit_of_work() as ctx:
            file = await files.find(ctx, name)
        if file is None:
            return None
        return FileContent(name=file.name, mime=file.mime, content=await files.read(file))


def _name(reference: Any) -> str | None:
    """Our file's id or public id: itself, out of one of its links, or out of a stored value."""
    if isinstance(reference, dict):
        reference = reference.get("file_id") or reference.get("url")
    if not isinstance(reference, str):
        return None
    found = _OWN.search(reference)
    return found.group(1) if found else reference
