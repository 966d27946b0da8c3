"""Pages of which other origins may call the API from a browser, with a key or a token."""

import msgspec

from connective.kit import errors
from connective.kit.context import Ctx
from connective.kit.errors import FieldError
from connective.kit.settings import is_origin
from connective.kit.stored_settings import store
from connective.modules.settings.schemas import ApiOrigins

KEY = "api_origins"


async def current(ctx: Ctx) -> ApiOrigins:
    stored = await store.read(ctx, KEY)
    return ApiOrigins() if stored is None else msgspec.convert(stored, ApiOrigins)


async def change(ctx: Ctx, origins: list[str]) -> ApiOrigins:
    """Other origins from now on; 422 names each that is none. Audited."""
    wrong = [
        FieldError(f"origins[{index}]", "not_an_origin", {"origin": origin})
        for index, origin in enumerate(origins)
        if not is_origin(origin)
    ]
    if wrong:
        raise errors.invalid(*wrong)
    before, after = await current(ctx), ApiOrigins(origins=list(dict.fromkeys(origins)))
    await store.write(
        ctx, KEY, before=msgspec.to_builtins(before), after=msgspec.to_builtins(after)
    )
    return after
