"""What goes over the wire: signature, headers, bounds; and how an answer is judged."""

import base64

import pytest
from standardwebhooks import Webhook as PublicVerifier
from standardwebhooks import WebhookVerificationError

from connective.kit import clock, crypto
from connective.kit.egress import Egress
from connective.kit.senders import signing
from connective.kit.senders.sender import Sender
from connective.kit.testing.canary import Canary
from connective.kit.testing.ledger import Ledger
from connective.kit.testing.receiver import Receiver

pytestmark = [
    pytest.mark.proves("INT-06", part="delivery"),
    pytest.mark.proves("P-07", part="deliveries"),
]


async def test_a_public_library_verifies_what_we_sign(
    ledger: Ledger, sender: Sender, receiver: Receiver
) -> None:
    endpoint = await ledger.endpoint(receiver.url)
    (number,) = await ledger.send(endpoint)
    await sender.run_once()
    (request,) = receiver.requests
    verifier = PublicVerifier(ledger.secrets[endpoint])
    verifier.verify(request.body, dict(request.headers))
    assert request.headers["webhook-id"] == number
    assert request.headers["Content-Type"] == "application/json"
    for name, value in (
        ("webhook-id", number[:-1] + "x"),
        ("webhook-timestamp", str(int(request.headers["webhook-timestamp"]) + 1)),
        ("webhook-signature", request.headers["webhook-signature"].swapcase()),
    ):
        with pytest.raises(WebhookVerificationError):
            verifier.verify(request.body, dict(request.headers) | {name: value})
    with pytest.raises(WebhookVerificationError):
        verifier.verify(request.body + b" ", dict(request.headers))
    with pytest.raises(WebhookVerificationError):
        PublicVerifier(crypto.webhook_secret()).verify(request.body, dict(request.headers))


async def test_during_a_rotation_both_keys_sign(
    ledger: Ledger, sender: Sender, receiver: Receiver
) -> None:
    endpoint = await ledger.endpoint(receiver.url)
    other = await ledger.endpoint(receiver.url)
    until = "now() + interval '1 hour'"
    await ledger.db.execute(
        f"UPDATE endpoints e SET old_secret = o.secret, old_secret_until = {until}"  # noqa: S608
        " FROM endpoints o WHERE e.id = $1 AND o.id = $2",
        endpoint,
        other,
    )
    await ledger.send(endpoint)
    await sender.run_once()
    (request,) = receiver.requests
    for number in (endpoint, other):
        PublicVerifier(ledger.secrets[number]).verify(request.body, dict(request.headers))


async def test_a_rotation_under_load_never_sends_what_the_old_key_cannot_verify(
    ledger: Ledger, sender: Sender, receiver: Receiver
) -> None:
    endpoint = await ledger.endpoint(receiver.url)
    new = await ledger.endpoint(receiver.url)
    await ledger.send(endpoint, 25)
    await sender.run_once()
    await ledger.db.execute(
        "UPDATE endpoints e SET old_secret = e.secret, secret = n.secret, version = e.version + 1,"
        " old_secret_until = now() + interval '1 hour' FROM endpoints n"
        " WHERE e.id = $1 AND n.id = $2",
        endpoint,
        new,
    )
    await ledger.send(endpoint, 25)
    await sender.run_once()
    assert len(receiver.requests) == 50
    for request in receiver.requests:
        PublicVerifier(ledger.secrets[endpoint]).verify(request.body, dict(request.headers))
    for request in receiver.requests[25:]:
        PublicVerifier(ledger.secrets[new]).verify(request.body, dict(request.headers))


def test_an_id_with_a_dot_is_refused() -> None:
    with pytest.raises(ValueError, match="dot"):
        signing.headers([b"key"], "ev.1", clock.now(), b"{}")


def test_a_key_is_the_decoded_secret() -> None:
    secret = crypto.webhook_secret()
    assert signing.key_of(secret) == base64.b64decode(secret[6:])


async def test_configured_headers_and_the_token_go_along(
    ledger: Ledger, sender: Sender, receiver: Receiver
) -> None:
    endpoint = await ledger.endpoint(
        receiver.url, access_token="their-token", headers={"X-Shop": "7"}
    )
    await ledger.send(endpoint)
    await sender.run_once()
    (request,) = receiver.requests
    assert request.headers["x-access-token"] == "their-token"
    assert request.headers["X-Shop"] == "7"
    assert ledger.secrets[endpoint] not in str(dict(request.headers)) + request.body.decode()


async def test_a_redirect_is_a_failure_and_nobody_is_visited(
    ledger: Ledger, sender: Sender, receiver: Receiver, canary: Canary
) -> None:
    receiver.always(302, headers={"Location": canary.url})
    (number,) = await ledger.send(await ledger.endpoint(receiver.url))
    await sender.run_once()
    assert (await ledger.row(number))["status"] == "failed"
    assert canary.connections == 0


async def test_a_huge_answer_is_cut(ledger: Ledger, sender: Sender, receiver: Receiver) -> None:
    receiver.answer(200, body=b"y" * 3_000_000)
    (number,) = await ledger.send(await ledger.endpoint(receiver.url))
    await sender.run_once()
    row = await ledger.row(number)
    assert row["status"] == "delivered"
    assert row["log"][0]["response"] == "y" * 2048


async def test_a_token_that_comes_back_is_masked_in_the_log(
    ledger: Ledger, sender: Sender, receiver: Receiver
) -> None:
    receiver.answer(400, body=b"who is their-token?\0")
    endpoint = await ledger.endpoint(receiver.url, access_token="their-token")
    (number,) = await ledger.send(endpoint)
    await sender.run_once()
    assert (await ledger.row(number))["log"][0]["response"] == "who is ***?"


async def test_the_answer_of_a_custom_channel_names_its_message_or_refuses_ours(
    ledger: Ledger, sender: Sender, receiver: Receiver
) -> None:
    receiver.answer(200, {"message_id": "ext-5"})
    receiver.answer(200, {"status": "error", "message": "no such chat"})
    receiver.answer(200, body=b"thanks")
    endpoint = await ledger.endpoint(receiver.url, kind="custom_channel")
    named, refused, plain = await ledger.send(endpoint, 3, kind="custom_channel")
    await sender.run_once()
    assert (await ledger.row(named))["provider_id"] == "ext-5"
    row = await ledger.row(refused)
    assert (row["status"], row["last_error"]) == ("failed", "no such chat")
    assert (await ledger.row(plain))["status"] == "delivered"


async def test_a_forbidden_address_is_never_called(
    ledger: Ledger, sender: Sender, canary: Canary
) -> None:
    (number,) = await ledger.send(await ledger.endpoint("http://169.254.169.254/latest"))
    await sender.run_once()
    row = await ledger.row(number)
    assert row["status"] == "retrying"
    assert row["last_error"].startswith("address_not_allowed")


async def test_a_secret_of_another_key_holds_its_calls_without_a_try(
    ledger: Ledger, receiver: Receiver, door: Egress, sender: Sender
) -> None:
    endpoint = await ledger.endpoint(receiver.url)
    (number,) = await ledger.send(endpoint)
    await ledger.db.execute("UPDATE endpoints SET secret = 'not ours' WHERE id = $1", endpoint)
    await sender.run_once()
    row = await ledger.row(number)
    assert (row["attempts"], row["last_error"]) == (0, "secret_unreadable")
    assert receiver.requests == []
