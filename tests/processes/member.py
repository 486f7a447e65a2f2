"""A consumer process for tests: `python -m tests.processes.member NAME` consumes booking-requests
as group `probe` and writes what it did to `effects`. A note of the event says how it behaves."""

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "airbnb.settings")
NAME = sys.argv[-1]
SLOW_SECONDS = 0.5


def apply(event, *, now):
    from pymongo.errors import AutoReconnect

    from apps.events.tests.effects import effects

    note = event.metadata.get("note")
    if note == "outage":
        raise AutoReconnect("as if MongoDB were away")
    if note == "slow":
        time.sleep(SLOW_SECONDS)
    effect = {"event_id": event.event_id, "booking_id": event.booking_id, "version": event.version}
    effect |= {"member": NAME, "at": time.time()}
    effects.insert_one(effect)


def main():
    django.setup()
    from django.conf import settings

    from apps.events.management.worker import WorkerCommand, consume
    from apps.events.schemas import BookingCreated

    global HANDLERS  # noqa: PLW0603
    HANDLERS = {"booking-requests": {BookingCreated: apply}}
    settings.CONSUMER_GROUPS = {"probe": f"{__name__}.HANDLERS"}

    class Command(WorkerCommand):
        def work(self, stop, **options):
            consume("probe", stop)

    Command().handle()


if __name__ == "__main__":
    main()
