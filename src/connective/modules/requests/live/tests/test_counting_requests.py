"""Counters are cut from piles as if every request were looked at for everybody."""

import random

import pytest

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.modules.dialogs import permissions as of_dialogs
from connective.modules.requests import permissions as of_requests
from connective.modules.requests.counting import Counting, Pile
from connective.modules.requests.schemas.shown import Counters

RIGHTS = ("requests.view", "requests.view_all", "requests.view_groups", "dialogs.view")
VIEW = "requests.view"
ROUNDS = 300


@pytest.fixture(autouse=True)
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth_policy, "RULES", of_dialogs.RULES | of_requests.RULES)


def some(dice: random.Random, most: int = 4) -> list[int]:
    return dice.sample(range(1, 5), dice.randrange(most))


def a_pile(dice: random.Random) -> Pile:
    assignee = dice.choice([None, 1, 2, 3, 4])
    return Pile(
        bot_id=dice.randrange(1, 4),
        subject_id=dice.choice([None, 1, 2, 3]),
        assignee_id=assignee,
        participants=some(dice),
        group_ids=some(dice, 3),
        shown_to=dice.choice(["own", "own", "group", "all"]),
        in_queue=assignee is None and dice.random() < 0.5,
        is_unread=dice.random() < 0.5,
        count=dice.randrange(1, 5),
    )


def an_actor(dice: random.Random) -> Actor:
    return Actor(
        kind=dice.choice(["user", "user", "user", "key"]),
        id=dice.randrange(1, 6),
        name=dice.choice(["Ann", "Olena"]),
        permissions=frozenset(dice.sample(RIGHTS, dice.randrange(len(RIGHTS) + 1))),
        scopes=frozenset({"chats:read"}),
        bot_ids=frozenset(some(dice, 3)),
        topic_ids=frozenset(some(dice, 3)),
        group_ids=frozenset(some(dice)),
        is_root=dice.random() < 0.05,
    )


def by_hand(
    piles: list[Pile], with_bot: dict[int, int], actor: Actor, *, distributes: bool
) -> Counters:
    seen = [pile for pile in piles if auth_policy.can(actor, VIEW, pile)]
    mine = [pile for pile in seen if actor.kind == "user" and pile.assignee_id == actor.id]
    bots = actor.bot_ids or with_bot.keys()
    may = auth_policy.holds(actor, "dialogs.view")
    queue = sum(pile.count for pile in seen if pile.in_queue)
    return Counters(
        my=sum(pile.count for pile in mine),
        my_unread=sum(pile.count for pile in mine if pile.is_unread),
        unassigned=sum(p.count for p in seen if p.assignee_id is None and not p.in_queue),
        queue=queue if queue or distributes else None,
        with_bot=sum(count for bot_id, count in with_bot.items() if may and bot_id in bots),
        all=sum(pile.count for pile in seen),
    )


@pytest.mark.proves("OP-28", part="chat")
def test_a_cut_is_what_looking_at_every_request_gives() -> None:
    dice = random.Random(28)
    for _ in range(ROUNDS):
        piles = [a_pile(dice) for _ in range(dice.randrange(20))]
        with_bot = {bot_id: dice.randrange(9) for bot_id in (1, 2, 3)}
        on = dice.random() < 0.5
        counting = Counting(piles, with_bot, distributes=on)
        for actor in [an_actor(dice) for _ in range(8)]:
            expected = by_hand(piles, with_bot, actor, distributes=on)
            assert counting.cut(actor) == expected, actor
