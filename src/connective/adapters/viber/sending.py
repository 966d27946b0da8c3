"""Sends one message to Viber and reads what became of it."""

from connective.adapters.viber import api
from connective.adapters.viber.api import Said
from connective.contracts.provider import Connection
from connective.kit.egress import BreakerOpen, Egress, EgressError
from connective.kit.senders.delivery import Delivery, News, Outcome, Verdict

# https://developers.viber.com/docs/api/rest-bot-api/#error-codes
BAD_TOKEN, NOT_REGISTERED, NOT_SUBSCRIBED, TOO_MANY = 2, 5, 6, 12
# token, blocked, unknown, suspended, no webhook, not authorised, unpaid
ACCOUNT = frozenset({BAD_TOKEN, 7, 8, 9, 10, 15, 23, 24})
PATIENCE_S = 3600.0
STORED = 2048
BODY_BYTES = 30 * 1024


async def send(connection: Connection, delivery: Delivery, egress: Egress) -> Outcome:
    """The frozen body is one `send_message`."""
    if len(delivery.body) > BODY_BYTES:
        return Outcome("failed", error=f"too_large: {len(delivery.body)} bytes, Viber takes 30 KB")
    try:
        answer = await api.call(connection, egress, "send_message", delivery.body)
    except BreakerOpen as refusal:
        return Outcome("later", error=refusal.kind, retry_after_s=refusal.retry_in_s)
    except EgressError as failure:
        return Outcome("again", error=f"{failure.kind}: {failure}"[:STORED])
    outcome = Outcome(
        "delivered",
        http_status=answer.status,
        ms=answer.ms,
        response=answer.body[:STORED].decode("utf-8", "replace"),
    )
    said = api.said(answer)
    if said is None:
        outcome.verdict = _unread(answer.status)
        outcome.error = f"http_{answer.status}"
    elif said.status:
        _refused(outcome, said)
    else:
        outcome.provider_id = str(said.message_token or "")
    return outcome


def _unread(status: int) -> Verdict:
    """An answer that is none of Viber's: of something between us, or of a Viber that is down."""
    return "again" if status >= 500 or status in (200, 408, 429) else "failed"


def _refused(outcome: Outcome, said: Said) -> None:
    outcome.verdict, outcome.error = "failed", f"{said.status}: {said.status_message}"[:STORED]
    if said.status in ACCOUNT:
        outcome.news = News(account_error=said.status_message)
    elif said.status in (NOT_REGISTERED, NOT_SUBSCRIBED):
        outcome.news = News(unsubscribed=said.status_message)
    elif said.status == TOO_MANY:
        # this client has got as much as one may send to somebody who does not reply
        outcome.verdict, outcome.lane_only = "later", True
        outcome.retry_after_s = PATIENCE_S
