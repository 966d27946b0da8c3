"""Requests counted once for everybody, and cut for each by what he may see."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.modules.requests.schemas.shown import Counters

VIEW = "requests.view"
# Ids of nobody: whoever a pile does not name, and whoever else has its requests.
ANYBODY, SOMEBODY = 0, -1


class Pile(msgspec.Struct, frozen=True):
    """So many unclosed requests that the rule table and the folders treat alike."""

    bot_id: int
    subject_id: int | None
    assignee_id: int | None
    participants: list[int]
    group_ids: list[int]
    shown_to: str
    in_queue: bool
    is_unread: bool
    count: int


class _Of(msgspec.Struct, frozen=True):
    """Only the bot decides who sees how many dialogs it leads."""

    bot_id: int


class Counting:
    """Everyone with the same rights whom no pile names sees the same: that is counted once."""

    def __init__(
        self, piles: Sequence[Pile], with_bot: Mapping[int, int], *, distributes: bool
    ) -> None:
        self._distributes = distributes
        self._merged = _merged(piles)
        self._with_bot = with_bot
        self._naming: dict[int, list[Pile]] = defaultdict(list)
        self._crowds: dict[Actor, Counters] = {}
        for pile in piles:
            for number in auth_policy.named(VIEW, pile):
                self._naming[number].append(pile)

    def cut(self, actor: Actor) -> Counters:
        """What the actor sees of it."""
        plain = msgspec.structs.replace(actor, name="", language="", address=None)
        crowd = msgspec.structs.replace(plain, id=ANYBODY)
        if crowd not in self._crowds:
            self._crowds[crowd] = self._of_crowd(crowd)
        found = msgspec.structs.replace(self._crowds[crowd])
        for pile in self._naming.get(actor.id or ANYBODY, ()):
            if auth_policy.can(plain, VIEW, pile):
                _count_own(found, pile, actor)
                if not auth_policy.can(crowd, VIEW, pile):
                    _count(found, pile)
        found.queue = queue_shown(found.queue, distributes=self._distributes)
        return found

    def _of_crowd(self, crowd: Actor) -> Counters:
        found = Counters(my=0, my_unread=0, unassigned=0, queue=0, with_bot=0, all=0)
        for pile in self._merged:
            if auth_policy.can(crowd, VIEW, pile):
                _count(found, pile)
        found.with_bot = sum(
            count
            for bot_id, count in self._with_bot.items()
            if auth_policy.can(crowd, "dialogs.view", _Of(bot_id))
        )
        return found


def queue_shown(count: int | None, *, distributes: bool) -> int | None:
    """A queue is a folder where chats are connected by themselves, or where something waits."""
    return count if distributes or count else None


def _merged(piles: Sequence[Pile]) -> list[Pile]:
    """The same for those whom no pile names: who has the requests makes no difference to them."""
    counts: dict[tuple[Any, ...], int] = defaultdict(int)
    for pile in piles:
        assignee = None if pile.assignee_id is None else SOMEBODY
        groups = tuple(pile.group_ids)
        key = (pile.bot_id, pile.subject_id, assignee, groups, pile.shown_to, pile.in_queue)
        counts[key] += pile.count
    return [
        Pile(bot_id, subject_id, assignee, [], list(groups), shown_to, in_queue, False, count)
        for (bot_id, subject_id, assignee, groups, shown_to, in_queue), count in counts.items()
    ]


def _count(found: Counters, pile: Pile) -> None:
    found.all += pile.count
    if pile.in_queue:
        found.queue = (found.queue or 0) + pile.count
    elif pile.assignee_id is None:
        found.unassigned += pile.count


def _count_own(found: Counters, pile: Pile, actor: Actor) -> None:
    if actor.kind == "user" and pile.assignee_id == actor.id:
        found.my += pile.count
        found.my_unread += pile.count if pile.is_unread else 0
