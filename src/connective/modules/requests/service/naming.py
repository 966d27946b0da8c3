"""What operators are called: by colleagues, and by the client's channel."""

from connective.kit.context import Ctx
from connective.modules.requests import queries


async def told(ctx: Ctx, user_id: int) -> dict[str, object]:
    """An operator as channels are told of him."""
    return {"id": user_id, "name": await name(ctx, user_id, public=True)}


async def name(ctx: Ctx, user_id: int | None, *, public: bool = False) -> str:
    """A person's name; `public`: the one that clients see."""
    found = await queries.operator(ctx.db, user_id) if user_id is not None else None
    if found is None:
        return ""
    return (public and found.public_name) or f"{found.first_name} {found.last_name}".strip()
