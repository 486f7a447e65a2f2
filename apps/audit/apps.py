from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "apps.audit"

    def ready(self) -> None:
        from django.contrib.admin.models import LogEntry
        from django.db.models.signals import post_save

        from apps.audit.services.staff import log_entry_noted

        post_save.connect(log_entry_noted, sender=LogEntry, dispatch_uid="audit.log_entry")
