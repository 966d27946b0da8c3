"""Clean-ups of what lets people in."""

from connective.kit.jobs import Schedule
from connective.modules.accounts.service import cleaning

SCHEDULES = [Schedule("accounts.clean", "7 * * * *", cleaning.forget_old)]
