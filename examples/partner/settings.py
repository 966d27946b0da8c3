"""What the partner is told, and how it can be broken on purpose."""

from dataclasses import dataclass
from pathlib import Path

BREAKS = {
    "any-signature": "believes envelopes whatever their signature",
    "stale-timestamp": "believes a signature of any age",
    "any-token": "believes envelopes whatever their token",
    "duplicates": "shows a repeated delivery again",
    "marks-first": "calls a delivery seen before it has its body",
    "arrival-order": "shows messages in the order in which they come",
    "answers-first": "answers, fetches attachments, and stores a message only if that went well",
    "lost-updates": "writes a chat back whole, over what came in between",
    "no-emoji": "stores text in at most three bytes a character",
    "large-file": "refuses messages with a file over a megabyte",
    "slow-answer": "fetches attachments before it answers",
    "html-answer": "answers with a page",
    "error-in-200": "answers 200 with a status of error",
    "forgets-edits": "takes edits and does nothing",
    "forgets-deletes": "takes deletions and does nothing",
    "new-update-id": "repeats an update under a new update_id",
    "batch": "takes the 200 of a batch for the success of all its updates",
}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """`input_url`, `secret`, `token` (asked of envelopes) and `input_token` (sent with updates)
    stand in the settings of the custom channel. `public_url` is where Connective fetches the files
    of our users, by itself the address that we listen at; `folder` keeps the files.
    """

    folder: Path
    input_url: str = ""
    secret: str = ""
    token: str = ""
    input_token: str = ""
    public_url: str = ""
    database: str = ":memory:"
    retry_s: float = 1.0
    broken: str = ""
