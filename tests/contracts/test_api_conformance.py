"""Made-up calls of every operation, and of what they make: each answer is one that is promised."""

import asyncio
import contextlib
import os
import re
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky
from schemathesis import GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    ensure_resource_availability,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
    use_after_free,
)

from connective.kit import egress
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.server import RunningApp
from connective.kit.testing.shop import Shop

# `make fuzz` gives more of them, from another seed each time.
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "6"))
SEED = os.environ.get("FUZZ_SEED")
# It does not end; its own tests read it.
ENDLESS = "GET /api/v1/events"
# Lives of things, and calls in each.
LIVES, STEPS = max(2, EXAMPLES // 4), 8
OF_LIVES = [use_after_free, ensure_resource_availability]
LIVING = re.compile(
    r"/api/v1/(bots|topics|tags|operator-statuses|skill-groups|keys|users|webhooks"
    r"|broadcast-templates|messenger/catchers)(/\{\w+\})?$"
).match
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


async def nobody(host: str, port: int) -> list[str]:
    """No name resolves: nothing leaves this machine."""
    raise OSError(f"{host}:{port} is not asked for in tests")


@pytest_asyncio.fixture
async def alone(server: RunningApp, shop: Shop) -> AsyncIterator[RunningApp]:
    """The app with a bot and an operator who talk to someone, and from now on no way out."""
    start, hello = (1, "start", {}), (2, "message", {"text": "Hello"})
    point = (3, "entry", {"alias": "crm", "trigger": "webhook"})
    await shop.publish([start, hello, point], [(1, "next", 2), (3, "next", 2)])
    await shop.say("/start")
    await shop.heard(1)
    dialog_id = (await shop.admin.get("/api/v1/dialogs")).json["items"][0]["id"]
    taken = await shop.admin.post(f"/api/v1/dialogs/{dialog_id}/takeover", {})
    assert taken.status == 200, taken.text
    before = egress.default()
    async with egress.Egress(egress.Policy.build(), lookup=nobody) as closed:
        egress.configure(closed)
        yield server
        egress.configure(before)


async def known(db: Database, person: Person) -> dict[str, Any]:
    """Values of path parameters that lead to something; what a call before undid is back."""
    await db.execute("UPDATE bots SET archived_at = NULL, active = true")
    await db.execute("DELETE FROM settings")
    return {
        "bot_id": await db.value("SELECT min(id) FROM bots"),
        "user_id": person.id,
        "key_id": await db.value("SELECT min(id) FROM api_keys"),
        "request_id": await db.value("SELECT min(id) FROM requests"),
        "dialog_id": await db.value("SELECT min(id) FROM dialogs"),
        "run_id": await db.value("SELECT min(id) FROM runs"),
        "message_id": await db.value("SELECT min(id) FROM messages"),
        "scheduled_id": await db.value("SELECT min(id) FROM scheduled_messages"),
        "delivery_id": await db.value("SELECT min(id) FROM deliveries"),
        "client_id": await db.value("SELECT min(id) FROM clients"),
        "contact_id": await db.value("SELECT min(id) FROM contacts"),
        "node_id": 3,
        "number": 1,
        "left": 1,
        "right": 1,
        "action": "send_request",
    }


def strategy(operation: Any, present: dict[str, Any]) -> Any:
    """Any input, and input with path parameters that lead somewhere."""
    wanted = {p.name for p in operation.path_parameters} & present.keys()
    if not wanted:
        return operation.as_strategy()
    real = operation.as_strategy(path_parameters={name: present[name] for name in wanted})
    return st.one_of(real, operation.as_strategy())


def call(
    operation: Any, cases: Any, url: str, headers: dict[str, str], *, statuses: Counter[int]
) -> list[str]:
    """Made-up calls of one operation; counts the answers and gives what was wrong with them."""
    faults: list[str] = []

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES,
        derandomize=SEED is None,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def made_up(case: Any) -> None:
        response = case.call(base_url=url, headers=headers, timeout=40)
        statuses[response.status_code] += 1
        try:
            case.validate_response(response, checks=CHECKS)
        except BaseExceptionGroup as group:
            faults.extend(f"{operation.label}: {fault}" for fault in group.exceptions)

    made_up()
    return faults


@pytest.mark.proves("INT-15", part="document")
@pytest.mark.timeout(400 + 100 * EXAMPLES)
# the app runs beside the strategies, and draws random numbers as it likes
@pytest.mark.filterwarnings("ignore:Do not use the `random` module")
async def test_every_operation_answers_as_the_document_says(
    alone: RunningApp, app: AppClient, db: Database
) -> None:
    document = schemathesis.openapi.from_dict(alone.asgi.openapi())
    document.config.generation.update(with_security_parameters=False)
    faults: list[str] = []
    statuses: Counter[int] = Counter()
    for found in document.get_all_operations():
        if found.ok().label == ENDLESS:
            continue
        person = await sign_in(db, app, "administrator", is_root=True)
        headers = dict(person.client.headers)
        operation = found.ok()
        cases = strategy(operation, await known(db, person))
        faults += await asyncio.to_thread(
            call, operation, cases, alone.url, headers, statuses=statuses
        )
        await person.client.close()
    assert not faults, "\n".join(faults)
    # most calls got past the door, and enough of them found something behind it
    assert statuses[401] + statuses[403] < statuses.total() / 5
    done = sum(count for status, count in statuses.items() if 200 <= status < 300)
    assert done > statuses.total() / 8, statuses


def follow(document: Any, url: str, headers: dict[str, str], seen: Counter[str]) -> list[str]:
    """Make things, then read, change and delete them, as the links lead; what was wrong with it."""
    faults: list[str] = []

    class Followed(document.as_state_machine()):  # type: ignore[misc]
        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            return {"base_url": url, "headers": headers, "timeout": 40}

        def after_call(self, response: Any, case: Any) -> None:
            seen[f"{case.operation.label} {response.status_code}"] += 1

        def validate_response(self, response: Any, case: Any, **_: Any) -> None:
            try:
                case.validate_response(response, checks=[*CHECKS, *OF_LIVES])
            except BaseExceptionGroup as group:
                faults.extend(f"{case.operation.label}: {fault}" for fault in group.exceptions)

    for number in range(LIVES):
        # one life changes what the next one meets, which its engine cannot know
        with contextlib.suppress(Flaky):
            seed(f"{SEED} {number}")(Followed).run(
                settings=settings(
                    max_examples=3,
                    stateful_step_count=STEPS,
                    database=None,
                    deadline=None,
                    phases=[Phase.generate],
                    suppress_health_check=list(HealthCheck),
                )
            )
    return faults


@pytest.mark.proves("INT-15", part="links")
@pytest.mark.timeout(50 * EXAMPLES)
@pytest.mark.filterwarnings("ignore:Do not use the `random` module")
async def test_what_is_made_can_be_read_changed_and_deleted_once(
    alone: RunningApp, admin: Person
) -> None:
    whole = alone.asgi.openapi()
    paths = {
        # lists come and go by themselves
        path: {
            name: about for name, about in methods.items() if path.endswith("}") or name != "get"
        }
        for path, methods in whole["paths"].items()
        if LIVING(path)
    }
    document = schemathesis.openapi.from_dict({**whole, "paths": paths})
    document.config.generation.update(with_security_parameters=False)
    document.config.generation.update(modes=[GenerationMode.POSITIVE])
    headers, seen = dict(admin.client.headers), Counter[str]()
    faults = await asyncio.to_thread(follow, document, alone.url, headers, seen)
    assert not faults, "\n".join(faults)
    deleted = sum(
        count for call, count in seen.items() if call.startswith("DELETE") and "204" in call
    )
    assert deleted > 0
