"""The reference partner passes the channel kit, and each way of breaking it fails its check."""

import asyncio

import pytest

from connective.channel_kit.options import Options
from connective.channel_kit.report import Report
from connective.channel_kit.run import chosen, run
from connective.kit import crypto
from examples.partner.host import running
from examples.partner.settings import BREAKS, Settings

# What each mistake fails, and nothing else.
FAILS = {
    "any-signature": "security.signature",
    "stale-timestamp": "security.stale",
    "any-token": "security.token",
    "duplicates": "delivery.duplicate",
    "marks-first": "delivery.retry",
    "arrival-order": "delivery.order",
    "answers-first": "content.dead_file",
    "lost-updates": "delivery.burst",
    "no-emoji": "content.emoji",
    "large-file": "content.large_file",
    "slow-answer": "answers.slow_file",
    "html-answer": "answers.json",
    "error-in-200": "answers.success",
    "forgets-edits": "events.edited",
    "forgets-deletes": "events.deleted",
    "new-update-id": "updates.retry",
    "batch": "updates.batch",
}
# Who answers with a page or with an error names no messages either.
UNSEEN = {"html-answer": {"answers.message_id"}, "error-in-200": {"answers.message_id"}}
GROUPS = [list(FAILS)[start : start + 4] for start in range(0, len(FAILS), 4)]


async def played(
    folders: pytest.TempPathFactory, *, broken: str = "", probed: bool = True
) -> Report:
    """The whole conversation with a partner of the test's own."""
    secret = crypto.webhook_secret()
    settings = Settings(
        folder=folders.mktemp("partner"),
        secret=secret,
        token="T",
        input_token="I",
        retry_s=0.05,
        broken=broken,
    )
    async with running(settings) as (url, updates):

        async def listening(kit: str) -> None:
            updates.post_to(f"{kit}/messengers_host/1/custom_channel/hooks")

        # these two make the kit wait to the end, for an answer or an update that never comes
        within_s = 5 if broken in ("slow-answer", "batch") else 20
        options = Options(
            url=f"{url}/channel",
            secret=secret,
            token="T",
            input_token="I",
            probe=f"{url}/probe" if probed else "",
            listens=True,
            allow_private=True,
            timeout_s=within_s,
            patience_s=20 if broken != "batch" else within_s,
            settle_s=0.05,
        )
        return await run(options, listening=listening)


def ids(report: Report, state: str) -> set[str]:
    return {result.id for result in report.results if result.state == state}


@pytest.mark.proves("INT-06", part="channel kit")
async def test_the_reference_partner_passes_every_check(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    report = await played(tmp_path_factory)
    assert {r.id: r.came for r in report.results if r.state != "passed"} == {}
    assert len(report.results) == len(chosen(Options(url="")))
    assert report.ok


@pytest.mark.proves("INT-06", part="channel kit")
@pytest.mark.parametrize("mistakes", GROUPS, ids=",".join)
async def test_each_mistake_fails_on_its_check_and_on_no_other(
    mistakes: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    reports = await asyncio.gather(*(played(tmp_path_factory, broken=name) for name in mistakes))
    failed = {
        name: {r.id: r.came for r in report.results if r.state == "failed"}
        for name, report in zip(mistakes, reports, strict=True)
    }
    assert {name: set(found) for name, found in failed.items()} == {
        name: {FAILS[name]} for name in mistakes
    }, failed
    for name, report in zip(mistakes, reports, strict=True):
        assert ids(report, "not_seen") == UNSEEN.get(name, set())
        assert not report.ok


def test_every_mistake_that_the_partner_knows_is_tried() -> None:
    assert set(FAILS) == set(BREAKS)


@pytest.mark.proves("INT-06", part="channel kit")
async def test_what_nobody_shows_is_not_seen_instead_of_passed(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    report = await played(tmp_path_factory, probed=False)
    assert ids(report, "failed") == set()
    assert {"delivery.duplicate", "delivery.order", "content.emoji", "updates.retry"} <= ids(
        report, "not_seen"
    )
    assert {"answers.json", "security.signature", "events.every"} <= ids(report, "passed")
