"""Dates live on the ground floor, since intake reads them too; this is their name among the editors."""

from summaries.dates import Found, find_date, read_date

__all__ = ["Found", "find_date", "read_date"]
