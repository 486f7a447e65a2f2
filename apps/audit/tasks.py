"""The timer of the security log. Harmless when it runs late or twice."""

import uuid

from celery import shared_task

from apps.audit import services

_OWNER = uuid.uuid4().hex


@shared_task(name="audit.chain_events")
def chain_events() -> int:
    return services.events_chain(owner=_OWNER)
