"""What a list of requests is narrowed to, and in what order it comes."""

from datetime import datetime

import msgspec

from connective.modules.requests.schemas.fields import Folder, State

# The newest first; `waiting`: whose client waits longest first.
SORTS = ("last_message_at", "waiting", "created_at")


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A search finds a number, a name, a phone, a username, an e-mail or words of a message.

    The campaign tags are those of what the client last came to the chat by; `since` and `until`
    bound when the request began.
    """

    type: str | None = None
    folder: Folder | None = None
    state: State | None = None
    subject_id: int | None = None
    assignee_id: int | None = None
    bot_id: int | None = None
    client_id: int | None = None
    channel: str | None = None
    search: str | None = None
    utm_source: str | None = None
    utm_campaign: str | None = None
    since: datetime | None = None
    until: datetime | None = None
