"""Dagster: assets, checks, jobs, schedules, sensors, and the UI as one process group.

The work is in `pipelines.work`; here it is only scheduled and shown. In: a `Home`. Out: materializations with what an
analyst wants to see.
"""
