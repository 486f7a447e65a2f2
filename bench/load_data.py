"""Listings and users for `make loadtest`, added to what is there.

LOAD_PASSWORD=... python -m bench.load_data 100
"""

import os
import sys

import django


def main(users: int, password: str) -> None:
    from django.contrib.auth.hashers import make_password

    from apps.accounts.models import User
    from apps.common.clock import utc_now
    from bench.data import add_listings

    shared_hash = make_password(password)
    host, *_ = (
        User.objects.create(
            username=f"load-{number or 'host'}",
            email=f"load-{number or 'host'}@example.com",
            user_type="traveler" if number else "owner",
            first_name="Lo",
            password=shared_hash,
            email_verified_at=utc_now(),
        )
        for number in range(users + 1)
    )
    add_listings(host)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "airbnb.settings")
    django.setup()
    main(int(sys.argv[1]), os.environ["LOAD_PASSWORD"])
