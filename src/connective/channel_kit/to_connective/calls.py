"""What Connective posts: shape, proof, order, repeats after failures, obedience to answers."""

from typing import Any

from connective.channel_kit import shapes, signatures
from connective.channel_kit.checks import fail
from connective.channel_kit.listener import Answer, Received, Reply
from connective.channel_kit.to_connective.stage import CHECKS, ConnectiveStage


def name_of(call: Received) -> str:
    return str(call.json.get("delivery_id"))


def text_of(call: Received) -> Any:
    return call.json.get("message", {}).get("text")


@CHECKS.check("call.envelope", "listener")
async def envelope(stage: ConnectiveStage) -> None:
    chat = stage.chat()
    await stage.taken(stage.message(chat))
    for call in await stage.called(chat):
        if fault := shapes.envelope_fault(call.json):
            fail("bad_envelope", fault=fault)
        if call.json["user_id"] != chat:
            fail("other_user", came=call.json["user_id"], wanted=chat)
        if call.headers.get("content-type") != "application/json":
            fail("call_kind", kind=call.headers.get("content-type", "-"))


@CHECKS.check("call.signature", "listener", "secret")
async def signature(stage: ConnectiveStage) -> None:
    chat = stage.chat()
    await stage.taken(stage.message(chat))
    for call in await stage.called(chat):
        if fault := signatures.fault(stage.options.secret, call.headers, call.body):
            fail("bad_signature", fault=fault)
        if call.headers["webhook-id"] != name_of(call):
            fail("other_webhook_id")


@CHECKS.check("call.token", "listener", "token")
async def token(stage: ConnectiveStage) -> None:
    chat = stage.chat()
    await stage.taken(stage.message(chat))
    for call in await stage.called(chat):
        if call.headers.get("x-access-token") != stage.options.token:
            fail("no_token")


@CHECKS.check("call.sequence", "listener")
async def sequence(stage: ConnectiveStage) -> None:
    chat = stage.chat()
    for _ in range(3):
        await stage.taken(stage.message(chat))
    calls = await stage.called(chat, 3)
    seen = [number for call in calls if (number := call.json["sequence"]) is not None]
    if seen != list(range(1, len(seen) + 1)):
        fail("sequence_broken", order=", ".join(map(str, seen)))


@CHECKS.check("call.duplicate", "listener")
async def duplicate(stage: ConnectiveStage) -> None:
    """A chat with repeats hears no more than one without, which starts later."""
    chat, other = stage.chat(), stage.chat()
    update = stage.message(chat)
    await stage.taken(update, update, update, stage.message(other))
    (first, *_) = await stage.called(chat)
    await stage.called(other)
    await stage.settle()

    def times(where: str) -> int:
        return sum(text_of(call) == text_of(first) for call in stage.calls(where))

    caught_up = await stage.listener.until(
        lambda: times(other) >= times(chat) or None, stage.patience_s
    )
    if not caught_up:
        fail("answered_twice", count=times(chat), once=times(other))


@CHECKS.check("call.retry", "listener")
async def retry(stage: ConnectiveStage) -> None:
    """The first call fails: others of its chat wait for its second try, other chats do not."""
    chat, other = stage.chat(), stage.chat()
    with stage.listener.answering(_first_of(chat, Reply(status=503))):
        await stage.taken(stage.message(chat))
        (first, *_) = await stage.called(chat)
        await stage.taken(stage.message(chat), stage.message(other))
        (free, *_) = await stage.called(other)
        calls = await stage.called(chat, 3)
    second, third, *_ = calls[1:]
    if name_of(second) != name_of(first):
        fail("overtaken", order=", ".join(str(call.json["sequence"]) for call in calls))
    if second.body != first.body or second.headers["webhook-id"] != first.headers["webhook-id"]:
        fail("repeated_changed")
    if free.at > second.at:
        fail("other_chat_waited")
    if third.json["sequence"] != first.json["sequence"] + 1:
        fail("sequence_broken", order=", ".join(str(call.json["sequence"]) for call in calls))
    secret = stage.options.secret
    if secret and (fault := signatures.fault(secret, second.headers, second.body)):
        fail("bad_signature", fault=fault)


@CHECKS.check("call.refused", "listener")
async def refused(stage: ConnectiveStage) -> None:
    await _given_up(stage, Reply(status=400, body={"status": "error"}))


@CHECKS.check("call.error", "listener")
async def error(stage: ConnectiveStage) -> None:
    await _given_up(stage, Reply(body={"status": "error", "message": "blocked by the client"}))


@CHECKS.check("call.message_id", "listener")
async def message_id(stage: ConnectiveStage) -> None:
    chat, name = stage.chat(), f"ext-{stage.number()}"
    with stage.listener.answering(_first_of(chat, Reply(body={"message_id": name}))):
        await stage.taken(stage.message(chat))
        await stage.called(chat)
    status = {"chat": {"id": chat}, "message_id": name, "status": "delivered"}
    await stage.taken(stage.update(status=status))


def _first_of(chat: str, reply: Reply) -> Answer:
    """Answers the first call of a chat so, and all others well."""
    left = [reply]

    def answer(received: Received) -> Reply:
        mine = any(item.get("chat_id") == chat for item in received.items())
        return left.pop() if mine and left else Reply()

    return answer


async def _given_up(stage: ConnectiveStage, reply: Reply) -> None:
    """After such an answer the message has failed, and the next one goes out."""
    chat = stage.chat()
    with stage.listener.answering(_first_of(chat, reply)):
        await stage.taken(stage.message(chat))
        (first, *_) = await stage.called(chat)
        await stage.taken(stage.message(chat))
        calls = await stage.called(chat, 2)
        await stage.settle()
    if any(name_of(call) == name_of(first) for call in calls[1:]):
        fail("refused_repeated")
