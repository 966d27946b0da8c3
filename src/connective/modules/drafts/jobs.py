"""What drafts do in the background."""

from connective.kit.jobs import Schedule
from connective.modules.drafts import service

SCHEDULES = [Schedule("drafts.forget_old", "53 3 * * *", service.forget_old)]
