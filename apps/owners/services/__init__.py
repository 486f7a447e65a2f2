"""Writes of owners: their calendars, and the facts that their figures are made of."""

from apps.owners.services.availability import availability_change
from apps.owners.services.facts import fact_record

__all__ = ["availability_change", "fact_record"]
