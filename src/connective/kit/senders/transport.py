"""The default transport: a signed JSON POST, judged by its HTTP status."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import msgspec

from connective.kit import clock, outside_json
from connective.kit.egress import Answer, BreakerOpen, Egress, EgressError
from connective.kit.senders import signing
from connective.kit.senders.delivery import Delivery, Endpoint, Outcome, Verdict

READ_BYTES = 16 * 1024
STORED_BYTES = 2048
TRY_AGAIN = frozenset({408, 425, 429})
# These reasons lie in the endpoint's settings: the same call can only be refused again.
HOPELESS = frozenset({"bad_url", "bad_header"})


class _Said(msgspec.Struct):
    """What a custom channel may answer a message with."""

    status: str | None = None
    message: str | None = None
    message_id: str | int | None = None


_said = msgspec.json.Decoder(_Said)


async def send(endpoint: Endpoint, delivery: Delivery, egress: Egress) -> Outcome:
    """Post the frozen body; any 2xx is a success."""
    now = clock.now()
    headers = endpoint.headers | signing.headers(
        endpoint.keys(now), delivery.webhook_id, now, delivery.body
    )
    headers["Content-Type"] = "application/json"
    if endpoint.access_token:
        headers["x-access-token"] = endpoint.access_token
    started = clock.monotonic()
    try:
        answer = await egress.request(
            "POST",
            endpoint.url,
            headers=headers,
            body=delivery.body,
            timeout_s=endpoint.timeout_s,
            max_bytes=READ_BYTES,
            cut=True,
        )
    except BreakerOpen as refusal:
        return Outcome("later", error=refusal.kind, retry_after_s=refusal.retry_in_s)
    except EgressError as failure:
        verdict: Verdict = "failed" if failure.kind in HOPELESS else "again"
        ms = round((clock.monotonic() - started) * 1000)
        return Outcome(verdict, ms=ms, error=_named(failure))
    return judge(answer, endpoint)


async def send_to_channel(endpoint: Endpoint, delivery: Delivery, egress: Egress) -> Outcome:
    """The same for a custom channel, whose answer may name its message or refuse it."""
    outcome = await send(endpoint, delivery, egress)
    if outcome.verdict == "delivered" and outcome.response:
        return _heard(outcome)
    return outcome


def judge(answer: Answer, endpoint: Endpoint) -> Outcome:
    """The outcome of an answer, whatever its status."""
    status = answer.status
    outcome = Outcome(
        verdict_of(status),
        http_status=status,
        ms=answer.ms,
        response=_stored(answer.body, endpoint),
    )
    if outcome.verdict != "delivered":
        outcome.error = f"http_{status}"
        outcome.retry_after_s = _retry_after(answer)
    return outcome


def _named(failure: EgressError) -> str:
    """`timeout: no whole answer in 10 s`, `address_not_allowed: loopback: localhost`."""
    words = dict.fromkeys((failure.kind, failure.reason, failure.detail))
    return ": ".join(word for word in words if word)[:STORED_BYTES]


def verdict_of(status: int) -> Verdict:
    """A redirect is never followed: it is an answer that will not change by itself."""
    if 200 <= status < 300:
        return "delivered"
    if status >= 500 or status in TRY_AGAIN:
        return "again"
    return "gone" if status == 410 else "failed"


def _stored(body: bytes, endpoint: Endpoint) -> str | None:
    """The answer's text as the log keeps it; a token that came back is masked."""
    if not body:
        return None
    text = body.decode("utf-8", "replace").replace("\0", "")
    if endpoint.access_token:
        text = text.replace(endpoint.access_token, "***")
    return text if len(body) <= STORED_BYTES else _cut(text)


def _cut(text: str) -> str:
    return text.encode()[:STORED_BYTES].decode("utf-8", "ignore")


def _retry_after(answer: Answer) -> float | None:
    """Seconds to wait, from either form of the header."""
    given = answer.headers.get("retry-after")
    if given is None:
        return None
    given = given.strip()
    if given.isascii() and given.isdecimal():
        return float(given)
    try:
        moment: datetime = parsedate_to_datetime(given)
        return (moment.replace(tzinfo=moment.tzinfo or UTC) - clock.now()).total_seconds()
    except (ValueError, OverflowError):
        return None


def _heard(outcome: Outcome) -> Outcome:
    try:
        said = _said.decode(outcome.response or "")
    except outside_json.FAULTS:
        return outcome
    if said.status == "error":
        outcome.verdict, outcome.error = "failed", (said.message or "refused")[:STORED_BYTES]
    elif said.message_id is not None:
        outcome.provider_id = str(said.message_id)[:200]
    return outcome
