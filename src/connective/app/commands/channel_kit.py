"""`connective channel-kit`: plays a whole conversation with a custom channel's other side."""

import argparse
import asyncio
from pathlib import Path
from typing import Any

from connective.app.failures import CommandFailed
from connective.app.terminal import note, say
from connective.channel_kit import printed
from connective.channel_kit.options import Options
from connective.channel_kit.page import page
from connective.channel_kit.report import Report, Result
from connective.channel_kit.run import chosen, run
from connective.kit import i18n
from connective.kit.egress.errors import EgressError
from connective.kit.egress.hosts import parse_url
from connective.kit.senders import signing

TOLD = "try a custom channel: your implementation of it, or this product's"
MOST_PATIENT_S = 3600.0


def add(commands: Any) -> None:
    kit = commands.add_parser("channel-kit", help=TOLD, description=TOLD)
    kit.set_defaults(run=_run)
    kit.add_argument("url", nargs="?", default="", help="the custom_channel_url of the partner")
    kit.add_argument(
        "--against-connective", metavar="INPUT_URL", help="play the partner towards an input_url"
    )
    kit.add_argument("--token", default="", help="x-access-token of the channel's calls")
    kit.add_argument("--secret", default="", help="signing secret of the channel, whsec_...")
    kit.add_argument("--input-token", default="", help="x-access-token of updates")
    kit.add_argument("--probe", default="", metavar="URL", help="where the partner shows its users")
    kit.add_argument("--chat", default="", help="use this chat of the partner, not new ones")
    kit.add_argument("--listen", metavar="HOST:PORT", help="where the other side reaches the kit")
    kit.add_argument("--public-url", default="", help="the same as seen from the other side")
    for name, seconds, told in (
        ("timeout", 10.0, "how long an answer may take"),
        ("patience", 20.0, "how long to wait for what has to happen"),
        ("settle", 1.0, "how long to watch for what must not happen"),
    ):
        kit.add_argument(f"--{name}", type=_seconds, default=seconds, metavar="S", help=told)
    kit.add_argument("--only", action="append", default=[], metavar="PATTERN", help="such checks")
    kit.add_argument("--list", action="store_true", help="name the checks and make none")
    kit.add_argument(
        "--allow-private", action="store_true", help="let private addresses and http be called"
    )
    kit.add_argument("--language", choices=i18n.LANGUAGES, default="en")
    kit.add_argument("--json", type=Path, metavar="FILE", help="write the report as JSON")
    kit.add_argument("--html", type=Path, metavar="FILE", help="write the report as a page")


def _run(given: argparse.Namespace) -> int:
    options = _options(given)
    checks = chosen(options)
    if not checks:
        raise CommandFailed("no check fits --only; --list names them")
    if given.list:
        for check in checks:
            key = f"channel_kit.{options.side}.{check.id}.title"
            say(f"{check.id:{printed.WIDTH}} {i18n.text(options.language, key)}")
        return 0
    _judged(options)
    report = asyncio.run(_played(options))
    for line in printed.story(report):
        say(line)
    _written(report, given)
    return 0 if report.ok else 1


def _options(given: argparse.Namespace) -> Options:
    if bool(given.url) == bool(given.against_connective):
        raise CommandFailed("give the partner's URL, or --against-connective INPUT_URL")
    host, port = _listening(given.listen) if given.listen else ("127.0.0.1", 0)
    return Options(
        url=given.url or given.against_connective,
        side="connective" if given.against_connective else "partner",
        token=given.token,
        secret=given.secret,
        input_token=given.input_token,
        probe=given.probe,
        chat=given.chat,
        host=host,
        port=port,
        listens=bool(given.listen),
        public_url=given.public_url,
        timeout_s=given.timeout,
        patience_s=given.patience,
        settle_s=given.settle,
        allow_private=given.allow_private,
        only=tuple(given.only),
        language=given.language,
    )


def _judged(options: Options) -> None:
    """What could only go wrong is refused before anything is sent."""
    for name, url in (("the address", options.url), ("--probe", options.probe)):
        try:
            if url:
                parse_url(url)
        except EgressError as failure:
            raise CommandFailed(f"{name} cannot be called: {failure}") from None
    try:
        signing.key_of(options.secret)
    except ValueError:
        raise CommandFailed("--secret is not whsec_ and base64") from None


def _listening(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise CommandFailed("--listen takes HOST:PORT, such as 0.0.0.0:8099")
    return host.strip("[]"), int(port)


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds <= MOST_PATIENT_S:
        raise argparse.ArgumentTypeError(f"0 to {MOST_PATIENT_S:g} seconds")
    return seconds


async def _played(options: Options) -> Report:
    def heard(result: Result, number: int, of: int) -> None:
        note(printed.line(result, number, of, language=options.language))

    async def listening(url: str) -> None:
        for name in ("listening", f"listening_{options.side}"):
            note(i18n.text(options.language, f"channel_kit.report.{name}", url=url))

    try:
        return await run(options, heard=heard, listening=listening)
    except OSError as failure:
        raise CommandFailed(f"cannot listen: {failure.strerror}; choose another --listen") from None


def _written(report: Report, given: argparse.Namespace) -> None:
    for file, content in ((given.json, report.json()), (given.html, page(report).encode())):
        if file is not None:
            try:
                file.write_bytes(content)
            except OSError as failure:
                raise CommandFailed(f"cannot write {file}: {failure.strerror}") from None
            note(i18n.text(report.language, "channel_kit.report.written", file=file))
