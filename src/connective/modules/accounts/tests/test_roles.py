"""Roles, the catalogue of permissions, and the rule table with its two faces."""

import types
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import ARRAY, BigInteger, Column, MetaData, Table, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.app import modules
from connective.kit import auth_policy, i18n
from connective.kit.auth_policy import Actor, Rule
from connective.kit.context import Ctx
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.modules.accounts.permissions import (
    ADMINISTRATOR,
    PERMISSIONS,
    ROLES,
    ROOT_ONLY,
    SCOPES,
)

pytestmark = pytest.mark.proves("SE-12", part="roles, permissions, rule table")
DECLARED = {
    action: rule
    for _, rules in modules.offered("permissions", "RULES")
    for action, rule in rules.items()
}


@pytest.mark.parametrize("action", sorted(DECLARED))
def test_every_declared_rule_is_in_the_catalogue_and_an_administrators(action: str) -> None:
    rule = DECLARED[action]
    assert rule.permission in PERMISSIONS
    of_administrators = rule.permission in ROLES[ADMINISTRATOR][1]
    assert of_administrators != (rule.permission in ROOT_ONLY)
    assert rule.scope is None or rule.scope in SCOPES


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_every_permission_has_a_label_in_each_language(permission: str) -> None:
    key = permission.replace(".", "_")
    labels = {i18n.catalogue(language)["permissions"][key] for language in i18n.LANGUAGES}
    assert len(labels) == len(i18n.LANGUAGES)


@pytest.mark.parametrize("alias", sorted(ROLES))
def test_roles_grant_only_permissions_of_the_catalogue(alias: str) -> None:
    granted = ROLES[alias][1]
    assert set(granted) <= set(PERMISSIONS)
    assert len(granted) == len(set(granted))
    assert i18n.catalogue("uk")["roles"][alias]


async def test_roles_and_permissions_are_listed(admin: Person) -> None:
    roles = {r["alias"]: r for r in (await admin.client.get("/api/v1/roles")).json["items"]}
    assert set(roles) == set(ROLES)
    assert roles["administrator"]["users"] == 1
    assert roles["operator"]["is_system"]
    listed = (await admin.client.get("/api/v1/permissions")).json["items"]
    assert [p["key"] for p in listed] == list(PERMISSIONS)


async def test_a_changed_role_counts_from_the_next_request_on(app: AppClient, db: Database) -> None:
    operator = await sign_in(db, app, "operator")
    assert (await operator.client.get("/api/v1/users")).status == 403
    await db.execute(
        "UPDATE roles SET permissions = permissions || '{users.view}' WHERE alias = 'operator'"
    )
    assert (await operator.client.get("/api/v1/users")).status == 200
    await db.execute("UPDATE roles SET permissions = '{}' WHERE alias = 'operator'")
    assert (await operator.client.get("/api/v1/users")).status == 403


async def test_who_may_see_a_page_of_rules_changes_them_only_with_the_right_to(
    app: AppClient, db: Database
) -> None:
    person = await sign_in(db, app, "supervisor")
    grant = "UPDATE roles SET permissions = permissions || $1::text[] WHERE alias = 'supervisor'"
    await db.execute(grant, ["auth.view"])
    rules = "/api/v1/auth/settings"
    assert (await person.client.get(rules)).status == 200
    refused = await person.client.put(rules, {"lock": {"failures": 7}})
    assert (refused.status, "auth.edit" in refused.json["detail"]) == (403, True)
    await db.execute(grant, ["auth.edit"])
    assert (await person.client.put(rules, {"lock": {"failures": 7}})).status == 200


# what may differ in rules, actors and rows
ROWS = Table(
    "policy_rows",
    MetaData(),
    Column("id", BigInteger),
    Column("bot_id", BigInteger),
    Column("bot_ids", ARRAY(BigInteger), nullable=False),
    Column("owner_id", BigInteger),
    prefixes=["TEMPORARY"],
)
small = st.integers(1, 3)
rules = st.builds(
    Rule,
    permission=st.just("things.view"),
    scope=st.sampled_from([None, "bots:read"]),
    bot=st.sampled_from([None, "bot_id"]),
    shared=st.booleans(),
    bots=st.sampled_from([None, "bot_ids"]),
    owner=st.sampled_from([None, "owner_id"]),
)
actors = st.builds(
    Actor,
    kind=st.sampled_from(["user", "key", "system"]),
    id=small,
    name=st.just("someone"),
    permissions=st.frozensets(st.sampled_from(["things.view", "other"])),
    scopes=st.frozensets(st.sampled_from(["bots:read", "bots:write"])),
    bot_ids=st.frozensets(small),
    is_root=st.booleans(),
)
EVERY_ROW: list[dict[str, Any]] = [
    {"bot_id": bot, "bot_ids": bots, "owner_id": owner}
    for bot in (None, 1, 2, 3)
    for bots in ([], [1], [2, 3], [1, 2, 3])
    for owner in (None, 1, 2)
]


async def _seen(db: AsyncConnection, actor: Actor) -> set[int]:
    found = await db.execute(
        select(ROWS.c.id).where(auth_policy.predicate(actor, "things.view", ROWS))
    )
    return set(found.scalars())


async def test_the_predicate_and_the_decision_agree_on_every_row(
    ctx: Ctx, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"id": number} | row for number, row in enumerate(EVERY_ROW)]
    await ctx.db.run_sync(ROWS.metadata.create_all)
    await ctx.db.execute(insert(ROWS), rows)
    cases: list[tuple[Rule, Actor]] = []

    @given(rules, actors)
    def gather(rule: Rule, actor: Actor) -> None:
        cases.append((rule, actor))

    gather()
    for rule, actor in cases:
        monkeypatch.setitem(auth_policy.RULES, "things.view", rule)
        decided = {
            row["id"]
            for row in rows
            if auth_policy.can(actor, "things.view", types.SimpleNamespace(**row))
        }
        assert decided == await _seen(ctx.db, actor), (rule, actor)
    assert len(cases) >= 50


def test_a_refusal_names_the_missing_permission_or_scope() -> None:
    person = Actor("user", 1, "Ann", permissions=frozenset())
    with pytest.raises(Exception, match="permission_needed") as refused:
        auth_policy.allow(person, "users.view")
    refusal: Any = refused.value
    assert refusal.params == {"permission": "users.view"}
    key = Actor("key", 1, "API", scopes=frozenset())
    with pytest.raises(Exception, match="scope_needed") as refused:
        auth_policy.allow(key, "users.view")
    refusal = refused.value
    assert refusal.params == {"scope": "users:read"}


def test_a_key_holds_no_permission_without_a_scope_for_it_even_with_permissions() -> None:
    key = Actor("key", 1, "API", permissions=frozenset(PERMISSIONS), scopes=frozenset(SCOPES))
    assert not auth_policy.holds(key, "keys.edit")
    assert not auth_policy.holds(key, "audit.view")
