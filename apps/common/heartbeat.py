from pathlib import Path

from django.conf import settings


def beat() -> None:
    """Touches the file that the liveness probe of a worker looks at."""
    if settings.HEARTBEAT_FILE:
        Path(settings.HEARTBEAT_FILE).touch()
