"""The instance's name: shown in authenticator apps, in a CRM, and in frames of the panel."""

from connective.kit.context import Ctx
from connective.kit.stored_settings import naming, store
from connective.modules.settings.schemas import InstanceSettings


async def current(ctx: Ctx) -> InstanceSettings:
    return InstanceSettings(project_name=await naming.instance_name(ctx))


async def change(ctx: Ctx, project_name: str) -> InstanceSettings:
    """Call it otherwise from now on; audited."""
    before = {"project_name": await naming.instance_name(ctx)}
    await store.write(ctx, naming.KEY, before=before, after={"project_name": project_name})
    return InstanceSettings(project_name=project_name)
