"""What the features of data.gov.sg have in common."""

import html
import re
from collections.abc import Mapping
from typing import Any, TypedDict

from apps.ai.enums import Category
from apps.ai.imports.errors import RowError
from apps.properties.imports.html import plain_text

SOURCE = "data.gov.sg"
_ADDRESS = re.compile(r'https?://[^\s"<>]+')


class Found(TypedDict):
    """What both kinds of features have, under different names."""

    _id: str
    name: str
    category: Category
    description: str
    address: str
    url: str
    opening_hours: str


def source_id(values: Mapping[str, Any]) -> str:
    key = str(values.get("INC_CRC") or "").strip()
    if not re.fullmatch(r"[0-9A-F]{16}", key):
        raise RowError("it has no id (INC_CRC)")
    return key


def text_of(properties: Mapping[str, Any], name: str) -> str:
    """Strips markup: some is escaped twice, and its <sup> are cut off."""
    text = plain_text(html.unescape(str(properties.get(name) or "")))
    return " ".join(re.sub(r"</?sup\b>?", "", text).split())[:2000]


def link_of(properties: Mapping[str, Any], name: str) -> str:
    found = _ADDRESS.search(str(properties.get(name) or ""))
    return found[0][:500] if found else ""
