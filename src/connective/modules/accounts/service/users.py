"""People: made, changed, deactivated and let in again; never more than their maker may."""

import zoneinfo
from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from connective.kit import errors, i18n
from connective.kit.auth_policy import Actor, held, within
from connective.kit.context import Ctx
from connective.kit.http.reply import moment
from connective.kit.paging import Page, PageQuery, cursor
from connective.modules.accounts import queries
from connective.modules.accounts.events import UserChanged, UserDeactivated
from connective.modules.accounts.models import users
from connective.modules.accounts.permissions import ADMINISTRATOR, ROLES
from connective.modules.accounts.schemas.people import RoleOut, UserOut
from connective.modules.accounts.service import passwords, sign_in
from connective.modules.accounts.service import rules as sign_in_rules
from connective.modules.files import service as files

# who may take an administrator away has to wait for his turn: one has to stay
ADMINISTRATORS = "administrators"


async def create(ctx: Ctx, given: Mapping[str, Any], *, is_root: bool = False) -> UserOut:
    """Make a user; without a password he sets one by a reset link."""
    email = sign_in.folded(given["email"])
    role = await _role(ctx, given["role"])
    _grantable(ctx.actor, role.permissions, given.get("bot_ids", ()), given.get("topic_ids", ()))
    known_zone(given.get("timezone", "UTC"))
    values = {k: v for k, v in given.items() if k not in ("role", "password")}
    values |= {"email": email, "role_id": role.id, "is_root": is_root, "created_at": ctx.now}
    if given.get("password"):
        rules = await sign_in_rules.current(ctx)
        passwords.check(given["password"], email, rules.password)
        values["password_hash"] = await passwords.make_hash(given["password"])
        values["password_changed_at"] = ctx.now
    made = insert(users).values(values).returning(users.c.id)
    user_id = (await _unique_email(ctx, made, email)).scalar_one()
    user = out(await queries.user(ctx.db, user_id), ctx.actor.language)
    ctx.audit("user.created", "user", user_id, after=_told(user))
    say(ctx, "user.created", user)
    return user


async def change(ctx: Ctx, user_id: int, changes: Mapping[str, Any]) -> UserOut:
    """Change some fields of a user."""
    if "role" in changes:
        await queries.take_turn(ctx.db, ADMINISTRATORS)
    found = await manageable(ctx, user_id)
    before = out(found, ctx.actor.language)
    values = {k: v for k, v in changes.items() if k != "role"}
    role = await _role(ctx, changes["role"]) if "role" in changes else found
    bots = changes.get("bot_ids", found.bot_ids)
    _grantable(ctx.actor, role.permissions, bots, changes.get("topic_ids", found.topic_ids))
    if "role" in changes and role.alias != found.role:
        await _may_lose_role(ctx, found)
        values["role_id"] = role.id
    if "timezone" in changes:
        known_zone(changes["timezone"])
    if "email" in changes:
        values["email"] = sign_in.folded(changes["email"])
    if values:
        change_row = update(users).where(users.c.id == user_id).values(values)
        await _unique_email(ctx, change_row, values.get("email", ""))
    user = out(await queries.user(ctx.db, user_id), ctx.actor.language)
    ctx.audit("user.changed", "user", user_id, before=_told(before), after=_told(user))
    say(ctx, "user.updated", user)
    return user


async def activate(ctx: Ctx, user_id: int) -> UserOut:
    found = await manageable(ctx, user_id)
    if found.active:
        return await get(ctx, user_id)
    changed = await _set_active(ctx, found, active=True)
    say(ctx, "user.updated", changed)
    return changed


async def deactivate(ctx: Ctx, user_id: int, *, open_chats_to: int | None = None) -> UserOut:
    """Shut a user out at once; his past stays, his chats go to a colleague or the queue."""
    await queries.take_turn(ctx.db, ADMINISTRATORS)
    found = await manageable(ctx, user_id)
    if user_id == ctx.actor.id and ctx.actor.kind == "user":
        raise errors.Conflict("own_account")
    await _not_last_administrator(ctx, found)
    if open_chats_to is not None:
        await _active_colleague(ctx, found, open_chats_to)
    await sign_in.end_sessions(ctx, user_id, "user deactivated")
    if not found.active:
        return await get(ctx, user_id)
    changed = await _set_active(ctx, found, active=False)
    ctx.emit("user.deactivated", UserDeactivated(*_said(changed), open_chats_to))
    return changed


async def get(ctx: Ctx, user_id: int) -> UserOut:
    return out(await existing(ctx, user_id), ctx.actor.language)


async def listed(ctx: Ctx, page: PageQuery, **filters: Any) -> Page[UserOut]:
    rows, total = await queries.list_users(ctx.db, ctx.actor, page=page, **filters)
    shown = rows[: page.limit]
    following = None
    if len(rows) > page.limit:
        last = shown[-1]
        following = cursor(last.sort_value, last.id)
    return Page([out(row, ctx.actor.language) for row in shown], following, total)


async def ensure_first_admin(ctx: Ctx, email: str, password: str) -> bool:
    """Make the first administrator, a root one; False when there are users already."""
    await queries.take_turn(ctx.db, "first administrator")
    if await queries.any_user(ctx.db):
        return False
    person = {"first_name": email.partition("@")[0], "email": email, "password": password}
    await create(ctx, person | {"role": ADMINISTRATOR}, is_root=True)
    return True


async def roles(ctx: Ctx) -> list[RoleOut]:
    return [
        RoleOut(
            id=row.id,
            alias=row.alias,
            name=_role_name(row.alias, row.name, ctx.actor.language),
            is_system=row.is_system,
            permissions=sorted(row.permissions),
            users=row.users,
        )
        for row in await queries.all_roles(ctx.db)
    ]


async def existing(ctx: Ctx, user_id: int, *, lock: bool = False) -> Any:
    found = await queries.user(ctx.db, user_id, lock=lock)
    if found is None:
        raise errors.NotFound("not_found")
    return found


async def manageable(ctx: Ctx, user_id: int) -> Any:
    """The locked row of a user whose rights do not exceed the actor's."""
    found = await existing(ctx, user_id, lock=True)
    if found.is_root and not ctx.actor.is_root:
        raise errors.Forbidden("higher_rights")
    _grantable(ctx.actor, found.permissions, found.bot_ids, found.topic_ids)
    return found


async def as_actor(ctx: Ctx, user_id: int, address: str) -> Actor:
    """A user as the one who acts, outside of any session."""
    found = await existing(ctx, user_id)
    return Actor("user", user_id, sign_in.name_of(found), is_root=found.is_root, address=address)


def own_id(ctx: Ctx) -> int:
    """The signed-in user's id; keys have no account."""
    if ctx.actor.kind != "user" or ctx.actor.id is None:
        raise errors.Forbidden("people_only")
    return ctx.actor.id


def out(row: Any, language: str) -> UserOut:
    return UserOut(**fields_of(row, language))


def _grantable(actor: Actor, permissions: Any, bot_ids: Any, topic_ids: Any) -> None:
    """Nobody gives, or changes in others, what he lacks himself."""
    if not actor.is_root:
        missing = sorted(frozenset(permissions) - held(actor))
        if missing:
            raise errors.Forbidden("grants_too_much", what=", ".join(missing))
    if not within(actor.bot_ids, bot_ids) or not within(actor.topic_ids, topic_ids):
        raise errors.Forbidden("grants_other_bots")


async def _may_lose_role(ctx: Ctx, found: Any) -> None:
    if found.id == ctx.actor.id and ctx.actor.kind == "user":
        raise errors.Conflict("own_account")
    await _not_last_administrator(ctx, found)


async def _not_last_administrator(ctx: Ctx, found: Any) -> None:
    if found.role == ADMINISTRATOR or found.is_root:
        left = await queries.active_administrators(ctx.db)
        if not [user_id for user_id in left if user_id != found.id]:
            raise errors.Conflict("last_administrator")


async def _active_colleague(ctx: Ctx, found: Any, user_id: int) -> None:
    other = await queries.user(ctx.db, user_id)
    if other is None or not other.active or user_id == found.id:
        raise errors.Invalid("no_colleague", field="open_chats_to")


async def _set_active(ctx: Ctx, found: Any, *, active: bool) -> UserOut:
    values = {"active": active, "deactivated_at": None if active else ctx.now}
    await ctx.db.execute(update(users).where(users.c.id == found.id).values(values))
    action = "user.activated" if active else "user.deactivated"
    ctx.audit(action, "user", found.id, before={"active": found.active})
    return await get(ctx, found.id)


def say(ctx: Ctx, kind: str, user: UserOut) -> None:
    """Tell everyone who listens how the user is now."""
    ctx.emit(kind, UserChanged(*_said(user)))


def _said(user: UserOut) -> tuple[int, str, str, str, bool]:
    return user.id, user.name, user.email, user.role, user.active


async def _role(ctx: Ctx, alias: str) -> Any:
    found = await queries.role(ctx.db, alias)
    if found is None:
        raise errors.Invalid("unknown_role", field="role", role=alias)
    return found


def known_zone(name: str) -> None:
    """Refuse a time zone that does not exist."""
    if name not in zoneinfo.available_timezones():
        raise errors.Invalid("unknown_timezone", field="timezone", timezone=name)


async def _unique_email(ctx: Ctx, statement: Any, email: str) -> Any:
    try:
        async with ctx.db.begin_nested():
            return await ctx.db.execute(statement)
    except IntegrityError:
        raise errors.Conflict("email_taken", field="email", email=email) from None


def _role_name(alias: str, name: str, language: str) -> str:
    return i18n.text(language, f"roles.{alias}") if alias in ROLES else name


def fields_of(row: Any, language: str) -> dict[str, Any]:
    """What lists and forms show of a user."""
    return {
        "id": row.id,
        "first_name": row.first_name,
        "last_name": row.last_name,
        "name": sign_in.name_of(row),
        "email": row.email,
        "role": row.role,
        "role_name": _role_name(row.role, row.role_name, language),
        "is_root": row.is_root,
        "language": row.language,
        "timezone": row.timezone,
        "active": row.active,
        "picture": row.picture and files.lasting(row.picture, files.PICTURE),
        "bot_ids": list(row.bot_ids),
        "topic_ids": list(row.topic_ids),
        "must_change_password": row.must_change_password,
        "totp_enabled": row.totp_secret is not None,
        "last_login_at": moment(row.last_login_at),
        "created_at": moment(row.created_at),
        "deactivated_at": moment(row.deactivated_at),
    }


def _told(user: UserOut) -> dict[str, Any]:
    """What of a user stands in the audit trail."""
    kept = ("first_name", "last_name", "email", "role", "active", "bot_ids", "topic_ids")
    return {name: getattr(user, name) for name in kept}
