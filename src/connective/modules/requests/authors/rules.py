"""What an instance has chosen about its operators and what they write."""

from typing import Final

import msgspec

from connective.kit.context import Ctx
from connective.kit.stored_settings import store
from connective.modules.requests.authors.schemas import OperatorNamesOut

KEY: Final = "op.operators"


async def current(ctx: Ctx) -> OperatorNamesOut:
    """How operators are named and what else holds for them, until somebody chooses otherwise."""
    return msgspec.convert(await store.read(ctx, KEY) or {}, OperatorNamesOut)
