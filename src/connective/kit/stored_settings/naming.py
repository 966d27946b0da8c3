"""What this instance is called: the name of the company or of its service."""

from typing import Final

from connective.kit.context import Ctx
from connective.kit.stored_settings import store

KEY: Final = "instance"
UNNAMED: Final = "Connective"


async def instance_name(ctx: Ctx) -> str:
    """The name that somebody has given it, else the product's."""
    stored = await store.read(ctx, KEY)
    return str((stored or {}).get("project_name") or UNNAMED)
