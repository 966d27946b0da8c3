"""The operations of the API document as a table, for tests that call each of them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from connective.kit.testing.app_client import Answer, AppClient

JSON = "application/json"
WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
Schema = dict[str, Any]
_NAME = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Operation:
    """One method of one path, and what the document says about it."""

    method: str
    path: str
    about: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def names(self) -> list[str]:
        """What stands for something in the path."""
        return _NAME.findall(self.path)

    @property
    def is_open(self) -> bool:
        """Whether it serves those who are not signed in."""
        return self.about.get("security") == []

    @property
    def is_endless(self) -> bool:
        """Whether its answer goes on for as long as one listens."""
        return "text/event-stream" in self.about["responses"].get("200", {}).get("content", {})

    @property
    def body(self) -> Mapping[str, Any] | None:
        """Schema and example of its JSON body."""
        content: Mapping[str, Any] = self.about.get("requestBody", {}).get("content", {})
        return content.get(JSON)

    @property
    def example(self) -> Any:
        """The first body that the document gives; None where it takes none."""
        if self.body is None:
            return None
        named = self.body.get("examples", {}).values()
        return next((one["value"] for one in named), self.body.get("example"))

    def filled(self, **values: object) -> str:
        """The path with these values, and 1 for what is not given."""
        return _NAME.sub(lambda found: str(values.get(found[1], 1)), self.path)

    @property
    def needed(self) -> dict[str, str]:
        """The parameters that its query has to have, with something for each."""
        given = self.about.get("parameters", ())
        return {p["name"]: "some" for p in given if p["in"] == "query" and p.get("required")}

    async def call(self, client: AppClient, body: Any = None, **values: object) -> Answer:
        """Ask with a body; as the document's example has it unless another is given."""
        given = self.example if body is None else body
        how: dict[str, Any] = {} if given is None else {"json": given}
        return await client.request(self.method, self.filled(**values), params=self.needed, **how)

    async def post_raw(self, client: AppClient, body: bytes, **values: object) -> Answer:
        """Ask with these bytes as JSON."""
        headers = {"Content-Type": JSON}
        return await client.request(self.method, self.filled(**values), data=body, headers=headers)


def operations(document: Mapping[str, Any]) -> Iterator[Operation]:
    for path, methods in document["paths"].items():
        for method, about in methods.items():
            yield Operation(method.upper(), path, about)


def whole(schema: Schema, components: dict[str, Schema]) -> Schema:
    """The schema behind references and beside null."""
    while "$ref" in schema:
        schema = components[schema["$ref"].rpartition("/")[2]]
    choices = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    return whole(choices[0], components) if len(choices) == 1 else schema


def parts_of(schema: Schema, components: dict[str, Schema], deep: int = 0) -> Iterator[Schema]:
    """The objects with declared fields, inside one another."""
    schema = whole(schema, components)
    if schema.get("properties"):
        yield schema
    inner = [*schema.get("properties", {}).values(), schema.get("items", {})]
    for part in inner if deep < 8 else ():
        yield from parts_of(part, components, deep + 1)
