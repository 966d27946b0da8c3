"""The buffer before the request log: bounded, counted, patient with a database that is away."""

from typing import Any

import pytest

from connective.kit import clock, metrics, request_log
from connective.kit.context import Ctx
from connective.kit.db.engine import close_engine, open_engine
from connective.kit.masking import Masker, by_name
from connective.kit.request_log import Entry
from connective.kit.testing.databases import Database
from connective.modules.integrations.request_log import writer


@pytest.fixture(autouse=True)
def empty() -> None:
    request_log.take(request_log.MOST)


def entry(**more: Any) -> Entry:
    values: dict[str, Any] = {
        "at": clock.now(),
        "direction": "in",
        "source": "api",
        "method": "GET",
        "url": "/x",
    }
    return Entry(**(values | more))


def dropped(reason: str) -> float:
    name = "connective_request_log_dropped_total"
    return metrics.registry.get_sample_value(name, {"reason": reason}) or 0.0


def test_what_finds_the_buffer_full_is_counted_and_slows_nobody() -> None:
    before = dropped("full")
    for _ in range(request_log.MOST + 3):
        request_log.note(entry())
    assert request_log.waiting() == request_log.MOST
    assert dropped("full") == before + 3


def test_what_could_not_be_written_keeps_its_place_before_the_newer() -> None:
    request_log.note(entry(url="/1"))
    request_log.note(entry(url="/2"))
    taken = request_log.take(10)
    request_log.note(entry(url="/3"))
    request_log.give_back(taken)
    assert [one.url for one in request_log.take(10)] == ["/1", "/2", "/3"]


async def test_entries_wait_for_a_database_that_is_away(db: Database) -> None:
    request_log.note(entry(url="/kept"))
    await close_engine()
    open_engine("postgresql://nobody@127.0.0.1:9/none")
    await writer.write_all()
    assert request_log.waiting() == 1
    await close_engine()
    open_engine(db.dsn)
    await writer.write_all()
    assert request_log.waiting() == 0
    assert await db.value("SELECT url FROM request_log") == "/kept"


async def test_an_entry_that_no_table_takes_is_counted_and_blocks_nothing(db: Database) -> None:
    before = dropped("failed")
    request_log.note(entry(bot_id=2**70))
    await writer.write_all()
    assert dropped("failed") == before + 1
    request_log.note(entry(url="/a\0b"))
    await writer.write_all()
    assert await db.value("SELECT url FROM request_log") == "/ab"


async def test_secrets_of_the_vault_are_hidden_wherever_they_stand(ctx: Ctx) -> None:
    told = writer.row(
        entry(
            url="/x?q=s%20cret",
            request_body="a s cret b",
            error="s cret",
            response_headers={"x-echo": "s cret"},
            kept=("shown-key",),
            response_body='{"you": "shown-key"}',
        ),
        Masker(["s cret"]),
    )
    assert told["url"] == "/x?q=***"
    assert told["request_body"] == "a *** b"
    assert told["error"] == "***"
    assert told["response_headers"] == {"x-echo": "***"}
    assert told["response_body"] == '{"you": "***"}'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('{"password": "a\\"b", "x": 1}', '{"password": "***", "x": 1}'),
        ('{"new_password":"cut off he', '{"new_password":"***"'),
        ('{"token_set": true, "secret": {"a": "b"}}', '{"token_set": true, "secret": "***"'),
        ('{"x_access_token": null, "keyboard": 1}', '{"x_access_token": null, "keyboard": 1}'),
        ("name=Ann&api_key=abc&x=1", "name=Ann&api_key=***&x=1"),
        ("/kw/api/call_node/1/2?key=abc", "/kw/api/call_node/1/2?key=***"),
        ('[{"OTP" : 123456}]', '[{"OTP" : "***"}]'),
    ],
)
def test_fields_with_telling_names_are_hidden_even_in_what_is_cut_off(
    text: str, shown: str
) -> None:
    assert by_name(text) == shown
