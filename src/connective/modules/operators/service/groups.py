"""Skill groups: which operators serve which topics. A topic in no active group is everybody's."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError

from connective.kit import errors
from connective.kit.auth_policy import sees_all
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.http.reply import moment
from connective.modules.accounts import service as accounts
from connective.modules.operators import queries
from connective.modules.operators.events import OperatorChanged, SkillGroupChanged
from connective.modules.operators.models import skill_groups
from connective.modules.operators.permissions import REACH
from connective.modules.operators.schemas import NewSkillGroup, SkillGroup, SkillGroupPatch
from connective.modules.topics import service as topics
from connective.modules.topics.schemas import Topic

AUDITED = ("name", "topic_ids", "active")
SHOWN_BOTS = 10


async def groups_of(ctx: Ctx, topic_id: int | None) -> list[int]:
    """The active skill groups that serve a topic; none: it is everybody's."""
    if topic_id is None:
        return []
    return (await queries.groups_of(ctx.db, [topic_id])).get(topic_id, [])


async def groups_of_topics(ctx: Ctx, topic_ids: Sequence[int]) -> dict[int, list[int]]:
    """The same for several topics; one that is everybody's is absent."""
    return await queries.groups_of(ctx.db, topic_ids)


async def list_groups(ctx: Ctx) -> list[SkillGroup]:
    """The actor's groups; all of them for whoever sees everything."""
    rows = [row for row in await queries.groups(ctx.db) if _is_his(ctx, row.id)]
    people = await queries.members(ctx.db, [row.id for row in rows]) if rows else {}
    return [_out(row, people[row.id]) for row in rows]


async def get_group(ctx: Ctx, group_id: int) -> SkillGroup:
    rows = await queries.groups(ctx.db, ids=[group_id])
    if not rows or not _is_his(ctx, group_id):
        raise errors.NotFound("not_found")
    return await _shown(ctx, rows[0])


async def create_group(ctx: Ctx, new: NewSkillGroup) -> SkillGroup:
    """A new group, by someone who sees all requests: it decides who sees them."""
    if not sees_all(ctx.actor, REACH):
        raise errors.Forbidden("groups_limited")
    await _known_topics(ctx, new.topic_ids)
    _own_topics(ctx, set(new.topic_ids))
    values = {"name": new.name, "topic_ids": sorted(set(new.topic_ids)), "active": new.active}
    made = insert(skill_groups).values(created_at=ctx.now, **values).returning(skill_groups)
    row = await _named_once(ctx, made, new.name)
    await _set_members(ctx, row.id, new.member_ids)
    _note(ctx, row, before=None, fields=["name", "topic_ids", "member_ids", "active"])
    return await _shown(ctx, row)


async def change_group(ctx: Ctx, group_id: int, patch: SkillGroupPatch) -> SkillGroup:
    """Change what the patch names; topics and the switch only by someone who sees all requests."""
    before = await _locked(ctx, group_id)
    given = {k: v for k, v in patch.model_dump(exclude_unset=True).items() if v is not None}
    if given.keys() & {"topic_ids", "active"} and not sees_all(ctx.actor, REACH):
        raise errors.Forbidden("groups_limited")
    people: list[int] | None = given.pop("member_ids", None)
    if "topic_ids" in given:
        given["topic_ids"] = sorted(set(given["topic_ids"]))
        await _known_topics(ctx, set(given["topic_ids"]) - set(before.topic_ids))
        _own_topics(ctx, set(given["topic_ids"]) ^ set(before.topic_ids))
    if given.get("active", before.active) != before.active:
        _own_topics(ctx, set(before.topic_ids))
    fields = sorted(name for name, value in given.items() if value != getattr(before, name))
    row = before
    if fields:
        changed = update(skill_groups).where(skill_groups.c.id == group_id).values(**given)
        row = await _named_once(ctx, changed.returning(skill_groups), given.get("name", ""))
    if people is not None and await _set_members(ctx, group_id, people):
        fields.append("member_ids")
    if fields:
        _note(ctx, row, before=before, fields=fields)
    return await _shown(ctx, row)


async def delete_group(ctx: Ctx, group_id: int) -> None:
    """Delete a group; its members leave it, its topics are everybody's unless others hold them."""
    before = await _locked(ctx, group_id)
    if not sees_all(ctx.actor, REACH):
        raise errors.Forbidden("groups_limited")
    _own_topics(ctx, set(before.topic_ids))
    if held := await queries.bots_with(ctx.db, group_id=group_id):
        names = ", ".join(row.name for row in held[:SHOWN_BOTS])
        raise errors.Conflict("group_in_use", group=before.name, bots=names)
    await _set_members(ctx, group_id, [])
    await ctx.db.execute(delete(skill_groups).where(skill_groups.c.id == group_id))
    ctx.audit("skill_group.deleted", "skill_group", group_id, _audited(before))
    _say(ctx, before, set(before.topic_ids), fields=["deleted"])


async def set_groups(ctx: Ctx, user_id: int, group_ids: Iterable[int]) -> list[str]:
    """Make an operator a member of these groups; the fields that changed come back."""
    known = {row.id for row in await queries.groups(ctx.db, ids=list(set(group_ids)))}
    if unknown := sorted(set(group_ids) - known):
        raise errors.Invalid("unknown_groups", field="group_ids", groups=_joined(unknown))
    before = set(await accounts.set_groups(ctx, user_id, group_ids))
    touched = before ^ set(group_ids)
    if any(not _is_his(ctx, group_id) for group_id in touched):
        raise errors.Forbidden("groups_limited")
    for row in await queries.groups(ctx.db, ids=sorted(touched)):
        _say(ctx, row, set(), fields=["member_ids"])
    return ["group_ids"] if touched else []


def _is_his(ctx: Ctx, group_id: int) -> bool:
    return sees_all(ctx.actor, REACH) or group_id in ctx.actor.group_ids


async def _locked(ctx: Ctx, group_id: int) -> AnyRow:
    rows = await queries.groups(ctx.db, ids=[group_id], lock=True)
    if not rows or not _is_his(ctx, group_id):
        raise errors.NotFound("not_found")
    return rows[0]


async def _known_topics(ctx: Ctx, topic_ids: Iterable[int]) -> None:
    wanted = set(topic_ids)
    found = set(await topics.named_topics(ctx, wanted))
    if unknown := sorted(wanted - found):
        raise errors.Invalid("unknown_topics", field="topic_ids", topics=_joined(unknown))


def _own_topics(ctx: Ctx, touched: set[int]) -> None:
    """Who is limited to topics decides nothing of others: neither who serves them nor who not."""
    own = ctx.actor.topic_ids
    if own and (foreign := sorted(touched - own)):
        raise errors.Invalid("unknown_topics", field="topic_ids", topics=_joined(foreign))


async def _set_members(ctx: Ctx, group_id: int, user_ids: Iterable[int]) -> bool:
    """Make exactly these people members; whether anything changed."""
    wanted = set(user_ids)
    now = set((await queries.members(ctx.db, [group_id]))[group_id])
    for user_id in sorted(wanted ^ now):
        row = await queries.operator(ctx.db, user_id)
        if row is None and user_id in wanted:
            raise errors.Invalid("unknown_operator", field="member_ids", operator=user_id)
        held = set(row.group_ids) if row is not None else {group_id}
        after = held | {group_id} if user_id in wanted else held - {group_id}
        await accounts.set_groups(ctx, user_id, after)
        ctx.emit("operator.updated", OperatorChanged(user_id, ["group_ids"]))
    return wanted != now


async def _named_once(ctx: Ctx, statement: Any, name: str) -> AnyRow:
    try:
        async with ctx.db.begin_nested():
            row: AnyRow = (await ctx.db.execute(statement)).one()
    except IntegrityError:
        raise errors.Conflict("group_taken", field="name", group=name) from None
    return row


def _note(ctx: Ctx, row: AnyRow, *, before: AnyRow | None, fields: list[str]) -> None:
    held = set(before.topic_ids) if before is not None else set[int]()
    action = "skill_group.created" if before is None else "skill_group.changed"
    old = None if before is None else _audited(before)
    ctx.audit(action, "skill_group", row.id, old, _audited(row))
    _say(ctx, row, held, fields=fields)


def _say(ctx: Ctx, row: AnyRow, held: set[int], *, fields: list[str]) -> None:
    served = sorted(held | set(row.topic_ids))
    ctx.emit("skill_group.changed", SkillGroupChanged(row.id, row.name, served, fields))
    ctx.wakes("distribution")


def _audited(row: AnyRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in AUDITED}


async def _shown(ctx: Ctx, row: AnyRow) -> SkillGroup:
    return _out(row, (await queries.members(ctx.db, [row.id]))[row.id])


def _out(row: AnyRow, people: list[int]) -> SkillGroup:
    return SkillGroup(
        id=row.id,
        name=row.name,
        topic_ids=list(row.topic_ids),
        member_ids=people,
        active=row.active,
        created_at=moment(row.created_at),
    )


def _joined(ids: Iterable[int]) -> str:
    return ", ".join(map(str, ids))


async def _uses(ctx: Ctx, topic: Topic) -> list[topics.Use]:
    rows = await queries.groups(ctx.db)
    return [topics.Use(row.name) for row in rows if topic.id in row.topic_ids]


topics.USES.offer("operators", _uses)
