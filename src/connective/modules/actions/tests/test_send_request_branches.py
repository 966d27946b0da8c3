"""Where a call leads: statuses, failures, retries, time, the queue."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from connective.contracts.action import ACTIONS, ActionCall, ActionResult
from connective.kit.egress import Egress, Policy
from connective.kit.testing.canary import Canary
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.receiver import Receiver
from connective.modules.actions import actions, service

Send = Callable[..., Awaitable[ActionResult]]


def code_of(result: ActionResult) -> str | None:
    return result.error.code if result.error else None


@pytest.mark.proves("INT-08", part="503, 503, 200 with retry")
async def test_two_refusals_then_an_answer_is_ok_after_three_calls(
    send: Send, world: Any, receiver: Receiver
) -> None:
    receiver.answer(503, times=2)
    result = await send(
        url=receiver.url, format="JSON", data={"a": 1}, retry={"attempts": 2, "delay_ms": 500}
    )
    assert result.event == "ok"
    assert [record.status for record in result.requests] == [503, 503, 200]
    assert world.pauses == [0.5, 1.0]
    assert len({got.body for got in receiver.requests}) == 1


@pytest.mark.parametrize(
    ("values", "calls"),
    [
        ({"method": "GET"}, 3),
        ({"method": "PUT", "data": "x", "format": "text"}, 3),
        ({"method": "DELETE"}, 3),
        ({"method": "POST", "data": "x", "format": "text"}, 1),
        ({"method": "PATCH", "data": "x", "format": "text"}, 1),
        ({"method": "GET", "retry": {"attempts": 5, "delay_ms": 10, "on": ["429"]}}, 1),
        ({"method": "POST", "retry": 1}, 2),
    ],
)
async def test_what_is_safe_to_repeat_is_tried_three_times(
    values: dict[str, Any], calls: int, send: Send, receiver: Receiver
) -> None:
    receiver.always(502)
    result = await send(url=receiver.url, **values)
    assert (result.event, code_of(result)) == ("http_5xx", "http_502")
    assert len(receiver.requests) == calls


async def test_network_failures_are_tried_again(send: Send, receiver: Receiver) -> None:
    receiver.answer(cut="reset", times=2)
    assert (await send(url=receiver.url)).event == "ok"
    assert len(receiver.requests) == 3


async def test_retry_after_is_obeyed_in_seconds_and_as_a_date(
    send: Send, world: Any, receiver: Receiver, moving_clock: MovingClock
) -> None:
    receiver.answer(429, headers={"Retry-After": "4"})
    receiver.answer(429, headers={"Retry-After": "Mon, 04 May 2026 09:00:06 GMT"})
    assert (await send(url=receiver.url)).event == "ok"
    assert world.pauses == [4.0, 6.0]


async def test_a_retry_after_beyond_the_time_of_the_call_is_not_waited_for(
    send: Send, world: Any, receiver: Receiver
) -> None:
    receiver.answer(429, headers={"Retry-After": "60"})
    result = await send(url=receiver.url)
    assert (result.event, code_of(result), world.pauses) == ("http_4xx", "http_429", [])


async def test_pauses_and_tries_share_the_time_of_the_call(
    send: Send, world: Any, receiver: Receiver
) -> None:
    receiver.always(503)
    await send(url=receiver.url, timeout=10, retry={"attempts": 5, "delay_ms": 4000, "factor": 1})
    assert world.pauses == [4.0, 4.0]


@pytest.mark.proves("INT-08", part="timeout")
async def test_a_partner_that_sleeps_ends_in_timeout_at_the_limit(
    send: Send, receiver: Receiver
) -> None:
    never = asyncio.Event()
    receiver.answer(after=never)
    started = asyncio.get_running_loop().time()
    result = await send(url=receiver.url, timeout=1)
    assert asyncio.get_running_loop().time() - started < 1.5
    assert (result.event, code_of(result)) == ("timeout", "timeout")
    assert result.writes["send_request"]["status"] is None
    never.set()


@pytest.mark.parametrize(
    ("status", "event"),
    [(200, "ok"), (204, "ok"), (304, "not_ok"), (404, "http_4xx"), (500, "http_5xx")],
)
async def test_the_status_chooses_the_branch(
    status: int, event: str, send: Send, receiver: Receiver
) -> None:
    receiver.answer(status, body=b"")
    result = await send(url=receiver.url, retry=0)
    assert result.event == event
    assert code_of(result) == (None if event == "ok" else f"http_{status}")
    assert result.writes["send_request"]["status"] == status
    assert result.writes["send_request"]["ms"] >= 0
    assert (result.writes["send_request"]["error"] is None) == (event == "ok")


@pytest.mark.parametrize("codes", ["200-299,404", [200, 404], "404", 404])
async def test_success_codes_can_be_widened(codes: Any, send: Send, receiver: Receiver) -> None:
    receiver.answer(404)
    assert (await send(url=receiver.url, success_codes=codes)).event == "ok"


@pytest.mark.proves("INT-08", part="address not allowed")
async def test_a_forbidden_address_is_not_called(world: Any, canary: Canary) -> None:
    async with Egress(Policy()) as egress:
        world.egress = egress
        for url in (canary.url, f"https://127.0.0.1:{canary.port}/", "https://169.254.169.254/"):
            result = await actions.SEND_REQUEST.run(_call({"url": url}), world.services())
            assert (result.event, code_of(result)) == ("not_ok", "blocked_address")
            assert result.error is not None
            assert result.error.message.startswith("address not allowed")
    assert canary.connections == 0


@pytest.mark.proves("INT-08", part="class and text of failures")
@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://nowhere.invalid/", "dns"),
        ("http://127.0.0.1:1/", "connect"),
        ("ftp://x.test/", "bad_url"),
        ("http://[::1/", "bad_url"),
    ],
)
async def test_failures_have_a_class_and_a_text(url: str, code: str, world: Any) -> None:
    async def unknown(_host: str, _port: int) -> list[str]:
        raise OSError("unknown")

    async with Egress(Policy.build(allow_private=True), lookup=unknown) as egress:
        world.egress = egress
        result = await actions.SEND_REQUEST.run(_call({"url": url}), world.services())
    assert (result.event, code_of(result)) == ("not_ok", code)
    assert result.error is not None
    assert result.error.message
    assert result.writes["send_request"]["error"] == result.error.message
    assert result.log[-1].level == "error"


async def test_a_dead_host_is_answered_at_once_after_twenty_failures(
    send: Send, receiver: Receiver
) -> None:
    receiver.always(cut="reset")
    for _ in range(20):
        await send(url=receiver.url, retry=0)
    result = await send(url=receiver.url)
    assert (result.event, code_of(result)) == ("not_ok", "breaker_open")
    assert len(receiver.requests) == 20


async def test_redirects_are_followed_unless_switched_off(send: Send, receiver: Receiver) -> None:
    receiver.answer(302, headers={"Location": "/there"})
    assert (await send(url=receiver.url)).event == "ok"
    receiver.answer(302, headers={"Location": "/there"})
    result = await send(url=receiver.url, follow_redirects=False)
    assert (result.event, code_of(result)) == ("not_ok", "http_302")


async def test_an_async_call_is_queued_and_ok_at_once(
    world: Any, send: Send, receiver: Receiver
) -> None:
    result = await send(url=receiver.url, **{"async": True})
    assert (result.event, receiver.requests, len(world.queued)) == ("ok", [], 1)
    later = _call(world.queued[0].values, detached=True)
    assert (await actions.SEND_REQUEST.run(later, world.services())).event == "ok"
    assert len(receiver.requests) == 1


@pytest.fixture
def offered() -> None:
    """The module's actions, offered as the composition root does."""
    ACTIONS.offer("actions", actions.ACTIONS)


@pytest.mark.usefixtures("offered")
@pytest.mark.parametrize(
    ("action", "values", "again"),
    [
        ("send_request", {"url": "x"}, True),
        ("send_request", {"url": "x", "method": "put", "data": {"a": 1}}, True),
        ("action_send_request", {"url": "x", "method": "DELETE"}, True),
        ("send_request", {"url": "x", "data": {"a": 1}}, False),
        ("send_request", {"url": "x", "method": "PATCH"}, False),
        ("send_request", {"url": "x", "data": {"a": 1}, "idempotency_key": "k"}, True),
        ("action_send_me", {"url": "x"}, False),
        ("send_me", {"url": "x", "method": "GET"}, True),
        ("taken_away", {}, False),
    ],
)
def test_a_call_in_flight_at_a_crash_is_repeated_only_where_that_is_harmless(
    action: str, values: dict[str, Any], again: bool
) -> None:
    result = service.interrupted(action, values)
    assert (result is None) == again
    if result is not None:
        assert code_of(result) == "uncertain"
        assert result.event == ("error" if action == "taken_away" else "not_ok")


@pytest.mark.usefixtures("offered")
async def test_both_spellings_of_an_action_run_it_and_an_unknown_one_is_an_error(
    world: Any, receiver: Receiver
) -> None:
    for name in ("send_request", "action_send_request"):
        result = await service.run(name, _call({"url": receiver.url}), world.services())
        assert result.event == "ok"
    result = await service.run("action_gone", _call({}), world.services())
    assert (result.event, code_of(result)) == ("error", "unknown_action")
    assert {"send_request", "send_me"} <= set(service.specs())


def _call(values: dict[str, Any], *, detached: bool = False) -> ActionCall:
    return ActionCall(
        call_id="1:1",
        bot_id=1,
        dialog_id=1,
        run_id=1,
        node_id=1,
        chat_id="1",
        channel="telegram",
        language="en",
        values=values,
        detached=detached,
    )
