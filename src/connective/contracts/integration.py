"""The promise of an integration: its card in the catalogue, from `cards.CARDS` of a feature.

The card's words stand in the feature's locale under `cards.<key>`: `name`, `purpose` (one line)
and `use_when` (one sentence).
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime
from typing import Final, Literal

from msgspec import Struct

from connective.kit.context import Ctx
from connective.kit.http.reply import moment
from connective.kit.outbox.standing import Standing
from connective.kit.plugins import Point

Purpose = Literal["automate", "synchronise", "events", "extend"]
State = Literal["not_configured", "active", "paused", "error"]
SHOWN: Final = 300


class LastFailure(Struct, frozen=True, kw_only=True):
    """The last failure, verbatim: the status when an answer came, and what was said."""

    text: str
    status: int | None = None
    at: datetime | None = None


def trouble_of(standing: Standing) -> LastFailure | None:
    """What an endpoint's last failed call came to."""
    if not standing.fails:
        return None
    text, status = standing.error[:SHOWN], standing.error_status
    return LastFailure(text=text, status=status, at=moment(standing.error_at))


def state_of(standing: Standing) -> State:
    """active | paused | error, by how its deliveries stand."""
    if standing.status == "paused":
        return "paused"
    return "error" if standing.fails else "active"


class Connection(Struct, frozen=True, kw_only=True):
    """One thing that is set up behind a card: a bot's channel, a webhook, the account of a CRM.

    `id` is unique within the card and goes into the address of its test. `calls` and `failed` count
    the last hour. `configure` and `log` are pages of the app (`/bots/18/channel`), empty where the
    card's own serve.
    """

    id: str
    name: str
    state: State
    bot_id: int | None = None
    last_call_at: datetime | None = None
    last_error: LastFailure | None = None
    calls: int = 0
    failed: int = 0
    configure: str = ""
    log: str = ""


class Tested(Struct, frozen=True, kw_only=True):
    """What a test gave. `log` is the page where more of it is told, e.g. its delivery."""

    ok: bool
    http_status: int | None = None
    ms: int = 0
    text: str = ""
    log: str = ""


class Card(Struct, frozen=True, kw_only=True):
    """An integration as the catalogue lists it, in every instance, set up or not.

    `view` and `edit` are actions of the rule table: who sees the card, who sets it up and tests it.
    `connections` gives those that the actor sees; none means: not configured. `guide` is the page
    of the guide (`integrations/webhooks`). `test` runs one for the id of a connection;
    `test_page` is a page of the app where tests are made instead.
    """

    key: str
    purposes: tuple[Purpose, ...]
    view: str
    edit: str
    configure: str
    guide: str
    connections: Callable[[Ctx], Awaitable[Sequence[Connection]]]
    log: str = ""
    test: Callable[[Ctx, str], Awaitable[Tested]] | None = None
    test_page: str = ""


# The cards of each feature, by the feature's name; filled by the composition root.
CARDS: Point[Iterable[Card]] = Point()


def every() -> list[Card]:
    """Every card, in the order of the features."""
    return [card for cards in CARDS for card in cards]


def find(key: str) -> Card | None:
    """The card of a key; None if no feature offers one."""
    return next((card for card in every() if card.key == key), None)
