"""bcrypt that leaves the processor to other calls: every door that hashes a password (login,
registration, change, reset, the admin's login) comes through here."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from django.contrib.auth.hashers import BCryptSHA256PasswordHasher

from apps.common.errors import UnavailableError
from apps.common.slow_work import Places

NICE = 5
# One that is hashed, and those that wait for it: a second at most on an idle processor.
_places = Places(4)


class PasswordsBusyError(UnavailableError):
    code = "LOGIN_BUSY"
    sentence = "Many people are logging in right now. Try again in a few seconds."
    retry_after = 2


@cache
def _thread() -> ThreadPoolExecutor:
    """One a process, of a somewhat lower rank: bcrypt computes outside Python's lock, so the system
    decides who goes first. Much lower, and on a busy machine it would be stopped while it holds
    the lock, and everybody else with it."""
    return ThreadPoolExecutor(1, thread_name_prefix="passwords", initializer=_step_back)


os.register_at_fork(after_in_child=_thread.cache_clear)


def _step_back() -> None:
    """On Linux a thread has a niceness of its own."""
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)


class BoundedBCryptSHA256PasswordHasher(BCryptSHA256PasswordHasher):
    """Raises `PasswordsBusyError`. What is stored is Django's `bcrypt_sha256`."""

    def encode(self, password: str, salt: str) -> str:
        with _places.place(PasswordsBusyError):
            return _thread().submit(super().encode, password, salt).result()
