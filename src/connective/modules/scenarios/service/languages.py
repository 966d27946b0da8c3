"""Which nodes of the active version speak a language."""

from collections.abc import Iterator
from typing import Any

from connective.kit.context import Ctx
from connective.kit.languages import CODES
from connective.modules.scenarios import queries


async def uses(ctx: Ctx, bot_id: int, languages: set[str]) -> list[str]:
    """Names of nodes and keys of constants that have a text in one of the languages."""
    row = await queries.active_version(ctx.db, bot_id)
    if row is None:
        return []
    nodes = [
        str(node.get("name") or node["id"])
        for node in row.graph["nodes"]
        if languages & set(_spoken(node.get("data", {})))
    ]
    constants = row.graph.get("constants", [])
    return nodes + [c["key"] for c in constants if languages & set(_spoken(c.get("values", {})))]


def _spoken(value: Any) -> Iterator[str]:
    """Languages of every text inside: an object whose keys are all language codes is a text."""
    if isinstance(value, list):
        for item in value:
            yield from _spoken(item)
    elif isinstance(value, dict):
        if value and CODES.issuperset(value):
            yield from (language for language, text in value.items() if text not in (None, ""))
        for item in value.values():
            yield from _spoken(item)
