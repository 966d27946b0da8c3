"""Looks at the integrations every minute."""

from connective.kit.jobs import Schedule
from connective.modules.catalogue.watching import watch

SCHEDULES = [Schedule("catalogue.watch", "* * * * *", watch)]
