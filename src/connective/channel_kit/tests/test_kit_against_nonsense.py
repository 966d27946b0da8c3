"""Whatever the other side answers, the kit comes to its end and says what it saw."""

from typing import Any

import pytest

from connective.channel_kit.options import Options
from connective.channel_kit.run import chosen, run
from connective.kit import crypto
from connective.kit.testing.receiver import Receiver

ANSWERS: list[Any] = [
    (200, [1, None]),
    (200, {"messages": [{"id": "m", "text": "t"}], "id": 5, "results": 7, "message_id": {}}),
    (200, "words"),
    (500, None),
]


@pytest.mark.parametrize(("status", "body"), ANSWERS, ids=["list", "object", "text", "failure"])
async def test_a_partner_that_talks_nonsense_is_judged_to_the_end(
    receiver: Receiver, status: int, body: Any
) -> None:
    receiver.always(status, body)
    options = Options(
        url=f"{receiver.url}/channel",
        secret=crypto.webhook_secret(),
        token="T",
        input_token="I",
        probe=f"{receiver.url}/probe",
        listens=True,
        allow_private=True,
        timeout_s=0.3,
        patience_s=0.05,
        settle_s=0,
        only=("answers.*", "content.e*", "delivery.d*", "events.*", "security.*", "updates.[bsr]*"),
    )
    report = await run(options)
    assert len(report.results) == len(chosen(options))
    assert not report.ok
    states = {result.id: result.state for result in report.results}
    if status == 200:
        assert states["security.token"] == "failed"
    else:
        assert states["answers.in_time"] == "failed"


async def test_a_hook_that_talks_nonsense_is_judged_to_the_end(receiver: Receiver) -> None:
    receiver.always(200, [1, None])
    options = Options(
        url=f"{receiver.url}/messengers_host/1/custom_channel/hooks",
        side="connective",
        input_token="I",
        secret=crypto.webhook_secret(),
        allow_private=True,
        settle_s=0,
    )
    report = await run(options)
    seen = {result.id: result.state for result in report.results}
    assert seen["hook.success"] == seen["refused.json"] == "failed"
    assert seen["call.envelope"] == "not_seen"


async def test_nobody_there_is_told_for_every_check() -> None:
    options = Options(url="http://127.0.0.1:9/channel", allow_private=True, patience_s=0.1)
    report = await run(options)
    assert {r.id for r in report.results if r.state == "passed"} == set()
