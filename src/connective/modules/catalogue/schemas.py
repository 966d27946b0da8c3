"""The cards of the catalogue as they go out."""

from datetime import datetime

import msgspec

from connective.contracts.integration import Connection, LastFailure, Purpose, State


class CardShown(msgspec.Struct, kw_only=True):
    """One integration: what it is for, and how its connections do.

    `state` is `error` when one of them fails, `active` when one works. `troubled`: of at least five
    calls in the last hour more than a fifth failed. `may_edit` says whether Configure and Test are
    for the reader; `test` where tests are made: `here`, on the page `test_page`, or nowhere.
    """

    key: str
    name: str
    purpose: str
    use_when: str
    purposes: list[Purpose]
    state: State
    troubled: bool
    calls: int
    failed: int
    last_call_at: datetime | None
    last_error: LastFailure | None
    configure: str
    guide: str
    log: str
    test: str | None
    test_page: str
    may_edit: bool
    connections: list[Connection]


class Health(msgspec.Struct):
    """Every integration that the reader may see, set up or not."""

    items: list[CardShown]
