"""Under which name this instance shows itself in the CRM."""

from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.stored_settings.naming import instance_name


async def product_of(ctx: Ctx, row: AnyRow | None) -> str:
    """The product name of the connection, else the instance's own."""
    named = row.product_name if row is not None else None
    return named or await instance_name(ctx)


def note_title(product: str, request_id: int) -> str:
    """The same in every language: it is what notes are found by."""
    return f"{product}: dialog #{request_id}"
