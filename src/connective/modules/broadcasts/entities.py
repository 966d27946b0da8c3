"""Templates in the compat API: `/kw/api/broadcast/BrTemplates`."""

from connective.contracts.entity import Entity
from connective.kit.context import Ctx
from connective.modules.broadcasts import service
from connective.modules.broadcasts.models import message_templates
from connective.modules.broadcasts.schemas import NewTemplate, TemplatePatch

NAMES = (
    *("id", "name", "bot_ids", "channels", "content", "active", "version"),
    *("created_at", "updated_at"),
)


async def _create(ctx: Ctx, new: NewTemplate) -> int:
    return (await service.create_template(ctx, new)).id


async def _change(ctx: Ctx, template_id: int, patch: TemplatePatch) -> None:
    await service.change_template(ctx, template_id, patch)


ENTITIES = [
    Entity(
        module="broadcast",
        name="BrTemplates",
        view="broadcasts.view",
        table=message_templates,
        columns={name: message_templates.c[name] for name in NAMES},
        exists=(message_templates.c.archived_at.is_(None),),
        edit="broadcasts.edit",
        new=NewTemplate,
        patch=TemplatePatch,
        create=_create,
        change=_change,
        remove="broadcasts.edit",
        delete=service.archive_template,
    )
]
