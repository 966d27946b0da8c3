"""Actions as an editor shows them: their branches and parameters, in the reader's words."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

from connective.engine.action import ActionSpec
from connective.kit import i18n
from connective.modules.actions.schemas import (
    ActionGroup,
    ActionParameter,
    ActionPort,
    ActionTemplate,
    Choice,
)

# Branches that an action has beside its own: one for each of its cases, or for each language.
MORE_PORTS: Final[Mapping[str, Literal["cases", "languages"]]] = {
    "switch": "cases",
    "get_language": "languages",
}
ERROR: Final = "error"


def template(spec: ActionSpec, language: str) -> ActionTemplate:
    """One action, with every label in a language."""
    properties: Mapping[str, Mapping[str, Any]] = spec.params.get("properties", {})
    required = spec.params.get("required", ())
    return ActionTemplate(
        id=spec.id,
        title=i18n.text(language, f"actions.{spec.id}.title"),
        description=i18n.text(language, f"actions.{spec.id}.purpose"),
        group=ActionGroup(spec.group, i18n.text(language, f"action_forms.groups.{spec.group}")),
        ports=_ports([*dict.fromkeys((*spec.events, ERROR))], language),
        more_ports=MORE_PORTS.get(spec.id),
        parameters=[
            _parameter(spec.id, name, described, language, required=name in required)
            for name, described in properties.items()
        ],
        example=spec.example,
    )


def _ports(events: Iterable[str], language: str) -> list[ActionPort]:
    return [ActionPort(e, i18n.text(language, f"action_forms.ports.{e}")) for e in events]


def _parameter(
    action: str, name: str, described: Mapping[str, Any], language: str, *, required: bool
) -> ActionParameter:
    words = _words(action, name, language)
    options = described.get("enum") or described.get("x-choices") or ()
    return ActionParameter(
        name=name,
        label=words.get("label", name),
        type=str(described["x-field"]),
        required=required,
        default=described.get("default"),
        choices=[_choice(name, option, language) for option in options],
        hint=words.get("hint"),
        minimum=described.get("minimum"),
        maximum=described.get("maximum"),
    )


def _choice(name: str, option: str, language: str) -> Choice:
    return Choice(option, i18n.text(language, f"action_forms.choices.{name}.{option}"))


def _words(action: str, name: str, language: str) -> Mapping[str, str]:
    """What the action says of a parameter, else what all of them say."""
    forms = i18n.catalogue(language)["action_forms"]
    own = forms["own"].get(action, {}).get(name)
    found: Mapping[str, str] = own or forms["parameters"].get(name, {})
    return found
