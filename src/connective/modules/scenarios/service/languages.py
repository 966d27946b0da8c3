"""The texts of a scenario by language: which nodes speak one, and what lacks a translation."""

from collections.abc import Iterator, Mapping
from typing import Any

from connective.kit.context import Ctx
from connective.kit.languages import CODES
from connective.modules.scenarios import queries
from connective.modules.scenarios.schemas import Translation
from connective.modules.scenarios.service import stored
from connective.modules.scenarios.service.access import bot_for


async def uses(ctx: Ctx, bot_id: int, languages: set[str]) -> list[str]:
    """Names of nodes and keys of constants of the active version that speak one of them."""
    row = await queries.active_version(ctx.db, bot_id)
    spoken = _texts(row.graph) if row is not None else ()
    return list(dict.fromkeys(place for place, text in spoken if languages & _said(text)))


async def translations(ctx: Ctx, bot_id: int) -> list[Translation]:
    """How complete the draft is in each language of the bot."""
    bot = await bot_for(ctx, bot_id, "scenarios.view")
    return completeness(await stored.stored_graph(ctx, bot), bot.languages)


def completeness(graph: Mapping[str, Any], languages: list[str]) -> list[Translation]:
    """By language: texts that are in it, of those that are in any, and where one is missing."""
    texts = [(place, said) for place, text in _texts(graph) if (said := _said(text))]
    return [
        Translation(
            language=language,
            total=len(texts),
            translated=sum(language in said for _, said in texts),
            missing=list(dict.fromkeys(place for place, said in texts if language not in said)),
        )
        for language in languages
    ]


def _texts(graph: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every text by language, with the name of its node or the key of its constant."""
    for node in graph["nodes"]:
        for text in _inside(node.get("data", {})):
            yield str(node.get("name") or node["id"]), text
    for constant in graph.get("constants", []):
        for text in _inside(constant.get("values", {})):
            yield constant["key"], text


def _inside(value: Any) -> Iterator[Mapping[str, Any]]:
    """An object whose keys are all language codes is a text."""
    if isinstance(value, list):
        for item in value:
            yield from _inside(item)
    elif isinstance(value, dict):
        if value and CODES.issuperset(value):
            yield value
        for item in value.values():
            yield from _inside(item)


def _said(text: Mapping[str, Any]) -> set[str]:
    return {language for language, words in text.items() if words not in (None, "")}
