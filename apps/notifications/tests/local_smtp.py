"""A mail server of this machine that takes, defers, refuses or hangs up as a test says."""

import email
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.policy import default

from aiosmtpd.controller import Controller

OK = "250 OK"


class LocalSmtp:
    """`rcpt` and `data` are the coming answers to a recipient and a message, then all is taken.
    `hang_up` loses that many answers to messages that are kept; `kill` ends a process there."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []
        self.rcpt: list[str] = []
        self.data: list[str] = []
        self.hang_up = 0
        self.kill: Callable[[], int] | None = None

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        answer = self.rcpt.pop(0) if self.rcpt else OK
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        answer = self.data.pop(0) if self.data else OK
        if answer != OK:
            return answer
        self.messages.append(envelope.content)
        if self.kill:
            os.kill(self.kill(), signal.SIGKILL)
        if self.hang_up:
            self.hang_up -= 1
            server.transport.abort()
        return OK

    @property
    def ids(self) -> list[str]:
        return [message["Message-ID"] for message in self.read()]

    def read(self):
        return [email.message_from_bytes(raw, policy=default) for raw in self.messages]


@contextmanager
def local_smtp() -> Iterator[tuple[LocalSmtp, int]]:
    server, port = LocalSmtp(), free_port()
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield server, port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
