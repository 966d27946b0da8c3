"""The demo at another address than that of its first start, and where it does not start at all."""

from typing import Any

import pytest

from connective.app import demo, first_start
from connective.app.demo import shop_api
from connective.kit import instance
from connective.kit.settings import BadSettings, Settings
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person
from connective.kit.testing.server import RunningApp

pytestmark = pytest.mark.proves("P-02", part="demo")
ENDPOINTS = "SELECT kind, url FROM endpoints ORDER BY kind"


@pytest.fixture
async def moved(
    server: RunningApp, db: Database, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """A demo that was filled elsewhere; the addresses that it had there."""
    here = instance.settings()
    there = here.model_copy(update={"public_url": "http://127.0.0.1:1"})
    with monkeypatch.context() as patch:
        patch.setattr(instance, "settings", lambda: there)
        assert await demo.fill(server.asgi) is True
    return {row["kind"]: row["url"] for row in await db.fetch(ENDPOINTS)}


def constant(scenario: dict[str, Any]) -> dict[str, str]:
    found = [c for c in scenario["graph"]["constants"] if c["key"] == "shop_api"]
    values: dict[str, str] = found[0]["values"]
    return values


async def test_channel_webhook_and_scenario_follow_the_instance(
    server: RunningApp, db: Database, admin: Person, moved: dict[str, str]
) -> None:
    assert all(url.startswith("http://127.0.0.1:1/catcher/") for url in moved.values())
    base = instance.settings().base_url
    assert await demo.is_elsewhere()
    await demo.follow()
    now = {row["kind"]: row["url"] for row in await db.fetch(ENDPOINTS)}
    assert now == {kind: url.replace("http://127.0.0.1:1", base) for kind, url in moved.items()}
    (bot,) = (await admin.client.get("/api/v1/bots")).json["items"]
    scenario = (await admin.client.get(f"/api/v1/bots/{bot['id']}/scenario")).json
    assert set(constant(scenario["draft"]).values()) == {base + shop_api.PATH}
    assert scenario["active"]["number"] == 2
    assert not await demo.is_elsewhere()


async def test_a_channel_that_somebody_led_away_and_a_draft_in_work_are_left_alone(
    server: RunningApp, db: Database, admin: Person, moved: dict[str, str]
) -> None:
    await db.execute(
        "UPDATE endpoints SET url = 'http://127.0.0.1:1/mine' WHERE kind = 'custom_channel'"
    )
    (bot,) = (await admin.client.get("/api/v1/bots")).json["items"]
    path = f"/api/v1/bots/{bot['id']}/scenario"
    draft = (await admin.client.get(path)).json["draft"]
    draft["graph"]["nodes"][0]["name"] = "In work"
    body = {"rev": draft["rev"], "graph": draft["graph"]}
    assert (await admin.client.put(f"{path}/draft", body)).status == 200
    await demo.follow()
    kept = await db.value("SELECT url FROM endpoints WHERE kind = 'custom_channel'")
    assert kept == "http://127.0.0.1:1/mine"
    scenario = (await admin.client.get(path)).json
    assert scenario["active"]["number"] == 1
    assert scenario["draft"]["graph"]["nodes"][0]["name"] == "In work"
    here = instance.settings().base_url + shop_api.PATH
    assert set(constant(scenario["draft"]).values()) == {here}


async def test_a_demo_that_has_not_moved_stays_as_it_is(server: RunningApp, db: Database) -> None:
    await demo.fill(server.asgi)
    assert not await demo.is_elsewhere()


@pytest.mark.proves("P-03", part="demo")
class TestKnownLogins:
    @pytest.mark.parametrize(
        ("given", "named"),
        [
            ({"host": "0.0.0.0"}, "CONNECTIVE_HOST (0.0.0.0)"),  # noqa: S104
            ({"host": "192.168.1.7"}, "CONNECTIVE_HOST"),
            ({"public_url": "https://demo.example"}, "CONNECTIVE_PUBLIC_URL (demo.example)"),
        ],
    )
    async def test_where_others_reach_it_the_start_is_refused_before_anything_is_done(
        self, given: dict[str, str], named: str
    ) -> None:
        settings = Settings(demo=True).model_copy(update=given)
        with pytest.raises(BadSettings) as refused:
            await first_start.prepare(settings, "postgresql://nobody@127.0.0.1:1/none")
        assert named in str(refused.value)
        assert "CONNECTIVE_DEMO_PUBLIC=1" in str(refused.value)
        first_start.refuse_known_logins(settings.model_copy(update={"demo_public": True}))

    @pytest.mark.parametrize(
        "given",
        [
            {},
            {"host": "::1"},
            {"host": "localhost"},
            {"host": "127.0.0.2", "public_url": "http://shop.localhost:8080"},
        ],
    )
    def test_on_this_machine_it_starts(self, given: dict[str, str]) -> None:
        first_start.refuse_known_logins(Settings(demo=True).model_copy(update=given))
