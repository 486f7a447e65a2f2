"""The course of an import: every file is checked before the first write, every batch is one
transaction, and importing again, or after a stop, changes only what differs."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from apps.properties.imports.calendar import Calendar, calendar_read
from apps.properties.imports.context import Context, Progress
from apps.properties.imports.dump import Dump
from apps.properties.imports.places import place_of
from apps.properties.imports.report import Report
from apps.properties.imports.scan import listings_scan
from apps.properties.imports.stages import calendar_import, listings_import, reviews_import


@dataclass(frozen=True, kw_only=True)
class Options:
    """`overrides` replace what the table of cities says of the place."""

    now: dt.datetime
    overrides: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    keep_dates: bool = False


def dump_import(dump: Dump, *, options: Options, report: Report, progress: Progress) -> Context:
    """Raises `DumpError`."""
    context = _prepare(dump, options=options, report=report, progress=progress)
    listings_import(dump.listings, context)
    if dump.calendar:
        calendar_import(dump.calendar, context)
    if dump.reviews:
        reviews_import(dump.reviews, context)
    return context


def _prepare(dump: Dump, *, options: Options, report: Report, progress: Progress) -> Context:
    """Reads every file to its end: what cannot be read is found before anything is written."""
    for table in (dump.listings, dump.calendar, dump.reviews):
        if table:
            table.check()
    scan = listings_scan(dump.listings)
    place = place_of(scan.middle(), options.overrides)
    calendar = Calendar()
    if dump.calendar:
        progress("reading the calendar", 0, None)
        calendar = calendar_read(dump.calendar, report, priceless=scan.priceless)
    return Context(
        place=place,
        source=options.source or f"inside-airbnb:{place.slug}",
        now=options.now,
        calendar=calendar,
        shift=0 if options.keep_dates else calendar.shift_to(options.now.date()),
        listings=scan.rows,
        report=report,
        progress=progress,
    )
