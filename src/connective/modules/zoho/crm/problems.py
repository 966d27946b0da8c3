"""What can go wrong with Zoho, each with a stable code."""

from typing import Final

SHOWN: Final = 300


class ZohoProblem(Exception):
    """A call that did not do what was asked; `text` is Zoho's own word, `status` its answer."""

    code = "zoho_refused"
    again = False  # whether a later try may well succeed

    def __init__(self, text: str, *, status: int | None = None, code: str = "") -> None:
        super().__init__(text)
        self.text = text[:SHOWN]
        self.status = status
        if code:
            self.code = code


class NotConnected(ZohoProblem):
    """Nobody has set the connection up, or granted access to it."""

    code = "zoho_not_configured"
    again = True


class Unauthorized(ZohoProblem):
    """Zoho does not take a token that it has just given."""

    code = "zoho_unauthorized"


class Reconnect(ZohoProblem):
    """The grant was taken back: somebody has to connect anew."""

    code = "zoho_reconnect"
    again = True


class Busy(ZohoProblem):
    """Zoho asks for a pause of so many seconds, where it says how many."""

    code = "zoho_busy"
    again = True

    def __init__(self, text: str, *, after_s: float = 0.0) -> None:
        super().__init__(text, status=429)
        self.after_s = after_s


class Unreachable(ZohoProblem):
    """No answer, or one that the server itself could not give."""

    code = "zoho_unreachable"
    again = True


class Absent(ZohoProblem):
    """What was asked about is not there."""

    code = "zoho_not_found"
