"""What leaves: method, address, data in every format, authorization, files."""

import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from connective.contracts.action import ActionResult, FileContent
from connective.engine.secrets import shield
from connective.kit.testing.receiver import Receiver

PROLOG = '<?xml version="1.0" encoding="utf-8"?>\n'
Send = Callable[..., Awaitable[ActionResult]]


@pytest.mark.proves("INT-08")
async def test_a_bearer_secret_and_json_data_arrive_and_nothing_is_added(
    send: Send, world: Any, receiver: Receiver
) -> None:
    world.secrets["CRM"] = "s3cret-t0ken"
    result = await send(
        url=f"{receiver.url}/leads",
        bearer_auth="{{secret.CRM}}",
        format="JSON",
        data={"client_id": "77"},
    )
    got = receiver.requests[0]
    assert (result.event, got.method, got.path) == ("ok", "POST", "/leads")
    assert got.headers["Authorization"] == "Bearer s3cret-t0ken"
    assert got.headers["Content-Type"] == "application/json"
    assert got.body == b'{"client_id":"77"}'


@pytest.mark.proves("INT-08", part="send_me adds chat_id and channel")
async def test_send_me_adds_chat_id_and_channel(send_me: Send, receiver: Receiver) -> None:
    await send_me(url=receiver.url, format="JSON", data={"client_id": "77"})
    assert receiver.requests[0].json == {
        "client_id": "77",
        "chat_id": "313145",
        "channel": "telegram",
    }
    await send_me(url=f"{receiver.url}?a=1", method="GET", data={"b": "x y"})
    assert receiver.requests[1].query == "a=1&b=x y&chat_id=313145&channel=telegram"
    await send_me(url=receiver.url, format="JSON")
    assert (receiver.requests[2].method, receiver.requests[2].json["chat_id"]) == ("POST", "313145")


async def test_the_method_is_post_with_data_and_get_without(send: Send, receiver: Receiver) -> None:
    await send(url=receiver.url)
    await send(url=receiver.url, data={"a": 1})
    await send(url=receiver.url, method="patch", data={"a": 1})
    await send(url=receiver.url, method="HEAD")
    assert [got.method for got in receiver.requests] == ["GET", "POST", "PATCH", "HEAD"]


@pytest.mark.parametrize(
    ("given", "data", "content_type", "body"),
    [
        ({"format": "JSON"}, {"a": [1, None, "ї"]}, "application/json", '{"a":[1,null,"ї"]}'),
        ({"format": "JSON"}, [1, 2], "application/json", "[1,2]"),
        ({"format": "JSON"}, '{"a": 1}', "application/json", '{"a":1}'),
        ({"format": "JSON"}, "plain", "application/json", '"plain"'),
        ({"headers": {"content-type": "application/vnd.x+json"}}, {"a": 1},
         "application/vnd.x+json", '{"a":1}'),
        ({"format": "urlencoded"}, {"a": ["1", "2"], "b": {"c": True}},
         "application/x-www-form-urlencoded", "a=1&a=2&b%5Bc%5D=true"),
        ({"format": "XML"}, {"order": {"@id": "7", "item": ["a", "b"]}}, "application/xml",
         f'{PROLOG}<order id="7"><item>a</item><item>b</item></order>'),
        ({"format": "XML"}, "<a>1</a>", "application/xml", "<a>1</a>"),
        ({"format": "text"}, '{"a": 1}', "text/plain; charset=utf-8", '{"a": 1}'),
        ({"format": "none"}, {"a": 1}, None, ""),
    ],
)  # fmt: skip
async def test_each_format_has_its_content_type_and_bytes(
    given: dict[str, Any],
    data: Any,
    content_type: str | None,
    body: str,
    send: Send,
    receiver: Receiver,
) -> None:
    result = await send(url=receiver.url, data=data, **given)
    assert result.event == "ok"
    got = receiver.requests[0]
    assert got.headers.get("Content-Type") == content_type
    assert got.body.decode() == body


async def test_without_a_format_data_is_form_data(send: Send, receiver: Receiver) -> None:
    await send(url=receiver.url, data={"name": "Ann", "n": 7})
    got = receiver.requests[0]
    assert got.headers["Content-Type"].startswith("multipart/form-data; boundary=")
    assert b'name="name"\r\n\r\nAnn\r\n' in got.body
    assert b'name="n"\r\n\r\n7\r\n' in got.body


async def test_data_of_get_and_delete_is_the_query_unless_a_body_is_asked_for(
    send: Send, receiver: Receiver
) -> None:
    await send(url=f"{receiver.url}/a?x=1", method="DELETE", data={"b": 2}, params={"c": "3"})
    await send(url=receiver.url, method="GET", data={"b": 2}, format="JSON", body_on_get=True)
    first, second = receiver.requests
    assert (first.query, first.body) == ("x=1&b=2&c=3", b"")
    assert (second.query, second.json) == ("", {"b": 2})


async def test_an_address_with_spaces_and_letters_is_encoded_once(
    send: Send, receiver: Receiver
) -> None:
    result = await send(url=f"{receiver.url}/місто Київ/%D0%B0?q=а б&r=%20")
    assert result.event == "ok"
    assert receiver.requests[0].path == "/місто Київ/а"
    assert receiver.requests[0].query == "q=а б&r= "


async def test_authorization_cookies_and_the_idempotency_key_are_headers(
    send: Send, receiver: Receiver, basic: Callable[[str], str]
) -> None:
    await send(
        url=receiver.url,
        headers={"authorization": "old", "X-A": 1},
        cookies={"sid": "a b"},
        basic_auth={"username": "u", "password": "p:q"},
        idempotency_key="order-7",
    )
    await send(url=receiver.url, basic_auth="u:p:q")
    got = receiver.requests[0].headers
    assert got["Authorization"] == basic("u:p:q") == receiver.requests[1].headers["Authorization"]
    assert (got["X-A"], got["Cookie"], got["Idempotency-Key"]) == ("1", "sid=a%20b", "order-7")


@pytest.mark.parametrize("algo", ["sha256", "sha512", "sha1"])
async def test_hmac_signs_the_bytes_that_are_sent(
    algo: str, send: Send, receiver: Receiver
) -> None:
    await send(
        url=receiver.url,
        format="JSON",
        data={"a": 1},
        hmac={"header": "X-Sign", "secret": "k", "algo": algo},
    )
    got = receiver.requests[0]
    assert got.headers["X-Sign"] == hmac.new(b"k", got.body, algo).hexdigest()


async def test_files_come_from_variables_and_addresses(
    send: Send, world: Any, receiver: Receiver
) -> None:
    world.own_files["file-1"] = FileContent(name="a.png", mime="image/png", content=b"PNG")
    receiver.answer(body=b"PDF", path="/doc.pdf", headers={"Content-Type": "application/pdf"})
    result = await send(
        variables={"photo": {"id": "file-1"}},
        url=f"{receiver.url}/upload",
        data={"kind": "passport"},
        files=[
            {"field": "scan", "variable": "photo.id"},
            {"field": "doc", "url": f"{receiver.url}/doc.pdf", "name": "other.pdf"},
        ],
    )
    assert result.event == "ok"
    body = receiver.requests[-1].body
    assert b'name="kind"\r\n\r\npassport' in body
    assert b'name="scan"; filename="a.png"\r\nContent-Type: image/png\r\n\r\nPNG' in body
    assert b'name="doc"; filename="other.pdf"\r\nContent-Type: application/pdf\r\n\r\nPDF' in body


@pytest.mark.parametrize(
    "file",
    [
        {"field": "f", "variable": "nothing"},
        {"field": "f", "url": "https://169.254.169.254/x"},
        {"field": "f", "variable": "word"},
    ],
)
async def test_a_file_that_cannot_be_had_ends_in_not_ok_and_nothing_is_sent(
    file: dict[str, str], send: Send, receiver: Receiver
) -> None:
    result = await send(variables={"word": "no file"}, url=receiver.url, files=[file])
    assert (result.event, result.error and result.error.code) == ("not_ok", "file_unavailable")
    assert receiver.requests == []


async def test_a_dead_address_of_a_file_ends_in_not_ok(send: Send, receiver: Receiver) -> None:
    receiver.answer(404, path="/gone")
    result = await send(url=receiver.url, files=[{"field": "f", "url": f"{receiver.url}/gone"}])
    assert result.error is not None
    assert result.error.message == "the file's address answered 404"


async def test_text_of_a_client_never_becomes_a_secret_or_another_header(
    send: Send, world: Any, receiver: Receiver
) -> None:
    world.secrets["CRM"] = "s3cret"
    typed = '{{secret.CRM}} "x":1'
    await send(url=receiver.url, format="JSON", data={"said": shield(typed)})
    assert receiver.requests[0].json == {"said": typed}
    result = await send(url=receiver.url, headers={"X-Name": "a\r\nX-Admin: 1"})
    assert (result.event, result.error and result.error.code) == ("not_ok", "bad_header")
    assert len(receiver.requests) == 1


async def test_a_secret_in_the_url_is_encoded_unless_it_begins_the_url(
    send: Send, world: Any, receiver: Receiver
) -> None:
    world.secrets |= {"KEY": "a/b&c", "BASE": receiver.url}
    await send(url="{{secret.BASE}}/x?key={{secret.KEY}}")
    assert receiver.requests[0].query == "key=a/b%26c"


async def test_a_missing_secret_ends_in_not_ok_and_names_it(send: Send, receiver: Receiver) -> None:
    result = await send(url=receiver.url, bearer_auth="{{secret.NOPE}}")
    assert (result.event, result.error and result.error.message) == ("not_ok", "no secret NOPE")
    assert receiver.requests == []


@pytest.mark.proves("INT-08", part="secrets never in the log")
async def test_no_log_shows_a_secret_in_any_spelling(
    send: Send, world: Any, receiver: Receiver
) -> None:
    secret = 'p&ss "wörd"/+'
    world.secrets["S"] = secret
    receiver.answer(500, json_body={"echo": secret}, headers={"X-Echo": "ok"})
    result = await send(
        url=f"{receiver.url}/{{{{secret.S}}}}?k={{{{secret.S}}}}",
        format="JSON",
        data={"key": "{{secret.S}}"},
        headers={"X-Custom": "v {{secret.S}}".replace(" ", "-").replace("ö", "o")},
        basic_auth={"username": "u", "password": "{{secret.S}}"},
        retry={"attempts": 0},
        success_codes="200",
    )
    assert receiver.requests[0].json == {"key": secret}
    logged = json.dumps([str(entry) for entry in (*result.log, *result.requests)]) + str(result.log)
    record = result.requests[0]
    shown = "\n".join(
        [record.url, record.request_body, record.response_body, str(record.request_headers), logged]
    )
    for spelling in ("wörd", "w\\u00f6rd", "w%C3%B6rd", "p&ss", "p%26ss"):
        assert spelling not in shown
    assert record.request_headers["Authorization"] == "***"
    assert record.request_body == '{"key":"***"}'
    assert record.status == 500


async def test_the_log_keeps_eight_kilobytes_of_a_body(send: Send, receiver: Receiver) -> None:
    receiver.answer(body=b"y" * 100_000)
    result = await send(url=receiver.url, format="text", data="x" * 100_000)
    record = result.requests[0]
    assert (len(record.request_body), len(record.response_body)) == (8192, 8192)


async def test_oauth2_asks_for_a_token_once_and_again_when_it_is_refused(
    send: Send, world: Any, receiver: Receiver
) -> None:
    world.secrets["OA"] = "client-secret"
    config = {
        "token_url": f"{receiver.url}/token",
        "client_id": "me",
        "client_secret": "{{secret.OA}}",
        "scope": "orders",
    }
    receiver.answer(json_body={"access_token": "t1", "expires_in": 3600}, path="/token")
    for _ in range(2):
        assert (await send(url=f"{receiver.url}/a", oauth2=config)).event == "ok"
    first, second, third = receiver.requests
    assert b"grant_type=client_credentials&client_id=me&client_secret=client-secret" in first.body
    assert second.headers["Authorization"] == third.headers["Authorization"] == "Bearer t1"
    receiver.answer(401, path="/a")
    receiver.answer(json_body={"access_token": "t2"}, path="/token")
    result = await send(url=f"{receiver.url}/a", oauth2=config)
    assert result.event == "ok"
    assert receiver.requests[-1].headers["Authorization"] == "Bearer t2"
    assert "t1" not in str([r.request_headers for r in result.requests])


async def test_a_token_server_that_refuses_ends_in_not_ok(send: Send, receiver: Receiver) -> None:
    receiver.answer(400, json_body={"error": "invalid_client"})
    config = {"token_url": receiver.url, "client_id": "me", "client_secret": "x"}
    result = await send(url=receiver.url, oauth2=config)
    assert (result.event, result.error and result.error.code) == ("not_ok", "oauth2_failed")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"format": "XML", "data": {"a": 1, "b": 2}}, "bad_data"),
        ({"format": "urlencoded", "data": [1]}, "bad_data"),
        ({"method": "GET", "data": [1]}, "bad_data"),
        ({"format": "text", "data": "\ud800"}, "bad_data"),
        ({"timeout": 600}, "bad_params"),
    ],
)
async def test_data_that_does_not_fit_ends_in_not_ok(
    values: dict[str, Any], code: str, send: Send, receiver: Receiver
) -> None:
    result = await send(url=receiver.url, **values)
    assert (result.event, result.error and result.error.code) == ("not_ok", code)
    assert receiver.requests == []


def test_hashes_of_the_form_exist() -> None:
    assert {"sha256", "sha1", "sha384", "sha512", "md5"} <= set(hashlib.algorithms_available)
