"""What is done with old notices."""

from connective.kit.jobs import Schedule
from connective.modules.notices import service

SCHEDULES = [Schedule("notices.forget", "53 3 * * *", service.forget_old)]
