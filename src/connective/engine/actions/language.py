"""Actions on the dialog's language."""

from collections.abc import Mapping
from typing import Any, Final

from connective.engine.action import ActionSpec
from connective.engine.params import params, required
from connective.engine.values import text
from connective.engine.walk import Walk

GROUP: Final = "language"
Result = tuple[str, dict[str, Any]]


def _set_language(values: dict[str, Any], walk: Walk) -> Result:
    language = text(values["language"]).strip().lower()
    if language not in walk.program.languages:
        return "unsupported", {}
    walk.state.language = language
    walk.speak(language)
    return "success", {}


def _get_language(_values: dict[str, Any], walk: Walk) -> Result:
    return walk.language, {}


def _languages(_values: Mapping[str, Any], languages: list[str]) -> list[str]:
    return languages


ACTIONS: Final = (
    ActionSpec(
        id="set_language",
        kind="pure",
        group=GROUP,
        events=("success", "unsupported"),
        params=params(language=required("string")),
        run=_set_language,
        example={"language": "uk"},
    ),
    ActionSpec(
        id="get_language",
        kind="pure",
        group=GROUP,
        events=("default",),
        params=params(),
        ports=_languages,
        run=_get_language,
        example={},
    ),
)
