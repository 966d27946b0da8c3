"""Accounts and channels as the pages show them."""

from typing import Any

from connective.contracts.provider import Field, Provider
from connective.kit import i18n
from connective.kit.db.rows import AnyRow
from connective.kit.http.reply import moment
from connective.modules.channels import connections
from connective.modules.channels.accounts.schemas import (
    ChannelAccount,
    ChannelType,
    Known,
    TypeField,
)


def account(row: AnyRow) -> ChannelAccount:
    """An account; of its credentials only which are set."""
    known = connections.provider_of(row.channel)
    base = connections.api_base(known.declaration, row.api_base)
    own = row.api_base or known.declaration.api_base
    return ChannelAccount(
        id=row.id,
        bot_id=row.bot_id,
        bot_name=row.bot_name,
        type=row.channel,
        title=known.title,
        name=row.name,
        status=row.status,
        mode=row.mode,
        identity=_known(row.identity),
        credentials={
            field.key: field.key in row.credentials
            for field in known.declaration.fields
            if field.credential
        },
        settings=row.settings,
        api_base=base,
        api_base_fixed=base != own.rstrip("/"),
        input_url=connections.hook_url(row.bot_id, row.channel),
        endpoint_id=row.endpoint_id,
        refused=row.refused,
        last_inbound_at=moment(row.last_inbound_at),
        last_ok_at=moment(row.last_ok_at),
        last_error=row.last_error,
        created_at=moment(row.created_at),
        updated_at=moment(row.updated_at),
    )


def _known(identity: dict[str, Any]) -> Known | None:
    if not identity:
        return None
    return Known(**{k: identity[k] for k in Known.__struct_fields__ if k in identity})


def audited(row: AnyRow) -> dict[str, Any]:
    """What of an account goes into the audit."""
    shown = account(row)
    kept = ("name", "status", "mode", "credentials", "settings", "api_base", "type")
    return {name: getattr(shown, name) for name in kept} | {"provider_id": row.provider_id}


def types(language: str) -> list[ChannelType]:
    """Every channel that speaks to a provider."""
    return [_type(known, language) for _, known in sorted(connections.providers().items())]


def _type(known: Provider, language: str) -> ChannelType:
    said = known.declaration
    words = f"channel_types.{known.key}"
    return ChannelType(
        type=known.key,
        title=known.title,
        about=i18n.text(language, f"{words}.about"),
        help=i18n.text(language, f"{words}.help"),
        modes=said.modes,
        needs_https=said.needs_https,
        features=sorted(known.features),
        limits=known.limits,
        api_base=said.api_base,
        fields=[_field(field, f"{words}.fields.{field.key}", language) for field in said.fields],
    )


def _field(field: Field, words: str, language: str) -> TypeField:
    given = {name: getattr(field, name) for name in Field.__struct_fields__}
    return TypeField(
        **given,
        label=i18n.text(language, f"{words}.label"),
        help=i18n.text(language, f"{words}.help"),
    )
