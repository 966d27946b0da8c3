"""The one table of who leads a dialog: its owner, its request's state and what its scenario awaits.

Everything that saves a request goes through it, so no other combination can be stored.
"""

from typing import Final

from msgspec import Struct

OWNERS: Final = ("bot", "queue", "operator", "none")
WAITING: Final = ("none", "input", "keyboard", "action", "delay")
WAITS: Final = ("new", "queue")  # for an operator
HAS: Final = ("open", "in_progress", "on_pause", "resolved")  # an operator
LED_BY_BOT: Final = ("bot", "none")  # owners that let the scenario answer
CLOSED: Final = "closed"
STATES: Final = (None, *WAITS, *HAS, CLOSED)


class Cell(Struct, frozen=True):
    """What a combination means: who hears the client, and whether the bot may go on speaking.

    `hears` is scenario | chat | both. `parked`: a wait of the scenario stands still until the
    dialog is the bot's again.
    """

    hears: str
    parked: bool = False


class Illegal(ValueError):
    """A combination that the table does not have."""


def owner_of(state: str | None, *, continues: bool) -> str:
    """Whose a dialog is while its request is in a state; without a request it is the bot's."""
    if state in HAS:
        return "operator"
    if state in WAITS:
        return "bot" if continues else "queue"
    return "bot"


def cell(owner: str, state: str | None, waiting: str) -> Cell:
    """What this combination means; Illegal when there is no such one."""
    found = TABLE.get((owner, state, waiting))
    if found is None:
        raise Illegal(f"owner {owner}, state {state}, waiting {waiting}")
    return found


def _table() -> dict[tuple[str, str | None, str], Cell]:
    table: dict[tuple[str, str | None, str], Cell] = {("none", None, "none"): Cell("scenario")}
    for waiting in WAITING:
        parked = waiting in ("input", "keyboard", "delay")
        for state in (None, CLOSED):
            table["bot", state, waiting] = Cell("scenario")
        for state in WAITS:
            table["queue", state, waiting] = Cell("chat", parked)
            table["bot", state, waiting] = Cell("both")
        for state in HAS:
            table["operator", state, waiting] = Cell("chat", parked)
    return table


TABLE: Final = _table()
