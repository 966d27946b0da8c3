"""Under which name this instance shows itself in the CRM."""

from typing import Final

from connective.kit.db.rows import AnyRow

# What an instance is called while nobody has named its product.
INSTANCE: Final = "Connective"


def product_of(row: AnyRow | None) -> str:
    return (row.product_name if row is not None else None) or INSTANCE


def note_title(product: str, request_id: int) -> str:
    """The same in every language: it is what notes are found by."""
    return f"{product}: dialog #{request_id}"
