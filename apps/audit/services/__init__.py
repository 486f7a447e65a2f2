"""Writes of the security log: `security_event` in the transaction of the act, `events_chain` some
seconds later."""

from apps.audit.services.chain import events_chain
from apps.audit.services.events import security_event

__all__ = ["events_chain", "security_event"]
