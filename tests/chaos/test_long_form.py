"""The long form: storms from one seed on until there were enough kills, and a report of them."""

import asyncio
import json
from pathlib import Path

import pytest

from tests.chaos import trial
from tests.chaos.__main__ import Report, known, struck, weathered
from tests.chaos.storm import Outcome, Weather
from tests.chaos.trial import Trial, Tried


def outcome(seed: int) -> Outcome:
    return Outcome(seed, messages=10, repeats=1, requests=12, kills=3, restarts=1, cuts=2)


async def mild(_: Weather, seed: int) -> Outcome:
    return outcome(seed)


async def rough(_: Weather, seed: int) -> Outcome:
    if seed == 8:
        raise AssertionError("seed 8: a message is lost")
    return outcome(seed)


def test_storms_follow_one_another_until_there_were_enough_kills(tmp_path: Path) -> None:
    report = Report(7)
    weathered(report, 10, run=mild)
    assert [one.seed for one in report.storms] == [7, 8, 9]
    assert str(report) == (
        "3 storms, 12 kills, 30 messages: nothing was lost, doubled or out of order"
    )
    report.write(tmp_path / "chaos.json")
    told = json.loads((tmp_path / "chaos.json").read_text())
    assert (told["ok"], told["killed"], told["storms"][0]["cuts"]) == (True, 12, 2)


def test_the_first_that_goes_wrong_is_the_last(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report(7)
    weathered(report, 100, run=rough)
    assert (len(report.storms), report.wrong) == (1, "seed 8: a message is lost")
    assert "seed 8 ..." in capsys.readouterr().out


async def broken(_: Weather, seed: int) -> Outcome:
    async with asyncio.TaskGroup() as group:
        group.create_task(mild(_, seed))
        raise KeyError("no such thing")


def test_a_crash_of_the_storm_itself_ends_in_a_report_too(tmp_path: Path) -> None:
    report = Report(7, storms=[outcome(6)])
    weathered(report, 100, run=broken)
    assert report.wrong == "a crash of KeyError: 'no such thing'"
    report.write(tmp_path / "new" / "chaos.json")
    told = json.loads((tmp_path / "new" / "chaos.json").read_text())
    assert (told["ok"], told["killed"], told["wrong"]) == (False, 4, report.wrong)
    assert "in broken" in told["trace"]


FAULTS = {
    *("restarts", "full_disk", "read_only_disk", "clock_jumps", "no_names", "two_versions"),
    "restored_elsewhere",
}


def test_every_fault_is_found_by_its_file_and_only_the_first_wrong_one_ends_the_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert set(known()) == FAULTS
    lasted: list[float] = []

    async def tried(one: Trial, seed: int, *, seconds: float) -> Tried:
        lasted.append(seconds)
        if one.name == "bad":
            raise AssertionError("bad: a message is lost")
        return Tried(one.name, seed, skipped="no root" if one.name == "skipped" else "")

    monkeypatch.setattr(trial, "run", tried)
    report = Report(7)
    trials = [Trial(name, strike=None) for name in ("good", "skipped", "bad", "later")]  # type: ignore[arg-type]
    struck(report, trials, share=0.5)
    assert lasted == [30.0, 30.0, 30.0]
    assert (
        str(report) == "0 storms, 0 kills, faults: good, 0 messages: wrong: bad: a message is lost"
    )
    assert str(report.trials[1]) == "skipped: not tried: no root"
