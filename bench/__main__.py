"""`make bench`: the figures that the product is held to, each beside its baseline.

`connective bench --small` looks quickly: less data, shorter rounds. A part alone:
`connective bench turn`, `deliveries`, `standing`, `live`, `list`, `distribution`, `replies`,
`telegram`, `deliveries-page`, `panel`, `webhooks`, `scaling`.
"""

import argparse
import statistics
import sys

import msgspec
import uvloop

from bench import (
    deliveries,
    distribution,
    lists,
    live,
    load,
    log_page,
    panel,
    replies,
    scaling,
    standing,
    telegram,
    turn,
    webhooks,
)

PARTS = (
    "turn", "deliveries", "standing", "live", "list", "distribution", "replies", "telegram",
    "deliveries-page", "panel", "webhooks", "scaling",
)  # fmt: skip


class Size(msgspec.Struct, frozen=True):
    """How much data, how many pairs of rounds of which length."""

    dialogs: int
    messages: int
    pairs: int
    seconds: float


FULL = Size(100_000, 1_000_000, 5, 5.0)
SMALL = Size(10_000, 100_000, 3, 3.0)


def say(line: str = "") -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def row(what: str, figure: str, ratio: str = "", bound: str = "") -> None:
    say(f"{what:<44}{figure:<32}{ratio:<26}{bound}")


def turns(size: Size) -> None:
    found = uvloop.run(
        turn.measure(
            pairs=size.pairs, seconds=size.seconds, dialogs=size.dialogs, messages=size.messages
        )
    )
    for name, rounds in (
        ("bare ASGI echo", found.echo),
        ("Node-RED, keeps nothing", found.node_red),
    ):
        row(name, _rate(rounds))
    ratio = found.ratio(found.node_red)
    row("durable turn", _rate(found.ours), f"{ratio:.2f} of Node-RED", "at least 2, aim 3.5")
    row("", "", f"{found.ratio(found.echo):.2f} of the echo")
    p50, p99 = (statistics.median(getattr(r, name) for r in found.ours) for name in ("p50", "p99"))
    row("time of a turn", f"p50 {p50:.0f} ms, p99 {p99:.0f} ms", "", "p99 under 50 ms")
    row("processor time, PostgreSQL included", f"{_cpu(found.ours):.2f} ms a turn")
    row("processor time of Node-RED", f"{_cpu(found.node_red):.2f} ms a request")
    say("\nwhat one turn writes")
    for line in found.written:
        say("  " + line)
    say()


def _cpu(rounds: list[load.Round]) -> float:
    return statistics.median(each.cpu_us for each in rounds) / 1000


def _rate(rounds: list[load.Round]) -> str:
    rates = sorted(each.per_s for each in rounds)
    return f"{statistics.median(rates):,.0f}/s ({rates[0]:,.0f}-{rates[-1]:,.0f})"


def drain(size: Size) -> None:
    found = deliveries.measure(pairs=size.pairs)
    bare, ours = statistics.median(found.bare), statistics.median(found.ours)
    row("bare fan-out by aiohttp, unsigned", f"{bare:,.0f}/s")
    row(
        "deliveries, durable and signed",
        f"{ours:,.0f}/s",
        f"{found.ratio():.2f} of the fan-out",
        "at least 0.4, aim 1",
    )


def rest(_: Size) -> None:
    found = standing.measure()
    row("memory of the idle server", f"{found.idle_mb:.0f} MB", "", "under 200 MB")
    row("second start to /readyz", f"{statistics.median(found.starts_s):.1f} s", "", "under 5 s")


def listening(size: Size) -> None:
    found = uvloop.run(live.measure(sockets=live.SOCKETS, seconds=6 * size.seconds, commits=50))
    row(
        f"commit to the last of {live.SOCKETS} sockets",
        f"p50 {statistics.median(found.last_ms):.0f} ms, p95 {found.p95:.0f} ms",
        f"{live.PER_S}/s, {found.heard:.0f} hear one",
        "p95 under 250 ms",
    )
    row("frames of messages that everyone sees", f"{found.most_per_s:,.0f}/s")


def reading(size: Size) -> None:
    found = uvloop.run(
        lists.measure(
            pairs=size.pairs, seconds=size.seconds, dialogs=size.dialogs, messages=size.messages
        )
    )
    row("bare list on asyncpg, the same statement", _rate(found.bare))
    row("list of 25 requests through the rule table", _rate(found.ours),
        f"{found.ratio():.2f} of the bare list", "at least 0.6, aim 0.9")  # fmt: skip
    p50, p99 = (statistics.median(getattr(r, name) for r in found.ours) for name in ("p50", "p99"))
    row("time of a list", f"p50 {p50:.0f} ms, p99 {p99:.0f} ms",
        f"p99 {found.growth():.1f} times that of a hundredth", "at most 1.5")  # fmt: skip
    row("processor time", f"{_cpu(found.ours):.2f} ms a list, bare {_cpu(found.bare):.2f} ms")


def assigning(size: Size) -> None:
    found = uvloop.run(distribution.measure(requests=size.dialogs // 10))
    row(
        f"{found.requests:,} requests over {distribution.OPERATORS} operators",
        f"{found.took_s:.1f} s, {found.per_s:,.0f}/s",
        f"bare asyncpg {found.least_s:.1f} s",
    )
    look = statistics.median(found.idle_look_s)
    row("a look at as many that nobody can take", f"{look:.2f} s")


def answering(size: Size) -> None:
    found = uvloop.run(replies.measure(each=10 * size.pairs))
    p50, direct = statistics.median(found.ours), statistics.median(found.direct)
    row("the same calls made directly", f"p50 {direct:.0f} ms")
    row(
        f"reply to the partner's address, {replies.CHATS} at once",
        f"p50 {p50:.0f} ms, p95 {found.p95:.0f} ms",
        f"{p50 / direct:.0f} times the call",
    )


def messaging(size: Size) -> None:
    found = uvloop.run(telegram.measure(seconds=2 * size.seconds))
    for of, what in (("taken", "update to the hook's 200"), ("answered", "update to the answer")):
        row(
            f"Telegram, {telegram.PER_S} updates/s: {what}",
            f"p50 {found.percentile(of, 50):.0f} ms, p99 {found.percentile(of, 99):.0f} ms",
        )


def looking_back(size: Size) -> None:
    """Pages of the delivery log, over all rows and over a hundredth of them."""
    rows = size.messages
    many, few = (uvloop.run(log_page.measure(each)) for each in (rows, rows // 100))
    for page in log_page.PAGES:
        row(
            f"log of {rows:,}: {page}",
            f"p50 {many.p50(page):.0f} ms, worst {many.worst(page):.0f} ms",
            f"{many.p50(page) / few.p50(page):.1f} times that of a hundredth",
        )


def opening(size: Size) -> None:
    found = uvloop.run(panel.measure(dialogs=size.dialogs, messages=size.messages))
    for of, what, bound in (
        ("painted_ms", "to the first rows", "under 1,500 ms"),
        ("risen_ms", "a message to the top of the list", "under 1,000 ms"),
    ):
        row(
            f"panel, {size.dialogs:,} requests: {what}",
            f"p50 {found.p50(of):.0f} ms, worst {found.worst(of):.0f} ms",
            "",
            bound,
        )


def fanning_out(size: Size) -> None:
    found = uvloop.run(webhooks.measure(pairs=4 * size.pairs))
    row("the same calls made directly", f"p50 {statistics.median(found.direct):.0f} ms")
    row(
        f"one event to the last of {webhooks.ENDPOINTS} webhooks",
        f"p50 {statistics.median(found.ours):.0f} ms, worst {found.worst:.0f} ms",
        f"{found.ratio():.1f} times the calls",
    )


def growing(size: Size) -> None:
    for step in uvloop.run(scaling.measure(seconds=2 * size.seconds)):
        what = f"{step.processes} process" + ("es" if step.processes > 1 else "")
        row(
            f"{what}: messages that the hook takes",
            f"{step.hooks.per_s:,.0f}/s",
            f"p50 {step.hooks.p50:.0f} ms, p99 {step.hooks.p99:.0f} ms",
        )
        row(f"{what}: with all that they cause", f"{step.through:,.0f}/s")
        row(
            f"{what}: memory, connections",
            f"{step.memory_mb:.0f} MB, {step.connections:.0f} to PostgreSQL",
        )


def main() -> int:
    parser = argparse.ArgumentParser(prog="connective bench", description=__doc__)
    parser.add_argument("part", nargs="*", help="one of: " + ", ".join(PARTS))
    parser.add_argument("--small", action="store_true", help="a quick look")
    chosen = parser.parse_args()
    if unknown := set(chosen.part) - set(PARTS):
        parser.error(f"no such part: {', '.join(unknown)}")
    size = SMALL if chosen.small else FULL
    measures = (
        *(turns, drain, rest, listening, reading, assigning, answering, messaging),
        *(looking_back, opening, fanning_out, growing),
    )
    for name, measure in zip(PARTS, measures, strict=True):
        if not chosen.part or name in chosen.part:
            measure(size)
    return 0


if __name__ == "__main__":
    sys.exit(main())
