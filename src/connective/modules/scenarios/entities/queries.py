"""Constants of active scenarios as the compat API reads them."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Text,
    case,
    column,
    func,
    literal,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB

from connective.modules.bots.models import bots
from connective.modules.scenarios.models import scenario_versions, scenarios

MASK = "***"
# what a number of JSON holds everywhere
_SAFE = 2**53 - 1
_each = (
    func.jsonb_array_elements(
        func.coalesce(scenario_versions.c.graph["constants"], func.jsonb_build_array())
    )
    .table_valued(column("value", JSONB), name="each")
    .render_derived()
)
_key = _each.c.value["key"].as_string()
_is_secret = func.coalesce(_each.c.value["secret"].as_boolean(), literal(value=False))
_spoken = func.coalesce(_each.c.value["values"], func.jsonb_build_object())
_language = func.jsonb_object_keys(_spoken).table_valued("language", name="spoken").render_derived()
# Of a secret it is told in which languages it stands.
_masked = select(func.jsonb_object_agg(_language.c.language, MASK)).scalar_subquery()
constants = (
    select(
        # the same for a key of a bot however often the scenario is published
        func.hashtextextended(_key, scenarios.c.bot_id, type_=BigInteger)
        .op("&")(_SAFE)
        .label("id"),
        scenarios.c.bot_id,
        _key.cast(Text).label("key"),
        _is_secret.cast(Boolean).label("secret"),
        case((_is_secret, _masked), else_=_spoken).label("values"),
        scenario_versions.c.number.label("version"),
    )
    .select_from(scenarios)
    .join(bots, bots.c.id == scenarios.c.bot_id)
    .join(scenario_versions, scenario_versions.c.id == scenarios.c.active_version_id)
    .join(_each, true())
    .where(bots.c.archived_at.is_(None))
    .subquery("constants")
)
COLUMNS: dict[str, ColumnElement[Any]] = {
    name: constants.c[name] for name in ("id", "bot_id", "key", "secret", "values", "version")
}
