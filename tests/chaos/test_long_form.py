"""The long form: storms from one seed on until there were enough kills, and a report of them."""

import json
from pathlib import Path

import pytest

from tests.chaos.__main__ import weathered
from tests.chaos.storm import Outcome, Weather


def outcome(seed: int) -> Outcome:
    return Outcome(seed, messages=10, repeats=1, requests=12, kills=3, restarts=1, cuts=2)


async def mild(_: Weather, seed: int) -> Outcome:
    return outcome(seed)


async def rough(_: Weather, seed: int) -> Outcome:
    if seed == 8:
        raise AssertionError("seed 8: a message is lost")
    return outcome(seed)


def test_storms_follow_one_another_until_there_were_enough_kills(tmp_path: Path) -> None:
    report = weathered(7, 10, run=mild)
    assert [one.seed for one in report.storms] == [7, 8, 9]
    assert str(report) == (
        "3 storms, 12 kills, 30 messages: nothing was lost, doubled or out of order"
    )
    report.write(tmp_path / "chaos.json")
    told = json.loads((tmp_path / "chaos.json").read_text())
    assert (told["ok"], told["killed"], told["storms"][0]["cuts"]) == (True, 12, 2)


def test_the_first_that_goes_wrong_is_the_last(capsys: pytest.CaptureFixture[str]) -> None:
    report = weathered(7, 100, run=rough)
    assert (len(report.storms), report.wrong) == (1, "seed 8: a message is lost")
    assert "seed 8 ..." in capsys.readouterr().out
