"""Keeps the clicks on links few."""

from connective.kit.jobs import Schedule
from connective.modules.links import service

SCHEDULES = [Schedule("links.old_clicks", "35 2 * * *", service.forget_old)]
