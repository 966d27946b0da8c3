"""The words of a template for one client: language, channel, placeholders. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from connective.engine.template import Names, compiled, problems, show
from connective.kit.errors import FieldError
from connective.modules.broadcasts.schemas import Content

CLIENT = "client"
CLIENT_FIELDS = ("first_name", "last_name", "phone", "email", "external_id", "language")


def faults(content: Content) -> list[FieldError]:
    """What is wrong with the placeholders, each with its field."""
    found = []
    for field, text in _texts(content):
        found += [FieldError(field, code, dict(params)) for code, params in problems(text)]
        for path in _paths(text):
            name, _, rest = path.partition(".")
            if name == CLIENT and rest.split(".")[0] not in CLIENT_FIELDS:
                known = ", ".join(f"client.{one}" for one in CLIENT_FIELDS)
                found.append(
                    FieldError(field, "unknown_client_field", {"path": path, "known": known})
                )
            if name == "secret":
                found.append(FieldError(field, "secret_in_text", {"path": path}))
    return found


def _texts(content: Content) -> Iterable[tuple[str, str]]:
    for language, text in content.texts.items():
        yield f"content.texts.{language}", text
    for channel, texts in content.channels.items():
        for language, text in texts.items():
            yield f"content.channels.{channel}.{language}", text
    for at, button in enumerate(content.buttons):
        yield f"content.buttons.{at}.text", button.text
        yield f"content.buttons.{at}.url", button.url


def _paths(text: str) -> list[str]:
    found = compiled(text)
    return [] if isinstance(found, str) else [p.path for p in found.parts if not isinstance(p, str)]


def text_for(content: Content, *, channel: str, languages: Iterable[str]) -> str:
    """The text of the channel, in the first of the languages that it has."""
    texts = content.channels.get(channel) or content.texts
    for language in languages:
        for known in (language, language.partition("-")[0]):
            if texts.get(known):
                return texts[known]
    return next(iter(texts.values()), "")


def expanded(
    text: str, client: Mapping[str, Any], variables: Mapping[str, Any], *, escape: bool
) -> tuple[str, list[str]]:
    """The text with its values, and the names that found none."""
    names = Names({CLIENT: client}, variables)
    return show(compiled(text), names, escape=escape), names.missed
