"""Imports the three kinds of rows of a dump, each in batches of one transaction."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple, cast

from bson import ObjectId

from apps.accounts.services import NewUser, users_add
from apps.common import mongo
from apps.properties.imports import values
from apps.properties.imports.claims import claims_replace
from apps.properties.imports.context import Context, batches
from apps.properties.imports.dump import Table
from apps.properties.imports.errors import RowError
from apps.properties.imports.hosts import host_of
from apps.properties.imports.ids import stable_id
from apps.properties.imports.listings import listing_fields
from apps.properties.imports.reviews import review_row
from apps.properties.imports.upserts import Outcomes, listings_write, reviews_write
from apps.properties.imports.values import Row
from apps.properties.public_points import places_of
from apps.properties.rows import ListingRow, ReviewRow

LISTINGS_A_BATCH = 200
NIGHTS_A_BATCH = 4000
REVIEWS_A_BATCH = 1000
Nights = dict[ObjectId, set[dt.date]]


class Mapped(NamedTuple):
    """What is stored of one row of listings.csv."""

    source_id: str
    listing: ListingRow
    host: NewUser


def listings_import(table: Table, context: Context) -> None:
    for batch in batches(_mapped(table, context), LISTINGS_A_BATCH):
        hosts, listings = mongo.run_in_transaction(partial(_listings_write, batch, context.now))
        context.report.add("hosts", hosts)
        context.report.add("listings", listings)
        context.accepted.update((item.source_id, item.listing["_id"]) for item in batch)
        context.progress("listings", len(context.accepted), context.listings)


def _mapped(table: Table, context: Context) -> Iterator[Mapped]:
    seen: dict[str, int] = {}
    for line, row in table.records(context.report):
        first = seen.setdefault(row["id"].strip(), line)
        if first != line:
            reason = f"listing {row['id']} stands in line {first} already"
            table.reject(context.report, line, reason)
            continue
        try:
            yield _map(row, context)
        except RowError as error:
            table.reject(context.report, line, str(error))


def _map(row: Row, context: Context) -> Mapped:
    source, source_id = context.source, values.required(row, "id")
    median_price = context.calendar.median_price(source_id)
    host = host_of(row, source=source, now=context.now)
    listing_id = stable_id(source, "listing", source_id)
    fields = listing_fields(row, place=context.place, median_price=median_price)
    listing = {
        **fields,
        **places_of(fields["location"], listing_id=listing_id, host_id=host.id)._asdict(),
        "_id": listing_id,
        "source": source,
        "source_id": source_id,
        "host_id": host.id,
    }
    return Mapped(source_id, cast("ListingRow", listing), host)


def _listings_write(batch: list[Mapped], now: dt.datetime) -> tuple[Outcomes, Outcomes]:
    hosts = users_add((item.host for item in batch), now=now)
    return {"created": hosts}, listings_write([item.listing for item in batch], now=now)


def calendar_import(table: Table, context: Context) -> None:
    total, done = context.calendar.taken, 0
    for batch in _night_batches(table, context):
        outcome = claims_replace(batch, owner_id=context.claim_owner, now=context.now)
        context.report.add("nights", outcome)
        done += sum(len(nights) for nights in batch.values())
        context.progress("nights", done, total)


def _night_batches(table: Table, context: Context) -> Iterator[Nights]:
    batch: Nights = {}
    size = 0
    for source_id, nights in context.calendar.listings.items():
        listing_id = context.accepted.get(source_id)
        if listing_id is None:
            reason = f"listing {source_id} was not imported"
            table.reject(context.report, nights.line, reason, rows=nights.rows)
            continue
        batch[listing_id] = {dt.date.fromordinal(day + context.shift) for day in nights.taken}
        size += len(batch[listing_id])
        if size >= NIGHTS_A_BATCH:
            yield batch
            batch, size = {}, 0
    if batch:
        yield batch


def reviews_import(table: Table, context: Context) -> None:
    done = 0
    for batch in batches(_reviews(table, context), REVIEWS_A_BATCH):
        context.report.add("reviews", mongo.run_in_transaction(partial(reviews_write, batch)))
        done += len(batch)
        context.progress("reviews", done, None)


def _reviews(table: Table, context: Context) -> Iterator[ReviewRow]:
    for line, row in table.records(context.report):
        listing_id = context.accepted.get(row["listing_id"].strip())
        if listing_id is None:
            table.reject(context.report, line, f"listing {row['listing_id']} was not imported")
            continue
        try:
            yield review_row(row, listing_id=listing_id, source=context.source)
        except RowError as error:
            table.reject(context.report, line, str(error))
