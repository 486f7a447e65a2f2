from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.accounts.services import address_keys_fill


class Command(BaseCommand):
    help = "Give old accounts the key of their address; exit with 1 where two have one mailbox."

    def handle(self, *args: Any, **options: Any) -> None:
        clashes = address_keys_fill()
        for clash in clashes:
            self.stdout.write(str(clash))
        if clashes:
            raise CommandError(
                f"{len(clashes)} accounts have the mailbox of another. Both can log in with their "
                "own password; have the person change the e-mail of one of them."
            )
        self.stdout.write("Every account has a mailbox of its own.")
