"""Workers whose guards may be off, for negative controls; the lease has the relay's name.

python -m faults.backbone.workers relay|probe [inbox|lease]
"""

import os
import sys
import threading
from collections.abc import Callable, Mapping
from unittest.mock import patch

MODULE = "faults.backbone.workers"


def _inbox() -> None:
    patch("apps.events.consumer.delivery.inbox_has", lambda _id: False).start()
    patch("apps.events.consumer.delivery.inbox_add", lambda _id, **_: None).start()


def _lease() -> None:
    patch("apps.events.leases.acquire", lambda _name, **_: True).start()


GUARDS: Mapping[str, Callable[[], None]] = {"inbox": _inbox, "lease": _lease}


def main(worker: str, *without: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "faults.backbone.settings")
    import django
    from django.core.management import call_command

    from faults.backbone.settings import FAULTS_NAME

    django.setup()
    for guard in without:
        GUARDS[guard]()
    if worker == "probe":
        _probe()
        return
    with patch("socket.gethostname", lambda: FAULTS_NAME):
        call_command("relay_outbox")


def _probe() -> None:
    """A group whose effect is its note alone."""
    from django.core.management import call_command

    from apps.events.management.worker import WorkerCommand, consume

    class Probe(WorkerCommand):
        def work(self, stop: threading.Event, **options: object) -> None:
            consume("probe", stop)

    call_command(Probe())


if __name__ == "__main__":
    main(*sys.argv[1:])
