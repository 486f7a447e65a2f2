"""One command at a time works on an instance."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from stack.common.errors import StackError
from stack.common.instances import Instance


@contextmanager
def locked(instance: Instance) -> Iterator[None]:
    """The kernel lets go of the lock when this process ends, however it ends."""
    instance.directory.mkdir(parents=True, exist_ok=True)
    with (instance.directory / "lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            holder = file.read().strip()
            raise StackError(
                f"another command works on the instance `{instance.name}` (pid {holder})",
                fix="wait for it to end, or end it with Ctrl-C where it runs",
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
