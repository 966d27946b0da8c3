"""The words of a template for one client: language, channel, placeholders. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from connective.engine.tagged import TagOptions, tagged
from connective.engine.template import Names, compiled, problems, show
from connective.kit.errors import FieldError
from connective.modules.broadcasts.schemas import Content

CLIENT = "client"
OWN_PAGE = "unsubscribe_url"
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


class Filler:
    """Fills the texts of a template for one client; `missed` are the names that found nothing."""

    def __init__(
        self, content: Content, client: Mapping[str, Any], variables: Mapping[str, Any], page: str
    ) -> None:
        self._names = Names({CLIENT: client, OWN_PAGE: page}, variables)
        self._html = content.parse_mode == "HTML"
        self._tags = TagOptions(**content.add_utm.model_dump()) if content.add_utm else TagOptions()

    @property
    def missed(self) -> list[str]:
        return self._names.missed

    def text(self, raw: str) -> str:
        """The words, their links tagged."""
        shown = show(compiled(raw), self._names, escape=self._html)
        return tagged(shown, self._tags, html=self._html)

    def label(self, raw: str) -> str:
        """What stands on a button."""
        return show(compiled(raw), self._names)

    def address(self, raw: str) -> str:
        """Where a button leads."""
        return tagged(self.label(raw), self._tags)
