"""What a dead letter's page shows beside its record."""

import json
from collections.abc import Iterable

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from apps.events.dead_letters.edits import event_of, message_problems, message_text
from apps.events.dead_letters.records import OPEN, chain_open
from apps.events.models import DeadLetter
from apps.events.schemas.json_schema import schema_of

PRE = "text-xs p-3 border border-base-200 dark:border-base-800"
WRAP = "white-space: pre-wrap; overflow-wrap: anywhere"


def problems(dead_letter: DeadLetter) -> str:
    found = message_problems(dead_letter.topic, message_text(dead_letter.value))
    return _list(found) or "None: the message fits its schema."


def message_and_schema(dead_letter: DeadLetter) -> str:
    event = event_of(dead_letter.topic, message_text(dead_letter.value))
    schema = json.dumps(schema_of(event), ensure_ascii=False, indent=2) if event else "unknown"
    columns = (("Message", message_text(dead_letter.value)), ("Schema", schema))
    cells = format_html_join(
        "",
        '<div class="min-w-0"><p class="font-semibold mb-2">{}</p>'
        '<pre class="{}" style="{}">{}</pre></div>',
        ((title, PRE, WRAP, text) for title, text in columns),
    )
    return format_html('<div class="grid gap-4 lg:grid-cols-2">{}</div>', cells)


def chain(dead_letter: DeadLetter) -> str:
    """Lists the other open dead letters of its key, in their order."""
    if dead_letter.status not in OPEN:
        return "-"
    found = chain_open(consumer=dead_letter.consumer, key=dead_letter.key)
    place = [one["_id"] for one in found].index(dead_letter.pk)
    lines = [
        *(("blocked behind", one["_id"], one["status"]) for one in found[:place]),
        *(("followed by", one["_id"], one["status"]) for one in found[place + 1 :]),
    ]
    links = [
        format_html(
            '{} <a class="text-primary-600" href="{}">{}</a>, {}', how, _page(pk), pk, status
        )
        for how, pk, status in lines
    ]
    return _list(links) or "Nothing is blocked behind it."


def _page(pk: str) -> str:
    return reverse("admin:events_deadletter_change", args=[quote(pk)])


def _list(lines: Iterable[str]) -> str:
    items = format_html_join("", "<li>{}</li>", ((line,) for line in lines))
    return format_html("<ul>{}</ul>", items) if items else ""
