"""How complete a scenario is in each language of its bot."""

from typing import Any

import pytest

from connective.kit import errors
from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx
from connective.modules.bots.schemas import BotCreated
from connective.modules.scenarios import service
from connective.modules.scenarios.service.languages import completeness

pytestmark = pytest.mark.proves("SE-03", part="completeness of translations")


def graph(texts: list[Any], constants: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    nodes = [{"id": i, "name": f"Block {i}", "data": {"text": t}} for i, t in enumerate(texts, 1)]
    return {"nodes": nodes, "constants": list(constants)}


@pytest.mark.parametrize(
    ("texts", "english", "ukrainian"),
    [
        ([], (0, 0, []), (0, 0, [])),
        ([{"en": "Hi", "uk": "Вітаю"}], (1, 1, []), (1, 1, [])),
        ([{"en": "Hi", "uk": ""}, {"uk": "Бувай"}], (1, 2, ["Block 2"]), (1, 2, ["Block 1"])),
        # said as it is in every language, and said in none
        (["{{order}}", {"en": "", "uk": None}], (0, 0, []), (0, 0, [])),
        # a block with two texts is named once
        ([[{"en": "Yes"}, {"en": "No"}]], (2, 2, []), (0, 2, ["Block 1"])),
    ],
)
def test_texts_are_counted_by_language(
    texts: list[Any], english: tuple[int, int, list[str]], ukrainian: tuple[int, int, list[str]]
) -> None:
    found = completeness(graph(texts), ["en", "uk"])
    assert [one.language for one in found] == ["en", "uk"]
    assert [(one.translated, one.total, one.missing) for one in found] == [english, ukrainian]


def test_a_constant_is_named_by_its_key() -> None:
    city = {"key": "city", "values": {"en": "Lviv"}}
    assert completeness(graph([], (city,)), ["uk"])[0].missing == ["city"]


async def test_the_draft_of_a_bot_is_looked_at_by_who_may_see_it(
    ctx: Ctx, bot: BotCreated, graphs: Any
) -> None:
    draft = graphs.saying("Hi")
    draft["nodes"][1]["data"]["text"] = {"en": "Hi"}
    await service.drafts.put(ctx, bot.id, rev=1, graph=draft)
    english, ukrainian = await service.languages.translations(ctx, bot.id)
    assert (english.translated, english.missing) == (1, [])
    assert (ukrainian.translated, ukrainian.missing) == (0, ["Hello"])
    ctx.actor = Actor("user", 7, "Ann", permissions=frozenset({"bots.view"}))
    with pytest.raises(errors.Forbidden):
        await service.languages.translations(ctx, bot.id)
