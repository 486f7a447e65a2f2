"""Imports the three kinds of rows of a dump, each in batches of one transaction."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from bson import ObjectId

from apps.accounts.services import NewUser, users_add
from apps.common import mongo
from apps.properties.imports.claims import claims_replace
from apps.properties.imports.context import BATCH_SECONDS, Context, batches
from apps.properties.imports.dump import Table
from apps.properties.imports.errors import RowError
from apps.properties.imports.hosts import host_of
from apps.properties.imports.ids import id_of
from apps.properties.imports.mapping import ListingMapper
from apps.properties.imports.reviews import review_row
from apps.properties.imports.upserts import (
    Outcomes,
    Written,
    listings_write,
    reviews_write,
)
from apps.properties.rows import ListingRow, ReviewRow

LISTINGS_A_BATCH = 200
NIGHTS_A_BATCH = 4000
REVIEWS_A_BATCH = 1000


class Mapped(NamedTuple):
    """What is stored of one row of listings.csv."""

    source_id: str
    listing: ListingRow
    host: NewUser


def listings_import(table: Table, context: Context) -> None:
    for batch in batches(listings_mapped(table, context), LISTINGS_A_BATCH):
        write = partial(_listings_write, batch, context)
        hosts, written = mongo.run_in_transaction(write, seconds=BATCH_SECONDS)
        context.report.add("hosts", hosts)
        context.report.add("listings", written.outcomes)
        for note in written.notes:
            context.report.note(note)
        context.accepted.update((item.source_id, item.listing["_id"]) for item in batch)
        context.progress("listings", len(context.accepted), context.scan.rows)


def listings_mapped(table: Table, context: Context) -> Iterator[Mapped]:
    seen: dict[str, int] = {}
    to_listing = ListingMapper(context)
    for line, row in table.records(context.report):
        try:
            source_id = id_of(row["id"], "id")
            _check_unseen(f"listing {source_id}", seen.setdefault(source_id, line), line)
            host = host_of(row, source=context.source, now=context.now)
            yield Mapped(source_id, to_listing(row, source_id=source_id, host_id=host.id), host)
        except RowError as error:
            table.reject(context.report, line, str(error))


def _check_unseen(named: str, first: int, line: int) -> None:
    if first != line:
        raise RowError(f"{named} stands in line {first} already")


def _listings_write(batch: list[Mapped], context: Context) -> tuple[Outcomes, Written]:
    hosts = users_add((item.host for item in batch), now=context.now)
    rows = [item.listing for item in batch]
    written = listings_write(rows, now=context.now, dumped_on=context.dumped_on)
    return {"created": hosts}, written


def calendar_import(table: Table, context: Context) -> None:
    total, done = context.calendar.taken, 0
    for batch in _night_batches(table, context):
        outcome = claims_replace(
            batch.wanted, owner_id=context.claim_owner, now=context.now, partly=batch.partly
        )
        context.report.add("nights", outcome)
        done += batch.size
        context.progress("nights", done, total)
    without = len(context.accepted.keys() - context.calendar.listings.keys())
    if without:
        named = "1 listing has" if without == 1 else f"{without:,} listings have"
        context.report.note(f"{named} no calendar: what is booked and closed there stays")


@dataclass
class _NightBatch:
    """`partly` are the listings of which a row could not be used."""

    wanted: dict[ObjectId, set[dt.date]] = field(default_factory=dict)
    partly: set[ObjectId] = field(default_factory=set)
    size: int = 0


def _night_batches(table: Table, context: Context) -> Iterator[_NightBatch]:
    batch = _NightBatch()
    for source_id, nights in context.calendar.listings.items():
        listing_id = context.accepted.get(source_id)
        if listing_id is None:
            reason = f"listing {source_id} was not imported"
            table.reject(context.report, nights.line, reason, rows=nights.rows - nights.rejected)
            continue
        taken = {dt.date.fromordinal(day + context.shift) for day in nights.taken}
        batch.wanted[listing_id] = taken
        batch.size += len(taken)
        if nights.rejected:
            batch.partly.add(listing_id)
        if batch.size >= NIGHTS_A_BATCH:
            yield batch
            batch = _NightBatch()
    if batch.wanted:
        yield batch


def reviews_import(table: Table, context: Context) -> None:
    done = 0
    for batch in batches(reviews_mapped(table, context), REVIEWS_A_BATCH):
        write = partial(reviews_write, batch)
        context.report.add("reviews", mongo.run_in_transaction(write, seconds=BATCH_SECONDS))
        done += len(batch)
        context.progress("reviews", done, None)


def reviews_mapped(table: Table, context: Context) -> Iterator[ReviewRow]:
    seen: dict[bytes, int] = {}
    for line, row in table.records(context.report):
        try:
            listing_id = _accepted(id_of(row["listing_id"], "listing_id"), context)
            review = review_row(row, listing_id=listing_id, source=context.source)
            first = seen.setdefault(review["_id"].binary, line)
            _check_unseen(f"review {review['source_id']}", first, line)
            yield review
        except RowError as error:
            table.reject(context.report, line, str(error))


def _accepted(source_id: str, context: Context) -> ObjectId:
    listing_id = context.accepted.get(source_id)
    if listing_id is None:
        raise RowError(f"listing {source_id} was not imported")
    return listing_id
