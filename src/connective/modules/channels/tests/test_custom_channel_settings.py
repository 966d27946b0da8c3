"""Setting a bot's custom channel up: secrets told once, bad addresses refused, a test message."""

import inspect
import json
import re
from types import ModuleType

import pytest
from standardwebhooks import Webhook

from connective.kit.egress import addresses, hosts, policy
from connective.kit.i18n import LANGUAGES, catalogue
from connective.kit.settings import Settings
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.shop import Shop


@pytest.mark.proves("INT-06", part="settings")
async def test_the_signing_secret_is_told_once_and_never_kept_plain(
    shop: Shop, db: Database
) -> None:
    path = f"/api/v1/bots/{shop.id}/custom-channel"
    assert shop.secret.startswith("whsec_")
    for answer in (
        await shop.admin.get(path),
        await shop.admin.put(path, {"custom_channel_url": shop.receiver.url}),
    ):
        assert answer.status == 200
        assert "signing_secret" not in answer.json
        assert shop.secret not in answer.text
        assert '"T"' not in answer.text
    stored = await db.fetch("SELECT secret, access_token FROM endpoints")
    assert shop.secret not in str(stored)
    assert "'T'" not in str(stored)
    audit = str(await db.fetch("SELECT before, after FROM audit"))
    assert shop.secret not in audit


@pytest.mark.proves("INT-06", part="settings")
async def test_a_token_left_out_stays_and_an_empty_one_goes(shop: Shop) -> None:
    assert (await shop.channel(input_token="in"))["input_token_set"] is True
    kept = await shop.channel()
    assert (kept["x_access_token_set"], kept["input_token_set"]) == (True, True)
    gone = await shop.channel(x_access_token="", input_token="")
    assert (gone["x_access_token_set"], gone["input_token_set"]) == (False, False)


@pytest.mark.proves("INT-06", part="settings")
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"custom_channel_url": "ftp://a.example"}, "custom_channel_url"),
        ({"custom_channel_url": "http://169.254.169.254/"}, "custom_channel_url"),
        ({"custom_channel_url": ""}, "custom_channel_url"),
        ({"timeout_s": 31}, "timeout_s"),
        ({"timeout_s": 0}, "timeout_s"),
        ({"rate_per_s": -1}, "rate_per_s"),
        ({"x_access_token": "x" * 513}, "x_access_token"),
        ({"x_access_token": "two words"}, "x_access_token"),
        ({"nonsense": 1}, "nonsense"),
    ],
)
@pytest.mark.proves("SE-03", part="bad input")
async def test_bad_settings_are_refused_by_field(
    shop: Shop, change: dict[str, object], field: str
) -> None:
    given = {"custom_channel_url": shop.receiver.url} | change
    answer = await shop.admin.put(f"/api/v1/bots/{shop.id}/custom-channel", given)
    assert answer.status == 422
    assert [e["field"] for e in answer.json["errors"]] == [field]


async def test_a_bot_without_a_channel_answers_null(admin: Person, app: AppClient) -> None:
    bot = (await admin.client.post("/api/v1/bots", {"name": "Shop"})).json
    answer = await admin.client.get(f"/api/v1/bots/{bot['id']}/custom-channel")
    assert (answer.status, answer.json) == (200, None)
    missing = await admin.client.get(f"/api/v1/bots/{bot['id'] + 1}/custom-channel")
    assert missing.status == 404


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "has to begin with https://"), ("uk", "має починатися з https://")],
)
async def test_the_reason_of_a_refused_address_is_a_sentence(
    db: Database, app: AppClient, language: str, sentence: str
) -> None:
    person = await sign_in(db, app, is_root=True, language=language)
    bot = (await person.client.post("/api/v1/bots", {"name": "Shop"})).json
    refused = await person.client.put(
        f"/api/v1/bots/{bot['id']}/custom-channel", {"custom_channel_url": "ftp://a.example"}
    )
    assert sentence in refused.json["detail"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_to_refuse_an_address_has_a_sentence(language: str) -> None:
    ranges = {rule for _, rule in (*addresses.NEVER, *addresses.NOT_PUBLIC)}
    spoken = set(re.findall(r'(?:BadUrl|AddressNotAllowed)\("(\w+)"', _source(hosts, policy)))
    assert {"bad_scheme", "https_required", "loopback"} <= spoken
    for_headers = {"metadata_header"}
    assert (ranges | spoken) - for_headers <= set(catalogue(language)["refused_urls"])


def _source(*parts: ModuleType) -> str:
    return "".join(inspect.getsource(part) for part in parts)


class TestProduction:
    """Without ALLOW_PRIVATE."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"outbound_allow_private": False})

    @pytest.mark.proves("INT-06", part="settings")
    @pytest.mark.parametrize("url", ["http://shop.example/in", "https://127.0.0.1/in"])
    @pytest.mark.proves("SE-03", part="bad input")
    async def test_plain_http_and_loopback_are_refused(
        self, db: Database, app: AppClient, url: str
    ) -> None:
        admin = (await sign_in(db, app)).client
        bot = (await admin.post("/api/v1/bots", {"name": "Shop"})).json
        answer = await admin.put(
            f"/api/v1/bots/{bot['id']}/custom-channel", {"custom_channel_url": url}
        )
        assert (answer.status, answer.json["code"]) == (422, "url_refused")


@pytest.mark.proves("INT-06", part="test message")
@pytest.mark.proves("SE-03", part="channels")
async def test_a_test_message_shows_the_request_and_the_response(shop: Shop) -> None:
    shop.receiver.answer(200, {"message_id": "ext-5"})
    shown = await shop.admin.post(f"/api/v1/bots/{shop.id}/custom-channel/test")
    assert shown.status == 200
    assert (shown.json["ok"], shown.json["http_status"]) == (True, 200)
    assert json.loads(shown.json["response"]) == {"message_id": "ext-5"}
    (request,) = shop.receiver.requests
    assert json.loads(shown.json["body"]) == request.json
    assert request.json["event"] == "test"
    assert shown.json["headers"]["x-access-token"] == "***"
    assert request.headers["x-access-token"] == "T"
    Webhook(shop.secret).verify(request.body, dict(request.headers))
    shop.receiver.answer(500)
    failed = await shop.admin.post(f"/api/v1/bots/{shop.id}/custom-channel/test")
    assert (failed.json["ok"], failed.json["http_status"]) == (False, 500)


@pytest.mark.proves("INT-06", part="rotation")
async def test_during_a_rotation_both_secrets_sign_and_then_only_the_new(
    shop: Shop, moving_clock: MovingClock
) -> None:
    path = f"/api/v1/bots/{shop.id}/custom-channel"
    rotated = await shop.admin.post(f"{path}/rotate-secret", {"overlap_h": 1})
    new = rotated.json["signing_secret"]
    assert new != shop.secret
    await shop.admin.post(f"{path}/test")
    moving_clock.advance(3601)
    await shop.admin.post(f"{path}/test")
    during, after = shop.receiver.requests
    assert len(during.headers["webhook-signature"].split()) == 2
    assert len(after.headers["webhook-signature"].split()) == 1


async def test_each_channel_has_a_secret_of_its_own(shop: Shop) -> None:
    secrets = {shop.secret}
    for number in range(20):
        bot = (await shop.admin.post("/api/v1/bots", {"name": f"B{number}"})).json
        path = f"/api/v1/bots/{bot['id']}/custom-channel"
        made = await shop.admin.put(path, {"custom_channel_url": shop.receiver.url})
        secrets.add(made.json["signing_secret"])
    assert len(secrets) == 21


async def test_who_may_not_see_the_bot_finds_no_channel(
    shop: Shop, db: Database, app: AppClient
) -> None:
    path = f"/api/v1/bots/{shop.id}/custom-channel"
    assert (await app.get(path)).status == 401
    stranger = (await sign_in(db, app, "integrator", bot_ids=[shop.id + 1])).client
    operator = (await sign_in(db, app, "operator")).client
    assert (await stranger.get(path)).status == 404
    assert (await stranger.put(path, {"custom_channel_url": "https://a.example"})).status == 404
    assert (await operator.get(path)).status == 403


@pytest.mark.proves("SE-20", part="channel that is slow")
@pytest.mark.parametrize(
    ("error", "warned", "health"),
    [
        ("timeout: no whole answer in time", False, "unknown"),
        ("timeout: no whole answer in time", True, "error"),
        ("http_401", False, "error"),
    ],
)
async def test_a_channel_that_does_not_answer_in_time_is_unknown_until_the_warning(
    shop: Shop, db: Database, error: str, *, warned: bool, health: str
) -> None:
    (fresh,) = (await shop.admin.get("/api/v1/bots")).json["items"]
    assert fresh["channels"] == [{"channel": "custom_channel", "health": "unknown", "detail": ""}]
    await db.execute(
        "UPDATE endpoints SET failing_since = now(), last_error = $1,"
        " warned_at = CASE WHEN $2 THEN now() END",
        error,
        warned,
    )
    (row,) = (await shop.admin.get("/api/v1/bots")).json["items"]
    assert [(c["health"], c["detail"]) for c in row["channels"]] == [(health, error)]
