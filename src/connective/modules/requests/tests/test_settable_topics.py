"""Where topics are shown by skill group, operators set those of their groups only."""

from typing import Any

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.desk import Desk, post
from connective.kit.testing.people import Person

PATH = "/api/v1/settings/op/operators"
TOPICS = "/api/v1/settable-topics"


async def by_group(desk: Desk, *, on: bool) -> None:
    answer = await desk.admin.client.put(PATH, {"topics_by_skill_group": on})
    assert answer.status == 200, answer.text
    assert answer.json["topics_by_skill_group"] is on


async def settable(who: Person) -> Any:
    return (await who.client.get(TOPICS)).json["topic_ids"]


@pytest.mark.proves("SE-11", part="topics by skill group")
async def test_operators_choose_topics_of_their_groups_and_of_none(desk: Desk) -> None:
    everybodys = (await post(desk.admin, "topics", {"name": "Returns", "alias": "returns"}))["id"]
    people = (desk.other, desk.member, desk.admin)
    assert [await settable(who) for who in people] == [None, None, None]
    await by_group(desk, on=True)
    both = sorted([desk.topic_id, everybodys])
    assert [await settable(who) for who in people] == [[everybodys], both, None]

    number = (await desk.request(desk.other))["id"]
    path = f"/api/v1/requests/{number}"
    client = desk.other.client
    assert (await client.patch(path, {"subject_id": everybodys})).status == 200
    refused = await client.patch(path, {"subject_id": desk.topic_id})
    assert (refused.status, refused.json["code"]) == (422, "topic_of_others")
    assert refused.json["errors"][0]["field"] == "subject_id"
    closing = await client.post(f"{path}/close", {"topic_id": desk.topic_id})
    assert (closing.status, closing.json["errors"][0]["field"]) == (422, "topic_id")
    handed = await client.post(f"{path}/transfer", {"to": "topic", "subject_id": desk.topic_id})
    assert handed.status == 200, handed.text
    await by_group(desk, on=False)
    assert await settable(desk.other) is None


@pytest.mark.proves("SE-11", part="bad input")
async def test_the_switch_takes_yes_or_no_from_whoever_may_set_it(
    desk: Desk, app: AppClient
) -> None:
    wrong = await desk.admin.client.put(PATH, {"topics_by_skill_group": "perhaps"})
    assert (wrong.status, wrong.json["errors"][0]["field"]) == (422, "topics_by_skill_group")
    given = {"topics_by_skill_group": True}
    assert (await desk.own.client.put(PATH, given)).status == 403
    assert (await app.another(Authorization="").get(TOPICS)).status == 401
