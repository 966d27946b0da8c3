"""Constants in the compat API: `/kw/api/general/KwConstants`."""

from connective.contracts.entity import Entity
from connective.modules.scenarios.entities import queries

ENTITIES = [
    Entity(
        module="general",
        name="KwConstants",
        view="scenarios.view",
        table=queries.constants,
        columns=queries.COLUMNS,
        filled=("id", "key", "secret"),
    )
]
