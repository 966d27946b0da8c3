"""Numbers that no column can hold: refused as what they are, never a failure of ours."""

from collections.abc import Iterator
from typing import Any

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.people import Person
from connective.kit.testing.server import RunningApp

GIANTS = (str(2**63), "1" + "0" * 40)
# Known addresses of bots and nodes: for these a number that cannot be is one that is not there.
NOT_FOUND = ("/kw/api/call_node", "/messengers_host/")


def whole_numbers(operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Parameters that are whole numbers, alone or beside null."""
    for parameter in operation.get("parameters", ()):
        schema = parameter["schema"]
        kinds = [schema, *schema.get("anyOf", ())]
        if any(kind.get("type") == "integer" for kind in kinds):
            yield parameter


@pytest.mark.proves("INT-13", part="giant numbers")
def test_every_whole_number_of_an_address_has_an_upper_bound(server: RunningApp) -> None:
    unbounded = [
        (method, path, parameter["name"])
        for path, methods in server.asgi.openapi()["paths"].items()
        for method, operation in methods.items()
        for parameter in whole_numbers(operation)
        if not any(
            "maximum" in s for s in (parameter["schema"], *parameter["schema"].get("anyOf", ()))
        )
    ]
    assert unbounded == []


@pytest.mark.proves("INT-13", part="giant numbers")
@pytest.mark.timeout(120)
async def test_a_giant_number_is_refused_wherever_it_stands(
    server: RunningApp, app: AppClient, admin: Person
) -> None:
    wrong, asked = [], 0
    document = server.asgi.openapi()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            for parameter in whole_numbers(operation):
                for giant in GIANTS:
                    asked += 1
                    status = await called(
                        admin.client, path, method, operation, name=parameter["name"], giant=giant
                    )
                    fitting = (404, 422) if path.startswith(NOT_FOUND) else (422,)
                    if status not in fitting:
                        wrong.append((method, path, parameter["name"], giant, status))
    assert not wrong, wrong
    assert asked > 100


async def called(
    client: AppClient, path: str, method: str, operation: dict[str, Any], *, name: str, giant: str
) -> int:
    """The status of a call in which one number is a giant and all else is as in the examples."""
    query = {}
    for parameter in operation.get("parameters", ()):
        given = giant if parameter["name"] == name else "1"
        if parameter["in"] == "path":
            path = path.replace("{" + parameter["name"] + "}", given)
        elif parameter["name"] == name:
            query[name] = given
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    body = {"json": content["example"]} if "example" in content else {}
    answer = await client.request(method.upper(), path, params=query, **body)
    return answer.status
