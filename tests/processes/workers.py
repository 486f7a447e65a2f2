"""Workers as processes of their own, to be killed, stopped and told to end."""

import json
import os
import signal
import subprocess
import sys
from contextlib import ExitStack

from django.conf import settings

from apps.events.tests.waiting import wait_for
from stack.common.os_processes import end_with_parent
from stack.common.paths import ROOT

STOP_SECONDS = 30


class Worker:
    """Its log is one JSON object a line."""

    def __init__(self, command, log, environment):
        self.log = log
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                preexec_fn=end_with_parent,  # noqa: PLW1509
            )

    def send(self, number):
        self.process.send_signal(number)

    def kill(self):
        self.process.kill()
        self.process.wait(STOP_SECONDS)

    def end(self):
        """Told to end, it must within the time that Kubernetes gives it."""
        self.send(signal.SIGTERM)
        return self.process.wait(STOP_SECONDS)

    def said(self, message):
        """The lines of the log with this message."""
        lines = (_line(text) for text in self.log.read_text().splitlines())
        return [line for line in lines if line.get("message") == message]

    def wait_said(self, message, count=1):
        def there():
            assert self.process.poll() is None, self.log.read_text()[-3000:]
            return len(self.said(message)) >= count

        wait_for(there, message)
        return self.said(message)


def _line(text):
    try:
        return json.loads(text)
    except ValueError:
        return {}


class Workers(ExitStack):
    """Starts processes that end with the test."""

    def __init__(self, directory):
        super().__init__()
        self.directory = directory

    def start(self, *command, name, **environment):
        log = self.directory / f"{name}.log"
        given = {"KAFKA_PREFIX": settings.KAFKA_PREFIX, "LOG_LEVEL": "INFO", **environment}
        worker = Worker(command, log, given)
        self.callback(worker.kill)
        return worker

    def relay(self, name):
        return self.start("manage.py", "relay_outbox", name=name)

    def member(self, name, log=None, **environment):
        command = ("-m", "tests.processes.member", name)
        return self.start(*command, name=log or name, **environment)
