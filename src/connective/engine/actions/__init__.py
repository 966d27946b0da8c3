"""The pure actions: each file of this folder gives its own as ACTIONS."""

import importlib
import pkgutil
from collections.abc import Mapping
from typing import Final

from connective.engine.action import ActionSpec

PURE: Final[dict[str, ActionSpec]] = {
    spec.id: spec
    for found in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name)
    if not found.ispkg
    for spec in importlib.import_module(f"{__name__}.{found.name}").ACTIONS
}


def with_pure(actions: Mapping[str, ActionSpec]) -> dict[str, ActionSpec]:
    """The actions of modules, by id without prefix, and the engine's own."""
    outside = {name.removeprefix("action_"): spec for name, spec in actions.items()}
    return outside | PURE
