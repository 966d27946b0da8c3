"""What somebody may do to a request now: by his permissions and by where the request stands."""

from connective.kit.auth_policy import Actor, can
from connective.kit.db.rows import AnyRow


def may(actor: Actor, row: AnyRow) -> list[str]:
    """The names of the actions that would not be refused."""
    closed, assigned = row.state == "closed", row.assignee_id is not None
    mine = assigned and actor.kind == "user" and row.assignee_id == actor.id
    leads = mine or can(actor, "requests.assign_any", row)
    takes = not closed and not mine and (leads or not assigned)
    allowed = {
        "reply": not closed and (leads or not assigned),
        "note": True,
        "take": takes,
        "assign_any": not closed,
        "transfer": not closed and leads,
        "close": not closed and (leads or not assigned),
        "reopen": closed and not row.dialog_has_one,
        "edit": not closed,
    }
    return [verb for verb, now in allowed.items() if now and can(actor, f"requests.{verb}", row)]
