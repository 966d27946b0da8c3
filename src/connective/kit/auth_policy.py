"""Who may see or do what: one rule table that gives both a decision and a SQL predicate."""

from collections.abc import Collection
from typing import Any, Protocol

import msgspec
from sqlalchemy import (
    ColumnElement,
    FromClause,
    and_,
    cast,
    false,
    func,
    literal_column,
    or_,
    true,
)

from connective.kit import errors


class Actor(msgspec.Struct, frozen=True):
    """On whose behalf something is done. Empty `bot_ids` or `topic_ids` mean all of them.

    `group_ids` are the skill groups that he belongs to.
    """

    kind: str  # user | key | client | system
    id: int | None
    name: str
    permissions: frozenset[str] = frozenset()
    scopes: frozenset[str] | None = None  # of a key; None for everyone else
    bot_ids: frozenset[int] = frozenset()
    topic_ids: frozenset[int] = frozenset()
    group_ids: frozenset[int] = frozenset()
    is_root: bool = False
    language: str = "en"
    address: str | None = None


# To whom a row is shown beside those whose share it is.
OWN, GROUP, ALL = "own", "group", "all"
SYSTEM = Actor(kind="system", id=None, name="system", is_root=True)


class Rule(msgspec.Struct, frozen=True):
    """An action: the permission it takes, the scope a key needs, and the row's limiting columns.

    `bot` names the column compared with the actor's bots; `shared` says that rows without a bot
    are seen by everyone who has the permission; `bots` names an array column that must be within
    the actor's bots (an empty one means all bots); `owner` names a column that lets only the row's
    own maker through (with `private` not even the root besides). `topic` names a column compared
    with the actor's topics; rows without a topic are everyone's; `topics` is for topics what `bots`
    is for bots. `reach` bounds the actor to what is his share of the rows.
    """

    permission: str
    scope: str | None = None
    bot: str | None = None
    shared: bool = False
    bots: str | None = None
    owner: str | None = None
    private: bool = False
    topic: str | None = None
    topics: str | None = None
    reach: "Reach | None" = None


class Reach(msgspec.Struct, frozen=True):
    """Whose share a row is, for those without the permission `all`.

    His own: `assignee` or one of `participants`. Nobody's yet: no assignee, and a skill group of
    his among `groups` (an empty array is served by all). With the permission `of_groups` the rows
    of his groups are his share whoever has them. The column `shown_to` opens a row to others
    whoever has it: `group` to those of its groups, `all` to everybody; `own` to nobody else.
    """

    all: str
    of_groups: str
    assignee: str
    participants: str
    groups: str
    shown_to: str | None = None


RULES: dict[str, Rule] = {}


def declare(rules: dict[str, Rule]) -> None:
    """Add a module's rules (its `permissions.py`) to the table; an action is declared once."""
    twice = RULES.keys() & rules.keys()
    if any(RULES[action] != rules[action] for action in twice):
        raise ValueError(f"declared twice: {sorted(twice)}")
    RULES.update(rules)


class Row(Protocol):
    """Whatever has the columns that the rule names."""


def held(actor: Actor) -> frozenset[str]:
    """The permissions of an actor; a key's are those that its scopes stand for."""
    if actor.kind != "key":
        return actor.permissions
    scopes = actor.scopes or frozenset()
    return frozenset(rule.permission for rule in RULES.values() if rule.scope in scopes)


def holds(actor: Actor, action: str) -> bool:
    """Whether the actor has the permission (or, for a key, the scope) of an action at all."""
    rule = RULES[action]
    if actor.kind == "key":
        return rule.scope is not None and rule.scope in (actor.scopes or ())
    return actor.is_root or rule.permission in actor.permissions


def allow(actor: Actor, action: str) -> None:
    """Refuse, naming the missing permission or scope."""
    if holds(actor, action):
        return
    if actor.kind == "key" and RULES[action].scope:
        raise errors.Forbidden("scope_needed", scope=RULES[action].scope)
    raise errors.Forbidden("permission_needed", permission=RULES[action].permission)


def can(actor: Actor, action: str, row: Any) -> bool:
    """Whether the actor may do the action to this row."""
    if not holds(actor, action):
        return False
    rule = RULES[action]
    if rule.bot and actor.bot_ids:
        bot_id = getattr(row, rule.bot)
        if bot_id not in actor.bot_ids and not (rule.shared and bot_id is None):
            return False
    if (rule.bots and not within(actor.bot_ids, getattr(row, rule.bots))) or (
        rule.topics and not within(actor.topic_ids, getattr(row, rule.topics))
    ):
        return False
    if rule.topic and actor.topic_ids:
        topic_id = getattr(row, rule.topic)
        if topic_id is not None and topic_id not in actor.topic_ids:
            return False
    if rule.reach and not _reaches(actor, rule.reach, row):
        return False
    return not (rule.owner and _only_owner(actor, rule) and getattr(row, rule.owner) != actor.id)


def _only_owner(actor: Actor, rule: Rule) -> bool:
    """Whether the owner's rule binds the actor."""
    return rule.private or not actor.is_root


def within(own: frozenset[int], wanted: Collection[int]) -> bool:
    """Whether a set of ids, empty for all, stays within the actor's own, empty for all."""
    return not own or (bool(wanted) and own.issuperset(wanted))


def sees_all(actor: Actor, reach: Reach) -> bool:
    """Whether nothing bounds the actor's share."""
    return actor.is_root or actor.kind != "user" or reach.all in actor.permissions


def _reaches(actor: Actor, reach: Reach, row: Any) -> bool:
    if sees_all(actor, reach):
        return True
    assignee = getattr(row, reach.assignee)
    if actor.id is not None and (
        assignee == actor.id or actor.id in getattr(row, reach.participants)
    ):
        return True
    groups = getattr(row, reach.groups)
    served = not groups or not actor.group_ids.isdisjoint(groups)
    shown_to = getattr(row, reach.shown_to) if reach.shown_to else OWN
    if shown_to == ALL or (served and shown_to == GROUP):
        return True
    return served and (assignee is None or reach.of_groups in actor.permissions)


def named(action: str, row: Any) -> frozenset[int]:
    """The ids for which `can` may differ from what it is for others with the same rights."""
    rule = RULES[action]
    found = {getattr(row, rule.owner)} if rule.owner else set()
    if rule.reach:
        found.add(getattr(row, rule.reach.assignee))
        found.update(getattr(row, rule.reach.participants))
    return frozenset(found - {None})


def predicate(actor: Actor, action: str, table: FromClause) -> ColumnElement[bool]:
    """The same decision as `can`, as a condition over the table's columns."""
    if not holds(actor, action):
        return false()
    rule = RULES[action]
    parts: list[ColumnElement[bool]] = [true()]
    if rule.bot and actor.bot_ids:
        column = table.c[rule.bot]
        own = column.in_(sorted(actor.bot_ids))
        parts.append(or_(own, column.is_(None)) if rule.shared else own)
    for name, held_ids in ((rule.bots, actor.bot_ids), (rule.topics, actor.topic_ids)):
        if name and held_ids:
            several = table.c[name]
            inside = several.bool_op("<@")(sorted(held_ids))
            parts.append(and_(func.cardinality(several) > 0, inside))
    if rule.topic and actor.topic_ids:
        topic = table.c[rule.topic]
        parts.append(or_(topic.is_(None), topic.in_(sorted(actor.topic_ids))))
    if rule.reach and not sees_all(actor, rule.reach):
        parts.append(_share(actor, rule.reach, table))
    if rule.owner and _only_owner(actor, rule):
        parts.append(table.c[rule.owner] == actor.id)
    return and_(*parts)


def _share(actor: Actor, reach: Reach, table: FromClause) -> ColumnElement[bool]:
    assignee, groups = table.c[reach.assignee], table.c[reach.groups]
    own = or_(assignee == actor.id, table.c[reach.participants].contains([actor.id]))
    served = or_(groups == cast([], groups.type), groups.overlap(sorted(actor.group_ids)))
    shares = [own]
    if reach.shown_to:
        # constants in the text of the statement: only so does a partial index serve it
        shown_to = table.c[reach.shown_to]
        shares.append(shown_to == literal_column(f"'{ALL}'"))
        if reach.of_groups not in actor.permissions:
            shares.append(and_(shown_to == literal_column(f"'{GROUP}'"), served))
    if reach.of_groups not in actor.permissions:
        served = and_(assignee.is_(None), served)
    return or_(*shares, served)


def find(actor: Actor, action: str, row: Any) -> Any:
    """The row itself when the actor may; else 404, as for what does not exist."""
    allow(actor, action)
    if row is None or not can(actor, action, row):
        raise errors.NotFound("not_found")
    return row
