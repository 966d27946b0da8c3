"""A message goes on to another client with its files, by the rights on both sides."""

from typing import Any

import pytest

from connective.kit.testing.desk import Desk
from connective.kit.testing.people import Person
from connective.kit.testing.receiver import Receiver
from connective.modules.requests.tests.test_talking import (
    conversation,
    operators,
    say,
    told,
    until,
    upload,
)


def ref(number: int, message: dict[str, Any]) -> dict[str, int]:
    return {"request_id": number, "message_id": message["id"]}


@pytest.mark.proves("OP-18", part="forward")
async def test_a_message_goes_on_with_its_files_and_says_whose_it_was(
    desk: Desk, receiver: Receiver
) -> None:
    first, second = [(await desk.request(desk.own, chat))["id"] for chat in ("c1", "c2")]
    file = await upload(desk.own, "bill.txt", b"12.50")
    attached = [{"file_id": file["public_id"], "name": "bill.txt"}]
    original = (await say(desk.own, first, "Your bill", attachments=attached)).json
    answer = await say(desk.own, second, "", forward=ref(first, original))
    assert answer.status == 201, answer.text
    assert answer.json["text"] == "Your bill"
    forwarded = answer.json["content"]["attachments"]
    assert [part["file_id"] for part in forwarded] == [file["public_id"]]
    assert answer.json["forwarded"] == {
        "message_id": original["id"],
        "request_id": first,
        "author_kind": "operator",
        "author_name": "Ann Tester",
    }

    def bills(body: dict[str, Any]) -> bool:
        return operators(body) and body["message"]["text"] == "Your bill"

    sent = await until(lambda: told(receiver, bills), lambda found: len(found) == 2)
    assert {"forwarded" in one["message"] for one in sent} == {False}
    assert (await conversation(desk.own, second))[-1]["forwarded"] == answer.json["forwarded"]


@pytest.mark.proves("OP-18", part="forward")
async def test_what_may_not_be_read_or_is_not_for_clients_is_not_forwarded(desk: Desk) -> None:
    first, second = [(await desk.request(desk.own, chat))["id"] for chat in ("c1", "c2")]
    await desk.shop.say("my own words", "c1")
    heard = (await conversation(desk.own, first))[-1]
    note = (await say(desk.own, first, "between us", kind="note")).json
    gone = (await say(desk.own, first, "a slip")).json
    await desk.own.client.delete(f"/api/v1/requests/{first}/messages/{gone['id']}")

    async def refused(who: Person, number: int, text: str = "", **more: Any) -> tuple[int, str]:
        answer = await say(who, number, text, **more)
        return answer.status, answer.json.get("code", "")

    elsewhere = ref(second, heard)
    assert await refused(desk.own, second, forward=elsewhere) == (422, "no_such_forward")
    assert await refused(desk.own, second, forward=ref(first, gone)) == (422, "no_such_forward")
    assert await refused(desk.own, second, forward=ref(first, note)) == (422, "note_not_forwarded")
    both = await refused(desk.own, second, "and mine", forward=ref(first, heard))
    assert both == (422, "forward_alone")
    assert await refused(desk.foreign, second, forward=ref(first, heard)) == (404, "not_found")
    third = (await desk.request(desk.other, "c3"))["id"]
    assert await refused(desk.other, third, forward=ref(first, heard)) == (404, "not_found")
    assert await refused(desk.own, second, forward=ref(first, note), kind="note") == (201, "")
    assert await refused(desk.own, second, forward=ref(first, heard)) == (201, "")


@pytest.mark.proves("OP-18", part="forward")
async def test_a_client_without_a_chat_gets_it_as_its_first_words(desk: Desk) -> None:
    first = (await desk.request(desk.own))["id"]
    await desk.shop.say("for my friend", "c1")
    heard = (await conversation(desk.own, first))[-1]
    await desk.shop.say("/start", "c2")
    begun = await desk.own.client.post(
        "/api/v1/chats",
        {"chat_id": "c2", "channel": "custom_channel", "forward": ref(first, heard)},
    )
    assert begun.status == 201, begun.text
    said = (await conversation(desk.own, begun.json["id"]))[-1]
    assert (said["text"], said["forwarded"]["author_kind"]) == ("for my friend", "client")
