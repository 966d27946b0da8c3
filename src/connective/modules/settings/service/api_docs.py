"""Who may read the API documentation: by right only, or everyone."""

import msgspec

from connective.kit.context import Ctx
from connective.kit.stored_settings import store
from connective.modules.settings.schemas import ApiDocsSettings

KEY = "api_docs"


async def current(ctx: Ctx) -> ApiDocsSettings:
    stored = await store.read(ctx, KEY)
    return ApiDocsSettings() if stored is None else msgspec.convert(stored, ApiDocsSettings)


async def change(ctx: Ctx, *, public: bool) -> ApiDocsSettings:
    """Open the documentation to everyone, or close it; audited."""
    before, after = await current(ctx), ApiDocsSettings(public=public)
    await store.write(
        ctx, KEY, before=msgspec.to_builtins(before), after=msgspec.to_builtins(after)
    )
    return after
