"""Whom a row does not name sees of it what everyone with the same rights sees."""

import random
from types import SimpleNamespace

import msgspec
import pytest

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor, Reach, Rule
from connective.kit.realtime.audience import ANYBODY, audience_of

REACH = Reach("all", "of_groups", "assignee_id", "participants", "group_ids", "shown_to")
RULES = {
    "crowds.share": Rule("see", bot="bot_id", topic="subject_id", reach=REACH),
    "crowds.own": Rule("see", owner="owner_id"),
}


@pytest.fixture(autouse=True)
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth_policy, "RULES", RULES)


def test_named_tells_all_whose_sight_differs_from_that_of_their_crowd() -> None:
    dice = random.Random(5)
    differing = 0
    for _ in range(3000):
        few = [dice.sample(range(1, 5), dice.randrange(3)) for _ in range(5)]
        row = SimpleNamespace(
            bot_id=dice.randrange(1, 5),
            subject_id=dice.choice([None, 1, 2]),
            assignee_id=dice.choice([None, 1, 2, 3]),
            owner_id=dice.choice([None, 1, 2, 3]),
            participants=few[0],
            group_ids=few[1],
            shown_to=dice.choice(["own", "group", "all"]),
        )
        actor = Actor(
            kind="user",
            id=dice.randrange(1, 6),
            name="Ann",
            permissions=frozenset({"see", *dice.sample(["all", "of_groups"], dice.randrange(3))}),
            bot_ids=frozenset(few[2]),
            topic_ids=frozenset(few[3]),
            group_ids=frozenset(few[4]),
        )
        crowd = audience_of(actor).crowd
        assert crowd.id == ANYBODY
        for action in RULES:
            alone = auth_policy.can(actor, action, row)
            differs = alone != auth_policy.can(crowd, action, row)
            assert not differs or actor.id in auth_policy.named(action, row)
            differing += differs
    assert differing


def test_people_with_the_same_rights_are_one_crowd_whatever_their_names() -> None:
    ann = Actor(kind="user", id=1, name="Ann", group_ids=frozenset({3}), address="10.0.0.1")
    ihor = msgspec.structs.replace(ann, id=2, name="Ihor", language="uk", address=None)
    other = msgspec.structs.replace(ann, id=2, group_ids=frozenset({4}))
    assert audience_of(ann).crowd is audience_of(ihor).crowd
    assert audience_of(ann) != audience_of(ihor)
    assert audience_of(ann) == audience_of(msgspec.structs.replace(ann, name="Anna"))
    assert audience_of(other).crowd != audience_of(ann).crowd
