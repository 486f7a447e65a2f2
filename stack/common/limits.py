"""The rate limits of the application, for loads and tests that are to meet none of them."""

import re

from stack.common.paths import ROOT

NAMES = re.compile(r"^(RATE_LIMIT_\w+)=", re.MULTILINE)


def no_limits() -> dict[str, str]:
    """Every limit that `.env.example` lists, switched off: variables of a process."""
    return dict.fromkeys(NAMES.findall((ROOT / ".env.example").read_text(encoding="utf-8")), "")
