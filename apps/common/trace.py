"""W3C Trace Context: the trace that a request, its events and their notifications share.

Level 1 of the recommendation, section 3.2: `traceparent` is version-trace id-parent id-flags in
lower-case hex. No spans are recorded; each step has an id of its own so that another system's can.
"""

import re
import secrets
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Self

HEADER = "traceparent"
SAMPLED = 1
_FORM = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")


@dataclass(frozen=True)
class Trace:
    """`span_id` is the step that is under way here."""

    trace_id: str
    span_id: str
    flags: int = 0

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """None for what the recommendation calls invalid: the trace then starts anew."""
        found = _FORM.fullmatch(text)
        if found is None:
            return None
        version, trace_id, span_id, flags, more = found.groups()
        if version == "ff" or (version == "00" and more) or not (_any(trace_id) and _any(span_id)):
            return None
        return cls(trace_id, span_id, int(flags, 16) & SAMPLED)

    @classmethod
    def start(cls) -> Self:
        return cls(secrets.token_hex(16), secrets.token_hex(8))

    def step(self) -> "Trace":
        return Trace(self.trace_id, secrets.token_hex(8), self.flags)

    def __str__(self) -> str:
        return f"00-{self.trace_id}-{self.span_id}-{self.flags:02x}"


_current: ContextVar[Trace | None] = ContextVar("trace", default=None)


def trace_bind(traceparent: str) -> Trace:
    """Makes a next step of the caller's trace that of this context, or begins one."""
    caller = Trace.parse(traceparent)
    bound = caller.step() if caller else Trace.start()
    _current.set(bound)
    return bound


def trace_id_current() -> str:
    """Empty outside of requests, messages and tasks."""
    bound = _current.get()
    return bound.trace_id if bound else ""


def traceparent_current() -> str:
    """What goes with whatever is sent from here; a trace of its own where none is bound."""
    return str(_current.get() or Trace.start())


def _any(hexadecimal: str) -> bool:
    return bool(hexadecimal.strip("0"))
