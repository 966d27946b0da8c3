"""Looks at the integrations every two minutes."""

from connective.kit.jobs import Schedule
from connective.modules.catalogue.watching import watch

SCHEDULES = [Schedule("catalogue.watch", "*/2 * * * *", watch)]
