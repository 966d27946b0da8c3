"""Hot keys: which combinations can be had, what clashes, and whose keys win."""

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.modules.hot_keys import choosing, keyboard
from connective.modules.hot_keys.catalogue import ACTIONS

EVERYONE, MINE = "/api/v1/settings/op/hot-keys", "/api/v1/me/hot-keys"
LABELS = {action.name: action.name for action in ACTIONS}


async def keys(person: Person) -> dict[str, str]:
    found = await person.client.get(MINE)
    return {item["action"]: item["key"] for item in found.json["items"]}


@pytest.mark.parametrize(
    ("combination", "code"),
    [
        ("alt+KeyQ", None),
        ("mod+alt+shift+F2", None),
        ("KeyX", None),
        ("alt+Q", "hot_key_unknown"),
        ("shift+alt+KeyQ", "hot_key_unknown"),
        ("Tab", "hot_key_unknown"),
        ("mod+KeyW", "hot_key_of_browser"),
        ("mod+KeyT", "hot_key_of_browser"),
        ("ArrowUp", "hot_key_fixed"),
    ],
)
@pytest.mark.proves("SE-09", part="reserved")
def test_what_the_browser_or_the_lists_need_cannot_be_had(
    combination: str, code: str | None
) -> None:
    assert keyboard.fault(combination, while_typing=False) == code


@pytest.mark.parametrize(
    ("combination", "fits"),
    [("Enter", True), ("mod+Enter", True), ("F8", True), ("KeyX", False), ("shift+Slash", False)],
)
def test_keys_of_the_answer_write_nothing_into_it(combination: str, fits: bool) -> None:
    assert (keyboard.fault(combination, while_typing=True) is None) is fits


def test_the_defaults_are_keys_that_can_be_had_and_none_stands_twice() -> None:
    assert choosing.faults(choosing.for_everyone({}), {}, LABELS) == []


def test_own_keys_win_over_those_that_came_to_the_instance_later() -> None:
    everyone = choosing.for_everyone({"transfer": "alt+KeyQ"})
    his = choosing.for_one(everyone, {"close": "alt+KeyQ"})
    assert (his["close"], his["transfer"], his["take"]) == ("alt+KeyQ", "", "alt+KeyA")


@pytest.mark.proves("SE-09", part="instance and own keys")
async def test_people_have_the_instances_keys_and_their_own_over_them(
    db: Database, app: AppClient
) -> None:
    operator = await sign_in(db, app, "operator")
    supervisor = await sign_in(db, app, "supervisor")
    assert (await operator.client.get(EVERYONE)).status == 403
    shown = await supervisor.client.get(EVERYONE)
    body = {"keys": {"send": "mod+Enter", "new_line": "Enter"}}
    tag = {"If-Match": shown.headers["ETag"]}
    assert (await supervisor.client.put(EVERYONE, body, headers=tag)).status == 200
    assert (await supervisor.client.put(EVERYONE, body, headers=tag)).status == 412

    own = await operator.client.put(MINE, {"keys": {"close": "alt+KeyQ", "note": ""}})
    assert own.status == 200
    his = await keys(operator)
    assert [his[name] for name in ("send", "close", "note")] == ["mod+Enter", "alt+KeyQ", ""]
    assert (await keys(supervisor))["close"] == "alt+KeyC"

    await supervisor.client.put(EVERYONE, {"keys": {}, "own_allowed": False})
    his = await keys(operator)
    assert [his[name] for name in ("send", "close")] == ["Enter", "alt+KeyC"]
    refused = await operator.client.put(MINE, {"keys": {}})
    assert (refused.status, refused.json["code"]) == (403, "own_hot_keys_off")


@pytest.mark.proves("SE-09", part="bad input")
@pytest.mark.proves("OP-31", part="clash")
async def test_a_clash_is_refused_naming_what_has_the_keys(db: Database, app: AppClient) -> None:
    operator = await sign_in(db, app, "operator")
    twice = await operator.client.put(MINE, {"keys": {"close": "alt+KeyN"}})
    assert (twice.status, twice.json["errors"][0]["field"]) == (422, "keys.close")
    assert "Alt+N" in twice.json["errors"][0]["message"]
    assert "Write a note" in twice.json["errors"][0]["message"]
    wrong = {"keys": {"close": "mod+KeyW", "dance": "alt+KeyQ", "send": "KeyX"}}
    refused = await operator.client.put(MINE, wrong)
    assert [error["code"] for error in refused.json["errors"]] == [
        "hot_key_of_browser",
        "unknown_hot_key_action",
        "hot_key_types",
    ]
    swapped = await operator.client.put(MINE, {"keys": {"close": "alt+KeyN", "note": "alt+KeyC"}})
    assert swapped.status == 200
    assert (await operator.client.put(MINE, {"keys": {}})).status == 200
    assert (await keys(operator))["close"] == "alt+KeyC"
    stale = await operator.client.put(MINE, {"keys": {}}, headers={"If-Match": '"old"'})
    assert stale.status == 412
    assert (await app.get(MINE)).status == 401
