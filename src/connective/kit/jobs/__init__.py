"""Background and periodic work: PgQueuer behind two shapes, Job and Schedule."""

from connective.kit.jobs.job import Job, Schedule, jobs, schedules

__all__ = ["Job", "Schedule", "jobs", "schedules"]
