"""What publishing refuses, and what it lets pass."""

from typing import Any

import pytest

from connective.engine import params
from connective.engine.verify import verify
from connective.kit.i18n import catalogue
from connective.modules.actions.actions import ACTIONS, SEND_ME, SEND_REQUEST
from connective.modules.actions.send_request.prepare import prepare

URL = "https://shop.example/orders"


def found(values: dict[str, Any]) -> set[tuple[str, str]]:
    assert SEND_REQUEST.check is not None
    return {(field, code) for field, code, _ in SEND_REQUEST.check(values)}


@pytest.mark.proves("INT-08", part="publish is refused")
@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"url": ""}, ("url", "required_parameter")),
        ({"url": "shop.example"}, ("url", "bad_url")),
        ({"url": "ftp://shop.example"}, ("url", "bad_url")),
        ({"url": "https://user:pw@shop.example/"}, ("url", "bad_url")),
        ({"url": "https://0x7f.1/"}, ("url", "bad_url")),
        ({"url": "https://shop.example/a b"}, ("url", "bad_url")),
        ({"method": "FETCH"}, ("method", "bad_parameter")),
        ({"format": "yaml"}, ("format", "bad_parameter")),
        ({"data": '{"a": 1'}, ("data", "bad_json")),
        ({"data": "[1,]"}, ("data", "bad_json")),
        ({"headers": "[1"}, ("headers", "bad_json")),
        ({"headers": ["a"]}, ("headers", "not_an_object")),
        ({"headers": {"X Y": "1"}}, ("headers", "bad_header_name")),
        ({"params": "a"}, ("params", "not_an_object")),
        ({"timeout": 0}, ("timeout", "out_of_range")),
        ({"timeout": 61}, ("timeout", "out_of_range")),
        ({"timeout": "soon"}, ("timeout", "out_of_range")),
        ({"retry": {"attempts": 6}}, ("retry.attempts", "out_of_range")),
        ({"retry": {"on": ["404"]}}, ("retry.on", "bad_parameter")),
        ({"success_codes": "2xx"}, ("success_codes", "bad_codes")),
        ({"basic_auth": "user"}, ("basic_auth", "user_and_password")),
        ({"basic_auth": {"password": "x"}}, ("basic_auth", "user_and_password")),
        ({"oauth2": {"token_url": "https://a.example", "client_secret": "s"}},
         ("oauth2.client_id", "required_parameter")),
        ({"hmac": {"header": "X-S", "secret": "k", "algo": "crc"}}, ("hmac.algo", "bad_parameter")),
        ({"hmac": {"header": "X-S"}}, ("hmac.secret", "required_parameter")),
        ({"files": {}, "data": ""}, None),
        ({"files": "x"}, ("files", "not_a_list")),
        ({"files": [{"field": "f"}]}, ("files[0]", "field_and_source")),
        ({"response_mapping": "x"}, ("response_mapping", "not_an_object")),
        ({"response_mapping": {"a[": "x"}}, ("response_mapping.a[", "bad_path")),
        ({"response_mapping": {"a": ""}}, ("response_mapping.a", "bad_variable")),
        ({"response_mapping": {"a": {"var": "x", "type": "date"}}},
         ("response_mapping.a", "bad_parameter")),
        ({"response_mapping": [{"path": "a"}]}, ("response_mapping[0]", "bad_variable")),
        ({"list_obj": {"a": "{{b}}"}}, ("save_mapped_list_obj", "bad_variable")),
        ({"save_mapped_list_obj": "x"}, ("list_obj", "required_parameter")),
        ({"list_obj": 1, "save_mapped_list_obj": "x", "limit": 0}, ("limit", "out_of_range")),
        ({"list_obj": 1, "save_mapped_list_obj": "x", "filter": {"path": "a", "op": "like"}},
         ("filter", "bad_parameter")),
        ({"save_responce": "{{x}}"}, ("save_responce", "bad_variable")),
    ],
)  # fmt: skip
def test_bad_values_are_named_by_field_and_reason(
    values: dict[str, Any], problem: tuple[str, str] | None
) -> None:
    assert found({"url": URL, **values}) == ({problem} if problem else set())


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"url": "{{base}}/x"},
        {"url": "https://{{shop}}.example/{{order id}}?q={{q}}"},
        {"url": "https://shop.example/місто"},
        {"method": "{{m}}", "timeout": "{{t}}", "success_codes": "{{c}}"},
        {"headers": "{{h}}", "data": "{{d}}", "params": {"a": "{{b}}"}},
        {"basic_auth": "{{pair}}"},
        {"basic_auth": {"username": "{{u}}", "password": "{{secret.P}}"}},
        {"data": '{"a": {{n}}, "b": "{{s}}"}', "format": "JSON"},
        {"data": "{not json", "format": "text"},
        {"retry": {"attempts": "{{n}}"}, "oauth2": "{{o}}"},
        {"save_response": "answer", "save_file": "file", "async": "{{yes}}"},
        {"response_mapping": {"a.b": "x", "$": "all", "$headers.etag": "etag"}},
    ],
)
def test_good_values_and_placeholders_pass(values: dict[str, Any]) -> None:
    assert found({"url": URL, **values}) == set()


def test_every_parameter_of_the_form_is_read_and_none_else() -> None:
    names = set(SEND_REQUEST.params["properties"])
    assert {"url", "async", "save_responce", "save_response", "list_path", "hmac"} <= names
    assert params.check(SEND_REQUEST.params, {"url": URL, "surprise": 1}) == [
        ("surprise", "unknown_parameter", {"field": "surprise"})
    ]


def test_the_data_of_send_me_must_be_an_object() -> None:
    assert SEND_ME.check is not None
    assert SEND_ME.check({"url": URL, "data": "a=b"}) == [
        ("data", "not_an_object", {"field": "data"})
    ]
    assert SEND_ME.check({"url": URL, "data": "{{d}}"}) == []
    assert SEND_ME.check({"url": URL, "data": '{"a": 1}'}) == []


def test_json_in_a_text_is_opened_before_placeholders_are_filled() -> None:
    opened = prepare(
        {"data": '{"n": {{age}}, "s": "{{name|default:\\"-\\"}}"}', "headers": '{"A": "b"}'}
    )
    assert opened["data"] == {"n": "{{age}}", "s": '{{name|default:"-"}}'}
    assert opened["headers"] == {"A": "b"}
    assert prepare({"data": '{"a": 1}', "format": "text"})["data"] == '{"a": 1}'
    assert prepare({"data": "{{lone}}"})["data"] == "{{lone}}"


@pytest.mark.proves("INT-08", part="publish names node, field, reason")
def test_publishing_names_the_node_the_field_and_the_reason() -> None:
    node = {"id": 7, "section_id": 1, "type": "action", "name": "Ask", "x": 0, "y": 0}
    data = {"template_id": "action_send_request", "values": {"url": "nowhere", "data": "[1"}}
    start = {**node, "id": 1, "type": "start", "name": "Start", "data": {}}
    graph = {
        "format": "scenario",
        "format_version": 1,
        "sections": [{"id": 1, "name": "Main", "is_start": True}],
        "nodes": [start, {**node, "data": data}],
        "edges": [{"from_node": 1, "from_port": "next", "to_node": 7}],
        "constants": [],
    }
    specs = {action.id: action.spec() for action in ACTIONS}
    report = verify(graph, languages=["en"], actions=specs)
    errors = {(e.node_id, e.path.partition("data.")[2], e.code) for e in report.errors}
    assert errors == {(7, "values.url", "bad_url"), (7, "values.data", "bad_json")}


@pytest.mark.parametrize("language", ["en", "uk"])
def test_every_reason_has_its_sentence(language: str) -> None:
    sentences = catalogue(language)["findings"]
    codes = {"required_parameter", "bad_parameter", "out_of_range", "not_an_object", "not_a_list",
             "bad_json", "bad_url", "bad_header_name", "user_and_password", "field_and_source",
             "bad_codes", "bad_path", "bad_variable"}  # fmt: skip
    assert codes <= set(sentences)
