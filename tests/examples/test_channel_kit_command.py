"""`connective channel-kit` on the command line: its report, its exit code, its refusals."""

import argparse
import asyncio
import json
import re
import sys
from pathlib import Path

import pytest

from connective.app import cli
from connective.app.commands import channel_kit
from connective.channel_kit.options import Options
from connective.channel_kit.run import chosen, run
from connective.kit import crypto
from examples.partner.host import running
from examples.partner.settings import Settings
from tools.bootstrap.places import DOCS, ROOT

NOWHERE = "http://127.0.0.1:9/channel"


@pytest.mark.proves("INT-06", part="channel kit")
@pytest.mark.parametrize(("broken", "code"), [("", 0), ("html-answer", 1)])
async def test_the_command_prints_and_writes_what_it_found(
    broken: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret, json_file, html_file = crypto.webhook_secret(), tmp_path / "r.json", tmp_path / "r.html"
    async with running(Settings(folder=tmp_path, secret=secret, broken=broken)) as (url, _):
        arguments = [
            *("channel-kit", f"{url}/channel", "--secret", secret, "--probe", f"{url}/probe"),
            *("--allow-private", "--only", "answers.*", "--settle", "0", "--language", "uk"),
            *("--json", str(json_file), "--html", str(html_file)),
        ]
        assert await asyncio.to_thread(cli.main, arguments) == code
    said = capsys.readouterr()
    written = json.loads(json_file.read_bytes())
    assert written["ok"] is (code == 0)
    assert [r["id"] for r in written["results"]][:2] == ["answers.in_time", "answers.json"]
    assert "[1/5] ✓ пройдено" in said.err
    assert ("Відповідайте {}" in said.out) is bool(code)
    assert secret not in json_file.read_text("utf-8") + html_file.read_text("utf-8")
    assert '<html lang="uk">' in html_file.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "give the partner's URL"),
        ([NOWHERE, "--against-connective", NOWHERE], "give the partner's URL"),
        ([NOWHERE, "--only", "nothing.*"], "no check fits"),
        ([NOWHERE, "--secret", "whsec_ї"], "--secret"),
        ([NOWHERE, "--listen", "8099"], "HOST:PORT"),
        (["ftp://partner"], "the address cannot be called"),
        ([NOWHERE, "--probe", "no address"], "--probe cannot be called"),
    ],
)
def test_a_wrong_use_is_one_line(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["channel-kit", *arguments]) == 1
    said = capsys.readouterr()
    assert told in said.err
    assert said.err.count("\n") == 1


def test_private_addresses_are_called_only_when_that_is_allowed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["channel-kit", NOWHERE, "--only", "answers.in_time"]) == 1
    assert "https_required" in capsys.readouterr().out


def test_the_checks_are_listed_with_their_titles(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["channel-kit", "--against-connective", NOWHERE, "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "hook.duplicate         Knows a repeated update" in lines
    assert lines == sorted(lines, key=lambda line: line.partition(".")[0])


def test_the_guide_names_every_option_and_every_group() -> None:
    guide = (DOCS / "guide/integrations/channel-kit.md").read_text("utf-8")
    parser = argparse.ArgumentParser()
    channel_kit.add(parser.add_subparsers())
    (commands,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))  # noqa: SLF001
    options = set(re.findall(r"--[a-z-]+", commands.choices["channel-kit"].format_help()))
    assert options - {"--help"} == {name for name in options if f"`{name}" in guide}
    for side in ("partner", "connective"):
        groups = {check.id.partition(".")[0] for check in chosen(Options(url="", side=side))}
        assert all(f"| `{group}` |" in guide for group in groups)


async def test_the_partner_is_started_as_its_readme_says() -> None:
    secret = crypto.webhook_secret()
    partner = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "examples.partner", "--port", "0", "--secret", secret),
        *("--token", "T", "--break", "any-token"),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert partner.stdout is not None
        line = (await partner.stdout.readline()).decode()
        url = line.removeprefix("custom_channel_url: ").strip()
        options = Options(
            url=url,
            secret=secret,
            token="T",
            allow_private=True,
            only=("security.*", "answers.json"),
        )
        report = await run(options)
        failed = {result.id for result in report.results if result.state == "failed"}
        assert failed == {"security.token"}
    finally:
        partner.terminate()
        await partner.communicate()
