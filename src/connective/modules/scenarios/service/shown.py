"""Rows of versions and entry points as they go out."""

from typing import Any

from sqlalchemy import Row

from connective.kit import i18n, instance
from connective.kit.http.reply import moment
from connective.modules.scenarios.schemas import EntryPoint, Version, VersionWithGraph
from connective.modules.scenarios.service import sealing


def version_shown(row: Row[Any]) -> Version:
    return Version(**_fields(row))


def version_with_graph(row: Row[Any]) -> VersionWithGraph:
    return VersionWithGraph(**_fields(row), graph=sealing.masked(row.graph))


def _fields(row: Row[Any]) -> dict[str, Any]:
    fields = {name: getattr(row, name) for name in Version.__struct_fields__}
    return fields | {"created_at": moment(row.created_at)}


def entry_point_shown(row: Row[Any], language: str) -> EntryPoint:
    """An entry point with its address and, when it takes calls without a key, a warning."""
    is_open = row.published and row.enabled and not row.require_key
    return EntryPoint(
        node_id=row.node_id,
        name=row.name,
        alias=row.alias,
        trigger=row.trigger,
        require_key=row.require_key,
        key_in_query=row.key_in_query,
        allowed_methods=sorted(row.allowed_methods),
        enabled=row.enabled,
        published=row.published,
        open=is_open,
        warning=i18n.text(language, "scenarios.entry_point_open") if is_open else None,
        call_node_url=f"{instance.settings().base_url}/kw/api/call_node/{row.bot_id}/{row.node_id}",
    )
