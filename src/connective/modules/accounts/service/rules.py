"""The rules of signing in, set by an administrator: read, changed, and what they ask of someone."""

import ipaddress
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec

from connective.kit import errors
from connective.kit.context import Ctx
from connective.kit.errors import FieldError
from connective.kit.http.address import within
from connective.kit.stored_settings import store
from connective.modules.accounts import queries
from connective.modules.accounts.schemas.rules import PasswordRules, SecondFactorRules, SignInRules
from connective.modules.accounts.signing import queries as signing


def of(stored: Any) -> SignInRules:
    """The rules as they are stored; before anybody set them, the defaults."""
    return SignInRules() if stored is None else msgspec.convert(stored, SignInRules)


async def current(ctx: Ctx) -> SignInRules:
    return of(await store.read(ctx, signing.RULES))


async def change(ctx: Ctx, given: Mapping[str, Any], *, confirmed: bool = False) -> SignInRules:
    """Change some rules, all or none. Of a group only what was sent changes; networks do whole."""
    now = msgspec.to_builtins(await current(ctx))
    after = dict(now)
    for group, value in given.items():
        after[group] = _listed(value) if group == "networks" else now[group] | value
    changed = of(after)
    await _check(ctx, changed)
    if not confirmed:
        await _check_own_way_in(ctx, changed)
    await store.write(ctx, signing.RULES, before=now, after=after)
    return changed


def _listed(networks: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Roles with networks; one without any is as free as one that is not named."""
    return {role: list(dict.fromkeys(given)) for role, given in networks.items() if given}


async def _check(ctx: Ctx, rules: SignInRules) -> None:
    """Refuse roles that do not exist and networks that are none, each by its place."""
    known = {row.alias for row in await queries.all_roles(ctx.db)}
    second, wrong = rules.second_factor.roles, list[FieldError]()
    wrong += [
        _no_role(f"second_factor.roles[{i}]", r) for i, r in enumerate(second) if r not in known
    ]
    for role, networks in rules.networks.items():
        if role not in known:
            wrong.append(_no_role(f"networks.{role}", role))
        wrong += [
            FieldError(f"networks.{role}[{i}]", "bad_network", {"network": network})
            for i, network in enumerate(networks)
            if not _is_network(network)
        ]
    if wrong:
        raise errors.invalid(*wrong)


def _no_role(field: str, role: str) -> FieldError:
    return FieldError(field, "unknown_role", {"role": role})


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return True


async def _check_own_way_in(ctx: Ctx, rules: SignInRules) -> None:
    """Refuse networks that would shut out the one who sets them."""
    if ctx.actor.kind != "user" or ctx.actor.id is None:
        return
    mine = await queries.user(ctx.db, ctx.actor.id)
    if not may_come_from(rules, mine.role, ctx.actor.address):
        raise errors.Conflict(
            "networks_exclude_you", field=f"networks.{mine.role}", address=ctx.actor.address
        )


def may_come_from(rules: SignInRules, role: str, address: str | None) -> bool:
    """Whether people of a role may work from an address; without a list, from any."""
    allowed = rules.networks.get(role)
    return not allowed or (address is not None and within(address, tuple(allowed)))


def is_expired(rules: PasswordRules, changed_at: datetime | None, now: datetime) -> bool:
    """Whether a password is older than one may be; of what nobody knows the age, is not."""
    if not rules.expires_days or changed_at is None:
        return False
    return changed_at <= now - timedelta(days=rules.expires_days)


def needs_second_factor(rules: SecondFactorRules, role: str) -> bool:
    return rules.mode == "required" and (not rules.roles or role in rules.roles)
