"""Runs in the compat API: `/kw/api/general/KwRuns`."""

from connective.contracts.entity import Entity
from connective.modules.turns.models import runs

NAMES = (
    *("id", "bot_id", "dialog_id", "trigger", "node_id", "source", "key_name", "status", "error"),
    *("due_at", "created_at", "started_at", "ended_at"),
)
ENTITIES = [
    Entity(
        module="general",
        name="KwRuns",
        view="runs.view",
        table=runs,
        columns={name: runs.c[name] for name in NAMES},
    )
]
