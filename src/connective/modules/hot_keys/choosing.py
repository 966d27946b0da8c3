"""Which key does what: the defaults, the instance's keys over them, a person's over those. Pure."""

from collections.abc import Mapping

from connective.kit.errors import FieldError
from connective.modules.hot_keys import keyboard
from connective.modules.hot_keys.catalogue import ACTIONS, BY_NAME

Keys = Mapping[str, str]


def for_everyone(chosen: Keys) -> dict[str, str]:
    """The key of every action; an empty one: none."""
    return {action.name: chosen.get(action.name, action.default) for action in ACTIONS}


def for_one(everyone: Keys, own: Keys) -> dict[str, str]:
    """A person's own keys win: whatever else was on one of them has none then."""
    taken = set(own.values())
    others = {name: "" if key in taken else key for name, key in everyone.items()}
    return others | {name: key for name, key in own.items() if name in others}


def differing(wanted: Keys, from_: Keys) -> dict[str, str]:
    """What has to be kept of a choice."""
    return {name: key for name, key in wanted.items() if from_[name] != key}


def faults(wanted: Keys, standing: Keys, labels: Mapping[str, str]) -> list[FieldError]:
    """What is wrong with the keys that somebody wants, given those that the rest has."""
    wrong = [_fault(name, key) for name, key in wanted.items()]
    return [one for one in wrong if one is not None] or _clashes(wanted, standing, labels)


def _fault(name: str, key: str) -> FieldError | None:
    action = BY_NAME.get(name)
    if action is None:
        return FieldError(f"keys.{name}", "unknown_hot_key_action", {"action": name})
    code = keyboard.fault(key, while_typing=action.while_typing) if key else None
    return FieldError(f"keys.{name}", code, {"keys": keyboard.written(key)}) if code else None


def _clashes(wanted: Keys, standing: Keys, labels: Mapping[str, str]) -> list[FieldError]:
    whole = {**standing, **wanted}
    found = list[FieldError]()
    for name, key in wanted.items():
        others = (other for other, its in whole.items() if key and its == key and other != name)
        if (other := next(others, None)) is not None:
            given = {"keys": keyboard.written(key), "action": labels[other]}
            found.append(FieldError(f"keys.{name}", "hot_key_taken", given))
    return found
