"""Wiring: Dagster assets, schedules, sensors, and the `peso` command.

May import every other folder; nothing imports it. No parsing, no arithmetic on money, no SQL.
"""
