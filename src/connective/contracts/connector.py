"""How the calls of a connector went: kept in its own row, shown by its card and its page.

The row has the columns `last_call_at`, `last_error` (text, status, at) and `counts`.
"""

from datetime import datetime
from typing import Any

from connective.contracts.integration import LastFailure
from connective.kit import call_counts
from connective.kit.db.rows import AnyRow
from connective.kit.http.reply import moment


def kept(text: str, status: int | None, *, at: datetime) -> dict[str, Any]:
    """A failure as the column `last_error` has it."""
    return {"text": text, "status": status, "at": at.isoformat()}


def after_call(row: AnyRow, failure: LastFailure | None, *, at: datetime) -> dict[str, Any]:
    """The columns with one call more; a good one clears the last failure."""
    return {
        "last_call_at": at,
        "last_error": kept(failure.text, failure.status, at=at) if failure else None,
        "counts": call_counts.noted(row.counts, at, failed=failure is not None),
    }


def failure_of(row: AnyRow) -> LastFailure | None:
    """The last call's failure; None after a good one."""
    stored = row.last_error
    if not stored:
        return None
    at = datetime.fromisoformat(stored["at"])
    return LastFailure(text=stored["text"], status=stored.get("status"), at=moment(at))


def calls_of(row: AnyRow, now: datetime) -> dict[str, Any]:
    """What the card's connection tells of them."""
    calls, failed = call_counts.of_hour(row.counts, now)
    told = {"last_call_at": row.last_call_at, "last_error": failure_of(row)}
    return told | {"calls": calls, "failed": failed}
