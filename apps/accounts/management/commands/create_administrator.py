import getpass
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.accounts.services import administrator_create
from apps.common.clock import utc_now
from apps.common.errors import AppError


class Command(BaseCommand):
    help = (
        "Create an account with the role of an administrator. It sets up its second factor when it "
        "first logs in to the admin."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--username", help="default: the e-mail")
        text = "a file with the password; without it a terminal asks, else it is read from stdin"
        parser.add_argument("--password-file", type=Path, metavar="FILE", help=text)

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"]
        try:
            administrator_create(
                email=email,
                username=options["username"] or email,
                password=_password(options["password_file"]),
                now=utc_now(),
            )
        except AppError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{email} is an administrator.")
        self.stdout.write(f"First log-in, with set-up of the second factor: {_login_url()}")


def _login_url() -> str:
    return f"{settings.SITE_URL.rstrip('/')}/admin/"


def _password(path: Path | None) -> str:
    if path is not None:
        try:
            return path.read_text().rstrip("\n")
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("Once more: "):
        raise CommandError("These are two different passwords. Nothing was created.")
    return first
