"""The card of the phone broadcast: each template that other systems send by, and how it went."""

from collections.abc import Sequence
from datetime import timedelta

from connective.contracts.integration import Card, Connection, LastFailure
from connective.kit.context import Ctx
from connective.kit.http.reply import moment
from connective.modules.broadcasts import queries

HOUR = timedelta(hours=1)


async def connections(ctx: Ctx) -> Sequence[Connection]:
    """One for each template that was ever sent from outside."""
    return [
        Connection(
            id=str(row.id),
            name=row.name,
            state="error" if row.error else "active" if row.active else "paused",
            last_call_at=moment(row.last_at),
            last_error=LastFailure(text=row.error[:300]) if row.error else None,
            calls=row.calls,
            failed=row.failed,
            log=f"/broadcasts/templates?view=sent&template={row.id}",
        )
        for row in await queries.sent_from_outside(ctx.db, ctx.actor, since=ctx.now - HOUR)
    ]


CARDS = [
    Card(
        key="phone_broadcast",
        purposes=("automate", "events"),
        view="broadcasts.view",
        edit="broadcasts.edit",
        configure="/broadcasts/templates",
        guide="integrations/phone-broadcast",
        connections=connections,
        log="/broadcasts/templates?view=sent",
        test_page="/broadcasts/templates?test=yes",
    )
]
