"""What a check is, how it ends, and where the checks of a side are gathered."""

from collections.abc import Awaitable, Callable
from fnmatch import fnmatchcase
from typing import Any, Generic, Literal, NoReturn, TypeVar

import msgspec

from connective.channel_kit.options import Options

Need = Literal["probe", "listener", "secret", "token", "input_token"]
StageT = TypeVar("StageT")


class Ended(Exception):
    """A check that did not pass; `code` names the sentence under `channel_kit.found`."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Failed(Ended):
    """The other side does it wrong."""


class NotSeen(Ended):
    """Nothing shows whether the other side does it right."""


def fail(code: str, **params: Any) -> NoReturn:
    raise Failed(code, **params)


def not_seen(code: str, **params: Any) -> NoReturn:
    raise NotSeen(code, **params)


class Check(msgspec.Struct, Generic[StageT], frozen=True):
    """One question to the other side; without what it `needs` it cannot be asked."""

    id: str
    needs: tuple[Need, ...]
    run: Callable[[StageT], Awaitable[None]]


class Checks(Generic[StageT]):
    """The checks of a side."""

    def __init__(self) -> None:
        self.all: list[Check[StageT]] = []

    def check(
        self, name: str, *needs: Need
    ) -> Callable[[Callable[[StageT], Awaitable[None]]], Callable[[StageT], Awaitable[None]]]:
        """Makes a function a check."""

        def added(
            run: Callable[[StageT], Awaitable[None]],
        ) -> Callable[[StageT], Awaitable[None]]:
            self.all.append(Check(name, needs, run))
            return run

        return added

    def chosen(self, only: tuple[str, ...]) -> list[Check[StageT]]:
        """By their groups, those whose id fits one of the patterns; all where there are none."""
        fitting = [
            check
            for check in self.all
            if not only or any(fnmatchcase(check.id, pattern) for pattern in only)
        ]
        return sorted(fitting, key=lambda check: check.id.partition(".")[0])


def missing(needs: tuple[Need, ...], options: Options) -> Need | None:
    """The first thing that a check needs and this run was not given."""
    given = {
        "probe": options.probe,
        "listener": options.listens,
        "secret": options.secret,
        "token": options.token,
        "input_token": options.input_token,
    }
    return next((need for need in needs if not given[need]), None)
