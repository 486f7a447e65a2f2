"""Runs the set-up commands in one process, as loading Django takes longer than most of them.

Progress goes to standard output, everything else to standard error.
"""

import sys

import django
from django.core.management import call_command

from stack.common.progress import step

COMMANDS = {
    "Migrations": "migrate",
    "Indexes": "ensure_indexes",
    "Topics": "create_topics",
    "Demo data": "seed_demo",
    "Activities": "seed_activities",
    "Names of places": "renew_places",
}


def main() -> None:
    with step("Loading the application"):
        django.setup()
    for title, command in COMMANDS.items():
        with step(title):
            print(f"--- manage.py {command}", file=sys.stderr, flush=True)
            call_command(command, stdout=sys.stderr, no_color=True)


if __name__ == "__main__":
    main()
