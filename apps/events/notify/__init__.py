from apps.events.notify.requests import notify

__all__ = ["notify"]
