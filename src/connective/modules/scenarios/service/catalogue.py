"""The actions of other features that scenarios may use; the engine adds its own."""

from collections.abc import Mapping

from connective.contracts.action import ACTIONS
from connective.engine.action import ActionSpec


def actions() -> Mapping[str, ActionSpec]:
    """Actions by id, without the prefix `action_`."""
    return {action.id: action.spec() for offered in ACTIONS for action in offered}
