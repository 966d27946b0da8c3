"""Templates, messages by template, their rules, and the documented route that sends one."""

from connective.kit.http import Router
from connective.modules.broadcasts.api import route, templates

router = Router()
router.include_router(templates.router)
router.include_router(route.router)
