from django.contrib import admin

from apps.common.admin import NoDirectWritesAdmin
from apps.events.models import DeadLetter, OutboxMessage


@admin.register(OutboxMessage)
class OutboxMessageAdmin(NoDirectWritesAdmin):
    list_display = ("aggregate_id", "version", "created_at", "published_at")
    search_fields = ("aggregate_id",)


@admin.register(DeadLetter)
class DeadLetterAdmin(NoDirectWritesAdmin):
    list_display = ("consumer", "key", "status", "error", "last_failed_at")
    list_filter = ("status", "consumer", "topic")
    search_fields = ("key", "event_id")
