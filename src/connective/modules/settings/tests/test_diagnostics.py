"""The log's tail and the archive for someone who helps: enough to see, nothing to steal."""

import io
import json
import logging
import zipfile
from collections.abc import Iterator

import pytest
import structlog

from connective.kit import instance, log_tail
from connective.kit.settings import Settings
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.modules.settings.service import diagnostics

pytestmark = pytest.mark.proves("SE-21", part="diagnostics")
SECRETS = ("scrape-me", "smtp-password", "my card is 4111")


@pytest.fixture
def tail(monkeypatch: pytest.MonkeyPatch) -> Iterator[logging.Logger]:
    """A logger whose lines, and nobody else's, come into the tail."""
    kept = log_tail.Tail(kept=5)
    monkeypatch.setattr(log_tail, "tail", kept)
    logger = logging.getLogger("connective.tests.tail")
    logger.addHandler(kept)
    logger.setLevel(logging.INFO)
    yield logger
    logger.removeHandler(kept)


async def lines(admin: Person, **query: object) -> list[dict[str, object]]:
    answer = await admin.client.get("/api/v1/system/log", params=query)
    assert answer.status == 200, answer.text
    found: list[dict[str, object]] = answer.json["items"]
    return found


async def test_lines_have_their_ids_and_never_what_was_filled_in(
    admin: Person, tail: logging.Logger
) -> None:
    with structlog.contextvars.bound_contextvars(request_id="r-1", dialog_id=7):
        tail.info("a client wrote %s", SECRETS[2])
        try:
            raise ValueError(SECRETS[2])
        except ValueError:
            tail.exception("a turn failed")
    failed, wrote = await lines(admin)
    assert (failed["event"], failed["failure"]) == ("a turn failed", "ValueError")
    assert (wrote["event"], wrote["level"]) == ("a client wrote %s", "info")
    assert (wrote["request_id"], wrote["dialog_id"]) == ("r-1", "7")
    assert SECRETS[2] not in str([failed, wrote])


async def test_the_tail_is_bounded_and_gives_the_newest_of_a_level_first(
    admin: Person, tail: logging.Logger
) -> None:
    for number in range(7):
        tail.log(logging.ERROR if number % 2 else logging.INFO, f"line {number}")
    assert [line["event"] for line in await lines(admin)] == [f"line {n}" for n in (6, 5, 4, 3, 2)]
    assert [line["event"] for line in await lines(admin, level="error")] == ["line 5", "line 3"]
    assert len(await lines(admin, limit=1)) == 1


@pytest.mark.parametrize("query", [{"level": "all"}, {"limit": 0}, {"limit": 501}])
async def test_a_bad_question_is_refused(admin: Person, query: dict[str, object]) -> None:
    assert (await admin.client.get("/api/v1/system/log", params=query)).status == 422


async def test_only_those_who_may(app: AppClient, db: Database) -> None:
    for role in ("supervisor", "integrator", "analyst"):
        person = await sign_in(db, app, role)
        for path in ("log", "diagnostics"):
            assert (await person.client.get(f"/api/v1/system/{path}")).status == 403
    assert await db.value("SELECT count(*) FROM audit") == 0


def test_each_setting_is_plain_or_an_address_or_one_of_the_known_secrets() -> None:
    shown = diagnostics.PLAIN | diagnostics.ADDRESSES
    assert not diagnostics.PLAIN & diagnostics.ADDRESSES
    assert set(Settings.model_fields) - shown == {"secret_key", "admin_password", "metrics_token"}
    assert shown <= set(Settings.model_fields)


class Longer(Settings):
    """Settings of a later release, in which nobody has classed the new one yet."""

    new_token: str = "newly-added-value"


def test_a_setting_that_nobody_classed_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance, "settings", lambda: Longer(port=1234))
    told = diagnostics.environment()
    assert told["new_token"] == "set"
    assert told["port"] == 1234


class TestArchive:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(
            update={
                "metrics_token": SECRETS[0],
                "smtp_url": f"smtp://me:{SECRETS[1]}@127.0.0.1:1",
            }
        )

    async def test_it_holds_what_helps_and_no_secret(
        self, admin: Person, tail: logging.Logger, settings: Settings, db: Database
    ) -> None:
        tail.warning("a client wrote %s", SECRETS[2])
        await admin.client.put("/api/v1/secrets/SHOP", {"value": "shop secret value"})
        answer = await admin.client.get("/api/v1/system/diagnostics")
        assert answer.status == 200, answer.text
        assert answer.headers["Content-Type"] == "application/zip"
        assert "attachment" in answer.headers["Content-Disposition"]
        archive = zipfile.ZipFile(io.BytesIO(answer.body))
        files = {name: archive.read(name).decode() for name in archive.namelist()}
        assert set(files) == {
            *("versions.json", "settings.json", "status.json", "queues.json"),
            *("stored_settings.json", "log.jsonl"),
        }
        told = json.loads(files["settings.json"])
        assert (told["metrics_token"], told["smtp_url"]) == ("set", "smtp://127.0.0.1:1")
        assert "schema" in [check["name"] for check in json.loads(files["status.json"])["checks"]]
        assert json.loads(files["queues.json"])["readings"]["queue_depth jobs"] == 0
        assert json.loads(files["log.jsonl"])["event"] == "a client wrote %s"
        everything = "".join(files.values())
        for secret in (*SECRETS, *settings.secret_key, "shop secret value"):
            assert secret not in everything
        (row,) = await db.fetch("SELECT * FROM audit WHERE action = 'diagnostics.downloaded'")
        assert row["actor_id"] == admin.id
