"""A value of a document together with the place where it stands, so that refusals can name it."""

import re
from collections.abc import Iterator
from typing import Any, NoReturn, Self

import msgspec

from connective.kit import errors

HOPS_AT_MOST = 20
_WORD = re.compile(r"[A-Za-z_$][\w$-]*")


class Part(msgspec.Struct, frozen=True):
    """`root` is the whole document, in which references are looked up."""

    root: Any
    value: Any
    place: str = "document"

    def refuse(self, code: str, **params: Any) -> NoReturn:
        raise errors.invalid(errors.FieldError(self.place, code, params))

    def get(self, name: str) -> Self | None:
        """A field of an object; a reference is followed. None where there is nothing."""
        value = self.fields.get(name)
        return None if value is None else self._below(value, _step(name))

    def need(self, name: str) -> Self:
        found = self.get(name)
        if found is None:
            self._below(None, _step(name)).refuse("openapi_missing")
        return found

    @property
    def fields(self) -> dict[str, Any]:
        if not isinstance(self.value, dict):
            self.refuse("openapi_not_an_object")
        return self.value

    def items(self) -> Iterator[tuple[str, Self]]:
        """Fields of an object, in order; YAML gives numbers as names too."""
        for name, value in self.fields.items():
            yield str(name), self._below(value, _step(str(name)))

    def each(self) -> Iterator[Self]:
        """Items of a list."""
        if not isinstance(self.value, list):
            self.refuse("openapi_not_a_list")
        for index, value in enumerate(self.value):
            yield self._below(value, f"[{index}]")

    def text(self, name: str) -> str:
        """A text field; empty where there is none."""
        found = self.get(name)
        if found is None:
            return ""
        if not isinstance(found.value, str):
            found.refuse("openapi_not_a_text")
        return found.value

    def _below(self, value: Any, step: str) -> Self:
        return self._resolved(type(self)(self.root, value, f"{self.place}{step}"))

    def _resolved(self, part: Self) -> Self:
        """What a reference leads to; the place stays that of the reference."""
        hops = 0
        while isinstance(part.value, dict) and isinstance(ref := part.value.get("$ref"), str):
            if hops == HOPS_AT_MOST:
                part.refuse("openapi_circle")
            part = type(part)(self.root, self._target(part, ref), part.place)
            hops += 1
        return part

    def _target(self, part: Self, ref: str) -> Any:
        if ref != "#" and not ref.startswith("#/"):
            part.refuse("openapi_elsewhere", ref=ref[:200])
        value = self.root
        for step in ref.split("/")[1:]:
            name = step.replace("~1", "/").replace("~0", "~")
            if isinstance(value, list) and name.isdecimal() and int(name) < len(value):
                value = value[int(name)]
            elif isinstance(value, dict) and name in value:
                value = value[name]
            else:
                part.refuse("openapi_broken_ref", ref=ref[:200])
        return value


def _step(name: str) -> str:
    return f".{name}" if _WORD.fullmatch(name) else f'["{name[:100]}"]'
