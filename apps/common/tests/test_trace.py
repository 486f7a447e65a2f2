"""The cases of the recommendation, and where a trace shows."""

import logging
import re

import pytest

from apps.common.middleware import RequestIdFilter
from apps.common.trace import Trace, trace_bind, trace_id_current, traceparent_current

pytestmark = pytest.mark.unit

TRACE, SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
GIVEN = f"00-{TRACE}-{SPAN}-01"


def test_a_valid_one_goes_on_with_a_step_of_its_own():
    bound = trace_bind(GIVEN)
    assert (bound.trace_id, bound.flags) == (TRACE, 1)
    assert re.fullmatch(r"[0-9a-f]{16}", bound.span_id)
    assert bound.span_id != SPAN
    assert traceparent_current() == f"00-{TRACE}-{bound.span_id}-01"
    assert trace_id_current() == TRACE


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        (f"00-{TRACE}-{SPAN}-00", 0),
        (f"00-{TRACE}-{SPAN}-ff", 1),
        (f"cc-{TRACE}-{SPAN}-01", 1),
        (f"cc-{TRACE}-{SPAN}-01-what-the-future-will-be-like", 1),
    ],
)
def test_known_flags_are_kept_and_later_versions_read(text, flags):
    assert Trace.parse(text) == Trace(TRACE, SPAN, flags)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "garbage",
        f"ff-{TRACE}-{SPAN}-01",
        f"00-{TRACE}-{SPAN}-01-more",
        f"cc-{TRACE}-{SPAN}-01.more",
        f"00-{'0' * 32}-{SPAN}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE.upper()}-{SPAN}-01",
        f"00-{TRACE[1:]}-{SPAN}-01",
        f"00-{TRACE}-{SPAN}-1",
        f" {GIVEN}",
        f"{GIVEN}\n",
        f"00_{TRACE}_{SPAN}_01",
    ],
)
def test_others_start_a_trace(text):
    assert Trace.parse(text) is None
    assert trace_bind(text).trace_id not in {TRACE, "0" * 32}


def test_a_line_of_the_log_names_it():
    trace_bind(GIVEN)
    record = logging.makeLogRecord({})
    assert RequestIdFilter().filter(record)
    assert record.trace_id == TRACE
