"""What operators are called: by colleagues, and by the client's channel."""

from connective.kit.context import Ctx
from connective.modules.requests import queries
from connective.modules.requests.service import author_names


async def told(ctx: Ctx, user_id: int, *, channel: str, bot_id: int) -> dict[str, object]:
    """An operator as a channel is told of him."""
    author = await author_names.of(ctx, user_id, channel=channel, bot_id=bot_id)
    return {"id": user_id, "name": author.name}


async def name(ctx: Ctx, user_id: int | None) -> str:
    """A person's name among colleagues; empty for nobody."""
    found = await queries.operator(ctx.db, user_id) if user_id is not None else None
    return "" if found is None else f"{found.first_name} {found.last_name}".strip()
