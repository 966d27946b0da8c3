"""Calls every operation of the document with made-up input: each answer is one it promises."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)

from connective.kit import egress
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import sign_in
from connective.kit.testing.server import RunningApp

EXAMPLES = 6
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
async def alone(server: RunningApp) -> AsyncIterator[RunningApp]:
    """The app, with no way out."""
    before = egress.default()
    async with egress.Egress(egress.Policy.build(), lookup=nobody) as closed:
        egress.configure(closed)
        yield server
        egress.configure(before)


def call(operation: Any, url: str, headers: dict[str, str], *, statuses: Counter[int]) -> list[str]:
    """Made-up calls of one operation; counts the answers and gives what was wrong with them."""
    faults: list[str] = []

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
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
@pytest.mark.timeout(300)
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
        person = await sign_in(db, app, "administrator", is_root=True)
        headers = dict(person.client.headers)
        operation = found.ok()
        faults += await asyncio.to_thread(call, operation, alone.url, headers, statuses=statuses)
        await person.client.close()
    assert not faults, "\n".join(faults)
    # most calls got past the door, and enough of them found something behind it
    assert statuses[401] + statuses[403] < statuses.total() / 5
    assert statuses[200] > statuses.total() / 5, statuses
