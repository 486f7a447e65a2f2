"""Runs `rebuild_statistics`, and the consumers whose facts it compares."""

import datetime as dt
import io
from contextlib import suppress

from bson import ObjectId
from django.core.management import call_command

from apps.bookings.enums import Action, Actor
from apps.bookings.services import booking_change
from apps.common import mongo
from apps.events.rows import dead_letters, inbox_messages, outbox_messages
from apps.events.tests.consuming import consuming
from apps.events.tests.waiting import wait_for
from apps.owners.handlers import HANDLERS
from apps.owners.rows import booking_facts

WAIT = 20


def live_facts():
    return {row["_id"]: row for row in booking_facts.find({})}


class Statistics:
    """Runs the command: what it printed, and whether the facts are those of the topics."""

    def __init__(self, *, wait=WAIT, **options):
        out, self.equal = io.StringIO(), False
        with suppress(SystemExit):
            call_command("rebuild_statistics", stdout=out, wait=wait, **options)
            self.equal = True
        self.text = out.getvalue()
        sides = [line.split() for line in self.text.splitlines() if " facts  " in line]
        (self.in_topics, self.in_live) = (int(side[1].replace(",", "")) for side in sides)
        assert (sides[0][3] == sides[1][3]) is self.equal
        assert "booking_facts_shadow" not in mongo.database().list_collection_names()

    def names(self, booking_id):
        """Returns what was printed about a booking."""
        lines = [line.strip() for line in self.text.splitlines()]
        found = [line.split(": ", 1)[1] for line in lines if line.startswith(f"{booking_id}: ")]
        return found[0] if found else None


def check(**options):
    return Statistics(check=True, **options)


def publish(relay):
    while relay.publish_batch():
        pass


def all_handled():
    """Every event of a booking is in the inbox of the owners, or is a dead letter of theirs."""
    rows = outbox_messages.find({"aggregate_id": {"$regex": "^booking:"}})
    for row in rows:
        for topic in set(row["topics"]) & HANDLERS.keys():
            dead = {"event_id": row["_id"], "consumer": f"owners:{topic}"}
            if not inbox_messages.find_one({"_id": f"owners:{topic}:{row['_id']}"}) and not (
                dead_letters.find_one(dead)
            ):
                return False
    return True


def consume(until=all_handled):
    with consuming(HANDLERS, group="owners"):
        wait_for(until, "the owners' handlers")


def accept(booking, now):
    accepted = {"action": Action.ACCEPT, "actor": Actor.OWNER}
    booking_change(booking_id=booking["_id"], **accepted, now=now)


def add_bogus(**fields):
    known = next(iter(live_facts().values()))
    bogus = {**known, "_id": str(ObjectId()), "changed_at": dt.datetime(2100, 1, 1), **fields}
    booking_facts.insert_one(bogus)
    return bogus["_id"]
