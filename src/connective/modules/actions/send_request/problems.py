"""What keeps a call from being made or its answer from being used."""

from connective.contracts.action import ActionError


class Failed(Exception):
    """The call ends in a failing branch: `event` names it, `error` says why."""

    def __init__(self, code: str, message: str = "", *, event: str = "not_ok") -> None:
        super().__init__(message or code)
        self.event = event
        self.error = ActionError(code, message or code)
