"""What the kit found, in words: printed, as a page, in both languages, nothing secret in it."""

import json
import re
from pathlib import Path

import pytest

import connective.channel_kit
from connective.channel_kit import printed
from connective.channel_kit.caller import Exchange, Notes, excerpt, masked
from connective.channel_kit.options import Options, Side
from connective.channel_kit.page import page
from connective.channel_kit.report import Report, Result, State
from connective.channel_kit.run import chosen
from connective.kit import i18n

EVIL = '"><script>alert(1)</script>'
CODES = re.compile(r'(?:fail|not_seen)\(\s*"(\w+)"')


def result(state: State, **parts: str) -> Result:
    words = {"title": "T", "sent": "S", "expected": "E", "came": "C", "hint": "H"} | parts
    call = Exchange(
        at="2026-05-04T09:00:00.000Z",
        incoming=False,
        call=f"POST http://x/{EVIL}",
        headers={"x": EVIL},
        body=EVIL,
        status=200,
        answer=EVIL,
    )
    return Result(id=f"a.{state}", state=state, ms=1, exchanges=[call], left_out=3, **words)


def report(language: str = "en") -> Report:
    states: tuple[State, ...] = ("passed", "failed", "not_seen")
    return Report(
        side="partner",
        url=f"http://x/{EVIL}",
        language=language,
        started_at="2026-05-04T09:00:00.000Z",
        results=[result(state, came=EVIL) for state in states],
    )


@pytest.mark.parametrize("side", ["partner", "connective"])
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_check_has_its_words(side: Side, language: str) -> None:
    for check in chosen(Options(url="", side=side)):
        for part in ("title", "sent", "expected", "hint"):
            key = f"channel_kit.{side}.{check.id}.{part}"
            assert i18n.text(language, key) != key


def test_every_finding_has_its_sentence() -> None:
    folder = Path(connective.channel_kit.__file__).parent
    sources = "".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
    said = i18n.catalogue("en")["channel_kit"]["found"]
    assert set(CODES.findall(sources)) <= said.keys()
    assert {f"took_{how}" for how in ("unsigned", "foreign", "changed")} <= said.keys()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_page_runs_nothing_that_came_from_outside_and_needs_nothing(language: str) -> None:
    shown = page(report(language))
    assert "<script" not in shown
    assert (
        shown.count("&lt;script&gt;") == 1 + 3 * 5
    )  # the address, then what came and the call of each check
    assert f'<html lang="{language}">' in shown
    assert "light-dark(" in shown
    assert "<link" not in shown
    assert "src=" not in shown
    assert i18n.text(language, "channel_kit.report.left_out", count=3) in shown


def test_json_holds_every_exchange_and_the_counts() -> None:
    said = json.loads(report().json())
    assert (said["ok"], said["passed"], said["failed"], said["not_seen"]) == (False, 1, 1, 1)
    assert said["results"][1]["exchanges"][0]["answer"] == EVIL


def test_a_run_in_which_nothing_was_seen_is_not_well() -> None:
    unseen = Report(side="partner", url="", language="en", started_at="")
    unseen.results = [result("not_seen")]
    assert not unseen.ok


def test_lines_tell_progress_and_what_to_do_about_a_failure() -> None:
    line = printed.line(result("failed"), 3, 40, language="en")
    assert line.startswith("[ 3/40] ✗ failed")
    told = "\n".join(printed.story(report()))
    assert "a.passed" not in told
    assert "To mend it:    H" in told
    assert told.endswith("1 passed, 1 failed, 1 not seen")


def test_tokens_are_masked_and_long_bodies_cut() -> None:
    assert masked({"X-Access-Token": "secret", "webhook-id": "d_1"}) == {
        "X-Access-Token": "***",
        "webhook-id": "d_1",
    }
    assert excerpt("ї".encode() * 5000).endswith("... (10000 bytes)")


def test_of_many_exchanges_the_first_are_kept_and_the_rest_counted() -> None:
    notes = Notes()
    for _ in range(20):
        notes.add(result("passed").exchanges[0])
    assert (len(notes.exchanges), notes.left_out) == (12, 8)
