"""What an answer becomes: paths, arrays, XML, text, files."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from connective.contracts.action import ActionResult
from connective.engine.values import MAX_VALUE_BYTES, MISSING
from connective.kit.testing.receiver import Receiver
from connective.modules.actions.send_request import paths

Send = Callable[..., Awaitable[ActionResult]]
RATES = [
    {"ccy": "USD", "base_ccy": "UAH", "buy": "36.56860", "sale": "37.45318"},
    {"ccy": "EUR", "base_ccy": "UAH", "buy": "40.20000", "sale": "41.66667"},
]
SHOP = {
    "total": "12.50",
    "paid": "yes",
    "a.b": "dotted",
    "a": {"b": 7},
    "items": [{"id": 1, "name": "tea"}, {"id": 2, "name": "cup"}, {"id": 3}],
    "empty": None,
    "raw": '{"x": 1}',
}


@pytest.mark.proves("INT-07", part="field to variable")
async def test_a_field_of_the_answer_becomes_a_variable(send: Send, receiver: Receiver) -> None:
    receiver.answer(json_body={"dayOfTheWeek": "Friday"})
    result = await send(url=receiver.url, response_mapping={"dayOfTheWeek": "today"})
    assert (result.event, result.writes["today"]) == ("ok", "Friday")
    assert result.writes["send_request"]["status"] == 200


@pytest.mark.proves("INT-07", part="two-currency array")
async def test_an_array_becomes_a_list_of_our_shape(send: Send, receiver: Receiver) -> None:
    receiver.answer(json_body=RATES)
    result = await send(
        url=receiver.url,
        response_mapping={
            "list_obj": {"text": "{{ccy}}/{{base_ccy}}", "value": "{{buy}}", "by": "{{shop}}"},
            "save_mapped_list_obj": "currency_mapped_obj",
        },
        save_responce="rates",
        variables={"ccy": "never seen", "shop": "Bank"},
    )
    assert result.writes["currency_mapped_obj"] == [
        {"text": "USD/UAH", "value": "36.56860", "by": "Bank"},
        {"text": "EUR/UAH", "value": "40.20000", "by": "Bank"},
    ]
    assert result.writes["rates"] == RATES


@pytest.mark.proves("INT-07", part="HTML answer")
async def test_an_html_answer_with_a_mapping_is_not_ok_and_its_text_is_kept(
    send: Send, receiver: Receiver
) -> None:
    receiver.answer(body=b"<h1>Hi</h1>", headers={"Content-Type": "text/html; charset=utf-8"})
    result = await send(url=receiver.url, response_mapping={"a": "b"}, save_responce="raw")
    assert result.error is not None
    assert (result.event, result.error.code) == ("not_ok", "bad_json")
    assert result.error.message == "response is not JSON (text/html)"
    assert result.writes["raw"] == "<h1>Hi</h1>"
    assert result.log[-1].text == "response is not JSON (text/html)"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.b", 7 if "a.b" not in SHOP else "dotted"),
        ("$.a.b", 7),
        ("items[0].id", 1),
        ("items[-1].id", 3),
        ("items.1.name", "cup"),
        ("items[*].name", ["tea", "cup"]),
        ("items.*.id", [1, 2, 3]),
        ("*.b", [7]),
        ("$", SHOP),
        ("empty", None),
        ("items[9].id", MISSING),
        ("items.x", MISSING),
        ("total.x", MISSING),
        ("nothing", MISSING),
    ],
)
def test_paths_find_what_they_name(path: str, expected: Any) -> None:
    assert paths.find(SHOP, path) == expected


def test_a_root_array_is_walked_by_star_and_index() -> None:
    assert paths.find(RATES, "*.ccy") == ["USD", "EUR"]
    assert paths.find(RATES, "[1].ccy") == paths.find(RATES, "$[1].ccy") == "EUR"


@pytest.mark.parametrize("path", ["", "a..b", "a[", "a[x]", "[", "a.", "$x$[", "a[1]]"])
def test_a_text_that_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(paths.BadPath):
        paths.steps(path)


async def test_a_mapping_takes_status_headers_types_and_defaults(
    send: Send, receiver: Receiver
) -> None:
    receiver.answer(json_body=SHOP, headers={"X-Id": "abc"})
    result = await send(
        url=receiver.url,
        response_mapping={
            "$status": "code",
            "$headers.X-ID": "id",
            "total": {"var": "total", "type": "number"},
            "paid": {"var": "paid", "type": "boolean"},
            "raw": {"var": "raw", "type": "json"},
            "items[0].id": {"var": "first", "type": "string"},
            "nothing": {"var": "gone", "default": "{{fallback}}"},
            "not_there": "null_var",
            "a": {"var": "bad", "type": "integer"},
        },
        variables={"fallback": 5},
    )
    assert result.event == "ok"
    assert {k: v for k, v in result.writes.items() if k != "send_request"} == {
        "code": 200,
        "id": "abc",
        "total": 12.5,
        "paid": True,
        "raw": {"x": 1},
        "first": "1",
        "gone": 5,
        "null_var": None,
        "bad": None,
    }
    notes = [entry.code for entry in result.log if entry.level == "warning"]
    assert notes == ["missing_path", "bad_type"]


async def test_a_mapping_may_be_a_list_of_path_and_variable(send: Send, receiver: Receiver) -> None:
    receiver.answer(json_body=SHOP)
    result = await send(
        url=receiver.url,
        response_mapping=[{"path": "a.b", "var": "x", "default": 0, "type": "string"}],
    )
    assert result.writes["x"] == "dotted"


async def test_list_path_filter_and_limit_choose_the_elements(
    send: Send, receiver: Receiver
) -> None:
    receiver.always(json_body={"data": {"rows": [{"n": i, "ok": i % 2} for i in range(300)]}})
    values: dict[str, Any] = {
        "url": receiver.url,
        "list_obj": {"n": "{{n}}", "at": "{{index}}"},
        "list_path": "data.rows",
        "save_mapped_list_obj": "rows",
    }
    result = await send(**values)
    assert len(result.writes["rows"]) == 100
    assert "limited" in [entry.code for entry in result.log]
    result = await send(**values, filter={"ok": 1}, limit=2)
    assert result.writes["rows"] == [{"n": 1, "at": 0}, {"n": 3, "at": 1}]
    result = await send(
        **values,
        filter=[{"path": "n", "op": "gte", "value": "{{least}}"}, {"ok": 0}],
        variables={"least": 298},
    )
    assert [row["n"] for row in result.writes["rows"]] == [298]


async def test_an_object_is_a_list_of_one_and_an_empty_array_is_an_empty_list(
    send: Send, receiver: Receiver
) -> None:
    values = {"url": receiver.url, "list_obj": "{{ccy}}", "save_mapped_list_obj": "out"}
    receiver.answer(json_body=RATES[0])
    assert (await send(**values)).writes["out"] == ["USD"]
    receiver.answer(body=b"[]")
    result = await send(**values)
    assert (result.event, result.writes["out"]) == ("ok", [])
    receiver.answer(json_body=["a", "b"])
    assert (await send(**{**values, "list_obj": "{{item}}"})).writes["out"] == ["a", "b"]


async def test_a_list_template_cannot_reach_a_secret(
    send: Send, world: Any, receiver: Receiver
) -> None:
    world.secrets["S"] = "hidden"
    receiver.answer(json_body=RATES)
    result = await send(
        url=receiver.url, list_obj="x{{secret.S}}{{ccy}}", save_mapped_list_obj="out"
    )
    assert result.writes["out"] == ["xUSD", "xEUR"]


async def test_what_an_answer_says_is_not_expanded_again(send: Send, receiver: Receiver) -> None:
    receiver.answer(json_body=[{"ccy": "{{phone}}"}])
    result = await send(
        url=receiver.url,
        list_obj="{{ccy}}",
        save_mapped_list_obj="out",
        variables={"phone": "380"},
    )
    assert result.writes["out"] == ["{{phone}}"]


async def test_xml_is_read_as_an_object(send: Send, receiver: Receiver) -> None:
    receiver.answer(
        body="<o id='7'><i>чай</i><i>b</i></o>".encode(),
        headers={"Content-Type": "application/xml"},
    )
    result = await send(url=receiver.url, response_mapping={"o.i[0]": "first", "o.@id": "id"})
    assert (result.event, result.writes["first"], result.writes["id"]) == ("ok", "чай", "7")


@pytest.mark.parametrize(
    "body",
    [
        '<!DOCTYPE a [<!ENTITY x "lol">]><a>&x;</a>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><a/>',
        "<a><b></a>",
        "<a>" * 100_000,
    ],
)
async def test_xml_with_a_document_type_or_broken_is_not_read(
    body: str, send: Send, receiver: Receiver
) -> None:
    receiver.answer(body=body.encode(), headers={"Content-Type": "text/xml"})
    result = await send(url=receiver.url, response_mapping={"a": "x"})
    assert (result.event, result.error and result.error.code) == ("not_ok", "bad_xml")


@pytest.mark.parametrize("body", [b"[" * 200_000, b'{"a": NaN}', b"", b"nope"])
async def test_a_body_that_is_no_json_is_not_ok(
    body: bytes, send: Send, receiver: Receiver
) -> None:
    receiver.answer(body=body, headers={"Content-Type": "application/json"})
    result = await send(url=receiver.url, response_mapping={"a": "x"})
    assert (result.event, result.error and result.error.code) == ("not_ok", "bad_json")


async def test_text_is_kept_in_its_charset_by_either_spelling(
    send: Send, receiver: Receiver
) -> None:
    receiver.answer(
        body="привіт".encode("cp1251"), headers={"Content-Type": "text/plain; charset=cp1251"}
    )
    result = await send(
        url=receiver.url, save_response="raw", response_mapping={"$": "all", "$status": "code"}
    )
    assert (result.event, result.writes["raw"], result.writes["all"]) == ("ok", "привіт", "привіт")


async def test_a_refusal_keeps_its_answer_too(send: Send, receiver: Receiver) -> None:
    receiver.answer(422, json_body={"error": "phone"})
    result = await send(url=receiver.url, save_responce="raw", response_mapping={"a": "b"})
    assert (result.event, result.writes["raw"]) == ("http_4xx", {"error": "phone"})
    assert "b" not in result.writes


@pytest.mark.proves("INT-07", part="answer over 5 MB")
async def test_an_answer_over_five_megabytes_is_cut_and_not_ok(
    send: Send, receiver: Receiver
) -> None:
    receiver.answer(body=b"x" * (5 * 1024 * 1024 + 1))
    result = await send(url=receiver.url, save_responce="raw")
    assert (result.event, result.error and result.error.code) == ("not_ok", "too_large")
    assert len(result.writes["raw"]) == MAX_VALUE_BYTES
    assert result.writes["send_request"]["status"] == 200


async def test_a_binary_answer_is_stored_as_a_file(
    send: Send, world: Any, receiver: Receiver
) -> None:
    receiver.answer(body=b"\x89PNG\xff", headers={"Content-Type": "image/png"})
    result = await send(url=f"{receiver.url}/img/photo.png?x=1", save_file="photo")
    assert (result.event, result.writes["photo"]) == ("ok", "https://bot.example/files/1")
    saved = world.saved[0]
    assert (saved.name, saved.mime, saved.content) == ("photo.png", "image/png", b"\x89PNG\xff")
