"""The course of an import: every file is checked before the first write, every batch is one
transaction, and importing again, or after a stop, changes only what differs."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from apps.properties.imports.calendar import Calendar, calendar_read
from apps.properties.imports.context import Context, Progress
from apps.properties.imports.dump import Dump
from apps.properties.imports.errors import DumpError
from apps.properties.imports.places import place_of
from apps.properties.imports.report import Report
from apps.properties.imports.scan import listings_scan
from apps.properties.imports.stages import calendar_import, listings_import, reviews_import
from apps.properties.imports.vanished import newest_seen, vanished_withdraw


@dataclass(frozen=True, kw_only=True)
class Options:
    """`overrides` replace what the table of cities says of the place. `vanished` is what becomes
    of listings that the dump does not have: `keep`, `withdraw`, or `auto`, which withdraws them
    unless they are too many."""

    now: dt.datetime
    overrides: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    keep_dates: bool = False
    vanished: str = "auto"
    is_older_allowed: bool = False


def dump_import(dump: Dump, *, options: Options, report: Report, progress: Progress) -> Context:
    """Raises `DumpError`."""
    context = dump_prepare(dump, options=options, report=report, progress=progress)
    is_older = _is_older(context, options)
    listings_import(dump.listings, context)
    if not context.accepted:
        raise DumpError(
            f"No listing of {dump.listings.path} can be used. {report.first('listings')}"
        )
    if options.vanished != "keep":
        is_sure = options.vanished == "withdraw"
        vanished_withdraw(context, is_older=is_older, is_sure=is_sure)
    if dump.calendar:
        calendar_import(dump.calendar, context)
    if dump.reviews:
        reviews_import(dump.reviews, context)
    return context


def dump_prepare(dump: Dump, *, options: Options, report: Report, progress: Progress) -> Context:
    """Reads every file to its end: what cannot be read is found before anything is written."""
    for table in (dump.listings, dump.calendar, dump.reviews):
        if table:
            report.formats[table.path.name] = table.format.said
    scan = listings_scan(dump.listings)
    place = place_of(scan.middle(), options.overrides)
    calendar = Calendar()
    if dump.calendar:
        progress("reading the calendar", 0, None)
        calendar = calendar_read(dump.calendar, report, currency=place.currency)
    return Context(
        place=place,
        source=options.source or f"inside-airbnb:{place.slug}",
        now=options.now,
        scan=scan,
        calendar=calendar,
        shift=0 if options.keep_dates else calendar.shift_to(options.now.date()),
        report=report,
        progress=progress,
    )


def _is_older(context: Context, options: Options) -> bool:
    """Raises `DumpError` where nobody said that prices and nights of before are wanted."""
    newest, dumped_on = newest_seen(context.source), context.dumped_on
    if newest is None or dumped_on is None or dumped_on >= newest:
        return False
    if not options.is_older_allowed:
        raise DumpError(
            f"The dump is of {dumped_on}, and one of {context.source} of {newest} has been "
            "imported: this one would bring back prices and nights of before. Use --older if you "
            "want that."
        )
    return True
