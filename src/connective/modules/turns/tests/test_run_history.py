"""What the page of a run is told."""

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import sign_in
from connective.kit.testing.shop import Shop


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The variable order is not set; nothing was put in its place."),
        ("uk", "Змінної order немає; на її місці порожньо."),
    ],
)
async def test_a_warning_of_a_step_is_a_sentence_in_the_readers_language(
    shop: Shop, db: Database, app: AppClient, language: str, sentence: str
) -> None:
    await shop.publish(
        [(1, "start", {}), (2, "message", {"text": "Your order: {{order}}"})], [(1, "next", 2)]
    )
    await shop.say("/start")
    await shop.texts(1)
    reader = await sign_in(db, app, is_root=True, language=language)
    (run,) = (await reader.client.get("/api/v1/runs")).json["items"]
    (step,) = (await reader.client.get(f"/api/v1/runs/{run['id']}")).json["steps"]
    (warning,) = step["warnings"]
    assert (warning["code"], warning["node_id"]) == ("missing_variable", 2)
    assert warning["message"] == sentence
