"""The catalogue of actions that the editor draws blocks and forms from."""

from typing import Any

import pytest

from connective.contracts.action import ACTIONS
from connective.engine.actions import PURE
from connective.kit import i18n
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.modules.actions import forms

PATH = "/api/v1/actions"


async def catalogue(who: Person) -> dict[str, Any]:
    answer = await who.client.get(PATH)
    assert answer.status == 200, answer.text
    return {one["id"]: one for one in answer.json["items"]}


@pytest.mark.proves("AJ-05", part="the registered actions with their forms")
async def test_every_registered_action_is_listed_with_its_form(admin: Person) -> None:
    found = await catalogue(admin)
    offered = {action.id for part in ACTIONS for action in part}
    assert found.keys() == PURE.keys() | offered
    assert {"send_request", "operator_panel__connect_to_operator_with_msg"} <= offered
    request = found["send_request"]
    assert request["title"] == "Send a request"
    assert request["group"] == {"id": "integration", "label": "Integration"}
    names = [port["id"] for port in request["ports"]]
    assert names == ["ok", "not_ok", "timeout", "http_4xx", "http_5xx", "error"]
    fields = {one["name"]: one for one in request["parameters"]}
    assert (fields["url"]["type"], fields["url"]["required"]) == ("text", True)
    assert (fields["timeout"]["default"], fields["timeout"]["maximum"]) == (15, 60)
    assert [one["value"] for one in fields["format"]["choices"]][:2] == ["JSON", "form-data"]
    assert request["example"]["method"] == "GET"


@pytest.mark.proves("AJ-05", part="both languages")
async def test_every_label_stands_in_the_readers_language(db: Database, app: AppClient) -> None:
    english = await catalogue(await sign_in(db, app, language="en"))
    ukrainian = await catalogue(await sign_in(db, app, language="uk"))
    assert ukrainian["stop"]["title"] == "Зупинити"
    assert ukrainian["if_else"]["ports"][0] == {"id": "true", "label": "Так"}
    for name, ours in english.items():
        other = ukrainian[name]
        assert ours["title"] != other["title"]
        assert ours["description"] != other["description"]
        for one, twin in zip(ours["parameters"], other["parameters"], strict=True):
            assert one["name"] == twin["name"]
            assert bool(one["hint"]) == bool(twin["hint"])


@pytest.mark.parametrize("language", i18n.LANGUAGES)
async def test_nothing_of_an_action_is_without_a_label(
    db: Database, app: AppClient, language: str, caplog: pytest.LogCaptureFixture
) -> None:
    forms_told = i18n.catalogue(language)["action_forms"]
    for one in (await catalogue(await sign_in(db, app, language=language))).values():
        assert i18n.catalogue(language)["actions"][one["id"]].keys() == {"title", "purpose"}
        assert one["group"]["id"] in forms_told["groups"]
        for port in one["ports"]:
            assert port["id"] in forms_told["ports"]
        for field in one["parameters"]:
            own = forms_told["own"].get(one["id"], {})
            assert field["name"] in own or field["name"] in forms_told["parameters"]
            for choice in field["choices"]:
                assert choice["value"] in forms_told["choices"][field["name"]]
    assert "no sentence for" not in caplog.text


async def test_actions_whose_values_add_branches_say_so(admin: Person) -> None:
    found = await catalogue(admin)
    adding = {spec.id for spec in PURE.values() if spec.ports is not None}
    assert adding == forms.MORE_PORTS.keys()
    said = {name: one["more_ports"] for name, one in found.items() if one["more_ports"]}
    assert said == forms.MORE_PORTS


async def test_one_action_is_read_by_either_spelling(admin: Person) -> None:
    for name in ("if_else", "action_if_else"):
        answer = await admin.client.get(f"{PATH}/{name}")
        assert (answer.status, answer.json["id"]) == (200, "if_else")
    assert (await admin.client.get(f"{PATH}/action_fly")).status == 404


async def test_only_who_sees_scenarios_sees_actions(db: Database, app: AppClient) -> None:
    assert (await app.get(PATH)).status == 401
    operator = await sign_in(db, app, "operator")
    answer = await operator.client.get(PATH)
    assert answer.status == 403
    assert "scenarios.view" in answer.json["detail"]
